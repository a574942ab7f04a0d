"""The sandbox keeps the contract of a payment service, and has a real one's bad days."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.errors import RetryLater, Undeliverable, Unknown
from bot.money import Money
from payments.gateways.sandbox.pages import checkout_routes
from payments.ports import Payment
from tests.contracts.gateway_contract import Counter, GatewayContract, paid, stands, wanted
from tests.payments.till import Till, till


class TestTheSandboxIsAGateway(GatewayContract):
    @pytest.fixture
    async def counter(self) -> AsyncIterator[Counter]:
        async with till() as made:
            yield made


class TestBadDays:
    """Each fault strikes as it says, once."""

    @pytest.fixture
    async def counter(self) -> AsyncIterator[Till]:
        async with till() as made:
            yield made

    async def test_down_has_no_effect(self, counter: Till) -> None:
        await counter.faults.add("payments", "down", match="ask")
        with pytest.raises(RetryLater):
            await counter.gateway.ask(wanted(counter))
        assert await counter.gateway.look_up_key("c1:0:ask:1") is None

    async def test_a_timeout_has_taken_effect(self, counter: Till) -> None:
        held = await paid(counter)
        await counter.faults.add("payments", "timeout", match="capture")
        with pytest.raises(Unknown):
            await counter.gateway.capture(held.id, held.amount, key="k")
        assert (await stands(counter, held)).state == "captured"

    async def test_a_refused_capture_takes_nothing(self, counter: Till) -> None:
        held = await paid(counter)
        await counter.faults.add("payments", "refused", match="capture")
        with pytest.raises(Undeliverable):
            await counter.gateway.capture(held.id, held.amount, key="k")
        assert (await stands(counter, held)).state == "authorized"

    async def test_a_refused_card_is_a_decline(self, counter: Till) -> None:
        asked = await counter.gateway.ask(wanted(counter))
        await counter.faults.add("payments", "refused", match="authorise")
        await counter.pay(asked)
        assert (await stands(counter, asked)).why == "the card was refused"

    @pytest.mark.parametrize("when", ["authorise", "capture", "look_up"])
    async def test_a_hold_lapses_at_once(self, counter: Till, when: str) -> None:
        asked = await counter.gateway.ask(wanted(counter))
        if when != "authorise":
            await counter.pay(asked)
        await counter.faults.add("payments", "lapse", match=when)
        if when == "authorise":
            await counter.pay(asked)
        if when == "capture":
            with pytest.raises(Undeliverable):
                await counter.gateway.capture(asked.id, asked.amount, key="k")
        assert (await stands(counter, asked)).state == "lapsed"

    @pytest.mark.parametrize(("kind", "count"), [("lost_notice", 0), ("doubled_notice", 2), ("late_notice", 1)])
    async def test_notices_are_lost_doubled_and_late(self, counter: Till, kind: str, count: int) -> None:
        await counter.faults.add("payments", kind, match="authorise", by=600)
        await paid(counter)
        notices = [job for job in counter.jobs if job.name == "sandbox_notice"]
        assert len(notices) == count
        assert len({job.args["id"] for job in notices}) <= 1
        assert all((job.due_at > counter.now()) == (kind == "late_notice") for job in notices)

    async def test_a_late_refund_is_in_transit_first(self, counter: Till) -> None:
        held = await paid(counter)
        await counter.gateway.capture(held.id, held.amount, key="k")
        await counter.faults.add("payments", "late_notice", match="refund", by=60)
        back = await counter.gateway.refund(held.id, Money(5, "USD"), key="r")
        assert back.state == "in_transit"
        arrival = next(job for job in counter.jobs if "refund" in job.args)
        await counter.gateway.alarm(arrival)
        again = await counter.gateway.look_up_key("r")
        assert again is not None and again.state == "done"

    async def test_the_end_of_a_page_is_told(self, counter: Till) -> None:
        await counter.gateway.ask(wanted(counter))
        (alarm,) = counter.jobs
        await counter.later(timedelta(hours=1))
        await counter.gateway.alarm(alarm)
        assert counter.jobs[-1].args["type"] == "payment.expired"


class TestThePage:
    @pytest.fixture
    async def counter(self) -> AsyncIterator[Till]:
        async with till() as made:
            yield made

    @pytest.fixture
    async def browser(self, counter: Till) -> AsyncIterator[TestClient[web.Request, web.Application]]:
        app = web.Application()
        app.add_routes(checkout_routes(counter.gateway))
        async with TestClient(TestServer(app)) as client:
            yield client

    async def asked(self, counter: Till, title: str = "Beach & food") -> Payment:
        return await counter.gateway.ask(replace(wanted(counter), title=title))

    async def test_it_shows_the_amount_and_takes_it_once(
        self, counter: Till, browser: TestClient[web.Request, web.Application]
    ) -> None:
        asked = await self.asked(counter)
        path = asked.url.removeprefix("http://127.0.0.1:8080")
        page = await (await browser.get(path)).text()
        assert "USD 123.45" in page and "no real money" in page
        for _ in range(2):
            answer = await browser.post(path, data={"action": "pay"}, allow_redirects=False)
            assert (answer.status, answer.headers["Location"]) == (303, "http://127.0.0.1:8080/paid/x")
        assert len([j for j in counter.jobs if j.name == "sandbox_notice"]) == 1
        assert "<form" not in await (await browser.get(path)).text()

    async def test_looking_is_walking_away(
        self, counter: Till, browser: TestClient[web.Request, web.Application]
    ) -> None:
        asked = await self.asked(counter)
        await browser.get(asked.url.removeprefix("http://127.0.0.1:8080"))
        found = await counter.gateway.look_up(asked.id)
        assert found is not None and found.state == "asked"

    async def test_a_title_cannot_write_the_page(
        self, counter: Till, browser: TestClient[web.Request, web.Application]
    ) -> None:
        asked = await self.asked(counter, "<script>alert(1)</script> $form ${back}")
        page = await (await browser.get(asked.url.removeprefix("http://127.0.0.1:8080"))).text()
        assert "<script>" not in page and page.count("<form") == 1

    @pytest.mark.parametrize(
        ("kind", "status", "state"),
        [("down", 503, "asked"), ("timeout", 504, "authorized"), ("refused", 303, "declined")],
    )
    async def test_bad_days_are_told_to_the_payer(
        self, counter: Till, browser: TestClient[web.Request, web.Application], kind: str, status: int, state: str
    ) -> None:
        asked = await self.asked(counter)
        await counter.faults.add("payments", kind, match="authorise")
        path = asked.url.removeprefix("http://127.0.0.1:8080")
        answer = await browser.post(path, data={"action": "pay"}, allow_redirects=False)
        found = await counter.gateway.look_up(asked.id)
        assert answer.status == status and found is not None and found.state == state

    @pytest.mark.parametrize(("path", "data", "status"), [
        ("/checkout/pay_none", {"action": "pay"}, 404), ("/checkout/pay_none", {"action": "steal"}, 400),
        ("/checkout/pay_none", {}, 400),
    ])  # fmt: skip
    async def test_nonsense_is_refused(
        self, browser: TestClient[web.Request, web.Application], path: str, data: dict[str, str], status: int
    ) -> None:
        assert (await browser.post(path, data=data)).status == status
        assert (await browser.get("/checkout/pay_none")).status == 404
