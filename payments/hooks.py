"""Where payment services reach us: signed notices and the payer's way back, each only a hint to look again."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from pathlib import Path
from string import Template

from aiohttp import web

from bot.clock import Clock
from bot.errors import NotAllowed, RetryLater, Unknown
from bot.language import accepted, speak, spoken
from bot.links import Links
from bot.log import ThreadLog
from bot.model import Entry
from payments.ports import Notice, PaymentGateway
from payments.texts import say

BACK = "paid"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
_PAGE = Template(Path(__file__).with_name("back.html").read_text())
_EVERY = 10  # seconds in which further ways back of one payer are the same hint


def notice_entry(gateway: str, notice: Notice, at: datetime) -> Entry | None:
    """The Entry of a verified notice; None if it is about nothing of ours."""
    thread = notice.about.get("thread")
    if not thread:
        return None
    value = {"topic": "notice", "gateway": gateway, "payment": notice.payment, "about": dict(notice.about)}
    return Entry(id=f"{thread}:payment:{notice.id}", thread=thread, what="payment", at=at, value=value)


class PaymentHooks:
    """`POST /hooks/{service}` and `GET /paid/{token}`."""

    def __init__(self, gateways: Mapping[str, PaymentGateway], log: ThreadLog, links: Links, clock: Clock) -> None:
        self._gateways, self._log, self._links, self._clock = gateways, log, links, clock

    def routes(self) -> list[web.RouteDef]:
        """One door for each service, and the page that payers come back to."""
        doors = [web.post(f"/hooks/{name}", self._door(name)) for name in self._gateways]
        return [*doors, web.get(f"/{BACK}/{{token}}", self.back)]

    def _door(self, name: str) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def receive(request: web.Request) -> web.Response:
            return await self.receive(name, request)

        return receive

    async def receive(self, name: str, request: web.Request) -> web.Response:
        """400 for what the service did not sign just now, 503 while the Store is away: it tells us again."""
        try:
            notice = self._gateways[name].read_notification(request.headers, await request.read())
        except NotAllowed as cause:
            return web.Response(status=400, text=str(cause))
        return await self._keep(notice_entry(name, notice, self._clock.now()), web.Response(status=200))

    async def back(self, request: web.Request) -> web.Response:
        """The payer's browser has come back: thank them, and look what became of the payment."""
        speak(accepted(request.headers.get("Accept-Language", "")))
        try:
            about = self._links.read(BACK, request.match_info["token"])
        except NotAllowed as cause:
            return web.Response(status=403, text=str(cause))
        now = self._clock.now()
        nth = int(now.timestamp()) // _EVERY
        hint = Notice(id=f"back-{about['share']}-{nth}", payment="", about=about)
        text = _PAGE.substitute(
            lang=spoken(), title=say("back_title"), thanks=say("back_thanks"), told=say("back_told")
        )  # fmt: skip
        page = web.Response(text=text, content_type="text/html", headers={"Content-Security-Policy": POLICY})
        return await self._keep(notice_entry("", hint, now), page)

    async def _keep(self, entry: Entry | None, well: web.Response) -> web.Response:
        try:
            await self._log.append([entry] if entry else [])
        except (RetryLater, Unknown):
            return web.Response(status=503, text="not now", headers={"Retry-After": "1"})
        return well
