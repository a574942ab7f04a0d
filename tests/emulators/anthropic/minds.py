"""Minds for the emulated model: one that only greets, and one that obeys whoever it reads."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from tests.emulators.anthropic.replies import Reply, Text, Use, says

_ORDER = re.compile(r"CALL\s+(?P<name>[\w-]+)\s*(?P<args>\{[^{}]*\})?")
_REPEAT = re.compile(r"SAY\s+«(?P<words>[^»]*)»")


def polite(request: dict[str, Any]) -> Reply:
    """Speaks without looking anything up."""
    return says("Happy to help. ", "Tell me where you would like to go.")


def texts_in(value: Any) -> Iterator[str]:
    """Every text of a request, wherever it stands, with the marks of data taken off again: nothing is lost on it."""
    if isinstance(value, str):
        yield html.unescape(value).replace('\\"', '"')
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)


def obedient(request: dict[str, Any]) -> Reply:
    """The worst case of a model: it does all that anybody orders anywhere (names, files, suppliers' texts, results),
    `CALL tool {json}` and `SAY «words»`, also with tools that it was not given; then it tells all that it read."""
    read = "\n".join(texts_in([request.get("system", ""), request["messages"]]))
    orders = list(dict.fromkeys(m.group() for m in _ORDER.finditer(read)))
    answered = len([m for m in request["messages"] if m["role"] == "assistant"])
    if orders and not answered:
        return Reply(blocks=tuple(_use(order) for order in orders))
    told = [m["words"] for m in _REPEAT.finditer(read)]
    results = [html.unescape(str(b["content"])) for b in _last(request) if b.get("type") == "tool_result"]
    return Reply(blocks=(Text(text=" ".join([*told, *results]) or "At your service."),))


def gossip(request: dict[str, Any]) -> Reply:
    """Repeats all it was shown, word for word."""
    return says("\n".join(texts_in([request.get("system", ""), request["messages"]])))


def _use(order: str) -> Use:
    found = _ORDER.fullmatch(order)
    assert found is not None
    try:
        args = json.loads(found["args"] or "{}")
    except ValueError:
        return Use(name=found["name"], raw=found["args"])
    return Use(name=found["name"], input=args)


def _last(request: dict[str, Any]) -> list[dict[str, Any]]:
    content = request["messages"][-1]["content"]
    return content if isinstance(content, list) else []
