"""What every Store promises to many who change the same documents at once, and to owners of the same lane."""

import asyncio
from dataclasses import replace

from bot.documents import Insert, Range, Replace
from bot.errors import Conflict
from bot.model import ENTRIES, Entry
from bot.ports import Store
from tests.contracts.stays import BILLS, NOON, Bill, MakeStore, StoreSuite, increment, opened


class StoreRivalsContract(StoreSuite):
    async def test_a_thousand_increments_at_once_are_all_counted(self, store: Store) -> None:
        counters = [f"b{n}" for n in range(100)]
        await store.commit([Insert(BILLS, Bill(id=id)) for id in counters])
        await asyncio.gather(*(increment(store, id) for id in counters * 10))
        assert [(await store.get(BILLS, id)) for id in counters] == [Bill(id=i, minor=10, version=11) for i in counters]

    async def test_two_owners_of_a_lane_at_once_give_each_seq_once(self, make_store: MakeStore, store: Store) -> None:
        async with opened(make_store) as rival:
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

    async def test_two_owners_handling_the_same_entry_commit_once(self, make_store: MakeStore, store: Store) -> None:
        async with opened(make_store) as rival:
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

    async def test_two_owners_count_together_without_losing_one(self, make_store: MakeStore, store: Store) -> None:
        async with opened(make_store) as rival:
            await store.commit([Insert(BILLS, Bill(id=f"b{n}")) for n in range(10)])
            owners = [store, rival] * 50
            await asyncio.gather(*(increment(owner, f"b{n // 2 % 10}") for n, owner in enumerate(owners)))
            totals = [bill.minor for bill in await store.find(BILLS, {}, order="id")]
            assert totals == [10] * 10
