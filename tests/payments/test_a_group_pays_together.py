"""Who pays what and when: cards, links, holds, captures and refunds over the sandbox service."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from bot.brains.offline.understand import Understander
from bot.gazetteer import Gazetteer
from bot.money import Money
from tests.payments.counter import Counter, counter

KES = "KES"


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Counter]:
    async with counter(tmp_path) as made:
        yield made


async def test_all_pay_the_supplier_confirms_and_the_money_is_taken(shop: Counter) -> None:
    await shop.trip("Ana", "Ben", "Cleo")
    c = await shop.opened("Ana", "Ben", "Cleo", total=Money(10_000, KES))
    assert c.state == "collecting"
    assert sorted(s.amount.minor for s in c.shares) == [3_333, 3_333, 3_334]
    for name in ("Ana", "Ben", "Cleo"):
        assert shop.heard == []
        await shop.pays(name)
        await shop.check()
    assert [topic for topic, _ in shop.heard] == ["covered"]
    c = await shop.covers()
    assert c.state == "committing"
    c = await shop.takes(c.total)
    assert c.state == "committed"
    assert shop.heard[-1][1]["state"] == "committed"
    assert sum(s.captured for s in c.shares) == 10_000
    await shop.check()


async def test_a_refund_goes_back_to_those_who_paid(shop: Counter) -> None:
    await shop.trip("Ana", "Ben")
    await shop.opened("Ana", "Ben", total=Money(30_000, KES), weights=[2, 1])
    await shop.pays("Ana")
    await shop.pays("Ben")
    await shop.covers()
    await shop.takes(Money(30_000, KES))
    c = await shop.refunds(Money(10_000, KES))
    assert {s.name: s.refunded for s in c.shares} == {"Ana": 6_667, "Ben": 3_333}
    c = await shop.refunds(Money(10_000, KES))
    assert sum(s.refunded for s in c.shares) == 10_000
    c = await shop.refunds(Money(20_000, KES), key="the rest")
    assert {s.state for s in c.shares} == {"refunded"}
    await shop.check()


async def test_what_does_not_come_together_is_let_go(shop: Counter) -> None:
    await shop.trip("Ana", "Ben")
    await shop.opened("Ana", "Ben")
    await shop.pays("Ana")
    await shop.passes(hours=2)
    c = await shop.collection()
    assert (c.state, c.why) == ("released", "expired")
    assert {s.state for s in c.shares} == {"voided"}
    assert shop.heard == [("ended", shop.heard[0][1])] and shop.heard[0][1]["state"] == "expired"
    await shop.check()


async def test_booking_releases_what_it_cannot_book(shop: Counter) -> None:
    await shop.trip("Ana", "Ben")
    await shop.opened("Ana", "Ben")
    await shop.pays("Ana")
    await shop.pays("Ben")
    c = await shop.releases("sold out")
    assert c.state == "released"
    assert shop.heard[-1][1]["state"] == "released" and shop.heard[-1][1]["why"] == "sold out"
    await shop.check()


async def test_who_has_paid_is_told_without_anybodys_amount(shop: Counter) -> None:
    await shop.trip("Ana", "Ben")
    await shop.call("Ben", "who_has_paid")
    assert "Nothing is being paid for here." in shop.texts("mombasa")[-1]
    await shop.opened("Ana", "Ben", weights=(2, 1))
    await shop.pays("Ana")
    heard = await shop.call("Ben", "who_has_paid")
    (card,) = [a.content.card for a in heard.answers if a.content.card]
    assert {"✅ Ana", "⏳ Ben", "1 of 2 have paid"} <= set(card.lines)
    told = " ".join((card.title, *card.lines, *(f.value for f in card.facts)))
    assert "KES 300" in told and "200" not in told and "100" not in told


@pytest.mark.parametrize(
    "said", ["who has paid?", "has everybody paid?", "who still has to pay", "who has paid already", "nani amelipa?"]
)
async def test_who_has_paid_can_be_asked_in_words(shop: Counter, said: str) -> None:
    understood = Understander(shop.core.registry, Gazetteer()).understand(said, date(2026, 11, 20))
    assert understood.intent == "who_has_paid"
