"""Our Markdown and Discord's, both ways, with nothing lost: https://discord.com/developers/docs/reference#message-formatting."""

import re
from collections.abc import Mapping
from functools import partial

from channels.marks import marked, naming, within_code

_MENTION = re.compile(r"<(@!?|@&|#)(\d{5,25})>")
_EMOJI = re.compile(r"<a?:(\w{1,64}):\d{5,25}>")
_MARKS = re.compile(r"[\\*_~`|]")
_URL = re.compile(r"(https?://[^\s<>]+)")
_OPENS = re.compile(r"^(\s*)(#{1,3} |-# |>{1,3} ?|[-+*] )", re.MULTILINE)
_ANGLE = re.compile(r"<(?=[@#:tai/])")
_STYLE_MARKS = {"bold": "**", "italic": "*", "strike": "~~"}


def read(text: str, names: Mapping[str, str]) -> str:
    """A message as its author sees it: names for ids, emoji of a server by their name. Unknown ids stay."""
    text = _MENTION.sub(lambda m: f"{m[1][0]}{names[m[2]]}" if names.get(m[2]) else m[0], text)
    return _EMOJI.sub(lambda m: f":{m[1]}:", text)


def write(markdown: str, people: Mapping[str, str] | None = None) -> str:
    """Markdown as Discord's. `people`: name -> id of those whose @name becomes a mention."""
    letters = partial(_plain, people=people or {})
    return marked(markdown, letters, _link, within_code, marks=_STYLE_MARKS, languages=True).strip("\n")


def mentioned(written: str) -> tuple[str, ...]:
    """The ids of the people that a written text names, each once."""
    return tuple(dict.fromkeys(m[2] for m in _MENTION.finditer(written) if m[1] in ("@", "@!")))


def _link(url: str, label: str) -> str:
    """A masked link; a label that is an address itself would not be shown as one."""
    if _URL.search(label):
        return label if label == url else f"{label} {url}"
    return f"[{_letters(label)}]({url})"


def _plain(text: str, people: Mapping[str, str]) -> str:
    """Letters that stay letters, addresses as they are; @name of somebody known mentions them."""
    pieces = _URL.split(text)
    return "".join(piece if i % 2 else naming(piece, people, _letters) for i, piece in enumerate(pieces))


def _letters(text: str) -> str:
    shown = _MARKS.sub(lambda m: f"\\{m[0]}", text)
    shown = _ANGLE.sub(lambda m: f"\\{m[0]}", shown)
    return _OPENS.sub(lambda m: f"{m[1]}\\{m[2]}", shown)
