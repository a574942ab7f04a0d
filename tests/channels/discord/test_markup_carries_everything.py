"""Splitting, rendering and Discord's Markdown together lose nothing of any text; what is read is what was written."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content import Card, Content
from channels.discord.limits import EMBED_TEXT, GROUP, TEXT
from channels.discord.markdown import read, write
from channels.discord.outbound import messages
from channels.markdown import plain
from channels.splitting import size
from tests.channels.discord.stage import plain as as_seen
from tests.contracts.channel_contract import outgoing

PIECES = st.sampled_from(
    ["word", "wörd", "👩‍👩‍👧‍👦", "🇰🇪", "**bold**", "_slanted_", "a_b_c", "2*3*4", "`code`", "```py\nx = 1\n```",
     "| a | b |\n|---|---|\n| 1 | 2 |", "# Head", "> quoted", "- item", "[here](https://example.com/a_b)",
     "https://example.com/x_y_z", "@everyone", "<@123456>", "\\", "\n", "||no||", "~~gone~~", "*", "_", "`", "1. one",
     "שלום", "\u202eabc\u202c", "-# small", "<t:1:R>", "x" * 300]
)  # fmt: skip
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=60)), min_size=1, max_size=120).map(" ".join)


class Side:
    place = "discord:main:1"


def letters(text: str) -> list[str]:
    """What has to be there, in order: letters, digits and emoji."""
    return [c for c in text if c.isalnum() or ord(c) > 0x1F000]


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_the_parts_of_any_text_carry_all_of_it(text: str) -> None:
    if not plain(text).strip():
        return
    said = messages(outgoing(Side(), text), GROUP, {})  # type: ignore[arg-type]
    assert all(size(s.body["content"], "utf16") <= TEXT for s in said)
    told, wanted = letters("".join(s.body["content"] for s in said)), letters(text)
    rest = iter(told)
    assert all(letter in rest for letter in wanted)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=60)), max_size=60))
def test_a_card_of_any_size_carries_all_its_lines(lines: list[str]) -> None:
    content = Content(kind="card", card=Card(title="Lamu", lines=tuple(line.replace("\n", " ") for line in lines)))
    said = messages(outgoing(Side(), content), GROUP, {})  # type: ignore[arg-type]
    shown = [s.body["content"] + "".join(e.get("description", "") for e in s.body["embeds"]) for s in said]
    assert all(len(e.get("description", "")) <= EMBED_TEXT for s in said for e in s.body["embeds"])
    rest = iter(letters("".join(shown)))
    assert all(letter in rest for line in content.card.lines for letter in letters(line)) if content.card else False


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab *_~`|\\<>#-@:!&1", max_size=40))
def test_letters_that_are_no_markup_are_shown_as_letters(text: str) -> None:
    marks = re.compile(r"(?<!\\)(\*|_|~~|\|\||`)")
    if plain(text) == text:
        assert as_seen(write(text)).strip() == text.strip("\n").strip()
        assert not marks.findall(write(text).replace("\\\\", ""))


def test_markup_is_discords() -> None:
    assert write("**b** _i_ ~~s~~ `c` [l](https://x.y)") == "**b** *i* ~~s~~ `c` [l](https://x.y)"
    assert write("# Head\n- one\n> said") == "**Head**\n• one\n> said"
    assert write("| a |\n|---|\n| 1 |") == "```\n| a |\n|---|\n| 1 |\n```"
    assert write("say @Ana and @Anabel", {"Ana": "11111", "Anabel": "22222"}) == "say <@11111> and <@22222>"


def test_ids_are_read_as_names_and_unknown_ones_stay() -> None:
    names = {"11111": "Ana", "33333": "food"}
    assert read("<@11111> <@!11111> <#33333> <@22222> <:kaka:44444>", names) == "@Ana @Ana #food <@22222> :kaka:"
