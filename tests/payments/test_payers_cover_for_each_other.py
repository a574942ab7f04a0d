"""Who pays for whom: covering, handing back, leaving."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.money import Money
from tests.payments.counter import ALL, KES, Counter, committed, counter, late, leaves, ready


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Counter]:
    async with counter(tmp_path) as made:
        yield made
        await made.check()


async def test_two_press_pay_for_the_same_person(shop: Counter) -> None:
    await ready(shop, "Ana", "Ben", "Cleo")
    await shop.press("mombasa", "Ana", "Pay for Ben")
    button = {b.label: b for o in shop.channel.sent for b in o.content.buttons}["Pay for Ben"]
    await shop.presses("mombasa", "Cleo", button.id)
    assert "Ana is paying that share already." in shop.texts("mombasa")
    card = shop.shown("mombasa")[(await shop.collection()).card].content.card
    assert card is not None and "⏳ Ben (to be paid by Ana)" in card.lines
    assert len([s for s in (await shop.collection()).shares if s.role == "cover"]) == 1


async def test_nobody_covers_themselves(shop: Counter) -> None:
    await ready(shop, "Ana", "Ben")
    await shop.press("mombasa", "Ben", "Pay for Ben")
    assert any("your own share" in t for t in shop.texts("mombasa"))
    assert (await shop.share("Ben")).state == "link_sent"


async def test_who_is_covered_pays_after_all(shop: Counter) -> None:
    await ready(shop, "Ana", "Ben")
    await shop.press("mombasa", "Ana", "Pay for Ben")
    await shop.press("mombasa", "Ben", "Pay it myself")
    assert (await shop.share("Ana", "cover")).state == "voided"
    assert ((await shop.share("Ben")).state, (await shop.share("Ben")).attempt) == ("link_sent", 2)
    await shop.pays("Ben")
    await shop.pays("Ana")
    assert (await shop.collection()).state == "covered"


async def test_money_on_a_page_that_was_covered_meanwhile_is_let_go(shop: Counter) -> None:
    await ready(shop, "Ana", "Ben")
    ben = await shop.share("Ben")
    await shop.faults.add("payments", "lost_notice", match="authorise")
    await shop.faults.add("payments", "lost_notice", match="void")
    await shop.gateway.pay(ben.payment)
    await shop.press("mombasa", "Ana", "Pay for Ben")
    await shop.passes(minutes=5)
    found = await shop.gateway.look_up(ben.payment)
    assert found is not None and found.state == "voided"
    assert (await shop.share("Ben")).state == "covered_by_other"


async def test_late_money_that_covers_alone_is_tried_again(shop: Counter) -> None:
    await ready(shop, "Ana")
    ana = await shop.share("Ana")
    await shop.passes(hours=2)
    assert (await shop.collection()).state == "released"
    await late(shop, ana.payment)
    c = await shop.collection()
    assert (c.state, shop.heard[-1][0], shop.heard[-1][1]["late"]) == ("covered", "covered", True)
    await shop.releases("sold out")
    assert (await shop.collection()).state == "released"


async def test_who_leaves_before_anybody_paid_makes_the_others_parts_larger(shop: Counter) -> None:
    await ready(shop, "Ana", "Ben", "Cleo")
    await leaves(shop, "Cleo")
    c = await shop.collection()
    live = {s.name: s.amount.minor for s in c.shares if s.state == "link_sent"}
    assert live == {"Ana": 15_000, "Ben": 15_000}
    await shop.pays("Ana")
    await shop.pays("Ben")
    assert (await shop.collection()).state == "covered"


async def test_who_leaves_after_somebody_paid_is_offered_to_the_others(shop: Counter) -> None:
    await ready(shop, "Ana", "Ben", "Cleo")
    await shop.pays("Ana")
    await leaves(shop, "Cleo")
    await shop.press("mombasa", "Ben", "Pay for Cleo")
    await shop.pays("Ben")
    await shop.pays("Ben", "cover")
    assert (await shop.collection()).state == "covered"


async def test_who_leaves_after_paying_still_gets_their_refund_and_hears_of_it(shop: Counter) -> None:
    await committed(shop, "Ana", "Ben")
    await leaves(shop, "Ben")
    await shop.refunds(ALL)
    assert (await shop.share("Ben")).refunded == 15_000
    told = [o for o in shop.channel.sent if o.content.text == "KES 150 has been given back to you."]
    assert {o.place for o in told if o.reader == ("paper:Ben",)} == {"paper:main:Ben-direct"}


async def test_who_paid_and_left_is_asked_for_no_more(shop: Counter) -> None:
    await ready(shop, "Ana", "Ben", total=Money(10_000, KES))
    await shop.pays("Ana")
    await shop.pays("Ben")
    await leaves(shop, "Ben")
    c = await shop.covers(Money(10_400, KES))
    assert [(s.name, s.amount.minor) for s in c.shares if s.role == "top_up"] == [("Ana", 400)]


async def test_a_part_that_was_divided_anew_is_covered_by_nobody(shop: Counter) -> None:
    await ready(shop, "Ana", "Ben", "Cleo", total=Money(9_000, "KES"))
    c = await shop.collection()
    await shop.faults.add("payments", "down", match="void", times=9)  # so that the old pages stay open for a while
    await leaves(shop, "Cleo")
    old = next(s for s in (await shop.collection()).shares if s.name == "Ben" and s.why == "resplit")
    await shop.call("Ana", "cover_share", collection=c.id, share=old.id)
    assert not [s for s in (await shop.collection()).shares if s.role == "cover"]
    for name in ("Ana", "Ben"):
        await shop.pays(name)
    c = await shop.collection()
    assert (c.state, c.authorized) == ("covered", c.total)
