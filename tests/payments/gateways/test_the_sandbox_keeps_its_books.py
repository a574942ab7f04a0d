"""The sandbox service's own books when two ask at once, and when it is slow."""

import asyncio
from datetime import timedelta
from typing import Any

from bot.documents import Kind
from payments.gateways.sandbox.books import Books
from payments.ports import Wanted
from tests.payments.shelf import Shelf
from tests.payments.single import kes
from tests.payments.table import table


class Crowded(Shelf):
    """Others get their turn after every look."""

    async def get(self, kind: Kind[Any], id: str) -> Any:
        found = await super().get(kind, id)
        await asyncio.sleep(0)
        return found


async def test_two_who_ask_at_once_under_one_key_get_one_page() -> None:
    clock = table("ana").clock
    books = Books(Crowded(), clock, "secret")
    until = clock.now() + timedelta(hours=1)
    wanted = Wanted(key="k", amount=kes(100), title="Mombasa", until=until, back="b")
    one, other = await asyncio.gather(books.open(wanted), books.open(wanted))
    assert one == other and one.state == "asked"


async def test_a_slow_service_takes_its_time() -> None:
    t = table("ana")
    await t.open(kes(10_000), "ana")
    await t.quiet()
    share = await t.share("ana")
    assert share is not None
    await t.faults.add("payments", "slow", match="look_up", by=7)
    await t.gateway.look_up(share.payment)
    assert t.clock.slept == 7
