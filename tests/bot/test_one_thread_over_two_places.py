"""A second place joins by its code; what is said in one is carried to the other."""

import asyncio
from pathlib import Path

from tests.bot.parlour import Parlour, parlour


async def joined(p: Parlour) -> None:
    await p.say("den", "Ana", "hello")
    await p.say("den", "Ana", "/link")
    code = next(w for w in p.texts("den")[-1].split() if w.isupper() and len(w) == 8)
    await p.say("roof", "Ben", f"/link {code}")
    p.channel.sent.clear()


async def test_words_are_carried_with_the_speakers_name_and_never_back(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await joined(p)
        await p.say("den", "Ana", "shall we go?")
        await p.say("roof", "Ben", "yes!")
        assert [(o.place, o.name, o.kind, o.content.text) for o in p.channel.sent] == [
            ("paper:main:roof", "Ana", "person", "shall we go?"),
            ("paper:main:den", "Ben", "person", "yes!"),
        ]


async def test_both_places_show_one_member_list(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await joined(p)
        assert [m.name for m in (await p.thread("roof")).present] == ["Ana", "Ben"]
        assert (await p.thread("roof")).id == (await p.thread("den")).id


async def test_edits_and_deletions_reach_the_carried_message(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await joined(p)
        said = await p.say("den", "Ana", "see you at 8")
        await p.say("den", "Ana", "see you at 9", what="edit", object=said.id)
        await p.say("den", "Ana", "", what="delete", object=said.id)
        sent = [(o.what, o.content.text, o.parts) for o in p.channel.sent]
        assert sent == [("send", "see you at 8", ()), ("edit", "see you at 9", (said.id,)), ("delete", "", (said.id,))]


async def test_nobody_edits_what_somebody_else_said(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await joined(p)
        said = await p.say("den", "Ana", "see you at 8")
        p.channel.sent.clear()
        forged = await p.say("den", "Ben", "never", what="edit", object=said.id)
        assert p.channel.sent == []
        assert "not theirs" in forged.outcome


async def test_a_code_works_once_and_for_ten_minutes(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await p.say("den", "Ana", "/link")
        code = next(w for w in p.texts("den")[-1].split() if w.isupper() and len(w) == 8)
        await p.later(minutes=11)
        await p.say("roof", "Ben", f"/link {code}")
        assert "not valid" in p.texts("roof")[-1]
        assert (await p.thread("roof")).id != (await p.thread("den")).id


async def test_answers_go_to_every_place_of_the_thread(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await joined(p)
        await p.say("roof", "Ben", "/ping all")
        assert sorted(o.place for o in p.channel.sent) == ["paper:main:den", "paper:main:roof"]


async def test_one_who_was_removed_is_no_member_any_more(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await joined(p)
        who = [{"identity": "paper:Ben", "name": "Ben"}]
        gone = p.entry("roof", "Ben", "", what="member")
        await p.hear(type(gone)(**{**_fields(gone), "value": {"removed": who}}))
        assert [m.name for m in (await p.thread("den")).present] == ["Ana"]


def _fields(entry: object) -> dict[str, object]:
    return {name: getattr(entry, name) for name in type(entry).__slots__}


async def test_two_trips_that_join_each_other_at_the_same_moment_become_one(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        codes = {}
        for place, who in (("den", "Ana"), ("roof", "Ben")):
            await p.say(place, who, "/link")
            codes[place] = next(w for w in p.texts(place)[-1].split() if w.isupper() and len(w) == 8)
        joining = [p.entry("den", "Ana", f"/link {codes['roof']}"), p.entry("roof", "Ben", f"/link {codes['den']}")]
        await asyncio.gather(*(p.core.log.append([entry]) for entry in joining))
        await p.settled()
        thread = await p.thread("den")
        assert thread == await p.thread("roof")
        assert sorted(thread.places) == ["paper:main:den", "paper:main:roof"]
        assert sorted(m.name for m in thread.present) == ["Ana", "Ben"]


async def test_a_code_that_two_places_use_at_the_same_moment_lets_one_in_and_tells_the_other(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await p.say("den", "Ana", "/link")
        code = next(w for w in p.texts("den")[-1].split() if w.isupper() and len(w) == 8)
        joining = [p.entry(place, "Ben", f"/link {code}") for place in ("roof", "cellar") for _ in range(3)]
        await asyncio.gather(*(p.core.log.append([entry]) for entry in joining))
        await p.settled()
        inside = [place for place in ("roof", "cellar") if (await p.thread(place)).id == (await p.thread("den")).id]
        assert len(inside) == 1
        outside = "cellar" if inside == ["roof"] else "roof"
        assert "not valid" in p.texts(outside)[-1]
