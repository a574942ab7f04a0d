"""Twilio as we call it: the SDK over one set of connections, with a deadline and no retries of its own."""

from base64 import b64encode
from collections.abc import Awaitable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, TypeVar
from urllib.parse import urlsplit

import aiohttp
from twilio.http import AsyncHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from bot.errors import Undeliverable
from channels.fetching import fetched
from channels.whatsapp.accounts import Account
from channels.whatsapp.errors import FAILURES, translated
from channels.whatsapp.limits import DEADLINE

T = TypeVar("T")
_TIMEOUT = aiohttp.ClientTimeout(total=DEADLINE, connect=5)


class Http(AsyncHttpClient):  # type: ignore[misc]
    """The SDK's door to the network. Its own asynchronous client neither sends JSON nor keeps one session.

    `base`: one address in place of all of Twilio's hosts, as for an emulator."""

    def __init__(self, base: str = "") -> None:
        super().__init__(None, True, DEADLINE)
        self.base = base.rstrip("/")
        self._session: aiohttp.ClientSession | None = None

    @property
    def session(self) -> aiohttp.ClientSession:
        """The connections, made in the loop that uses them."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=_TIMEOUT)
        return self._session

    def address(self, url: str) -> str:
        """Where a request for one of Twilio's addresses goes."""
        if not self.base:
            return url
        parts = urlsplit(url)
        return self.base + parts.path + (f"?{parts.query}" if parts.query else "")

    async def request(
        self, method: str, uri: str, params: Any = None, data: Any = None, headers: Any = None, auth: Any = None,
        timeout: float | None = None, allow_redirects: bool = False,  # noqa: ASYNC109 (the SDK's own signature)
    ) -> Response:  # fmt: skip
        json = data if (headers or {}).get("Content-Type") == "application/json" else None
        async with self.session.request(
            method, self.address(uri), params=params, json=json, data=_form(data) if json is None else None,
            headers=dict(headers or {}) | _signed_in(auth), allow_redirects=False,
        ) as answer:  # fmt: skip
            return Response(answer.status, await answer.text(), answer.headers)

    async def close(self) -> None:
        """Let the connections go."""
        if self._session is not None:
            await self._session.close()
            self._session = None


class Twilio:
    """What we ask of Twilio for one account; errors are ours (errors.py)."""

    def __init__(self, http: Http, account: Account) -> None:
        self._http, self.account = http, account
        self._client = Client(account.sid, account.token, http_client=http)

    async def create(self, to: str, **more: Any) -> str:
        """A new message; its id. Not repeatable."""
        found = await _asked(self._client.messages.create_async(to=to, from_=self.account.sender, **more))
        return str(found.sid)

    async def recent(self, to: str, limit: int = 20) -> Sequence[Any]:
        """The last messages from our number to a person, newest first, as the SDK's MessageInstance."""
        asked = self._client.messages.list_async(to=to, from_=self.account.sender, limit=limit)
        return [m for m in await _asked(asked, repeats=True) if str(m.direction).startswith("outbound")]

    async def content(self, name: str, types: Mapping[str, Any], samples: Mapping[str, str], language: str) -> str:
        """A new Content resource; its id."""
        wanted = _request(friendly_name=name, language=language, variables=dict(samples), types=dict(types))
        found = await _asked(self._client.content.v1.contents.create_async(wanted), repeats=True)
        return str(found.sid)

    async def submit(self, sid: str, name: str) -> str:
        """Ask WhatsApp to approve a template; its word so far."""
        wanted = _request(name=name, category="UTILITY")
        found = await _asked(self._client.content.v1.contents(sid).approval_create.create_async(wanted), repeats=True)
        return str(found.status or "received")

    async def approval(self, sid: str) -> str:
        """WhatsApp's word on a template: approved, pending, rejected, ..."""
        found = await _asked(self._client.content.v1.contents(sid).approval_fetch().fetch_async(), repeats=True)
        return str((found.whatsapp or {}).get("status") or "unsubmitted")

    async def typing(self, message: str) -> None:
        """Show that we write, and that their message was read."""
        indicator = self._client.messaging.v2.typing_indicator
        await _asked(indicator.create_async(channel="whatsapp", message_id=message), repeats=True)

    async def who(self) -> str:
        """The account's name; Undeliverable (gone: account) if Twilio refuses the secrets."""
        found = await _asked(self._client.api.v2010.accounts(self.account.sid).fetch_async(), repeats=True)
        return str(found.friendly_name or self.account.sid)

    async def download(self, media: str, most: int) -> bytes:
        """A file that somebody sent, `media` as "{message id}/{media id}"; Undeliverable if larger than `most`."""
        message, _, file = media.partition("/")
        if not (message.isalnum() and file.isalnum()):
            raise Undeliverable("a file that is not kept by Twilio")
        url = f"https://api.twilio.com/2010-04-01/Accounts/{self.account.sid}/Messages/{message}/Media/{file}"
        headers = _signed_in((self.account.sid, self.account.token))
        return await _asked(fetched(self._http.session, self._http.address(url), most, headers), repeats=True)


def _request(**body: Any) -> SimpleNamespace:
    """A JSON body, as the SDK takes it; its own request classes write absent fields as null."""
    return SimpleNamespace(to_dict=lambda: body)


async def _asked(call: Awaitable[T], *, repeats: bool = False) -> T:
    try:
        return await call
    except FAILURES as error:
        raise translated(error, repeats=repeats) from error


def _form(data: Any) -> list[tuple[str, str]]:
    """A form whose lists are fields given several times."""
    pairs = [(k, v) for k, given in (data or {}).items() for v in (given if isinstance(given, list) else [given])]
    return [(k, str(v).lower() if isinstance(v, bool) else str(v)) for k, v in pairs]


def _signed_in(auth: tuple[str, str] | None) -> dict[str, str]:
    return {"Authorization": f"Basic {b64encode(':'.join(auth).encode()).decode()}"} if auth else {}
