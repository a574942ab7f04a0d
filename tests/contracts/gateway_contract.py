"""What every payment service promises. A subclass gives `counter`: the service, its payers and its clock."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

import pytest

from bot.errors import NotAllowed, Undeliverable
from bot.money import Money
from payments.ports import Payment, PaymentGateway, Refunded, Wanted


class Counter(Protocol):
    """A service with people who pay at it."""

    @property
    def gateway(self) -> PaymentGateway: ...
    def now(self) -> datetime: ...
    async def pay(self, payment: Payment) -> None: ...
    async def decline(self, payment: Payment) -> None: ...
    async def later(self, by: timedelta) -> None: ...
    async def noticed(self) -> list[tuple[dict[str, str], bytes]]:
        """Notices that the service sent, as headers and raw bodies."""
        ...


def wanted(counter: Counter, key: str = "c1:0:ask:1", minor: int = 12_345, currency: str = "USD") -> Wanted:
    """A payment to ask for, an hour long."""
    return Wanted(
        key=key, amount=Money(minor, currency), title="Three days in Mombasa",
        until=counter.now() + timedelta(hours=1), back="http://127.0.0.1:8080/paid/x",
        about={"thread": "t1", "collection": "c1", "share": "c1:0"},
    )  # fmt: skip


async def paid(counter: Counter, key: str = "c1:0:ask:1", minor: int = 12_345) -> Payment:
    """A payment that is held."""
    asked = await counter.gateway.ask(wanted(counter, key, minor))
    await counter.pay(asked)
    return await stands(counter, asked)


async def stands(counter: Counter, payment: Payment) -> Payment:
    """A payment as it is now."""
    found = await counter.gateway.look_up(payment.id)
    assert found is not None
    return found


class GatewayContract:
    @pytest.fixture
    async def counter(self) -> AsyncIterator[Counter]:
        raise NotImplementedError
        yield

    async def test_a_page_is_opened_and_nothing_is_taken(self, counter: Counter) -> None:
        asked = await counter.gateway.ask(wanted(counter))
        assert (asked.state, asked.amount, asked.captured.minor) == ("asked", Money(12_345, "USD"), 0)
        assert asked.url.startswith("http") and asked.about["share"] == "c1:0"

    async def test_the_same_key_asks_once(self, counter: Counter) -> None:
        once = wanted(counter)
        first, second = await counter.gateway.ask(once), await counter.gateway.ask(once)
        assert first.id == second.id

    async def test_a_key_used_for_something_else_is_refused(self, counter: Counter) -> None:
        once = wanted(counter)
        await counter.gateway.ask(once)
        with pytest.raises(Undeliverable):
            await counter.gateway.ask(replace(once, amount=Money(999_999, "USD")))

    async def test_what_is_paid_is_held_and_not_taken(self, counter: Counter) -> None:
        held = await paid(counter)
        assert (held.state, held.captured.minor, held.url) == ("authorized", 0, "")
        assert held.held_until is not None and held.held_until > counter.now() + timedelta(days=1)

    async def test_a_hold_is_captured_in_full(self, counter: Counter) -> None:
        held = await paid(counter)
        taken = await counter.gateway.capture(held.id, held.amount, key="c1:0:capture:1")
        assert (taken.state, taken.captured) == ("captured", held.amount)
        assert Money(0, "USD") <= taken.fee < taken.captured

    async def test_a_part_is_captured_and_the_rest_let_go(self, counter: Counter) -> None:
        held = await paid(counter)
        taken = await counter.gateway.capture(held.id, Money(5_000, "USD"), key="c1:0:capture:1")
        assert taken.captured == Money(5_000, "USD")
        with pytest.raises(Undeliverable):
            await counter.gateway.capture(held.id, Money(7_345, "USD"), key="c1:0:capture:2")

    async def test_capturing_again_changes_nothing(self, counter: Counter) -> None:
        held = await paid(counter)
        for _ in range(3):
            taken = await counter.gateway.capture(held.id, held.amount, key="c1:0:capture:1")
        assert taken.captured == held.amount

    async def test_more_than_is_held_is_never_taken(self, counter: Counter) -> None:
        held = await paid(counter)
        with pytest.raises(Undeliverable):
            await counter.gateway.capture(held.id, Money(12_346, "USD"), key="c1:0:capture:1")
        assert (await stands(counter, held)).captured.minor == 0

    async def test_nothing_is_taken_of_a_page_that_nobody_paid_on(self, counter: Counter) -> None:
        asked = await counter.gateway.ask(wanted(counter))
        with pytest.raises(Undeliverable):
            await counter.gateway.capture(asked.id, asked.amount, key="c1:0:capture:1")

    async def test_a_hold_is_let_go_and_stays_let_go(self, counter: Counter) -> None:
        held = await paid(counter)
        for _ in range(2):
            gone = await counter.gateway.void(held.id, key="c1:0:void:1")
            assert gone.state == "voided"
        with pytest.raises(Undeliverable):
            await counter.gateway.capture(held.id, held.amount, key="c1:0:capture:1")

    async def test_a_closed_page_takes_no_money(self, counter: Counter) -> None:
        asked = await counter.gateway.ask(wanted(counter))
        await counter.gateway.void(asked.id, key="c1:0:void:1")
        await counter.pay(asked)
        assert (await stands(counter, asked)).state == "voided"

    async def test_what_was_captured_cannot_be_voided(self, counter: Counter) -> None:
        held = await paid(counter)
        await counter.gateway.capture(held.id, held.amount, key="c1:0:capture:1")
        with pytest.raises(Undeliverable):
            await counter.gateway.void(held.id, key="c1:0:void:1")

    async def test_who_declined_may_still_pay(self, counter: Counter) -> None:
        asked = await counter.gateway.ask(wanted(counter))
        await counter.decline(asked)
        declined = await stands(counter, asked)
        assert declined.state == "declined" and declined.url
        await counter.pay(asked)
        assert (await stands(counter, asked)).state == "authorized"

    async def test_paying_or_declining_twice_changes_nothing(self, counter: Counter) -> None:
        held = await paid(counter)
        await counter.pay(held)
        await counter.decline(held)
        assert (await stands(counter, held)).state == "authorized"

    async def test_a_page_is_over_in_time(self, counter: Counter) -> None:
        asked = await counter.gateway.ask(wanted(counter))
        await counter.later(timedelta(hours=1, seconds=1))
        await counter.pay(asked)
        over = await stands(counter, asked)
        assert (over.state, over.url) == ("expired", "")

    async def test_a_hold_lapses_and_cannot_be_captured(self, counter: Counter) -> None:
        held = await paid(counter)
        assert held.held_until is not None
        await counter.later(held.held_until - counter.now() + timedelta(seconds=1))
        assert (await stands(counter, held)).state == "lapsed"
        with pytest.raises(Undeliverable):
            await counter.gateway.capture(held.id, held.amount, key="c1:0:capture:1")

    async def test_refunds_never_exceed_what_was_taken(self, counter: Counter) -> None:
        held = await paid(counter)
        await counter.gateway.capture(held.id, Money(10_000, "USD"), key="c1:0:capture:1")
        first = await counter.gateway.refund(held.id, Money(6_000, "USD"), key="c1:0:refund:1")
        assert first.state in ("done", "in_transit") and first.amount == Money(6_000, "USD")
        with pytest.raises(Undeliverable):
            await counter.gateway.refund(held.id, Money(4_001, "USD"), key="c1:0:refund:2")
        await counter.gateway.refund(held.id, Money(4_000, "USD"), key="c1:0:refund:3")
        assert (await stands(counter, held)).refunded == Money(10_000, "USD")

    async def test_a_refund_under_one_key_is_made_once(self, counter: Counter) -> None:
        held = await paid(counter)
        await counter.gateway.capture(held.id, held.amount, key="c1:0:capture:1")
        for _ in range(3):
            await counter.gateway.refund(held.id, Money(1_000, "USD"), key="c1:0:refund:1")
        assert (await stands(counter, held)).refunded == Money(1_000, "USD")
        with pytest.raises(Undeliverable):
            await counter.gateway.refund(held.id, Money(2_000, "USD"), key="c1:0:refund:1")

    async def test_many_refunds_at_once_stay_within_the_sum(self, counter: Counter) -> None:
        held = await paid(counter, minor=1_000)
        await counter.gateway.capture(held.id, held.amount, key="c1:0:capture:1")
        tries = (counter.gateway.refund(held.id, Money(300, "USD"), key=f"r{n}") for n in range(8))
        done = await asyncio.gather(*tries, return_exceptions=True)
        assert sum(isinstance(d, Refunded) for d in done) == 3
        assert (await stands(counter, held)).refunded == Money(900, "USD")

    async def test_what_was_not_taken_cannot_be_refunded(self, counter: Counter) -> None:
        held = await paid(counter)
        with pytest.raises(Undeliverable):
            await counter.gateway.refund(held.id, Money(1, "USD"), key="c1:0:refund:1")

    async def test_a_key_can_be_looked_up(self, counter: Counter) -> None:
        held = await paid(counter)
        await counter.gateway.capture(held.id, held.amount, key="c1:0:capture:1")
        back = await counter.gateway.refund(held.id, Money(5, "USD"), key="c1:0:refund:1")
        assert await counter.gateway.look_up_key("c1:0:refund:1") == back
        found = await counter.gateway.look_up_key("c1:0:ask:1")
        assert isinstance(found, Payment) and found.id == held.id
        assert await counter.gateway.look_up_key("never used") is None

    async def test_an_unknown_payment_is_not_there(self, counter: Counter) -> None:
        assert await counter.gateway.look_up("pay_nothing") is None
        with pytest.raises(Undeliverable):
            await counter.gateway.capture("pay_nothing", Money(1, "USD"), key="k")

    @pytest.mark.parametrize("currency", ["USD", "JPY", "KWD", "KES"])
    async def test_the_least_is_taken_and_less_is_not(self, counter: Counter, currency: str) -> None:
        least = counter.gateway.least(currency)
        asked = await counter.gateway.ask(wanted(counter, f"k-{currency}", least.minor, currency))
        assert asked.amount == least
        for minor in (least.minor - 1, 0, -5):
            with pytest.raises(Undeliverable):
                await counter.gateway.ask(wanted(counter, f"k-{currency}-{minor}", minor, currency))

    async def test_a_hold_is_told_of_by_a_signed_notice(self, counter: Counter) -> None:
        held = await paid(counter)
        read = [counter.gateway.read_notification(headers, body) for headers, body in await counter.noticed()]
        assert {n.payment for n in read} == {held.id}
        assert read[-1].about["share"] == "c1:0"

    async def test_a_forged_changed_or_stale_notice_is_refused(self, counter: Counter) -> None:
        await paid(counter)
        headers, body = (await counter.noticed())[-1]
        for false in (body + b" ", body[:-2], b"", body.replace(b"pay", b"pax")):
            with pytest.raises(NotAllowed):
                counter.gateway.read_notification(headers, false)
        for name in headers:
            for value in ("", "t=1,v1=00", headers[name][:-1], headers[name].replace("t=", "t=9"), "v1=é", "t=²,v1=x"):
                with pytest.raises(NotAllowed):
                    counter.gateway.read_notification({**headers, name: value}, body)
        await counter.later(timedelta(minutes=6))
        with pytest.raises(NotAllowed):
            counter.gateway.read_notification(headers, body)
