"""Socket Mode: Slack's news over a WebSocket that we open; every envelope is acknowledged when it is durable."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.errors import RetryLater, Unknown
from channels.slack.api import Api

_log = structlog.get_logger()


class SocketMode:
    """The SDK's client, which reconnects by itself. `hear(kind, payload)` returns when the Entries are durable."""

    def __init__(self, api: Api, app_token: str, hear: Callable[[str, Mapping[str, Any]], Awaitable[None]]) -> None:
        self._api, self._token, self._hear = api, app_token, hear
        self._client: SocketModeClient | None = None

    async def open(self) -> None:
        """Connect, however long Slack is away; returns at once. Without a token nothing happens."""
        if self._token:
            self._client = SocketModeClient(self._token, web_client=self._api.client(self._token))
            self._client.socket_mode_request_listeners.append(self._heard)
            self._connecting = asyncio.create_task(self._client.connect())  # type: ignore[no-untyped-call]

    async def close(self) -> None:
        """Hang up."""
        client, self._client = self._client, None
        if client is not None:
            client.closed = True
            self._connecting.cancel()
            await asyncio.gather(self._connecting, return_exceptions=True)
            await client.close()  # type: ignore[no-untyped-call]

    async def _heard(self, client: Any, request: SocketModeRequest) -> None:
        """The SDK starts these in the order of arrival."""
        try:
            await self._hear(request.type, request.payload)
        except (RetryLater, Unknown) as away:
            _log.warning("not acknowledged: Slack brings it again", error=str(away))
            return
        await client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))
