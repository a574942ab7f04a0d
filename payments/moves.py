"""Moves of a collection by what the payment service says: only forward, whatever comes twice, late or out of order."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.content import Draft, Press
from bot.money import Money
from payments.booked import (
    book_authorized,
    book_captured,
    book_committed,
    book_let_go,
    book_settled,
    book_spared,
)  # fmt: skip
from payments.cards import live_card, note, share_card
from payments.giving_back import give_back
from payments.model import COUNTED, UNPAID, Collection, Share
from payments.ports import Payment
from payments.shares import open_gap
from payments.steps import Step
from payments.texts import say

# A hold must outlive the booking that it pays by so much.
MARGIN = timedelta(minutes=10)
ASKING = ("open", "collecting")
ENDED = ("expired", "releasing", "released")
_PAID = ("captured", "partly_refunded", "refunded")
_DEAD = ("voided", "covered_by_other", "capture_failed")
_OVER = (*_PAID, *_DEAD)
_TAKES_MONEY = ("asked", "declined", "authorized")


def follow(step: Step, share: Share, payment: Payment) -> None:
    """Move a share as far as the service's word carries it; money that nobody waits for is let go."""
    if payment.key != share.key or payment.amount != share.amount:
        _stray(step, share, payment)
        return
    _FOLLOW[payment.state](step, share, payment)


def _stray(step: Step, share: Share, payment: Payment) -> None:
    """A page or a hold that is not the share's present one."""
    step.why.append("not the present page of this share")
    if payment.state in _TAKES_MONEY:
        step.void(share, payment.id)


def _asked(step: Step, share: Share, payment: Payment) -> None:
    if share.state in _DEAD or (share.state in UNPAID and not _wanted(step.collection, share)):
        if not share.letting_go:
            _unwanted(step, share, payment)
    elif share.state in ("invited", "auth_expired") and not share.letting_go:
        _linked(step, share, payment)


def _linked(step: Step, share: Share, payment: Payment) -> Share:
    share = step.move_share(share, "link_sent", payment=payment.id, url=payment.url)
    share = step.put(replace(share, why=""))
    draft = share_card(step.collection, share, step.now)
    step.show(draft)
    return share if share.card else step.put(replace(share, card=f"{step.cause}/{draft.name}"))


def _declined(step: Step, share: Share, payment: Payment) -> None:
    _asked(step, share, payment)
    share = step.collection.share(share.id) or share
    if share.state == "link_sent" and not share.letting_go:
        share = step.move_share(share, "declined", payment.why)
        step.show(share_card(step.collection, share, step.now))


def _authorized(step: Step, share: Share, payment: Payment) -> None:
    c = step.collection
    if share.state in ("authorized", *_PAID):
        return
    if c.state == "released" and share.role in COUNTED and share.state == "voided" and share.why != "resplit":
        _late(step, share, payment)
    elif share.letting_go or share.state in _OVER or not _wanted(c, share):
        _unwanted(step, share, payment)
    else:
        _held(step, share, payment)


def _held(step: Step, share: Share, payment: Payment) -> None:
    """A share is held: the collection may be covered now."""
    if share.state in ("invited", "auth_expired"):
        share = step.move_share(share, "link_sent", payment=payment.id)
    share = _hold(step, share, payment)
    if share.role == "debt":
        step.capture(share, min(share.amount.minor, open_gap(step.collection)))
    elif share.role in COUNTED:
        _sooner(step, payment)
        if step.collection.state in ASKING:
            _covered_if(step)
        step.show(live_card(step.collection, step.now))


def _hold(step: Step, share: Share, payment: Payment) -> Share:
    share = step.move_share(
        share, "authorized", "", payment=payment.id, url="", held_until=payment.held_until, letting_go=False,
        holds=share.holds + 1,
    )  # fmt: skip
    book_authorized(step, share)
    step.show(share_card(step.collection, share, step.now))
    return share


def _sooner(step: Step, payment: Payment) -> None:
    """The earliest end of a hold ends the collecting."""
    c = step.collection
    if payment.held_until and payment.held_until - MARGIN < c.deadline:
        step.collection = replace(c, deadline=payment.held_until - MARGIN)
        step.job("payments_deadline", due=step.collection.deadline)


def while_held(c: Collection, until: datetime) -> datetime:
    """That moment, or when the first hold of what was paid already would be too short."""
    holds = [s.held_until for s in c.shares if s.state == "authorized" and s.role in COUNTED]
    return min([until, *(at - MARGIN for at in holds if at)])


