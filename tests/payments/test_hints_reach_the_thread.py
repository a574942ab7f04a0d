"""Notices and the payer's way back become one Entry each; what is forged or stale leaves nothing behind."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.errors import NotAllowed
from bot.faults import FAULTS, StoredFaults
from bot.kinds import KINDS
from bot.links import Links
from bot.model import ENTRIES, Entry, Job
from bot.storage.sqlite import SqliteStore
from payments.gateways.sandbox import KINDS as TILL_KINDS
from payments.gateways.sandbox import SandboxGateway
from payments.gateways.sandbox.notices import Notices
from payments.gateways.sandbox.pages import checkout_routes
from payments.hooks import BACK, PaymentHooks
from payments.ports import Payment
from tests.bot.parlour import Parlour, parlour
from tests.contracts.gateway_contract import paid
from tests.payments.till import SECRET


@dataclass(slots=True)
class Street:
    """A core, a payment service and a browser between them."""

    p: Parlour
    gateway: SandboxGateway
    browser: TestClient[web.Request, web.Application]
    links: Links
    faults: StoredFaults
    jobs: list[Job]

    def signed(self) -> tuple[dict[str, str], bytes]:
        """The last notice as it goes over the wire now."""
        last = [job for job in self.jobs if job.name == "sandbox_notice"][-1]
        return Notices(self.faults, self.p.clock, SECRET).signed(last)

    async def entries(self) -> list[Entry]:
        await self.p.settled()
        return await self.p.store.find(ENTRIES, {"thread": "t1"}, order="arrival")

    def now(self) -> datetime:
        return self.p.clock.now()

    async def pay(self, payment: Payment) -> None:
        await self.gateway.pay(payment.id)

    async def decline(self, payment: Payment) -> None:
        await self.gateway.decline(payment.id)

    async def later(self, by: timedelta) -> None:
        self.p.clock.offset += by

    async def noticed(self) -> list[tuple[dict[str, str], bytes]]:
        return [self.signed()]


@pytest.fixture
async def street(tmp_path: Path) -> AsyncIterator[Street]:
    async with opened(tmp_path) as made:
        yield made


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Street]:
    store = SqliteStore(str(folder))
    await store.open((*KINDS, FAULTS, *TILL_KINDS))
    async with parlour(folder, store=store) as p:
        faults, jobs = StoredFaults(store, p.clock), list[Job]()
        gateway = SandboxGateway(store, p.clock, faults, SECRET, "http://127.0.0.1")
        gateway.started_by(jobs.append)
        links = Links(SECRET, "http://127.0.0.1", p.clock)
        app = web.Application()
        app.add_routes([*PaymentHooks({"sandbox": gateway}, p.core.log, links, p.clock).routes()])
        app.add_routes(checkout_routes(gateway))
        async with TestClient(TestServer(app)) as browser:
            yield Street(p, gateway, browser, links, faults, jobs)
    await store.close()


async def test_a_notice_is_one_entry_however_often_it_comes(street: Street) -> None:
    held = await paid(street)
    for _ in range(3):
        headers, body = street.signed()
        assert (await street.browser.post("/hooks/sandbox", data=body, headers=headers)).status == 200
    (entry,) = await street.entries()
    assert (entry.what, entry.value["topic"], entry.value["payment"]) == ("payment", "notice", held.id)
    assert entry.value["about"]["share"] == "c1:0"


async def test_forged_and_stale_notices_leave_nothing(street: Street) -> None:
    await paid(street)
    headers, body = street.signed()
    assert (await street.browser.post("/hooks/sandbox", data=body + b" ", headers=headers)).status == 400
    assert (await street.browser.post("/hooks/sandbox", data=body)).status == 400
    await street.later(timedelta(minutes=6))
    assert (await street.browser.post("/hooks/sandbox", data=body, headers=headers)).status == 400
    assert (await street.browser.post("/hooks/nobody", data=body, headers=headers)).status == 404
    assert await street.entries() == []


async def test_a_notice_that_the_service_sends_itself_is_the_same_entry(street: Street) -> None:
    await paid(street)
    sent = await street.gateway.notify([j for j in street.jobs if j.name == "sandbox_notice"][-1])
    headers, body = street.signed()
    await street.browser.post("/hooks/sandbox", data=body, headers=headers)
    (entry,) = await street.entries()
    assert sent is not None and sent.id == entry.id


async def test_the_way_back_is_a_hint_too(street: Street) -> None:
    about = {"thread": "t1", "collection": "c1", "share": "c1:0"}
    path = street.links.make(BACK, about, street.now() + timedelta(hours=1)).removeprefix("http://127.0.0.1")
    answer = await street.browser.get(path)
    assert answer.status == 200 and "Thank you" in await answer.text()
    (entry,) = await street.entries()
    assert entry.value["about"] == about


async def test_a_way_back_that_is_forged_or_over_is_refused(street: Street) -> None:
    about = {"thread": "t1", "collection": "c1", "share": "c1:0"}
    path = street.links.make(BACK, about, street.now() + timedelta(hours=1)).removeprefix("http://127.0.0.1")
    for false in (path[:-3], path + "A", "/paid/", "/paid/x", "/paid/%00.%ff", "/paid/é.é", path.replace(".", "A.")):
        assert (await street.browser.get(false)).status in (403, 404)
    await street.later(timedelta(hours=2))
    assert (await street.browser.get(path)).status == 403
    assert await street.entries() == []


async def test_a_link_opens_only_what_it_was_made_for(street: Street) -> None:
    link = street.links.make("paid", {"share": "s"}, street.now() + timedelta(hours=1))
    token = link.rpartition("/")[2]
    assert street.links.read("paid", token) == {"share": "s"}
    with pytest.raises(NotAllowed):
        street.links.read("papers", token)
    with pytest.raises(NotAllowed):
        Links("another secret", "", street.p.clock).read("paid", token)
