"""What a message of Discord may hold and how it may come, each said once; every way is tried with every content."""

# ruff: noqa: E501
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
ANA, BEN, ROOM, GUILD, ALONE = (
    "80351110224678912",
    "80351110224678913",
    "290926798999357250",
    "290926798626357999",
    "290926798999357777",
)
ID, THREAD, EARLIER, AT = (
    "334385199974967042",
    "334385199974960001",
    "334385199974960002",
    "2017-07-11T17:27:07.299000+00:00",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Fields of a message and what they say. `files`: names."""

    name: str
    fields: Json
    text: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How it came. `reply`: the id of what it answers."""

    name: str
    fields: Json = field(default_factory=dict)
    place: str = ROOM
    reply: str = ""
    called: str = "Nelly"


def _user(id: str = ANA, **about: Any) -> Json:
    return {
        "id": id,
        "username": "nelly",
        "global_name": "Nelly",
        "discriminator": "0",
        "avatar": None,
        "public_flags": 0,
        **about,
    }


def _file(id: str, name: str = "a.png", **about: Any) -> Json:
    return {
        "id": id,
        "filename": name,
        "size": 3,
        "url": "https://cdn.discordapp.com/x",
        "proxy_url": "https://x",
        "content_type": "image/png",
        **about,
    }


def _snapshot(**message: Any) -> Json:
    return {
        "message_reference": {"type": 1, "message_id": "1", "channel_id": "2", "guild_id": "3"},
        "message_snapshots": [
            {
                "message": {
                    "type": 0,
                    "content": "",
                    "embeds": [],
                    "attachments": [],
                    "timestamp": AT,
                    "flags": 0,
                    "mentions": [],
                    **message,
                }
            }
        ],
    }


_EMBED = {
    "type": "rich",
    "title": "Ferry",
    "description": "at nine",
    "fields": [{"name": "Seats", "value": "2"}],
    "footer": {"text": "x"},
}
_BOXES = [
    {
        "type": 17,
        "components": [
            {"type": 10, "content": "# Boats"},
            {
                "type": 9,
                "components": [{"type": 10, "content": "at nine"}],
                "accessory": {"type": 2, "label": "x", "style": 5},
            },
        ],
    }
]
CONTENTS = (
    Content(name="words", fields={"content": "Lamu in März? 👋🏽"}, text="Lamu in März? 👋🏽"),
    Content(name="words with markup", fields={"content": "**bold** <b> & `x` ||secret|| <t:1:R> \\*"}, text="**bold** <b> & `x` ||secret|| <t:1:R> \\*"),
    Content(name="words that name", fields={"content": f"<@{BEN}> <@!{BEN}> <@&5> <#6> <:dhow:12345678> <a:wave:12345678>", "mentions": [_user(BEN, username="ben", global_name="Ben")], "mention_roles": ["5"], "mention_everyone": True}, text="@Ben @Ben <@&5> <#6> :dhow: :wave:"),
    Content(name="long words", fields={"content": "x" * 4000}, text="x" * 4000),
    Content(name="nothing", fields={"content": ""}),
    Content(name="a file", fields={"attachments": [_file("1")]}, files=("a.png",)),
    Content(name="files with words", fields={"content": "See", "attachments": [_file("1"), _file("2", "plan.pdf", content_type="application/pdf", title="The plan", description="alt")]}, text="See", files=("a.png", "plan.pdf")),
    Content(name="a voice", fields={"flags": 8192, "attachments": [_file("1", "voice-message.ogg", content_type="audio/ogg", waveform="AA", duration_secs=2.5)]}, files=("voice-message.ogg",)),
    Content(name="a file without a type", fields={"attachments": [{"id": "1", "filename": "x", "size": 0, "url": "u"}]}, files=("x",)),
    Content(name="files of odd parts", fields={"content": "x", "attachments": [{"id": 1, "filename": None, "size": "3"}, "y", None, {"filename": "no id"}, _file("2", size={})]}, text="x", files=("file", "a.png")),
    Content(name="a sticker", fields={"sticker_items": [{"id": "1", "name": "Wave", "format_type": 1}]}, text="[sticker Wave]"),
    Content(name="a sticker with words", fields={"content": "Hi", "sticker_items": [{"id": "1", "name": "Wave", "format_type": 4}], "stickers": []}, text="Hi\n[sticker Wave]"),
    Content(name="a poll", fields={"poll": {"question": {"text": "Where?"}, "answers": [{"answer_id": 1, "poll_media": {"text": "Lamu", "emoji": {"name": "🌴"}}}, {"answer_id": 2, "poll_media": {"text": "Diani"}}], "expiry": None, "allow_multiselect": False, "layout_type": 1}}, text="[poll: Where? — Lamu / Diani]"),
    Content(name="only an embed", fields={"embeds": [_EMBED]}, text="Ferry\nat nine\n2"),
    Content(name="words and their preview", fields={"content": "https://example.org", "embeds": [{"type": "link", "url": "https://example.org", "title": "Example"}]}, text="https://example.org"),
    Content(name="only components", fields={"flags": 32768, "components": _BOXES}, text="# Boats\nat nine"),
    Content(name="something forwarded", fields=_snapshot(content="Look at <@99999999999999999>", attachments=[_file("5")]), text="Look at <@99999999999999999>", files=("a.png",)),
    Content(name="a forwarded embed", fields=_snapshot(embeds=[_EMBED]), text="Ferry\nat nine\n2"),
    Content(name="forwarded components", fields=_snapshot(flags=32768, components=_BOXES), text="# Boats\nat nine"),
    Content(name="a forwarded sticker", fields=_snapshot(sticker_items=[{"id": "1", "name": "Wave"}]), text="[sticker Wave]"),
    Content(name="an invitation to play", fields={"activity": {"type": 1, "party_id": "x"}, "application": {"id": "1", "name": "Boats"}}, text="[activity]"),
    Content(name="silent, urgent, unknown", fields={"content": "Hi", "flags": 1 << 12 | 1 << 40, "hologram": {"x": [None]}, "nonce": 5, "call": None}, text="Hi"),
    Content(name="parts of another shape", fields={"content": "Hi", "poll": [], "embeds": "x", "components": {}, "sticker_items": 5, "mentions": ["x", {"id": BEN}], "message_snapshots": [5, {"message": None}]}, text="Hi"),
    Content(name="a command that is typed", fields={"content": "/ping x"}, text="/ping x"),
)  # fmt: skip
_REPLIED = {"type": 0, "message_id": EARLIER, "channel_id": ROOM, "guild_id": GUILD, "fail_if_not_exists": False}
WAYS = (
    Way(name="in a channel"),
    Way(name="under a nickname", fields={"member": {"nick": "Nell", "roles": ["5"], "joined_at": AT, "flags": 0}}, called="Nell"),
    Way(name="without a displayed name", fields={"author": _user(global_name=None)}, called="nelly"),
    Way(name="alone", fields={"channel_id": ALONE, "guild_id": None, "member": None}, place=f"@{ALONE}"),
    Way(name="in a thread", fields={"channel_id": THREAD, "position": 4}, place=THREAD),
    Way(name="an answer", fields={"type": 19, "message_reference": _REPLIED, "referenced_message": {"id": EARLIER, "type": 0, "content": "Lamu?", "author": _user(BEN)}}, reply=EARLIER),
    Way(name="an answer to what is gone", fields={"type": 19, "message_reference": _REPLIED, "referenced_message": None}, reply=EARLIER),
    Way(name="an answer whose origin has no type", fields={"type": 19, "message_reference": {"message_id": EARLIER, "channel_id": ROOM}}, reply=EARLIER),
    Way(name="about a message elsewhere", fields={"message_reference": {"message_id": EARLIER, "channel_id": "77", "guild_id": "78"}}),
    Way(name="full of nulls", fields=dict.fromkeys("edited_timestamp webhook_id application_id poll thread interaction nonce activity call resolved message_snapshots".split())),
    Way(name="with fields nobody knows", fields={"author": _user(primary_guild=None, clan=5, aura={}), "channel_type": 0, "type": 0}),
    Way(name="pinned", fields={"pinned": True, "tts": True, "reactions": [{"count": 1, "emoji": {"id": None, "name": "🔥"}, "me": False}]}),
)  # fmt: skip


def said() -> Iterator[tuple[Way, Content, Json]]:
    """Every content in every way, as a message."""
    for way in WAYS:
        for content in CONTENTS:
            if ("message_reference" in content.fields and "message_reference" in way.fields) or (
                content.name.startswith("an inv") and way.name.startswith("full")
            ):
                continue
            yield (
                way,
                content,
                message(
                    **{
                        **content.fields,
                        **{k: v for k, v in way.fields.items() if v is not None or k not in content.fields},
                    }
                ),
            )


def message(**more: Any) -> Json:
    """A message of Ana's in a channel."""
    return {
        "id": ID,
        "channel_id": ROOM,
        "guild_id": GUILD,
        "type": 0,
        "author": _user(),
        "content": "",
        "timestamp": AT,
        "edited_timestamp": None,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "components": [],
        "flags": 0,
        "pinned": False,
        "tts": False,
        **more,
    }


# Types of messages that Discord writes by itself; 1, 2 and 7 tell who came and went.
SERVICES = (
    3,
    4,
    5,
    6,
    8,
    9,
    10,
    11,
    12,
    14,
    15,
    16,
    17,
    18,
    20,
    21,
    22,
    23,
    24,
    25,
    26,
    27,
    28,
    29,
    31,
    32,
    36,
    37,
    38,
    39,
    44,
    46,
    55,
    63,
    99,
)
LEFT_ALONE = (
    *(message(type=kind, content="x") for kind in SERVICES),
    message(author=_user("5", bot=True), content="by a bot"), message(webhook_id="9", content="by a webhook"),
    message(author=_user("6", system=True), content="by Discord"), message(author=None, content="by nobody"),
)  # fmt: skip
NOTHING: tuple[tuple[str, Json], ...] = (
    ("TYPING_START", {"channel_id": ROOM, "guild_id": GUILD, "user_id": ANA, "timestamp": 1}),
    ("PRESENCE_UPDATE", {"user": {"id": ANA}, "guild_id": GUILD, "status": "idle", "activities": []}),
    ("CHANNEL_PINS_UPDATE", {"channel_id": ROOM, "guild_id": GUILD, "last_pin_timestamp": AT}),
    ("MESSAGE_REACTION_REMOVE_ALL", {"channel_id": ROOM, "guild_id": GUILD, "message_id": ID}),
    ("MESSAGE_REACTION_REMOVE_EMOJI", {"channel_id": ROOM, "guild_id": GUILD, "message_id": ID, "emoji": {"id": None, "name": "🔥"}}),
    ("MESSAGE_POLL_VOTE_ADD", {"channel_id": ROOM, "guild_id": GUILD, "message_id": ID, "user_id": ANA, "answer_id": 1}),
    ("GUILD_MEMBER_ADD", {"guild_id": GUILD, "user": _user()}), ("GUILD_MEMBER_UPDATE", {"guild_id": GUILD, "user": _user(), "roles": []}),
    ("GUILD_MEMBER_REMOVE", {"guild_id": GUILD, "user": _user()}), ("GUILD_MEMBER_REMOVE", {"guild_id": GUILD, "user": None}),
    ("GUILD_BAN_ADD", {"guild_id": GUILD, "user": _user()}), ("GUILD_ROLE_UPDATE", {"guild_id": GUILD, "role": {"id": "5", "name": "crew"}}),
    ("GUILD_UPDATE", {"id": GUILD, "name": "x"}), ("GUILD_EMOJIS_UPDATE", {"guild_id": GUILD, "emojis": []}),
    ("CHANNEL_CREATE", {"id": "91", "type": 0, "guild_id": GUILD, "name": "new"}), ("CHANNEL_UPDATE", {"id": ROOM, "type": 0, "guild_id": GUILD, "name": "lamu", "parent_id": None}),
    ("CHANNEL_DELETE", {"id": "92", "type": 0, "guild_id": GUILD}), ("GUILD_DELETE", {"id": "93", "unavailable": True}), ("GUILD_DELETE", {"id": "94"}),
    ("THREAD_CREATE", {"id": THREAD, "type": 11, "guild_id": GUILD, "parent_id": ROOM, "name": "boats", "newly_created": True}),
    ("THREAD_UPDATE", {"id": THREAD, "type": 11, "guild_id": GUILD, "thread_metadata": {"archived": True}}), ("THREAD_DELETE", {"id": "95", "guild_id": GUILD, "parent_id": ROOM, "type": 11}),
    ("THREAD_LIST_SYNC", {"guild_id": GUILD, "threads": [], "members": []}), ("THREAD_MEMBER_UPDATE", {"id": THREAD, "guild_id": GUILD, "user_id": ANA}),
    ("VOICE_STATE_UPDATE", {"channel_id": None, "user_id": ANA, "guild_id": GUILD, "session_id": "x"}), ("VOICE_SERVER_UPDATE", {"token": "x", "guild_id": GUILD}),
    ("STAGE_INSTANCE_CREATE", {"id": "1", "channel_id": ROOM, "guild_id": GUILD}), ("GUILD_SCHEDULED_EVENT_CREATE", {"id": "1", "channel_id": None, "guild_id": GUILD}),
    ("INVITE_CREATE", {"channel_id": ROOM, "code": "x"}), ("WEBHOOKS_UPDATE", {"channel_id": ROOM, "guild_id": GUILD}), ("INTEGRATION_CREATE", {"id": "1", "guild_id": GUILD}),
    ("AUTO_MODERATION_ACTION_EXECUTION", {"guild_id": GUILD, "channel_id": ROOM, "user_id": ANA, "message_id": ID, "content": "x"}), ("ENTITLEMENT_CREATE", {"id": "1", "user_id": ANA}),
    ("USER_UPDATE", _user("1")), ("APPLICATION_COMMAND_PERMISSIONS_UPDATE", {"id": "1"}), ("MESSAGE_DELETE_BULK", {"ids": [], "channel_id": ROOM}), ("MESSAGE_DELETE", {"channel_id": ROOM}),
    ("GUILD_CREATE", {"id": GUILD, "name": "Lamu", "channels": [{"id": "96", "type": 0, "name": "sea", "last_message_id": "none"}, None, {"id": "97", "last_message_id": None}], "threads": "x", "roles": [{"id": 5}]}),
    ("READY", {"guilds": [{"id": GUILD, "unavailable": True}, 5], "user": {}, "v": 10}), ("RESUMED", {}), ("HOLOGRAM_PROJECTED", {"channel_id": ROOM, "user_id": ANA}), ("MESSAGE_REACTION_ADD", {"channel_id": ROOM}), ("INTERACTION_CREATE", {"type": 3}),
)  # fmt: skip
