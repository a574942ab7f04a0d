"""The little of an update that we read, as msgspec models. Fields that we do not know are ignored, never an error."""

import tomllib
from pathlib import Path
from typing import Any

import msgspec

from channels import lenient
from channels.received import taken


class Chat(msgspec.Struct, frozen=True):
    id: int
    type: str = "private"
    title: str = ""


class User(msgspec.Struct, frozen=True):
    id: int
    is_bot: bool = False
    first_name: str = ""
    last_name: str = ""
    username: str = ""
    language_code: str = ""

    @property
    def name(self) -> str:
        """What people call them."""
        return f"{self.first_name} {self.last_name}".strip() or self.username or str(self.id)


class Media(msgspec.Struct, frozen=True):
    """A file of any kind; `emoji` of a sticker, `width` of a photo."""

    file_id: str
    file_size: int = 0
    file_name: str = ""
    mime_type: str = ""
    emoji: str = ""
    width: int = 0


class Location(msgspec.Struct, frozen=True):
    latitude: float
    longitude: float


class Said(msgspec.Struct, frozen=True):
    """What a venue, a contact, dice or a reaction says."""

    location: Location | None = None
    title: str = ""
    address: str = ""
    first_name: str = ""
    last_name: str = ""
    phone_number: str = ""
    emoji: str = ""
    value: int = 0


class Replied(msgspec.Struct, frozen=True):
    """The message that another answers; in a topic, without a reply, the one that opened the topic."""

    message_id: int
    author: User | None = msgspec.field(default=None, name="from")
    forum_topic_created: Any = None


class Message(msgspec.Struct, frozen=True):
    """A message or a service message."""

    message_id: int
    chat: Chat
    date: int = 0
    author: User | None = msgspec.field(default=None, name="from")
    sender_chat: Chat | None = None
    message_thread_id: int = 0
    is_topic_message: bool = False
    reply_to_message: Replied | None = None
    edit_date: int = 0
    text: str = ""
    caption: str = ""
    photo: tuple[Media, ...] = ()
    document: Media | None = None
    audio: Media | None = None
    voice: Media | None = None
    video: Media | None = None
    video_note: Media | None = None
    animation: Media | None = None
    sticker: Media | None = None
    location: Location | None = None
    venue: Said | None = None
    contact: Said | None = None
    dice: Said | None = None
    poll: dict[str, Any] | None = None
    live_photo: Media | None = None
    rich_message: dict[str, Any] | None = None
    checklist: dict[str, Any] | None = None
    game: dict[str, Any] | None = None
    invoice: dict[str, Any] | None = None
    gift: dict[str, Any] | None = None
    paid_media: dict[str, Any] | None = None
    new_chat_members: tuple[User, ...] = ()
    left_chat_member: User | None = None
    migrate_to_chat_id: int = 0


class CallbackQuery(msgspec.Struct, frozen=True):
    id: str
    author: User = msgspec.field(name="from")
    message: Message | None = None
    data: str = ""


class Member(msgspec.Struct, frozen=True):
    """Someone's standing: creator, administrator, member, restricted, left or kicked."""

    user: User
    status: str = ""
    is_member: bool = True

    @property
    def inside(self) -> bool:
        """Whether they are in the chat."""
        return self.status not in ("left", "kicked", "") and (self.status != "restricted" or self.is_member)


class MemberChange(msgspec.Struct, frozen=True):
    chat: Chat
    author: User = msgspec.field(name="from")
    old_chat_member: Member
    new_chat_member: Member
    date: int = 0


class Reaction(msgspec.Struct, frozen=True):
    chat: Chat
    message_id: int
    date: int = 0
    user: User | None = None
    actor_chat: Chat | None = None
    old_reaction: tuple[Said, ...] = ()
    new_reaction: tuple[Said, ...] = ()


class Update(msgspec.Struct, frozen=True):
    update_id: int
    message: Message | None = None
    edited_message: Message | None = None
    channel_post: Message | None = None
    edited_channel_post: Message | None = None
    callback_query: CallbackQuery | None = None
    my_chat_member: MemberChange | None = None
    chat_member: MemberChange | None = None
    message_reaction: Reaction | None = None


_FIELDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
# Fields of a message that say nothing of what it holds; content that a person sent, though we may not read it.
ENVELOPE, SENT, FILES = frozenset(_FIELDS["envelope"].split()), frozenset(_FIELDS["sent"].split()), _FIELDS["files"]
_decode = msgspec.json.Decoder(Update).decode


def read(body: bytes) -> Update | None:
    """The update in a JSON body; None for one whose shape nobody knows. Unreadable if it is no update at all."""
    try:
        return _decode(body)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        found = lenient.parsed(body)
        if not isinstance(found.get("update_id"), int):
            raise lenient.Unreadable("no update_id") from None
        return taken(Update, found)


def held(body: bytes | dict[str, Any]) -> tuple[str, ...]:
    """The kind of an update by its field, and the names of what that holds beside its envelope."""
    found = lenient.parsed(body) if isinstance(body, bytes) else body
    kind = next((name for name in found if name != "update_id"), "nothing")
    part = found.get(kind)
    return (kind, *(name for name in part if name not in ENVELOPE)) if isinstance(part, dict) else (kind,)
