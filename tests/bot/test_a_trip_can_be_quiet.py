"""/mute and /digest in one's own chat: chatter waits for one message; what concerns one comes at once."""

from datetime import UTC, datetime
from pathlib import Path

from bot.hush import digest_job
from bot.model import Hush, Thread
from bot.ports import Subject
from bot.privacy.erasing import without
from tests.bot.parlour import Parlour, parlour

DIRECT = {"kind": "direct"}


async def joined(p: Parlour) -> None:
    await p.say("den", "Ana", "hello")
    await p.say("den", "Ana", "/link")
    code = next(w for w in p.texts("den")[-1].split() if w.isupper() and len(w) == 8)
    await ben(p, f"/link {code}")


async def ben(p: Parlour, text: str) -> None:
    await p.say("roof", "Ben", text, value=DIRECT)


async def test_a_digest_tells_in_one_message_what_was_said_meanwhile(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await joined(p)
        await ben(p, "/digest 20")
        p.channel.sent.clear()
        for text in ("the ferry is at 7", "bring water"):
            await p.say("den", "Ana", text)
        await p.say("den", "Ana", "/ping all")
        assert p.texts("roof") == []
        await p.later(minutes=21)
        [told] = p.texts("roof")
        assert "3 messages" in told and told.index("ferry") < told.index("water") < told.index("pong all")
        await p.later(minutes=60)
        assert len(p.texts("roof")) == 1
        await p.say("den", "Ana", "the next thing")
        await p.later(minutes=21)
        assert "the next thing" in p.texts("roof")[-1] and "ferry" not in p.texts("roof")[-1]


async def test_ones_own_name_and_answers_to_ones_own_words_come_at_once(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await joined(p)
        await ben(p, "/mute")
        p.channel.sent.clear()
        await p.say("den", "Ana", "nothing for anybody")
        await p.say("den", "Ana", "ben, are you there?")
        await p.say("den", "Ana", "a bench is no Ben's")
        assert p.texts("roof") == ["ben, are you there?", "a bench is no Ben's"]
        await ben(p, "/ping me")
        assert p.texts("roof")[-1] == "pong me"


async def test_mute_ends_by_itself_with_what_was_said(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await joined(p)
        await ben(p, "/mute 2")
        p.channel.sent.clear()
        await p.say("den", "Ana", "one")
        await p.later(minutes=60)
        assert p.texts("roof") == []
        await p.later(minutes=61)
        assert "one" in p.texts("roof")[-1] and len(p.texts("roof")) == 1
        await p.say("den", "Ana", "two")
        assert p.texts("roof")[-1] == "two"


async def test_mute_off_tells_it_now(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await joined(p)
        await ben(p, "/mute")
        await p.say("den", "Ana", "one")
        await ben(p, "/mute off")
        assert "one" in p.texts("roof")[-1]
        await ben(p, "/mute off")
        assert "everything at once" in p.texts("roof")[-1]


async def test_an_edit_before_the_digest_is_told_in_its_last_words(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await joined(p)
        await ben(p, "/digest 20")
        p.channel.sent.clear()
        said = await p.say("den", "Ana", "at 7")
        await p.say("den", "Ana", "at 8", what="edit", object=said.id)
        await p.later(minutes=21)
        [told] = p.texts("roof")
        assert "at 8" in told and "at 7" not in told


async def test_a_group_is_not_muted_by_one_of_it(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await joined(p)
        await p.say("den", "Ana", "/mute")
        await p.say("roof", "Ben", "hi", value=DIRECT)
        assert p.texts("den")[-1] == "hi" and any("own chat" in t for t in p.texts("den"))


async def test_numbers_that_cannot_be_are_asked_for_again(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await joined(p)
        await ben(p, "/digest never")
        assert "from 1 to" in p.texts("roof")[-1]


def test_whoever_is_forgotten_leaves_no_wish_behind() -> None:
    place = "whatsapp:main:+254711000001"
    thread = Thread(id="t1", hushed={place: Hush(minutes=30)})
    assert without(thread, Subject(person="p1", name="Ben", pseudonym="x", places=(place,))).hushed == {}
    job = digest_job("t1", place, Hush(minutes=30, since=4), datetime(2026, 3, 12, tzinfo=UTC))
    assert "254711" not in job.id
