"""Deliveries that wait, failed or went unanswered: seen, sent again or dropped."""

from dataclasses import replace

from bot.admin.pages import PAGE, for_me, listed, split_page
from bot.admin.texts import say
from bot.capability import Confirmed, Effect, Text, capability
from bot.consent.confirm import confirm
from bot.content import Draft, Press
from bot.documents import Replace
from bot.errors import AskAgain, Explain
from bot.model import ENTRIES, Delivery, Entry
from bot.ports import Ask, Reply, Store

_LOST = ("failed", "unknown")
_READ = 500


class DeliveriesAdmin:
    """`/admin deliveries` and its buttons."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @capability("Messages that did not arrive", command="admin deliveries", role="moderator", private=True)
    async def admin_deliveries(self, ask: Ask, *, words: Text = "") -> Reply:
        """`words`: pending, failed or unknown; all of them for none."""
        wanted, page = split_page(words)
        states = ("pending", *_LOST) if not wanted else (wanted.casefold(),)
        if not set(states) <= {"pending", *_LOST}:
            raise AskAgain("words", say("deliveries_usage"))
        found = await self._found(states)
        begin = (page - 1) * PAGE
        shown = found[begin : begin + PAGE]
        buttons = [b for n, (e, d) in enumerate(shown, 1) for b in _buttons(ask, n, e, d)]
        lines = [f"{n}. {_line(e, d)}" for n, (e, d) in enumerate(shown, 1)]
        more = len(found) > begin + PAGE
        draft = listed(
            ask, say("deliveries"), lines, call="admin_deliveries", words=wanted, page=page, more=more, buttons=buttons
        )  # fmt: skip
        return Reply(drafts=(draft,))

    async def _found(self, states: tuple[str, ...]) -> list[tuple[Entry, Delivery]]:
        """Newest first."""
        lost = await self._store.find(ENTRIES, {"lost": True}, order="-arrival", limit=_READ)
        waiting = await self._store.find(ENTRIES, {"open": True}, order="thread", limit=_READ)
        entries = {e.id: e for e in (*lost, *waiting)}.values()
        newest = sorted(entries, key=lambda e: e.arrival, reverse=True)
        return [(e, d) for e in newest for d in e.deliveries if d.state in states]

    @capability("Send a message again", role="admin", private=True, effect=Effect.CHANGE, hidden=True)
    async def admin_resend(self, ask: Ask, *, delivery: Text, confirmed: Confirmed = "") -> Reply:
        """One that may have arrived only after a confirmation."""
        entry, found = await self._one(delivery)
        if found.state == "unknown" and not confirmed:
            about, label = {"delivery": delivery}, say("yes_retry")
            return Reply(drafts=(confirm(ask, "admin_resend", about, text=say("retry_unknown"), label=label),))
        again = _with(entry, replace(found, state="pending", why=""))
        return Reply(ops=(Replace(ENTRIES, again),), drafts=(Draft(text=say("retried"), notice=True),))

    @capability("Drop a message", role="admin", private=True, effect=Effect.CHANGE, hidden=True)
    async def admin_drop(self, ask: Ask, *, delivery: Text, confirmed: Confirmed = "") -> Reply:
        """It will never be sent; asks first."""
        entry, found = await self._one(delivery)
        if not confirmed:
            about, label = {"delivery": delivery}, say("yes_drop")
            return Reply(drafts=(confirm(ask, "admin_drop", about, text=say("drop_sure"), label=label),))
        dropped = _with(entry, replace(found, state="dropped"))
        return Reply(ops=(Replace(ENTRIES, dropped),), drafts=(Draft(text=say("dropped"), notice=True),))

    async def _one(self, id: str) -> tuple[Entry, Delivery]:
        entry = await self._store.get(ENTRIES, id.split("|", 1)[0])
        found = next((d for d in entry.deliveries if d.id == id.split("|", 1)[-1]), None) if entry else None
        if entry is None or found is None or found.state not in ("pending", *_LOST):
            raise Explain(say("delivery_gone"))
        return entry, found


def _line(entry: Entry, delivery: Delivery) -> str:
    why = say("delivery_why", why=delivery.why[:80]) if delivery.why else ""
    channel = delivery.place.partition(":")[0]
    return say("delivery_line", state=delivery.state, at=entry.at, channel=channel, id=delivery.id, why=why)


def _buttons(ask: Ask, n: int, entry: Entry, delivery: Delivery) -> list[Press]:
    about = f"{entry.id}|{delivery.id}"
    drop = for_me(ask, say("button_drop", n=n), "admin_drop", delivery=about)
    if delivery.state == "pending":
        return [drop]
    return [for_me(ask, say("button_retry", n=n), "admin_resend", delivery=about), drop]


def _with(entry: Entry, ended: Delivery) -> Entry:
    deliveries = tuple(ended if d.id == ended.id else d for d in entry.deliveries)
    states = {d.state for d in deliveries}
    return replace(entry, deliveries=deliveries, open="pending" in states, lost=bool(states & set(_LOST)))
