"""Several changes asked for in one message: "make it two nights and no museums on day 2", "remove A and B"."""

import re
from collections.abc import Callable

from bot.capability import Capability, Effect, Registry
from bot.minds import WORD_FOR_WORD, Understood

_MOST = 4
_APART = (
    re.compile(
        r"\s*(?:[,;.!]\s+(?:and |then |also |na )*|\s(?:and|na|then|plus)\s(?:then |also |please )*)", re.IGNORECASE
    ),
    re.compile(r"\s*[;.!]\s+(?:and |then |also )*", re.IGNORECASE),
)
_NAME = re.compile(r"(?:the |our |my )?[^\W\d_][\w'’-]*(?: [\w'’-]+){0,4}", re.IGNORECASE)


def parts_of(text: str, registry: Registry, understand: Callable[[str], Understood]) -> tuple[str, ...]:
    """The texts of the changes that a text asks for, in order; none where it is one request or no change."""
    for apart in _APART:
        parts = [part.strip() for part in apart.split(text.strip(" .!")) if part.strip()]
        if 1 < len(parts) <= _MOST and (found := _changes(parts, registry, understand)):
            return found
    return ()


def _changes(parts: list[str], registry: Registry, understand: Callable[[str], Understood]) -> tuple[str, ...]:
    found: list[str] = []
    lead = ""
    for part in parts:
        meant = understand(part)
        capability = registry.get(meant.intent or "")
        if capability is not None and _is_change(capability) and not meant.problems:
            item = meant.slots.get("item", "")
            lead = part.partition(item)[0] if item and meant.score >= WORD_FOR_WORD else ""
            found.append(part)
        elif lead and _NAME.fullmatch(part):
            found.append(f"{lead}{part}")
        else:
            return ()
    return tuple(found)


def _is_change(capability: Capability) -> bool:
    """Whether it changes what there is, and looks for nothing anywhere."""
    anywhere = any(p.kind == "location" for p in capability.parameters)
    return not (anywhere or capability.form or capability.hidden) and (
        capability.effect is Effect.CHANGE or capability.slow
    )
