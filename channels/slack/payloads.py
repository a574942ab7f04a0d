"""What Slack sends, as far as we read it, checked once at the edge (channels/received.py)."""

from typing import Any

from msgspec import Struct, field


class SharedFile(Struct, frozen=True):
    id: str = ""
    name: str = ""
    title: str = ""
    mimetype: str = ""
    size: int = 0
    mode: str = ""


class Message(Struct, frozen=True):
    """The message inside an event, or the event itself. `channel`, `user`: an id, or an object with one."""

    type: str = ""
    subtype: str = ""
    text: str = ""
    user: Any = None
    bot_id: str = ""
    ts: str = ""
    thread_ts: str = ""
    edited: dict[str, Any] = field(default_factory=dict)
    files: list[SharedFile] = field(default_factory=list)
    file: SharedFile = field(default_factory=SharedFile)
    blocks: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[dict[str, Any]] = field(default_factory=list)
    channel: Any = None
    event_ts: str = ""


class Event(Message, frozen=True):
    """Any event of the Events API; which fields are there depends on its type."""

    message: Message | None = None
    previous_message: Message | None = None
    deleted_ts: str = ""
    reaction: str = ""
    item: dict[str, Any] = field(default_factory=dict)
    inviter: str = ""


class Interaction(Struct, frozen=True):
    """A press, a choice or a form that was sent."""

    type: str = ""
    channel: dict[str, Any] = field(default_factory=dict)
    container: dict[str, Any] = field(default_factory=dict)
    message: Message | None = None
    actions: list[dict[str, Any]] = field(default_factory=list)
    view: dict[str, Any] = field(default_factory=dict)
    trigger_id: str = ""
    response_url: str = ""
