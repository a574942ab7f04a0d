"""Telegram takes a message or not, and answers or not, and our process dies meanwhile: what then stands in the chat."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.content import Content
from bot.deliver import Deliverer
from bot.documents import Insert
from bot.faultpoints import FaultPoints
from bot.locking.local import LocalLocks
from bot.model import ENTRIES, Answer, Delivery, Entry
from bot.texts import say
from tests.bot.parlour import Impatient
from tests.channels.telegram.wired import Wired, wired
from tests.waiting import soon

AGAIN = say("perhaps_again").strip("_")


class Chat:
    """A group on Telegram and what is on its way to it, sent by one process after the other."""

    def __init__(self, here: Wired) -> None:
        self.here, self.clock = here, Impatient()
        self.chat = here.emulator.group("Lamu", "Ana").id
        self.place = f"telegram:main:{self.chat}"

    @property
    def texts(self) -> list[str]:
        return self.here.emulator.texts(self.chat)

    def process(self) -> Deliverer:
        async def nobody(people: tuple[str, ...], place: str) -> tuple[str, ...]:
            return ()

        async def no_trip(thread: str, place: str) -> str:
            return ""

        channels = {"telegram": self.here.channel}
        return Deliverer(self.here.store, self.clock, LocalLocks(), channels, FaultPoints(), nobody, no_trip)

    async def answered(self, *texts: str) -> list[Entry]:
        """Entries whose answers still have to be sent."""
        entries = [self._entry(n, text) for n, text in enumerate(texts, 1)]
        await self.here.store.commit([Insert(ENTRIES, e) for e in entries])
        return [e for e in [await self.here.store.get(ENTRIES, e.id) for e in entries] if e]

    def _entry(self, number: int, text: str) -> Entry:
        id = f"{self.place}:message:{number}"
        answer = Answer(id=f"{id}/0", content=Content(text=text))
        delivery = Delivery(id=f"{answer.id}@{self.place}", place=self.place, answer=answer.id)
        return Entry(
            id=id, thread="t", what="command", at=self.clock.now(), arrival=number, place=self.place, handled=True,
            seq=number, answers=(answer,), deliveries=(delivery,),
        )  # fmt: skip

    async def sent(self, entries: list[Entry]) -> list[str]:
        """How all that was on its way ended, after a process had all the time it needs."""
        living = self.process()
        for entry in entries:
            living.put(entry, again=True)

        async def closed() -> bool:
            return not living.places and not await self.here.store.find(ENTRIES, {"open": True}, limit=1)

        await soon(closed)
        await living.close()
        found = [await self.here.store.get(ENTRIES, e.id) for e in entries]
        return [d.state for e in found if e for d in e.deliveries]

    async def dies(self, entries: list[Entry], kind: str) -> None:
        """A process that sends them is killed before it hears what Telegram made of the first."""
        self.here.emulator.trouble("sendMessage", kind, by=60)
        trouble, taken = self.here.emulator.floods.troubles[-1], len(self.texts) + (kind == "stuck")
        dying = self.process()
        for entry in entries:
            dying.put(entry, again=True)
        await soon(lambda: not trouble.times and len(self.texts) == taken)
        for task in list(dying._tasks):
            task.cancel()
        await asyncio.gather(*dying._tasks, return_exceptions=True)


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    async with wired(tmp_path) as here:
        yield Chat(here)


@pytest.mark.parametrize(("kinds", "shown"), [
    (("drop_before",), ["one"]),
    (("drop_after",), ["one", "one"]),
    (("drop_before", "drop_before"), [f"{AGAIN}\n\none"]),
    (("drop_after", "drop_before"), ["one", f"{AGAIN}\n\none"]),
    (("drop_after", "drop_after"), ["one", "one", f"{AGAIN}\n\none"]),
])  # fmt: skip
async def test_what_goes_unanswered_is_repeated_once_and_after_that_says_so(
    chat: Chat, kinds: tuple[str, ...], shown: list[str]
) -> None:
    for kind in kinds:
        chat.here.emulator.trouble("sendMessage", kind)
    assert await chat.sent(await chat.answered("one", "two")) == ["sent", "sent"]
    assert chat.texts == [*shown, "two"]


@pytest.mark.parametrize(("kind", "before"), [("slow", []), ("stuck", ["one", "one", "one"])])
async def test_a_process_that_dies_in_the_middle_again_and_again_loses_nothing(
    chat: Chat, kind: str, before: list[str]
) -> None:
    entries = await chat.answered("one", "two")
    for _ in range(3):
        await chat.dies(entries, kind)
    assert chat.texts == before
    chat.here.emulator.trouble("sendMessage", "drop_before", times=2)
    assert await chat.sent(entries) == ["sent", "sent"]
    assert chat.texts == [*before, f"{AGAIN}\n\none", "two"]


async def test_nothing_is_sent_into_a_silence_to_nobody(chat: Chat) -> None:
    here = chat.here
    here.emulator.trouble("sendMessage", "drop_before")
    here.emulator.trouble("getMe", "drop_before", times=5)
    here.emulator.trouble("getMe", "error", by=502, times=5)
    assert await chat.sent(await chat.answered("one")) == ["sent"]
    assert chat.texts == ["one"]
    assert [t.times for t in here.emulator.floods.troubles] == [0, 0, 0]


async def test_of_three_messages_the_second_is_refused_and_it_is_said(chat: Chat) -> None:
    chat.here.emulator.trouble("sendMessage", "slow", by=0)
    chat.here.emulator.trouble("sendMessage", "refuse")
    assert await chat.sent(await chat.answered("\n\n".join("word " * 500 for _ in range(4)), "two")) == [
        "failed", "sent", "sent",
    ]  # fmt: skip
    first, *rest = chat.texts
    assert first.startswith("word word") and rest == [say("missing"), "two"]
