"""What Discord allows, as dated data: limits.toml, and the sizes and times below, read on the pages it names."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.pacing import Pace
from channels.limits import LIMITS, MEGABYTE

_TABLE: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
INTENTS, PRIVILEGED = tuple(_TABLE["intents"]), tuple(_TABLE["privileged_intents"])
PERMISSIONS = sum(1 << right["bit"] for right in _TABLE["permissions"].values())
IGNORED: Mapping[int, str] = {kind: why for why, kinds in _TABLE["ignored"].items() for kind in kinds}
REFUSED_NAMES, REFUSED_PARTS = frozenset(_TABLE["refused_names"]), tuple(_TABLE["refused_parts"])
LATE, CLOSED = frozenset(_TABLE["errors"]["late"]), frozenset(_TABLE["errors"]["closed"])
UNKNOWN_MESSAGE, UNKNOWN_WEBHOOK, TOO_LARGE = 10008, 10015, 40005
BUSY: Mapping[int, float] = {int(code): float(after) for code, after in _TABLE["errors"]["busy"].items()}

GROUP, DIRECT = LIMITS["discord"].group, LIMITS["discord"].direct
TEXT, EMBED_TITLE, EMBED_TEXT, EMBEDS_TOTAL, MENTIONS, FILES = GROUP.text_limit, 256, 4096, 6000, 100, 10
ROWS, ROW_BUTTONS, LABEL, CUSTOM_ID, LINK = 5, 5, GROUP.button_label, 100, 512
SELECT_OPTIONS, OPTION_LABEL = 25, 100
MODAL_TITLE, MODAL_INPUTS, MODAL_LABEL = 45, 5, 45
COMMANDS, COMMAND_ABOUT, COMMAND_SIZE = 100, 100, 8000
OPTIONS, CHOICES, CHOICE = 25, 25, 100
USERNAME, WEBHOOKS, HISTORY = 80, 15, 100
# A message with this nonce is known again for "the past few minutes", in seconds; the emulator takes three.
NONCE, NONCE_LASTS = 25, 180.0
# Seconds: to answer an interaction, how long its token lives, how long "is typing" stands.
ANSWER_WITHIN, TOKEN_LASTS, TYPING_LASTS = 3.0, 15 * 60, 10.0
# Ours, in seconds: between two edits of a stream, and how far away the time of a signed request may be.
EDIT_FLOOR, SIGNATURE_AGE = 1.0, 300
# Bytes of a file, in a server by its boost tier; and what we take in, more than people can share without paying.
FILE_LIMITS: Mapping[int, int] = {0: GROUP.file_limit, 1: 10 * MEGABYTE, 2: 50 * MEGABYTE, 3: 100 * MEGABYTE}
LARGEST = FILE_LIMITS[3]
# Fifty requests a second in all; what a route allows besides is told by the headers of each answer (sdk.py).
BOT_PACE = Pace(burst=50, per_second=50, reserve=15)
