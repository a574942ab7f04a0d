"""Words, values and handlers that are meant to break, block or flood: each Entry is handled, the next one too."""

import time
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.capability import Effect, Text, capability
from bot.content import Draft, File
from bot.errors import Conflict
from bot.floor import called, spoken_to, unaddressed
from bot.minds import Scene, Words
from bot.ports import Ask, Outcome, Reply
from bot.redact import redact
from tests.bot.parlour import Parlour, SilentBrain, parlour
from tests.bot.test_attacks_through_personas import seat_zuri

HALF = "\ud83d"
NAMES = ("Zuri", "Kito", "Amara", "Baraka", "Aa", "Bb", "Cc", "Dd")
MANY = 20_000
ENDLESS = [
    unit * (MANY // len(unit))
    for unit in (
        "!", " ", " !", ",", "\n", "a", "1", "1 ", "5 6 ", "4 1 ", "1.", "1-", "a,", "and ", "zuri ", "zuri!", "@zuri",
        "zuri,", "hey,", "hey ", "@", "'",
        "/", "_", "👩‍👩‍👧", "\u0301", "ß", "İ", "\u202e", "(", "[", "\\", "12/27 4111 ",
    )
]  # fmt: skip


class Traps:
    """Capabilities that break in every way that code can."""

    @capability("Raise", command="raise", effect=Effect.CHANGE)
    async def trap(self, ask: Ask) -> Reply:
        raise ZeroDivisionError("a bug")

    @capability("Say half a character", command="half", effect=Effect.CHANGE)
    async def half(self, ask: Ask) -> Reply:
        return Reply(drafts=(Draft(text=HALF),))

    @capability("Keep what cannot be kept", command="keep", effect=Effect.CHANGE)
    async def keep(self, ask: Ask) -> Reply:
        return Reply(keep={"n": object()})

    @capability("Clash for ever", command="clash", effect=Effect.CHANGE)
    async def clash(self, ask: Ask) -> Reply:
        assert ask.entry is not None
        return Reply(entries=(ask.entry,), drafts=(Draft(text="never"),))

    @capability("Break slowly", command="slow", slow=True)
    async def slow(self, ask: Ask, *, how: Text = "raise") -> Reply:
        if how == "raise":
            raise ZeroDivisionError("a bug")
        return Reply(drafts=(Draft(text=HALF),))


class BrokenBrain:
    """Raises whenever it thinks."""

    name = "broken"

    async def think(self, scene: Scene, done: Sequence[Outcome]) -> AsyncIterator[Words]:
        raise ZeroDivisionError("a bug")
        yield Words(text="")


async def goes_on(p: Parlour, text: str, **more: Any) -> list[str]:
    """What is answered to a message; the Thread must answer the next one as well."""
    p.channel.sent.clear()
    entry = await p.say("den", "Ana", text, **more)
    for _ in range(3):
        await p.later(seconds=60)
    assert entry.handled
    answers = p.texts("den")
    await p.say("den", "Ana", "/ping still here")
    assert p.texts("den")[-1] == "pong still here"
    return answers


@pytest.mark.parametrize("command", ["/raise", "/half", "/keep", "/clash", "/slow raise"])
async def test_what_breaks_is_told_kindly_and_stops_nobody(tmp_path: Path, command: str) -> None:
    async with parlour(tmp_path, Traps()) as p:
        (answer,) = await goes_on(p, command)
        assert "went wrong" in answer


async def test_a_brain_that_always_breaks_ends_in_an_apology(tmp_path: Path) -> None:
    async with parlour(tmp_path, brain=BrokenBrain()) as p:
        await seat_zuri(p, "Ana")
        (answer,) = await goes_on(p, "Zuri, hello")
        assert "went wrong" in answer


async def test_what_a_brain_says_in_half_characters_is_readable(tmp_path: Path) -> None:
    async with parlour(tmp_path, brain=SilentBrain(lambda scene: (Words(text=f"hi{HALF}"),))) as p:
        await seat_zuri(p, "Ana")
        assert await goes_on(p, "Zuri, hello") == ["hi\ufffd"]


async def test_a_slow_answer_in_half_characters_is_readable(tmp_path: Path) -> None:
    async with parlour(tmp_path, Traps()) as p:
        assert await goes_on(p, "/slow half") == ["\ufffd"]


async def test_half_characters_from_a_network_are_kept_readable(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        value = {"kind": "group", "title": f"t{HALF}", "values": {"n": 10**40, f"k{HALF}": [HALF]}}
        file = File(name=f"f{HALF}", mime="text/plain", key="k", size=1)
        entry = await p.say(
            "den", "Ana", f"a{HALF}b 4111 1111 1111 1111", value=value, files=(file,), name=f"Ana{HALF}"
        )
        assert entry.text == "a\ufffdb [card number removed]"
        assert entry.value["values"] == {"n": str(10**40), "k\ufffd": ["\ufffd"]}
        assert (entry.files[0].name, entry.name) == ("f\ufffd", "Ana\ufffd")


async def test_half_characters_in_ids_do_not_stop_their_thread(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        entry = p.entry(f"den{HALF}", "Ana", "/ping one")
        await p.core.log.append([entry, entry])
        await p.settled()
        assert p.texts("den\ufffd") == ["pong one"]


@pytest.mark.parametrize("text", ENDLESS, ids=lambda text: repr(text[:8]))
async def test_endless_text_is_answered_or_left_alone(tmp_path: Path, text: str) -> None:
    async with parlour(tmp_path) as p:
        await seat_zuri(p, "Ana")
        await goes_on(p, text)
        await goes_on(p, f"Zuri, {text}")


@pytest.mark.parametrize("text", ENDLESS, ids=lambda text: repr(text[:8]))
@pytest.mark.parametrize(
    "read",
    [redact, *(lambda t, f=f: f(t, NAMES) for f in (spoken_to, unaddressed, called))],
    ids=["redact", "spoken_to", "unaddressed", "called"],
)
def test_endless_text_takes_no_endless_time(text: str, read: Callable[[str], object]) -> None:
    began = time.process_time()
    read(text)
    assert time.process_time() - began < 2  # it took 17 seconds; a hundredth of this is usual


async def test_a_command_may_name_us_and_keeps_its_words(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await p.say("den", "Ana", "/ping@caravan_bot two words")
        assert p.texts("den") == ["pong two words"]


async def test_what_cannot_be_stored_at_all_is_refused(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        with pytest.raises((TypeError, ValueError, Conflict)):
            await p.core.log.append([p.entry("den", "Ana", "hello", value={"x": object()})])
        await goes_on(p, "hello")
