"""A line to a server that breaks on demand: before a request arrives, or after it took effect and before the answer."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass


@dataclass(slots=True)
class BreakingLine:
    """Breaks the connection at the next `times` requests that contain `marker`."""

    port: int
    marker: bytes = b""
    times: int = 0
    heard: bool = True
    broken: int = 0

    def break_at(self, marker: bytes, times: int = 1, *, heard: bool) -> None:
        """`heard`: the server gets the request and answers it; only we never learn."""
        self.marker, self.times, self.heard = marker, times, heard

    async def serve(self, client: asyncio.StreamReader, answers: asyncio.StreamWriter) -> None:
        server, requests = await asyncio.open_connection("127.0.0.1", self.port)
        back = asyncio.create_task(_copy(server, answers))
        try:
            while request := await client.read(1 << 20):
                strikes = self.times > 0 and self.marker in request
                if strikes:
                    self.times -= 1
                    self.broken += 1
                    await _ended(back)
                if self.heard or not strikes:
                    requests.write(request)
                if strikes and self.heard:
                    await server.read(1)
                if strikes:
                    return
        finally:
            await _ended(back)
            for writer in (requests, answers):
                writer.close()


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait([task])


async def _copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while data := await source.read(1 << 20):
            target.write(data)


@asynccontextmanager
async def breaking_line(port: int) -> AsyncIterator[tuple[BreakingLine, int]]:
    """The line and the port at which it listens, to a port of this machine."""
    line = BreakingLine(port)

    async def serve(client: asyncio.StreamReader, answers: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            await line.serve(client, answers)

    listening = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield line, listening.sockets[0].getsockname()[1]
    finally:
        listening.close()
