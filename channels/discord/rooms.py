"""What is known of servers, channels, threads and people: names, whose thread it is, how large files may be."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import structs

from channels.discord.limits import FILE_LIMITS
from channels.discord.payloads import Channel, Event, Guild
from channels.received import keep, taken
from channels.speakers import Speakers

_NOTHING = Channel()
_THREADS = (10, 11, 12)


class Rooms:
    """Kept in memory only: the gateway tells it anew with every session."""

    def __init__(self) -> None:
        self._channels: OrderedDict[str, Channel] = OrderedDict()
        self._tiers: dict[str, int] = {}
        self.speakers = Speakers()

    def guild(self, found: Mapping[str, Any]) -> Sequence[Channel]:
        """A server as the gateway shows it; its channels and threads."""
        guild = taken(Guild, found) or Guild()
        self._tiers[guild.id] = guild.premium_tier
        for role in guild.roles:
            keep(self.speakers.names, role.id, role.called)
        return [self.channel(structs.replace(c, guild_id=guild.id)) for c in (*guild.channels, *guild.threads)]

    def channel(self, channel: Channel) -> Channel:
        """A channel or thread that is new or was changed."""
        keep(self.speakers.names, channel.id, channel.name)
        return keep(self._channels, channel.id, channel)

    def find(self, channel: str) -> Channel:
        """What is known of a channel; without an id if nothing is."""
        return self._channels.get(channel, _NOTHING)

    def of_guild(self, guild: str) -> Iterable[str]:
        """The channels and threads of a server."""
        return [c.id for c in self._channels.values() if c.guild_id == guild]

    def parent(self, channel: str) -> str:
        """The channel in which a thread stands, "" for what is no thread."""
        found = self.find(channel)
        return found.parent_id if found.type in _THREADS else ""

    def file_limit(self, channel: str) -> int:
        """Bytes that a file may have here."""
        return FILE_LIMITS.get(self._tiers.get(self.find(channel).guild_id, 0), FILE_LIMITS[0])

    def seen(self, event: Event) -> None:
        """Who spoke or was named."""
        people = [(event.who, event.called), *((m, m.called) for m in event.mentions)]
        self.speakers.seen(event.channel_id, [(p.id, name) for p, name in people if p and not p.bot])
