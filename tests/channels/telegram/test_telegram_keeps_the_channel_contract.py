"""Telegram as every other channel, at the emulator of its Bot API."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.model import Entry
from bot.ports import RawRequest
from channels.telegram.channel import TelegramChannel
from tests.channels.telegram.wired import Wired, keep_blob, wired
from tests.contracts.channel_contract import ChannelContract, Seen


class TelegramSide:
    """Ana and Ben in a group of the emulator; both have started the bot."""

    def __init__(self, here: Wired, chat: int) -> None:
        self.here, self.chat = here, chat
        self.channel: TelegramChannel = here.channel
        self.place = f"telegram:main:{chat}"

    @property
    def heard(self) -> list[Entry]:
        return self.here.heard

    async def seen(self, person: str = "Ana") -> Sequence[Seen]:
        world = self.here.emulator.world
        said = world.chats[self.chat].messages.values()
        return [_seen(m) for m in said if m["from"]["is_bot"] and "new_chat_members" not in m]

    async def says(self, person: str, text: str, *, twice: bool = False) -> str:
        self.here.emulator.hooks.twice = twice
        message = self.here.emulator.people.say(self.chat, person, text)
        await self.here.settled()
        return str(message)

    async def edits(self, person: str, message: str, text: str) -> None:
        self.here.emulator.people.edit(self.chat, person, int(message), text)
        await self.here.settled()

    async def deletes(self, person: str, message: str) -> None:
        raise NotImplementedError("Telegram does not tell bots of deletions")

    async def reacts(self, person: str, message: str, emoji: str) -> None:
        self.here.emulator.people.react(self.chat, person, int(message), emoji)
        await self.here.settled()

    async def presses(self, person: str, message: str, label: str) -> None:
        self.here.emulator.people.press(self.chat, person, int(message), label)
        await self.here.settled()

    def reader(self, person: str) -> str:
        return f"telegram:{self.here.emulator.world.person(person)['id']}"

    def forged(self) -> RawRequest | None:
        headers = {"x-telegram-bot-api-secret-token": "guessed"}
        return RawRequest(method="POST", path="/hooks/telegram", query={}, headers=headers, body=b'{"update_id":1}')


def _seen(message: dict[str, Any]) -> Seen:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    files = tuple(message.get("_names", ()))
    return Seen(
        id=str(message["message_id"]), author=message["from"]["first_name"],
        text=message.get("text") or message.get("caption") or "", deleted=bool(message.get("_deleted")),
        reply_to=str(message.get("reply_to_message", {}).get("message_id", "")),
        buttons=tuple(b["text"] for row in rows for b in row), files=files,
    )  # fmt: skip


class TestTelegram(ChannelContract):
    @pytest.fixture
    async def network(self, tmp_path: Path) -> AsyncIterator[TelegramSide]:
        async with wired(tmp_path) as here:
            chat = here.emulator.group("Lamu", "Ana", "Ben")
            for name in ("Ana", "Ben"):
                here.emulator.people.start(name, here.emulator.bot)
            await here.settled()
            here.heard.clear()
            await keep_blob(here.store, "k")
            yield TelegramSide(here, chat.id)
