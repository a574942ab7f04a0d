"""Capability: one thing Caravan can do, declared once as a typed method.

From the declaration come the slash command, the button, the model's tool, the JSON API, the
offline brain's understanding and the help page.
"""

import inspect
import types
import typing
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal, Union

from bot.language import spoken
from bot.money import Money


class Effect(StrEnum):
    """What running it does: look at things, change a Thread's documents, or spend money."""

    LOOK = "look"
    CHANGE = "change"
    SPEND = "spend"


@dataclass(frozen=True, slots=True)
class Slot:
    """How a parameter is understood and asked for.

    `kind`: location, date, count, money, person, text, choice or flag. `ask` is the question that is
    put when the value is missing. `title` names it to people. `like`: whether
    words look like an answer to that question; what does not is talk.
    """

    kind: str
    ask: str = ""
    title: str = ""
    like: Callable[[str], bool] | None = None


Location = Annotated[str, Slot("location")]
Day = Annotated[date, Slot("date")]
Count = Annotated[int, Slot("count")]
Amount = Annotated[Money, Slot("money")]
Who = Annotated[str, Slot("person")]
Text = Annotated[str, Slot("text")]
Confirmed = Annotated[str, Slot("confirmed")]
"""What a person has confirmed by a button made by bot/consent/confirm.py, "" before; no other caller can give it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One typed argument of a Capability; `choices` only for kind choice."""

    name: str
    kind: str
    required: bool
    default: Any = None
    choices: tuple[str, ...] = ()
    ask: str = ""
    title: str = ""
    like: Callable[[str], bool] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Capability:
    """A declared method. `phrases` are example sentences with {parameter} holes.

    `slow`: it calls out and therefore runs in a Job, never in the lane. `hidden`: no command, no help,
    not offered to models (a button's or a Job's own door). `private`: only the asker sees the answer.
    `check(ask, args)` runs before anything is asked for, so that nobody fills in a form in vain: it raises
    Explain, or AskAgain for a value given so far. `topic`: the heading of the help page it stands under.
    `confirms`: it also takes `confirmed`, which is no parameter: nobody can ask for it, say it or fill it in.
    `pays`: it opens a way to pay or to book, and rests while spending is paused (bot/pauses.py).
    `recorded`: the audit keeps every call of it, whoever makes it. `questions`: how people ask about what they have
    already, as patterns of words in lower case by the value of its first choice; a group `of` names the
    thing, one called `day` asks for a day to be named.
    `words`: what it says of itself in other languages than English, see `Registry.translate`.
    """

    name: str
    summary: str
    effect: Effect
    run: Callable[..., Awaitable[Any]]
    parameters: tuple[Parameter, ...] = ()
    command: str = ""
    phrases: tuple[str, ...] = ()
    private: bool = False
    form: bool = False
    slow: bool = False
    hidden: bool = False
    role: str = "traveller"
    check: Callable[..., Awaitable[None]] | None = None
    topic: str = ""
    confirms: bool = False
    pays: bool = False
    recorded: bool = False
    questions: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict, compare=False, repr=False)

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of that name, or None."""
        return next((p for p in self.parameters if p.name == name), None)

    @property
    def told(self) -> str:
        """The summary in the language spoken now."""
        return self._word(self.name, self.summary)

    @property
    def examples(self) -> tuple[str, ...]:
        """Sentences that can be said as they are, in the language spoken now."""
        own = self._word(f"say:{self.name}", "")
        return tuple(own.split(" | ")) if own else tuple(p for p in self.phrases if "{" not in p)

    def title(self, parameter: Parameter) -> str:
        """What a parameter is called in the language spoken now."""
        return self._word(f"parameter:{parameter.name}", parameter.title)

    def choice(self, value: str) -> str:
        """What one of the choices is called in the language spoken now."""
        return self._word(f"choice:{value}", value.replace("_", " "))

    def _word(self, key: str, english: str) -> str:
        words = self.words.get(spoken())
        return words.get(key, english) if words else english


@dataclass(frozen=True, slots=True, kw_only=True)
class _Declared:
    summary: str
    effect: Effect
    command: str
    phrases: tuple[str, ...]
    private: bool
    form: bool
    slow: bool
    hidden: bool
    role: str
    check: str
    pays: bool
    recorded: bool
    questions: Mapping[str, tuple[str, ...]]


def capability(
    summary: str,
    *,
    effect: Effect = Effect.LOOK,
    command: str = "",
    phrases: Iterable[str] = (),
    private: bool = False,
    form: bool = False,
    slow: bool = False,
    hidden: bool = False,
    role: str = "traveller",
    check: str = "",
    pays: bool = False,
    recorded: bool = False,
    questions: Mapping[str, tuple[str, ...]] = types.MappingProxyType({}),
) -> Callable[[Callable[..., Awaitable[Any]]], Callable[..., Awaitable[Any]]]:
    """Mark an async method `(self, ask, *, typed keyword parameters)` as a Capability of its name.

    `check`: the name of a method `(self, ask, args)` of the same service, see Capability."""
    declared = _Declared(
        summary=summary, effect=effect, command=command, phrases=tuple(phrases), private=private,
        form=form, slow=slow, hidden=hidden, role=role, check=check, pays=pays,
        recorded=recorded, questions=questions,
    )  # fmt: skip

    def mark(method: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        method.__capability__ = declared  # type: ignore[attr-defined]
        return method

    return mark


def capabilities_of(service: object, topic: str = "") -> list[Capability]:
    """Every marked method of a service object, bound to it, in the order of definition; `topic` as in Capability."""
    found = []
    for name in vars(type(service)):
        declared = getattr(getattr(type(service), name), "__capability__", None)
        if declared is not None:
            check = getattr(service, declared.check) if declared.check else None
            found.append(replace(_bound(name, declared, getattr(service, name), check), topic=topic))
    return found


def _bound(
    name: str, declared: _Declared, method: Callable[..., Awaitable[Any]], check: Callable[..., Awaitable[None]] | None
) -> Capability:
    fields = {**{f: getattr(declared, f) for f in _Declared.__slots__}, "check": check}
    parameters = tuple(_parameters(method))
    said = tuple(p for p in parameters if p.kind != "confirmed")
    return Capability(name=name, run=method, parameters=said, confirms=len(said) < len(parameters), **fields)


def _parameters(method: Callable[..., Awaitable[Any]]) -> Iterator[Parameter]:
    hints = typing.get_type_hints(method, include_extras=True)
    for name, p in inspect.signature(method).parameters.items():
        if p.kind is p.KEYWORD_ONLY:
            yield _parameter(name, hints[name], p)


def _parameter(name: str, hint: Any, p: inspect.Parameter) -> Parameter:
    required = p.default is p.empty
    kind, choices, slot = _kind_of(hint)
    return Parameter(
        name=name,
        kind=kind,
        required=required,
        default=None if required else p.default,
        choices=choices,
        ask=slot.ask if slot else "",
        title=(slot.title if slot else "") or name.replace("_", " "),
        like=slot.like if slot else None,
    )


_PLAIN = {str: "text", int: "count", bool: "flag", date: "date", Money: "money"}


def _kind_of(hint: Any) -> tuple[str, tuple[str, ...], Slot | None]:
    """Slot kind, choices and Slot of a type: Annotated[..., Slot(..)], Literal, a plain type, `| None`."""
    slot = None
    if typing.get_origin(hint) is Annotated:
        slot = next((m for m in hint.__metadata__ if isinstance(m, Slot)), None)
        inner = _kind_of(hint.__origin__)
        return (slot.kind if slot else inner[0]), inner[1], slot
    if typing.get_origin(hint) in (Union, types.UnionType):
        rest = [a for a in typing.get_args(hint) if a is not type(None)]
        return _kind_of(rest[0])
    if typing.get_origin(hint) is Literal:
        return "choice", tuple(typing.get_args(hint)), None
    if hint not in _PLAIN:
        raise TypeError(f"a Capability's parameter cannot have the type {hint!r}")
    return _PLAIN[hint], (), None


class Registry:
    """All Capabilities by name and by command."""

    def __init__(self, capabilities: Iterable[Capability] = ()) -> None:
        self._by_name: dict[str, Capability] = {}
        self._by_command: dict[str, Capability] = {}
        self._words: dict[str, Mapping[str, str]] = {}
        self.add(*capabilities)

    def translate(self, language: str, words: Mapping[str, str]) -> None:
        """What is declared in English, in another language: summaries by the Capability's name, "say:{name}" examples,
        "parameter:{name}" titles, "choice:{value}"."""
        self._words[language] = words

    def add(self, *capabilities: Capability) -> None:
        """Register them; a name or command that is taken raises ValueError."""
        for c in capabilities:
            if c.name in self._by_name or (c.command and c.command in self._by_command):
                raise ValueError(f"capability {c.name} (/{c.command}) is declared twice")
            c = replace(c, words=self._words)
            self._by_name[c.name] = c
            if c.command:
                self._by_command[c.command] = c

    def get(self, name: str) -> Capability | None:
        """By name, or None."""
        return self._by_name.get(name)

    def command(self, command: str) -> Capability | None:
        """By slash command without the slash, or None."""
        return self._by_command.get(command)

    def __iter__(self) -> Iterator[Capability]:
        return iter(self._by_name.values())
