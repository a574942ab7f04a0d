"""Emoji by their :names: and back, for networks that write them so. Data: emojibase-data 17.0.0, iamcal names, MIT."""

import re
from functools import cache
from pathlib import Path

_DATA = Path(__file__).with_name("emoji.txt")
_CODE = re.compile(r":([a-z0-9_+'-]{1,60})(?:::(skin-tone-[2-6]))?:")
_TONES = {f"skin-tone-{n}": chr(0x1F3F9 + n) for n in range(2, 7)}


def emoji(name: str) -> str:
    """The emoji of a name such as "wave" or "wave::skin-tone-4"; ":name:" for a workspace's own."""
    bare, _, tone = name.partition("::")
    found = _names().get(bare)
    return _toned(found, tone) if found else f":{name}:"


def name_of(shown: str) -> str:
    """The name of an emoji, with its skin tone; "" for what is none."""
    tone = next((n for n, char in _TONES.items() if char in shown), "")
    bare = "".join(c for c in shown if c not in _TONES.values())
    found = _emoji().get(bare) or _emoji().get(bare.replace("\ufe0f", ""), "")
    return f"{found}::{tone}" if found and tone else found


def with_emoji(text: str) -> str:
    """A text in which known :names: are emoji."""
    return _CODE.sub(lambda m: _toned(_names()[m[1]], m[2] or "") if m[1] in _names() else m[0], text)


def _toned(found: str, tone: str) -> str:
    if tone not in _TONES:
        return found
    first, rest = found[0], found[1:].removeprefix("\ufe0f")
    return f"{first}{_TONES[tone]}{rest}"


@cache
def _names() -> dict[str, str]:
    lines = (line.split() for line in _DATA.read_text(encoding="utf-8").splitlines())
    return {name: shown for shown, *names in lines for name in names}


@cache
def _emoji() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, shown in _names().items():
        found.setdefault(shown, name)
        found.setdefault(shown.replace("\ufe0f", ""), name)
    return found
