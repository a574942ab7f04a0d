"""The door to payment services: hosted pages on which people pay, held money that is captured or let go."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A payment to ask one person for. `key`: our request key, the same key with other content is refused.

    `title` is what the payer reads on the page. `until`: the page takes no money after that. `back`: the address
    the payer's browser returns to. `about`: our ids, given back with every answer (thread, collection, share).
    """

    key: str
    amount: Money
    title: str
    until: datetime
    back: str
    about: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """A payment as the service says it stands.

    `state`: asked (a page waits), declined (the page still waits), authorized (held, not taken), captured,
    voided (let go, or the page closed by us), expired (the page closed by time), lapsed (the hold ended by itself).
    `url`: the hosted page while it takes money. `held_until`: when an authorisation lapses.
    `captured` and `refunded` are totals so far, in the currency of `amount`; `fee` is what the service keeps of them.
    """

    id: str
    key: str
    state: str
    amount: Money
    captured: Money
    refunded: Money
    fee: Money
    url: str = ""
    held_until: datetime | None = None
    why: str = ""
    about: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refunded:
    """A refund as the service says it stands. `state`: in_transit, done or failed."""

    id: str
    key: str
    payment: str
    amount: Money
    state: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """News from the service, verified. `id` is the service's own id of it; only a hint to look the payment up."""

    id: str
    payment: str
    about: Mapping[str, str]


class PaymentGateway(Protocol):
    """A payment service that holds money before it takes it.

    Every call raises RetryLater (nothing took effect), Unknown (no answer: look up before you repeat), or
    Undeliverable (the service refuses; the argument says why). The same key again gives the same answer; a key that
    was used with other content is Undeliverable.
    """

    name: str

    def least(self, currency: str) -> Money:
        """The smallest amount it takes in a currency. Undeliverable for a currency it does not take."""
        ...

    async def ask(self, wanted: Wanted) -> Payment:
        """Open a hosted page for one payer."""
        ...

    async def capture(self, payment: str, amount: Money, *, key: str) -> Payment:
        """Take at most what is held; the rest is let go. Undeliverable if the hold has lapsed or was voided."""
        ...

    async def void(self, payment: str, *, key: str) -> Payment:
        """Let a hold go, or close a page that nobody paid on; what is over already stays as it is.

        Undeliverable if it was captured."""
        ...

    async def refund(self, payment: str, amount: Money, *, key: str) -> Refunded:
        """Give back at most what was captured and not yet given back."""
        ...

    async def look_up(self, payment: str) -> Payment | None:
        """How a payment stands now, None for an unknown id."""
        ...

    async def look_up_key(self, key: str) -> Payment | Refunded | None:
        """What became of a request key (of ask or refund), None if it never arrived."""
        ...

    def read_notification(self, headers: Mapping[str, str], body: bytes) -> Notice:
        """Verify the signature over the raw bytes (300 s tolerance) and read. NotAllowed if it is forged or stale."""
        ...
