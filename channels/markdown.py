"""Markdown as spans of plain text with their styles, for networks whose markup is not Markdown. Nothing is lost:

what only looks like markup stays as it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_ANY = re.compile(r"[`*_~\[\\]|^ {0,3}(?:#|>|\||[-+] )", re.MULTILINE)
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ ]*([^`\s]*)[ \t]*")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(\S.*?)[ \t]*#*[ \t]*")
_BULLET = re.compile(r"( *)[-*+] (?=\S)")
_QUOTE = re.compile(r" {0,3}> ?")
_TABLE = re.compile(r" {0,3}\|.*\|[ \t]*")
_INLINE = re.compile(
    r"\\(?P<escaped>[\\`*_~\[\]])"
    r"|(?P<address>https?://(?:[^\s<>()\[\]*`~\\]|~(?!~))+)"
    r"|(?P<ticks>`{1,8})(?!`)(?P<code>[^\n]+?)(?<!`)(?P=ticks)(?!`)"
    r"|\[(?P<label>[^\[\]\n]{1,400})\]\((?P<url>(?:https?://|tg://|mailto:)[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)\)"
    r"|(?<![\w*])\*\*(?=\S)(?P<bold>[^\n]+?)(?<=\S)\*\*(?!\*)"
    r"|(?<![\w_])__(?=\S)(?P<strong>[^\n]+?)(?<=\S)__(?![\w_])"
    r"|~~(?=\S)(?P<strike>[^\n]+?)(?<=\S)~~"
    r"|(?<![\w*])\*(?=[^\s*])(?P<italic>[^*\n]+?)(?<=\S)\*(?![\w*])"
    r"|(?<![\w_])_(?=[^\s_])(?P<slanted>[^_\n]+?)(?<=\S)_(?![\w_])"
)
_STYLES = {"bold": "bold", "strong": "bold", "strike": "strike", "italic": "italic", "slanted": "italic"}
_DEEPEST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A piece of text. `styles`: of bold, italic, strike, code, quote, block (code of its own lines or a table).

    `url`: where a link leads; `language`: of a block."""

    text: str
    styles: tuple[str, ...] = ()
    url: str = ""
    language: str = ""


def spans(text: str) -> tuple[Span, ...]:
    """The spans of a text in order; their texts joined are what people read."""
    if not _ANY.search(text):
        return (Span(text=text),) if text else ()
    return tuple(_merged(_blocks(text.split("\n"))))


def plain(text: str) -> str:
    """What people read of a Markdown text."""
    return "".join(span.text for span in spans(text))


def _blocks(lines: list[str]) -> Iterator[Span]:
    at = 0
    while at < len(lines):
        end, found = _block(lines, at)
        yield from found
        if end < len(lines):
            yield Span(text="\n")
        at = end


def _block(lines: list[str], at: int) -> tuple[int, list[Span]]:
    """Where the block that begins in a line ends, and its spans."""
    fence = _FENCE.fullmatch(lines[at])
    if fence and (end := _closing(lines, at, fence[1])):
        return end + 1, [Span(text="\n".join(lines[at + 1 : end]), styles=("block",), language=fence[2])]
    if _TABLE.fullmatch(lines[at]):
        end = next((n for n in range(at, len(lines)) if not _TABLE.fullmatch(lines[n])), len(lines))
        if end > at + 1:
            return end, [Span(text="\n".join(lines[at:end]), styles=("block",))]
    if quote := _QUOTE.match(lines[at]):
        return at + 1, [replace(s, styles=("quote", *s.styles)) for s in _line(lines[at][quote.end() :])]
    return at + 1, _line(lines[at])


def _closing(lines: list[str], at: int, marker: str) -> int:
    """The line that closes a fence, 0 if nothing stands between or it is never closed."""
    for n in range(at + 1, len(lines)):
        bare = lines[n].strip()
        if bare.startswith(marker) and not bare.strip(marker[0]):
            return n if any(line.strip() for line in lines[at + 1 : n]) else 0
    return 0


def _line(line: str) -> list[Span]:
    if heading := _HEADING.fullmatch(line):
        return [replace(s, styles=("bold", *s.styles)) for s in _inline(heading[1])]
    if bullet := _BULLET.match(line):
        return [Span(text=f"{bullet[1]}• "), *_inline(line[bullet.end() :])]
    return list(_inline(line))


def _inline(text: str, depth: int = 0) -> Iterator[Span]:
    at = 0
    for found in _INLINE.finditer(text) if depth < _DEEPEST else ():
        if found.start() > at:
            yield Span(text=text[at : found.start()])
        yield from _styled(found, depth)
        at = found.end()
    if at < len(text):
        yield Span(text=text[at:])


def _styled(found: re.Match[str], depth: int) -> Iterator[Span]:
    kind = found.lastgroup or ""
    if kind in ("escaped", "address"):
        yield Span(text=found[kind])
    elif kind in ("code", "ticks"):
        yield Span(text=found["code"], styles=("code",))
    elif kind == "url":
        yield from (replace(s, url=found["url"]) for s in _inline(found["label"], _DEEPEST))
    else:
        yield from (replace(s, styles=_with(s.styles, _STYLES[kind])) for s in _inline(found[kind], depth + 1))


def _with(styles: tuple[str, ...], style: str) -> tuple[str, ...]:
    return styles if style in styles else (style, *styles)


def _merged(found: Iterator[Span]) -> Iterator[Span]:
    """Neighbours of one style as one; a quote of several lines is one quote."""
    last: Span | None = None
    for span in found:
        if last is not None and replace(last, text="") == replace(span, text=""):
            last = replace(last, text=last.text + span.text)
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last
