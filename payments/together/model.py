"""Expenses that people bore for each other, and payments between two of them."""

from dataclasses import dataclass
from datetime import datetime

from bot.documents import Index, Kind
from bot.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A Person's part of an expense, in minor units of its currency."""

    person: str
    name: str
    minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Expense:
    """Something that some have paid for some. `paid` and `parts` both sum to the total. `state`: kept or undone."""

    id: str
    thread: str
    title: str
    total: Money
    paid: tuple[Part, ...]
    parts: tuple[Part, ...]
    by: str
    at: datetime
    state: str = "kept"
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """A payment from one Person to another outside Caravan. `state`: asked, confirmed by the receiver, or refused."""

    id: str
    thread: str
    payer: str
    payer_name: str
    receiver: str
    receiver_name: str
    amount: Money
    at: datetime
    state: str = "asked"
    version: int = 0


EXPENSES = Kind("expenses", Expense, (Index(("thread", "at")),))
SETTLEMENTS = Kind("settlements", Settlement, (Index(("thread", "state")),))
