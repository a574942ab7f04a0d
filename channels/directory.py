"""What people and rooms of a network are called there, asked once; and who is meant by a name."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import structlog

from bot.errors import CaravanError
from channels.received import keep


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A name, a picture's address, and whether it is a human's."""

    name: str
    picture: str = ""
    human: bool = False


Ask = Callable[[], Awaitable[Known]]
NOBODY = Known(name="")
_log = structlog.get_logger()


class Directory:
    """Keeps what the network said, by account and id."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Known] = OrderedDict()
        self._people: dict[str, dict[str, str]] = {}

    async def find(self, account: str, id: str, ask: Ask) -> Known:
        """What is known of an id, else what `ask` finds out; NOBODY while the network does not say."""
        if (found := self.kept(account, id)) is not NOBODY:
            return found
        try:
            found = await ask()
        except CaravanError:
            return NOBODY
        if found.human:
            mine = self._people.setdefault(account, {})
            mine[found.name] = id if mine.get(found.name, id) == id else ""
        return keep(self._known, f"{account}:{id}", found)

    async def find_all(self, account: str, asks: Mapping[str, Ask], within: float) -> Mapping[str, Known]:
        """Id -> what is known; NOBODY where the network does not say so in as many seconds."""
        try:
            async with asyncio.timeout(within):
                for id, ask in asks.items():
                    await self.find(account, id, ask)
        except TimeoutError:
            _log.warning("the network is slow to say who somebody is", account=account)
        return {id: self.kept(account, id) for id in asks}

    def kept(self, account: str, id: str) -> Known:
        """What is known of an id without asking."""
        return self._known.get(f"{account}:{id}", NOBODY)

    def people(self, account: str) -> Mapping[str, str]:
        """Name -> id of the humans we have heard of whose name is theirs alone."""
        return {name: id for name, id in self._people.get(account, {}).items() if id and name}

    def forget(self, account: str, id: str) -> None:
        """It may be called otherwise by now."""
        self._known.pop(f"{account}:{id}", None)
