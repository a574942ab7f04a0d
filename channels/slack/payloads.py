"""What Slack sends, as far as we read it, checked once at the edge; fields it adds are left alone."""

from typing import Any, TypeVar

import msgspec
from msgspec import Struct, field

S = TypeVar("S", bound=Struct)


class Received(Struct, frozen=True, rename=None):
    """Base of all that is read: anything may be missing, null or new."""


class SharedFile(Received, frozen=True):
    id: str = ""
    name: str | None = None
    title: str | None = None
    mimetype: str | None = None
    size: int | None = None
    mode: str | None = None


class Edited(Received, frozen=True):
    ts: str = ""


class Message(Received, frozen=True):
    """The message inside an event, or the event itself."""

    type: str = ""
    subtype: str | None = None
    text: str | None = None
    user: str | None = None
    bot_id: str | None = None
    app_id: str | None = None
    ts: str = ""
    thread_ts: str | None = None
    parent_user_id: str | None = None
    edited: Edited | None = None
    files: list[SharedFile] | None = None
    attachments: list[dict[str, Any]] | None = None
    blocks: list[dict[str, Any]] | None = None
    channel: Any = None
    channel_type: str | None = None
    event_ts: str | None = None


class Item(Received, frozen=True):
    type: str = ""
    channel: str = ""
    ts: str = ""


class Event(Message, frozen=True):
    """Any event of the Events API; which fields are there depends on its type."""

    message: Message | None = None
    previous_message: Message | None = None
    deleted_ts: str | None = None
    reaction: str | None = None
    item: Item | None = None
    inviter: str | None = None
    user: Any = None


class Authorization(Received, frozen=True):
    team_id: str | None = None
    user_id: str | None = None


class Envelope(Received, frozen=True):
    """What comes to the door as JSON."""

    type: str = ""
    challenge: str = ""
    team_id: str | None = None
    event_id: str = ""
    event_time: int = 0
    event: dict[str, Any] = field(default_factory=dict)
    authorizations: list[Authorization] | None = None


class Command(Received, frozen=True):
    command: str = ""
    text: str = ""
    user_id: str = ""
    user_name: str = ""
    team_id: str = ""
    channel_id: str = ""
    channel_name: str = ""
    trigger_id: str = ""
    response_url: str = ""
    ssl_check: str = ""


class Named(Received, frozen=True):
    id: str = ""
    name: str | None = None
    username: str | None = None


class Container(Received, frozen=True):
    message_ts: str = ""
    channel_id: str = ""
    thread_ts: str | None = None
    is_ephemeral: bool = False


class Choice(Received, frozen=True):
    value: str = ""


class Action(Received, frozen=True):
    action_id: str = ""
    block_id: str = ""
    value: str | None = None
    selected_option: Choice | None = None
    action_ts: str = ""


class Filled(Received, frozen=True):
    """One input of a modal as it was filled in."""

    type: str = ""
    value: str | None = None
    selected_date: str | None = None
    selected_option: Choice | None = None


class State(Received, frozen=True):
    values: dict[str, dict[str, Filled]] = field(default_factory=dict)


class View(Received, frozen=True):
    id: str = ""
    callback_id: str = ""
    private_metadata: str = ""
    state: State = field(default_factory=State)


class Interaction(Received, frozen=True):
    """A press, a choice or a form that was sent."""

    type: str = ""
    user: Named = field(default_factory=Named)
    team: Named | None = None
    channel: Named | None = None
    container: Container | None = None
    message: Message | None = None
    actions: list[Action] = field(default_factory=list)
    view: View | None = None
    trigger_id: str = ""
    response_url: str = ""


def taken(shape: type[S], found: object) -> S | None:
    """What was received in its shape, or None where it has another."""
    try:
        return msgspec.convert(found, shape, strict=False)
    except (msgspec.ValidationError, TypeError, RecursionError):
        return None


def decoded(body: bytes | str) -> dict[str, Any] | None:
    """A JSON object, or None."""
    try:
        found = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
