"""The command menu: what people are offered, by scope, told to Telegram only where it changed."""

import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from bot.capability import Capability
from channels.telegram.limits import COMMANDS, DESCRIPTION

Ask = Callable[[str, dict[str, Any]], Awaitable[Any]]
Summary = Callable[[Capability, str], str]
_DECLARED: Summary = lambda capability, language: capability.summary  # noqa: E731
_NAME = re.compile(r"[a-z0-9_]{1,32}")
SCOPES = ("default", "all_private_chats", "all_group_chats")


def menu(
    capabilities: Sequence[Capability], scope: str, language: str = "", summary: Summary = _DECLARED
) -> list[dict[str, str]]:
    """The commands of a scope; groups are not offered what is answered in private."""
    offered = [c for c in capabilities if c.command and not c.hidden and _NAME.fullmatch(c.command)]
    if scope == "all_group_chats":
        offered = [c for c in offered if not c.private]
    return [
        {"command": c.command, "description": (summary(c, language) or c.command)[:DESCRIPTION]}
        for c in offered[:COMMANDS]
    ]


async def publish(
    ask: Ask, capabilities: Sequence[Capability], languages: Sequence[str] = ("",), summary: Summary = _DECLARED
) -> int:
    """Tell Telegram the menus that differ from what it has; how many did. `ask`: calls a method of the Bot API."""
    changed = 0
    for scope in SCOPES:
        for language in languages:
            where = {"scope": {"type": scope}} | ({"language_code": language} if language else {})
            wanted = menu(capabilities, scope, language, summary)
            if await ask("getMyCommands", dict(where)) != wanted:
                method = "setMyCommands" if wanted else "deleteMyCommands"
                await ask(method, where | ({"commands": wanted} if wanted else {}))
                changed += 1
    return changed
