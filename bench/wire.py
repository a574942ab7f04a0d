"""The little of HTTP/1.1 that a load generator needs, so that the outside costs less than what it measures."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

HEAD_END = b"\r\n\r\n"


class Messages:
    """Cuts a byte stream into (head, body) pairs; bodies have a Content-Length or are empty."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, received: bytes) -> list[tuple[bytes, bytes]]:
        """Messages that `received` completes, in order."""
        self._buffer += received
        complete = []
        while (message := self._take()) is not None:
            complete.append(message)
        return complete

    def _take(self) -> tuple[bytes, bytes] | None:
        head_end = self._buffer.find(HEAD_END)
        if head_end < 0:
            return None
        head, start = bytes(self._buffer[:head_end]), head_end + len(HEAD_END)
        end = start + content_length(head)
        if len(self._buffer) < end:
            return None
        body = bytes(self._buffer[start:end])
        del self._buffer[:end]
        return head, body


def content_length(head: bytes) -> int:
    """Bytes of the body that follow `head`, 0 where it does not say."""
    _, found, rest = head.lower().partition(b"content-length:")
    return int(rest.partition(b"\r\n")[0]) if found else 0


Reply = Callable[[str, bytes], tuple[int, bytes]]


class Listener(asyncio.Protocol):
    """One inbound connection: hands path and body to `reply`, answers its (status, body) after `hold` seconds."""

    def __init__(self, reply: Reply, hold: Callable[[bytes], float] = lambda body: 0.0) -> None:
        self._reply = reply
        self._hold = hold
        self._messages = Messages()
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        assert self._transport is not None
        for head, body in self._messages.feed(data):
            status, answer = self._reply(head.split(b" ", 2)[1].decode(), body)
            start = b"HTTP/1.1 %d -\r\nContent-Type: application/json\r\n" % status
            whole = b"%bContent-Length: %d\r\n\r\n%b" % (start, len(answer), answer)
            if held := self._hold(body):
                asyncio.get_running_loop().call_later(held, self._transport.write, whole)
            else:
                self._transport.write(whole)


class Connection(asyncio.Protocol):
    """One outbound keep-alive connection that carries one request at a time."""

    def __init__(self) -> None:
        self._messages = Messages()
        self._transport: asyncio.WriteTransport | None = None
        self._waiting: asyncio.Future[tuple[int, bytes]] | None = None
        self.lost = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        for head, body in self._messages.feed(data):
            if self._waiting and not self._waiting.done():
                self._waiting.set_result((int(head.split(b" ", 2)[1]), body))

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost = True
        if self._waiting and not self._waiting.done():
            self._waiting.set_exception(ConnectionResetError("the other side went away"))

    async def request(self, sent: bytes) -> tuple[int, bytes]:
        """(status, body) of the answer; ConnectionError if the other side goes away first."""
        if self.lost or self._transport is None:
            raise ConnectionResetError("the other side went away")
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(sent)
        return await self._waiting

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


class Client:
    """Requests to one port of 127.0.0.1 over as many kept connections as are in use at once."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._idle: list[Connection] = []

    async def post(self, path: str, body: bytes, headers: str = "") -> int:
        """The answer's status; ConnectionError if none came. `headers`: more of them, each line ended."""
        return (await self.exchange("POST", path, body, headers))[0]

    async def get(self, path: str) -> tuple[int, bytes]:
        """(status, body); ConnectionError if no answer came."""
        return await self.exchange("GET", path, b"")

    async def exchange(
        self, method: str, path: str, body: bytes, headers: str = "", kind: str = "application/json"
    ) -> tuple[int, bytes]:
        """(status, body); ConnectionError if no answer came. `kind`: the type of the body."""
        connection = await self._connection()
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nContent-Type: {kind}\r\n{headers}"
        answer = await connection.request(b"%bContent-Length: %d\r\n\r\n%b" % (head.encode(), len(body), body))
        self._idle.append(connection)
        return answer

    async def _connection(self) -> Connection:
        while self._idle:
            if not (connection := self._idle.pop()).lost:
                return connection
        loop = asyncio.get_running_loop()
        return (await loop.create_connection(Connection, "127.0.0.1", self.port))[1]

    def close(self) -> None:
        """Drop every idle connection."""
        for connection in self._idle:
            connection.close()
        self._idle.clear()


async def answers(client: Client, path: str = "/readyz") -> bool:
    """Whether the port serves HTTP and does not say it is unwell (a bare server has no such page: 404)."""
    with suppress(OSError):
        return (await client.get(path))[0] < 500
    return False
