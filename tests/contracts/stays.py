"""Documents, and the few steps, that the contract of a Store is told in."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

import pytest

from bot.documents import Index, Kind, Replace, Where
from bot.errors import Clash, Conflict, RetryLater
from bot.model import ENTRIES
from bot.ports import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """A document with a field of every kind that can be indexed, and some that cannot."""

    id: str
    hotel: str = "Baobab"
    room: str | None = None
    nights: int = 1
    arrives: datetime | None = None
    held: bool = False
    guests: tuple[str, ...] = ()
    notes: dict[str, Any] = field(default_factory=dict)
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """A document of a second kind."""

    id: str
    minor: int = 0
    version: int = 0


STAYS = Kind(
    "stays",
    Stay,
    (
        Index(("hotel", "room"), unique=True),
        Index(("hotel", "nights")),
        Index(("arrives",)),
        Index(("held", "hotel", "nights"), only="held"),
    ),
)
BILLS = Kind("bills", Bill)
KINDS = (STAYS, BILLS, ENTRIES)
NOON = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)

T = TypeVar("T")
MakeStore = Callable[[], Store]


def stay(number: int, **fields: Any) -> Stay:
    return Stay(id=f"stay-{number:03}", **fields)


@asynccontextmanager
async def opened(make_store: MakeStore) -> AsyncIterator[Store]:
    """A store, open for as long as the block lasts."""
    store = make_store()
    await store.open(KINDS)
    try:
        yield store
    finally:
        await store.close()


async def clash(commit: Awaitable[None]) -> Clash:
    """The clash that a commit ends in."""
    with pytest.raises(Conflict) as conflict:
        await commit
    return conflict.value.clash


async def ids(store: Store, where: Where, **options: Any) -> list[str]:
    return [found.id for found in await store.find(STAYS, where, **options)]


async def increment(store: Store, id: str) -> None:
    """Read, add one, write; again while somebody else was faster."""
    while True:
        bill = await patiently(lambda: store.get(BILLS, id))
        assert bill is not None
        try:
            return await store.commit([Replace(BILLS, replace(bill, minor=bill.minor + 1))])
        except Conflict:
            continue


async def patiently(read: Callable[[], Awaitable[T]]) -> T:
    """What is read, as every caller reads: again while the database is away."""
    async with asyncio.timeout(30):
        while True:
            try:
                return await read()
            except RetryLater:
                await asyncio.sleep(0.05)


class StoreSuite:
    """Gives the suites their stores. A subclass says how to make one."""

    @pytest.fixture
    def make_store(self) -> MakeStore:
        """Makes one more owner of the same data, not opened yet."""
        raise NotImplementedError

    @pytest.fixture
    async def store(self, make_store: MakeStore) -> AsyncIterator[Store]:
        async with opened(make_store) as store:
            yield store