def _covered_if(step: Step, late: bool = False) -> None:
    if step.collection.covered:
        if step.collection.state == "open":
            step.move("collecting")
        step.move("covered")
        step.news("covered", late=late)


def _late(step: Step, share: Share, payment: Payment) -> None:
    """Money after the end: if it covers alone, the purchase is tried again; else it is let go. An answer that may be
    older than the end is asked for anew."""
    if step.answers <= share.over_at:
        step.job("check_payment", share=share.id, payment=payment.id)
        return
    share = _hold(step, share, payment)
    if step.collection.covered:
        step.move("covered", "paid late")
        step.news("covered", late=True)
        step.watch()
        step.show(live_card(step.collection, step.now))
        return
    step.show(note(share, "late_void", title=step.collection.title, amount=share.amount))
    step.let_go(share, "late")


def _unwanted(step: Step, share: Share, payment: Payment) -> None:
    """A page or a hold of a share that nobody waits for any more."""
    step.why.append("nobody waits for this payment")
    step.void(share, payment.id)
    if payment.state == "authorized" and not share.letting_go:
        step.show(note(share, "late_void", title=step.collection.title, amount=share.amount))


def _captured(step: Step, share: Share, payment: Payment) -> None:
    if share.state != "authorized":
        return
    share = step.move_share(share, "captured", captured=payment.captured.minor, letting_go=False)
    book_captured(step, share, payment)
    step.show(share_card(step.collection, share, step.now))
    if share.role == "debt":
        book_settled(step, share)
        use_spare(step, share.id)
        step.show(Draft(text=say("gap_paid", title=step.collection.title, name=share.name), notice=True))
        step.show(live_card(step.collection, step.now))
        _tell_open(step)
    settle(step)


def _tell_open(step: Step) -> None:
    """Tell those above us what is still open of what was confirmed."""
    taken = step.collection.taken
    step.news("ended", state="committed", taken=taken.minor if taken else 0, open=open_gap(step.collection))


def _closed(step: Step, share: Share, payment: Payment) -> None:
    """The service has let it go: as we wished, or by time."""
    c = step.collection
    if share.letting_go or (c.state in ENDED and share.state not in _OVER):
        _gone(step, share)
    elif share.state == "authorized":
        _lapsed(step, share, payment)
    elif share.state in ("link_sent", "declined"):
        _renewed(step, share)


def _gone(step: Step, share: Share) -> None:
    held = share.state == "authorized"
    if share.state in _OVER:
        return
    if held and share.taking:
        failed(step, share, share.why)
        return
    share = step.move_share(share, "voided", letting_go=False, url="")
    if held:
        book_let_go(step, share)
        step.show(note(share, "share_let_go", amount=share.amount))
    if share.card:
        step.show(share_card(step.collection, share, step.now))
    released_if_done(step)


def _renewed(step: Step, share: Share) -> None:
    """The page is over and the collection is not: another page, if there is time."""
    if share.role == "debt":
        _gone(step, share)
    elif _wanted(step.collection, share) and step.collection.deadline - step.now > timedelta(minutes=1):
        step.renew(share)


def _lapsed(step: Step, share: Share, payment: Payment) -> None:
    c = step.collection
    if share.state in ("link_sent", "declined"):
        _closed(step, share, payment)
    if share.state != "authorized":
        return
    if share.letting_go or c.state in ENDED:
        _gone(step, share)
    elif c.state == "committing" or share.taking:
        step.why.append("the hold has ended while it is being taken")
    else:
        _lost(step, share)


def _lost(step: Step, share: Share) -> None:
    """An authorisation has ended by itself before it was needed."""
    share = step.move_share(share, "auth_expired", "lapsed")
    book_let_go(step, share)
    if share.role not in COUNTED:
        step.move_share(share, "voided", "lapsed")
        return
    step.void(share, share.payment)  # should the service undo that
    if step.collection.state == "covered" and not step.collection.covered:
        step.move("collecting", "lapsed")
        step.job("payments_deadline", due=max(step.collection.deadline, step.now))
    if step.collection.deadline - step.now > timedelta(minutes=1):
        step.show(note(share, "share_lapsed"))
        step.renew(share)
    step.show(live_card(step.collection, step.now))


_FOLLOW = {
    "asked": _asked, "declined": _declined, "authorized": _authorized, "captured": _captured, "voided": _closed,
    "expired": _closed, "lapsed": _lapsed,
}  # fmt: skip


