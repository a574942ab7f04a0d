"""Webhook and long polling: redelivered until taken, never confirmed before it is stored, in the order of numbers."""

import asyncio
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.errors import Misconfigured, RetryLater
from bot.model import BLOBS, Entry
from bot.ports import ChannelParts
from bot.storage.sqlite import SqliteStore
from channels import CHANNELS
from channels.ordering import UpdateOrder
from tests.channels.telegram.wired import SECRET, Wired, made, wired
from tests.emulators.telegram import TOKEN
from tests.waiting import soon


async def test_what_was_refused_comes_again(tmp_path: Path) -> None:
    async with wired(tmp_path) as here:
        chat = here.emulator.group("Lamu", "Ana")
        await here.settled()
        here.heard.clear()
        here.refusing = 2
        for n in range(5):
            here.emulator.people.say(chat.id, "Ana", f"{n}")
        await here.settled()
        assert [e.text for e in here.heard] == ["0", "1", "2", "3", "4"]
        assert here.emulator.hooks.answers.count(503) == 2


async def test_chats_that_overtake_each_other_keep_their_own_order(tmp_path: Path) -> None:
    async with wired(tmp_path) as here:
        chats = [here.emulator.group(f"Group {n}", "Ana") for n in range(5)]
        await here.settled()
        here.heard.clear()
        here.emulator.hooks.shuffled = here.emulator.hooks.twice = True
        for n in range(40):
            here.emulator.people.say(chats[n % 5].id, "Ana", f"{n}")
        await here.settled()
        for chat in chats:
            mine = [int(e.text) for e in here.heard if e.place.endswith(str(chat.id))]
            assert mine == sorted(mine) and len(set(mine)) == 8
        assert len({e.id for e in here.heard}) == 40


async def test_an_update_that_overtook_another_waits_a_moment_for_it() -> None:
    order, gone = UpdateOrder(), []

    async def arrives(number: int) -> None:
        await order.turn(number)
        gone.append(number)

    await arrives(1)
    await asyncio.gather(*(arrives(n) for n in (3, 4, 2, 6, 5)))
    assert gone == [1, 2, 3, 4, 5, 6]
    for number in (10, 20, 30, 40, 50):  # a network that leaves numbers out is soon not waited for
        await arrives(number)
    assert gone[6:] == [10, 20, 30, 40, 50]


async def test_polling_confirms_what_is_stored_and_nothing_else(tmp_path: Path) -> None:
    async with wired(tmp_path, polling=True) as here:
        kept, trouble = here.inbox, [RetryLater(0.01, "the store is away")]

        async def inbox(entries: list[Entry]) -> None:
            if trouble:
                raise trouble.pop()
            await kept(entries)

        here.channel._inbox = inbox  # type: ignore[assignment]
        chat = here.emulator.group("Lamu", "Ana")
        for n in range(3):
            here.emulator.people.say(chat.id, "Ana", f"{n}")
        await soon(lambda: _confirmed(here))
        assert [e.text for e in here.heard if e.what == "message"] == ["0", "1", "2"]


async def _confirmed(here: Wired) -> bool:
    return not here.emulator.bot.updates and len(here.heard) >= 3


async def test_half_a_letter_stops_no_polling(tmp_path: Path) -> None:
    async with wired(tmp_path, polling=True) as here:
        chat = here.emulator.group("Lamu", "Ana")
        for text in ("half \ud83d", "whole"):
            here.emulator.people.say(chat.id, "Ana", text)
        await soon(lambda: _heard(here, "whole"))
        assert await _heard(here, "half \N{REPLACEMENT CHARACTER}")


async def test_a_restart_takes_up_what_was_not_confirmed(tmp_path: Path) -> None:
    async with wired(tmp_path, polling=True) as here:
        await here.channel.close()
        chat = here.emulator.group("Lamu", "Ana")
        here.emulator.people.say(chat.id, "Ana", "while you were out")
        await here.channel.open(here.inbox)
        await soon(lambda: _heard(here, "while you were out"))


