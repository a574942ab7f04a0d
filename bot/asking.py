"""Asking for arguments one by one in the chat, with buttons for choices, skip and cancel."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.arguments import question, typed
from bot.asides import is_aside
from bot.capability import Capability, Parameter
from bot.content import Draft, Press
from bot.courtesies import NO_WISH, SKIPPING
from bot.errors import AskAgain
from bot.glossary import worded
from bot.minds import WORD_FOR_WORD, Understands, Understood, going_to
from bot.model import Person, Question
from bot.texts import say

SKIP = "skip"
CANCEL = "cancel"
ASKED_FOR = timedelta(hours=1)
_ANY_WORDS = ("text", "person")


def misses(answering: Question | None, args: Mapping[str, Any], parameter: str) -> int:
    """How often a parameter was given in vain, now that it is asked for (again)."""
    before = answering.missed + 1 if answering and answering.parameter == parameter else 0
    return before or int(args.get(parameter) not in (None, ""))


class Asking:
    """Questions of a Capability's declaration; a form asks for the optional parameters too."""

    def __init__(self, understands: Understands) -> None:
        self._understands = understands

    def want_more(self, capability: Capability, args: Mapping[str, Any], skipped: tuple[str, ...]) -> None:
        """AskAgain for the next parameter of a form that was neither given nor skipped."""
        if not capability.form:
            return
        for p in capability.parameters:
            if p.name not in skipped and args.get(p.name) in (None, ""):
                raise AskAgain(p.name, question(p))

    def draft(
        self, capability: Capability, parameter: Parameter, text: str, person: Person, *, rejected: bool = False
    ) -> Draft:
        """The question as shown: choices as buttons, skip where it may be left out, cancel. `rejected`: what was given

        did not fit, so that it may be left out too."""
        words = [*parameter.choices]
        buttons = [Press(label=capability.choice(c), call="answer", args={"value": c}, who=(person.id,)) for c in words]
        if not parameter.required and (capability.form or rejected):
            buttons.append(Press(label=say("skip"), call="answer", args={"value": SKIP}, who=(person.id,)))
        buttons.append(Press(label=say("cancel"), call="answer", args={"value": CANCEL}, who=(person.id,)))
        asked, text = question(parameter), worded(text)
        text = text if "?" in text or asked in text else f"{text.rstrip('. ')}. {asked}"
        return Draft(text=text, buttons=tuple(buttons), only_for=(person.id,) if capability.private else ())

    def question(
        self, capability: Capability, parameter: Parameter, args: Mapping[str, Any], persona: str,
        skipped: tuple[str, ...], answer: str, now: datetime,
    ) -> Question:  # fmt: skip
        """The question as kept in the Thread."""
        return Question(
            call=capability.name, args=dict(args), parameter=parameter.name, persona=persona, skipped=skipped,
            answer=answer, until=now + ASKED_FOR,
        )  # fmt: skip

    def answer(self, capability: Capability, asked: Question, text: str, today: date) -> Question:
        """The question with the answer among its arguments; AskAgain if the answer does not fit."""
        parameter = capability.parameter(asked.parameter)
        if parameter is None:
            raise AskAgain("", say("expired"))
        if text.casefold().strip(" .!") in SKIPPING or _is_no_wish(capability, parameter, text):
            if parameter.required:
                raise AskAgain(parameter.name, question(parameter))
            return replace(asked, skipped=(*asked.skipped, parameter.name))
        return replace(
            asked, args={**asked.args, **self._read(capability, parameter, text, today, going_to(asked.args))}
        )

    def fits(self, capability: Capability, asked: Question, text: str, today: date) -> bool:
        """Whether words may be meant as the answer: those that fit a date, a number or a choice, and any others that
        are no aside ("hmm", "and the price?"), so that they can be asked about again."""
        parameter = capability.parameter(asked.parameter)
        if parameter is None or text.casefold().strip(" .!") in SKIPPING or _is_no_wish(capability, parameter, text):
            return True
        if parameter.like is not None:
            return parameter.like(text)
        return (parameter.kind not in _ANY_WORDS and self._taken(capability, asked, text, today)) or not is_aside(text)

    def _taken(self, capability: Capability, asked: Question, text: str, today: date) -> bool:
        try:
            self.answer(capability, asked, text, today)
        except AskAgain:
            return False
        return True

    def left(
        self, capability: Capability, asked: Question, text: str, today: date, wanted: Capability | None,
        understood: Understood,
    ) -> bool:  # fmt: skip
        """Whether words that are understood as a request for `wanted` are no answer: they do not fit, or the question

        takes any words and these are a whole request, or it was answered in vain before. What lacks something that the
        request needs, such as "the dhow cruise", may be an answer once more."""
        if not self._taken(capability, asked, text, today):
            return True
        parameter = capability.parameter(asked.parameter)
        if parameter is None or parameter.kind != "text":
            return False
        needed = [p.name for p in wanted.parameters if p.required] if wanted is not None else []
        whole = all(name in understood.slots for name in needed)
        outright = whole and (len(needed) > 1 or (understood.score >= WORD_FOR_WORD and capability is not wanted))
        return outright or asked.missed > (0 if whole else 1)

    def _read(
        self, capability: Capability, parameter: Parameter, text: str, today: date, there: str
    ) -> dict[str, Any]:  # fmt: skip
        if parameter.kind == "choice":
            text = _chosen(capability, parameter, text)
        if parameter.kind in ("text", "person", "choice", "flag"):
            checked = replace(capability, parameters=(replace(parameter, required=False),))
            return typed(checked, {parameter.name: text}) if text else {}
        understood = self._understands.fill(capability, text, today, asked=parameter.name, there=there)
        for name, problem in understood.problems:
            raise AskAgain(name, problem)
        if parameter.name not in understood.slots:
            raise AskAgain(parameter.name, say("no_fit", words=text[:60], asked=question(parameter)))
        return dict(understood.slots)


def _is_no_wish(capability: Capability, parameter: Parameter, text: str) -> bool:
    """ "No", "anything" and the like, where a form asks for what may be left out."""
    free = capability.form and not parameter.required and parameter.kind in ("text", "choice")
    return free and text.casefold().strip(" .!") in NO_WISH


def _chosen(capability: Capability, parameter: Parameter, text: str) -> str:
    """The choice that an answer names: by its label alone or among other words, or by its number on the list."""
    said = text.casefold().strip(" .!")
    labels = {capability.choice(c).casefold(): c for c in parameter.choices} | {c: c for c in parameter.choices}
    number = re.fullmatch(r"(?:(?:the|number|no|option|ya|namba)\.? )*(\d{1,2})(?:st|nd|rd|th)?", said)
    if number and 1 <= int(number[1]) <= len(parameter.choices):
        return parameter.choices[int(number[1]) - 1]
    named = {c for label, c in labels.items() if re.search(rf"(?<!\w){re.escape(label)}(?!\w)", said)}
    return labels.get(said) or (named.pop() if len(named) == 1 else text)
