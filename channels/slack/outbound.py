"""What Caravan says, as arguments of Slack's methods. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any

from bot.content import Button, File
from bot.errors import Undeliverable
from bot.ports import Features, Outgoing
from channels.rendering import Part, render
from channels.slack.forms import opener
from channels.slack.limits import ACTIONS, BLOCK_ID, BUTTON_VALUE, LABEL, SECTION, USERNAME
from channels.slack.mrkdwn import escaped, sections, write
from channels.slack.texts import say

EVENT_TYPE = "caravan_delivery"
PRESS, PICK, LINK = "press", "pick", "link"
# Icons of those who have no picture; a name always has the same one.
_FACES = (
    "palm_tree desert_island elephant giraffe_face sunrise sailboat parrot compass camel flamingo kite turtle".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message: the arguments of chat.postMessage beside its place, its files, its numbered choices."""

    args: Mapping[str, Any]
    markdown: str
    files: tuple[File, ...] = ()
    choices: tuple[tuple[int, str, str], ...] = ()


def messages(
    outgoing: Outgoing, features: Features, people: Mapping[str, str], changed: bool = False
) -> tuple[Said, ...]:
    """The messages to send in order; Undeliverable if there is nothing to show."""
    form = outgoing.content.form
    if form and len(opener(max((b.id for b in outgoing.content.buttons), key=len, default=""), form)) > BUTTON_VALUE:
        features = replace(features, forms=False)
    parts = render(outgoing.content, features, trip=outgoing.trip, changed=changed)
    if not parts:
        raise Undeliverable("there is nothing to show in it")
    return tuple(_said(outgoing, part, i, len(parts), people) for i, part in enumerate(parts))


def metadata(outgoing: Outgoing, part: int, of: int) -> dict[str, Any]:
    """What a message carries unseen, so that a Delivery can be looked up."""
    return {"event_type": EVENT_TYPE, "event_payload": {"delivery": outgoing.id, "part": part, "of": of}}


def speaker(outgoing: Outgoing) -> dict[str, str]:
    """Name and icon of whose words they are; the app's own for Caravan itself."""
    if outgoing.kind == "system":
        return {}
    face = _FACES[blake2b(outgoing.name.encode(), digest_size=2).digest()[0] % len(_FACES)]
    icon = face if outgoing.kind == "persona" else "bust_in_silhouette"
    return {"username": outgoing.name[:USERNAME], "icon_emoji": f":{icon}:"}


def found(history: Sequence[Mapping[str, Any]], delivery: str) -> dict[int, str]:
    """Part -> ts of the messages in a history that carry a Delivery, and under -1 how many there are to be."""
    parts: dict[int, str] = {}
    for one in history:
        payload = (one.get("metadata") or {}).get("event_payload") or {}
        if payload.get("delivery") == delivery:
            parts |= {int(payload.get("part", 0)): str(one["ts"]), -1: int(payload.get("of", 1))}  # type: ignore[dict-item]
    return parts


def _said(outgoing: Outgoing, part: Part, index: int, of: int, people: Mapping[str, str]) -> Said:
    args: dict[str, Any] = {
        "text": write(part.text, people) or escaped(part.text), **speaker(outgoing), "blocks": [],
        "metadata": metadata(outgoing, index, of), "unfurl_links": False, "unfurl_media": False,
    }  # fmt: skip
    if part.buttons or part.form:
        args["blocks"] = [
            *({"type": "section", "text": {"type": "mrkdwn", "text": t}} for t in sections(part.text, people, SECTION)),
            *_controls(outgoing, part),
        ]
    choices = tuple((c.number, c.id, c.label) for c in part.choices)
    return Said(args=args, markdown=part.text, files=part.files, choices=choices)


def _controls(outgoing: Outgoing, part: Part) -> list[dict[str, Any]]:
    """The form's opener, the buttons, and a menu where there are more of them than a row holds."""
    buttons, form = part.buttons, part.form
    first = _opener(buttons, form)
    presses = [b for b in buttons if not b.url][len(first) :]
    if len(buttons) > ACTIONS:
        rows = [[*first, *(_button(b) for b in buttons if b.url)], [_menu(presses)] if presses else []]
    else:
        rows = [[*first, *(_button(b) for b in buttons if b.url or b in presses)]]
    block = outgoing.shown if len(outgoing.shown) < BLOCK_ID - 3 else ""
    return [
        {"type": "actions", "block_id": f"{block}|{i}", "elements": row[:ACTIONS]} for i, row in enumerate(rows) if row
    ]


def _opener(buttons: Sequence[Button], form: Sequence[Any]) -> list[dict[str, Any]]:
    """The button that opens the form is the first that can be pressed, or one of its own."""
    if not form:
        return []
    owner = next((b for b in buttons if not b.url), Button(id="", label=say("fill_in")))
    return [_pressed(owner.label, opener(owner.id, form), f"{PRESS}:{owner.id}"[:BLOCK_ID])]


def _button(button: Button) -> dict[str, Any]:
    if button.url:
        return {**_pressed(button.label, "", f"{LINK}:{button.id}"), "url": button.url}
    return _pressed(button.label, button.id, f"{PRESS}:{button.id}"[:BLOCK_ID])


def _pressed(label: str, value: str, action: str) -> dict[str, Any]:
    shown = {"type": "plain_text", "text": label[:LABEL], "emoji": True}
    button = {"type": "button", "text": shown, "action_id": action}
    return {**button, "value": value[:BUTTON_VALUE]} if value else button


def _menu(buttons: Sequence[Button]) -> dict[str, Any]:
    options = [{"text": {"type": "plain_text", "text": b.label, "emoji": True}, "value": b.id} for b in buttons]
    placeholder = {"type": "plain_text", "text": say("choose"), "emoji": True}
    return {"type": "static_select", "action_id": PICK, "placeholder": placeholder, "options": options}
