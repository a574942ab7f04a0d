"""Reasons: what was decided about an Entry, in words that travellers know; keepers read the codes beside them."""

import re

from bot.capability import Registry
from bot.texts import say

# What a Turn notes of itself, and how it is told; what stands in no rule is told as it was noted.
_RULES = tuple(
    (re.compile(pattern), key)
    for pattern, key in (
        (r"ran (?P<calls>[\w, ]+)", "because_ran"),
        (r"understood as (?P<calls>\w+)", "because_understood"),
        (r"(?P<calls>\w+), asked for by a persona", "because_persona"),
        (r"an answer to (?P<calls>\w+)\.(?P<parameter>\w+)", "because_answer"),
        (r"no answer to (?P<calls>\w+)\.(?P<parameter>\w+)", "because_no_answer"),
        (r"asked for (?P<parameter>[a-z_]+)", "because_asked"),
        (r"the result of \w+", "because_said"),
        (r"not understood", "because_unclear"),
        (r"an error of ours|the job failed: .*|Conflict|CaravanError|Misconfigured|Undeliverable", "because_error"),
        (r"Explain", "because_explained"),
        (r"AskAgain", "because_wrong"),
        (r"NotAllowed", "because_not_allowed"),
        (r"cannot: \w+", "because_cannot"),
        (r"kept: nothing to do for \w+", "because_kept"),
        (r"context: nobody was addressed", "because_nobody"),
        (r"no persona here", "because_no_persona"),
        (r"one human here: the active persona", "because_alone"),
        (r"a greeting", "because_greeting"),
        (r"nothing to move", "because_nothing_new"),
        (r"an unknown command", "because_unknown"),
        (r"addressed: (?P<names>.+)", "because_addressed"),
        (r"context: said to (?P<names>.+)", "because_to_other"),
        (r"still in conversation with (?P<names>.+)", "because_still"),
    )
)


def told(outcome: str, registry: Registry, *, codes: bool = False) -> str:
    """An outcome as it is told; `codes`: what was noted follows in brackets where it reads otherwise."""
    words = "; ".join(dict.fromkeys(filter(None, (_told(part, registry) for part in outcome.split("; ")))))
    return f"{words} [{outcome}]" if codes and words != outcome else words


def _told(part: str, registry: Registry) -> str:
    found = next(((m, key) for pattern, key in _RULES if (m := pattern.fullmatch(part))), None)
    if found is None:
        return part
    match, key = found
    values = match.groupdict()
    called = [registry.get(name) for name in (values.get("calls") or "").split(", ")]
    does = ", ".join(dict.fromkeys(c.told for c in called if c)) or say("because_other")
    title = (values.get("parameter") or "").replace("_", " ")
    for capability in (c for c in (called if "calls" in values else registry) if c):
        if parameter := capability.parameter(values.get("parameter") or ""):
            title = capability.title(parameter)
            break
    return str(say(key, does=does, title=title, names=values.get("names") or ""))
