"""discord.py as we use it: its gateway client with our reading of events, its HTTP client with one try a request.

The SDK's own `request` sleeps and repeats (429, 5xx, empty buckets); here retry has one owner, the Deliverer."""

from collections.abc import Callable
from functools import partial
from typing import Any

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import HTTPClient, Route

from bot.clock import Clock
from bot.errors import CaravanError, Explain
from channels.answers import Answer, reaction
from channels.asking import Asking
from channels.discord.limits import BUSY, CLOSED, INTENTS, LATE, PRIVILEGED
from channels.texts import say

Heard = Callable[[str, dict[str, Any]], None]
# What a POST makes there only once, however often it is asked for; our webhook is looked for before it is made.
_ONCE = frozenset(("/users/@me/channels", "/channels/{channel_id}/webhooks", "/channels/{channel_id}/typing"))


def point(api_base: str, gateway_url: str) -> None:
    """Where Discord is; both are attributes of the SDK's classes, so they hold for the whole process."""
    if api_base:
        Route.BASE = f"{api_base.rstrip('/').removesuffix('/api/v10')}/api/v10"
    if gateway_url:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)


def translated(answer: Answer) -> CaravanError:
    """Discord's answers by the reaction they call for: HTTP status and JSON code, which decides where there is one."""
    return Explain(say("discord_press_again")) if answer.code in LATE else reaction(answer, BUSY, CLOSED)


class OneTry(HTTPClient):
    """The SDK's HTTP client with its routes, its methods and its gateway; each request is made once and at once."""

    def __init__(self, token: str) -> None:
        super().__init__(discord.utils.MISSING)
        self.token = token
        self.asking = Asking("Discord", translated)

    async def request(self, route: Route, *, reason: str | None = None, **given: Any) -> Any:
        """The JSON of the answer (or its text); RetryLater, Undeliverable, Unknown or Explain."""
        given["headers"] = {"User-Agent": self.user_agent, "Authorization": f"Bot {self.token}"}
        counted = "" if "/interactions/" in route.path else route.key
        repeats = route.method != "POST" or route.path in _ONCE
        return await self.asking.ask(
            route.method, route.url, repeats=repeats, route=counted, about=route.major_parameters, **given
        )

    async def respond(self, interaction: str, token: str, answer: dict[str, Any]) -> None:
        """The first answer to an interaction."""
        path = "/interactions/{interaction_id}/{token}/callback"
        await self.request(Route("POST", path, interaction_id=interaction, token=token), json=answer)

    async def close(self) -> None:
        """A client of the gateway ends, another one may begin: our own connections stay."""
        await super().close()
        self.connector = discord.utils.MISSING


class Gateway(discord.Client):
    """The SDK's client of the gateway: sessions, heartbeats, resuming and reconnecting are its own. Events come to

    `heard` as they are, whatever they hold, so that none can raise and nothing is kept in memory twice."""

    def __init__(self, heard: Heard, http: OneTry, clock: Clock, *, privileged: bool) -> None:
        wanted = dict.fromkeys((*INTENTS, *(PRIVILEGED if privileged else ())), True)
        super().__init__(intents=discord.Intents(**wanted), max_messages=None, chunk_guilds_at_startup=False)
        self.http = self._connection.http = http
        self._connection.parsers = _Every(heard)
        self._clock = clock

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Discord wants one to five seconds between a session and a new one."""
        if not initial:
            await self._clock.sleep(5.0)


class _Every(dict[str, Any]):
    """A parser for each event there is or will be."""

    def __init__(self, heard: Heard) -> None:
        self._heard = heard

    def __missing__(self, event: str) -> Callable[[dict[str, Any]], None]:
        return partial(self._heard, event)
