"""Content as any network can show it: text parts within its limits, native buttons or numbered choices, files."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import urlsplit

from bot.consent.saa import told as told_clock
from bot.content import Button, Card, Content, Field, File, Option, Poll
from bot.language import ENGLISH, formed, spoken
from bot.ports import Features
from bot.zones import told as told_in
from channels.splitting import size, split
from channels.texts import say

_TELLING = 5
_BLOCK_STARTS = ("#", "`", "~", ">", "|", "-", "*", "+", "    ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A button that is shown as text: the number that a person answers with, and what it stands for."""

    number: int
    id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One message on a network: Markdown text, native buttons and form, the numbered choices in the text, files."""

    text: str = ""
    buttons: tuple[Button, ...] = ()
    form: tuple[Field, ...] = ()
    choices: tuple[Choice, ...] = ()
    files: tuple[File, ...] = ()


def render(
    content: Content, features: Features, *, name: str = "", trip: str = "", first: int = 1, changed: bool = False
) -> tuple[Part, ...]:
    """The parts of a message in order, none of them empty; no parts for a content that has nothing to show.

    `name`: whose words, written before them unless the network shows own names. `trip`: the trip's name to
    put first. `first`: the number of the first numbered choice. `changed`: it replaces an earlier message
    that the network cannot edit. Buttons, form and files go with the last part.
    """
    if not (name or trip or changed) and _is_short(content, features):
        return (Part(text=content.text),)
    native = fits_natively(content.buttons, features)
    choices = () if native else numbered(content, first)
    text = _text(content, features, native, choices)
    kept = tuple(f for f in content.files if takes(f, features))
    if not text and not kept:
        return ()
    before = opening("" if features.own_names else name, trip, changed)
    texts = split(opened(before, text), features.text_limit, features.text_unit) or ("",)
    last = Part(
        text=texts[-1],
        buttons=content.buttons if native else (),
        form=content.form if features.forms else (),
        choices=choices,
        files=kept,
    )
    return (*(Part(text=t) for t in texts[:-1]), last)


def _is_short(content: Content, features: Features) -> bool:
    """Whether it is a short text and nothing else, as most answers are."""
    more = content.card or content.buttons or content.form or content.poll or content.files
    text = content.text
    return not more and 0 < 4 * len(text) <= features.text_limit and not text[0].isspace() and not text[-1].isspace()


def with_open_links(content: Content, most: int = 2000) -> Content:
    """Links that others can follow stay buttons; those to this machine, and those of more than `most` characters, are
    written out, for networks refuse them."""
    closed = [b for b in content.buttons if b.url and (len(b.url) > most or not _public(b.url))]
    if not closed:
        return content
    lines = "\n".join(f"{b.label}: {b.url}" for b in closed)
    kept = tuple(b for b in content.buttons if b not in closed)
    return replace(content, text=f"{content.text}\n\n{lines}".strip(), buttons=kept)


def _public(url: str) -> bool:
    found = urlsplit(url)
    host = found.hostname or ""
    return found.scheme in ("http", "https") and "." in host and not host.replace(".", "").isdigit()


def fits_natively(buttons: Sequence[Button], features: Features) -> bool:
    """Whether all buttons of a message can be shown as the network's own."""
    return (
        0 < len(buttons) <= features.buttons
        and all(size(b.label, features.text_unit) <= features.button_label for b in buttons)
        and (features.links_in_buttons or not any(b.url for b in buttons))
    )


def takes(file: File, features: Features) -> bool:
    """Whether the network takes a file of this size."""
    return features.files and file.size <= features.file_limit


def refused_text(files: Sequence[File], features: Features) -> str:
    """The names of files that the network does not take, with the reason."""
    return "\n".join(say("file_refused", name=f.name) for f in files if not takes(f, features))


def chosen(text: str, choices: Sequence[Choice]) -> Choice | None:
    """The numbered choice that a person's words name by number ("2", "2.", "#2") or by its whole label."""
    word = text.strip().removeprefix("#").rstrip(".)").strip()
    for choice in choices:
        if (word.isdecimal() and len(word) < 5 and int(word) == choice.number) or _same(text, choice.label):
            return choice
    return None


def card_text(card: Card, told: str = "") -> str:
    """A card as Markdown: title, lines, facts with their source and when it was read.

    `told`: what stands beside it and need not be said again."""
    return "\n".join([f"**{card.title}**", *card.lines, *_facts(card, told)])


