"""What Caravan sends, as requests to the Bot API: text with entities, keyboards, files. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.content import Button, File
from bot.errors import Undeliverable
from bot.ports import Features, Outgoing
from channels.markdown import Span, spans
from channels.rendering import Choice, Part, opening, render, with_open_links
from channels.splitting import size
from channels.telegram.limits import CAPTION, ENTITIES, KEYBOARD_ROW, PHOTO

_STYLES = {"bold": "bold", "italic": "italic", "strike": "strikethrough", "quote": "blockquote"}
_PHOTOS = ("image/jpeg", "image/png", "image/webp")
_ROW = 36
_NO_PREVIEW = {"is_disabled": True}
Params = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An address on Telegram: a chat and, in a forum, a topic."""

    account: str
    chat: int
    topic: int = 0

    @property
    def direct(self) -> bool:
        """Whether one person is there with us: their chat has their own id."""
        return self.chat > 0

    @property
    def params(self) -> Params:
        """The address as parameters."""
        return {"chat_id": self.chat, **({"message_thread_id": self.topic} if self.topic else {})}


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One message as Telegram takes it. `entities`: as the Bot API writes them."""

    text: str = ""
    entities: tuple[Params, ...] = ()
    buttons: tuple[Button, ...] = ()
    file: File | None = None
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A call of the Bot API; `file` goes along under the parameter `slot`."""

    method: str
    params: Params
    file: File | None = None
    slot: str = ""


def target(place: str) -> Target:
    """The address of a Place; Undeliverable if it cannot be one of ours."""
    try:
        _, account, address = place.split(":", 2)
        chat, _, topic = address.partition("_")
        return Target(account=account, chat=int(chat), topic=int(topic or 0))
    except ValueError as wrong:
        raise Undeliverable("there is no such place on Telegram") from wrong


def notes(outgoing: Outgoing, features: Features, *, changed: bool = False) -> tuple[Note, ...]:
    """The messages of a Delivery in order; Undeliverable if it has nothing to show."""
    content = with_open_links(outgoing.content)
    name = "" if outgoing.kind == "system" else outgoing.name
    before = opening(name, outgoing.trip, changed)
    parts = render(content, features, name=name, trip=outgoing.trip, changed=changed)
    literal = before if outgoing.kind == "person" else None
    found = [
        note for n, part in enumerate(parts) for note in _of_part(part, literal if n == 0 or literal is None else "")
    ]
    if not found:
        raise Undeliverable("there is nothing to show in it")
    return tuple(found)


def send(to: Target, note: Note, reply_to: str = "") -> Request:
    """A new message."""
    params = to.params
    if reply_to:
        params["reply_parameters"] = {"message_id": int(reply_to), "allow_sending_without_reply": True}
    if note.buttons:
        params["reply_markup"] = keyboard(note.buttons)
    if note.file is None:
        return Request(method="sendMessage", params=params | _words(note, "text"))
    photo = note.file.mime in _PHOTOS and note.file.size <= PHOTO
    slot = "photo" if photo else "document"
    words = _words(note, "caption") if note.text else {}
    return Request(method=f"send{slot.title()}", params=params | words, file=note.file, slot=slot)


def edit(to: Target, part: str, note: Note, *, caption: bool = False) -> Request:
    """A message of ours in new words; `caption`: it is a file with words under it."""
    params: Params = {"chat_id": to.chat, "message_id": int(part)}
    if note.buttons:
        params["reply_markup"] = keyboard(note.buttons)
    if caption:
        return Request(method="editMessageCaption", params=params | _words(note, "caption"))
    return Request(method="editMessageText", params=params | _words(note, "text"))


def react(to: Target, part: str, emoji: str) -> Request:
    """Our one reaction to a message, none without an emoji."""
    given = [{"type": "emoji", "emoji": emoji}] if emoji else []
    return Request(method="setMessageReaction", params={"chat_id": to.chat, "message_id": int(part), "reaction": given})


