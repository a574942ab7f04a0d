"""What every Store promises about finding documents."""

from datetime import timedelta, timezone
from typing import Any

import pytest

from bot.documents import In, Insert, Range, Replace, Where
from bot.model import ENTRIES, Entry
from bot.ports import Store
from tests.contracts.stays import NOON, STAYS, StoreSuite, ids, stay


class StoreFindsContract(StoreSuite):
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