def _wanted(c: Collection, share: Share) -> bool:
    """Whether money on this share is waited for."""
    if share.role == "debt":
        return c.state == "committed" and open_gap(c) > 0
    return c.state in (*ASKING, "covered", "committing") and c.taken is None


def refused(step: Step, share: Share, why: str, *, held: bool) -> None:
    """A capture that the service refuses. What is `held` even so is let go first: until then another try of the same

    capture may still take it."""
    if share.state == "authorized" and held:
        step.let_go(share, why)
    else:
        failed(step, share, why)


def failed(step: Step, share: Share, why: str) -> None:
    """A capture that can never succeed any more."""
    if share.state != "authorized":
        return
    share = step.move_share(share, "capture_failed", why, letting_go=False)
    book_let_go(step, share)
    step.show(share_card(step.collection, share, step.now))
    if share.role == "debt":
        use_spare(step, share.id)
    settle(step)


def settle(step: Step) -> None:
    """When every capture has an answer: let the organiser's mandate stand in for what failed, then it is committed."""
    c = step.collection
    if c.state != "committing" or c.taken is None or any(s.state == "authorized" and s.taking for s in c.shares):
        return
    gap, standing = open_gap(c), [s for s in c.shares if s.role == "backstop" and s.state == "authorized"]
    willing = [s for s in standing if not s.letting_go and (s.until is None or step.now < s.until)]
    if gap and willing:
        step.capture(willing[0], min(gap, willing[0].amount.minor))
        return
    for share in standing:
        step.let_go(share, "not needed")
    step.move("committed")
    book_committed(step, gap)
    step.news("ended", state="committed", taken=c.taken.minor, open=gap)
    step.show(live_card(step.collection, step.now))
    if gap:
        step.show(gap_note(step.collection, gap))


def gap_note(c: Collection, gap: int) -> Draft:
    """The debt that the whole Thread sees and can settle."""
    amount = Money(gap, c.total.currency)
    button = Press(label=say("settle_gap", amount=amount), call="pay_open", args={"collection": c.id})
    return Draft(text=say("gap", title=c.title, amount=amount), buttons=(button,))


def use_spare(step: Step, key: str) -> None:
    """The supplier gave back what was still open: nobody is asked for it any more, who is paying it gets it back."""
    if step.collection.state != "committed":
        return
    _forgive(step, min(step.collection.spare, open_gap(step.collection)), key)
    for share in step.collection.shares:
        minor = min(step.collection.spare, share.refundable) if share.role == "debt" else 0
        if minor > 0:
            refunds = {**step.collection.refunds, f"{share.id}:spared": minor}
            step.collection = replace(step.collection, spare=step.collection.spare - minor, refunds=refunds)
            give_back(step, share, minor, "the supplier gave it back", "spared", "")
            step.watch()


def _forgive(step: Step, minor: int, key: str) -> None:
    c = step.collection
    if minor <= 0 or c.taken is None:
        return
    book_spared(step, minor, key)
    step.collection = replace(c, taken=Money(c.taken.minor - minor, c.taken.currency), spare=c.spare - minor)
    for share in [s for s in c.shares if s.role == "debt" and s.state in UNPAID and not open_gap(step.collection)]:
        step.let_go(share, "not needed")
    step.show(Draft(text=say("gap_spared", title=c.title, amount=Money(minor, c.total.currency)), notice=True))
    step.show(live_card(step.collection, step.now))
    _tell_open(step)


def expire(step: Step) -> None:
    """Time is up: nothing is taken."""
    if step.collection.state == "open":
        step.move("collecting")
    step.move("expired", "expired")
    step.news("ended", state="expired")
    step.show(Draft(text=say("expired", title=step.collection.title), notice=True))
    release(step, "expired")


def release(step: Step, why: str) -> None:
    """Let go of everything that is held, and close every page."""
    step.move("releasing", why)
    for share in step.collection.shares:
        if share.state in ("invited", "link_sent", "declined", "auth_expired", "authorized"):
            step.let_go(share, why)
    released_if_done(step)
    step.show(live_card(step.collection, step.now))


def released_if_done(step: Step) -> None:
    """When the service has let go of everything."""
    c = step.collection
    if c.state != "releasing" or any(s.state not in _OVER for s in c.shares):
        return
    step.move("released")
    if c.why != "expired":
        step.news("ended", state="released", why=c.why)
    step.show(live_card(step.collection, step.now))


__all__ = [
    "ASKING", "ENDED", "MARGIN", "expire", "follow", "gap_note", "open_gap", "refused", "release",
    "settle", "use_spare", "while_held",
]  # fmt: skip
