"""The simulator as itself and as each network whose limits it imposes."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from bot.model import Entry
from bot.ports import RawRequest
from channels.simulator.inbound import identity
from tests.channels.simulator.stage import Stage, staged
from tests.contracts.channel_contract import ChannelContract, Seen


class SimulatedSide:
    """The simulator's people, by its HTTP interface."""

    def __init__(self, stage: Stage, place: str) -> None:
        self.stage, self.channel, self.place = stage, stage.channel, place
        self.heard: list[Entry] = []

    async def inbox(self, entries: Sequence[Entry]) -> None:
        self.heard += entries

    async def seen(self, person: str = "Ana") -> Sequence[Seen]:
        found = await self.stage.now_shown(self.place, person)
        return [_seen(entry) for entry in found]

    async def says(self, person: str, text: str, *, twice: bool = False) -> str:
        if twice:
            await self.stage.post("faults", target="channel", kind="doubled_notice")
        return str((await self.stage.post("say", place=self.place, as_=person, text=text))["entry"])

    async def edits(self, person: str, message: str, text: str) -> None:
        await self.stage.post("edit", place=self.place, as_=person, entry=message, text=text)

    async def deletes(self, person: str, message: str) -> None:
        await self.stage.post("delete", place=self.place, as_=person, entry=message)

    async def reacts(self, person: str, message: str, emoji: str) -> None:
        await self.stage.post("react", place=self.place, as_=person, entry=message, emoji=emoji)

    async def presses(self, person: str, message: str, label: str) -> None:
        await self.stage.post("press", place=self.place, as_=person, entry=message, button=label)

    def reader(self, person: str) -> str:
        return identity(person)

    def forged(self) -> RawRequest | None:
        return None


def _seen(entry: dict[str, object]) -> Seen:
    named = {name: tuple(str(item[key]) for item in entry.get(name, ())) for name, key in NAMES.items()}  # type: ignore[attr-defined]
    card = entry.get("card")
    return Seen(
        id=str(entry["id"]), author=str(entry["author"]), text=f"{entry['text']}{card or ''}", **named,
        deleted=entry["kind"] == "deleted", reply_to=str(entry.get("reply_to", "")),
    )  # fmt: skip


NAMES = {"buttons": "label", "files": "name", "form": "name"}


class TestSimulator(ChannelContract):
    like = ""

    @pytest.fixture
    async def network(self, tmp_path: Path) -> AsyncIterator[SimulatedSide]:
        async with staged(tmp_path) as stage:
            side = SimulatedSide(stage, await stage.place("Ana", "Ben", like=self.like))
            await stage.channel.notices.settle()
            await stage.channel.open(side.inbox)
            yield side

    async def test_a_persons_deletion_names_the_message(self, network: SimulatedSide) -> None:
        message = await network.says("Ana", "Oops")
        await network.deletes("Ana", message)
        assert [(e.what, e.object) for e in network.heard[1:]] == [("delete", message)]


class TestLikeTelegram(TestSimulator):
    like = "telegram"


class TestLikeSlack(TestSimulator):
    like = "slack"


class TestLikeDiscord(TestSimulator):
    like = "discord"


class TestLikeWhatsapp(TestSimulator):
    like = "whatsapp"
