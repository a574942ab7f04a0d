"""Markdown read as spans: styles where they are meant, every word kept whatever it looks like."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.markdown import Span, plain, spans

WORDS = st.text(alphabet="abc é😀👩‍👧ñ1.!?", min_size=1, max_size=12)
MARKS = st.sampled_from(
    ["**", "*", "_", "__", "`", "```", "~~", "[", "](https://a.b)", "\n", "\n\n", "# ", "> ", "- ", "|", "\\"]
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("plain", [Span(text="plain")]),
        ("**a** b", [Span(text="a", styles=("bold",)), Span(text=" b")]),
        ("_a_ *b*", [Span(text="a", styles=("italic",)), Span(text=" "), Span(text="b", styles=("italic",))]),
        ("**a _b_**", [Span(text="a ", styles=("bold",)), Span(text="b", styles=("bold", "italic"))]),
        ("snake_case_name 2*3*4", [Span(text="snake_case_name 2*3*4")]),
        ("`a*b*`", [Span(text="a*b*", styles=("code",))]),
        ("[Pay](https://x.y/z)", [Span(text="Pay", url="https://x.y/z")]),
        ("[no](javascript:x)", [Span(text="[no](javascript:x)")]),
        ("**open", [Span(text="**open")]),
        ("# Title\n- one", [Span(text="Title", styles=("bold",)), Span(text="\n• one")]),
        ("```py\nx = 1\n```", [Span(text="x = 1", styles=("block",), language="py")]),
        ("|a|b|\n|-|-|", [Span(text="|a|b|\n|-|-|", styles=("block",))]),
        ("> said", [Span(text="said", styles=("quote",))]),
        ("~~old~~", [Span(text="old", styles=("strike",))]),
        ("", []),
    ],
)
def test_markup_becomes_styles(text: str, found: list[Span]) -> None:
    assert list(spans(text)) == found


@given(st.lists(st.one_of(WORDS, MARKS), max_size=30).map("".join))
def test_every_letter_is_kept_in_order(text: str) -> None:
    shown = "".join(f"{s.language}{s.text}{s.url}" for s in spans(text))
    assert letters(shown).replace("httpsab", "") == letters(text).replace("httpsab", "")
    assert shown.count("a.b") == text.count("a.b")


def letters(text: str) -> str:
    """Without what may be markup."""
    return re.sub(r"[^a-zéñ1😀👩👧]", "", text)


@pytest.mark.parametrize(
    "mark", ["*", "**", "_", "`", "[", "~~", "**a", "_a ", "`a``b```", "[a](", "> ", "|a|\n", "```\n"]
)
def test_thousands_of_marks_take_no_time(mark: str) -> None:
    assert plain(mark * 3000)
