"""On a network without groups a trip begins in one's own chat; others come by a link that says "join <code>"."""

from dataclasses import replace
from pathlib import Path

from bot.model import PLACES
from tests.bot.parlour import ALL_POWERS, PaperChannel, Parlour, parlour

DIRECT = {"kind": "direct"}


class Inviting(PaperChannel):
    """A network without groups whose links carry a code."""

    def __init__(self) -> None:
        super().__init__(replace(ALL_POWERS, groups=False, private_replies=False))

    def invite(self, code: str) -> str:
        return f"https://paper.test/?text=join%20{code}"


async def say(p: Parlour, who: str, text: str) -> None:
    await p.say(who.lower(), who, text, value=DIRECT)


async def invited(p: Parlour) -> str:
    await say(p, "Ana", "/link")
    return p.texts("ana")[-1].rpartition("join%20")[2][:8]


async def test_three_people_share_a_trip_without_a_group(tmp_path: Path) -> None:
    async with parlour(tmp_path, channel=Inviting()) as p:
        await say(p, "Ana", "hello")
        for who in ("Ben", "Chi"):
            await say(p, who, f"join {await invited(p)}")
        p.channel.sent.clear()
        await say(p, "Ben", "shall we go?")
        assert [(o.place, o.name, o.content.text) for o in p.channel.sent] == [
            ("paper:main:ana", "Ben", "shall we go?"), ("paper:main:chi", "Ben", "shall we go?"),
        ]  # fmt: skip
        kept = await p.store.get(PLACES, "paper:main:ana")
        assert kept is not None and kept.focus and kept.focus != kept.thread
        trip = await p.core.places.thread(kept.focus)
        assert trip is not None and trip.title == "Ana's trip" and not trip.private
        assert sorted(m.name for m in trip.present) == ["Ana", "Ben", "Chi"]


async def test_what_was_said_before_stays_between_us(tmp_path: Path) -> None:
    async with parlour(tmp_path, channel=Inviting()) as p:
        await say(p, "Ana", "my secret wish")
        await say(p, "Ben", f"join {await invited(p)}")
        await say(p, "Ben", "/history")
        assert not [o for o in p.channel.sent if "secret" in str(o.content) and o.place != "paper:main:ana"]


async def test_one_goes_back_to_the_own_chat_and_begins_another_trip(tmp_path: Path) -> None:
    async with parlour(tmp_path, channel=Inviting()) as p:
        await say(p, "Ana", "hello")
        await say(p, "Ben", f"join {await invited(p)}")
        await say(p, "Ana", "/trips")
        shown = p.channel.sent[-1].content.buttons
        assert [b.label for b in shown] == ["Ana's trip", "Only me and you"]
        p.channel.sent.clear()
        await p.say("ana", "Ana", "", what="press", value={**DIRECT, "token": shown[-1].id, "values": {}})
        assert "between us" in p.texts("ana")[-1] and p.texts("ben") == []
        await say(p, "Ana", "just for me")
        assert p.texts("ben") == []
        await say(p, "Ana", "/link")
        assert "begun" in p.texts("ana")[-1]


async def test_a_code_that_is_over_is_explained_and_join_is_an_ordinary_word(tmp_path: Path) -> None:
    async with parlour(tmp_path, channel=Inviting()) as p:
        await say(p, "Ana", "hello")
        code = await invited(p)
        await say(p, "Ben", f"join {code}")
        await say(p, "Chi", f"join {code}")
        assert "not valid" in p.texts("chi")[-1]
        p.channel.sent.clear()
        await say(p, "Ben", "join saturday")
        assert p.texts("ana") == ["join saturday"]


async def test_where_there_are_groups_a_trip_begins_in_one(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await say(p, "Ana", "/link")
        assert "Create a group" in p.texts("ana")[-1]
