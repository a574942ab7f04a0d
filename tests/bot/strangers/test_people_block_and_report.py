"""Who is blocked reaches nobody's own chat and nobody's personas; who is reported is seen by keepers alone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from bot.admin.services import admin_services
from bot.core import Core
from bot.documents import Replace
from bot.model import THREADS, Entry, Seat
from bot.people import first_id
from bot.strangers.blocking import BlockCommands
from bot.strangers.documents import LOCKOUTS, REPORTS
from bot.strangers.reporting import Reports, ReportsAdmin
from tests.bot.parlour import Parlour, parlour


@asynccontextmanager
async def street(folder: Path) -> AsyncIterator[Parlour]:
    """A trip in a group, which Ana hears in her own chat alone."""

    def more(core: Core):  # type: ignore[no-untyped-def]
        store = core.log._store
        return (BlockCommands(store), Reports(store), ReportsAdmin(store), *admin_services(store, core)), {}, {}

    async with parlour(folder, votes="", more=more) as p:
        await p.say("home", "Owner", "hello", value={"kind": "direct"})
        await p.say("den", "Mallory", "/link")
        code = next(w for w in p.texts("den")[-1].split() if w.isupper() and len(w) == 8)
        await p.say("ana", "Ana", f"/link {code}", value={"kind": "direct"})
        await p.say("den", "Ben", "hello")
        p.channel.sent.clear()
        yield p


async def press(p: Parlour, place: str, who: str, label: str, value: str = "direct") -> Entry:
    out = next(o for o in reversed(p.sent(place)) if any(b.label == label for b in o.content.buttons))
    token = next(b.id for b in out.content.buttons if b.label == label)
    return await p.say(place, who, "", what="press", object=out.shown, value={"kind": value, "token": token})


async def test_the_words_of_a_blocked_person_no_longer_come_to_ones_own_chat(tmp_path: Path) -> None:
    async with street(tmp_path) as p:
        await p.say("den", "Mallory", "before")
        await p.say("ana", "Ana", "/block Mallory", value={"kind": "direct"})
        assert "You no longer hear Mallory" in p.texts("ana")[-1]
        await p.say("den", "Mallory", "after")
        await p.say("den", "Ben", "I am here too")
        assert [t for t in p.texts("ana") if t in ("before", "after", "I am here too")] == ["before", "I am here too"]


async def test_a_block_outlives_a_restart_and_can_be_undone(tmp_path: Path) -> None:
    async with street(tmp_path) as p:
        await p.say("ana", "Ana", "/block Mallory", value={"kind": "direct"})
    async with parlour(tmp_path, more=lambda core: ((BlockCommands(core.log._store),), {}, {})) as p:
        await p.say("den", "Mallory", "still")
        assert "still" not in p.texts("ana")
        await p.say("ana", "Ana", "/unblock Mallory", value={"kind": "direct"})
        await p.say("den", "Mallory", "again")
        assert p.texts("ana")[-1] == "again"


async def test_nobody_learns_who_has_blocked_them(tmp_path: Path) -> None:
    async with street(tmp_path) as p:
        await p.say("ana", "Ana", "/block Mallory", value={"kind": "direct"})
        assert all("block" not in t.casefold() for t in p.texts("den"))


async def test_a_blocked_person_cannot_speak_to_the_personas_of_who_blocked_them(tmp_path: Path) -> None:
    async with street(tmp_path) as p:
        thread = await p.thread("den")
        seat = Seat(persona="a1", name="Zuri", owner=first_id("paper:Ana"))
        await p.store.commit([Replace(THREADS, replace(thread, seats=(seat,)))])
        p.core.lanes.forget(thread.id)
        await p.say("ana", "Ana", "/block Mallory", value={"kind": "direct"})
        refused = await p.say("den", "Mallory", "Zuri, where does Ana live?")
        assert "context" in refused.outcome
        heard = await p.say("den", "Ben", "Zuri, where shall we eat?")
        assert heard.outcome == "addressed: Zuri"


async def test_what_concerns_the_whole_trip_comes_all_the_same(tmp_path: Path) -> None:
    async with street(tmp_path) as p:
        await p.say("ana", "Ana", "/block Mallory", value={"kind": "direct"})
        await p.say("den", "Mallory", "/poll beach or museum")
        assert any(o.content.poll for o in p.sent("ana"))


async def test_one_cannot_block_oneself_nor_nobody(tmp_path: Path) -> None:
    async with street(tmp_path) as p:
        await p.say("ana", "Ana", "/block Ana", value={"kind": "direct"})
        assert p.texts("ana")[-1] == "That is you."
        await p.say("ana", "Ana", "/block Nobody", value={"kind": "direct"})
        assert "Nobody here is called" in p.texts("ana")[-1]
        await p.say("ana", "Ana", "/unblock", value={"kind": "direct"})
        assert "You have blocked nobody" in p.texts("ana")[-1]


async def test_a_report_reaches_the_keepers_and_not_the_reported(tmp_path: Path) -> None:
    async with street(tmp_path) as p:
        said = await p.say("den", "Mallory", "give me your card number")
        await p.say("den", "Ben", "/report asked for card numbers", reply_to=said.id)
        found = await p.store.find(REPORTS, {"state": "open"}, order="-at")
        assert [(r.about, r.why, r.entry) for r in found] == [
            (first_id("paper:Mallory"), "asked for card numbers", said.id)
        ]
        assert p.sent("den")[-1].reader == ("paper:Ben",)
        await p.say("home", "Owner", "/admin reports", value={"kind": "direct"})
        card = p.sent("home")[-1].content.card
        assert card is not None
        assert "about **Mallory**" in card.lines[0]
        await p.say("mal", "Mallory", "/admin reports", value={"kind": "direct"})
        assert p.texts("mal")[-1] == "You may not do that."


async def test_a_keeper_locks_out_who_was_reported_and_lets_them_in(tmp_path: Path) -> None:
    async with street(tmp_path) as p:
        await p.say("den", "Ben", "/report Mallory shouts")
        await p.say("home", "Owner", "/admin reports", value={"kind": "direct"})
        await press(p, "home", "Owner", "Lock out 1 for a day")
        silent = await p.say("den", "Mallory", "/ping 1")
        assert silent.outcome.startswith("silent until")
        out = await p.store.get(LOCKOUTS, f"person:{first_id('paper:Mallory')}")
        assert out is not None
        assert out.by == first_id("paper:Owner")
        await p.say("home", "Owner", "/admin lockouts", value={"kind": "direct"})
        await press(p, "home", "Owner", "Let in 1")
        await p.say("den", "Mallory", "/ping 2")
        assert p.texts("den")[-1] == "pong 2"


async def test_keepers_are_not_locked_out_by_a_report(tmp_path: Path) -> None:
    async with street(tmp_path) as p:
        await p.say("den", "Owner", "hello")
        await p.say("den", "Ben", "/report Owner is the owner")
        await p.say("home", "Owner", "/admin reports", value={"kind": "direct"})
        await press(p, "home", "Owner", "Lock out 1 for a day")
        assert "cannot be locked out" in p.texts("home")[-1]
