"""The app manifest: what to paste into Slack when the app is made, from the Capabilities there are."""

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from bot.capability import Capability
from channels.slack.limits import COMMAND_ABOUT, COMMAND_NAME, COMMANDS, EVENTS, MANIFEST, SCOPES, TAKEN_COMMANDS
from channels.texts import say

EXAMPLE = "https://caravan.example"


def commands(capabilities: Iterable[Capability]) -> dict[str, str]:
    """Slash command -> what it is for. /caravan takes every command, also those whose name Slack keeps for itself."""
    found = {"caravan": say("slack_any_command")}
    for c in capabilities:
        name = c.command.split(" ")[0]
        if name and name not in TAKEN_COMMANDS and len(name) <= COMMAND_NAME:
            found.setdefault(name, c.summary[:COMMAND_ABOUT])
    return dict(list(found.items())[:COMMANDS])


def manifest(capabilities: Iterable[Capability], address: str = EXAMPLE, *, socket: bool = False) -> dict[str, Any]:
    """The manifest for an installation at an address, or for Socket Mode, which needs none."""
    told: dict[str, Any] = deepcopy(dict(MANIFEST))
    hook = {} if socket else {"url": f"{address}/hooks/slack"}
    offered = commands(capabilities).items()
    told["features"]["slash_commands"] = [
        {"command": f"/{name}", "description": about, **hook} for name, about in offered
    ]
    told["oauth_config"]["scopes"] = {"bot": list(SCOPES)}
    told["settings"]["event_subscriptions"]["bot_events"] = list(EVENTS)
    told["settings"]["socket_mode_enabled"] = socket
    if not socket:
        told["oauth_config"]["redirect_urls"] = [f"{address}/slack/oauth_redirect"]
        for door in ("event_subscriptions", "interactivity"):
            told["settings"][door]["request_url"] = f"{address}/hooks/slack"
    return told
