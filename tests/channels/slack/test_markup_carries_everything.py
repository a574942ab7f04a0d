"""Slack's markup, both ways: nothing is lost, nothing is taken for markup that is none, every limit is kept."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content import Button, Content
from bot.ports import Outgoing
from channels.emoji import emoji, name_of, with_emoji
from channels.limits import LIMITS
from channels.markdown import plain
from channels.slack.limits import SECTION, TEXT_ADVISED, TEXT_CUT
from channels.slack.mrkdwn import mentioned, read, sections, write
from channels.slack.outbound import messages
from tests.emulators.slack.people import read as drawn
from tests.emulators.slack.strictness import check
from tests.emulators.slack.world import Message

FEATURES = LIMITS["slack"].group
ODD = [
    "👨‍👩‍👧‍👦", "🏳️‍🌈", "&", "<", ">", "<@U1>", "<!channel>", "&amp;", "*", "**b**", "_i_", "`c`", "```\nx = 1\n```",
    "\n", "\n\n", " ", "~", "|a|b|\n|-|-|\n", "[Pay](https://a.b/c?d=1&e=2)", "> quoted\n", "- item\n", "# Title\n",
    "@Ana",
]  # fmt: skip
PIECES = st.one_of(
    st.sampled_from(ODD),
    st.text(max_size=25),
    st.text(alphabet="abc &<", min_size=50, max_size=400),
)  # fmt: skip
TEXTS = st.lists(PIECES, min_size=1, max_size=40).map("".join)


def sent(text: str, buttons: int = 0) -> list[Message]:
    """The messages as Slack takes them; refused where it would refuse."""
    content = Content(text=text, buttons=tuple(Button(id=f"t{i}", label=f"Take {i}") for i in range(buttons)))
    out = Outgoing(id="d", place="slack:main:C1", what="send", content=content, shown="a")
    said = messages(out, FEATURES, {})
    for one in said:
        check("chat.postMessage", {"channel": "C1", **one.shown, **one.unseen})
    return [Message(ts="1", user="U", text=m.shown["text"], blocks=m.shown["blocks"]) for m in said]


def ink(text: str) -> str:
    """The letters of a text: without white space and without marks, which may be drawn instead."""
    return re.sub(r"[\s*_~`>|#•\-\\\x00\u2060]|```", "", text)


@settings(max_examples=300, deadline=None)
@given(
    TEXTS.filter(lambda t: t.strip() and "](" not in t and "```" not in t and "\x00" not in t), st.sampled_from([0, 3])
)
def test_every_letter_arrives_in_order(text: str, buttons: int) -> None:
    shown = "".join(drawn(m) for m in sent(text, buttons))
    letters = iter(ink(shown))
    assert all(letter in letters for letter in ink(plain(text)))


@settings(max_examples=150, deadline=None)
@given(TEXTS.filter(str.strip), st.integers(0, 30))
def test_no_text_is_refused(text: str, buttons: int) -> None:
    for message in sent(text, buttons):
        assert len(message.text) <= TEXT_CUT
        assert all(len(b["text"]["text"]) <= SECTION for b in message.blocks if b["type"] == "section")
        assert "<!" not in message.text and "<@" not in message.text


@given(TEXTS)
def test_what_nobody_marked_is_read_as_it_was_written(text: str) -> None:
    assert all(len(piece) <= SECTION for piece in sections(text, {}, SECTION))
    read(text, {})  # whatever people type


def test_the_longest_of_letters_that_grow_fits() -> None:
    assert all(len(m.text) <= TEXT_CUT for m in sent("&" * TEXT_ADVISED))


@pytest.mark.parametrize(
    ("markdown", "written"),
    [
        ("**Hi** & _you_", "*Hi* &amp; _you_"), ("2 * 3 * 4", "2 *\u2060 3 *\u2060 4"), ("a*b", "a*b"),
        ("[Pay](https://a.b/?c=1&d=2)", "<https://a.b/?c=1&amp;d=2|Pay>"), ("`a<b`", "`a&lt;b`"), ("~~old~~", "~old~"),
        ("```py\nx = 1 < 2\n```", "```\nx = 1 &lt; 2\n```"), ("|a|b|\n|-|-|", "```\n|a|b|\n|-|-|\n```"),
        ("> said **so**", "> said *so*"), ("# Title", "*Title*"), ("@Ana and @Anab", "<@U1> and @Anab"),
        ("<!channel> <@U9>", "&lt;!channel&gt; &lt;@U9&gt;"),
    ],
)  # fmt: skip
def test_markdown_as_slack_writes_it(markdown: str, written: str) -> None:
    assert write(markdown, {"Ana": "U1"}) == written


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("&lt;3 &amp; &gt;", "<3 & >"), ("<@U1> and <@U2|ben>", "@Ana and @ben"), ("<#C1|general>", "#general"),
        ("<https://a.b/c>", "https://a.b/c"), ("<http://a.b|a.b>", "a.b"), ("<https://a.b|Pay>", "[Pay](https://a.b)"),
        ("<mailto:a@b.c|a@b.c>", "a@b.c"), ("<!here> <!subteam^S1|@crew>", "@here @crew"),
        (":wave::skin-tone-4:", "👋🏽"),
        (":party_parrot: at 10:40:50", ":party_parrot: at 10:40:50"), ("a < b", "a < b"), ("<>", "<>"),
    ],
)  # fmt: skip
def test_what_people_type_as_they_meant_it(typed: str, meant: str) -> None:
    assert read(typed, {"U1": "Ana"}) == meant


def test_people_named_in_a_message_are_found() -> None:
    assert mentioned("<@U1> <@W2|x> <#C1> <@u3>") == ("U1", "W2")


def test_emoji_have_names_and_names_have_emoji() -> None:
    for name, shown in {
        "+1": "👍",
        "heart": "❤️",
        "wave::skin-tone-4": "👋🏽",
        "flag-ke": "🇰🇪",
        "palm_tree": "🌴",
    }.items():
        assert (emoji(name), name_of(shown)) == (shown, name)
    assert (emoji("our_logo"), name_of("x"), with_emoji(":nope: :tada:")) == (":our_logo:", "", ":nope: 🎉")
