"""What is for one person: where they spoke if it can whisper, else where they are alone, else they are asked."""

from pathlib import Path

import pytest

from bot.capability import Effect, Text, capability
from bot.content import Draft
from bot.ports import Ask, Features, Reply
from tests.bot.parlour import ALL_POWERS, PaperChannel, Parlour, parlour

WHISPERS, POOR = ALL_POWERS, Features(buttons=3)
DIRECT = {"kind": "direct"}


class Purse:
    """Tells another member an amount that is nobody else's business."""

    @capability("Owe somebody", command="owe", effect=Effect.CHANGE)
    async def owe(self, ask: Ask, *, name: Text) -> Reply:
        member = next(m for m in ask.thread.present if m.name == name)
        return Reply(drafts=(Draft(text=f"{ask.person.name} owes you 500", only_for=(member.person,)),))


async def trip(p: Parlour) -> None:
    """Ana in a group on paper, Chi in one on ink, one trip."""
    await p.say("den", "Ana", "hello")
    await p.say("den", "Ana", "/link")
    code = next(w for w in p.texts("den")[-1].split() if w.isupper() and len(w) == 8)
    await p.say("ink:main:roof", "ink:Chi", f"/link {code}")


async def places(p: Parlour, place: str, who: str, text: str) -> list[tuple[str, str]]:
    said = await p.say(place, who, text)
    private = {a.id for a in said.answers if a.only_for}
    return [(d.place, d.state) for d in said.deliveries if d.answer in private]


async def test_another_persons_network_is_whispered_to_and_not_ones_own(tmp_path: Path) -> None:
    async with parlour(tmp_path, Purse(), others=[PaperChannel(WHISPERS, "ink")]) as p:
        await trip(p)
        assert await places(p, "den", "Ana", "/owe Chi") == [("ink:main:roof", "sent")]
        assert p.sent("ink:main:roof")[-1].reader == ("ink:Chi",)
        assert all("owes you" not in t for t in p.texts("den"))


async def test_their_own_chat_comes_before_their_group(tmp_path: Path) -> None:
    async with parlour(tmp_path, Purse(), others=[PaperChannel(WHISPERS, "ink")]) as p:
        await trip(p)
        await p.say("ink:main:chi", "ink:Chi", "hello", value=DIRECT)
        assert await places(p, "den", "Ana", "/owe Chi") == [("ink:main:chi", "sent")]


async def test_where_nobody_can_be_told_alone_they_are_asked_to_write_and_the_amount_is_not_shown(
    tmp_path: Path,
) -> None:
    async with parlour(tmp_path, Purse(), channel=PaperChannel(POOR), others=[PaperChannel(POOR, "ink")]) as p:
        await trip(p)
        assert await places(p, "den", "Ana", "/owe Chi") == []
        for place in ("den", "ink:main:roof"):
            assert "Chi, I have something for you alone" in p.texts(place)[-1]
            assert all("owes you" not in t for t in p.texts(place))


@pytest.mark.parametrize("paper", [WHISPERS, POOR])
async def test_one_who_speaks_from_their_own_chat_never_reads_what_is_for_another(
    tmp_path: Path, paper: Features
) -> None:
    async with parlour(tmp_path, Purse(), channel=PaperChannel(paper), others=[PaperChannel(POOR, "ink")]) as p:
        await trip(p)
        await p.say("den", "Ana", "/link")
        code = next(w for w in p.texts("den")[-1].split() if w.isupper() and len(w) == 8)
        await p.say("ben", "Ben", f"/link {code}", value=DIRECT)
        await p.say("ana", "Ana", "hello", value=DIRECT)
        assert await places(p, "ben", "Ben", "/owe Ana") == [("paper:main:ana", "sent")]
        assert all("owes you" not in t for t in p.texts("ben"))
