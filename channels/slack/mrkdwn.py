"""Slack's own markup and ours, both ways, with nothing lost: https://docs.slack.dev/messaging/formatting-message-text/."""

import re
from collections.abc import Mapping

from channels.markdown import Span, spans
from channels.slack.emoji import with_emoji
from channels.splitting import split

_ANGLE = re.compile(r"<([^<>\n]+)>")
_MARKS = re.compile(r"[*_~`]")
# Stands behind a mark that is meant as a letter, so that Slack does not take it for markup; nobody sees it.
APART = "\u2060"
_STYLE_MARKS = {"bold": "*", "italic": "_", "strike": "~"}
_SPECIAL = {"here": "@here", "channel": "@channel", "everyone": "@everyone"}


def read(text: str, names: Mapping[str, str]) -> str:
    """A message as its author sees it, in Markdown: names for ids, links, emoji, &amp; as &."""
    return unescaped(with_emoji(_ANGLE.sub(lambda m: _angle(m[1], names), text)))


def mentioned(text: str) -> tuple[str, ...]:
    """The ids of the people that a message names."""
    return tuple(dict.fromkeys(re.findall(r"<@([UW][A-Z0-9]{1,30})(?:\|[^<>]*)?>", text)))


def write(markdown: str, people: Mapping[str, str]) -> str:
    """Markdown as Slack's markup. `people`: name -> id of those whose @name becomes a mention."""
    found = spans(markdown)
    return "".join(_span(s, people, found, i) for i, s in enumerate(found))


def sections(markdown: str, people: Mapping[str, str], most: int) -> tuple[str, ...]:
    """Markdown as pieces of markup of at most `most` characters each."""
    return tuple(w for piece in split(markdown, most) for w in _fitting(piece, people, most))


def _fitting(markdown: str, people: Mapping[str, str], most: int) -> tuple[str, ...]:
    written = write(markdown, people)
    if len(written) <= most:
        return (written,)
    return tuple(w for half in split(markdown, max(64, len(markdown) // 2)) for w in _fitting(half, people, most))


def escaped(text: str) -> str:
    """The three characters that mean something to Slack, as it wants them written."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescaped(text: str) -> str:
    """The same read."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _angle(inside: str, names: Mapping[str, str]) -> str:
    target, bar, label = inside.partition("|")
    if target.startswith("@"):
        return f"@{label or names.get(target[1:], target[1:])}"
    if target.startswith("#"):
        return f"#{label or target[1:]}"
    if target.startswith("!"):
        return _special(target[1:], label)
    bare = target.removeprefix("mailto:").removeprefix("tel:")
    if not bar or label in (target, bare) or re.sub(r"^https?://", "", target).rstrip("/") == label.rstrip("/"):
        return label or bare
    return f"[{label}]({target})"


def _special(command: str, label: str) -> str:
    if command in _SPECIAL:
        return _SPECIAL[command]
    return label or f"@{command.partition('^')[2] or command}"


def _span(span: Span, people: Mapping[str, str], around: tuple[Span, ...], at: int) -> str:
    if "block" in span.styles:
        return f"```\n{_code(span.text)}\n```"
    if "code" in span.styles:
        return f"`{_code(span.text)}`"
    if span.url:
        return f"<{escaped(span.url).replace('|', '%7C')}|{_label(span.text)}>"
    marks = [_STYLE_MARKS[s] for s in span.styles if s in _STYLE_MARKS]
    text = _quoted(span, around, at)
    return "\n".join(_marked(line, marks, people) for line in text.split("\n"))


def _quoted(span: Span, around: tuple[Span, ...], at: int) -> str:
    """The text of a span; a quote's lines begin with a sign that is not yet escaped."""
    if "quote" not in span.styles:
        return span.text
    begins = at == 0 or around[at - 1].text.endswith("\n")
    return ("\x00" if begins else "") + span.text.replace("\n", "\n\x00")


def _marked(line: str, marks: list[str], people: Mapping[str, str]) -> str:
    quote, line = ("> ", line[1:]) if line.startswith("\x00") else ("", line)
    text = _plain(line, people)
    if not marks or not text.strip():
        return quote + text
    inner = text.strip()
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{quote}{before}{''.join(marks)}{inner}{''.join(reversed(marks))}{after}"


def _plain(text: str, people: Mapping[str, str]) -> str:
    """Letters that stay letters; @name of somebody known mentions them."""
    if not people or "@" not in text:
        return _letters(text)
    known = "|".join(re.escape(n) for n in sorted(people, key=len, reverse=True))
    pieces = re.split(rf"(?<![\w@])@({known})(?!\w)", text)
    return "".join(f"<@{people[p]}>" if i % 2 else _letters(p) for i, p in enumerate(pieces))


def _letters(text: str) -> str:
    shown = escaped(text)
    return _MARKS.sub(lambda m: m[0] + APART, shown) if len(_MARKS.findall(shown)) > 1 else shown


def _label(text: str) -> str:
    return escaped(text) or "·"


def _code(text: str) -> str:
    """Code cannot hold the mark that ends it."""
    return escaped(text).replace("`", f"`{APART}")
