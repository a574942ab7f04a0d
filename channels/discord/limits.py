"""What Discord allows, as dated data: limits.toml, and the sizes and times below, read on the pages it names."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.pacing import Pace
from bot.ports import Features
from channels.limits import LIMITS, MEGABYTE

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
# Upload limit in a server by its boost tier.
FILE_LIMITS: Mapping[int, int] = {0: 10 * MEGABYTE, 1: 10 * MEGABYTE, 2: 50 * MEGABYTE, 3: 100 * MEGABYTE}

# What we take in; more than people without a subscription can share.
LARGEST = 100 * MEGABYTE

GROUP = replace(LIMITS["discord"].group, text_limit=TEXT, file_limit=FILE_LIMITS[0], as_of="2026-08-24")
DIRECT = replace(GROUP, own_names=False)
# Fifty requests a second in all; what a route allows besides is told by the headers of each answer.


def with_files(limit: int) -> Features:
    """A group's, in a server whose files may have so many bytes."""
    return GROUP if limit == GROUP.file_limit else replace(GROUP, file_limit=limit)


BOT_PACE = Pace(burst=50, per_second=50, reserve=15)


_TABLE: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
INTENTS, PRIVILEGED = tuple(_TABLE["intents"]), tuple(_TABLE["privileged_intents"])
PERMISSIONS = sum(1 << right["bit"] for right in _TABLE["permissions"].values())
IGNORED: Mapping[int, str] = {kind: why for why, kinds in _TABLE["ignored"].items() for kind in kinds}
REFUSED_NAMES, REFUSED_PARTS = frozenset(_TABLE["refused_names"]), tuple(_TABLE["refused_parts"])
LATE, CLOSED = frozenset(_TABLE["errors"]["late"]), frozenset(_TABLE["errors"]["closed"])
BUSY: Mapping[int, float] = {int(code): float(after) for code, after in _TABLE["errors"]["busy"].items()}