def delete(to: Target, part: str) -> Request:
    """A message of ours taken away."""
    return Request(method="deleteMessage", params={"chat_id": to.chat, "message_id": int(part)})


def draft(to: Target, draft_id: int, note: Note) -> Request:
    """Words that are still being written, in a direct conversation."""
    words = {k: v for k, v in _words(note, "text").items() if k != "link_preview_options"}
    return Request(method="sendMessageDraft", params=to.params | {"draft_id": draft_id} | words)


def typing(to: Target) -> Request:
    """We are at it."""
    return Request(method="sendChatAction", params=to.params | {"action": "typing"})


def alert(press: str, text: str = "") -> Request:
    """The answer to a press: nothing, or a note for the one who pressed."""
    shown: Params = {"text": text, "show_alert": True} if text else {}
    return Request(method="answerCallbackQuery", params={"callback_query_id": press, **shown})


def native(reply_to: str, place: str) -> str:
    """The network's number of a message in a Place that is replied to: a part id, or the id of what was said."""
    number = reply_to.removeprefix(f"{place}:message:")
    return number if number.isdecimal() else ""


def keyboard(buttons: Sequence[Button]) -> Params:
    """Buttons as an inline keyboard, short ones side by side."""
    rows: list[list[Params]] = []
    room = 0
    for button in buttons:
        wide = len(button.label) + 4
        if not rows or wide > room or len(rows[-1]) == KEYBOARD_ROW:
            rows.append([])
            room = _ROW
        what = {"url": button.url} if button.url else {"callback_data": button.id}
        rows[-1].append({"text": button.label, **what})
        room -= wide
    return {"inline_keyboard": rows}


def formatted(found: Iterable[Span]) -> tuple[str, tuple[Params, ...]]:
    """Text and its entities, offsets in UTF-16 units. Beyond a hundred, styles are left out, never words."""
    text, at, entities = [], 0, list[Params]()
    for span in found:
        length = size(span.text, "utf16")
        entities += [e | {"offset": at, "length": length} for e in _entities(span)]
        text.append(span.text)
        at += length
    return "".join(text), tuple(entities[:ENTITIES])


def _entities(span: Span) -> Iterable[Params]:
    """Code takes no other style beside it, and a link only the plain ones."""
    if "block" in span.styles:
        yield {"type": "pre", **({"language": span.language} if span.language else {})}
    elif "code" in span.styles:
        yield {"type": "code"}
    else:
        if span.url:
            yield {"type": "text_link", "url": span.url}
        yield from ({"type": _STYLES[style]} for style in span.styles)


def _of_part(part: Part, literal: str | None) -> list[Note]:
    """The messages of one part. `literal`: all after these words is a person's own, to be left as it is."""
    rest = part.text.removeprefix(literal or "")
    found = spans(part.text) if literal is None else (*spans(literal), Span(text=rest))
    bare = len(found) == 1 and not (found[0].styles or found[0].url)
    text, entities = (found[0].text, ()) if bare else formatted(s for s in found if s.text)
    if not part.files:
        words = Note(text=text, entities=entities, buttons=part.buttons, choices=part.choices)
        return [words] if text.strip() else []
    files = [Note(file=f) for f in part.files]
    if size(text, "utf16") <= CAPTION:
        files[0] = replace(files[0], text=text, entities=entities)
    else:
        files.insert(0, Note(text=text, entities=entities))
    files[-1] = replace(files[-1], buttons=part.buttons, choices=part.choices)
    return files


def _words(note: Note, slot: str) -> Params:
    words: Params = {slot: note.text}
    if note.entities:
        words["entities" if slot == "text" else "caption_entities"] = note.entities
    if slot == "text" and (note.entities or "." in note.text):  # there may be a link, which needs no preview
        words["link_preview_options"] = _NO_PREVIEW
    return words
