"""What every Store promises. A subclass gives `make_store`: each call is one more owner of the same data."""

import asyncio
from dataclasses import replace
from datetime import UTC

import pytest

from bot.content import Content
from bot.documents import Delete, Insert, Op, Replace
from bot.errors import Clash, Conflict
from bot.model import ENTRIES, Answer, Delivery, Entry
from bot.ports import Store
from tests.contracts.stays import BILLS, NOON, STAYS, Bill, MakeStore, clash, ids, opened, stay
from tests.contracts.store_crash_contract import StoreCrashContract
from tests.contracts.store_finds_contract import StoreFindsContract
from tests.contracts.store_model_contract import StoreModelContract
from tests.contracts.store_rivals_contract import StoreRivalsContract


class StoreContract(StoreFindsContract, StoreRivalsContract, StoreModelContract, StoreCrashContract):
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
        async with opened(make_store) as again:
            assert len(await ids(again, {})) == 5
