"""What goes wrong when people pay, and the one outcome each time; money is never left lying."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.documents import Replace
from bot.errors import Explain
from bot.money import Money
from payments.gateways.sandbox.books import PAYMENTS
from payments.model import Payer
from tests.payments.counter import ALL, KES, Counter, counter, late, person, ready
from tests.payments.invariants import at_rest
from tests.payments.table import table


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Counter]:
    async with counter(tmp_path) as made:
        yield made
        await made.check()


async def test_who_declined_looks_like_waiting_and_may_pay_after_all(shop: Counter) -> None:
    await ready(shop, "Ana", "Ben")
    before = shop.shown("mombasa")[(await shop.collection()).card].content
    await shop.declines("Ben")
    assert (await shop.share("Ben")).state == "declined"
    assert shop.shown("mombasa")[(await shop.collection()).card].content.card == before.card
    await shop.pays("Ben")
    assert (await shop.share("Ben")).state == "authorized"


async def test_amounts_are_seen_by_their_payer_alone(shop: Counter) -> None:
    await ready(shop, "Ana", "Ben", total=Money(10_001, KES), weights=[3, 1])
    await shop.pays("Ana")
    for place in ("mombasa", "Ana-direct", "Ben-direct"):
        for o in shop.shown(place).values():
            told = str(o.content)
            for name in ("Ana", "Ben"):
                if str((await shop.share(name)).amount) in told:
                    assert o.reader == (f"paper:{name}",)


async def test_another_pays_for_who_cannot(shop: Counter) -> None:
    await ready(shop, "Ana", "Ben")
    await shop.declines("Ben")
    await shop.press("mombasa", "Ana", "Pay for Ben")
    assert (await shop.share("Ben")).state == "covered_by_other"
    assert (await shop.gateway.look_up((await shop.share("Ben")).payment)).state == "voided"  # type: ignore[union-attr]
    await shop.pays("Ana")
    assert shop.heard == []
    await shop.pays("Ana", "cover")
    assert [t for t, _ in shop.heard] == ["covered"]
    await shop.covers()
    c = await shop.takes(ALL)
    assert sum(s.captured for s in c.shares if s.person == person("Ana")) == ALL.minor
    balances = {b.account: b.minor for b in await shop.house.ledger.balances(c.thread)}
    assert balances[f"group:{c.thread}:{person('Ana')}"] == 15_000
    assert balances[f"group:{c.thread}:{person('Ben')}"] == -15_000


async def test_a_lost_notice_is_made_up_for(shop: Counter) -> None:
    await ready(shop, "Ana", "Ben")
    await shop.faults.add("payments", "lost_notice", match="authorise", times=2)
    await shop.pays("Ana")
    await shop.pays("Ben")
    assert (await shop.collection()).state == "collecting"
    await shop.passes(minutes=2)
    assert (await shop.collection()).state == "covered"


@pytest.mark.parametrize("kind", ["doubled_notice", "late_notice"])
async def test_doubled_and_late_notices_change_nothing_twice(shop: Counter, kind: str) -> None:
    await ready(shop, "Ana", "Ben")
    await shop.faults.add("payments", kind, match="authorise", times=2, by=30)
    await shop.pays("Ana")
    await shop.pays("Ben")
    await shop.passes(minutes=1)
    assert [t for t, _ in shop.heard] == ["covered"]


@pytest.mark.parametrize("call", ["ask", "look_up", "capture", "void", "refund"])
@pytest.mark.parametrize("kind", ["down", "timeout", "refused"])
async def test_each_call_may_fail_once_in_each_way(shop: Counter, call: str, kind: str) -> None:
    """Every call to the service is broken once; the group still ends with everything booked, or with nothing taken."""
    await shop.trip("Ana", "Ben")
    await shop.faults.add("payments", kind, match=call)
    await shop.opened("Ana", "Ben")
    await shop.passes(minutes=2)
    for name in ("Ana", "Ben"):
        if (await shop.share(name)).why == "refused":
            await shop.press("mombasa", name, "Try again")
        await shop.pays(name)
        await shop.passes(minutes=2)
    await shop.covers()
    await shop.takes(ALL)
    await shop.passes(minutes=10)
    c = await shop.collection()
    assert c.state == "committed"
    refused = call == "capture" and kind == "refused"
    assert sum(s.captured for s in c.shares) == (ALL.minor // 2 if refused else ALL.minor)
    await shop.refunds(Money(10_000, KES))
    await shop.passes(hours=1)
    assert sum(s.refunded for s in (await shop.collection()).shares) == 10_000
    assert await at_rest(shop.store) == []


async def test_a_service_that_is_down_for_long_is_asked_again_and_again(shop: Counter) -> None:
    await shop.trip("Ana", "Ben")
    await shop.faults.add("payments", "down", times=9)
    await shop.opened("Ana", "Ben")
    await shop.passes(minutes=30)
    assert await shop.states() == {"Ana": "link_sent", "Ben": "link_sent"}


async def test_a_hold_that_lapses_gets_a_new_link(shop: Counter) -> None:
    await ready(shop, "Ana", "Ben")
    await shop.faults.add("payments", "lapse", match="look_up")
    await shop.pays("Ana")
    ana = await shop.share("Ana")
    assert (ana.state, ana.attempt) == ("link_sent", 2)
    await shop.pays("Ana")
    await shop.pays("Ben")
    assert (await shop.collection()).state == "covered"


async def test_a_hold_that_lapses_after_all_was_covered_takes_it_back(shop: Counter) -> None:
    await ready(shop, "Ana", "Ben")
    await shop.pays("Ana")
    await shop.pays("Ben")
    await shop.faults.add("payments", "lapse", match="look_up")
    await shop.passes(minutes=2)
    c = await shop.collection()
    assert c.state == "collecting"
    c = await shop.covers()
    assert c.state == "collecting"  # nothing fits what is not covered
    lapsed = next(s for s in c.shares if s.attempt == 2)
    await shop.pays(lapsed.name)
    assert [t for t, _ in shop.heard] == ["covered", "covered"]


async def test_late_money_that_does_not_cover_alone_is_let_go(shop: Counter) -> None:
    await ready(shop, "Ana", "Ben")
    ana = await shop.share("Ana")
    await shop.passes(hours=2)
    await late(shop, ana.payment)
    c = await shop.collection()
    assert (c.state, (await shop.share("Ana")).state) == ("released", "voided")
    assert any("when it was over" in o.content.text for o in shop.channel.sent if o.reader == ("paper:Ana",))


async def test_the_last_look_finds_who_paid_in_time(shop: Counter) -> None:
    await ready(shop, "Ana", "Ben", minutes=30)
    await shop.pays("Ana")
    await shop.passes(minutes=27)
    await shop.faults.add("payments", "lost_notice", match="authorise")
    await shop.pays("Ben")
    await shop.passes(minutes=5)
    assert (await shop.collection()).state == "covered"


async def test_one_reminder_before_the_deadline(shop: Counter) -> None:
    await ready(shop, "Ana", "Ben")
    await shop.pays("Ana")
    await shop.passes(minutes=55)
    reminded = [o.reader for o in shop.channel.sent if "little time left to pay" in o.content.text]
    assert reminded == [("paper:Ben",)]


async def test_what_cannot_be_asked_is_refused_with_another_way(shop: Counter) -> None:
    thread = await shop.trip("Ana", "Ben")
    moment = type("At", (), {"thread": thread, "now": shop.clock.now()})()
    until = shop.clock.now() + timedelta(hours=1)

    def sentence(total: Money, *weights: int, deadline: timedelta = timedelta(hours=1)) -> str:
        payers = [Payer(person=f"p{n}", name=f"P{n}", weight=w) for n, w in enumerate(weights)]
        with pytest.raises(Explain) as caught:
            shop.house.collections.open(
                moment, about="x", title="X", total=total, payers=payers, organiser="p0",
                deadline=until - timedelta(hours=1) + deadline,
            )  # fmt: skip
        return str(caught.value)

    assert "Fewer of you" in sentence(Money(80, KES), 1, 1)
    assert "less than a payment" in sentence(Money(49, KES), 1)
    assert "Leave P1 out" in sentence(Money(8_000, KES), 1, 0)
    assert "at least one" in sentence(Money(8_000, KES))
    assert "Fewer of you" in sentence(Money(99, "JPY"), 1, 1)
    assert "Fewer of you" in sentence(Money(1_000, "KWD"), 1, 1, 1)
    assert "too little time" in sentence(Money(8_000, KES), 1, 1, deadline=timedelta(minutes=1))


async def test_a_second_try_takes_nothing_once_the_first_has_failed() -> None:
    """The service undoes the end of a hold after we were told of it; a try that is still about finds nobody waiting."""
    t = table("ana")
    await t.open(Money(9_000, "KES"), "ana")
    await t.quiet()
    payment = (await t.collection()).shares[0].payment
    await t.gateway.pay(payment)
    await t.quiet()
    c = await t.collection()
    await t.lane(lambda turn: t.house.collections.fits(turn, c, c.total))
    c = await t.collection()
    await t.lane(lambda turn: t.house.collections.take(turn, c, c.total))
    await t.found()
    second = next(j for j in t.jobs if j.name == "capture_payment")
    await t.faults.add("payments", "lapse", match="capture")
    await t.quiet()
    assert (await t.collection()).shares[0].state == "capture_failed"
    held = await t.store.get(PAYMENTS, payment)
    assert held is not None
    await t.store.commit([Replace(PAYMENTS, replace(held, state="authorized"))])
    await t.run(second)
    after = await t.gateway.look_up(payment)
    assert after is not None and after.state == "authorized" and after.captured.minor == 0
