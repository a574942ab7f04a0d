"""Captures of more, less or nothing, captures that fail, and refunds."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.errors import Explain
from bot.model import Entry
from bot.money import Money
from bot.turn import Turn
from payments.booked import CARAVAN
from payments.shares import open_gap
from payments.steps import Step
from payments.texts import say
from tests.payments.counter import ALL, KES, Counter, committed, counter, person, ready


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Counter]:
    async with counter(tmp_path) as made:
        yield made
        await made.check()


async def test_a_price_rise_is_topped_up_by_all(shop: Counter) -> None:
    await ready(shop, "Ana", "Ben", "Cleo", total=Money(10_000, KES))
    for name in ("Ana", "Ben", "Cleo"):
        await shop.pays(name)
    c = await shop.covers(Money(11_000, KES))
    assert c.state == "collecting"
    extra = [s for s in c.shares if s.role == "top_up"]
    assert sorted(s.amount.minor for s in extra) == [333, 333, 334]
    for name in ("Ana", "Ben", "Cleo"):
        await shop.pays(name, "top_up")
    await shop.covers(Money(11_000, KES))
    c = await shop.takes(Money(11_000, KES))
    assert sum(s.captured for s in c.shares) == 11_000


async def test_a_rise_too_small_to_divide_is_the_organisers(shop: Counter) -> None:
    await ready(shop, "Ana", "Ben", total=Money(10_000, KES))
    await shop.pays("Ana")
    await shop.pays("Ben")
    c = await shop.covers(Money(10_060, KES))
    assert [(s.name, s.amount.minor) for s in c.shares if s.role == "top_up"] == [("Ana", 60)]
    await shop.pays("Ana", "top_up")
    await shop.covers(Money(10_060, KES))
    c = await shop.takes(Money(10_060, KES))
    assert sum(s.captured for s in c.shares) == 10_060
    balances = {b.account: b.minor for b in await shop.house.ledger.balances(c.thread)}
    assert balances[f"group:{c.thread}:{person('Ana')}"] == 30


async def test_a_rise_below_the_least_is_held_at_the_least_and_taken_as_it_is(shop: Counter) -> None:
    await ready(shop, "Ana", "Ben", total=Money(10_000, KES))
    await shop.pays("Ana")
    await shop.pays("Ben")
    c = await shop.covers(Money(10_007, KES))
    assert [s.amount.minor for s in c.shares if s.role == "top_up"] == [50]
    await shop.pays("Ana", "top_up")
    await shop.covers(Money(10_007, KES))
    c = await shop.takes(Money(10_007, KES))
    assert sum(s.captured for s in c.shares) == 10_007


async def test_a_price_that_falls_takes_less(shop: Counter) -> None:
    await ready(shop, "Ana", "Ben", total=Money(10_000, KES))
    await shop.pays("Ana")
    await shop.pays("Ben")
    assert (await shop.covers(Money(9_001, KES))).state == "committing"
    c = await shop.takes(Money(9_001, KES))
    assert sorted(s.captured for s in c.shares) == [4_500, 4_501]


async def test_a_line_that_failed_is_not_taken(shop: Counter) -> None:
    await ready(shop, "Ana", "Ben")
    await shop.pays("Ana")
    await shop.pays("Ben")
    await shop.covers()
    c = await shop.takes(Money(12_345, KES))
    assert (c.state, sum(s.captured for s in c.shares)) == ("committed", 12_345)


async def test_nothing_confirmed_lets_all_go(shop: Counter) -> None:
    await ready(shop, "Ana", "Ben")
    await shop.pays("Ana")
    await shop.pays("Ben")
    await shop.covers()
    assert (await shop.takes(Money(0, KES))).state == "released"


async def test_a_failed_capture_is_a_debt_that_all_see_and_one_settles(shop: Counter) -> None:
    await ready(shop, "Ana", "Ben")
    await shop.pays("Ana")
    await shop.pays("Ben")
    await shop.covers()
    await shop.faults.add("payments", "lapse", match="capture")
    c = await shop.takes(ALL)
    assert (c.state, shop.heard[-1][1]["open"]) == ("committed", 15_000)
    assert any("could not be taken" in t for t in shop.texts("mombasa"))
    assert not any("Ben" in t and "could not" in t for t in shop.texts("mombasa"))
    await shop.press("mombasa", "Ben", "Pay KES 150")
    await shop.pays("Ben", "debt")
    c = await shop.collection()
    assert (await shop.share("Ben", "debt")).state == "captured"
    balances = {b.account: b.minor for b in await shop.house.ledger.balances(c.thread)}
    assert balances[f"receivable:{c.thread}"] == 0 and balances[f"group:{c.thread}:caravan"] == 0
    await shop.press("mombasa", "Ana", "Pay KES 150")
    assert "Nothing is open there any more." in shop.texts("mombasa")


async def test_the_organisers_mandate_stands_in(shop: Counter) -> None:
    await ready(shop, "Ana", "Ben")
    await shop.say("mombasa", "Ana", "/standin 200 KES")
    await shop.press("mombasa", "Ana", "Stand in with up to KES 200")
    await shop.pays("Ana", "backstop")
    assert (await shop.collection()).state == "collecting"
    await shop.pays("Ana")
    await shop.pays("Ben")
    await shop.covers()
    await shop.faults.add("payments", "lapse", match="capture")
    c = await shop.takes(ALL)
    assert (c.state, shop.heard[-1][1]["open"]) == ("committed", 0)
    assert (await shop.share("Ana", "backstop")).captured == 15_000


async def test_a_mandate_that_is_not_needed_is_let_go_and_one_taken_back_is_never_used(shop: Counter) -> None:
    await ready(shop, "Ana", "Ben")
    await shop.say("mombasa", "Ana", "/standin 200 KES")
    await shop.press("mombasa", "Ana", "Stand in with up to KES 200")
    await shop.pays("Ana", "backstop")
    await shop.say("mombasa", "Ana", "/mandates")
    await shop.press("mombasa", "Ana", "Take back Mombasa")
    assert (await shop.share("Ana", "backstop")).state == "voided"
    await shop.pays("Ana")
    await shop.pays("Ben")
    await shop.covers()
    await shop.faults.add("payments", "lapse", match="capture")
    await shop.takes(ALL)
    assert shop.heard[-1][1]["open"] == 15_000
    assert (await shop.share("Ana", "backstop")).captured == 0


async def test_a_mandate_is_given_only_by_its_persons_press(shop: Counter) -> None:
    await ready(shop, "Ana", "Ben")
    await shop.say("mombasa", "Ana", "/standin 200 KES")
    token = shop.buttons("mombasa", "Ana")["Stand in with up to KES 200"].id
    await shop.presses("mombasa", "Ben", token)
    await shop.say("mombasa", "Ana", "/standin 200 KES confirmed=yes")
    assert not [s for s in (await shop.collection()).shares if s.role == "backstop"]


async def test_a_refund_that_is_refused_is_tried_again(shop: Counter) -> None:
    await committed(shop, "Ana", "Ben")
    await shop.faults.add("payments", "refused", match="refund")
    await shop.refunds(Money(10_000, KES))
    assert sum(s.refunded for s in (await shop.collection()).shares) == 5_000
    await shop.passes(minutes=20)
    assert sum(s.refunded for s in (await shop.collection()).shares) == 10_000


async def test_a_refund_on_its_way_counts_against_what_is_left(shop: Counter) -> None:
    await committed(shop, "Ana", "Ben")
    await shop.faults.add("payments", "late_notice", match="refund", times=2, by=3600)
    c = await shop.refunds(Money(20_000, KES))
    assert [s.refunding for s in c.shares] == [10_000, 10_000]
    at = await shop.thread("mombasa")
    moment = type("At", (), {"thread": at, "now": shop.clock.now()})()
    with pytest.raises(Explain):
        shop.house.collections.refund(moment, c, Money(10_001, KES), "again", "k2", by="p")
    await shop.passes(hours=3)
    assert sum(s.refunded for s in (await shop.collection()).shares) == 20_000


async def test_the_service_may_confirm_more_than_is_held_and_the_group_owes_the_rest(shop: Counter) -> None:
    await ready(shop, "Ana", "Ben", total=Money(10_000, KES))
    for name in ("Ana", "Ben"):
        await shop.pays(name)
    await shop.covers()
    c = await shop.takes(Money(11_000, KES))
    assert c.state == "committed" and sum(s.captured for s in c.shares) == 10_000
    assert shop.heard[-1][1]["open"] == 1_000
    await shop.press("mombasa", "Ben", "Pay KES 10")
    await shop.pays("Ben", "debt")
    standing = await shop.house.sharing.standing(await shop.thread("mombasa"))
    assert {p: m for p, m in standing["KES"].items() if m} == {person("Ana"): -500, person("Ben"): 500}


async def test_a_debt_that_is_given_back_is_owed_by_nobody_but_whose_payment_failed(shop: Counter) -> None:
    await debt(shop, "Ana", "Ben")
    await shop.press("mombasa", "Ana", "Pay KES 150")
    await shop.pays("Ana", "debt")
    await shop.refunds(ALL)
    assert sum(s.refunded for s in (await shop.collection()).shares) == ALL.minor
    assert await shop.house.sharing.standing(await shop.thread("mombasa")) == {}


async def test_a_debt_that_is_just_being_paid_comes_back_when_the_supplier_gives_it_back(shop: Counter) -> None:
    await debt(shop, "Ana", "Ben")
    await shop.press("mombasa", "Ana", "Pay KES 150")
    await shop.faults.add("payments", "down", match="capture", times=1)  # so that it is taken only in a while
    await shop.pays("Ana", "debt")
    assert (await shop.share("Ana", "debt")).state == "authorized"
    await given_back(shop, spare=15_000)
    await shop.passes(minutes=5)
    c = await shop.collection()
    assert sum(s.captured for s in c.shares) == sum(s.refunded for s in c.shares) == ALL.minor and c.spare == 0
    assert await shop.house.sharing.standing(await shop.thread("mombasa")) == {}


async def test_a_debt_that_fails_while_the_supplier_gives_it_back_is_owed_no_more(shop: Counter) -> None:
    await debt(shop, "Ana", "Ben")
    await shop.press("mombasa", "Ana", "Pay KES 150")
    await shop.faults.add("payments", "down", match="capture", times=1)
    await shop.pays("Ana", "debt")
    await shop.faults.add("payments", "lapse", match="capture")
    await given_back(shop, spare=15_000)
    await shop.passes(minutes=5)
    c = await shop.collection()
    assert (await shop.share("Ana", "debt")).state == "capture_failed" and c.spare == 0
    assert sum(s.captured for s in c.shares) == sum(s.refunded for s in c.shares) == 15_000
    assert await shop.house.sharing.standing(await shop.thread("mombasa")) == {}
    await shop.press("mombasa", "Ana", "Pay KES 150")
    assert "Nothing is open there any more." in shop.texts("mombasa")


async def test_what_the_supplier_gave_back_waits_for_a_debt_that_is_taken_before_anything_else_is_heard(
    shop: Counter,
) -> None:
    await debt(shop, "Ana", "Ben")
    await shop.press("mombasa", "Ana", "Pay KES 150")
    await shop.faults.add("payments", "down", match="capture", times=1)
    await shop.pays("Ana", "debt")
    c, late = await shop.collection(), list[Entry]()

    def cancelled_and_told_late(turn: Turn) -> Step:
        step = shop.house.collections.refund(
            turn, c, Money(15_000, KES), "cancelled", "k", by=c.organiser, spare=15_000
        )  # fmt: skip
        late.extend(step.entries)
        step.entries.clear()
        return step

    await shop.do(cancelled_and_told_late)
    for entries in (list[Entry](), late):
        await shop.core.log.append(entries)
        await shop.passes(minutes=5)
        c = await shop.collection()
        assert late and sum(s.captured for s in c.shares) == sum(s.refunded for s in c.shares) == ALL.minor
        assert c.spare == 0


async def test_a_fee_is_shared_with_who_could_not_pay_by_their_parts(shop: Counter) -> None:
    await debt(shop, "Ana", "Ben")
    await cancelled(shop, Money(24_000, KES))
    c = await shop.collection()
    assert sum(s.refunded for s in c.shares) == 12_000 and open_gap(c) == 3_000
    standing = await shop.house.sharing.standing(await shop.thread("mombasa"))
    assert standing == {"KES": {CARAVAN: 3_000, person("Ana"): -3_000}}


async def test_a_fee_is_shared_when_the_debt_is_just_being_paid(shop: Counter) -> None:
    await debt(shop, "Ana", "Ben")
    await shop.press("mombasa", "Ben", "Pay KES 150")
    await shop.faults.add("payments", "down", match="capture", times=1)
    await shop.pays("Ben", "debt")
    await cancelled(shop, Money(24_000, KES))
    await shop.passes(minutes=5)
    standing = await shop.house.sharing.standing(await shop.thread("mombasa"))
    assert standing == {"KES": {person("Ben"): 3_000, person("Ana"): -3_000}}


async def test_all_of_it_back_leaves_nobody_owing(shop: Counter) -> None:
    await debt(shop, "Ana", "Ben")
    await cancelled(shop, ALL)
    assert sum(s.refunded for s in (await shop.collection()).shares) == 15_000
    assert await shop.house.sharing.standing(await shop.thread("mombasa")) == {}


async def cancelled(shop: Counter, given: Money) -> None:
    """The supplier gives back so much of what was bought."""
    c, collections = await shop.collection(), shop.house.collections
    back, spare = collections.come_back(c, given, "k")
    await shop.do(lambda turn: collections.refund(turn, c, back, "cancelled", "k", by=c.organiser, spare=spare))


async def debt(shop: Counter, *names: str) -> None:
    """Booked for all of them, and what the last one authorised could not be taken."""
    await ready(shop, *names)
    for name in names:
        await shop.pays(name)
    await shop.covers()
    await shop.faults.add("payments", "lapse", match="capture")
    await shop.takes(ALL)
    assert shop.heard[-1][1]["open"] == 15_000


async def given_back(shop: Counter, spare: int) -> None:
    """What was bought is cancelled for the full price while so much of it was never taken."""
    c = await shop.collection()
    back = shop.house.collections.refundable(c)
    await shop.do(
        lambda turn: shop.house.collections.refund(turn, c, back, "cancelled", "k", by=c.organiser, spare=spare)
    )


async def test_the_card_says_what_was_taken_and_what_is_open_until_it_is_paid(shop: Counter) -> None:
    await debt(shop, "Ana", "Ben")
    half = Money(15_000, KES)
    assert say("card_open", taken=half, open=half) in live(shop)
    await shop.press("mombasa", "Ben", "Pay KES 150")
    await shop.pays("Ben", "debt")
    assert say("card_committed", taken=ALL) in live(shop)


def live(shop: Counter) -> list[str]:
    """The lines of all cards that can be read in the trip's chat now."""
    return [line for o in shop.shown("mombasa").values() if o.content.card for line in o.content.card.lines]
