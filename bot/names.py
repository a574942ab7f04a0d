"""How place names are compared: letters without accents, case and punctuation."""

import re
import unicodedata

_JOINED = re.compile(r"['’ʼ`´]")
_APART = re.compile(r"[^\w]+|_")
_SAINT = re.compile(r"\b(saint|sainte|st|ste)\b")
_MOUNT = re.compile(r"\bmt\b")


def fold(name: str) -> str:
    """The key under which a name is stored and looked up: "Nairobî" and "NAIROBI" are "nairobi"."""
    text = name.casefold() if name.isascii() else _plain(name)
    text = _APART.sub(" ", _JOINED.sub("", text)).strip()
    return _MOUNT.sub("mount", _SAINT.sub("st", text))


def _plain(name: str) -> str:
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))


def alphabets(name: str) -> set[str]:
    """The scripts of its letters, by the first word of their Unicode names; kana and Han belong together."""
    found = {unicodedata.name(c, "?").split()[0] for c in name if c.isalpha()}
    return {"CJK" if s in ("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA") else s for s in found}


def word_set(words: str) -> frozenset[str]:
    """A set written as one text, words apart by blanks or line ends."""
    return frozenset(words.split())
