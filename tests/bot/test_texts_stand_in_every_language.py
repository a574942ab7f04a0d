"""Every text of every package stands in every language, with the same places for values."""

import importlib
import string
from pathlib import Path

import pytest

from app import base, furnish
from bot.arguments import question
from bot.core import Core
from bot.language import ENGLISH, SWAHILI, Catalogue, speaking
from bot.settings import Settings

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


def test_what_capabilities_say_of_themselves_is_translated() -> None:
    b = base(Settings())
    core = Core(b.ground("all"))
    furnish(b, core)
    shown = [c for c in core.registry if (c.command or c.phrases) and not c.hidden]
    asked = {(c.name, p.name): str(question(p)) for c in shown for p in c.parameters}
    with speaking(SWAHILI):
        assert [k for c in shown for p in c.parameters if question(p) == asked[(k := (c.name, p.name))]] == []
        assert [c.name for c in shown if c.told == c.summary] == []
        titles = {(c.name, p.name) for c in shown if c.command for p in c.parameters if c.title(p) == p.title}
    assert {title for _, title in titles} == set()
