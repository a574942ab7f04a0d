"""What Caravan says, as bodies of Discord's requests. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Any

from bot.content import Button, Content, Field
from bot.errors import Undeliverable
from bot.ports import Features, Outgoing
from channels.discord import limits
from channels.discord.markdown import mentioned, write
from channels.rendering import Part, card_text, poll_text, render, with_open_links
from channels.splitting import fitting, size
from channels.texts import say

PRESS, FORM, SENT, PICK = "p:", "f:", "m:", "pick:"
EPHEMERAL, LOADING = 1 << 6, 1 << 7
# Stands for a card while the rest is made into parts; nobody sees it.
_CARD = "\u2063"
# Pictures that Discord itself serves: each name always has the same one.
_FACE = "https://cdn.discordapp.com/embed/avatars/{n}.png"
Body = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message: the JSON of a request, and what stands under it: files, numbered choices, a form that it opens."""

    body: Body
    under: Part = field(default_factory=Part)


def messages(
    outgoing: Outgoing, features: Features, people: Mapping[str, str], *, changed: bool = False
) -> tuple[Said, ...]:
    """The messages to send in order; Undeliverable if there is nothing to show. `people`: name -> id of who is here."""
    content = with_open_links(outgoing.content, limits.LINK)
    card = _embed(content)
    if card:
        content = replace(content, card=None, text=f"{content.text}\n\n{_CARD}" if content.text.strip() else _CARD)
    name = "" if outgoing.kind == "system" else outgoing.name
    parts = render(content, features, name=name, trip=outgoing.trip, changed=changed)
    votes = frozenset(o.label for o in content.poll.options) if content.poll else frozenset()
    said = [one for part in parts for one in _said(part, people, votes)]
    if card and said:
        said[-1] = replace(said[-1], body={**said[-1].body, "embeds": [card]})
    said = [s for s in said if s.body["content"] or s.body["embeds"] or s.under.files or s.body["components"]]
    if not said:
        raise Undeliverable("there is nothing to show in it")
    return tuple(said)


def voice(outgoing: Outgoing) -> dict[str, str]:
    """Name and picture for a webhook; empty if Discord would refuse the name."""
    name = " ".join(outgoing.name.split())[: limits.USERNAME]
    refused = name.casefold() in limits.REFUSED_NAMES or any(p in name.casefold() for p in limits.REFUSED_PARTS)
    if outgoing.kind == "system" or not name or refused:
        return {}
    face = _FACE.format(n=blake2b(name.encode(), digest_size=1).digest()[0] % 6)
    return {"username": name, "avatar_url": outgoing.avatar or face}


def modal(token: str, fields: Sequence[Field]) -> Body:
    """The answer that opens a form. A modal has five inputs at most; what stands in none is asked for in the chat."""
    custom_id, inputs = f"{SENT}{token}"[: limits.CUSTOM_ID], [_input(f) for f in fields[: limits.MODAL_INPUTS]]
    title = say("discord_form")[: limits.MODAL_TITLE]
    return {"type": 9, "data": {"custom_id": custom_id, "title": title, "components": inputs}}


def _input(field: Field) -> Body:
    label, most = field.name.replace("_", " ").capitalize()[: limits.MODAL_LABEL], limits.OPTION_LABEL
    element: Body = {"type": 4, "custom_id": field.name, "style": 1, "required": False}
    if field.options:
        options = [{"label": o.replace("_", " ")[:most], "value": o[:most]} for o in field.options]
        element = {"type": 3, "custom_id": field.name, "options": options[: limits.SELECT_OPTIONS], "required": False}
    return {"type": 18, "label": label, "component": element}


def _said(part: Part, people: Mapping[str, str], votes: frozenset[str]) -> list[Said]:
    """A part in pieces that fit, as Discord writes them; files and controls go with the last."""
    text = part.text.replace(_CARD, "").strip("\n").rstrip()
    pieces = fitting(text, limits.TEXT, lambda piece: write(piece, people), "utf16") or [""]
    said = [Said(body=_body(piece, people)) for piece in pieces]
    body, under = {**said[-1].body, "components": _rows(part, votes)}, replace(part, files=part.files[: limits.FILES])
    return [*said[:-1], Said(body=body, under=under)]


def _body(text: str, people: Mapping[str, str]) -> Body:
    users = [u for u in mentioned(text) if u in people.values()][: limits.MENTIONS]
    allowed = {"parse": [], "users": users, "replied_user": False}
    return {"content": text, "embeds": [], "components": [], "allowed_mentions": allowed}


def _embed(content: Content) -> Body:
    """A card as an embed; empty if there is none or it does not fit."""
    if content.card is None:
        return {}
    told = poll_text(content.poll) if content.poll else ""
    title, _, text = card_text(content.card, told).partition("\n")
    title, text = write(title.strip("*")), write(text)
    fits = size(title, "utf16") <= limits.EMBED_TITLE and size(text, "utf16") <= limits.EMBED_TEXT
    if not fits or len(title) + len(text) > limits.EMBEDS_TOTAL or not title.strip():
        return {}
    return {"title": title, **({"description": text} if text else {})}


def _rows(part: Part, votes: frozenset[str]) -> list[Body]:
    """Buttons in rows of five; the choices of a vote as one menu; a form is opened by its first button."""
    menu = [b for b in part.buttons if b.label in votes and not b.url and not part.form][: limits.SELECT_OPTIONS]
    buttons = [b for b in part.buttons if b not in menu]
    if len(menu) < 2 or len(buttons) > (limits.ROWS - 1) * limits.ROW_BUTTONS:
        menu, buttons = [], list(part.buttons)
    opener = next((b for b in buttons if not b.url), None) if part.form else None
    shown = [_button(b, FORM if b is opener else PRESS) for b in buttons]
    if part.form and opener is None:
        shown.insert(0, _button(Button(id="", label=say("discord_fill_in")), FORM))
    options = [{"label": b.label, "value": b.id[: limits.CUSTOM_ID]} for b in menu]
    choose: Body = {"type": 3, "placeholder": say("discord_choose"), "options": options}
    rows = [[{**choose, "custom_id": f"{PICK}{menu[0].id}"[: limits.CUSTOM_ID]}]] if menu else []
    rows += [shown[at : at + limits.ROW_BUTTONS] for at in range(0, len(shown), limits.ROW_BUTTONS)]
    return [{"type": 1, "components": row} for row in rows]


def _button(button: Button, opens: str) -> Body:
    if button.url:
        return {"type": 2, "style": 5, "label": button.label, "url": button.url}
    return {"type": 2, "style": 2, "label": button.label, "custom_id": f"{opens}{button.id}"[: limits.CUSTOM_ID]}
