"""Invitations to a trip: a code that is said in another chat, or a network's link with the code in it."""

import re
from collections.abc import Mapping

from bot.model import Entry
from bot.ports import Channel
from bot.powers import Invites as ByLink
from bot.texts import network, say

# What the links of networks make people say; the code as bot/threads.py makes it.
_JOIN = re.compile(r"\s*join\s+([A-HJKMNP-Z2-9]{8})[\s.!]*", re.IGNORECASE)


class Invites:
    """What the connected networks can do to bring people together."""

    def __init__(self, channels: Mapping[str, Channel]) -> None:
        self._channels = channels

    def lines(self, code: str) -> tuple[str, ...]:
        """One line for each network that has a link."""
        links = {name: c.invite(code) for name, c in self._channels.items() if isinstance(c, ByLink)}
        return tuple(say("link_invite", network=network(name), link=link) for name, link in links.items() if link)

    def has_groups(self, place: str) -> bool:
        """Whether people of this Place's network can make a group; there a trip begins in one."""
        channel = self._channels.get(place.partition(":")[0])
        return channel is None or channel.features(place).groups


def invited_by(entry: Entry) -> str:
    """The code of "join <code>", said to us alone; "" if it is something else."""
    found = _JOIN.fullmatch(entry.text) if entry.value.get("kind") == "direct" else None
    return found[1] if found and found[1].isupper() else ""
