"""Pausing a thread, a persona, a capability, or everything that spends."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.admin.finding import Finding
from bot.admin.pages import for_me
from bot.admin.texts import say
from bot.capability import Effect, Registry, Text, capability
from bot.content import Card, Draft
from bot.documents import Delete, Insert
from bot.errors import Explain, NotAllowed
from bot.model import Persona
from bot.pauses import ALWAYS, PAUSES, SPENDING, WHAT, Pause, Pauses
from bot.people import may
from bot.ports import Ask, Reply, Store

# These touch everybody.
_FOR_ADMINS = ("capability", SPENDING)


@dataclass(frozen=True, slots=True)
class _Meant:
    """What is to be paused: the Pause's id and how it is called."""

    id: str
    name: str


class Pausing:
    """`/admin pauses`, `/admin pause` and `/admin resume`."""

    def __init__(self, store: Store, registry: Registry, pauses: Pauses) -> None:
        self._store, self._registry, self._pauses, self._finding = store, registry, pauses, Finding(store)

    @capability("What is paused", command="admin pauses", role="moderator", private=True)
    async def admin_pauses(self, ask: Ask) -> Reply:
        found = list((await self._pauses.all(fresh=True)).values())
        if not found:
            return _told(say("pauses_none"))
        lines = tuple(_line(p) for p in found)
        buttons = tuple(
            for_me(ask, f"{say('button_resume')} {p.name}"[:40], "admin_resume", words=p.id.replace(":", " "))
            for p in found[:8]
        )
        return Reply(drafts=(Draft(card=Card(title=say("pauses"), lines=lines), buttons=buttons),))

    @capability("Pause a thread, a persona, a capability or all spending", command="admin pause", role="moderator",
                private=True, effect=Effect.CHANGE)  # fmt: skip
    async def admin_pause(self, ask: Ask, *, words: Text = "") -> Reply:
        """`words`: "spending", "thread Coast 2027", "persona Zuri", "capability search_flights", and " - a reason"."""
        which, _, why = words.partition(" - ")
        meant = await self._meant(ask, which)
        if meant.id in await self._pauses.all(fresh=True):
            return _told(say("paused_already", name=meant.name))
        pause = Pause(id=meant.id, name=meant.name[:80], by=ask.person.id, at=ask.now, why=why.strip()[:200])
        told = _told(say("paused", name=meant.name))
        return replace(told, ops=(Insert(PAUSES, pause),), record={"paused": meant.id.rstrip(":")})

    @capability("Let something paused go on", command="admin resume", role="moderator", private=True,
                effect=Effect.CHANGE)  # fmt: skip
    async def admin_resume(self, ask: Ask, *, words: Text = "") -> Reply:
        """`words` as in /admin pause."""
        meant = await self._meant(ask, words)
        found = (await self._pauses.all(fresh=True)).get(meant.id)
        if found is None:
            return _told(say("not_paused", name=meant.name))
        told = _told(say("resumed", name=meant.name))
        return replace(told, ops=(Delete(PAUSES, found),), record={"resumed": meant.id.rstrip(":")})

    async def _meant(self, ask: Ask, words: str) -> _Meant:
        what, _, which = words.strip().partition(" ")
        what, which = what.casefold(), which.strip()
        if what not in WHAT or (not which and what != SPENDING):
            raise Explain(say("pause_usage"))
        if what in _FOR_ADMINS and not may(ask.person, "admin"):
            raise NotAllowed(say("pause_admin"))
        if what == SPENDING:
            return _Meant(f"{SPENDING}:", say("everything_that_spends"))
        if what == "thread":
            thread = await self._finding.thread(which)
            return _Meant(f"thread:{thread.id}", thread.title or thread.id)
        return await self._persona(which) if what == "persona" else self._capability(which)

    async def _persona(self, which: str) -> _Meant:
        found = await self._finding.personas(which)
        whole = [p for p in found if p.name.casefold() == which.casefold()] or found
        if len(whole) != 1:
            raise Explain(say("no_persona" if not whole else "several", name=which[:60], names=_ids(whole)))
        return _Meant(f"persona:{whole[0].id}", whole[0].name)

    def _capability(self, which: str) -> _Meant:
        found = self._registry.get(which) or self._registry.command(which.lstrip("/"))
        if found is None:
            raise Explain(say("no_capability", name=which[:60]))
        if found.name in ALWAYS or found.role != "traveller":
            raise Explain(say("pause_always", name=found.name))
        return _Meant(f"capability:{found.name}", f"/{found.command}" if found.command else found.name)


def _ids(personas: Sequence[Persona]) -> str:
    return ", ".join(f"{p.name} `{p.id}`" for p in personas[:8])


def _line(pause: Pause) -> str:
    why = say("delivery_why", why=pause.why) if pause.why else ""
    return say("pause_line", what=pause.what, name=pause.name, at=pause.at, why=why)


def _told(text: str) -> Reply:
    return Reply(drafts=(Draft(text=text, notice=True),))
