"""The command menu: what people are offered, by scope, told to Telegram only where it changed."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from bot.capability import Capability
from channels.menus import Summary, declared, menu
from channels.telegram.limits import COMMANDS, DESCRIPTION

Ask = Callable[[str, dict[str, Any]], Awaitable[Any]]
_NAMES = r"[a-z0-9_]{1,32}"
SCOPES = ("default", "all_private_chats", "all_group_chats")


async def publish(
    ask: Ask, capabilities: Sequence[Capability], languages: Sequence[str] = ("",), summary: Summary = declared
) -> None:
    """Tell Telegram the menus that differ from what it has. `ask`: calls a method of the Bot API."""
    for scope in SCOPES:
        for language in languages:
            where = {"scope": {"type": scope}} | ({"language_code": language} if language else {})
            wanted = menu(
                capabilities, names=_NAMES, length=DESCRIPTION, most=COMMANDS, group=scope == "all_group_chats",
                language=language, summary=summary,
            )  # fmt: skip
            if await ask("getMyCommands", dict(where)) != wanted:
                method = "setMyCommands" if wanted else "deleteMyCommands"
                await ask(method, where | ({"commands": wanted} if wanted else {}))
