"""What Caravan says, as arguments of Slack's methods. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any

from bot.content import Button, Field, File
from bot.errors import Undeliverable
from bot.ports import Features, Outgoing
from channels.rendering import Part, render
from channels.slack.forms import opener, plain
from channels.slack.limits import ACTION_ID, ACTIONS, BLOCK_ID, BUTTON_VALUE, FACES, SECTION, USERNAME
from channels.slack.mrkdwn import sections, write
from channels.texts import say

EVENT_TYPE = "caravan_delivery"
Choices = tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message: text and blocks, what it carries unseen, its files and its numbered choices."""

    shown: Mapping[str, Any]
    unseen: Mapping[str, Any]
    markdown: str
    files: tuple[File, ...] = ()
    choices: Choices = ()


def messages(out: Outgoing, features: Features, people: Mapping[str, str], changed: bool = False) -> tuple[Said, ...]:
    """The messages to send in order; Undeliverable if there is nothing to show."""
    ids, form = (b.id for b in out.content.buttons), out.content.form
    if form and len(opener(max(ids, key=len, default=""), form)) > BUTTON_VALUE:
        features = replace(features, forms=False)
    parts = render(out.content, features, trip=out.trip, changed=changed)
    if not parts:
        raise Undeliverable("there is nothing to show in it")
    return tuple(_said(out, part, metadata(out, i, len(parts)), people) for i, part in enumerate(parts))


def metadata(outgoing: Outgoing, part: int, of: int) -> dict[str, Any]:
    """What a message carries unseen, so that a Delivery can be looked up."""
    return {"event_type": EVENT_TYPE, "event_payload": {"delivery": outgoing.id, "part": part, "of": of}}


def speaker(outgoing: Outgoing) -> dict[str, str]:
    """Name and picture of whose words they are; the app's own for Caravan itself."""
    if outgoing.kind == "system":
        return {}
    face = FACES[blake2b(outgoing.name.encode(), digest_size=2).digest()[0] % len(FACES)]
    icon = face if outgoing.kind == "persona" else "bust_in_silhouette"
    picture = {"icon_url": outgoing.avatar} if outgoing.avatar else {"icon_emoji": f":{icon}:"}
    return {"username": outgoing.name[:USERNAME], **picture}


def found(history: Sequence[Mapping[str, Any]], delivery: str) -> tuple[int, dict[int, str]]:
    """How many parts a Delivery has, and part -> ts of those that a history holds."""
    payloads = [((m.get("metadata") or {}).get("event_payload") or {}, str(m.get("ts", ""))) for m in history]
    mine = [(p, ts) for p, ts in payloads if p.get("delivery") == delivery]
    return max((int(p.get("of", 1)) for p, _ in mine), default=0), {int(p.get("part", 0)): ts for p, ts in mine}


def _said(out: Outgoing, part: Part, unseen: Mapping[str, Any], people: Mapping[str, str]) -> Said:
    blocks: list[dict[str, Any]] = []
    as_said, text = out.kind == "person", part.text
    if part.buttons or part.form:
        texts = [{"type": "mrkdwn", "text": piece} for piece in sections(text, people, SECTION, as_said)]
        blocks = [*({"type": "section", "text": piece} for piece in texts), *_controls(out, part)]
    choices = tuple((c.number, c.id, c.label) for c in part.choices)
    shown = {"text": write(text, people, as_said), "blocks": blocks}
    return Said(shown=shown, unseen={"metadata": unseen}, markdown=text, files=part.files, choices=choices)


def _controls(outgoing: Outgoing, part: Part) -> list[dict[str, Any]]:
    """The form's opener, the buttons, and a menu where there are more of them than a row holds."""
    first = _opener(part.buttons, part.form)
    presses = [b for b in part.buttons if not b.url][len(first) :]
    row = [*first, *(_button(b) for b in part.buttons if b.url or b in presses)]
    rows = [row]
    if len(row) > ACTIONS:
        rows = [[*first, *(_button(b) for b in part.buttons if b.url)], [_menu(presses)]]
    block = outgoing.shown if len(outgoing.shown) < BLOCK_ID - 3 else ""
    return [{"type": "actions", "block_id": f"{block}|{i}", "elements": row} for i, row in enumerate(rows) if row]


def _opener(buttons: Sequence[Button], form: Sequence[Field]) -> list[dict[str, Any]]:
    """The button that opens the form is the first that can be pressed, or one of its own."""
    if not form:
        return []
    owner = next((b for b in buttons if not b.url), Button(id="", label=say("slack_fill_in")))
    return [{**_button(owner), "value": opener(owner.id, form)}]


def _button(button: Button) -> dict[str, Any]:
    shown = {"type": "button", "text": plain(button.label), "action_id": f"press:{button.id}"[:ACTION_ID]}
    return {**shown, "url": button.url} if button.url else {**shown, "value": button.id}


def _menu(buttons: Sequence[Button]) -> dict[str, Any]:
    options = [{"text": plain(b.label), "value": b.id} for b in buttons]
    return {"type": "static_select", "action_id": "pick", "placeholder": plain(say("slack_choose")), "options": options}
