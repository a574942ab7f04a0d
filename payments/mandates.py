"""Mandates: a person agrees to stand in for a payment that fails after it was booked, up to a sum, revocable.

Only that person's press on a card that shows the most makes one; no words and no model can make or widen it. The
money itself is authorised on the service's page, held, and let go when it is not needed."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.capability import Amount, Confirmed, Effect, Text, capability
from bot.consent.confirm import confirm
from bot.content import Card, Draft, Press
from bot.documents import In, Index, Insert, Kind, Replace
from bot.errors import AskAgain, Explain, NotAllowed
from bot.members import require_member
from bot.money import Money
from bot.ports import Ask, Reply, Store
from bot.reading import all_of
from payments.cards import when
from payments.model import COLLECTIONS, Collection, Share, document_id
from payments.moves import ASKING
from payments.steps import Desk, Step
from payments.texts import say

STANDS = timedelta(hours=24)
_READ, _SHOWN = 200, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """What a Person has agreed that may be taken from them. Id: made of the key of the press that gave it.

    `most`: never more than that; `what_for`: what it is for, `collection` its id; `until`: not after that.
    `share`: through which it is held and taken. `state`: given or revoked. `zone`: in which its time is told."""

    id: str
    thread: str
    person: str
    collection: str
    share: str
    most: Money
    what_for: str
    given_at: datetime
    until: datetime
    state: str = "given"
    revoked_at: datetime | None = None
    zone: str = ""
    version: int = 0


MANDATES = Kind("mandates", Mandate, (Index(("person",)), Index(("collection",))))


class Mandates:
    """Capabilities to give, show and revoke them."""

    def __init__(self, store: Store, desk: Desk) -> None:
        self._store, self._desk = store, desk

    @capability(
        "Stand in, up to a sum, if a payment of the group fails after booking", command="standin",
        effect=Effect.CHANGE, private=True, pays=True,
    )  # fmt: skip
    async def stand_in(self, ask: Ask, *, most: Amount, confirmed: Confirmed = "") -> Reply:
        """A card that shows the most, for what and until when; its button alone gives the mandate."""
        require_member(ask.thread, ask.person)
        c = await self._current(ask)
        self._possible(ask, c, most)
        seal = f"{c.id} {most}"
        if confirmed != seal:
            args = {"most": {"minor": most.minor, "currency": most.currency}}
            label = say("mandate_give", most=most)
            return Reply(
                drafts=(confirm(ask, "stand_in", args, card=self._card(c, most), label=label, seal=seal),)
            )  # fmt: skip
        return self._given(ask, c, most)

    async def _current(self, ask: Ask) -> Collection:
        found = await self._store.find(COLLECTIONS, {"thread": ask.thread.id}, order="-opened_at", limit=_READ)
        newest = next((c for c in found if c.state in ASKING), None)
        if newest is None:
            raise Explain(say("mandate_none"))
        return newest

    def _possible(self, ask: Ask, c: Collection, most: Money) -> None:
        least = self._desk.gateway.least(c.total.currency)
        if most.currency != c.total.currency or most < least or most > c.total:
            raise AskAgain("most", say("mandate_too_much", least=least, total=c.total))
        if any(s.role == "backstop" and ask.person.is_(s.person) and s.state != "voided" for s in c.shares):
            raise Explain(say("mandate_again"))

    def _card(self, c: Collection, most: Money) -> Card:
        until = when(c.deadline + STANDS, c.zone)
        lines = (
            say("mandate_for", title=c.title), say("mandate_most", most=most, until=until), say("mandate_how")
        )  # fmt: skip
        return Card(title=say("mandate_card", title=c.title), lines=lines)

    def _given(self, ask: Ask, c: Collection, most: Money) -> Reply:
        step = Step(self._desk, c, ask.thread, ask.now, ask.key)
        until = c.deadline + STANDS
        share = step.add_share(
            person=ask.person.id, name=ask.person.name, amount=most, role="backstop", weight=0, until=until
        )  # fmt: skip
        mandate = Mandate(
            id=document_id("mandate", ask.key),
            thread=ask.thread.id, person=ask.person.id, collection=c.id, share=share.id, most=most,
            what_for=c.title, given_at=ask.now, until=until, zone=c.zone,
        )  # fmt: skip
        step.ops.append(Insert(MANDATES, mandate))
        step.show(Draft(text=say("mandate_given"), notice=True, only_for=(ask.person.id,)))
        return step.reply

    @capability(
        "Show and take back what you have agreed to stand in for", command="mandates", private=True,
        phrases=("what have I agreed to stand in for", "show my mandates"),
    )  # fmt: skip
    async def my_mandates(self, ask: Ask) -> Reply:
        mine = await all_of(self._store, MANDATES, {"person": In((ask.person.id, *ask.person.formerly))})
        if not mine:
            return Reply(drafts=(Draft(text=say("mandates_empty"), notice=True),))
        told = [(m, await self._state(ask, m)) for m in sorted(mine, key=lambda m: m.given_at)[-_SHOWN:]]
        lines = tuple(
            say("mandate_line", title=m.what_for, most=m.most, until=when(m.until, m.zone), state=s)
            for m, (s, _) in told
        )
        buttons = tuple(
            Press(
                label=say("mandate_revoke", title=m.what_for), call="revoke_mandate", args={"mandate": m.id},
                who=(ask.person.id,),
            )
            for m, (_, live) in told if live and m.thread == ask.thread.id
        )  # fmt: skip
        return Reply(drafts=(Draft(card=Card(title=say("mandates_title"), lines=lines), buttons=buttons),))

    async def _state(self, ask: Ask, mandate: Mandate) -> tuple[str, bool]:
        """How a mandate stands, in words, and whether it can be taken back."""
        c = await self._store.get(COLLECTIONS, mandate.collection)
        share = c.share(mandate.share) if c else None
        live = mandate.state == "given" and share is not None and share.state in ("invited", "link_sent", "declined")
        held = mandate.state == "given" and share is not None and share.state == "authorized"
        if share is None or mandate.state == "revoked" or not (live or held or share.captured):
            return say("mandate_over"), False
        return say(f"state_{share.state}"), live or held

    @capability("Take back a mandate", effect=Effect.CHANGE, hidden=True, private=True)
    async def revoke_mandate(self, ask: Ask, *, mandate: Text) -> Reply:
        """At any time before it was used; what is held is let go."""
        found = await self._store.get(MANDATES, mandate)
        c = await self._store.get(COLLECTIONS, found.collection) if found else None
        share = c.share(found.share) if c and found else None
        if found is None or c is None or share is None or c.thread != ask.thread.id:
            raise Explain(say("gone"))
        if not ask.person.is_(found.person):
            raise NotAllowed(say("not_yours"))
        if share.captured or share.taking:
            raise Explain(say("mandate_used", amount=Money(share.captured or share.taking, c.total.currency)))
        step = Step(self._desk, c, ask.thread, ask.now, ask.key)
        self._let_go(step, share)
        step.ops.append(Replace(MANDATES, replace(found, state="revoked", revoked_at=ask.now)))
        step.show(Draft(text=say("mandate_revoked", title=found.what_for), notice=True, only_for=(ask.person.id,)))
        return step.reply

    def _let_go(self, step: Step, share: Share) -> None:
        if share.state in ("invited", "link_sent", "declined", "authorized", "auth_expired"):
            step.let_go(share, "revoked")
