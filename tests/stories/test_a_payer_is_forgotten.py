"""Somebody who has money in flight is told what must end first; erased later, they stay in the books as a pseudonym."""

import json

from tests.stories.caravan import Caravan
from tests.stories.group import Group, Simulator
from tests.stories.test_a_group_books_together import chosen, paid, rest, share, starting
from tests.stories.test_a_person_is_forgotten import in_sqlite, mentions
from tests.waiting import soon

NAME, PASSENGER, DINNER = "Zebediah", "Xanthippe", "narwhalian"


async def test_the_books_keep_a_pseudonym_and_nothing_else(own_caravan: Caravan) -> None:
    documents = in_sqlite(own_caravan.folder / "data")
    async with Simulator(own_caravan.url) as simulator:
        group = await simulator.group("Coast", ["Ana", NAME])
        direct = await simulator.post("places", {"title": "alone", "people": [NAME], "kind": "direct"})
        alone = Group(simulator, direct["place"], direct["thread"])
        await chosen(group)
        await group.say(NAME, f"/names {PASSENGER} Quux")
        await group.say("Ana", "/pay")
        await group.press("Ana", starting(group, "Split"))
        await alone.say(NAME, "/privacy")
        blocked = await alone.press(NAME, "Erase…")
        assert "still in flight" in blocked.words and blocked.labels == []

        await paid(group, (await share(group, "Ana"))[1])
        await alone.rest()
        await paid(group, [b["url"] for m in alone.messages.values() for b in m.raw["buttons"] if b.get("url")][-1])
        await rest(group)
        await group.say(NAME, f"/paid 500 KES for {DINNER} dinner")
        assert mentions(documents, DINNER)
        before = await group.say("Ana", "/balances")
        assert f"Ana owes {NAME} KES 250" in before.words
        for label in ("Erase…", "Erase", "Yes, erase me for good"):
            await alone.press(NAME, label)

        async def gone() -> bool:
            return not mentions(documents, NAME)

        await soon(gone)
        assert {word: found for word in (PASSENGER, DINNER) if (found := mentions(documents, word))} == {}
        after = await group.say("Ana", "/balances")
        assert "KES 250" in after.words and NAME not in after.words
        assert "confirmed" in (await group.say("Ana", "/bookings")).words

    booked = [json.loads(body)["postings"] for kind, _, body in documents() if kind == "transactions"]
    assert all(sum(p["minor"] for p in postings) == 0 for postings in booked)
    assert any("erased-" in p["account"] for postings in booked for p in postings)
    assert "Traceback" not in own_caravan.log
