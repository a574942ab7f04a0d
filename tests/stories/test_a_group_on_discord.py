"""A group on Discord with two personas plans and votes: Caravan in a process of its own, Discord beside it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.emulators.discord.server import Emulator, running_emulator
from tests.emulators.discord.world import Json
from tests.stories.caravan import Caravan
from tests.waiting import PATIENCE, soon


class Group:
    """Ana, Ben and Chi in one channel of a server."""

    def __init__(self, emulator: Emulator) -> None:
        self.emulator, self.people = emulator, emulator.people
        self.room = emulator.world.add_channel("lamu-trip")

    async def say(self, person: str, text: str) -> None:
        await self.people.say(self.room, person, text)

    async def command(self, person: str, command: str, **options: str) -> None:
        await self.people.command(self.room, person, command, **options)

    async def press(self, person: str, message: Json, label: str) -> None:
        await self.people.press(self.room, person, message["id"], label)

    def seen(self, person: str = "Ana") -> list[Json]:
        """What a person sees of us."""
        there = self.people.seen(self.room, person)
        return [m for m in there if m["author"].get("bot") and not m["flags"] & 128]

    async def shown(self, so: Callable[[Json], bool], person: str = "Ana", after: int = 0) -> Json:
        """The last message of ours that is so, when it comes; newer than another."""

        async def there() -> Json | None:
            return next((m for m in reversed(self.seen(person)) if int(m["id"]) > after and so(m)), None)

        found: Json = await soon(there)
        return found


def read(message: Json) -> str:
    """All words of a message but its buttons'."""
    cards = "\n".join(f"{e.get('title', '')}\n{e.get('description', '')}" for e in message["embeds"])
    return f"{message['content']}\n{cards}".replace("\\", "")


def labels(message: Json) -> list[str]:
    """What can be pressed or chosen under a message."""
    controls = [c for row in message["components"] for c in row["components"]]
    return [
        label for c in controls for label in ([o["label"] for o in c["options"]] if "options" in c else [c["label"]])
    ]


@pytest.fixture(params=["gateway", "http"])
async def group(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Group]:
    async with running_emulator() as emulator:
        emulator.world.answer_within = PATIENCE
        by_http = {"DISCORD_PUBLIC_KEY": emulator.people.public_key} if request.param == "http" else {}
        caravan = Caravan(tmp_path, **emulator.environ(), **by_http)
        await asyncio.to_thread(caravan.start)
        emulator.people.endpoint = f"{caravan.url}/hooks/discord" if by_http else ""
        try:
            await emulator.listening()
            yield Group(emulator)
        finally:
            await asyncio.to_thread(caravan.stop)


async def _persona(group: Group, person: str, name: str) -> None:
    """A persona by a command, everything else skipped by buttons."""
    before = max((int(m["id"]) for m in group.seen()), default=0)
    await group.command(person, "persona-new", name=name)
    asked = await group.shown(lambda m: "How should it talk?" in read(m), person, before)
    while "Skip" in labels(asked):
        await group.press(person, asked, "Skip")
        asked = await group.shown(lambda m: True, person, int(asked["id"]))
    assert name in read(asked)


async def test_a_group_with_two_personas_plans_and_votes(group: Group) -> None:
    await group.say("Ana", "hello @Caravan")
    await group.shown(lambda m: bool(labels(m)))
    await _persona(group, "Ana", "Zuri")
    await _persona(group, "Ben", "Kito")
    for person in ("Ana", "Ben", "Chi"):
        await group.say(person, "this will be so good")
    await group.say("Ana", "Zuri, 3 days in Mombasa from Nairobi for 3 from 1 March 2027, beach and food")
    plan = await group.shown(lambda m: m["author"]["username"] == "Zuri" and "Mombasa, 01 Mar" in read(m))
    assert "Estimate" in read(plan) and "Budget" in labels(plan)
    await group.command("Ben", "hotels", location="Mombasa", check_in_date="2026-12-12", nights="2")
    hotels = await group.shown(lambda m: "Vote on these" in labels(m))
    await group.press("Chi", hotels, "Vote on these")
    vote = await group.shown(lambda m: "Which hotel?" in read(m))
    menu = next(c for row in vote["components"] for c in row["components"] if c["type"] == 3)
    choice = menu["options"][0]["label"]
    for person in ("Ana", "Ben", "Chi"):
        await group.press(person, vote, choice)
    won = await group.shown(lambda m: "wins with" in read(m))
    assert choice in read(won)
    cart = await group.shown(lambda m: "Cart" in read(m))
    assert choice in read(cart)
    assert {m["author"]["username"] for m in group.seen()} >= {"Caravan", "Zuri"}
    refused = [why for why in group.emulator.api.refused if ": 429 " not in why]
    assert (group.people.failed, refused, group.emulator.gateway.wrong) == ([], [], [])
    waiting = [a for a in group.emulator.world.interactions.values() if a.state == "thinking"]
    assert waiting == []


async def test_what_is_for_one_person_is_seen_by_nobody_else(group: Group) -> None:
    await group.say("Ana", "hello")
    await group.command("Ana", "admin")
    mine = await group.shown(lambda m: "admin" in read(m).casefold() and bool(m.get("only_for")))
    assert mine["only_for"] == group.emulator.world.person("Ana")
    await group.command("Ben", "admin")
    refused = await group.shown(lambda m: bool(m.get("only_for")), "Ben")
    assert "You may not do that." in read(refused) and "Admin" not in read(refused)
    await group.command("Ana", "why")
    why = await group.shown(lambda m: int(m["id"]) > int(mine["id"]) and bool(m.get("only_for")))
    assert "hello" in read(why) and why["only_for"] == mine["only_for"]
    assert [m for m in group.seen("Chi") if m.get("only_for")] == []


async def test_after_a_restart_what_was_said_meanwhile_is_answered(tmp_path: Path) -> None:
    async with running_emulator() as emulator:
        caravan = Caravan(tmp_path, **emulator.environ())
        group = Group(emulator)
        await asyncio.to_thread(caravan.start)
        await emulator.listening()
        await group.say("Ana", "/ping one")
        await group.shown(lambda m: "pong one" in read(m))
        await asyncio.to_thread(caravan.stop)
        await group.say("Ana", "/ping two")
        await asyncio.to_thread(caravan.start)
        await group.shown(lambda m: "pong two" in read(m))
        await asyncio.to_thread(caravan.stop)
        assert [read(m).strip() for m in group.seen()].count("pong one") == 1
