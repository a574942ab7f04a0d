"""What Discord sends, as far as we read it, checked once at the edge; fields it adds are left alone."""

from typing import Any

from msgspec import Struct, field


class Named(Struct, frozen=True):
    """A user, member, emoji, sticker, role, attachment or option of a command: an id and what it is called."""

    id: str = ""
    name: str = ""
    username: str = ""
    global_name: str = ""
    nick: str = ""
    user: "Named | None" = None
    user_id: str = ""
    bot: bool = False
    system: bool = False
    filename: str = ""
    content_type: str = ""
    size: int = 0
    url: str = ""
    value: Any = None
    focused: bool = False

    @property
    def called(self) -> str:
        """The name that people see."""
        return self.global_name or self.name or self.username or self.id


class Data(Struct, frozen=True):
    """The data of an interaction."""

    name: str = ""
    options: list[Named] = field(default_factory=list)
    custom_id: str = ""
    values: list[str] = field(default_factory=list)
    components: list[dict[str, Any]] = field(default_factory=list)


class Event(Struct, frozen=True):
    """A message, an interaction or any other event of the gateway; which fields are there depends on its kind."""

    id: str = ""
    ids: list[str] = field(default_factory=list)
    type: int = 0
    channel_id: str = ""
    guild_id: str = ""
    author: Named | None = None
    user: Named | None = None
    user_id: str = ""
    member: Named | None = None
    content: str = ""
    edited_timestamp: str = ""
    mentions: list[Named] = field(default_factory=list)
    attachments: list[Named] = field(default_factory=list)
    sticker_items: list[Named] = field(default_factory=list)
    embeds: list[dict[str, Any]] = field(default_factory=list)
    components: list[dict[str, Any]] = field(default_factory=list)
    poll: dict[str, Any] = field(default_factory=dict)
    activity: dict[str, Any] = field(default_factory=dict)
    webhook_id: str = ""
    application_id: str = ""
    message_reference: dict[str, Any] = field(default_factory=dict)
    message_snapshots: list[dict[str, Any]] = field(default_factory=list)
    message_id: str = ""
    emoji: Named = field(default_factory=Named)
    added_members: list[Named] = field(default_factory=list)
    removed_member_ids: list[str] = field(default_factory=list)
    token: str = ""
    message: "Event | None" = None
    data: Data = field(default_factory=Data)

    @property
    def who(self) -> Named | None:
        """Who did it, wherever the event has it."""
        return self.author or (self.member.user if self.member else None) or self.user

    @property
    def called(self) -> str:
        """What the one who did it is called here."""
        return (self.member.nick if self.member else "") or (self.who.called if self.who else "")

    @property
    def replied(self) -> str:
        """The id of the message that it answers; what is forwarded or from another channel has a reference too."""
        reference = self.message_reference
        elsewhere = reference.get("type") or reference.get("channel_id", self.channel_id) != self.channel_id
        return "" if elsewhere else str(reference.get("message_id", ""))

    @property
    def is_interaction(self) -> bool:
        """Whether it can be answered as one."""
        return bool(self.id.isdecimal() and self.token and self.channel_id and self.who and self.who.id)


class Room(Struct, frozen=True):
    """A server, a channel of it or a thread; `last_message_id` tells whether something was said while we were away."""

    id: str = ""
    type: int = 0
    guild_id: str = ""
    name: str = ""
    parent_id: str = ""
    last_message_id: int = 0
    premium_tier: int = 0
    channels: "list[Room]" = field(default_factory=list)
    threads: "list[Room]" = field(default_factory=list)
    roles: list[Named] = field(default_factory=list)
