"""Bolt as our door: it says who and where, finds the workspace, answers Slack's own checks, and acknowledges what its
one listener kept. Our router stands behind the log: docs/decisions/0018-bolt-is-the-door-not-the-router.md."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakValueDictionary

import structlog
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp, AsyncBoltContext, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import CaravanError, RetryLater, Undeliverable, Unknown
from bot.model import Entry
from bot.ports import Inbox
from channels.received import shaped
from channels.slack.api import Api
from channels.slack.workspaces import MAIN, Workspace, Workspaces

Hear = Callable[[AsyncBoltRequest, Workspace | None], Awaitable[Sequence[Entry]]]
# Where Bolt looks for ids (slack_bolt/request/internals.py), and what it takes for granted there.
_SHAPES: Mapping[str, tuple[type, ...]] = {
    **dict.fromkeys("event item message previous_message assistant_thread view function_data".split(), (dict,)),
    **dict.fromkeys("user channel team enterprise".split(), (dict, str)),
    **dict.fromkeys("id user_id channel_id team_id enterprise_id app_installed_team_id".split(), (str,)),
    "authorizations": (list,),
    "response_urls": (),  # two of them, and it looks for a logger that it has not made yet
}
_PING_EVERY = 5.0
_log = structlog.get_logger()


class Door(AsyncApp):
    """Every workspace, every app of ours. `hear`: the Entries of a request and where it happened, None if we are there
    no more. By the socket they go to `inbox`."""

    def __init__(self, base: str, spaces: Workspaces, hear: Hear) -> None:
        async def authorize(context: AsyncBoltContext, team_id: str | None) -> AuthorizeResult:
            try:
                ws = context["workspace"] = await spaces.of_team(str(team_id or ""), context.get("account", MAIN))
            except CaravanError as nowhere:
                context["nowhere"] = nowhere
                return AuthorizeResult(enterprise_id=None, team_id=team_id)
            us = {"bot_id": ws.bot_id, "bot_user_id": ws.bot_user, "bot_token": ws.token}
            return AuthorizeResult(enterprise_id=context.enterprise_id, team_id=ws.team, **us)

        told = logging.getLogger("slack_bolt")
        told.setLevel(logging.ERROR)  # it finds SLACK_... in the environment by itself, and warns of what it found
        super().__init__(
            name="slack_bolt.caravan", logger=told, signing_secret="", authorize=authorize,
            client=AsyncWebClient(base_url=f"{base}/api/", retry_handlers=[]), request_verification_enabled=False,
            ignoring_self_events_enabled=False, attaching_function_token_enabled=False,
        )  # fmt: skip
        self.inbox: Inbox | None = None
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self.middleware(_Listener(self, hear))

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """Bolt's, in order for each channel, however long a look-up takes."""
        async with self._turns.setdefault(str(req.context.channel_id), asyncio.Lock()):
            return await super().async_dispatch(req)

    async def asked(self, body: Mapping[str, Any], account: str) -> tuple[BoltResponse, Sequence[Entry]]:
        """What came over HTTP to an account's door, signed: the answer, and the Entries to keep before it is given."""
        kept: list[Entry] = []  # for Bolt, what is read and checked already came by the socket
        about = {"account": account, "kept": kept}
        request = AsyncBoltRequest(mode="socket_mode", body=shaped(body, _SHAPES), context=about)
        return await self.async_dispatch(request), kept


@dataclass(frozen=True, slots=True)
class _Listener(AsyncMiddleware):
    """The last in Bolt's chain takes whatever comes: acknowledged when it is kept, else 503, and it comes again."""

    door: Door
    hear: Hear

    async def async_process(
        self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse:
        context = req.context
        try:
            if "nowhere" in context:
                raise context["nowhere"]
            entries = await self.hear(req, context.get("workspace"))
            if "kept" in context:
                context["kept"].extend(entries)
            elif entries and self.door.inbox is not None:
                await self.door.inbox(entries)
        except Undeliverable as elsewhere:
            _log.info("nothing to do with it", why=str(elsewhere))
        except (RetryLater, Unknown) as away:
            _log.warning("not acknowledged: Slack brings it again", error=str(away))
            return BoltResponse(status=503, body="not now")
        return await context.ack()


class SocketMode(AsyncSocketModeHandler):
    """Bolt's, which reconnects by itself, and starts `handle` in the order of arrival."""

    def __init__(self, api: Api, app_token: str, door: Door) -> None:
        """Connect, however long Slack is away; returns at once. Inside a running loop only."""
        super().__init__(door, app_token, web_client=api.client(app_token), ping_interval=_PING_EVERY)
        self._connecting = asyncio.create_task(self.connect_async())  # type: ignore[no-untyped-call]

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        req.payload = shaped(req.payload, _SHAPES)
        await super().handle(client, req)

    async def close_async(self) -> None:
        """Hang up."""
        self.client.closed = True
        self._connecting.cancel()
        await asyncio.gather(self._connecting, return_exceptions=True)
        await super().close_async()  # type: ignore[no-untyped-call]