async def _heard(here: Wired, text: str) -> bool:
    return text in [e.text for e in here.heard]


async def test_a_file_is_fetched_and_kept(tmp_path: Path) -> None:
    async with wired(tmp_path) as here:
        chat = here.emulator.group("Lamu", "Ana")
        here.emulator.people.send_file(chat.id, "Ana", "photo", b"a dhow", caption="/import now")
        await here.settled()
        [file] = here.heard[-1].files
        kept = await here.store.get(BLOBS, file.key)  # before a command is handled
        assert (here.heard[-1].what, kept and kept.data) == ("command", b"a dhow")
        here.emulator.people.send_file(chat.id, "Ana", "photo", b"another", caption="look")
        await here.settled()
        await soon(lambda: here.store.get(BLOBS, here.heard[-1].files[0].key))


async def test_in_privacy_mode_commands_and_replies_are_heard(tmp_path: Path) -> None:
    async with wired(tmp_path, privacy=True) as here:
        chat = here.emulator.world.group("Lamu", "Ana")
        here.emulator.people.add_bot(chat.id, "Ana", here.emulator.bot)
        for text in ("plain talk", "/ping a", "/rain@weather_bot", "more talk", "/ping@caravan_bot b"):
            here.emulator.people.say(chat.id, "Ana", text)
        await here.settled()
        assert [e.text for e in here.heard if e.what != "member"] == ["/ping a", "/ping@caravan_bot b"]


async def test_a_number_that_is_typed_presses_the_choice_it_names(tmp_path: Path) -> None:
    from bot.content import Button, Content
    from bot.ports import Outgoing

    async with wired(tmp_path) as here:
        chat = here.emulator.group("Lamu", "Ana")
        place = f"telegram:main:{chat.id}"
        long = tuple(Button(id=f"t{n}", label=f"{n} " + "x" * 70) for n in range(3))
        out = Outgoing(id="a", place=place, what="send", content=Content(text="Which?", buttons=long), shown="a")
        await here.channel.send(out)
        for typed in ("2", "seven", "9"):
            here.emulator.people.say(chat.id, "Ana", typed)
        await here.settled()
        pressed, *rest = here.heard[-3:]
        assert (pressed.what, pressed.object, pressed.value["token"]) == ("press", "a", "t1")
        assert [e.what for e in rest] == ["message", "message"]


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({"PUBLIC_URL": "https://x.example"}, "TELEGRAM_WEBHOOK_SECRET"),
        ({"PUBLIC_URL": "https://x.example", "TELEGRAM_WEBHOOK_SECRET": "not good!"}, "TELEGRAM_WEBHOOK_SECRET"),
    ],
)
def test_without_a_good_secret_it_does_not_start(tmp_path: Path, environ: dict[str, str], named: str) -> None:
    from bot.faults import StoredFaults

    store, clock = SqliteStore(tmp_path), SystemClock()
    parts = ChannelParts(
        store=store, clock=clock, faults=StoredFaults(store, clock), environ={"TELEGRAM_TOKEN": TOKEN, **environ}
    )  # fmt: skip
    with pytest.raises(Misconfigured, match=named):
        CHANNELS["telegram"](parts)
    off = ChannelParts(store=store, clock=clock, faults=StoredFaults(store, clock), environ=environ)
    assert CHANNELS["telegram"](off) is None


async def test_a_token_that_telegram_does_not_know_stops_the_start(tmp_path: Path) -> None:
    async with wired(tmp_path) as here:
        channel = made(
            here.store, SystemClock(), here.emulator, TELEGRAM_TOKEN="1:wrong", PUBLIC_URL="https://x.example",
            TELEGRAM_WEBHOOK_SECRET=SECRET,
        )  # fmt: skip
        with pytest.raises(Misconfigured, match="TELEGRAM_TOKEN"):
            await channel.open(here.inbox)
        await channel.close()
