"""What payments keeps: a collection of shares, its declared moves, and refunds."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import blake2b

from bot.documents import Index, Kind
from bot.errors import Explain
from bot.money import Money

COLLECTION_MOVES: Mapping[str, tuple[str, ...]] = {
    "open": ("collecting", "releasing"),
    "collecting": ("covered", "expired", "releasing"),
    "covered": ("committing", "collecting", "releasing"),
    "committing": ("committed", "releasing"),
    "expired": ("releasing",),
    "releasing": ("released",),
    "released": ("covered",),
    "committed": (),
}
SHARE_MOVES: Mapping[str, tuple[str, ...]] = {
    "invited": ("link_sent", "covered_by_other", "voided"),
    "link_sent": ("invited", "authorized", "declined", "covered_by_other", "voided"),
    "declined": ("invited", "link_sent", "authorized", "covered_by_other", "voided"),
    "authorized": ("captured", "capture_failed", "auth_expired", "voided"),
    "auth_expired": ("link_sent", "covered_by_other", "voided"),
    "covered_by_other": ("invited", "voided"),
    "voided": ("authorized",),
    "captured": ("partly_refunded", "refunded"),
    "partly_refunded": ("partly_refunded", "refunded"),
    "capture_failed": (),
    "refunded": (),
}
REFUND_MOVES: Mapping[str, tuple[str, ...]] = {
    "requested": ("in_transit", "done", "failed"),
    "in_transit": ("done", "failed"),
    "failed": ("requested", "done"),
    "done": (),
}


# What a share is for: one's own part, somebody else's, a rise in price, standing in for a capture that fails, a debt.
ROLES = ("own", "cover", "top_up", "backstop", "debt")
COUNTED = ("own", "cover", "top_up")
LIVE = ("invited", "link_sent", "declined", "authorized", "auth_expired")
UNPAID = ("invited", "link_sent", "declined", "auth_expired")


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one person is asked for. Id `"{collection}:{n}"`; money in minor units of the collection's currency.

    `weight`: its part of the total. `payment`: the service's id, `url` its hosted page. `attempt` counts the pages
    asked for, `holds` how often money was held on them. `role`: one of ROLES; `of`: the share that it covers, tops
    up or makes good. `taking`: what is to be captured, `refunding`: what is on its way back. `letting_go`: the
    service was told to let it go; `over_at`: the step of the collection in which it had done so. `card`: the Answer
    that shows it to its person alone. `until`: when a mandate ends. `again`: when an errand that failed is next
    tried.
    """

    id: str
    person: str
    name: str
    amount: Money
    weight: int = 1
    state: str = "invited"
    payment: str = ""
    url: str = ""
    attempt: int = 1
    holds: int = 0
    held_until: datetime | None = None
    captured: int = 0
    refunded: int = 0
    role: str = "own"
    of: str = ""
    why: str = ""
    taking: int = 0
    refunding: int = 0
    letting_go: bool = False
    over_at: int = 0
    card: str = ""
    until: datetime | None = None
    again: datetime | None = None

    @property
    def key(self) -> str:
        """The request key of its present page."""
        return f"{self.id}:ask:{self.attempt}"

    @property
    def refundable(self) -> int:
        """What was taken and is neither back nor on its way."""
        return self.captured - self.refunded - self.refunding


@dataclass(frozen=True, slots=True, kw_only=True)
class Payer:
    """Somebody who is to pay. `weight`: their part of the total, in proportion to the others'."""

    person: str
    name: str
    weight: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """Money that several people put together for one purchase, all or nothing; one currency, the supplier's.

    `about`: what it is for, opaque here (booking's checkout). `total`: what must be covered now; `taken`: what was
    confirmed and is to be captured. `deadline`: pages close then. `card`: the Answer that shows who has paid.
    `steps`: counts what was started, for ids. `refunds`: request key -> minor units given back under it. `spare`: minor
    units that suppliers gave back beyond what was taken, for debts that are just being paid. `zone`: the IANA zone in
    which its times are told, "" for UTC.
    """

    id: str
    thread: str
    about: str
    title: str
    organiser: str
    total: Money
    opened_at: datetime
    deadline: datetime
    state: str = "open"
    shares: tuple[Share, ...] = ()
    taken: Money | None = None
    card: str = ""
    why: str = ""
    steps: int = 0
    refunds: dict[str, int] = field(default_factory=dict)
    spare: int = 0
    zone: str = ""
    version: int = 0

    @property
    def authorized(self) -> Money:
        """What is held now towards the total."""
        held = sum(s.amount.minor for s in self.shares if s.state == "authorized" and s.role in COUNTED)
        return Money(held, self.total.currency)

    @property
    def covered(self) -> bool:
        """Whether what is held covers the total."""
        return self.authorized >= self.total

    def share(self, id: str) -> Share | None:
        """By id, or None."""
        return next((s for s in self.shares if s.id == id), None)

    def with_share(self, share: Share) -> "Collection":
        """The same with this share in the place of the one with its id, or added."""
        if self.share(share.id) is None:
            return replace(self, shares=(*self.shares, share))
        return replace(self, shares=tuple(share if s.id == share.id else s for s in self.shares))


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """Money on its way back to one payer; id `"{share}:refund:{key}"`. `attempt` counts requests; `by`: the actor.

    `at`: when it was last asked for, or will be next."""

    id: str
    thread: str
    collection: str
    share: str
    person: str
    payment: str
    amount: Money
    at: datetime
    state: str = "requested"
    why: str = ""
    attempt: int = 1
    by: str = ""
    version: int = 0

    @property
    def key(self) -> str:
        """The request key of its present attempt."""
        return f"{self.id}:{self.attempt}"


def document_id(what: str, key: str) -> str:
    """An id made of a request key, the same again for the same; it names nobody, as keys may do."""
    return f"{what}-{blake2b(key.encode(), digest_size=9).hexdigest()}"


COLLECTIONS = Kind(
    "collections", Collection,
    (Index(("thread", "opened_at")), Index(("about",)), Index(("state", "opened_at"))),
)  # fmt: skip
REFUNDS = Kind("refunds", Refund, (Index(("collection",)), Index(("state",)), Index(("thread",))))


def collection_moved(collection: Collection, to: str, why: str = "") -> Collection:
    """The collection in another state; Explain if COLLECTION_MOVES has no such move."""
    return replace(collection, state=_to(COLLECTION_MOVES, collection.state, to), why=why or collection.why)


def share_moved(share: Share, to: str, why: str = "") -> Share:
    """The share in another state; Explain if SHARE_MOVES has no such move."""
    return replace(share, state=_to(SHARE_MOVES, share.state, to), why=why or share.why)


def refund_moved(refund: Refund, to: str, why: str = "") -> Refund:
    """The refund in another state; Explain if REFUND_MOVES has no such move."""
    return replace(refund, state=_to(REFUND_MOVES, refund.state, to), why=why or refund.why)


def _to(moves: Mapping[str, tuple[str, ...]], state: str, to: str) -> str:
    if to not in moves[state]:
        raise Explain(f"What is {state.replace('_', ' ')} cannot become {to.replace('_', ' ')}.")
    return to
