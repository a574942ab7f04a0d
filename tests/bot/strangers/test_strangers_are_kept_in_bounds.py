"""Who is too fast hears it once and then nothing until it cools; the others notice nothing."""

from datetime import timedelta
from pathlib import Path

from bot.clock import SystemClock
from bot.documents import Replace
from bot.model import PEOPLE
from bot.people import first_id
from bot.strangers.documents import LOCKOUTS
from bot.strangers.guard import bounds
from tests.bot.parlour import Parlour, parlour

TIGHT = bounds(messages=5, work=2)


async def owner(p: Parlour) -> None:
    await p.say("home", "Owner", "hello")


async def flood(p: Parlour, who: str = "Mallory", place: str = "den", times: int = 8) -> None:
    for n in range(times):
        await p.say(place, who, f"/ping {n}")


async def test_the_sixth_of_five_is_slowed_down_once_and_the_rest_is_silence(tmp_path: Path) -> None:
    async with parlour(tmp_path, within=TIGHT) as p:
        await owner(p)
        await flood(p)
        assert p.texts("den")[:5] == [f"pong {n}" for n in range(5)]
        assert len(p.texts("den")) == 6
        assert "faster than I can keep up with" in p.texts("den")[-1]
        silent = await p.say("den", "Mallory", "/ping more")
        assert silent.outcome.startswith("silent until")
        assert silent.text == "/ping more"


async def test_others_in_the_same_chat_are_answered_all_the_while(tmp_path: Path) -> None:
    async with parlour(tmp_path, within=TIGHT) as p:
        await owner(p)
        await flood(p)
        await p.say("den", "Ana", "/ping me")
        assert p.texts("den")[-1] == "pong me"


async def test_it_cools_and_a_second_time_takes_longer(tmp_path: Path) -> None:
    clock = SystemClock()
    async with parlour(tmp_path, within=TIGHT, clock=clock) as p:
        await owner(p)
        await flood(p)
        clock.offset += timedelta(seconds=61)
        p.core.strangers.guard._pacing._left.clear()
        await p.say("den", "Mallory", "/ping again")
        assert p.texts("den")[-1] == "pong again"
        await flood(p)
        out = await p.store.get(LOCKOUTS, f"person:{first_id('paper:Mallory')}")
        assert out is not None
        assert (out.times, out.until - out.since) == (2, timedelta(minutes=2))


async def test_a_lockout_outlives_a_restart(tmp_path: Path) -> None:
    async with parlour(tmp_path, within=TIGHT) as p:
        await owner(p)
        await flood(p)
    async with parlour(tmp_path, within=TIGHT) as p:
        still = await p.say("other", "Mallory", "/ping 1")
        assert still.outcome.startswith("silent until")
        assert p.texts("other") == []


async def test_many_together_make_a_chat_too_fast_and_another_chat_is_not(tmp_path: Path) -> None:
    async with parlour(tmp_path, within=TIGHT) as p:
        await owner(p)
        for n in range(27):
            await p.say("den", f"Crowd{n % 9}", f"/ping {n}")
        assert any("more going on here" in t for t in p.texts("den"))
        await p.say("other", "Ana", "/ping fine")
        assert p.texts("other") == ["pong fine"]


async def test_keepers_are_never_locked_out(tmp_path: Path) -> None:
    async with parlour(tmp_path, within=TIGHT) as p:
        await owner(p)
        await flood(p, "Owner", "home", 12)
        assert p.texts("home")[-1] == "pong 11"


async def test_what_costs_has_a_bound_of_its_own(tmp_path: Path) -> None:
    async with parlour(tmp_path, within=bounds(messages=1000, work=2)) as p:
        await owner(p)
        guard, clock, began = p.core.strangers.guard, p.clock, p.clock.offset
        await p.say("den", "Ana", "hello")
        ana = await p.store.get(PEOPLE, first_id("paper:Ana"))
        assert ana is not None
        told = []
        for _ in range(6):
            try:
                guard.work(ana)
                told.append("")
            except Exception as kind:
                told.append(type(kind).__name__)
        assert told == ["", "", "", "", "Explain", "Explain"]
        assert clock.offset == began


async def test_what_is_said_while_silent_is_carried_nowhere(tmp_path: Path) -> None:
    async with parlour(tmp_path, within=TIGHT) as p:
        await owner(p)
        await p.say("den", "Ana", "/link")
        code = next(w for w in p.texts("den")[-1].split() if w.isupper() and len(w) == 8)
        await p.say("roof", "Ben", f"/link {code}")
        for n in range(9):
            await p.say("den", "Mallory", f"spam {n}")
        assert [t for t in p.texts("roof") if t.startswith("spam")] == [f"spam {n}" for n in range(5)]


async def test_a_keeper_may_lock_out_and_let_in(tmp_path: Path) -> None:
    """A role taken back later does not lift anything by itself."""
    async with parlour(tmp_path, within=TIGHT) as p:
        await owner(p)
        await flood(p)
        id = f"person:{first_id('paper:Mallory')}"
        out = await p.store.get(LOCKOUTS, id)
        assert out is not None
        await p.store.commit([Replace(LOCKOUTS, out)])
        await p.core.strangers.guard.changed()
        assert (await p.say("den", "Mallory", "/ping x")).outcome.startswith("silent until")
