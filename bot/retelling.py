"""A draft in the language of who reads it: every text of ours in it is told again, all else stays."""

from dataclasses import replace

from bot.content import Card, Draft, Fact, Option, Poll, Press
from bot.glossary import labelled, worded
from bot.language import again, speaking


def retold(draft: Draft, language: str) -> Draft:
    """In that language, and all of it as plain strings."""
    if type(draft.text) is str and not (draft.card or draft.buttons or draft.poll):
        return draft
    with speaking(language):
        return _retold(draft)


def _retold(draft: Draft) -> Draft:
    return replace(
        draft, text=again(draft.text), card=_card(draft.card) if draft.card else None,
        buttons=tuple(_button(b) for b in draft.buttons), poll=_poll(draft.poll) if draft.poll else None,
    )  # fmt: skip


def _card(card: Card) -> Card:
    lines = tuple(again(line) for line in card.lines)
    return replace(card, title=again(card.title), lines=lines, facts=tuple(_fact(f) for f in card.facts))


def _fact(fact: Fact) -> Fact:
    label, value = labelled(again(fact.label)), worded(again(fact.value))
    return fact if (label, value) == (fact.label, fact.value) else replace(fact, label=str(label), value=str(value))


def _button(press: Press) -> Press:
    return press if type(press.label) is str else replace(press, label=again(press.label))


def _poll(poll: Poll) -> Poll:
    return replace(poll, options=tuple(_option(o) for o in poll.options))


def _option(option: Option) -> Option:
    return replace(option, label=again(option.label), detail=again(option.detail))
