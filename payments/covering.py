"""Covering: somebody pays another's part, hands it back, or a payer leaves."""

from collections.abc import Sequence
from dataclasses import replace

from bot.content import Draft
from bot.errors import Explain, NotAllowed
from bot.model import Person
from bot.money import Money
from payments.cards import live_card, may_cover, note, payer
from payments.model import UNPAID, Collection, Payer, Share
from payments.moves import ASKING
from payments.shares import each_bears
from payments.steps import Step
from payments.texts import say


def cover(step: Step, share: Share, by: Person) -> None:
    """Another person takes over a part: their own link, and the first one's page is closed."""
    if by.is_(share.person) and share.why != "left":
        raise Explain(say("own_share"))
    paying = payer(step.collection, share)
    if paying.id != share.id and paying.state in UNPAID:
        raise Explain(say("already_covered", name=paying.name))
    if share.role not in ("own", "top_up") or not may_cover(step.collection, share):
        over = step.collection.state not in ASKING
        raise Explain(say("gone" if over else "already_paid"))
    if share.state != "voided":
        if share.payment and share.state != "auth_expired":
            step.void(share, share.payment)
        share = step.move_share(share, "covered_by_other", url="", letting_go=False)
    step.add_share(
        person=by.id, name=by.name, amount=share.amount, weight=share.weight, role="cover", of=share.id
    )  # fmt: skip
    tell(step, share)
    step.show(live_card(step.collection, step.now))


def tell(step: Step, share: Share) -> None:
    """Have a private card shown anew where it stands, which is not where somebody has just pressed."""
    if share.card:
        step.news("card", share=share.id)


def uncover(step: Step, share: Share, by: Person) -> None:
    """The covered person pays themselves after all, or the one who wanted to cover does not."""
    covering = payer(step.collection, share)
    if covering.id == share.id or step.collection.state not in ASKING:
        raise Explain(say("gone"))
    if not (by.is_(share.person) or by.is_(covering.person)):
        raise NotAllowed(say("not_yours"))
    if covering.state not in UNPAID:
        raise Explain(say("already_paid"))
    hand_back(step, covering)
    step.show(live_card(step.collection, step.now))


def hand_back(step: Step, covering: Share) -> None:
    """A part that somebody wanted to cover is its own person's again."""
    covering = step.let_go(covering, "not needed")
    tell(step, covering)
    share = step.collection.share(covering.of)
    if share is not None and share.state == "covered_by_other":
        step.renew(share)


def left(step: Step, person: str) -> None:
    """Somebody who has not paid has left: their part is divided anew, or offered to the others once money is held."""
    if step.collection.state not in ASKING:
        return
    mine = [s for s in step.collection.shares if s.person == person and s.state in UNPAID and not s.letting_go]
    for share in mine:
        if share.role == "cover":
            hand_back(step, share)
    own = [s for s in mine if s.role in ("own", "top_up")]
    if not own:
        return
    if may_resplit(step, person):
        resplit(step, own[0])
    else:
        for share in own:
            step.let_go(share, "left")
        step.show(Draft(text=say("left_offered", name=own[0].name, title=step.collection.title), notice=True))
    step.show(live_card(step.collection, step.now))


def may_resplit(step: Step, person: str) -> bool:
    """Only while nothing is held, nobody covers anybody, and somebody else is there to pay."""
    live = [s for s in step.collection.shares if s.role == "own" and s.state != "voided" and not s.letting_go]
    return may_divide(step.collection) and any(s.person != person and step.thread.member(s.person) for s in live)


def may_divide(c: Collection) -> bool:
    """Whether others may be asked instead: nothing is held, and nobody covers anybody or pays a rise."""
    live = [s for s in c.shares if s.state != "voided" and not s.letting_go and s.role != "backstop"]
    return c.state in ASKING and all(s.role == "own" and s.state in UNPAID for s in live)


def divide(step: Step, parts: Sequence[tuple[Payer, Money]]) -> None:
    """These are asked instead of those who were; the pages that are open are closed."""
    for share in [s for s in step.collection.shares if s.role == "own" and s.state in UNPAID and not s.letting_go]:
        step.let_go(share, "resplit")
        tell(step, share)
    for by, amount in parts:
        step.add_share(person=by.person, name=by.name, amount=amount, weight=by.weight)
    step.show(live_card(step.collection, step.now))


def resplit(step: Step, leaver: Share) -> None:
    """Everybody's part anew, among those who are still here."""
    c = step.collection
    parts = [s for s in c.shares if s.role == "own" and s.state in UNPAID and not s.letting_go]
    staying = [s for s in parts if s.person != leaver.person and step.thread.member(s.person)]
    for share in parts:
        step.let_go(share, "resplit")
    for share, amount in zip(staying, each_bears(c.total, [(s.person, s.weight) for s in staying]), strict=True):
        step.add_share(person=share.person, name=share.name, amount=amount, weight=share.weight)
        step.show(note(share, "left_resplit", name=leaver.name, title=c.title))
    step.collection = replace(step.collection, why="")
