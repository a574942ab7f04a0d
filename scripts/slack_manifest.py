"""Prints Slack's app manifest for this Caravan: `python -m scripts.slack_manifest [ADDRESS | socket]`."""

import json
import os
import sys
import tempfile
from typing import Any

import app
from bot.capability import Capability
from bot.core import Core
from bot.settings import Settings
from channels.slack.manifest import EXAMPLE, manifest


def capabilities() -> tuple[Capability, ...]:
    """What travellers can do."""
    with tempfile.TemporaryDirectory() as folder:
        base = app.base(Settings(_env_file=None, data_dir=folder, secret_key="only to look at"))
        core = Core(base.ground("all"))
        app.furnish(base, core)
        return tuple(c for c in core.registry if c.role == "traveller" and not c.hidden)


def as_yaml(value: Any, indent: int = 0) -> str:
    """Objects, lists and texts as YAML."""
    pad = "  " * indent
    if isinstance(value, dict):
        return "".join(f"{pad}{key}:{_below(one, indent)}" for key, one in value.items())
    return "".join(f"{pad}- {_item(one, indent)}" for one in value)


def _below(value: Any, indent: int) -> str:
    if isinstance(value, dict | list):
        return f"\n{as_yaml(value, indent + 1)}"
    return f" {json.dumps(value, ensure_ascii=False)}\n"


def _item(value: Any, indent: int) -> str:
    if isinstance(value, dict):
        return as_yaml(value, indent + 1).lstrip(" ")
    return f"{json.dumps(value, ensure_ascii=False)}\n"


if __name__ == "__main__":
    for name in [n for n in os.environ if n.startswith(("SLACK_", "TELEGRAM_", "DISCORD_", "TWILIO_"))]:
        del os.environ[name]
    asked = sys.argv[1] if len(sys.argv) > 1 else EXAMPLE
    print(as_yaml(manifest(capabilities(), asked.rstrip("/"), socket=asked == "socket")), end="")
