"""What Discord allows, as dated data with its pages; the emulator of the tests reads the same table."""

from collections.abc import Mapping
from dataclasses import replace

from bot.pacing import Pace
from bot.ports import Features
from channels.limits import LIMITS, MEGABYTE

AS_OF = "2026-08-24"
PAGES = (
    "https://docs.discord.com/developers/resources/message",
    "https://docs.discord.com/developers/resources/webhook",
    "https://docs.discord.com/developers/interactions/receiving-and-responding",
    "https://docs.discord.com/developers/interactions/application-commands",
    "https://docs.discord.com/developers/components/reference",
    "https://docs.discord.com/developers/topics/rate-limits",
    "https://docs.discord.com/developers/topics/opcodes-and-status-codes",
    "https://docs.discord.com/developers/events/gateway",
)

TEXT, NONCE = 2000, 25
# A message with this nonce is known again for "the past few minutes"; the emulator takes three.
NONCE_LASTS = 180.0
EMBEDS, EMBED_TITLE, EMBED_TEXT, EMBED_FIELDS, EMBED_NAME, EMBED_VALUE = 10, 256, 4096, 25, 256, 1024
EMBED_FOOTER, EMBED_AUTHOR, EMBEDS_TOTAL = 2048, 256, 6000
ROWS, ROW_BUTTONS, LABEL, CUSTOM_ID, LINK = 5, 5, 80, 100, 512
SELECT_OPTIONS, OPTION_LABEL, PLACEHOLDER = 25, 100, 150
MODAL_TITLE, MODAL_INPUTS, MODAL_LABEL, MODAL_TEXT = 45, 5, 45, 4000
FILES = 10
USERNAME, WEBHOOKS = 80, 15
COMMANDS, COMMAND_NAME, COMMAND_ABOUT, COMMAND_SIZE = 100, 32, 100, 8000
OPTIONS, CHOICES, CHOICE = 25, 25, 100
MENTIONS = 100
HISTORY = 100
# Seconds: to answer an interaction, how long its token lives, how long "is typing" stands.
ANSWER_WITHIN, TOKEN_LASTS, TYPING_LASTS = 3.0, 15 * 60, 10.0
# Between two edits of a stream, in seconds (the buckets are the network's own and told by its headers).
EDIT_FLOOR = 1.0
# A signed request is refused when its time is further away; Discord names no limit, this one is ours.
SIGNATURE_AGE = 300
# Requests that are refused (401, 403, 429) in ten minutes before the address is shut out.
INVALID_REQUESTS, INVALID_WINDOW = 10_000, 600.0
# Gateway: sends in a minute, IDENTIFYs in a day.
GATEWAY_SENDS, IDENTIFIES = 120, 1000
# Names that a webhook may not bear, whole and in part: https://docs.discord.com/developers/resources/user
REFUSED_NAMES = frozenset(("everyone", "here"))
REFUSED_PARTS = ("discord", "clyde", "```", "@", "#", ":")
# Upload limit in a server by its boost tier.
FILE_LIMITS: Mapping[int, int] = {0: 10 * MEGABYTE, 1: 10 * MEGABYTE, 2: 50 * MEGABYTE, 3: 100 * MEGABYTE}

GROUP = replace(LIMITS["discord"].group, text_limit=TEXT, file_limit=FILE_LIMITS[0], as_of=AS_OF)
DIRECT = replace(GROUP, own_names=False)
# Fifty requests a second in all; what a route allows besides is told by the headers of each answer.


def with_files(limit: int) -> Features:
    """A group's, in a server whose files may have so many bytes."""
    return GROUP if limit == GROUP.file_limit else replace(GROUP, file_limit=limit)


BOT_PACE = Pace(burst=50, per_second=50, reserve=15)

# Why each intent is asked for. The last three are privileged: they have to be switched on in the developer portal.
INTENTS: Mapping[str, str] = {
    "guilds": "know the channels, threads and names of a server, and when we are added or removed",
    "guild_messages": "hear what is said in the channels that we can see",
    "guild_reactions": "learn from a 👍 or 👎 under a proposal",
    "dm_messages": "hear what a person writes to us alone",
    "dm_reactions": "the same under what we say to one person alone",
    "message_content": "read what is said without naming us: without it a trip is planned by mentions and commands",
    "members": "know who leaves a server, so that they are no longer asked to vote or to pay",
}
PRIVILEGED = ("message_content", "members")
# What the bot asks for when it is added, and why. Bits: https://docs.discord.com/developers/topics/permissions
PERMISSIONS: Mapping[str, tuple[int, str]] = {
    "VIEW_CHANNEL": (1 << 10, "hear the channels it is meant to be in"),
    "SEND_MESSAGES": (1 << 11, "answer"),
    "SEND_MESSAGES_IN_THREADS": (1 << 38, "answer in threads, each a conversation of its own"),
    "EMBED_LINKS": (1 << 14, "show cards"),
    "ATTACH_FILES": (1 << 15, "send itineraries, vouchers and calendars"),
    "READ_MESSAGE_HISTORY": (1 << 16, "read what was said while it was away, and answer by reply"),
    "ADD_REACTIONS": (1 << 6, "show reactions that were given on another network"),
    "MANAGE_WEBHOOKS": (1 << 29, "let each persona speak under its own name and picture"),
}
