"""A group on Slack with two personas plans and votes: the whole of Caravan in a process of its own, Slack beside it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.emulators.slack.people import labels, read
from tests.emulators.slack.server import Emulator, running_emulator
from tests.emulators.slack.world import Channel, Message, Workspace
from tests.stories.caravan import Caravan
from tests.waiting import PATIENCE, soon


class Group:
    """Ana, Ben and Chi in one channel of a workspace."""

    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator
        self.ws: Workspace = next(iter(emulator.world.workspaces.values()))
        self.room: Channel = emulator.world.channel(self.ws, "lamu-trip", "Ana", "Ben", "Chi")

    async def say(self, person: str, text: str) -> str:
        return await self.emulator.people.say(self.ws, self.room, person, text)

    async def command(self, person: str, command: str, text: str = "") -> None:
        await self.emulator.people.command(self.ws, self.room, person, command, text)

    async def press(self, person: str, message: Message, label: str) -> None:
        assert await self.emulator.people.press(self.ws, self.room, person, message.ts, label) == 200

    def seen(self, person: str = "Ana") -> list[Message]:
        """What a person sees of us."""
        return [m for m in self.emulator.people.seen(self.ws, self.room, person) if m.bot and not m.deleted]

    async def shown(self, so: Callable[[Message], bool], person: str = "Ana", after: str = "") -> Message:
        """The last message of ours that is so, when it comes; newer than another."""

        async def there() -> Message | None:
            newer = (m for m in reversed(self.seen(person)) if m.ts > after and not m.streaming)
            return next((m for m in newer if so(m)), None)

        found: Message = await soon(there)
        return found


@pytest.fixture
async def group(tmp_path: Path) -> AsyncIterator[Group]:
    async with running_emulator() as emulator:
        token = emulator.world.workspace().token
        caravan = Caravan(
            tmp_path, SLACK_BOT_TOKEN=token, SLACK_SIGNING_SECRET=emulator.deliveries.secret,
            SLACK_API_BASE=emulator.url,
        )  # fmt: skip
        await asyncio.to_thread(caravan.start)
        emulator.deliveries.hook, emulator.deliveries.wait = f"{caravan.url}/hooks/slack", PATIENCE
        try:
            yield Group(emulator)
        finally:
            await asyncio.to_thread(caravan.stop)


async def _persona(group: Group, person: str, name: str) -> None:
    """A persona by a command, everything else skipped by buttons."""
    before = group.seen()[-1].ts
    await group.command(person, "/persona", f"new {name}")
    asked = await group.shown(lambda m: "How should it talk?" in read(m), person, before)
    while "Skip" in labels(asked):
        await group.press(person, asked, "Skip")
        asked = await group.shown(lambda m: True, person, asked.ts)
    assert name in read(asked)


async def test_a_group_with_two_personas_plans_and_votes(group: Group) -> None:
    await group.emulator.people.join(group.ws, group.room, "Caravan", inviter="Ana")
    await group.shown(lambda m: bool(labels(m)))
    await _persona(group, "Ana", "Zuri")
    await _persona(group, "Ben", "Kito")
    for person in ("Ana", "Ben", "Chi"):
        await group.say(person, "this will be so good")
    await group.say("Ana", "Zuri, 3 days in Mombasa from Nairobi for 3 from 1 March 2027, beach and food")
    plan = await group.shown(lambda m: m.username == "Zuri" and "Mombasa, 01 Mar" in read(m))
    assert "Estimate" in read(plan) and "Budget" in labels(plan)
    await group.say("Ben", f"<@{group.ws.bot_user}> hotels in Mombasa on 12 December 2026 for 2 nights")
    hotels = await group.shown(lambda m: "Vote on these" in labels(m))
    assert len({m.text for m in group.seen() if m.ts == hotels.ts}) == 1
    await group.press("Chi", hotels, "Vote on these")
    vote = await group.shown(lambda m: "Which hotel?" in read(m))
    choice, *_ = labels(vote)
    for person in ("Ana", "Ben", "Chi"):
        await group.press(person, vote, choice)
    won = await group.shown(lambda m: "wins with" in read(m))
    assert choice in read(won)
    cart = await group.shown(lambda m: "Cart" in read(m))
    assert choice in read(cart)
    assert {m.username for m in group.seen()} >= {"", "Zuri"}
    assert group.emulator.people.wrong == []
    assert [refused for refused in group.emulator.refused if refused[1] != "ratelimited"] == []


async def test_what_is_for_one_person_is_seen_by_nobody_else(group: Group) -> None:
    await group.say("Ana", "hello")
    await group.command("Ana", "/caravan", "admin")
    mine = await group.shown(lambda m: "admin" in read(m).casefold() and bool(m.alone))
    assert mine.alone == group.emulator.world.person(group.ws, "Ana")
    await group.command("Ben", "/caravan", "admin")
    refused = await group.shown(lambda m: bool(m.alone), "Ben")
    assert read(refused) != read(mine)
    await group.command("Ana", "/why")
    reasons = await group.shown(lambda m: bool(m.alone), after=mine.ts)
    assert reasons.alone == mine.alone
    assert not [m for m in group.seen("Chi") if m.alone]
