"""The table of what each network can do, made from the Features that the contract suite proves."""

from collections.abc import Mapping

from bot.ports import Features
from channels.limits import LIMITS, MEGABYTE
from channels.simulator.channel import OWN
from channels.webhook.outbound import FEATURES as WEBHOOK

_UNITS = {"chars": "characters", "utf16": "UTF-16 units", "bytes": "bytes"}


def networks() -> Mapping[str, Features]:
    """Name -> what a group there can do; any other messenger and our own simulator last."""
    return {name: limits.group for name, limits in LIMITS.items()} | {"webhook": WEBHOOK, "simulator": OWN}


def feature_table() -> str:
    """The table as Markdown, one column for each network."""
    columns = networks()
    rows = [
        ("text in one message", [f"{f.text_limit:,} {_UNITS[f.text_unit]}" for f in columns.values()]),
        ("native buttons", [f"{f.buttons} of {f.button_label} characters" for f in columns.values()]),
        *((title, [_yes(getattr(f, name)) for f in columns.values()]) for title, name in _FLAGS),
        ("files up to", [f"{f.file_limit // MEGABYTE:,} MB" if f.files else "no" for f in columns.values()]),
        ("as of", [f.as_of for f in columns.values()]),
    ]
    head = ["| |" + "|".join(columns) + "|", "|---|" + "---|" * len(columns)]
    return "\n".join(head + [f"| {title} | {' | '.join(cells)} |" for title, cells in rows])


_FLAGS = (
    ("links in buttons", "links_in_buttons"),
    ("edits", "edits"),
    ("deletions", "deletes"),
    ("reactions", "reactions"),
    ("replies", "replies"),
    ("private reply in a group", "private_replies"),
    ("own name for each message", "own_names"),
    ("text that grows", "streams"),
    ("forms", "forms"),
    ("groups", "groups"),
    ("a send repeated is one message", "idempotent_sends"),
    ("a send can be looked up", "looks_up_sends"),
)


def _yes(claim: bool) -> str:
    return "yes" if claim else "–"
