"""Collections that outlive their pages, rises for who is covered, links asked for again, and other corners."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.money import Money
from bot.storage import STORES
from tests.payments.counter import ALL_KINDS, KES, Counter, committed, counter, leaves, person, ready


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Counter]:
    async with counter(tmp_path) as made:
        yield made
        await made.check()


def lines(shop: Counter, card: str) -> list[str]:
    shown = shop.shown("mombasa")[card].content.card
    return list(shown.lines) if shown else []


async def test_a_page_that_ends_before_the_collection_is_renewed(shop: Counter) -> None:
    await ready(shop, "Ana", "Ben", minutes=60 * 72)
    await shop.passes(hours=30)
    ana = await shop.share("Ana")
    assert (ana.state, ana.attempt) == ("link_sent", 2)
    await shop.pays("Ana")
    await shop.pays("Ben")
    assert (await shop.collection()).state == "covered"


async def test_a_rise_for_who_is_covered_is_asked_of_who_covers(shop: Counter) -> None:
    await ready(shop, "Ana", "Ben", total=Money(10_000, KES))
    await shop.press("mombasa", "Ana", "Pay for Ben")
    await shop.pays("Ana")
    await shop.pays("Ana", "cover")
    c = await shop.covers(Money(10_400, KES))
    assert [(s.person, s.amount.minor) for s in c.shares if s.role == "top_up"] == [(person("Ana"), 200)] * 2
    assert lines(shop, c.card)[:2] == ["⏳ Ana (paid; the rise in price is open)", "⏳ Ben (to be paid by Ana)"]
    for share in [s for s in (await shop.collection()).shares if s.role == "top_up"]:
        await shop.gateway.pay(share.payment)
    await shop.quiet()
    await shop.covers(Money(10_400, KES))
    c = await shop.takes(Money(10_400, KES))
    balances = {b.account: b.minor for b in await shop.house.ledger.balances(c.thread)}
    assert balances[f"group:{c.thread}:{person('Ben')}"] == -5_200


async def test_a_rise_is_covered_by_another(shop: Counter) -> None:
    await ready(shop, "Ana", "Ben", total=Money(10_000, KES))
    await shop.pays("Ana")
    await shop.pays("Ben")
    await shop.covers(Money(10_400, KES))
    await shop.press("mombasa", "Ana", "Pay for Ben")
    await shop.pays("Ana", "top_up")
    await shop.pays("Ana", "cover")
    assert (await shop.collection()).state == "covered"


async def test_everybody_finds_their_links_again(shop: Counter) -> None:
    await ready(shop, "Ana", "Ben")
    said = await shop.say("mombasa", "Ben", "/shares")
    assert [a.only_for for a in said.answers] == [(person("Ben"),)]
    assert [b.label for a in said.answers for b in a.content.buttons] == ["Pay KES 150"]
    await shop.pays("Ben")
    said = await shop.say("mombasa", "Ben", "/shares")
    assert [b.label for a in said.answers for b in a.content.buttons] == []


async def test_one_payer_alone_pays_for_all(shop: Counter) -> None:
    await shop.trip("Ana", "Ben")
    await shop.opened("Ana", total=Money(50, KES))
    await shop.pays("Ana")
    await shop.covers()
    assert (await shop.takes(Money(50, KES))).state == "committed"


async def test_booking_asked_twice_takes_once(shop: Counter) -> None:
    await committed(shop, "Ana", "Ben")
    c = await shop.takes(Money(30_000, KES))
    assert sum(s.captured for s in c.shares) == 30_000
    c = await shop.releases()
    assert c.state == "committed"


async def test_when_all_payers_leave_time_ends_it(shop: Counter) -> None:
    await ready(shop, "Ana", "Ben")
    await shop.pays("Ana")
    await leaves(shop, "Ben")
    await leaves(shop, "Ana")
    await shop.passes(hours=2)
    c = await shop.collection()
    assert (c.state, {s.state for s in c.shares}) == ("released", {"voided"})
    told = [o for o in shop.channel.sent if "has been let go" in o.content.text]
    assert [o.place for o in told] == ["paper:main:Ana-direct"]


async def test_somebody_who_is_no_member_presses_nothing(shop: Counter) -> None:
    await ready(shop, "Ana", "Ben", "Cleo")
    token = shop.buttons("mombasa")["Pay for Ben"].id
    await leaves(shop, "Cleo")
    token = shop.buttons("mombasa")["Pay for Ben"].id
    await shop.presses("Cleo-direct", "Cleo", token)
    assert not [s for s in (await shop.collection()).shares if s.role == "cover"]


async def test_the_earliest_end_of_a_hold_ends_the_collecting(shop: Counter) -> None:
    await ready(shop, "Ana", "Ben", minutes=60 * 24 * 9)
    await shop.pays("Ana")
    ana, c = await shop.share("Ana"), await shop.collection()
    assert ana.held_until is not None and c.deadline == ana.held_until - timedelta(minutes=10)
    await shop.passes(days=7)
    c = await shop.collection()
    assert (c.state, c.why) == ("released", "expired")
    assert (await shop.share("Ana")).state == "voided"


async def test_the_same_on_a_mongo_database(mongo_url: str, tmp_path: Path) -> None:
    store = STORES["mongo"](mongo_url)
    await store.open(ALL_KINDS)
    try:
        async with counter(tmp_path, store) as shop:
            await committed(shop, "Ana", "Ben")
            await shop.refunds(Money(10_001, KES))
            await shop.say("mombasa", "Ana", "/paid 900 KES taxi")
            await shop.say("mombasa", "Ana", "/admin ledger")
            await shop.say("mombasa", "Ana", "/admin ledger Ben")
            await shop.check()
            assert sum(s.refunded for s in (await shop.collection()).shares) == 10_001
    finally:
        await store.close()


async def test_who_could_not_be_told_alone_finds_the_link_in_their_own_chat(shop: Counter) -> None:
    await shop.say("mombasa", "Ana", "hello")
    await shop.say("mombasa", "Ben", "hello")
    await shop.opened("Ana", "Ben")
    said = await shop.say("Ben-direct", "Ben", "/shares", value={"kind": "direct"})
    assert [b.label for a in said.answers for b in a.content.buttons] == ["Pay KES 150"]
    said = await shop.say("Cleo-direct", "Cleo", "/shares", value={"kind": "direct"})
    assert [b.label for a in said.answers for b in a.content.buttons] == []


async def test_a_service_that_is_away_is_asked_less_and_less_often(shop: Counter) -> None:
    await shop.trip("Ana")
    await shop.faults.add("payments", "down", match="ask", times=1000)
    await shop.opened("Ana")
    await shop.passes(minutes=30)
    left = (await shop.faults.list())[0].times
    assert 5 <= 1000 - left <= 16
