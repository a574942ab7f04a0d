"""The Store fails at any commit of the simulated network: whoever repeats a request makes one event of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.errors import RetryLater, Unknown
from tests.bot.faulty_store import FAULTS, FaultyStore
from tests.channels.simulator.stage import Json, Stage


class Shaken:
    """A stage whose Store fails at one commit after it was opened."""

    def __init__(self, folder: Path, fault: str, number: int) -> None:
        self.strikes = False
        self.stage = Stage(folder, lambda store: FaultyStore(store, self._trouble))
        self._fault, self._number, self._seen = fault, number, 0

    def _trouble(self, kind: str, number: int, ops: object) -> str:
        self._seen += self.strikes and kind == "commit"
        return self._fault if self.strikes and kind == "commit" and self._seen == self._number else ""

    async def post(self, what: str, **body: Any) -> Json:
        """As a careful program does: the same id again after a 503."""
        while True:
            async with self.stage.client.post(f"/simulator/{what}", json=body) as answer:
                assert answer.status in (200, 503), await answer.text()
                if answer.status == 200:
                    found: Json = await answer.json()
                    return found

    async def send(self, place: str, text: str) -> None:
        """As the Deliverer does: looked up and sent again under one id."""
        outgoing = self.stage.outgoing(place, text)
        while True:
            try:
                if await self.stage.channel.look_up(outgoing) is None:
                    await self.stage.channel.send(outgoing)
            except (RetryLater, Unknown):
                continue
            return


@asynccontextmanager
async def shaken(folder: Path, fault: str, number: int) -> AsyncIterator[Shaken]:
    one = Shaken(folder, fault, number)
    await one.stage.open()
    try:
        yield one
    finally:
        one.strikes = False
        await one.stage.close()


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("number", range(1, 11))
async def test_a_repeated_request_is_one_event_whatever_the_store_did(tmp_path: Path, fault: str, number: int) -> None:
    async with shaken(tmp_path, fault, number) as one:
        one.strikes = True
        place = (await one.post("places", title="Lamu", people=["Ana", "Ben"], id="p"))["place"]
        said = (await one.post("say", place=place, **{"as": "Ana"}, text="hello", id="s"))["entry"]
        await one.post("edit", place=place, **{"as": "Ana"}, entry=said, text="hello all", id="e")
        await one.post("react", place=place, **{"as": "Ben"}, entry=said, emoji="👍", id="r")
        await one.send(place, "hi")
        await one.post("delete", place=place, **{"as": "Ana"}, entry=said, id="d")
        one.strikes = False
        shown = await one.stage.shown(place)
        assert [(e["kind"], e["text"], e["revision"]) for e in shown] == [
            ("message", "hello", 1), ("message", "hello all", 2), ("message", "hello all", 3), ("message", "hi", 1),
            ("deleted", "", 4),
        ]  # fmt: skip
        heard = [e.what for e in one.stage.heard]
        assert sorted(heard) == sorted(["member", "message", "edit", "react", "delete"])
        assert len(await one.stage.channel.network.places()) == 1
