"""What every Store promises. A subclass gives `make_store`: each call is one more owner of the same data."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from bot.content import Content
from bot.documents import Delete, In, Index, Insert, Kind, Op, Range, Replace, Where
from bot.errors import Clash, Conflict
from bot.model import ENTRIES, Answer, Delivery, Entry
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

MakeStore = Callable[[], Store]


def stay(number: int, **fields: Any) -> Stay:
    return Stay(id=f"stay-{number:03}", **fields)


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
        bill = await store.get(BILLS, id)
        assert bill is not None
        try:
            return await store.commit([Replace(BILLS, replace(bill, minor=bill.minor + 1))])
        except Conflict:
            continue


class StoreContract:
    @pytest.fixture
    def make_store(self) -> MakeStore:
        raise NotImplementedError

    @pytest.fixture
    async def store(self, make_store: MakeStore) -> AsyncIterator[Store]:
        store = make_store()
        await store.open(KINDS)
        yield store
        await store.close()

    async def test_a_document_comes_back_as_it_was_said(self, store: Store) -> None:
        said = stay(
            1,
            room="12b",
            arrives=NOON,
            guests=("Ana", "Zoë 🏖", 'quote " and \0 zero'),
            notes={"a.b": 1, "$set": [1, None, 2.5], "": {"deep": {"er": True}}, "big": 2**70},
        )
        await store.commit([Insert(STAYS, said)])
        assert await store.get(STAYS, said.id) == replace(said, version=1)

    async def test_an_entry_with_answers_and_deliveries_comes_back_whole(self, store: Store) -> None:
        answer = Answer(id="a/1", content=Content(text="pong **now**"), only_for=("p1",))
        entry = Entry(
            id="simulator:main:1:message:1",
            thread="t1",
            what="message",
            at=NOON,
            arrival=1_790_000_000_123_456_789,
            text="/ping now",
            location=(-4.05, 39.67),
            answers=(answer,),
            deliveries=(Delivery(id="a/1@p", place="p", answer="a/1", parts=("77", "78")),),
        )
        await store.commit([Insert(ENTRIES, entry)])
        assert await store.get(ENTRIES, entry.id) == replace(entry, version=1)

    @pytest.mark.parametrize("microsecond", [0, 1, 500_000, 999_999])
    async def test_times_keep_their_microseconds_and_utc(self, store: Store, microsecond: int) -> None:
        arrives = NOON.replace(microsecond=microsecond)
        await store.commit([Insert(STAYS, stay(1, arrives=arrives))])
        found = await store.get(STAYS, "stay-001")
        assert found is not None and found.arrives == arrives and found.arrives.tzinfo is UTC

    async def test_a_time_without_a_zone_is_refused_and_nothing_written(self, store: Store) -> None:
        with pytest.raises(ValueError, match="time zone"):
            await store.commit([Insert(BILLS, Bill(id="b")), Insert(STAYS, stay(1, arrives=NOON.replace(tzinfo=None)))])
        assert await store.get(BILLS, "b") is None

    async def test_a_text_that_is_no_unicode_is_refused_and_others_are_written(self, store: Store) -> None:
        hostile, kind = stay(1, guests=("\ud800",)), stay(2)
        results = await asyncio.gather(
            store.commit([Insert(STAYS, hostile)]), store.commit([Insert(STAYS, kind)]), return_exceptions=True
        )
        assert isinstance(results[0], ValueError) and results[1] is None
        assert await ids(store, {}) == ["stay-002"]

    async def test_what_is_not_there_is_none(self, store: Store) -> None:
        assert await store.get(STAYS, "nowhere") is None
        assert await store.find(STAYS, {}) == []

    async def test_each_replace_counts_the_version_up(self, store: Store) -> None:
        await store.commit([Insert(STAYS, stay(1))])
        for version in (1, 2, 3):
            found = await store.get(STAYS, "stay-001")
            assert found is not None and found.version == version
            await store.commit([Replace(STAYS, replace(found, nights=version * 10))])
        assert await store.get(STAYS, "stay-001") == stay(1, nights=30, version=4)

    async def test_a_second_insert_of_an_id_clashes(self, store: Store) -> None:
        await store.commit([Insert(STAYS, stay(1, nights=1))])
        assert await clash(store.commit([Insert(STAYS, stay(1, nights=2))])) == Clash("stays", "stay-001", "exists")
        assert await store.get(STAYS, "stay-001") == stay(1, nights=1, version=1)

    async def test_an_old_version_neither_replaces_nor_deletes(self, store: Store) -> None:
        await store.commit([Insert(STAYS, stay(1))])
        await store.commit([Replace(STAYS, stay(1, nights=2, version=1))])
        for op in (Replace, Delete):
            assert await clash(store.commit([op(STAYS, stay(1, version=1))])) == Clash("stays", "stay-001", "version")
        assert await store.get(STAYS, "stay-001") == stay(1, nights=2, version=2)

    async def test_a_missing_document_is_neither_replaced_nor_deleted_nor_made(self, store: Store) -> None:
        for op in (Replace, Delete):
            assert await clash(store.commit([op(STAYS, stay(1, version=1))])) == Clash("stays", "stay-001", "missing")
        assert await store.get(STAYS, "stay-001") is None

    async def test_a_deleted_document_is_gone_and_its_id_free(self, store: Store) -> None:
        await store.commit([Insert(STAYS, stay(1))])
        await store.commit([Delete(STAYS, stay(1, version=1))])
        assert await store.get(STAYS, "stay-001") is None
        await store.commit([Insert(STAYS, stay(1))])
        assert await store.get(STAYS, "stay-001") == stay(1, version=1)

    async def test_two_stays_never_share_a_room(self, store: Store) -> None:
        await store.commit([Insert(STAYS, stay(1, room="7")), Insert(STAYS, stay(2, room="8"))])
        taken = Clash("stays", "stay-003", "unique")
        assert await clash(store.commit([Insert(STAYS, stay(3, room="7"))])) == taken
        moved = replace(stay(2, room="7"), version=1)
        assert await clash(store.commit([Replace(STAYS, moved)])) == Clash("stays", "stay-002", "unique")
        await store.commit([Insert(STAYS, stay(3, room="7", hotel="Acacia"))])
        assert await ids(store, {"hotel": "Baobab"}, order="room") == ["stay-001", "stay-002"]

    async def test_stays_without_a_room_do_not_clash(self, store: Store) -> None:
        await store.commit([Insert(STAYS, stay(n)) for n in (1, 2, 3)])
        await store.commit([Replace(STAYS, stay(1, room="7", version=1))])
        await store.commit([Replace(STAYS, stay(1, version=2)), Insert(STAYS, stay(4, room="7"))])
        assert await ids(store, {"hotel": "Baobab", "room": None}, order="room") == ["stay-001", "stay-002", "stay-003"]

    async def test_several_documents_change_together(self, store: Store) -> None:
        await store.commit([Insert(STAYS, stay(1)), Insert(STAYS, stay(2)), Insert(BILLS, Bill(id="b", minor=5))])
        await store.commit(
            [
                Replace(STAYS, stay(1, nights=9, version=1)),
                Delete(STAYS, stay(2, version=1)),
                Insert(STAYS, stay(3)),
                Replace(BILLS, Bill(id="b", minor=6, version=1)),
            ]
        )
        assert await ids(store, {}) == ["stay-001", "stay-003"]
        assert await store.get(BILLS, "b") == Bill(id="b", minor=6, version=2)

    async def test_a_list_may_change_a_document_twice(self, store: Store) -> None:
        await store.commit([Insert(STAYS, stay(1)), Replace(STAYS, stay(1, nights=2, version=1))])
        assert await store.get(STAYS, "stay-001") == stay(1, nights=2, version=2)

    @pytest.mark.parametrize(
        ("op", "why"),
        [
            (Insert(STAYS, stay(1)), "exists"),
            (Insert(STAYS, stay(9, room="7")), "unique"),
            (Replace(STAYS, stay(1, version=7)), "version"),
            (Replace(STAYS, stay(8, version=1)), "missing"),
            (Delete(STAYS, stay(1, version=7)), "version"),
            (Delete(STAYS, stay(8, version=1)), "missing"),
        ],
    )
    async def test_a_clash_anywhere_in_a_list_leaves_nothing_written(self, store: Store, op: Op, why: str) -> None:
        await store.commit([Insert(STAYS, stay(1, room="7")), Insert(BILLS, Bill(id="b"))])
        around: list[Op] = [
            Insert(STAYS, stay(2)),
            Replace(BILLS, Bill(id="b", minor=1, version=1)),
            op,
            Insert(BILLS, Bill(id="c")),
            Insert(BILLS, Bill(id="b")),
        ]
        assert await clash(store.commit(around)) == Clash("stays", op.value.id, why)
        assert await ids(store, {}) == ["stay-001"]
        assert await store.get(STAYS, "stay-001") == stay(1, room="7", version=1)
        assert await store.get(BILLS, "b") == Bill(id="b", version=1)
        assert await store.get(BILLS, "c") is None

    async def test_an_empty_list_is_fine(self, store: Store) -> None:
        await store.commit([])

    async def test_one_clash_among_many_at_once_hurts_nobody_else(self, store: Store) -> None:
        await store.commit([Insert(STAYS, stay(500))])
        lists: list[list[Op]] = [[Insert(STAYS, stay(n)), Insert(BILLS, Bill(id=f"b{n}"))] for n in range(40)]
        lists += [[Insert(STAYS, stay(n))] for n in range(40, 80)]
        for n in (3, 17, 60):
            lists[n].append(Insert(STAYS, stay(500)))
        results = await asyncio.gather(*map(store.commit, lists), return_exceptions=True)
        assert {n for n, result in enumerate(results) if result is not None} == {3, 17, 60}
        assert all(isinstance(results[n], Conflict) for n in (3, 17, 60))
        assert len(await ids(store, {}, limit=200)) == 78
        assert await store.get(BILLS, "b3") is None and await store.get(BILLS, "b4") is not None

    async def test_the_same_insert_many_times_at_once_holds_once(self, store: Store) -> None:
        inserts = [store.commit([Insert(STAYS, stay(1, nights=n))]) for n in range(50)]
        results = await asyncio.gather(*inserts, return_exceptions=True)
        assert [isinstance(result, Conflict) for result in results].count(False) == 1
        (winner,) = [n for n, result in enumerate(results) if result is None]
        assert await store.get(STAYS, "stay-001") == stay(1, nights=winner, version=1)

    async def test_a_read_sees_every_commit_that_has_returned(self, store: Store) -> None:
        async def write_and_read(n: int) -> bool:
            await store.commit([Insert(STAYS, stay(n, hotel=f"h{n}"))])
            return await store.get(STAYS, stay(n).id) is not None and len(await ids(store, {"hotel": f"h{n}"})) == 1

        assert all(await asyncio.gather(*(write_and_read(n) for n in range(100))))

    async def test_a_thousand_increments_at_once_are_all_counted(self, store: Store) -> None:
        counters = [f"b{n}" for n in range(100)]
        await store.commit([Insert(BILLS, Bill(id=id)) for id in counters])
        await asyncio.gather(*(increment(store, id) for id in counters * 10))
        assert [(await store.get(BILLS, id)) for id in counters] == [Bill(id=i, minor=10, version=11) for i in counters]

    async def test_the_unhurried_are_written_too(self, store: Store) -> None:
        await asyncio.gather(*(store.commit([Insert(STAYS, stay(n))], hurry=False) for n in range(20)))
        assert len(await ids(store, {})) == 20

    async def test_the_unhurried_join_a_hurried_commit(self, store: Store) -> None:
        waiting = asyncio.create_task(store.commit([Insert(STAYS, stay(1))], hurry=False))
        await asyncio.sleep(0)
        await store.commit([Insert(STAYS, stay(2))])
        await waiting
        assert await ids(store, {}) == ["stay-001", "stay-002"]

    async def test_close_writes_what_waits(self, make_store: MakeStore, store: Store) -> None:
        writer = store
        waiting = [asyncio.create_task(writer.commit([Insert(STAYS, stay(n))], hurry=False)) for n in range(5)]
        await asyncio.sleep(0)
        await writer.close()
        assert await asyncio.gather(*waiting) == [None] * 5
        await writer.close()
        again = make_store()
        await again.open(KINDS)
        assert len(await ids(again, {})) == 5
        await again.close()

    async def test_documents_of_many_pages_are_read_in_order(self, store: Store) -> None:
        await store.commit([Insert(STAYS, stay(n, nights=n)) for n in range(450)])
        everything = await store.find(STAYS, {"hotel": "Baobab"}, order="nights", limit=1000)
        assert [found.nights for found in everything] == list(range(450))
        pages = [await ids(store, {"hotel": "Baobab"}, order="-nights", limit=200, offset=o) for o in (0, 200, 400)]
        assert [len(page) for page in pages] == [200, 200, 50]
        assert [id for page in pages for id in page] == [stay(n).id for n in range(449, -1, -1)]

    async def test_equal_ones_come_in_the_order_of_their_ids(self, store: Store) -> None:
        await store.commit([Insert(STAYS, stay(n)) for n in (3, 1, 2)])
        assert await ids(store, {"hotel": "Baobab"}, order="nights") == ["stay-001", "stay-002", "stay-003"]
        assert await ids(store, {"hotel": "Baobab"}, order="-nights") == ["stay-003", "stay-002", "stay-001"]
        assert await ids(store, {"hotel": "Baobab"}, order="nights", limit=1, offset=1) == ["stay-002"]

    @pytest.mark.parametrize(
        ("where", "options", "expected"),
        [
            ({"hotel": "Acacia"}, {}, [4, 5]),
            ({"hotel": "Nowhere"}, {}, []),
            ({"hotel": "Baobab", "nights": 2}, {}, [2]),
            ({"hotel": "Baobab"}, {"order": "-nights"}, [3, 2, 1]),
            ({"hotel": "Baobab"}, {"order": "-nights", "limit": 1}, [3]),
            ({"hotel": "Baobab"}, {"order": "nights", "offset": 1}, [2, 3]),
            ({"hotel": In(("Acacia", "Baobab")), "nights": 1}, {}, [1, 4]),
            ({"hotel": In(("Acacia", "Baobab"))}, {"order": "nights"}, [1, 4, 2, 5, 3]),
            ({"hotel": In(())}, {}, []),
            ({"hotel": "Baobab", "nights": Range(gt=1)}, {"order": "nights"}, [2, 3]),
            ({"hotel": "Baobab", "nights": Range(gte=1, lt=3)}, {"order": "-nights"}, [2, 1]),
            ({"hotel": "Baobab", "nights": Range(gt=1, lte=2)}, {}, [2]),
            ({"hotel": "Baobab", "nights": In((1, 3, 9))}, {"order": "nights"}, [1, 3]),
            ({"arrives": Range(lte=NOON)}, {"order": "arrives"}, [2, 1]),
            ({"arrives": Range(gt=NOON)}, {}, [3]),
            ({"arrives": Range()}, {"order": "arrives"}, [2, 1, 3]),
            ({"arrives": NOON}, {}, [1]),
            ({"arrives": NOON.astimezone(timezone(timedelta(hours=3)))}, {}, [1]),
            ({"arrives": None}, {}, [4, 5]),
            ({"arrives": In((None, NOON))}, {"order": "-arrives"}, [1, 5, 4]),
            ({}, {"order": "arrives"}, [4, 5, 2, 1, 3]),
            ({}, {"order": "-id", "limit": 2}, [5, 4]),
            ({"id": In(("stay-005", "stay-002", "x"))}, {"order": "id"}, [2, 5]),
            ({"id": Range(gte="stay-003")}, {"order": "id"}, [3, 4, 5]),
            ({"held": True}, {"order": "hotel"}, [4, 2, 3]),
            ({"held": True, "hotel": "Baobab"}, {"order": "-nights"}, [3, 2]),
            ({"hotel": "Baobab", "held": True}, {"order": "nights", "limit": 1}, [2]),
        ],
    )
    async def test_finds(self, store: Store, where: Where, options: dict[str, Any], expected: list[int]) -> None:
        soon, late = NOON - timedelta(microseconds=1), NOON + timedelta(days=1)
        stays = [
            stay(1, nights=1, arrives=NOON),
            stay(2, nights=2, arrives=soon, held=True),
            stay(3, nights=3, arrives=late, held=True),
            stay(4, nights=1, hotel="Acacia", held=True),
            stay(5, nights=2, hotel="Acacia"),
        ]
        await store.commit([Insert(STAYS, one) for one in stays])
        assert await ids(store, where, **options) == [stay(n).id for n in expected]

    @pytest.mark.parametrize(
        ("where", "order"),
        [
            ({"nights": 1}, ""),
            ({"guests": "Ana"}, ""),
            ({"unknown": 1}, ""),
            ({}, "nights"),
            ({}, "guests"),
            ({"hotel": "Baobab"}, "arrives"),
            ({"hotel": "Baobab", "room": "1", "nights": 1}, ""),
            ({"hotel": Range(gt="A"), "nights": 1}, ""),
            ({"hotel": Range(gt="A")}, "nights"),
            ({"held": False, "hotel": "Baobab"}, ""),
            ({"held": In((True,))}, ""),
        ],
    )
    async def test_a_find_that_no_declared_index_serves_is_refused(
        self, store: Store, where: Where, order: str
    ) -> None:
        with pytest.raises(ValueError, match="stays"):
            await store.find(STAYS, where, order=order)

    async def test_a_replaced_document_is_found_by_its_new_values_only(self, store: Store) -> None:
        await store.commit([Insert(STAYS, stay(1, held=True, arrives=NOON))])
        await store.commit([Replace(STAYS, stay(1, hotel="Acacia", version=1))])
        assert await ids(store, {"held": True}) == await ids(store, {"hotel": "Baobab"}) == []
        assert await ids(store, {"arrives": None}) == await ids(store, {"hotel": "Acacia"}) == ["stay-001"]

    async def test_text_is_found_within_its_thread_newest_first(self, store: Store) -> None:
        texts = ["Beach in MOMBASA", "Straße zum Strand", "mombasa by train", "the beach of mombasa"]
        entries = [
            Entry(id=f"e{n}", thread="t", what="message", at=NOON, arrival=n, text=t) for n, t in enumerate(texts)
        ]
        other = Entry(id="other", thread="t2", what="message", at=NOON, arrival=9, text="mombasa")
        await store.commit([Insert(ENTRIES, entry) for entry in [*entries, other]])

        async def search(words: str, limit: int = 20) -> list[str]:
            return [entry.id for entry in await store.search("t", words, limit)]  # type: ignore[attr-defined]

        assert await search("Mombasa") == ["e3", "e2", "e0"]
        assert await search("mombasa beach", limit=1) == ["e3"]
        assert await search("STRASSE") == ["e1"]
        assert await search("  ") == await search("nairobi") == []

    async def test_two_owners_of_a_lane_at_once_give_each_seq_once(self, make_store: MakeStore, store: Store) -> None:
        rival = make_store()
        await rival.open(KINDS)
        try:
            for seq in range(1, 21):
                entries = [
                    Entry(id=f"{owner}{seq}", thread="t", what="message", at=NOON, version=1) for owner in ("a", "b")
                ]
                await store.commit([Insert(ENTRIES, entry) for entry in entries])
                handled = [replace(entry, handled=True, open=False, seq=seq) for entry in entries]
                results = await asyncio.gather(
                    store.commit([Replace(ENTRIES, handled[0])]),
                    rival.commit([Replace(ENTRIES, handled[1])]),
                    return_exceptions=True,
                )
                assert sorted(type(result).__name__ for result in results) == ["Conflict", "NoneType"]
                loser = next(result for result in results if isinstance(result, Conflict))
                assert loser.clash.why == "unique"
            seqs = [entry.seq for entry in await rival.find(ENTRIES, {"thread": "t", "seq": Range(gt=0)}, order="seq")]
            assert seqs == list(range(1, 21))
        finally:
            await rival.close()

    async def test_two_owners_handling_the_same_entry_commit_once(self, make_store: MakeStore, store: Store) -> None:
        rival = make_store()
        await rival.open(KINDS)
        try:
            for n in range(1, 21):
                entry = Entry(id=f"e{n}", thread="t", what="message", at=NOON)
                await store.commit([Insert(ENTRIES, entry)])
                mine = replace(entry, version=1, handled=True, seq=n)
                jobs = [Insert(BILLS, Bill(id=f"{owner}{n}")) for owner in ("a", "b")]
                results = await asyncio.gather(
                    store.commit([Replace(ENTRIES, mine), jobs[0]]),
                    rival.commit([Replace(ENTRIES, mine), jobs[1]]),
                    return_exceptions=True,
                )
                assert [isinstance(result, Conflict) for result in results].count(True) == 1
                written = [await rival.get(BILLS, f"{owner}{n}") is not None for owner in ("a", "b")]
                assert written == [result is None for result in results]
        finally:
            await rival.close()

    async def test_two_owners_count_together_without_losing_one(self, make_store: MakeStore, store: Store) -> None:
        rival = make_store()
        await rival.open(KINDS)
        try:
            await store.commit([Insert(BILLS, Bill(id=f"b{n}")) for n in range(10)])
            owners = [store, rival] * 50
            await asyncio.gather(*(increment(owner, f"b{n // 2 % 10}") for n, owner in enumerate(owners)))
            totals = [bill.minor for bill in await store.find(BILLS, {}, order="id")]
            assert totals == [10] * 10
        finally:
            await rival.close()
