"""What Caravan says, as bodies of requests to the other messenger. Pure."""

from typing import Any

from bot.errors import Undeliverable
from bot.ports import Features, Outgoing
from channels.rendering import Part, render

Body = dict[str, Any]
FEATURES = Features(
    text_limit=4000, buttons=20, button_label=80, links_in_buttons=True, edits=True, deletes=True, reactions=True,
    replies=True, own_names=True, streams=True, idempotent_sends=True, as_of="2026-11-20",
)  # fmt: skip


def messages(out: Outgoing) -> tuple[Part, ...]:
    """The messages of a Delivery in order; Undeliverable if there is nothing to show."""
    parts = render(out.content, FEATURES, name="" if out.kind == "system" else out.name, trip=out.trip)
    if not parts:
        raise Undeliverable("there is nothing to show in it")
    return parts


def shown(out: Outgoing, part: Part, reply_to: str) -> Body:
    """What people are to see of one message, in CommonMark; `partial`: more follows by an edit."""
    buttons = [{"label": b.label, **({"url": b.url} if b.url else {"button": b.id})} for b in part.buttons]
    author = {"name": out.name, "kind": out.kind, "avatar": out.avatar}
    return {"author": author, "markdown": part.text, "buttons": buttons, "reply_to": reply_to, "partial": out.partial}
