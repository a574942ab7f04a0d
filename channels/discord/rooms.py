"""What is known of servers, channels, threads and people: names, whose thread it is, how large files may be."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import structs

from channels.discord.limits import FILE_LIMITS
from channels.discord.payloads import Channel, Event, Guild
from channels.received import keep, taken
from channels.speakers import Speakers

_THREADS = (10, 11, 12)


class Rooms:
    """Kept in memory only: the gateway tells it anew with every session."""

    def __init__(self) -> None:
        self._channels: OrderedDict[str, Channel] = OrderedDict()
        self._tiers: dict[str, int] = {}
        self.speakers = Speakers()

    def guild(self, found: Mapping[str, Any]) -> tuple[Channel, ...]:
        """A server as the gateway shows it; its channels and threads."""
        guild = taken(Guild, found) or Guild()
        self._tiers[guild.id] = guild.premium_tier
        for role in guild.roles:
            keep(self.speakers.names, role.id, role.called)
        for channel in (*guild.channels, *guild.threads):
            self.channel(channel, guild.id)
        return (*guild.channels, *guild.threads)

    def channel(self, channel: Channel, guild: str = "") -> None:
        """A channel or thread that is new or was changed."""
        keep(self._channels, channel.id, structs.replace(channel, guild_id=channel.guild_id or guild))
        keep(self.speakers.names, channel.id, channel.name)

    def find(self, channel: str) -> Channel | None:
        """What is known of a channel."""
        return self._channels.get(channel)

    def of_guild(self, guild: str) -> Iterable[str]:
        """The channels and threads of a server."""
        return [c.id for c in self._channels.values() if c.guild_id == guild]

    def title(self, channel: str) -> str:
        """The name of a channel, "" if it is not known."""
        found = self._channels.get(channel)
        return found.name if found else ""

    def parent(self, channel: str) -> str:
        """The channel in which a thread stands, "" for what is no thread."""
        found = self._channels.get(channel)
        return found.parent_id if found and found.type in _THREADS else ""

    def file_limit(self, channel: str) -> int:
        """Bytes that a file may have here."""
        found = self._channels.get(channel)
        return FILE_LIMITS.get(self._tiers.get(found.guild_id, 0) if found else 0, FILE_LIMITS[0])

    def seen(self, event: Event) -> None:
        """Who spoke or was named."""
        people = [(event.who, event.called), *((m, m.called) for m in event.mentions)]
        self.speakers.seen(event.channel_id, [(p.id, name) for p, name in people if p and not p.bot])
