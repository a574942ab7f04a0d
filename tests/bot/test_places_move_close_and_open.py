"""A group that goes on under another address stays one conversation; a closed place is told to the owner, once."""

from pathlib import Path
from typing import Any

from bot.model import Entry
from tests.bot.parlour import Parlour, parlour


def status(p: Parlour, place: str, id: str, **value: Any) -> Entry:
    about = f"paper:main:{place}"
    return Entry(
        id=f"{about}:status:{id}", thread="", what="status", at=p.clock.now(), place=about, value=value
    )  # fmt: skip


async def test_a_moved_group_is_the_same_conversation(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        first = await p.say("old", "Ana", "Lamu?")
        await p.hear(status(p, "old", "1", topic="moved", to="paper:main:new"))
        later = await p.say("new", "Ana", "/ping here")
        assert later.thread == first.thread
        thread = await p.thread("new")
        assert thread.places == ("paper:main:new",)
        assert thread.present[0].places == ("paper:main:new",)
        assert p.texts("new") == ["pong here"]


async def test_what_was_said_at_the_new_address_first_does_not_split_it(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        first = await p.say("old", "Ana", "Lamu?")
        await p.say("new", "Ana", "too early")
        await p.hear(status(p, "old", "1", topic="moved", to="paper:main:new"))
        assert (await p.say("new", "Ana", "now")).thread == first.thread
        again = await p.hear(status(p, "old", "2", topic="moved", to="paper:main:new"))
        assert again.outcome == "the place had moved before"


async def test_the_owner_is_told_once_of_a_closed_place(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await p.say("olga", "Olga", "/ping", value={"kind": "direct"})
        await p.say("den", "Ana", "Hello")
        for n in ("1", "2"):
            await p.hear(status(p, "den", n, topic="closed", why="removed"))
        told = [t for t in p.texts("olga") if "no longer write" in t]
        assert len(told) == 1 and "removed" in told[0]
        await p.hear(status(p, "den", "3", topic="opened"))
        await p.hear(status(p, "den", "4", topic="closed", why="removed"))
        assert len([t for t in p.texts("olga") if "no longer write" in t]) == 2


async def test_what_a_network_could_not_show_is_kept_with_its_reason(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        notice = p.entry("den", "Ana", "", what="notice", author="", value={"kind": "group", "ignored": "a pin"})
        assert (await p.hear(notice)).outcome == "ignored: a pin"
        refused = await p.say("den", "Ana", "film", value={"kind": "group", "refused": "film.mp4 is too large"})
        assert "film.mp4 is too large" in p.texts("den") and refused.handled
