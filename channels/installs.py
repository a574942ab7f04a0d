"""Apps that people install by themselves: their tokens, sealed, and the pages that send a browser there and back."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from html import escape
from urllib.parse import urlencode

from aiohttp import web

from bot.clock import Clock
from bot.documents import Delete, Insert, Kind, Replace
from bot.errors import CaravanError, NotAllowed
from bot.links import Links
from bot.ports import Store
from bot.sealed import Sealer
from channels.texts import say

_TO_INSTALL = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Install:
    """An installation of the app: id `"{channel}:{account}"`, `token` sealed. Nothing in it is about a person."""

    id: str
    token: str
    at: datetime
    version: int = 0


INSTALLS = Kind("installs", Install)


class Installs:
    """The tokens that we were given, by account."""

    def __init__(self, store: Store, sealer: Sealer, clock: Clock, channel: str) -> None:
        self._store, self._sealer, self._clock, self._channel = store, sealer, clock, channel

    async def token(self, account: str) -> str | None:
        """The token of an account, None if it has none that we can open."""
        found = await self._store.get(INSTALLS, f"{self._channel}:{account}")
        return self._sealer.open(found.token) if found else None

    async def keep(self, account: str, token: str) -> None:
        """The app was installed, perhaps again."""
        fresh = Install(id=f"{self._channel}:{account}", token=self._sealer.seal(token), at=self._clock.now())
        found = await self._store.get(INSTALLS, fresh.id)
        op = Replace(INSTALLS, replace(fresh, version=found.version)) if found else Insert(INSTALLS, fresh)
        await self._store.commit([op])

    async def drop(self, account: str) -> None:
        """It was uninstalled."""
        found = await self._store.get(INSTALLS, f"{self._channel}:{account}")
        if found is not None:
            await self._store.commit([Delete(INSTALLS, found)])


class Installing:
    """/{channel}/install sends a browser to `page`, /{channel}/oauth_redirect takes it back; the state is ours, signed,

    and good for that browser and ten minutes. `exchange(code, address)` keeps the token and says what to tell."""

    def __init__(
        self, channel: str, page: str, asked: dict[str, str], links: Links, clock: Clock,
        exchange: Callable[[str, str], Awaitable[str]],
    ) -> None:  # fmt: skip
        self._channel, self._page, self._asked, self._links, self._clock = channel, page, asked, links, clock
        self._exchange = exchange
        self._cookie, self._purpose = f"{channel}_install", f"{channel}/install"
        self._address = f"{links.base}/{channel}/oauth_redirect"

    def routes(self) -> list[web.RouteDef]:
        """Its two doors."""
        return [
            web.get(f"/{self._channel}/install", self.install), web.get(f"/{self._channel}/oauth_redirect", self.back)
        ]  # fmt: skip

    async def install(self, request: web.Request) -> web.StreamResponse:
        """To the network's own page."""
        nonce = secrets.token_urlsafe(16)
        link = self._links.make(self._purpose, {"nonce": nonce}, self._clock.now() + _TO_INSTALL)
        asked = {**self._asked, "redirect_uri": self._address, "state": link.rpartition("/")[2]}
        answer = web.Response(status=302, headers={"Location": f"{self._page}?{urlencode(asked)}"})
        answer.set_cookie(self._cookie, nonce, max_age=600, httponly=True, samesite="Lax", path=f"/{self._channel}")
        return answer

    async def back(self, request: web.Request) -> web.StreamResponse:
        """With a code for a token, or because the person said no."""
        try:
            nonce = self._links.read(self._purpose, request.query.get("state", "")).get("nonce", "")
        except (NotAllowed, ValueError, KeyError):
            return _told(403, say("not_installed", why="the link is old or not ours"))
        cookie = request.cookies.get(self._cookie, "").encode(errors="surrogatepass")  # any bytes at all
        if not secrets.compare_digest(nonce.encode(), cookie):
            return _told(403, say("not_installed", why="another browser asked for it"))
        if not request.query.get("code"):
            return _told(200, say("not_installed", why=request.query.get("error", "no code")[:100]))
        try:
            return _told(200, await self._exchange(request.query["code"], self._address))
        except CaravanError as refused:
            return _told(502, say("not_installed", why=str(refused)))


def _told(status: int, text: str) -> web.Response:
    body = f"<!doctype html><meta charset=utf-8><title>Caravan</title><p>{escape(text)}</p>"
    return web.Response(status=status, text=body, content_type="text/html")
