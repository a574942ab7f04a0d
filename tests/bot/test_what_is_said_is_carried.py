"""What is said, shown, corrected, taken back or reacted to in one network is carried to the others, as they can."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.content import File
from bot.model import ENTRIES, Entry
from bot.ports import Features, Outgoing
from tests.bot.parlour import ALL_POWERS, PaperChannel, Parlour, parlour

POOR = Features(files=True, file_limit=10)


class Inky(PaperChannel):
    """Names messages by ids of its own, and reacts."""

    def __init__(self, features: Features = ALL_POWERS) -> None:
        super().__init__(features, "ink")
        self.reactions: list[Outgoing] = []

    async def send(self, outgoing: Outgoing) -> tuple[str, ...]:
        await super().send(outgoing)
        return (f"ink-{len(self.sent)}",)

    async def react(self, outgoing: Outgoing) -> None:
        self.reactions.append(outgoing)


def parts_of(p: Parlour, text: str) -> str:
    """The native id under which a text stands on ink."""
    return f"ink-{1 + [o.content.text for o in p.channels['ink'].sent].index(text)}"


async def bridged(p: Parlour) -> None:
    await p.say("den", "Ana", "hello")
    await p.say("den", "Ana", "/link")
    code = next(w for w in p.texts("den")[-1].split() if w.isupper() and len(w) == 8)
    await p.say("ink:main:roof", "ink:Ben", f"/link {code}")
    p.channel.sent.clear()
    p.channels["ink"].sent.clear()


async def test_a_reply_finds_the_message_on_every_network(tmp_path: Path) -> None:
    async with parlour(tmp_path, others=[Inky()]) as p:
        await bridged(p)
        first = await p.say("den", "Ana", "Lamu or Diani?")
        answer = await p.say("ink:main:roof", "ink:Ben", "Lamu!", reply_to=first.id)
        again = await p.say("den", "Ana", "why?", reply_to=answer.id)
        await p.say("den", "Ana", "I mean my own", reply_to=first.id)
        assert p.sent("den")[0].reply_to == first.id
        assert [o.reply_to for o in p.sent("ink:main:roof")] == ["", answer.id, "ink-1"]
        assert again.thread == first.thread


@pytest.mark.parametrize("features", [POOR, replace(ALL_POWERS, named_replies=False)])
async def test_where_replies_cannot_be_shown_a_line_says_what_was_replied_to(
    tmp_path: Path, features: Features
) -> None:
    async with parlour(tmp_path, others=[Inky(features)]) as p:
        await bridged(p)
        first = await p.say("den", "Ana", "Lamu or\nDiani, " + "or somewhere else " * 9)
        await p.say("den", "Ana", "/ping me")
        await p.say("den", "Ana", "Lamu!", reply_to=first.id)
        assert (
            p.texts("ink:main:roof")[-1]
            == "↩ Ana: Lamu or Diani, or somewhere else or somewhere else or somewh…\nLamu!"
        )


async def test_what_one_was_told_alone_is_not_in_that_line(tmp_path: Path) -> None:
    async with parlour(tmp_path, others=[Inky(POOR)]) as p:
        await bridged(p)
        told = await p.say("ink:main:roof", "ink:Ben", "/why")
        alone = next(a for a in told.answers if a.only_for)
        await p.say("den", "Ana", "and so?", reply_to=alone.id)
        assert "↩" not in "".join(p.texts("ink:main:roof"))


async def test_edits_and_deletions_name_what_stands_there(tmp_path: Path) -> None:
    async with parlour(tmp_path, others=[Inky()]) as p:
        await bridged(p)
        said = await p.say("den", "Ana", "at 8")
        await p.say("den", "Ana", "at 9", what="edit", object=said.id)
        await p.say("den", "Ana", "", what="delete", object=said.id)
        assert [(o.what, o.parts, o.name) for o in p.sent("ink:main:roof")] == [
            ("send", (), "Ana"), ("edit", ("ink-1",), "Ana"), ("delete", ("ink-1",), "Ana"),
        ]  # fmt: skip


async def test_reactions_are_shown_under_the_message_where_the_network_can(tmp_path: Path) -> None:
    ink = Inky(replace(ALL_POWERS, reactions=True))
    async with parlour(tmp_path, others=[ink]) as p:
        await bridged(p)
        said = await p.say("den", "Ana", "Lamu!")
        there = await p.say("ink:main:roof", "ink:Ben", "yes")
        await p.say("den", "Ana", "🎉", what="react", object=said.id)
        await p.say("den", "Ana", "❤️", what="react", object=there.id)
        taken = {"kind": "group", "taken": "🎉"}
        await p.say("den", "Ana", "", what="react", object=said.id, value=taken)
        assert [(o.what, o.content.text, o.parts) for o in ink.reactions] == [
            ("react", "🎉", ("ink-1",)), ("react", "❤️", (there.id,)), ("unreact", "🎉", ("ink-1",)),
        ]  # fmt: skip


async def test_where_reactions_cannot_be_shown_the_author_alone_is_told_in_a_line(tmp_path: Path) -> None:
    async with parlour(tmp_path, others=[Inky(POOR)]) as p:
        await bridged(p)
        here = await p.say("den", "Ana", "Lamu!")
        there = await p.say("ink:main:roof", "ink:Ben", "yes")
        first = await p.say("den", "Ana", "🎉", what="react", object=here.id)
        second = await p.say("den", "Ana", "❤️", what="react", object=there.id)
        assert [(d.state, d.why) for d in first.deliveries] == [("dropped", "reactions cannot be shown here")]
        assert not first.lost
        assert [d.state for d in second.deliveries] == ["sent"]
        told = p.sent("ink:main:roof")[-1]
        assert (told.content.text, told.reply_to, told.kind) == ("Ana reacted: ❤️", there.id, "system")


async def test_a_reaction_to_what_one_was_told_alone_is_nobody_elses_business(tmp_path: Path) -> None:
    ink = Inky(replace(ALL_POWERS, reactions=True))
    async with parlour(tmp_path, others=[ink]) as p:
        await bridged(p)
        asked = await p.say("den", "Ana", "/why")
        assert asked.answers[0].only_for
        reacted = await p.say("den", "Ana", "👍", what="react", object=asked.answers[0].id)
        assert (reacted.deliveries, ink.reactions) == ((), [])


async def test_places_and_pictures_go_along_with_the_words(tmp_path: Path) -> None:
    async with parlour(tmp_path, others=[Inky()]) as p:
        await bridged(p)
        photo = File(name="beach.jpg", mime="image/jpeg", key="k1", size=5)
        avatar = {"kind": "group", "avatar": "https://pictures.example/ana.png"}
        await p.say("den", "Ana", "look", files=(photo,), location=(-2.27, 40.9), value=avatar)
        carried = p.sent("ink:main:roof")[0]
        assert carried.content.files == (photo,)
        assert carried.content.text.startswith("look\n📍 -2.27000, 40.90000")
        assert carried.avatar == "https://pictures.example/ana.png"


async def test_a_file_that_a_network_does_not_take_is_a_link_there(tmp_path: Path) -> None:
    async with parlour(tmp_path, others=[Inky(POOR)]) as p:
        p.core.deliverer.packing.link = lambda file: f"https://caravan.example/files/{file.key}"
        await bridged(p)
        small = File(name="note.txt", mime="text/plain", key="k1", size=10)
        large = File(name="film.mp4", mime="video/mp4", key="k2", size=11)
        await p.say("den", "Ana", "", files=(small, large))
        carried = p.sent("ink:main:roof")[0].content
        assert carried.files == (small,)
        assert carried.text == "📎 film.mp4: https://caravan.example/files/k2"


async def test_two_places_bridged_twice_over_carry_each_word_once(tmp_path: Path) -> None:
    """Ana's and Ben's groups joined by one code, then again by another from the other side: no echo, no second copy."""
    async with parlour(tmp_path, others=[Inky()]) as p:
        await bridged(p)
        await p.say("ink:main:roof", "ink:Ben", "/link")
        code = next(w for w in p.texts("ink:main:roof")[-1].split() if w.isupper() and len(w) == 8)
        twice = await p.say("den", "Ana", f"/link {code}")
        assert "already" in twice.answers[0].content.text
        p.channel.sent.clear()
        p.channels["ink"].sent.clear()
        await p.say("den", "Ana", "one")
        await p.say("ink:main:roof", "ink:Ben", "two")
        assert (p.texts("ink:main:roof"), p.texts("den")) == (["one"], ["two"])


async def test_what_our_own_accounts_say_is_never_heard(tmp_path: Path) -> None:
    """A network that tells our own messages back to us: nothing is stored, nothing is carried in a circle."""
    async with parlour(tmp_path, others=[Inky()]) as p:
        await bridged(p)
        p.core.log.ours.update({"paper:bot", "ink:bot"})
        for _ in range(3):
            echo = p.entry("ink:main:roof", "ink:bot", "one")
            await p.core.log.append([echo])
        await p.settled()
        assert p.channel.sent == []
        assert await p.store.find(ENTRIES, {"open": True}) == []


async def test_an_edit_of_words_that_nobody_knows_is_kept_with_its_reason(tmp_path: Path) -> None:
    async with parlour(tmp_path, others=[Inky()]) as p:
        await bridged(p)
        lost: Entry = await p.say("den", "Ana", "at 9", what="edit", object="paper:main:den:message:gone")
        assert (p.sent("ink:main:roof"), "not known" in lost.outcome) == ([], True)
