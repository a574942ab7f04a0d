"""Long Markdown in parts that a network takes: nothing lost, no emoji cut, code fences closed and opened again."""

import re
import unicodedata
from collections.abc import Callable

SMALLEST = 64
_FENCE = re.compile(r" {0,3}(`{3,8}|~{3,8})([^`\n]{0,24})")
_LOOK_BACK = 2


def size(text: str, unit: str) -> int:
    """How long a text is: unit chars (code points), utf16 or bytes (UTF-8); ValueError for another unit."""
    if unit == "chars":
        return len(text)
    if unit == "utf16":
        return len(text) + sum(c > "\uffff" for c in text)
    if unit == "bytes":
        return len(text.encode("utf-8", "surrogatepass"))
    raise ValueError(f"unknown unit of length {unit!r}")


def split(text: str, limit: int, unit: str = "chars") -> tuple[str, ...]:
    """The text in parts of at most `limit` units, in order; none for a text of only white space.

    White space is dropped where a part ends; all else is kept. A part that ends within a code fence
    closes it, the next one opens it again. ValueError for a limit below 64.
    """
    if limit < SMALLEST:
        raise ValueError(f"a limit of {limit} is too small to write in")
    parts: list[str] = []
    fence, rest = "", text.strip("\r\n")
    while rest.strip():
        head = f"{fence}\n" if fence else ""
        piece, rest, fence = _next(head, rest, limit, unit)
        if piece.removeprefix(head).strip():
            parts.append(piece)
    return tuple(parts)


def fitting(text: str, limit: int, written: Callable[[str], str], unit: str = "chars", at: int = 0) -> list[str]:
    """Markdown as `written` for a network, in pieces of at most `limit` units each. `at`: where to split it first."""
    found: list[str] = []
    for piece in split(text, at or limit, unit):
        shown = written(piece)
        half = max(SMALLEST, size(piece, unit) // 2)
        found += [shown] if size(shown, unit) <= limit else fitting(piece, limit, written, unit, half)
    return found


def _next(head: str, rest: str, limit: int, unit: str) -> tuple[str, str, str]:
    """One part, what is left of the text, and the fence line to open it with."""
    room = limit - size(head, unit)
    if len(rest) <= room and size(rest, unit) <= room:
        return head + rest.rstrip(), "", ""
    end = _cut(rest, room, unit)
    fence = _open_fence(head + rest[:end])
    if not fence:
        return head + rest[:end].rstrip(), _after(rest, end), ""
    closing = "\n" + _marker(fence)
    end = _before_fence(rest, _cut(rest, room - len(closing), unit))
    piece, fence = head + rest[:end].rstrip(), _open_fence(head + rest[:end])
    return piece + (closing if fence else ""), _after(rest, end), fence


def _after(rest: str, end: int) -> str:
    """What follows a cut: without the white space of the cut, with the indentation of the next line."""
    tail = rest[end:]
    blank = len(tail) - len(tail.lstrip())
    line = max(tail.rfind("\n", 0, blank), tail.rfind("\r", 0, blank))
    if line >= 0:
        return tail[line + 1 :]
    return tail[blank:] if not rest[:end].endswith("\n") else tail


def _cut(text: str, room: int, unit: str) -> int:
    """Where to end a part of at most `room` units: a paragraph, a line, a sentence, a word, a character."""
    most = _fitting(text, room, unit)
    least = most // _LOOK_BACK
    for mark in ("\n\n", "\n", ". ", "! ", "? ", " "):
        found = text.rfind(mark, least, most + 1)
        if found > 0:
            return found + (len(mark) - 1 if mark[0] in ".!?" else 0)
    return _whole(text, most)


def _fitting(text: str, room: int, unit: str) -> int:
    """How many code points of the text fit into `room` units."""
    if unit == "chars":
        return min(room, len(text))
    used = 0
    for index, char in enumerate(text[:room]):
        used += size(char, unit)
        if used > room:
            return index
    return min(room, len(text))


def _whole(text: str, most: int) -> int:
    """The last place up to `most` that is between two characters as people see them."""
    for end in range(most, max(0, most - 64), -1):
        if not joined(text, end):
            return end
    return max(most, 1)


def joined(text: str, at: int) -> bool:
    """Whether the code points before and after a position belong to one visible character."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if before == "\u200d" or after == "\u200d" or (before, after) == ("\r", "\n"):
        return True
    if _is_flag(before) and _is_flag(after):
        return _flags_before(text, at) % 2 == 1
    return unicodedata.category(after) in ("Mn", "Me", "Mc") or _continues(after)


def _continues(char: str) -> bool:
    """Skin tones, tag letters of regional flags, and the vowels and finals of Hangul."""
    return "\U0001f3fb" <= char <= "\U0001f3ff" or "\U000e0020" <= char <= "\U000e007f" or "\u1160" <= char <= "\u11ff"


def _is_flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _flags_before(text: str, at: int) -> int:
    start = at
    while start > 0 and _is_flag(text[start - 1]):
        start -= 1
    return at - start


def _open_fence(text: str) -> str:
    """The line that opened the code fence in which a text ends, or ""."""
    opened = ""
    for line in text.split("\n"):
        found = _FENCE.fullmatch(line.rstrip())
        if not found:
            continue
        if not opened:
            opened = found[0]
        elif found[1].startswith(_marker(opened)) and not found[2].strip():
            opened = ""
    return opened


def _marker(fence: str) -> str:
    """The backticks or tildes of a fence line."""
    bare = fence.strip()
    return bare[: len(bare) - len(bare.lstrip(bare[0]))]


def _before_fence(text: str, end: int) -> int:
    """Not to end with a fence that has just been opened, when something stands before it."""
    start = text.rfind("\n", 0, end)
    if start > 0 and _FENCE.fullmatch(text[start + 1 : end].rstrip()) and not _open_fence(text[:start]):
        return start
    return end
