"""The command menus of networks that take a name and a line for each command."""

import re
from collections.abc import Callable, Sequence

from bot.capability import Capability
from bot.language import speaking

Summary = Callable[[Capability, str], str]


def declared(capability: Capability, language: str) -> str:
    """The summary in a language, "" for English."""
    with speaking(language):
        return capability.told


def menu(
    capabilities: Sequence[Capability], *, names: str, length: int, most: int, group: bool = False, language: str = "",
    summary: Summary = declared,
) -> list[dict[str, str]]:  # fmt: skip
    """Commands whose names match, at most so many, with summaries cut to a length; a group's without what is answered

    in private."""
    offered = [c for c in capabilities if c.command and not c.hidden and re.fullmatch(names, c.command)]
    return [
        {"command": c.command, "description": (summary(c, language) or c.command)[:length]}
        for c in [c for c in offered if not (group and c.private)][:most]
    ]
