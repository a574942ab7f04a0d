"""What Caravan says, as bodies of Discord's requests. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any

from bot.content import Button, Content, Field, File
from bot.errors import Undeliverable
from bot.ports import Features, Outgoing
from channels.discord.limits import (
    CUSTOM_ID,
    EMBED_TEXT,
    EMBED_TITLE,
    EMBEDS_TOTAL,
    FILES,
    LINK,
    MENTIONS,
    REFUSED_NAMES,
    REFUSED_PARTS,
    ROW_BUTTONS,
    ROWS,
    SELECT_OPTIONS,
    TEXT,
    USERNAME,
)  # fmt: skip
from channels.discord.markdown import mentioned, write
from channels.rendering import Part, card_text, poll_text, render, with_open_links
from channels.splitting import size, split
from channels.texts import say

PRESS, FORM, PICK = "p:", "f:", "pick:"
EPHEMERAL, SUPPRESS_EMBEDS = 1 << 6, 1 << 2
# Stands for a card while the rest is made into parts; nobody sees it.
_CARD = "\u2063"
# Pictures that Discord itself serves: each name always has the same one.
_FACE = "https://cdn.discordapp.com/embed/avatars/{n}.png"
Body = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message: the JSON of a request, its files, its numbered choices, the form that it opens."""

    body: Body
    files: tuple[File, ...] = ()
    choices: tuple[tuple[int, str, str], ...] = ()
    form: tuple[Field, ...] = ()


def messages(
    outgoing: Outgoing, features: Features, people: Mapping[str, str], *, changed: bool = False
) -> tuple[Said, ...]:
    """The messages to send in order; Undeliverable if there is nothing to show. `people`: name -> id of who is here."""
    content = with_open_links(outgoing.content, LINK)
    card = _embed(content, people)
    if card:
        content = replace(content, card=None, text=f"{content.text}\n\n{_CARD}" if content.text.strip() else _CARD)
    name = "" if outgoing.kind == "system" else outgoing.name
    parts = render(content, features, name=name, trip=outgoing.trip, changed=changed)
    votes = frozenset(o.label for o in content.poll.options) if content.poll else frozenset()
    said = [_said(part, text, people, votes) for part in parts for text in _fitting(part, people)]
    if card and said:
        said[-1] = replace(said[-1], body={**said[-1].body, "embeds": [card]})
    said = [s for s in said if s.body["content"] or s.body["embeds"] or s.files or s.body["components"]]
    if not said:
        raise Undeliverable("there is nothing to show in it")
    return tuple(said)


def nonce_of(outgoing: Outgoing, part: int) -> str:
    """What makes a repeated send one message: the same for the same part of the same Delivery."""
    return blake2b(f"{outgoing.id}|{outgoing.reader}|{part}".encode(), digest_size=12).hexdigest()


def voice(outgoing: Outgoing) -> dict[str, str]:
    """Name and picture for a webhook; empty if Discord would refuse the name."""
    name = " ".join(outgoing.name.split())[:USERNAME]
    refused = name.casefold() in REFUSED_NAMES or any(p in name.casefold() for p in REFUSED_PARTS)
    if outgoing.kind == "system" or not name or refused:
        return {}
    face = _FACE.format(n=blake2b(name.encode(), digest_size=1).digest()[0] % 6)
    return {"username": name, "avatar_url": outgoing.avatar or face}


def _fitting(part: Part, people: Mapping[str, str]) -> list[tuple[str, bool]]:
    """The text of a part as Discord's, in pieces that fit; the controls go with the last."""
    pieces = _pieces(part.text.replace(_CARD, "").strip("\n").rstrip(), people)
    return [(text, i == len(pieces) - 1) for i, text in enumerate(pieces)]


def _pieces(markdown: str, people: Mapping[str, str]) -> list[str]:
    written = write(markdown, people)
    if size(written, "utf16") <= TEXT:
        return [written]
    halves = split(markdown, max(64, size(markdown, "utf16") // 2), "utf16")
    return [piece for half in halves for piece in _pieces(half, people)]


def _said(part: Part, piece: tuple[str, bool], people: Mapping[str, str], votes: frozenset[str]) -> Said:
    text, last = piece
    users = [u for u in mentioned(text) if u in people.values()][:MENTIONS]
    body: Body = {
        "content": text, "embeds": [], "components": [],
        "allowed_mentions": {"parse": [], "users": users, "replied_user": False},
    }  # fmt: skip
    if not last:
        return Said(body=body)
    body["components"] = _rows(part, votes)
    choices = tuple((c.number, c.id, c.label) for c in part.choices)
    return Said(body=body, files=part.files[:FILES], choices=choices, form=part.form)


def _embed(content: Content, people: Mapping[str, str]) -> Body:
    """A card as an embed; empty if there is none or it does not fit."""
    if content.card is None:
        return {}
    told = poll_text(content.poll) if content.poll else ""
    title, _, text = card_text(content.card, told).partition("\n")
    title, text = write(title.strip("*")), write(text)
    fits = size(title, "utf16") <= EMBED_TITLE and size(text, "utf16") <= EMBED_TEXT
    if not fits or len(title) + len(text) > EMBEDS_TOTAL or not title.strip():
        return {}
    return {"title": title, **({"description": text} if text else {})}


def _rows(part: Part, votes: frozenset[str]) -> list[Body]:
    """Buttons in rows of five; the choices of a vote as one menu; a form is opened by its first button."""
    menu = [b for b in part.buttons if b.label in votes and not b.url and not part.form][:SELECT_OPTIONS]
    buttons = [b for b in part.buttons if b not in menu or len(menu) < 2]
    opener = next((b for b in buttons if not b.url), None) if part.form else None
    shown = [_button(b, FORM if b is opener else PRESS) for b in buttons]
    if part.form and opener is None:
        shown.insert(0, _button(Button(id="", label=say("discord_fill_in")), FORM))
    first = [_row([_menu(menu)])] if len(menu) > 1 and len(buttons) <= (ROWS - 1) * ROW_BUTTONS else []
    if len(menu) > 1 and not first:
        shown = [_button(b) for b in part.buttons]
    return first + [_row(shown[at : at + ROW_BUTTONS]) for at in range(0, len(shown), ROW_BUTTONS)]


def _row(components: list[Body]) -> Body:
    return {"type": 1, "components": components}


def _menu(buttons: Sequence[Button]) -> Body:
    options = [{"label": b.label, "value": b.id[:CUSTOM_ID]} for b in buttons]
    return {
        "type": 3,
        "custom_id": f"{PICK}{buttons[0].id}"[:CUSTOM_ID],
        "placeholder": say("discord_choose"),
        "options": options,
    }


def _button(button: Button, opens: str = PRESS) -> Body:
    if button.url:
        return {"type": 2, "style": 5, "label": button.label, "url": button.url}
    return {"type": 2, "style": 2, "label": button.label, "custom_id": f"{opens}{button.id}"[:CUSTOM_ID]}
