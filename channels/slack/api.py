"""The Web API as we call it: one client for each workspace, no retries of its own, errors by what they call for."""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import CaravanError, Undeliverable
from channels.slack.errors import FAILURES, translated

_ANSWER_WITHIN = aiohttp.ClientTimeout(total=15, connect=5)
_KEPT = 20_000
VENDOR = "https://slack.com"


class Api:
    """Calls methods with a workspace's token. `base`: another address than Slack's own, as for an emulator."""

    def __init__(self, base: str = "") -> None:
        self.base = (base or VENDOR).rstrip("/")
        self._session: aiohttp.ClientSession | None = None

    def client(self, token: str) -> AsyncWebClient:
        """The SDK's client of one token, on the connections that all share."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=_ANSWER_WITHIN)
        return AsyncWebClient(token, base_url=f"{self.base}/api/", session=self._session, retry_handlers=[])

    async def close(self) -> None:
        """Let the connections go."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def call(self, token: str, method: str, **args: Any) -> Mapping[str, Any]:
        """What Slack answers; RetryLater, Unknown, Undeliverable or Explain by its error (`errors.py`)."""
        call = getattr(self.client(token), method.replace(".", "_"))
        try:
            answer = await call(**args)
        except FAILURES as error:
            raise translated(method, error) from error
        return answer.data if isinstance(answer.data, dict) else {}

    async def upload(self, url: str, data: bytes) -> None:
        """Bytes to an address that files.getUploadURLExternal gave; nobody sees them yet."""
        await self._answered("files.getUploadURLExternal", "POST", url, data=data)

    async def respond(self, url: str, message: Mapping[str, Any]) -> None:
        """A message to a response_url."""
        await self._answered("chat.postEphemeral", "POST", url, json=dict(message))

    async def download(self, token: str, url: str, most: int) -> bytes:
        """A file that somebody shared; Undeliverable if it is larger than `most` bytes."""
        if not url.startswith((self.base, "https://files.slack.com/")):
            raise Undeliverable("a file of another site")
        return await self._answered("files.info", "GET", url, most=most, headers={"Authorization": f"Bearer {token}"})

    async def _answered(self, method: str, verb: str, url: str, most: int = 1 << 20, **more: Any) -> bytes:
        self.client("")
        assert self._session is not None
        try:
            async with self._session.request(verb, url, **more) as answer:
                if answer.status >= 500:
                    raise aiohttp.ClientPayloadError(f"HTTP {answer.status}")
                if answer.status >= 300:
                    raise Undeliverable(f"HTTP {answer.status}")
                data = await answer.content.read(most + 1)
                while len(data) <= most and (more_data := await answer.content.read(most + 1 - len(data))):
                    data += more_data
        except FAILURES as error:
            raise translated(method, error) from error
        if len(data) > most:
            raise Undeliverable("it is too large")
        return data


class Names:
    """What people and channels are called, and who is meant by a name; asked once, forgotten when it changes."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._known: OrderedDict[str, str] = OrderedDict()
        self._people: dict[str, dict[str, str]] = {}

    def kept(self, account: str, id: str) -> str:
        """A name that is known already, or ""."""
        return self._known.get(f"{account}:{id}", "")

    def people(self, account: str) -> Mapping[str, str]:
        """Name -> id of those we have heard of in a workspace and whose name is theirs alone."""
        return {name: id for name, id in self._people.get(account, {}).items() if id}

    async def person(self, account: str, token: str, id: str) -> str:
        """The name that a person chose; the id itself while Slack does not say."""
        if known := self.kept(account, id):
            return known
        try:
            user = (await self._api.call(token, "users.info", user=id)).get("user") or {}
        except CaravanError:
            return id
        profile = user.get("profile") or {}
        name = str(profile.get("display_name") or profile.get("real_name") or user.get("name") or id)
        self.keep(account, id, name)
        if not user.get("is_bot"):
            mine = self._people.setdefault(account, {})
            mine[name] = id if mine.get(name, id) == id else ""
        return name

    async def channel(self, account: str, token: str, id: str) -> str:
        """A channel's name, "" for a direct conversation and while Slack does not say."""
        if f"{account}:{id}" in self._known or id.startswith("D"):
            return self.kept(account, id)
        try:
            found = (await self._api.call(token, "conversations.info", channel=id)).get("channel") or {}
        except CaravanError:
            return ""
        self.keep(account, id, str(found.get("name") or ""))
        return self.kept(account, id)

    def keep(self, account: str, id: str, name: str) -> None:
        """What is called so from now on."""
        self._known[f"{account}:{id}"] = name
        if len(self._known) > _KEPT:
            self._known.popitem(last=False)

    def forget(self, account: str, id: str) -> None:
        """It may be called otherwise by now."""
        self._known.pop(f"{account}:{id}", None)
