"""Collections: how a purchase is paid for by several people, all or nothing; what booking calls in the lane.

Every call but `of` and `get` is pure: it returns a Step, whose `collection` is how it will be stored and whose `reply`
is to be merged into the Turn. One call for each collection in each Turn. What becomes of it is told by Entries of the
Thread, `what="payment"`, topics `covered` and `ended` (docs/decisions/0010)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Protocol

from bot.errors import Explain, Undeliverable
from bot.model import Thread
from bot.money import Money
from bot.ports import Store
from payments.cards import CARD, live_card
from payments.covering import divide, may_divide
from payments.giving_back import give_back
from payments.model import COLLECTIONS, LIVE, Collection, Payer, Share
from payments.moves import release, while_held
from payments.shares import come_back, each_bears, rises, to_take, within
from payments.steps import Desk, Step
from payments.texts import say

SHORTEST = timedelta(minutes=2)


class Moment(Protocol):
    """An Ask or a Turn: the Thread in whose lane we are, and the time."""

    @property
    def thread(self) -> Thread: ...
    @property
    def now(self) -> datetime: ...


def collection_id(thread: str, about: str) -> str:
    """The id of the collection about something; the same again for the same."""
    return "c" + blake2b(f"{thread}|{about}".encode(), digest_size=9).hexdigest()


class Collections:
    """Opens collections and moves them on, for those who sell something."""

    def __init__(self, store: Store, desk: Desk) -> None:
        self._store, self._desk = store, desk

    async def get(self, id: str) -> Collection | None:
        """By id, or None."""
        return await self._store.get(COLLECTIONS, id)

    async def of(self, about: str) -> Collection | None:
        """The collection about something, or None."""
        found = await self._store.find(COLLECTIONS, {"about": about}, limit=1)
        return found[0] if found else None

    def least(self, currency: str) -> Money:
        """The smallest payment in a currency; Explain if the service does not take it."""
        try:
            return self._desk.gateway.least(currency)
        except Undeliverable as cause:
            raise Explain(say("no_currency", currency=currency)) from cause

    def shares(self, total: Money, payers: Sequence[Payer]) -> list[Money]:
        """What each would be asked for. Explain if a share cannot be paid, with what can be done instead."""
        if not payers:
            raise Explain(say("no_payers"))
        for payer in payers:
            if sum(p.person == payer.person for p in payers) > 1:
                raise Explain(say("twice", name=payer.name))
            if payer.weight <= 0:
                raise Explain(say("share_of_zero", name=payer.name))
        least = self.least(total.currency)
        if total < least:
            raise Explain(say("total_too_small", total=total, least=least))
        amounts = each_bears(total, [(p.person, p.weight) for p in payers])
        for payer, amount in zip(payers, amounts, strict=True):
            if amount < least:
                raise Explain(say("share_too_small", name=payer.name, amount=amount, least=least))
        return amounts

    def open(
        self, at: Moment, *, about: str, title: str, total: Money, payers: Sequence[Payer], deadline: datetime,
        organiser: str, wanted_by: datetime | None = None, zone: str = "",
    ) -> Step:  # fmt: skip
        """Ask everybody for their share; the cards follow. `deadline`: until when what is sold is held, less a margin;

        `wanted_by`: until when the group wants to have paid; `zone`: the IANA zone to tell times in. Explain if it
        cannot be collected so."""
        id = collection_id(at.thread.id, about)
        amounts = self.shares(total, payers)
        deadline = min(deadline, wanted_by) if wanted_by else deadline
        if deadline - at.now < SHORTEST:
            raise Explain(say("too_late"))
        shares = tuple(
            Share(id=f"{id}:{n}", person=p.person, name=p.name, amount=amount, weight=p.weight)
            for n, (p, amount) in enumerate(zip(payers, amounts, strict=True), 1)
        )
        collection = Collection(
            id=id, thread=at.thread.id, about=about, title=title, organiser=organiser, total=total, opened_at=at.now,
            deadline=deadline, shares=shares, zone=zone,
        )  # fmt: skip
        step = self._step(at, collection, new=True)
        step.news("opened")
        step.collection = replace(step.collection, card=f"{step.entries[-1].id}/{CARD}")
        for share in shares:
            step.ask(share)
        step.job("payments_deadline", due=deadline)
        step.job("payments_remind", due=at.now + (deadline - at.now) * 3 / 4)
        step.watch()
        return step

    def divided(self, at: Moment, collection: Collection, payers: Sequence[Payer]) -> Step:
        """Others are asked for the same money. Explain if somebody has paid already, or it cannot be paid so."""
        step = self._step(at, collection)
        if not may_divide(collection):
            raise Explain(say("parts_stay"))
        amounts = self.shares(collection.total, payers)
        divide(step, list(zip(payers, amounts, strict=True)))
        return step

    def fits(
        self, at: Moment, collection: Collection, repriced: Money, *, deadline: datetime | None = None
    ) -> Step:  # fmt: skip
        """After what was covered has been priced again: committing if what is held is enough; else back to collecting,

        with a top-up from everybody. In another state than covered nothing changes: look at `.collection.state`.
        `deadline`: the new one, if there is time for more."""
        step = self._step(at, collection)
        if collection.state != "covered":
            step.why.append(f"{collection.title} is not covered any more")
            return step
        step.collection = replace(step.collection, total=repriced)
        if collection.authorized >= repriced:
            step.move("committing")
            step.show(live_card(step.collection, step.now))
            return step
        step.move("collecting", "dearer")
        step.collection = replace(step.collection, deadline=while_held(collection, deadline or collection.deadline))
        self._top_up(step, repriced - collection.authorized)
        step.job("payments_deadline", due=step.collection.deadline)
        step.show(live_card(step.collection, step.now))
        return step

    def _top_up(self, step: Step, rise: Money) -> None:
        """A further share of everybody who is still here; of the organiser alone where a part would be too small."""
        c, least = step.collection, self.least(rise.currency)
        paying = [s for s in c.shares if s.state == "authorized" and s.role in ("own", "cover")]
        held = [s for s in paying if step.thread.member(s.person)] or paying
        amounts = rises(c, held, rise) if held else []
        if amounts and min(amounts, key=lambda m: m.minor) >= least:
            for share, amount in zip(held, amounts, strict=True):
                step.add_share(
                    person=share.person, name=share.name, amount=amount, role="top_up", of=share.id, weight=0
                )
            return
        name = next((s.name for s in c.shares if s.person == c.organiser), "")
        member = step.thread.member(c.organiser)
        amount = max(rise, least, key=lambda m: m.minor)
        step.add_share(
            person=c.organiser, name=name or (member.name if member else ""), amount=amount, role="top_up", weight=0
        )  # fmt: skip

    def take(self, at: Moment, collection: Collection, confirmed: Money) -> Step:
        """What was confirmed is captured from the shares, the rest let go. Nothing confirmed: all of it is let go."""
        if confirmed.minor <= 0:
            return self.release(at, collection, "nothing confirmed")
        step = self._step(at, collection)
        if collection.state != "committing" or collection.taken is not None:
            step.why.append(f"{collection.title} is not there to be taken")
            return step
        taking = to_take(collection, min(confirmed, collection.authorized, key=lambda m: m.minor))
        step.collection = replace(step.collection, taken=confirmed)
        for share in collection.shares:
            if taking.get(share.id):
                step.capture(share, taking[share.id])
            elif share.state in LIVE and share.role != "backstop":
                step.let_go(share, "not needed")
        step.why.append(f"taking {confirmed}")
        return step

    def release(self, at: Moment, collection: Collection, why: str) -> Step:
        """End it without taking anything; nothing changes if it has ended or is being taken."""
        step = self._step(at, collection)
        if collection.state not in ("open", "collecting", "covered", "committing") or collection.taken is not None:
            step.why.append(f"{collection.title} cannot be released")
            return step
        release(step, why)
        return step

    def refundable(self, collection: Collection) -> Money:
        """What was taken and is neither back nor on its way."""
        return Money(sum(s.refundable for s in collection.shares), collection.total.currency)

    def come_back(self, collection: Collection, given: Money, key: str) -> tuple[Money, int]:
        """(for those who paid, minor units against what is still open) of what a supplier gives back; for `refund`."""
        return come_back(collection, given, key)

    def refund(
        self, at: Moment, collection: Collection, amount: Money, why: str, key: str, *, by: str, spare: int = 0
    ) -> Step:  # fmt: skip
        """Give back to those who paid, in proportion to what was taken from each. The same key again changes nothing.

        `by`: the Person who asked for it; `spare`: minor units that the supplier gave back beyond that, which nobody
        who still owes them need pay. Explain if it is more than is left; ValueError for a key used otherwise."""
        step = self._step(at, collection)
        if key in collection.refunds:
            if collection.refunds[key] != amount.minor:
                raise ValueError(f"refund {key} was for another amount")
            step.why.append("that refund is on its way already")
            return step
        rest = self.refundable(collection)
        if amount > rest:
            raise Explain(say("more_than_taken", amount=amount, rest=rest))
        refunds = {**collection.refunds, key: amount.minor}
        step.collection = replace(step.collection, refunds=refunds, spare=collection.spare + spare)
        paid = [s for s in collection.shares if s.refundable > 0]
        parts = within(amount, [s.captured for s in paid], [s.refundable for s in paid], f"{collection.id}|{key}")
        for share, part in zip(paid, parts, strict=True):
            if part:
                give_back(step, share, part, why, key, by)
        if spare > 0:  # kept at once: a debt may be taken before this is handled
            step.news("spared", key=key)
        if amount.minor:
            step.watch()
        return step

    def _step(self, at: Moment, collection: Collection, new: bool = False) -> Step:
        return Step(self._desk, collection, at.thread, at.now, cause="", new=new)
