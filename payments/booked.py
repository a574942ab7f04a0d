"""What a collection's moves write into the ledger, and into the group's own book of who owes whom."""

from collections import Counter

from bot.money import Money
from payments.model import Refund, Share
from payments.ports import Payment
from payments.shares import apportion, bearers, everybodys, owing, short
from payments.steps import Step

CARAVAN = "caravan"


def group(thread: str, person: str) -> str:
    """The account of a Person in a Thread's own book: positive is owed to them, negative they owe."""
    return f"group:{thread}:{person}"


def book_authorized(step: Step, share: Share) -> None:
    """Held, and not moved yet."""
    minor = share.amount.minor
    postings = {f"payer:{share.person}": -minor, f"inflight:{step.collection.id}": minor}
    step.post(_held(share), "authorize", postings, actor=share.person, kind="pending")


def book_captured(step: Step, share: Share, payment: Payment) -> None:
    """Taken, the service's fee apart: the house bears it."""
    minor = share.captured
    postings = {f"payer:{share.person}": -minor, f"inflight:{step.collection.id}": minor}
    step.post(f"{share.id}:capture:1", "capture", postings, actor=share.person, resolves=_held(share))
    fee = {f"processor_fee:{step.desk.gateway.name}": payment.fee.minor, "platform_fee:caravan": -payment.fee.minor}
    step.post(f"{share.id}:fee:1", "fee", fee, actor=CARAVAN)


def book_let_go(step: Step, share: Share) -> None:
    """What was held is no longer."""
    step.post(f"{share.id}:void:{share.holds}", "void", {}, actor=CARAVAN, kind="void", resolves=_held(share))


def book_committed(step: Step, gap: int) -> None:
    """What was taken is owed to the supplier; what could not be taken, the group owes; and who bears what of it."""
    c = step.collection
    taken = c.taken.minor if c.taken else 0
    postings = {
        f"inflight:{c.id}": gap - taken, f"receivable:{c.thread}": -gap, f"supplier_payable:{c.about}": taken
    }  # fmt: skip
    step.post(f"{c.id}:commit:1", "commit", postings, actor=CARAVAN)
    sums: Counter[str] = Counter({group(c.thread, CARAVAN): gap})
    for share in c.shares:
        sums[group(c.thread, share.person)] += share.captured
        if share.taking and share.role not in ("backstop", "debt"):
            _bear(step, share, share.taking, sums, -1)
    for person, minor in everybodys(c, short(c)):
        sums[group(c.thread, person)] -= minor
    step.post(f"{c.id}:group:1", "shares", dict(sums), actor=c.organiser)


def book_settled(step: Step, share: Share) -> None:
    """What was open is paid."""
    c, minor = step.collection, share.captured
    paid = {f"inflight:{c.id}": -minor, f"receivable:{c.thread}": minor}
    step.post(f"{share.id}:settle:1", "settle", paid, actor=share.person)
    owed = {group(c.thread, share.person): minor, group(c.thread, CARAVAN): -minor}
    step.post(f"{share.id}:group:1", "settle", owed, actor=share.person)


def book_spared(step: Step, minor: int, key: str) -> None:
    """What was open came back from the supplier: those whose payment failed owe it no more."""
    c = step.collection
    back = {f"supplier_payable:{c.about}": -minor, f"receivable:{c.thread}": minor}
    step.post(f"{c.id}:spared:{key}", "spared", back, actor=CARAVAN)
    sums: Counter[str] = Counter({group(c.thread, CARAVAN): -minor})
    owe = owing(c)
    for (person, _), part in zip(owe, apportion(Money(minor, c.total.currency), [w for _, w in owe], key), strict=True):
        sums[group(c.thread, person)] += part.minor
    step.post(f"{c.id}:spared:{key}:group", "spared", dict(sums), actor=CARAVAN)


def book_refund_sent(step: Step, refund: Refund) -> None:
    """Money is on its way back."""
    minor = refund.amount.minor
    postings = {f"supplier_payable:{step.collection.about}": -minor, f"refund_payable:{refund.person}": minor}
    step.post(f"{refund.id}:sent", "refund", postings, actor=refund.by or CARAVAN)


def book_refund_done(step: Step, refund: Refund, share: Share) -> None:
    """It has arrived; what it was for costs that much less."""
    minor, thread = refund.amount.minor, step.collection.thread
    back = {f"refund_payable:{refund.person}": -minor, f"payer:{refund.person}": minor}
    step.post(f"{refund.id}:done", "refunded", back, actor=refund.by or CARAVAN)
    sums: Counter[str] = Counter({group(thread, refund.person): -minor})
    _bear(step, share, minor, sums, 1)
    step.post(f"{refund.id}:group", "refunded", dict(sums), actor=refund.by or CARAVAN)


def _bear(step: Step, share: Share, minor: int, sums: Counter[str], sign: int) -> None:
    """Divide a cost among those who bear it."""
    people = bearers(step.collection, share)
    amount = Money(minor, step.collection.total.currency)
    for (person, _), part in zip(people, apportion(amount, [w for _, w in people], share.id), strict=True):
        sums[group(step.collection.thread, person)] += sign * part.minor


def _held(share: Share) -> str:
    return f"{share.id}:authorize:{share.holds}"
