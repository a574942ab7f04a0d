"""Groups that buy without pause inside the target, so that kills strike captures and orders; they die with it."""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from functools import wraps
from random import Random
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from bench.receiver import BUYS
from booking.offers import OfferKind
from booking.providers.sandbox import Sandbox
from booking.providers.sandbox.supplier import SandboxSupplier
from bot.errors import CaravanError
from bot.faultpoints import from_environment
from bot.model import Entry
from bot.people import first_id
from bot.places import own_thread
from bot.ports import ChannelParts, Inbox
from payments.gateways.sandbox import SandboxGateway
from payments.model import COLLECTIONS, UNPAID
from tests.booking.bazaar import ATLAS, MARCH, wish

GROUPS = 8
_PAUSE = 0.15


class Buyers:
    """`inbox`: where what they say goes in. Each group fills a cart, goes to pay, pays at the page, and begins anew."""

    def __init__(self, parts: ChannelParts, inbox: Inbox, port: int) -> None:
        self._parts, self._inbox, self._port = parts, inbox, port
        self._random = Random(time.monotonic_ns())
        world = Sandbox(
            1, atlas=ATLAS, store=parts.store, clock=parts.clock, controls=parts.faults, delay=(0, 0)
        )  # fmt: skip
        self._suppliers = [s for s in world.suppliers if OfferKind.HOTEL in s.kinds]

    async def run(self) -> None:
        """Until cancelled."""
        await asyncio.gather(*(self._group(n) for n in range(GROUPS)))

    async def _group(self, n: int) -> None:
        place = f"bench:main{BUYS}{n}"
        hello = Entry(
            id=f"{place}:message:{time.time_ns()}", thread="", what="message", at=self._parts.clock.now(), place=place,
            author=f"bench:buyer{n}", name="Ana", text="hello",
        )  # fmt: skip
        await self._said(hello)
        while True:
            with contextlib.suppress(CaravanError, ClientError, OSError, TimeoutError):
                await self._buys(place, n)
            await asyncio.sleep(_PAUSE)

    async def _buys(self, place: str, n: int) -> None:
        thread = own_thread(place)
        found = await self._parts.store.find(COLLECTIONS, {"thread": thread}, limit=500)
        unpaid = [s for c in found if c.state == "collecting" for s in c.shares if s.url and s.state in UNPAID]
        if unpaid:
            await self._pays(unpaid[0].payment)
            await asyncio.sleep(_PAUSE)
        elif not [c for c in found if c.state not in ("committed", "released")]:
            await self._call(place, n, "add_to_cart", offer=await self._offer())
            await self._call(place, n, "pay", who="me", currency="KES")
            await asyncio.sleep(1.0)

    async def _offer(self) -> str:
        day = MARCH.replace(day=self._random.randint(1, 28))
        found = await self._random.choice(self._suppliers).search(wish(OfferKind.HOTEL, day=day))
        fit = [o.ref for o in found if o.bookable and o.price and o.price.currency == "KES"]
        return self._random.choice(fit) if fit else ""

    async def _call(self, place: str, n: int, name: str, **args: str) -> None:
        thread = own_thread(place)
        value = {"call": name, "args": args, "person": first_id(f"bench:buyer{n}"), "persona": ""}
        id = f"{thread}:call:{time.time_ns()}"
        await self._said(
            Entry(id=id, thread=thread, what="call", at=self._parts.clock.now(), place=place, value=value)
        )  # fmt: skip
        await asyncio.sleep(_PAUSE)

    async def _said(self, entry: Entry) -> None:
        await self._inbox([entry])

    async def _pays(self, payment: str) -> None:
        url = f"http://127.0.0.1:{self._port}/checkout/{payment}"
        async with (
            ClientSession(timeout=ClientTimeout(total=5)) as browser,
            browser.post(url, data={"action": "pay"}, allow_redirects=False) as answer,
        ):
            await answer.read()


def point_out() -> None:
    """Make the money path pass named points: before a service or supplier is called, and after it took effect."""
    points = from_environment()

    def pointed(call: Callable[..., Awaitable[Any]], name: str) -> Callable[..., Awaitable[Any]]:
        @wraps(call)
        async def run(*args: Any, **given: Any) -> Any:
            points.at(f"{name}.before")
            answer = await call(*args, **given)
            points.at(f"{name}.after")
            return answer

        return run

    boundaries = ((SandboxGateway, "capture", "capture"), (SandboxSupplier, "reserve", "order"),
                  (SandboxSupplier, "confirm", "order"))  # fmt: skip
    for service, call, name in boundaries:
        setattr(service, call, pointed(getattr(service, call), name))
