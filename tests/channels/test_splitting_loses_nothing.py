"""The parts of any text carry all of it, within the limit, with whole characters and whole code fences."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from channels.splitting import SMALLEST, size, split

UNITS = st.sampled_from(["chars", "utf16", "bytes"])
LIMITS = st.integers(SMALLEST, 400)
EMOJI = ("👨‍👩‍👧‍👦", "🏳️‍🌈", "🇰🇪", "👋🏽", "1️⃣", "e\u0301", "\u1112\u1161\u11ab", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "❤️")
PIECES = st.one_of(
    st.sampled_from([*EMOJI, " ", "\n", "\n\n", "\t", ". ", "word", "- item", "# Title", "**bold**", "~", "`", "|"]),
    st.text(max_size=30),
    st.text(alphabet="abc ", min_size=50, max_size=300),
)
TEXTS = st.integers(0, 40).flatmap(lambda n: st.lists(PIECES, min_size=n, max_size=n + 20)).map("".join)


def ink(text: str) -> str:
    """A text without its white space."""
    return "".join(text.split())


@settings(max_examples=300, deadline=None)
@given(TEXTS.filter(lambda t: "```" not in t and "~~~" not in t), LIMITS, UNITS)
def test_the_parts_carry_all_that_was_written_in_order(text: str, limit: int, unit: str) -> None:
    parts = split(text, limit, unit)
    assert ink("".join(parts)) == ink(text)
    assert all(part.strip() and size(part, unit) <= limit for part in parts)


@settings(max_examples=300, deadline=None)
@given(TEXTS, LIMITS, UNITS)
@example("```" * 200, 64, "chars")
@example("```" + "x" * 300 + "\n" + "y" * 300, 64, "utf16")
@example("~~~\n" * 100, 70, "bytes")
@example("a\n```python\n" + "    x = 1\n" * 50, 64, "chars")
def test_no_text_makes_it_exceed_the_limit_or_lose_a_letter(text: str, limit: int, unit: str) -> None:
    parts = split(text, limit, unit)
    assert all(part.strip() and size(part, unit) <= limit for part in parts)
    rest = iter("".join(parts))
    assert all(char in rest for char in ink(text))  # in this order; fences may have been added


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(EMOJI), min_size=60, max_size=120).map("".join), LIMITS, UNITS)
def test_no_character_is_cut(text: str, limit: int, unit: str) -> None:
    parts = split(text, limit, unit)
    assert "".join(parts) == text
    assert all(re.fullmatch(f"(?:{'|'.join(EMOJI)})+", part) for part in parts)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.text(alphabet="abcdef =():\t ", min_size=1, max_size=60).filter(str.strip), min_size=1, max_size=40),
    st.sampled_from(["```", "```python", "~~~", "````text"]),
    LIMITS,
)
def test_code_is_code_in_every_part(lines: list[str], fence: str, limit: int) -> None:
    closing = fence.rstrip("pythonex")
    parts = split(f"Before.\n{fence}\n" + "\n".join(lines) + f"\n{closing}\nAfter.", limit)
    code: list[str] = []
    for part in parts:
        marks = [line for line in part.split("\n") if line.startswith(closing)]
        assert len(marks) % 2 == 0
        code += re.findall(rf"^{fence}\n(.*?)\n?{closing}$", part, re.DOTALL | re.MULTILINE)
    assert ink("".join(code)) == ink("".join(lines))


def test_indentation_of_code_is_kept() -> None:
    text = "```\n" + "\n".join(f"    line {i}" for i in range(40)) + "\n```"
    for part in split(text, 100):
        assert all(line.startswith("    line") for line in part.split("\n")[1:-1])


def test_parts_end_where_paragraphs_lines_sentences_or_words_do() -> None:
    assert split("a" * 50 + "\n\n" + "b" * 50, 64) == ("a" * 50, "b" * 50)
    assert split("a" * 50 + "\n" + "b" * 50, 64) == ("a" * 50, "b" * 50)
    assert split("a" * 40 + ". " + "b" * 8 + " " + "c" * 50, 64) == ("a" * 40 + ".", "b" * 8 + " " + "c" * 50)
    assert split("a" * 50 + " " + "b" * 50, 64) == ("a" * 50, "b" * 50)
    assert split("a" * 100, 64) == ("a" * 64, "a" * 36)


def test_a_short_text_is_one_part_and_an_empty_one_is_none() -> None:
    assert split("Karibu!", 64) == ("Karibu!",)
    assert split(" \n\t ", 64) == split("", 64) == ()


def test_lengths_are_counted_as_the_network_does() -> None:
    assert [size("a€😀", unit) for unit in ("chars", "utf16", "bytes")] == [3, 4, 8]
    assert [len(p) for p in split("😀" * 64, 64, "utf16")] == [32, 32]
    with pytest.raises(ValueError, match="unit"):
        size("a", "furlongs")
    with pytest.raises(ValueError, match="too small"):
        split("a", SMALLEST - 1)


def test_a_single_character_longer_than_the_limit_is_cut_rather_than_lost() -> None:
    zalgo = "a" + "\u0301" * 500
    assert "".join(split(zalgo, 64)) == zalgo


def test_a_megabyte_is_split_quickly_enough_to_be_in_a_test() -> None:
    text = "word " * 200_000
    assert sum(len(ink(p)) for p in split(text, 2000, "utf16")) == 800_000
