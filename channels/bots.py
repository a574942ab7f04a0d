"""Our bots on a network, one for each Account, as they come and go while the Channel runs."""

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from bot.errors import Undeliverable
from bot.powers import AccountKeys


class RunsAsBot(Protocol):
    """`name`: what the network calls it, once that is known."""

    @property
    def token(self) -> str: ...
    @property
    def name(self) -> str: ...


B = TypeVar("B", bound=RunsAsBot)


class Bots(dict[str, B]):
    """By the names of their Accounts. `begin` a bot, or refuse it with the errors of `HasAccounts.account_added`;

    `end` one that has begun."""

    def __init__(
        self, network: str, made: Callable[[AccountKeys], B], begin: Callable[[B], Awaitable[None]],
        end: Callable[[B], Awaitable[None]],
    ) -> None:  # fmt: skip
        super().__init__()
        self._network, self._made, self._begin, self._end = network, made, begin, end

    def of(self, place: str) -> B:
        """The one in whose name a Place (or a key that begins like one) is; Undeliverable if it is not there."""
        found = self.get(place.split(":", 2)[1])
        if found is None:
            raise Undeliverable(f"no such account on {self._network}", gone="account")
        return found

    async def added(self, keys: AccountKeys) -> str:
        """As `HasAccounts.account_added`, and as `account_rotated`: the old one stays until the new one has begun."""
        before = self.get(keys.name)
        if before is not None and before.token == keys.secrets["token"]:
            return before.name
        bot = self._made(keys)
        await self._begin(bot)
        await self.removed(keys.name)
        self[keys.name] = bot
        return bot.name

    async def removed(self, name: str) -> None:
        """As `HasAccounts.account_removed`."""
        if bot := self.pop(name, None):
            await self._end(bot)
