"""Web and worker on one bot without a public address: one asks for updates, another goes on where it stopped."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.locking.local import LocalLocks
from channels.telegram.channel import TelegramChannel
from tests.channels.telegram.wired import Wired, made, wired
from tests.waiting import soon


class Quick(SystemClock):
    """Pauses are short."""

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(min(seconds, 0.01))


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Wired]:
    async with wired(tmp_path, polling=True) as here:
        await here.channel.close()
        yield here


def texts(here: Wired) -> list[str]:
    return [e.text for e in here.heard if e.what == "message"]


async def process(here: Wired, locks: LocalLocks) -> TelegramChannel:
    channel = made(here.store, Quick(), here.emulator, locks)
    await channel.open(here.inbox)
    return channel


async def test_one_asks_and_the_next_goes_on_when_it_ends(here: Wired) -> None:
    locks = LocalLocks()
    first, second = await process(here, locks), await process(here, locks)
    chat = here.emulator.group("Lamu", "Ana")
    for n in range(3):
        here.emulator.people.say(chat.id, "Ana", f"{n}")
    await soon(lambda: texts(here) == ["0", "1", "2"] and not here.emulator.bot.updates)
    await first.close()
    here.emulator.people.say(chat.id, "Ana", "3")
    await soon(lambda: texts(here) == ["0", "1", "2", "3"])
    await second.close()
    assert here.emulator.refused == []


async def test_what_is_heard_again_is_known_by_its_id(here: Wired) -> None:
    """A process that ended between storing and confirming: whoever asks next is told again, of the same."""
    locks = LocalLocks()
    chat = here.emulator.group("Lamu", "Ana")
    here.emulator.people.say(chat.id, "Ana", "once")
    told = list(here.emulator.bot.updates)
    first = await process(here, locks)
    await soon(lambda: texts(here) == ["once"] and not here.emulator.bot.updates)
    here.emulator.bot.updates[:] = told
    await first.close()
    second = await process(here, locks)
    await soon(lambda: texts(here) == ["once", "once"])
    await second.close()
    assert len({e.id for e in here.heard if e.what == "message"}) == 1


async def test_a_bot_that_is_removed_is_not_asked_for_any_more(here: Wired) -> None:
    channel = await process(here, LocalLocks())
    client = channel._clients["main"]
    await channel.account_removed("main")
    assert client.polling is not None
    await asyncio.wait([client.polling])
    assert client.polling.cancelled()
    await channel.close()
