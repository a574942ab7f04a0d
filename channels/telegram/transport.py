"""The way of python-telegram-bot to the network: one shared aiohttp session, no retries of its own."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import msgspec
from aiohttp import ClientConnectorError, ClientError, ClientSession, ClientTimeout, ConnectionTimeoutError, FormData
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from channels.lenient import form
from channels.received import decoded

TIMEOUT = 20.0
_UPLOAD = 120.0
_USUAL = ClientTimeout(total=TIMEOUT)
_FORM, _JSON = {"Content-Type": "application/x-www-form-urlencoded"}, {"Content-Type": "application/json"}


class NotReached(NetworkError):
    """No connection came about: nothing was sent."""


class NoAnswer(TimedOut):
    """The connection broke, or was silent, after the request had left."""


class Transport(BaseRequest):
    """The request door of the SDK. `session`: gives the shared session, which its owner closes."""

    __slots__ = ("_session",)

    def __init__(self, session: Callable[[], ClientSession]) -> None:
        self._session = session

    @property
    def read_timeout(self) -> float:
        return TIMEOUT

    async def initialize(self) -> None:
        return None

    async def shutdown(self) -> None:
        return None

    async def call(self, url: str, params: dict[str, Any], patience: float) -> Any:
        """A call whose parameters are JSON values, with the SDK's own reading of answers and errors."""
        return await self.post(url, cast(RequestData, _Call(_encoded(params))), read_timeout=patience)

    async def do_request(
        self, url: str, method: str, request_data: "RequestData | _Call | None" = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE, write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE, pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:  # fmt: skip
        """Status and body. NotReached if nothing was sent, NoAnswer if it may have been."""
        files = request_data is not None and request_data.contains_files
        patience = read_timeout if isinstance(read_timeout, int | float) else _UPLOAD if files else TIMEOUT
        body: Any = None
        kind = None
        if isinstance(request_data, RequestData):
            body, kind = (_multipart(request_data), None) if files else (form(request_data.parameters), _FORM)
        elif request_data is not None:
            body, kind = request_data.body, _JSON
        try:
            async with self._session().request(
                method, url, data=body, headers=kind,
                timeout=_USUAL if patience == TIMEOUT else ClientTimeout(total=patience), allow_redirects=False,
            ) as answer:  # fmt: skip
                return answer.status, await answer.read()
        except (ClientConnectorError, ConnectionTimeoutError) as away:
            raise NotReached(type(away).__name__) from away
        except (ClientError, TimeoutError, OSError) as silent:
            raise NoAnswer(type(silent).__name__) from silent

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as JSON; TelegramError if it is none."""
        if not isinstance(found := decoded(payload), dict):
            raise TelegramError("Invalid server response")
        return found


@dataclass(frozen=True, slots=True)
class _Call:
    """What `do_request` needs to know of a call without files, whose body is JSON."""

    body: bytes
    contains_files: bool = False


def _encoded(params: dict[str, Any]) -> bytes:
    """JSON; half an emoji is escaped, as only the slower encoder can."""
    try:
        return msgspec.json.encode(params)
    except UnicodeEncodeError:
        return json.dumps(params).encode()


def _multipart(request_data: RequestData) -> FormData:
    form = FormData()
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form
