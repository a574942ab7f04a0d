"""The Web API as we call it: one client for each token, no retries of its own, errors by what they call for."""

from collections.abc import Collection, Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import CaravanError, Explain, RetryLater, Undeliverable, Unknown
from channels import answers
from channels.directory import Known
from channels.slack.limits import BUSY, CLOSED, LATE, METHODS, REVOKED, UNSURE, Method
from channels.texts import say

_ANSWER_WITHIN = aiohttp.ClientTimeout(total=15, connect=5)
FAILURES = (SlackApiError, *answers.FAILURES)


class Api:
    """Calls methods with a workspace's token. `base`: another address than Slack's own, as for an emulator."""

    def __init__(self, base: str = "") -> None:
        self.base = (base or "https://slack.com").rstrip("/")
        self._connections: aiohttp.ClientSession | None = None

    @property
    def _session(self) -> aiohttp.ClientSession:
        if self._connections is None:
            self._connections = aiohttp.ClientSession(timeout=_ANSWER_WITHIN)
        return self._connections

    def client(self, token: str) -> AsyncWebClient:
        """The SDK's client of one token, on the connections that all share."""
        return AsyncWebClient(token, base_url=f"{self.base}/api/", session=self._session, retry_handlers=[])

    async def close(self) -> None:
        """Let the connections go."""
        if self._connections is not None:
            await self._connections.close()
            self._connections = None

    async def call(self, token: str, method: str, besides: Collection[str] = (), **args: Any) -> Mapping[str, Any]:
        """What Slack answers, else what its error calls for (limits.toml). `besides`: errors that are answers too."""
        call = getattr(self.client(token), method.replace(".", "_"))
        try:
            answer = await call(**args)
        except FAILURES as error:
            if (code := code_of(error)) in besides:
                return {"error": code}
            raise translated(method, error) from error
        return answer.data if isinstance(answer.data, dict) else {}

    async def upload(self, url: str, data: bytes) -> None:
        """Bytes to an address that files.getUploadURLExternal gave; nobody sees them yet."""
        await self._asked("files.getUploadURLExternal", "POST", url, data=data)

    async def respond(self, url: str, message: Mapping[str, Any]) -> None:
        """A message to a response_url."""
        await self._asked("chat.postEphemeral", "POST", url, json=dict(message))

    async def download(self, token: str, url: str, most: int) -> bytes:
        """A file that somebody shared; Undeliverable if it is larger than `most` bytes, or not with Slack."""
        if not url.startswith((f"{self.base}/", "https://files.slack.com/")):
            raise Undeliverable("a file of another site")
        return await self._asked("files.info", "GET", url, most=most, headers={"Authorization": f"Bearer {token}"})

    async def _asked(self, method: str, verb: str, url: str, most: int = 1 << 20, **more: Any) -> bytes:
        data = b""
        try:
            async with self._session.request(verb, url, allow_redirects=False, **more) as answer:
                if answer.status >= 300:
                    told = answers.Answer(status=answer.status, headers=answer.headers, repeats=METHODS[method].repeats)
                    raise answers.reaction(told, {}, ())
                async for piece in answer.content.iter_any():
                    data += piece
                    if len(data) > most:
                        raise Undeliverable("it is too large")
        except FAILURES as error:
            raise translated(method, error) from error
        return data

    async def person(self, token: str, id: str) -> Known:
        """The name that a person chose, and their picture."""
        user = (await self.call(token, "users.info", user=id)).get("user") or {}
        profile = user.get("profile") or {}
        name = profile.get("display_name") or profile.get("real_name") or user.get("name") or ""
        return Known(name=str(name), picture=str(profile.get("image_192") or ""), human=not user.get("is_bot"))

    async def channel(self, token: str, id: str) -> Known:
        """A channel's name."""
        found = (await self.call(token, "conversations.info", channel=id)).get("channel") or {}
        return Known(name=str(found.get("name") or ""))


def translated(method: str, error: Exception) -> CaravanError:
    """What an error of the SDK or of the connection calls for. A method that may be repeated is repeated."""
    known = METHODS[method]
    if isinstance(error, SlackApiError):
        return _of_code(known, error)
    return answers.failed("Slack", error, repeats=known.repeats)


def code_of(error: BaseException | None) -> str:
    """Slack's own code behind one of our errors, "" if there is none."""
    cause = error.__cause__ if isinstance(error, CaravanError) else error
    response = cause.response if isinstance(cause, SlackApiError) else {}
    return str((response.get("error") if hasattr(response, "get") else "") or "")


def _of_code(method: Method, error: SlackApiError) -> CaravanError:
    code, status = code_of(error), int(getattr(error.response, "status_code", 0) or 0)
    why = code or f"HTTP {status}"
    if status == 429 or code in BUSY:
        told = answers.Answer(status=status, headers=getattr(error.response, "headers", {}))
        return RetryLater(told.after(BUSY.get(code, 30.0)), code or "ratelimited")
    if code in UNSURE or (not code and status >= 500):
        return RetryLater(1.0, why) if method.repeats else Unknown(why)
    if code in LATE:
        return Explain(say("slack_press_again"))
    return Undeliverable(why, gone="account" if code in REVOKED else "place" * (code in CLOSED))
