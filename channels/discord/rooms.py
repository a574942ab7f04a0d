"""What is known of servers, channels, threads and people: names, whose thread it is, how large files may be."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import structs

from channels.discord.limits import FILE_LIMITS
from channels.discord.payloads import Event, Room
from channels.received import keep, taken
from channels.speakers import Speakers

_THREADS = (10, 11, 12)


class Rooms:
    """Kept in memory only: the gateway tells it anew with every session."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Room] = OrderedDict()
        self.speakers = Speakers()

    def guild(self, found: Mapping[str, Any]) -> Sequence[Room]:
        """A server as the gateway shows it; its channels and threads."""
        guild = self.keep(taken(Room, found) or Room())
        for role in guild.roles:
            keep(self.speakers.names, role.id, role.called)
        return [self.keep(structs.replace(c, guild_id=guild.id)) for c in (*guild.channels, *guild.threads)]

    def keep(self, room: Room) -> Room:
        """One that is new or was changed."""
        keep(self.speakers.names, room.id, room.name)
        return keep(self._known, room.id, room)

    def find(self, id: str) -> Room:
        """What is known of one; without an id if nothing is."""
        return self._known.get(id, Room())

    def of_guild(self, guild: str) -> Iterable[str]:
        """The channels and threads of a server."""
        return [c.id for c in self._known.values() if c.guild_id == guild]

    def parent(self, channel: str) -> str:
        """The channel in which a thread stands, "" for what is no thread."""
        found = self.find(channel)
        return found.parent_id if found.type in _THREADS else ""

    def file_limit(self, channel: str) -> int:
        """Bytes that a file may have here."""
        guild = self.find(self.find(channel).guild_id)
        return FILE_LIMITS.get(guild.premium_tier, FILE_LIMITS[0])

    def seen(self, event: Event) -> None:
        """Who spoke or was named."""
        people = [(event.who, event.called), *((m, m.called) for m in event.mentions)]
        self.speakers.seen(event.channel_id, [(p.id, name) for p, name in people if p and not p.bot])
