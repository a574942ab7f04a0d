"""Refunds: money on its way back, moved only forward by what the service says."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.documents import Insert, Replace
from bot.money import Money, total
from payments.booked import book_refund_done, book_refund_sent
from payments.cards import note
from payments.model import REFUND_MOVES, REFUNDS, Refund, Share, refund_moved, share_moved
from payments.steps import Step

TRIES = 3
_PAUSE = timedelta(minutes=5)
# What is told of once: on its way with the first of several, given back with the last.
_BEFORE = {"in_transit": ("in_transit", "done"), "done": ("requested", "in_transit")}
_TOLD = {"in_transit": "share_refunding", "done": "share_refunded", "failed": "refund_failed"}


def give_back(step: Step, share: Share, minor: int, why: str, key: str, by: str) -> None:
    """Start one refund of one share."""
    refund = Refund(
        id=f"{share.id}:refund:{key}", thread=step.collection.thread, collection=step.collection.id, share=share.id,
        person=share.person, payment=share.payment, amount=Money(minor, share.amount.currency), at=step.now, why=why,
        by=by,
    )  # fmt: skip
    step.ops.append(Insert(REFUNDS, refund))
    step.put(replace(share, refunding=share.refunding + minor))
    step.job("refund_payment", refund=refund.id)


def refund_follows(step: Step, refund: Refund, to: str, why: str, same: Sequence[Refund] = ()) -> None:
    """Move a refund if its table knows the move, and tell its person alone. What failed is tried again by itself.

    `same`: what else comes back to that person for the same reason; they are told of all of it at once."""
    share = step.collection.share(refund.share)
    if share is None or to not in REFUND_MOVES[refund.state]:
        return
    if to in ("in_transit", "done"):
        book_refund_sent(step, refund)
    moved = refund_moved(refund, to, why)
    step.ops.append(Replace(REFUNDS, moved))
    step.why.append(f"refund {to}")
    if to == "done":
        refunded(step, refund, share)
    if to == "failed" and refund.attempt < TRIES:
        step.job("refund_again", due=step.now + _PAUSE * refund.attempt, refund=refund.id)
    if to == "failed" and refund.attempt == 1:
        step.show(note(share, _TOLD[to], amount=refund.amount))
    if to != "failed" and not any(r.state in _BEFORE[to] for r in same):
        step.show(note(share, _TOLD[to], amount=total([refund.amount, *_counted(to, same)], refund.amount.currency)))


def _counted(to: str, same: Sequence[Refund]) -> list[Money]:
    """The amounts that are told of together with a refund."""
    return [r.amount for r in same if to == "in_transit" or r.state == "done"]


def same_refunds(refund: Refund, all_of_it: Sequence[Refund]) -> list[Refund]:
    """What else goes back to a refund's person for the same reason."""
    reason = refund.id.rpartition(":refund:")[2]
    mine = [r for r in all_of_it if r.person == refund.person and r.id != refund.id]
    return [r for r in mine if r.id.rpartition(":refund:")[2] == reason]


def refunded(step: Step, refund: Refund, share: Share) -> None:
    """A share of which something has come back."""
    minor = refund.amount.minor
    back = share.refunded + minor
    to = "refunded" if back >= share.captured else "partly_refunded"
    share = step.put(replace(share_moved(share, to), refunded=back, refunding=share.refunding - minor))
    book_refund_done(step, refund, share)
