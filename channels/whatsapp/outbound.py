"""What Caravan sends, as messages that Twilio takes: text in WhatsApp's own markup, media, buttons, lists. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.content import Button, Content, File
from bot.errors import Undeliverable
from bot.ports import Outgoing
from channels.choosing import UNNUMBERED
from channels.marks import as_letters, marked, within_code
from channels.rendering import Part, card_text, numbered, opening, poll_text, render
from channels.splitting import size, split
from channels.texts import say as say_shared
from channels.whatsapp.limits import BODY, CONTENT_BODY, CONTENT_LINES, FEATURES, ITEM, QUICK_REPLIES, TITLE, takes
from channels.whatsapp.texts import say

LinkTo = Callable[[File], str]
Choices = tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message on WhatsApp: words, a file or words with buttons. `choices`: what a typed answer picks."""

    text: str = ""
    file: File | None = None
    buttons: tuple[Button, ...] = ()
    choices: Choices = ()


def messages(outgoing: Outgoing, link_to: LinkTo) -> tuple[Message, ...]:
    """The messages of a Delivery in order; Undeliverable if it has nothing to show. `link_to`: what opens a file that

    WhatsApp does not take as such. Nothing can be edited or deleted, so a new message says what became of the old."""
    content = outgoing.content
    if outgoing.what == "delete":
        content = Content(text=say_shared("withdrawn"), kind="notice")
    name = "" if outgoing.kind == "system" or outgoing.what == "delete" else outgoing.name
    corrects = outgoing.what == "edit" and bool(outgoing.parts)
    content = _with_numbered_poll(_with_links(content, link_to))
    parts = render(content, FEATURES, name=name, trip=outgoing.trip, changed=corrects)
    before = opening(name, outgoing.trip, corrects) if outgoing.kind == "person" and outgoing.what != "delete" else ""
    found = [m for n, part in enumerate(parts) for m in _of_part(part, before if n == 0 else "", outgoing)]
    if not found:
        raise Undeliverable("there is nothing to show in it")
    found[-1] = replace(found[-1], choices=_choices(outgoing.content, parts[-1]))
    return tuple(found)


def written(text: str) -> str:
    """Markdown as WhatsApp writes it: *bold*, _italic_, ~struck~, `code`."""
    return marked(text, as_letters, _linked, within_code)


def _of_part(part: Part, before: str, outgoing: Outgoing) -> list[Message]:
    """The messages of one part. What a person said is left as they wrote it, after our own words `before` it."""
    literal = outgoing.kind == "person" and outgoing.what != "delete"
    text = written(before) + part.text.removeprefix(before) if literal else written(part.text)
    texts = split(text, BODY, FEATURES.text_unit)
    found = [Message(text=t) for t in texts]
    if part.files:
        found = [*_captioned(found, part.files)]
    return _with_buttons(found, part.buttons) if part.buttons else found


def _captioned(found: list[Message], files: Sequence[File]) -> list[Message]:
    """Pictures carry the last words under them; documents have no caption on WhatsApp."""
    first = files[0]
    if first.mime.startswith("image/") and found and size(found[-1].text, FEATURES.text_unit) <= CONTENT_BODY:
        found = [*found[:-1], replace(found[-1], file=first)]
        files = files[1:]
    return [*found, *(Message(file=f) for f in files)]


def _with_buttons(found: list[Message], buttons: tuple[Button, ...]) -> list[Message]:
    """The last words beside the buttons; words that are too many for that go before them."""
    last = found.pop() if found and found[-1].file is None else Message(text=say_shared("pick"))
    texts = split(last.text, CONTENT_BODY, FEATURES.text_unit)
    if texts[-1].count("\n") >= CONTENT_LINES:
        texts = (*texts, say_shared("pick"))
    return [*found, *(Message(text=t) for t in texts[:-1]), Message(text=texts[-1], buttons=buttons)]


def is_list(buttons: Sequence[Button]) -> bool:
    """Whether buttons are shown as a list: more than three, too long for quick replies, or with the same label."""
    labels = [one_line(b.label) for b in buttons]
    return len(labels) > QUICK_REPLIES or any(len(x) > TITLE for x in labels) or len(set(labels)) < len(labels)


def one_line(text: str, most: int = ITEM) -> str:
    """Words without line ends, cut where a label has no more room."""
    return " ".join(text.split())[:most]


def _choices(content: Content, last: Part) -> Choices:
    """What a typed answer picks: numbers where they are written, whole labels everywhere."""
    if last.choices:
        return tuple((c.number, c.id, c.label) for c in last.choices)
    return tuple((c.number if content.poll else UNNUMBERED, c.id, c.label) for c in numbered(content))


def _with_numbered_poll(content: Content) -> Content:
    """A poll with its numbers, so that a digit is a vote even where buttons are shown."""
    if content.poll is None:
        return content
    poll = poll_text(content.poll, numbered(content))
    card = card_text(content.card, poll) if content.card else ""
    text = "\n\n".join(block for block in (content.text, card, poll) if block.strip())
    return replace(content, text=text, card=None, poll=None) if _native(content.buttons) else content


def _native(buttons: Sequence[Button]) -> bool:
    return 0 < len(buttons) <= FEATURES.buttons and all(
        size(b.label, FEATURES.text_unit) <= ITEM and not b.url for b in buttons
    )


def _with_links(content: Content, link_to: LinkTo) -> Content:
    """Files of a kind that WhatsApp does not take become links; too large ones are left to be refused with words."""
    linked = [f for f in content.files if f.size <= FEATURES.file_limit and not takes(f.mime, f.size)]
    if not linked:
        return content
    lines = "\n".join(say("file_link", name=f.name, url=link_to(f)) for f in linked)
    kept = tuple(f for f in content.files if f not in linked)
    return replace(content, text=f"{content.text}\n\n{lines}".strip(), files=kept)


def _linked(url: str, text: str) -> str:
    return url if text in ("", url) else f"{text} ({url})"
