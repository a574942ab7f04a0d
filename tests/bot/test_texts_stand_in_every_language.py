"""Every text of every package stands in every language, with the same places for values."""

import importlib
import string
from pathlib import Path

import pytest

from bot.language import ENGLISH, SWAHILI, Catalogue

PACKAGES = ("bot", "personas", "payments", "booking", "channels", "marketplace")
TEXTS = sorted(
    ".".join(p.with_suffix("").parts)
    for package in PACKAGES for p in Path(package).rglob("*texts.py")
)  # fmt: skip


def catalogue(module: str) -> Catalogue:
    found = importlib.import_module(module).say
    found = getattr(found, "__self__", found)
    assert isinstance(found, Catalogue)
    return found


def holes(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("module", TEXTS)
def test_every_text_stands_in_both_languages_with_the_same_holes(module: str) -> None:
    english, swahili = catalogue(module).texts(ENGLISH), catalogue(module).texts(SWAHILI)
    assert set(english) == set(swahili)
    assert {k: holes(t) for k, t in english.items()} == {k: holes(t) for k, t in swahili.items()}


@pytest.mark.parametrize("module", TEXTS)
def test_what_has_words_is_translated(module: str) -> None:
    english, swahili = catalogue(module).texts(ENGLISH), catalogue(module).texts(SWAHILI)
    same = {k for k, text in english.items() if text == swahili[k] and _words(text)}
    assert not same - ALIKE


def _words(text: str) -> bool:
    """Whether there is more than names, signs and holes in it."""
    bare = "".join(literal for literal, *_ in string.Formatter().parse(text))
    return any(len(word) > 3 and word.isalpha() for word in bare.split())


# Names and what is called the same in both.
ALIKE = frozenset(("language_title", "pong", "location", "topic_caravan", "slack_form_title", "discord_form", "house"))
