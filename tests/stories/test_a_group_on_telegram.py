"""Three people and two personas in a Telegram group: they plan, vote, are told things alone, through a restart."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.emulators.telegram import TOKEN, Emulator, running_emulator
from tests.stories.caravan import Caravan
from tests.waiting import soon

SECRET = "of-the-story"
HOTELS = "Zuri, hotels in Mombasa from 12 December for 2 nights"


class Group:
    """A chat of the emulator, spoken to by people and read as it stands now."""

    def __init__(self, emulator: Emulator, chat: int) -> None:
        self.emulator, self.chat = emulator, chat

    @property
    def ours(self) -> list[dict[str, Any]]:
        said = self.emulator.world.chats[self.chat].messages.values()
        return [m for m in said if m["from"]["is_bot"] and not m.get("_deleted") and "new_chat_members" not in m]

    async def say(self, name: str, text: str, wanted: str = "", **more: Any) -> dict[str, Any]:
        """What Caravan answers with these words in it."""
        before = len(self.ours)
        self.emulator.people.say(self.chat, name, text, **more)
        return await self.answer(wanted, before)

    async def press(self, name: str, message: dict[str, Any], label: str) -> str:
        return self.emulator.people.press(self.chat, name, int(message["message_id"]), label)

    async def answer(self, wanted: str, after: int) -> dict[str, Any]:
        async def found() -> dict[str, Any] | None:
            return next((m for m in self.ours[after:] if wanted in _words(m)), None)

        message: dict[str, Any] = await soon(found)
        return message

    async def noted(self, press: str) -> tuple[str, bool]:
        """How a press was answered over the group."""

        async def found() -> Any:
            return self.emulator.world.callbacks[press]["answered"]

        answered: tuple[str, bool] = await soon(found)
        return answered


def _words(message: dict[str, Any]) -> str:
    return str(message.get("text") or message.get("caption") or "")


def labels(message: dict[str, Any]) -> list[str]:
    return [b["text"] for row in message.get("reply_markup", {}).get("inline_keyboard", []) for b in row]


@pytest.fixture
async def telegram() -> AsyncIterator[Emulator]:
    async with running_emulator() as emulator:
        yield emulator


@pytest.fixture
async def caravan(tmp_path: Path, telegram: Emulator) -> AsyncIterator[Caravan]:
    running = Caravan(
        tmp_path, TELEGRAM_TOKEN=TOKEN, TELEGRAM_API_BASE=telegram.url, TELEGRAM_WEBHOOK_SECRET=SECRET
    )  # fmt: skip
    running.given["PUBLIC_URL"] = running.url
    await asyncio.to_thread(running.start)
    yield running
    await asyncio.to_thread(running.stop)
    assert "Traceback" not in running.log


async def test_a_group_of_three_with_two_personas_plans_and_votes(caravan: Caravan, telegram: Emulator) -> None:
    group = Group(telegram, telegram.group("Lamu", "Ana", "Ben", "Chi").id)
    welcome = await group.answer("Welcome to Caravan", 0)
    assert "Plan a trip" in labels(welcome)
    menus = {key.partition(":")[0] for key in telegram.bot.commands}
    assert menus == {"default", "all_private_chats", "all_group_chats"}

    zuri = await group.say("Ana", "Caravan, create a persona called Zuri who loves beaches", "Zuri is ready")
    await group.say("Ben", "Caravan, create a persona called Kito who loves museums and luxury", "Kito is ready")
    refused = await group.noted(await group.press("Ben", zuri, "Delete"))
    assert refused[1] and 0 < len(refused[0]) <= 200  # over the group, for Ben alone

    talk = telegram.people.say(group.chat, "Chi", "this will be so good")
    hotels = await group.say("Ana", HOTELS, "Hotels in Mombasa")
    assert _words(hotels).startswith("Zuri:") and "Vote on these" in labels(hotels)
    spoken = next(m for m in group.ours if _words(m).startswith("Zuri: "))
    assert _words(spoken.get("reply_to_message", {})) == HOTELS
    assert not [m for m in group.ours if m.get("reply_to_message", {}).get("message_id") == talk]
    kito = await group.say("Ben", "And you, Kito?", "Kito: ")
    await group.say("Chi", "What about museums?", "Kito: ", reply_to=int(kito["message_id"]))

    vote = await group.say("Chi", "/poll 1 2", "Which hotel?")
    first, second, *_ = labels(vote)
    for name, choice in (("Ana", first), ("Ben", second)):
        answered = await group.noted(await group.press(name, vote, choice))
        assert answered == ("", False)

    async def counted() -> bool:
        return _words(telegram.world.chats[group.chat].messages[vote["message_id"]]).count("1 vote") == 2

    await soon(counted)  # the same message in new words
    await group.press("Chi", vote, first)
    await group.answer(f"{first} wins with 2 votes of 3", 0)
    await group.answer("Cart", 0)


async def test_what_is_for_one_alone_and_what_was_said_while_caravan_was_out(
    caravan: Caravan, telegram: Emulator
) -> None:
    group = Group(telegram, telegram.group("Lamu", "Ana", "Ben").id)
    await group.answer("Welcome to Caravan", 0)
    opens = await group.say("Ben", "/privacy", "Ben, I have something for you alone")
    [button] = opens["reply_markup"]["inline_keyboard"][0]
    assert button["url"] == "https://t.me/caravan_bot?start=here"
    own = Group(telegram, telegram.people.start("Ben", telegram.bot, "here").id)
    await own.answer("Welcome to Caravan", 0)
    before = len(group.ours)
    telegram.people.say(group.chat, "Ben", "/privacy")
    await own.answer("What I hold about you", 0)
    assert len(group.ours) == before

    await asyncio.to_thread(caravan.stop)
    for n in range(3):
        telegram.people.say(group.chat, "Ana", f"/ping {n}")
    await asyncio.to_thread(caravan.start)
    await group.answer("pong 2", 0)
    assert [_words(m) for m in group.ours[-3:]] == ["pong 0", "pong 1", "pong 2"]

    new = telegram.people.migrate(group.chat, "Ana")
    moved = Group(telegram, new)
    await telegram.hooks.settled()
    await moved.say("Ana", "/ping there", "pong there")
    assert "Ben" in _words(await moved.say("Ana", "/members", "Ben"))  # the same conversation

    telegram.people.kick_bot(new, "Ben", telegram.bot)
    anas = Group(telegram, telegram.people.start("Ana", telegram.bot).id)
    await anas.answer("Welcome to Caravan", 0)
    assert telegram.refused == []


async def test_the_owner_hears_of_a_group_that_is_lost(caravan: Caravan, telegram: Emulator) -> None:
    owner = Group(telegram, telegram.people.start("Olga", telegram.bot).id)
    await owner.answer("Welcome to Caravan", 0)
    group = Group(telegram, telegram.group("Diani", "Olga", "Ben").id)
    await group.answer("Welcome to Caravan", 0)
    telegram.people.kick_bot(group.chat, "Ben", telegram.bot)
    told = await owner.answer("I can no longer write to Diani on Telegram", 0)
    assert "removed" in _words(told)
    why = await owner.say("Olga", "/why", "Why")
    assert _words(why)
