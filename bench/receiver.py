"""The outside referee's eyes: a counting server that keeps every POST in the order it came.

Standalone: `python -m bench.receiver PORT [FILE]`; POST /send counts, GET /record tells."""

import asyncio
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from bench.wire import Listener

# Part of the names of places in which something is bought; what is told there is judged by the books of money.
BUYS = ":buy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One POST as it came: `delivery` is the sender's idempotence key, `at` is monotonic seconds."""

    delivery: str
    place: str
    text: str
    at: float


@dataclass(slots=True)
class Record:
    """What arrived. A Delivery id seen before is counted in `repeated` and is not a receipt again."""

    receipts: list[Receipt] = field(default_factory=list)
    repeated: list[Receipt] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def add(self, receipt: Receipt) -> bool:
        """True when this Delivery arrives for the first time."""
        first = receipt.delivery not in self.seen
        self.seen.add(receipt.delivery)
        (self.receipts if first else self.repeated).append(receipt)
        return first

    def summary(self) -> dict[str, int]:
        """{"received": first receipts, "repeated": resends that the Delivery id unmasked}."""
        return {"received": len(self.receipts), "repeated": len(self.repeated)}


Heard = Callable[[Receipt], None]
# A network's API: path and body of a call -> its answer, and the receipt if a message was sent by it.
Api = Callable[[str, bytes], tuple[bytes, Receipt | None]]


class Receiver:
    """Serves POST /send and GET /record on 127.0.0.1; `heard` is told of every first receipt.

    `slow`: Places whose messages are taken at once and answered so many seconds later. `api`: speak another network's
    language instead; `refuses`: its "429 Too Many Requests" to a call, b"" if it is taken."""

    def __init__(self, heard: Heard | None = None, file: TextIO | None = None, api: Api | None = None) -> None:
        self.record, self._api = Record(), api
        self.heard = heard
        self.slow: dict[str, float] = {}
        self.refuses: Callable[[str, bytes], bytes] = lambda path, body: b""
        self._file = file
        self._server: asyncio.Server | None = None

    async def open(self, port: int = 0) -> str:
        """Listen and tell the address that deliveries go to."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: Listener(self._reply, self._hold), "127.0.0.1", port, backlog=1024
        )
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/send"

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()

    def _reply(self, path: str, body: bytes) -> tuple[int, bytes]:
        if self._api is not None:
            if refusal := self.refuses(path, body):
                return 429, refusal
            answer, receipt = self._api(path, body)
            if receipt is not None and self.record.add(receipt) and self.heard:
                self.heard(receipt)
            return 200, answer
        if path == "/send":
            self._receive(body)
            return 200, b"{}"
        return (200, json.dumps(self.record.summary()).encode()) if path == "/record" else (404, b"")

    def _hold(self, body: bytes) -> float:
        return self.slow.get(json.loads(body)["place"], 0.0) if self.slow else 0.0

    def _receive(self, body: bytes) -> None:
        said = json.loads(body)
        receipt = Receipt(delivery=said["delivery"], place=said["place"], text=said["text"], at=time.monotonic())
        if self._file is not None:
            self._file.write(body.decode() + "\n")
        if self.record.add(receipt) and self.heard:
            self.heard(receipt)


async def stand_alone(port: int, file: TextIO) -> None:
    """Serve until interrupted; every POST is appended to `file`, one JSON a line."""
    receiver = Receiver(file=file)
    print(await receiver.open(port), flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    with Path(sys.argv[2] if len(sys.argv) > 2 else os.devnull).open("a", buffering=1, encoding="utf-8") as kept:
        asyncio.run(stand_alone(int(sys.argv[1]), kept))
