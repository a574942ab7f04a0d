"""Paying: what people press on the cards of a collection, and /shares."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from bot.capability import Effect, Text, capability
from bot.content import Card, Draft, Press
from bot.documents import In, Where
from bot.errors import Explain, NotAllowed
from bot.members import require_member
from bot.model import Person
from bot.money import Money
from bot.ports import Ask, Reply, Store
from bot.reading import all_of
from payments.cards import held_back, live_card, share_card, standing, sum_of
from payments.covering import cover, uncover
from payments.model import COLLECTIONS, LIVE, Collection, Share
from payments.moves import open_gap
from payments.steps import Desk, Step
from payments.texts import say

_SHOWN = 20
# How many collections are read at a time, and at most: each person's own stand among everybody's.
_PAGE, _MOST = 200, 5000
# States in which somebody may have to pay; once it is committed only what could not be taken is owed.
_UNDER_WAY = ("open", "collecting", "covered", "committing")


class Paying:
    """Capabilities of payers. Each changes one collection in the lane of its Thread."""

    def __init__(self, store: Store, desk: Desk) -> None:
        self._store, self._desk = store, desk

    @capability("Pay somebody else's part", effect=Effect.CHANGE, hidden=True, pays=True)
    async def cover_share(self, ask: Ask, *, collection: Text, share: Text) -> Reply:
        step, found = await self._share(ask, collection, share)
        cover(step, found, ask.person)
        return step.reply

    @capability("Leave a part to its own person", effect=Effect.CHANGE, hidden=True)
    async def uncover_share(self, ask: Ask, *, collection: Text, share: Text) -> Reply:
        step, found = await self._share(ask, collection, share)
        uncover(step, found, ask.person)
        return step.reply

    @capability("Ask the payment service for a page again", effect=Effect.CHANGE, hidden=True, pays=True)
    async def retry_share(self, ask: Ask, *, collection: Text, share: Text) -> Reply:
        step, found = await self._share(ask, collection, share)
        if not ask.person.is_(found.person):
            raise NotAllowed(say("not_yours"))
        if found.state not in ("invited", "auth_expired") or found.why != "refused":
            raise Explain(say("gone"))
        step.ask(step.put(replace(found, why="")))
        return step.reply

    @capability("Pay what could not be taken", effect=Effect.CHANGE, hidden=True, pays=True)
    async def pay_open(self, ask: Ask, *, collection: Text) -> Reply:
        """Anybody here may settle what is open; who does is owed it by the others."""
        require_member(ask.thread, ask.person)
        step = await self._step(ask, collection)
        gap = open_gap(step.collection)
        if step.collection.state != "committed" or not gap:
            raise Explain(say("nothing_open"))
        mine = [s for s in step.collection.shares if s.role == "debt" and ask.person.is_(s.person)]
        if any(s.state in LIVE and not s.letting_go for s in mine):
            raise Explain(say("debt_asked"))
        least = self._desk.gateway.least(step.collection.total.currency).minor
        amount = Money(max(gap, least), step.collection.total.currency)
        step.add_share(person=ask.person.id, name=ask.person.name, amount=amount, role="debt", weight=0)
        step.watch()
        return step.reply

    @capability(
        "Show what you pay here, with your links", command="shares", private=True,
        phrases=(
            "what do I have to pay", "show my payment link", "what do I owe here", "what do I owe", "how much do I owe",
        ),
    )  # fmt: skip
    async def my_shares(self, ask: Ask) -> Reply:
        """In one's own chat with us the links of every trip: not everybody can be told alone in the trip's chat."""
        found, more = await self._of(ask)
        mine = [(c, s) for c in reversed(found) for s in c.shares if ask.person.is_(s.person) and s.why != "resplit"]
        if not mine:
            return Reply(drafts=(Draft(text=say("shares_none"), notice=True),))
        lines = [f"{share_card_title(c, s)}: {sum_of(s)}, {say(f'state_{s.state}')}" for c, s in mine]
        lines += [say("more_shares", shown=len(found))] if more else []
        buttons = tuple(
            Press(label=say("pay", amount=s.amount), url=s.url, who=(ask.person.id,))
            for _, s in mine if not held_back(s)
        )  # fmt: skip
        return Reply(drafts=(Draft(card=Card(title=say("shares_title"), lines=tuple(lines)), buttons=buttons),))

    @capability(
        "Show who has paid",
        phrases=(
            "who has paid", "who has paid already", "who has not paid yet", "did everybody pay", "has everybody paid",
            "has everyone paid", "who still has to pay", "who is still to pay", "how is the payment going",
            "nani amelipa", "nani hajalipa",
        ),
    )  # fmt: skip
    async def who_has_paid(self, ask: Ask) -> Reply:
        """The newest collections here as their live cards stand now: names and states, nobody's amount."""
        require_member(ask.thread, ask.person)
        here = {"thread": ask.thread.id}
        found, more = await self._newest(here, lambda c: c.state not in ("released", "committed"))
        live = found[::-1] or await self._store.find(COLLECTIONS, here, order="-opened_at", limit=1)
        if not live:
            return Reply(drafts=(Draft(text=say("nothing_collected"), notice=True),))
        cards = [replace(live_card(c, ask.now), replaces="") for c in live]
        cards += [Draft(text=say("more_payments", shown=len(live)), notice=True)] if more else []
        return Reply(drafts=tuple(cards), data={"payments": [dict(_standing(c)) for c in live]})

    async def _of(self, ask: Ask) -> tuple[list[Collection], bool]:
        """The asker's, the newest first; in their own chat all that is under way comes before what is done."""
        if not ask.private:
            return await self._newest({"thread": ask.thread.id}, lambda c: _pays(c, ask.person))
        open_ones = await all_of(self._store, COLLECTIONS, {"state": In(_UNDER_WAY)}, order="opened_at")
        mine = [c for c in reversed(open_ones) if _pays(c, ask.person)]
        done, more = await self._newest({"state": "committed"}, lambda c: _pays(c, ask.person))
        return [*mine, *done][:_SHOWN], more or len(mine) + len(done) > _SHOWN

    async def _newest(self, where: Where, wanted: Callable[[Collection], bool]) -> tuple[list[Collection], bool]:
        """The newest that are wanted, the last one first, and whether there are older ones, or some were not read."""
        found: list[Collection] = []
        for offset in range(0, _MOST, _PAGE):
            page = await self._store.find(COLLECTIONS, where, order="-opened_at", limit=_PAGE, offset=offset)
            found += filter(wanted, page)
            if len(found) > _SHOWN or len(page) < _PAGE:
                return found[:_SHOWN], len(found) > _SHOWN
        return found, True

    async def _step(self, ask: Ask, id: str) -> Step:
        found = await self._store.get(COLLECTIONS, id)
        if found is None or found.thread != ask.thread.id:
            raise Explain(say("gone"))
        return Step(self._desk, found, ask.thread, ask.now, ask.key)

    async def _share(self, ask: Ask, id: str, share: str) -> tuple[Step, Share]:
        require_member(ask.thread, ask.person)
        step = await self._step(ask, id)
        found = step.collection.share(share)
        if found is None:
            raise Explain(say("gone"))
        return step, found


def _standing(c: Collection) -> Iterator[tuple[str, Any]]:
    """A collection as JSON, without what each one pays."""
    yield from (("title", c.title), ("total", str(c.total)), ("state", c.state))
    yield from standing(c).items()


def _pays(c: Collection, person: Person) -> bool:
    return any(person.is_(s.person) for s in c.shares)


def share_card_title(c: Collection, share: Share) -> str:
    """What a share's card is called."""
    card = share_card(c, share, c.opened_at).card
    return card.title if card else c.title
