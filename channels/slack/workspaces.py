"""The workspaces we are in: the one of the settings ("main") and those that installed the app, their tokens sealed."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from html import escape
from urllib.parse import urlencode

import structlog
from aiohttp import web

from bot.clock import Clock
from bot.documents import Delete, Insert, Kind, Replace
from bot.errors import CaravanError, Misconfigured, NotAllowed, Undeliverable
from bot.links import Links
from bot.ports import Store
from bot.sealed import Sealer
from channels.slack.api import Api
from channels.slack.errors import REVOKED
from channels.slack.limits import SCOPES
from channels.slack.texts import say

MAIN = "main"
_TO_INSTALL = timedelta(minutes=10)
_COOKIE = "slack_install"
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Install:
    """A workspace that installed the app; id is its team id, `token` is sealed. Nothing in it is about a person."""

    id: str
    token: str
    bot_user: str
    title: str
    at: datetime
    version: int = 0


INSTALLS = Kind("slack_installs", Install)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """A workspace as we speak in it."""

    account: str
    token: str
    team: str = ""
    bot_user: str = ""
    bot_id: str = ""
    name: str = "Caravan"


class Workspaces:
    """Finds the workspace of an account or of a team. What Slack says of a token is asked once."""

    def __init__(self, store: Store, api: Api, sealer: Sealer, token: str) -> None:
        self._store, self._api, self._sealer, self._token = store, api, sealer, token
        self._known: dict[str, Workspace] = {}

    async def open(self) -> None:
        """Learn who we are; Misconfigured if Slack refuses the token, later if it cannot be reached."""
        if not self._token:
            return
        try:
            await self.of(MAIN)
        except Undeliverable as refused:
            raise Misconfigured(f"SLACK_BOT_TOKEN: Slack refuses it: {refused}") from refused
        except CaravanError as away:
            _log.warning("Slack does not answer yet", error=str(away))

    async def of(self, account: str) -> Workspace:
        """The workspace of an account; Undeliverable if there is none, RetryLater while Slack is away."""
        known = self._known.get(account)
        if known is None:
            known = await self._asked(account, await self._token_of(account))
            self._known[account] = known
        return known

    async def of_team(self, team: str) -> Workspace:
        """The workspace in which something happened; Undeliverable if we are not there (any more)."""
        if self._token:
            main = await self.of(MAIN)
            if not team or main.team == team:
                return main
        return await self.of(team)

    async def keep(self, team: str, token: str, bot_user: str, title: str, now: datetime) -> None:
        """Somebody installed the app, perhaps again."""
        found = await self._store.get(INSTALLS, team)
        fresh = Install(id=team, token=self._sealer.seal(token), bot_user=bot_user, title=title, at=now)
        op = Replace(INSTALLS, replace(fresh, version=found.version)) if found else Insert(INSTALLS, fresh)
        await self._store.commit([op])
        self._known.pop(team, None)

    async def drop(self, account: str) -> None:
        """The app was uninstalled there, or its token revoked."""
        self._known.pop(account, None)
        found = await self._store.get(INSTALLS, account)
        if found is not None:
            await self._store.commit([Delete(INSTALLS, found)])

    async def _token_of(self, account: str) -> str:
        if account == MAIN and self._token:
            return self._token
        found = await self._store.get(INSTALLS, account)
        token = self._sealer.open(found.token) if found else None
        if token is None:
            raise Undeliverable("Caravan is not installed in that workspace")
        return token

    async def _asked(self, account: str, token: str) -> Workspace:
        told = await self._api.call(token, "auth.test")
        found = {k: str(told.get(k) or "") for k in ("team_id", "user_id", "bot_id", "user")}
        return Workspace(
            account=account, token=token, team=found["team_id"], bot_user=found["user_id"], bot_id=found["bot_id"],
            name=found["user"] or "Caravan",
        )  # fmt: skip


class Installing:
    """/slack/install sends a browser to Slack and /slack/oauth_redirect takes it back; the state is ours and signed."""

    def __init__(self, workspaces: Workspaces, api: Api, links: Links, clock: Clock, id: str, secret: str) -> None:
        self._workspaces, self._api, self._links, self._clock = workspaces, api, links, clock
        self._id, self._secret = id, secret

    def routes(self) -> list[web.RouteDef]:
        """Its two doors."""
        return [web.get("/slack/install", self.install), web.get("/slack/oauth_redirect", self.back)]

    @property
    def _address(self) -> str:
        return f"{self._links.base}/slack/oauth_redirect"

    async def install(self, request: web.Request) -> web.StreamResponse:
        """To Slack's own page, with a state that only this browser brings back, within ten minutes."""
        nonce = secrets.token_urlsafe(16)
        link = self._links.make("slack/install", {"nonce": nonce}, self._clock.now() + _TO_INSTALL)
        asked = {"client_id": self._id, "scope": ",".join(SCOPES), "redirect_uri": self._address}
        asked["state"] = link.rpartition("/")[2]
        answer = web.HTTPFound(f"{self._api.base}/oauth/v2/authorize?{urlencode(asked)}")
        answer.set_cookie(_COOKIE, nonce, max_age=600, httponly=True, samesite="Lax", path="/slack")
        return answer

    async def back(self, request: web.Request) -> web.StreamResponse:
        """Slack sent the browser back: with a code for a token, or because the person said no."""
        try:
            nonce = self._links.read("slack/install", request.query.get("state", "")).get("nonce", "")
        except (NotAllowed, ValueError, KeyError):
            return _page(403, say("not_installed", why="the link is old or not ours"))
        if not secrets.compare_digest(nonce.encode(), request.cookies.get(_COOKIE, "").encode()):
            return _page(403, say("not_installed", why="another browser asked for it"))
        if not request.query.get("code"):
            return _page(200, say("not_installed", why=request.query.get("error", "no code")[:100]))
        try:
            return _page(200, await self._exchange(request.query["code"]))
        except CaravanError as refused:
            return _page(502, say("not_installed", why=str(refused)))

    async def _exchange(self, code: str) -> str:
        given = {"client_id": self._id, "client_secret": self._secret, "code": code, "redirect_uri": self._address}
        told = await self._api.call("", "oauth.v2.access", **given)
        team = told.get("team") or {}
        token, title = str(told.get("access_token") or ""), str(team.get("name") or "")
        if not token or not team.get("id"):
            raise Undeliverable("Slack gave no token")
        await self._workspaces.keep(str(team["id"]), token, str(told.get("bot_user_id", "")), title, self._clock.now())
        return say("installed", team=title, bot=(await self._workspaces.of(str(team["id"]))).name)


def revoked(why: str) -> bool:
    """Whether an error says that a whole workspace is closed to us."""
    return why in REVOKED


def _page(status: int, text: str) -> web.Response:
    body = f"<!doctype html><meta charset=utf-8><title>Caravan</title><p>{escape(text)}</p>"
    return web.Response(status=status, text=body, content_type="text/html")
