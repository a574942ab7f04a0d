"""Markup with *bold*, _italic_, ~strike~ and `code`, as networks have it that do not speak Markdown."""

import re
from collections.abc import Callable, Mapping

from channels.markdown import Span, spans

_STYLE_MARKS = {"bold": "*", "italic": "_", "strike": "~"}
# Addresses stay as they are: a sign within one would make it another address.
_MARKS = re.compile(r"https?://\S+|[*_~`]")
# Stands behind a mark that is meant as a letter, so that it is not taken for markup; nobody sees it.
APART = "\u2060"
_QUOTE = "\x00"

Writes = Callable[[str], str]


def marked(
    markdown: str, letters: Writes, link: Callable[[str, str], str], code: Writes, *,
    marks: Mapping[str, str] = _STYLE_MARKS, languages: bool = False,
) -> str:  # fmt: skip
    """Markdown in these marks. `letters`: plain text as the network wants it; `link(url, text)`; `code`: the same

    within code. `languages`: blocks of code name theirs."""
    found, shown = spans(markdown), []
    for i, span in enumerate(found):
        if "block" in span.styles:
            shown.append(f"```{span.language if languages else ''}\n{code(span.text)}\n```")
        else:
            style = "".join(marks[s] for s in span.styles if s in marks)
            shown.append(_span(span, _begins(found, i), letters, link, code, style))
    return "".join(shown)


def as_letters(text: str) -> str:
    """Plain text whose marks stay letters."""
    if len([m for m in _MARKS.findall(text) if len(m) == 1]) < 2:
        return text
    return _MARKS.sub(lambda m: m[0] if len(m[0]) > 1 else m[0] + APART, text)


def naming(text: str, people: Mapping[str, str], letters: Writes) -> str:
    """Plain text in which @name of somebody known (name -> id) mentions them; the rest is `letters`."""
    if not people or "@" not in text:
        return letters(text)
    known = "|".join(re.escape(n) for n in sorted(people, key=len, reverse=True))
    pieces = re.split(rf"(?<![\w@])@({known})(?!\w)", text)
    return "".join(f"<@{people[p]}>" if i % 2 else letters(p) for i, p in enumerate(pieces))


def within_code(text: str) -> str:
    """Code, which cannot hold the mark that ends it."""
    return text.replace("`", f"`{APART}")


def _begins(found: tuple[Span, ...], at: int) -> bool:
    return at == 0 or found[at - 1].text.endswith("\n")


def _span(
    span: Span, begins: bool, letters: Writes, link: Callable[[str, str], str], code: Writes, marks: str
) -> str:  # fmt: skip
    if "code" in span.styles:
        return f"`{code(span.text)}`"
    if span.url:
        return link(span.url, span.text)
    text = span.text
    if "quote" in span.styles:
        text = (_QUOTE if begins else "") + text.replace("\n", f"\n{_QUOTE}")
    return "\n".join(_line(line, marks, letters) for line in text.split("\n"))


def _line(line: str, marks: str, letters: Writes) -> str:
    quote, line = ("> ", line[1:]) if line.startswith(_QUOTE) else ("", line)
    inner = line.strip()
    if not marks or not inner:
        return quote + letters(line)
    before, _, after = line.partition(inner)
    return f"{quote}{before}{marks}{letters(inner)}{marks[::-1]}{after}"
