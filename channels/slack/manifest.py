"""The app manifest: what to paste into Slack when the app is made, from the Capabilities there are."""

from collections.abc import Iterable
from typing import Any

from bot.capability import Capability
from channels.slack.limits import COMMAND_ABOUT, COMMAND_NAME, COMMANDS, EVENTS, SCOPES, TAKEN_COMMANDS
from channels.texts import say

ANY = "caravan"
EXAMPLE = "https://caravan.example"


def commands(capabilities: Iterable[Capability]) -> dict[str, str]:
    """Slash command -> what it is for. /caravan takes every command, also those whose name Slack keeps for itself."""
    found = {ANY: say("slack_any_command")}
    for c in capabilities:
        name = c.command.split(" ")[0]
        if name and name not in TAKEN_COMMANDS and len(name) <= COMMAND_NAME:
            found.setdefault(name, c.summary[:COMMAND_ABOUT])
    return dict(list(found.items())[:COMMANDS])


def manifest(capabilities: Iterable[Capability], address: str = EXAMPLE, *, socket: bool = False) -> dict[str, Any]:
    """The manifest for an installation at an address, or for Socket Mode, which needs none."""
    door = {} if socket else {"request_url": f"{address}/hooks/slack"}
    link = {} if socket else {"url": f"{address}/hooks/slack"}
    slash = [
        {"command": f"/{name}", "description": about, **({"usage_hint": "…"} if name == ANY else {}), **link}
        for name, about in commands(capabilities).items()
    ]
    oauth: dict[str, Any] = {} if socket else {"redirect_urls": [f"{address}/slack/oauth_redirect"]}
    return {
        "display_information": {"name": "Caravan", "description": say("slack_about"), "background_color": "#7a4a1e"},
        "features": {
            "app_home": {"messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
            "bot_user": {"display_name": "Caravan", "always_online": True},
            "slash_commands": slash,
        },
        "oauth_config": {**oauth, "scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {**door, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **door},
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket,
            "token_rotation_enabled": False,
        },
    }
