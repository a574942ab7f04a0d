"""`python -m tests.emulators.anthropic PORT`: a model that thinks for 50 ms, looks things up and speaks."""

import sys
from typing import Any

from aiohttp import web

from tests.emulators.anthropic.replies import Reply, says, uses
from tests.emulators.anthropic.server import Emulator

_SILENCE, _PAUSE = 0.05, 0.002


def quick(request: dict[str, Any]) -> Reply:
    """Every request for the plan is answered with a look and then with words; everything else with words."""
    messages = request["messages"]
    asked = messages[0]["content"] if isinstance(messages[0]["content"], list) else []
    wanted = [b["text"] for b in asked if b.get("text", "").startswith("<said")][-1:]
    if len(messages) == 1 and any("show the help" in text for text in wanted):
        return uses("help")
    return says("Good to hear from you. The sea is calm, the fruit is ripe, and I am all ears.",
                silence=_SILENCE, pause=_PAUSE)  # fmt: skip


if __name__ == "__main__":
    web.run_app(Emulator(quick).application(), host="127.0.0.1", port=int(sys.argv[1]), print=None)
