"""What Slack allows, as dated data: limits.toml, and the sizes and times below, read on the pages it names."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, convert

# Seconds a signed request stays good; seconds Slack waits for an answer; when it delivers again (seconds later).
SIGNATURE_AGE, ACKNOWLEDGE_WITHIN, DELIVERED_AGAIN = 300, 3.0, (0.0, 60.0, 300.0)
TRIGGER_LASTS, STREAM_LASTS = 3.0, 300.0
RESPONSE_URL_USES, RESPONSE_URL_LASTS = 5, 30 * 60
TEXT_CUT, TEXT_ADVISED, MARKDOWN_TEXT, USERNAME = 40_000, 4_000, 12_000, 80
BLOCKS, MODAL_BLOCKS, SECTION, ACTIONS = 50, 100, 3_000, 25
LABEL, BUTTON_VALUE, BLOCK_ID, ACTION_ID = 75, 2_000, 255, 255
OPTIONS, OPTION_VALUE, MODAL_TITLE, PRIVATE_METADATA = 100, 150, 24, 3_000
COMMANDS, COMMAND_NAME, COMMAND_ABOUT = 50, 32, 2_000


class Method(Struct, frozen=True, forbid_unknown_fields=True):
    """A Web API method, as limits.toml says."""

    per_minute: int = 50
    per_second: float = 0.0
    needs: tuple[str, ...] = ()
    repeats: bool = True


_TABLE: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
METHODS: Mapping[str, Method] = convert(_TABLE["methods"], dict[str, Method])
SCOPES: Mapping[str, str] = _TABLE["scopes"]
MANIFEST: Mapping[str, Any] = _TABLE["manifest"]
FACES: tuple[str, ...] = tuple(_TABLE["faces"].split())
EVENTS: tuple[str, ...] = tuple(_TABLE["events"].split())
TAKEN_COMMANDS = frozenset(_TABLE["taken_commands"].split())
BUSY: Mapping[str, float] = _TABLE["errors"]["busy"]
UNSURE, LATE, REVOKED, CLOSED = (
    frozenset(_TABLE["errors"][name].split()) for name in ("unsure", "late", "revoked", "closed")
)
PIECES: Mapping[str, str] = _TABLE["pieces"]
IGNORED: Mapping[str, str] = {kind: why for why, kinds in _TABLE["ignored"].items() for kind in kinds.split()}
