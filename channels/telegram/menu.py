"""The command menu: what people are offered, by scope, told to Telegram only where it changed."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from bot.capability import Capability
from bot.language import SWAHILI
from channels.menus import Summary, declared, menu
from channels.telegram.limits import COMMANDS, DESCRIPTION

Ask = Callable[[str, dict[str, Any]], Awaitable[Any]]
_NAMES = r"[a-z0-9_]{1,32}"
SCOPES = ("default", "all_private_chats", "all_group_chats")


async def publish(
    ask: Ask, capabilities: Sequence[Capability], languages: Sequence[str] = ("", SWAHILI), summary: Summary = declared
) -> None:
    """Tell Telegram the menus that differ from what it has, and in other languages those that differ from the one that
    is shown to everybody else. `ask`: calls a method of the Bot API."""
    for scope in SCOPES:
        usual: list[dict[str, str]] = []
        for language in languages:
            where = {"scope": {"type": scope}} | ({"language_code": language} if language else {})
            wanted = menu(
                capabilities, names=_NAMES, length=DESCRIPTION, most=COMMANDS, group=scope == "all_group_chats",
                language=language, summary=summary,
            )  # fmt: skip
            wanted = [] if language and wanted == usual else wanted
            usual = usual or wanted
            if await ask("getMyCommands", dict(where)) != wanted:
                method = "setMyCommands" if wanted else "deleteMyCommands"
                await ask(method, where | ({"commands": wanted} if wanted else {}))
