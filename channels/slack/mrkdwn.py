"""Slack's own markup and ours, both ways, with nothing lost: https://docs.slack.dev/messaging/formatting-message-text/."""

import re
from collections.abc import Mapping
from typing import Any

from channels.emoji import with_emoji
from channels.marks import as_letters, marked, naming, within_code
from channels.slack.limits import PIECES
from channels.splitting import fitting

_ANGLE, _HOLE = re.compile(r"<([^<>\n]+)>"), re.compile(r"{(\w+)}")


def read(text: str, names: Mapping[str, str]) -> str:
    """A message as its author sees it, in Markdown: names for ids, links, emoji, &amp; as &."""
    shown = with_emoji(_ANGLE.sub(lambda m: _angle(m[1], names), text))
    return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def piece(item: Any) -> str | None:
    """An element of rich text as markup, None for what stands on a line of its own."""
    found = item if isinstance(item, dict) else {}
    written = PIECES.get(str(found.get("type")), "")
    return _HOLE.sub(lambda m: escaped(str(found.get(m[1], ""))), written) if written else None


def mentioned(text: str) -> tuple[str, ...]:
    """The ids of the people that a message names."""
    return tuple(dict.fromkeys(re.findall(r"<@([UW][A-Z0-9]{1,30})(?:\|[^<>]*)?>", text)))


def write(markdown: str, people: Mapping[str, str], as_said: bool = False) -> str:
    """Markdown as Slack's markup, or words `as_said`. `people`: name -> id of those whose @name becomes a mention."""
    if as_said:
        return as_letters(escaped(markdown))
    written = marked(markdown, lambda text: _letters(text, people), _link, lambda text: within_code(escaped(text)))
    return written if written.strip() else escaped(markdown)


def sections(markdown: str, people: Mapping[str, str], most: int, as_said: bool = False) -> list[str]:
    """Markdown as pieces of markup of at most `most` characters each."""
    return fitting(markdown, most, lambda piece: write(piece, people, as_said))


def escaped(text: str) -> str:
    """The three characters that mean something to Slack, as it wants them written."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _link(url: str, text: str) -> str:
    return f"<{escaped(url).replace('|', '%7C')}|{escaped(text)}>"


def _letters(text: str, people: Mapping[str, str]) -> str:
    """Letters that stay letters; @name of somebody known mentions them."""
    return naming(text, people, lambda piece: as_letters(escaped(piece)))


def _angle(inside: str, names: Mapping[str, str]) -> str:
    target, bar, label = inside.partition("|")
    if target.startswith("@"):
        return f"@{label or names.get(target[1:], target[1:])}"
    if target.startswith("#"):
        return f"#{label or target[1:]}"
    if target.startswith("!"):
        name = label or target[1:].partition("^")[2] or target[1:]
        return name if target.startswith("!date") else f"@{name.removeprefix('@')}"
    bare = target.removeprefix("mailto:").removeprefix("tel:")
    if not bar or label in (target, bare) or re.sub(r"^https?://", "", target).rstrip("/") == label.rstrip("/"):
        return label or bare
    return f"[{label}]({target})"
