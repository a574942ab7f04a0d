"""From words and JSON to the typed arguments of a Capability, and what is still missing."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.capability import Capability, Parameter
from bot.errors import AskAgain
from bot.language import retold
from bot.money import Money
from bot.texts import say

TEXT_LIMIT = 4000


def typed(capability: Capability, args: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments by name with the types of the declaration; AskAgain names the first that does not fit.

    Unknown names and missing required ones are AskAgain as well; None and "" count as absent."""
    unknown = [name for name in args if capability.parameter(name) is None]
    if unknown:
        raise AskAgain(unknown[0], f"{capability.name} takes no {unknown[0]!r}")
    given = {p.name: _value(p, args[p.name]) for p in capability.parameters if args.get(p.name) not in (None, "")}
    missing = first_missing(capability, given)
    if missing is not None:
        raise AskAgain(missing.name, question(missing))
    return given


def first_missing(capability: Capability, given: Mapping[str, Any]) -> Parameter | None:
    """The first required parameter without a value."""
    return next((p for p in capability.parameters if p.required and p.name not in given), None)


def question(parameter: Parameter) -> str:
    """What to ask for a parameter: its own question, the usual one for such a name, or its title."""
    if parameter.ask:
        return retold(parameter.ask)
    usual = f"ask_{parameter.name}"
    return say(usual) if usual in say else f"{parameter.title[:1].upper()}{parameter.title[1:]}?"


def _value(p: Parameter, raw: Any) -> Any:
    try:
        return _READ[p.kind](p, raw)
    except (ValueError, TypeError) as cause:
        raise AskAgain(p.name, say("no_fit", words=str(raw)[:60], asked=question(p))) from cause


def _text(p: Parameter, raw: Any) -> str:
    if not isinstance(raw, str):
        raise ValueError("not a text")
    if len(raw) > TEXT_LIMIT:
        raise AskAgain(p.name, say("text_too_long", most=TEXT_LIMIT))
    return raw.strip()


def _count(p: Parameter, raw: Any) -> int:
    if isinstance(raw, bool):
        raise ValueError("not a number")
    number = int(str(raw))
    if abs(number) > 10**6:
        raise ValueError("too large")
    return number


def _date(p: Parameter, raw: Any) -> date:
    return raw if isinstance(raw, date) else date.fromisoformat(str(raw))


def _money(p: Parameter, raw: Any) -> Money:
    """Money as itself, {"minor", "currency"} or "60000 KES" (whole units with at most the ISO decimals)."""
    if isinstance(raw, Money):
        return raw
    if isinstance(raw, Mapping):
        return Money(raw["minor"], raw["currency"])
    amount, _, currency = str(raw).strip().partition(" ")
    if _NAMED.fullmatch(currency.strip()) and amount[:1].isdigit():
        raise AskAgain(p.name, say("which_money", words=str(raw)[:60], amount=amount, asked=question(p)))
    return Money.parse(amount.replace(",", ""), currency.strip().upper())


def _choice(p: Parameter, raw: Any) -> str:
    wanted = str(raw).strip().casefold()
    exact = [c for c in p.choices if c.casefold() == wanted]
    close = exact or [c for c in p.choices if c.casefold().startswith(wanted)]
    if len(close) != 1:
        raise ValueError("none of the choices")
    return close[0]


def _flag(p: Parameter, raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    word = str(raw).strip().casefold()
    if word not in _YES | _NO:
        raise ValueError("neither yes nor no")
    return word in _YES


_NAMED = re.compile(r"[^\W\d_]{4,}")  # a currency by a name that is no code
_YES = {"yes", "y", "true", "1", "on", "ndiyo", "sure", "ok"}
_NO = {"no", "n", "false", "0", "off", "hapana"}
_READ = {
    "text": _text, "location": _text, "person": _text, "count": _count, "date": _date,
    "money": _money, "choice": _choice, "flag": _flag,
}  # fmt: skip