def poll_text(poll: Poll, numbers: Sequence[Choice] = ()) -> str:
    """A poll as Markdown: its options with votes, numbered where a vote is given by number."""
    by_label = {c.label: c.number for c in numbers}
    lines = [_option(o, by_label.get(o.label), poll) for o in poll.options]
    told = told_in(poll.closes_at, poll.zone, "%d %b %Y %H:%M")
    closes = told if spoken() == ENGLISH else told_clock(poll.closes_at, poll.zone)
    key = "poll_open_to_all" if poll.state == "open" and not poll.quorum else f"poll_{poll.state}"
    return "\n".join([*lines, say(key, closes=closes, quorum=poll.quorum)])


def _text(content: Content, features: Features, native: bool, choices: Sequence[Choice]) -> str:
    poll = poll_text(content.poll, choices) if content.poll else ""
    blocks = [
        content.text.strip("\r\n"),
        card_text(content.card, poll) if content.card else "",
        poll,
        "" if features.forms else form_text(content.form),
        "" if native else buttons_text(content, choices),
        refused_text(content.files, features),
    ]
    text = "\n\n".join(block for block in blocks if block.strip())
    return text or (say("pick") if content.buttons or content.form else "")


def form_text(form: Sequence[Field]) -> str:
    """A form as questions in text."""
    if not form:
        return ""
    return "\n".join([say("form"), *(f"• {_question(field)}" for field in form)])


def _question(field: Field) -> str:
    title = field.name.replace("_", " ").capitalize()
    return f"{title} ({', '.join(field.options)})" if field.options else title


def numbered(content: Content, first: int = 1) -> tuple[Choice, ...]:
    """The buttons of a message as choices with numbers from `first` on; links are none."""
    presses = [b for b in content.buttons if not b.url]
    return tuple(Choice(number=first + i, id=b.id, label=b.label) for i, b in enumerate(presses))


def buttons_text(content: Content, choices: Sequence[Choice]) -> str:
    """Links and numbered choices as text; a choice that is an option of the poll is numbered there."""
    lines = [f"{b.label}: {b.url}" for b in content.buttons if b.url]
    options = {o.label for o in content.poll.options} if content.poll else set()
    lines += [f"{c.number}. {c.label}" for c in choices if c.label not in options]
    return "\n".join([*lines, say("choose")] if choices else lines)


def _facts(card: Card, told: str) -> Iterator[str]:
    """Facts as lines; neighbours read from one source at one time share one line about it. What the card's own lines
    tell already is not said again."""
    told = "\n".join((*card.lines, told))
    named: set[str] = set()
    for (source, read), same in groupby(card.facts, key=lambda f: (f.source, formed(f.fetched_at, "%d %b %Y %H:%M"))):
        group = [f for f in same if not _tells(told, f.value)]
        origin = say("origin", source=source, read=read)
        if not group and origin in named:
            continue
        named.add(origin)
        if len(group) == 1:
            yield f"• {group[0].label}: {group[0].value} — {origin}"
        else:
            yield from (f"• {f.label}: {f.value}" for f in group)
            yield f"_{origin}_"


def _tells(told: str, value: str) -> bool:
    """Whether a text tells a value: one too long to stand there by chance, or a short one as a part of its own."""
    found = re.escape(value)
    apart = rf"(?:^|[·–:] ){found}(?= [·(]|$)" if len(value) < _TELLING else rf"(?<!\w){found}(?!\w)"
    return re.search(apart, told, re.MULTILINE) is not None


def _option(option: Option, number: int | None, poll: Poll) -> str:
    mark = f"{number}." if number else "•"
    won = f" {say('won')}" if poll.winner == option.id else ""
    label = f"{option.label} · {option.detail}" if option.detail else option.label
    return f"{mark} {label} — {say('vote' if option.votes == 1 else 'votes', count=option.votes)}{won}"


def opening(name: str = "", trip: str = "", changed: bool = False) -> str:
    """What is written before a message: the trip's name, whose words they are, that it replaces another."""
    words = [f"[{trip}]" if trip else "", f"**{name}:**" if name else "", say("changed") if changed else ""]
    return " ".join(w for w in words if w)


def opened(before: str, text: str) -> str:
    """A text with its opening, which has its own line where the text begins with something that needs one."""
    if not before or not text:
        return before or text
    first = text.split("\n", 1)[0]
    apart = text.startswith(_BLOCK_STARTS) or (first.strip()[:1].isdigit() and ". " in first[:6])
    return f"{before}\n{text}" if apart else f"{before} {text}"


def _same(said: str, label: str) -> bool:
    return " ".join(said.split()).casefold() == " ".join(label.split()).casefold()
