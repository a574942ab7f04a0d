"""The audit, for keepers: the newest records, and whether every chain is whole."""

from bot.admin.finding import Finding
from bot.admin.pages import PAGE, every, for_me, listed, split_page
from bot.admin.texts import say
from bot.audit import Audit, AuditLog
from bot.capability import Text, capability
from bot.content import Card, Draft
from bot.model import PEOPLE
from bot.ports import Ask, Reply, Store
from bot.secret import Pseudonyms

_SHOWN_WRONG = 10


class Auditing:
    """`/admin audit`, `/audit` for short, and `/admin verify`."""

    def __init__(self, store: Store, log: AuditLog, pseudonyms: Pseudonyms) -> None:
        self._store, self._log, self._pseudonyms, self._finding = store, log, pseudonyms, Finding(store)

    @capability("Who did what", command="admin audit", role="admin", private=True)
    async def admin_audit(self, ask: Ask, *, words: Text = "") -> Reply:
        """`words`: a person, to see theirs alone; "verify" checks every chain."""
        wanted, page = split_page(words)
        if wanted.casefold() == "verify":
            return await self._checked()
        actor = (await self._finding.person(wanted)).id if wanted else ""
        found = await self._log.latest(PAGE + 1, (page - 1) * PAGE, actor)
        names = await self._names()
        lines = [_line(r, names) for r in found[:PAGE]]
        verify = for_me(ask, say("button_verify"), "admin_verify")
        more = len(found) > PAGE
        draft = listed(
            ask, say("audit"), lines, call="admin_audit", words=wanted, page=page, more=more, buttons=(verify,)
        )  # fmt: skip
        return Reply(drafts=(draft,))

    @capability("Who did what", command="audit", role="admin", private=True)
    async def audit(self, ask: Ask, *, words: Text = "") -> Reply:
        """The same by its short name."""
        reply: Reply = await self.admin_audit(ask, words=words)
        return reply

    @capability("Check that no record was touched", command="admin verify", role="admin", private=True)
    async def admin_verify(self, ask: Ask) -> Reply:
        return await self._checked()

    async def _checked(self) -> Reply:
        count, wrong = await self._log.verify_all()
        if not wrong:
            return Reply(drafts=(Draft(text=say("audit_well", count=count)),), data={"records": count, "wrong": []})
        card = Card(title=say("audit_wrong", count=count), lines=tuple(wrong[:_SHOWN_WRONG]))
        return Reply(drafts=(Draft(card=card),), data={"records": count, "wrong": wrong})

    async def _names(self) -> dict[str, str]:
        return {self._pseudonyms.of(p.id): p.name async for p in every(self._store, PEOPLE, {}, "name")}


def _line(record: Audit, names: dict[str, str]) -> str:
    args = " ".join(f"{name}={names.get(str(value), value)}" for name, value in (record.args or {}).items())
    about = ", ".join(names.get(a.partition(":")[2], a) for a in record.about[:3])
    return say(
        "audit_line", at=record.at, actor=names.get(record.actor, say("gone")), action=record.action, id=record.id,
        persona=say("audit_persona", persona=record.persona) if record.persona else "", outcome=record.outcome,
        args=f" · {args}" if args else "", about=f" · {about}" if about else "",
    )  # fmt: skip
