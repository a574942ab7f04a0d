"""People in the simulator as a program: they say, press and wait for what they see, with the time it took."""

import contextlib
import json
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import Any

from bench.subjects import caravan_environment
from bench.target import Target, free_port
from bench.wire import Client

Shown = dict[str, Any]
Wanted = Callable[[Shown], bool]


class Room:
    """One place of the simulator, followed from its beginning."""

    def __init__(self, client: Client, place: str) -> None:
        self._client, self.place = client, place
        self._next = 0
        self._said = 0.0

    @classmethod
    async def open(cls, client: Client, title: str, *people: str) -> "Room":
        """A new group place with these people."""
        made = await _post(client, "/simulator/places", {"title": title, "people": list(people), "kind": "group"})
        return cls(client, made["place"])

    async def say(self, who: str, text: str) -> None:
        """Say something; waiting counts from here."""
        self._said = time.monotonic()
        await _post(self._client, "/simulator/say", {"place": self.place, "as": who, "text": text})

    async def press(self, who: str, shown: Shown, label: str) -> None:
        """Press a button of a message; waiting counts from here."""
        button = next(b["id"] for b in shown["buttons"] if b["label"] == label)
        pressed = {"place": self.place, "as": who, "entry": shown["id"], "button": button}
        self._said = time.monotonic()
        await _post(self._client, "/simulator/press", pressed)

    def begin(self) -> None:
        """Waiting counts from here."""
        self._said = time.monotonic()

    async def seen_by(self, who: str) -> list[Shown]:
        """All that this person sees, each message in its newest form, the newest last."""
        path = f"/simulator/transcript?place={self.place}&as={who}"
        status, body = await self._client.get(path)
        newest = {shown["id"]: shown for shown in _read(path, status, body)["entries"]}
        return sorted(newest.values(), key=lambda shown: int(shown["n"]))

    async def until(self, wanted: Wanted, patience: float = 30.0) -> tuple[Shown, float]:
        """The first message from now on that is wanted, and seconds since the last word or press. TimeoutError."""
        seen: list[str] = []
        while time.monotonic() < self._said + patience:
            for shown in await self._more():
                if wanted(shown):
                    return shown, time.monotonic() - self._said
                seen.append(f"{shown['author']}: {shown['text'][:60]}")
        raise TimeoutError(f"waited {patience} s in {self.place} and saw only {seen}")

    async def quiet(self) -> None:
        """Wait until nothing of the Thread is under way."""
        while not (await self._transcript(5))["idle"]:
            pass

    async def _more(self) -> list[Shown]:
        return list((await self._transcript(5))["entries"])

    async def _transcript(self, wait: int) -> dict[str, Any]:
        path = f"/simulator/transcript?place={self.place}&after={self._next}&wait={wait}"
        status, body = await self._client.get(path)
        found: dict[str, Any] = _read(path, status, body)
        self._next = found["next"]
        return found


async def arrange(client: Client, **fault: Any) -> None:
    """A fault of the sandboxes."""
    await _post(client, "/simulator/faults", fault)


async def _post(client: Client, path: str, body: dict[str, Any]) -> dict[str, Any]:
    status, answer = await client.exchange("POST", path, json.dumps(body).encode())
    return _read(path, status, answer)


def _read(path: str, status: int, body: bytes) -> dict[str, Any]:
    if status >= 400:
        raise RuntimeError(f"{path}: {status} {body.decode(errors='replace')[:200]}")
    read: dict[str, Any] = json.loads(body)
    return read


def by(name: str) -> Wanted:
    """A complete message by this author."""
    return lambda shown: shown["author"] == name and not shown["partial"]


def titled(start: str) -> Wanted:
    """A complete message with a card whose title begins so."""
    return lambda shown: "card" in shown and shown["card"]["title"].startswith(start) and not shown["partial"]


@contextlib.asynccontextmanager
async def simulator(more: Mapping[str, str] | None = None) -> AsyncIterator[Client]:
    """Caravan as people run it, embedded with the simulator, on a fresh folder; `more` settings."""
    with tempfile.TemporaryDirectory(prefix="caravan-bench-") as scratch:
        environment = caravan_environment("", Path(scratch) / "data") | {"SIMULATOR": "1", **(more or {})}
        target = Target(["app.py"], environment, free_port(), Path(scratch) / "log")
        try:
            await target.start()
            yield Client(target.port)
        finally:
            await target.stop()
