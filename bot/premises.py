"""Everything that the conversation core itself offers people, put together for app.py."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from bot.accounts.commands import AccountsAdmin
from bot.accounts.running import CHANGE
from bot.admin.services import admin_services
from bot.archive import Archive
from bot.clock import Clock
from bot.consent.confirm import Confirmations
from bot.consent.polls import Polls
from bot.core import Core
from bot.house import House
from bot.identity.house import IdentityHouse
from bot.identity.merging import TakesOver
from bot.invites import Invites
from bot.jobs import Work
from bot.ports import Channel, Holdings, Store
from bot.privacy.house import PrivacyHouse
from bot.quiet import Quiet
from bot.router import MEMBERS_CHANGED, News
from bot.strangers.blocking import BlockCommands
from bot.strangers.reporting import Reports, ReportsAdmin
from bot.threads import Threads
from bot.tongues import Tongues
from bot.turn import Turn

Ready = Callable[[], Awaitable[dict[str, str]]]


class Premises:
    """`ready`: what /status shows. `holdings`, `takers`: of every package. `counts`: who else counts members, after the
    votes. `winners`: the Capability that a winning offer is given to."""

    def __init__(
        self, store: Store, clock: Clock, core: Core, channels: Mapping[str, Channel], secret: str, *, ready: Ready,
        holdings: Sequence[Holdings] = (), takers: Sequence[TakesOver] = (), counts: Sequence[News] = (),
        winners: str = "",
    ) -> None:  # fmt: skip
        self._store, self._core, self._counts = store, core, counts
        self._reports = ReportsAdmin(store)
        self._accounts = AccountsAdmin(store, core.accounts, core.concealer)
        self._house = House(store, core.registry, core.history, ready)
        self._threads = Threads(store, clock, core.places, core.people, core.history, Invites(channels))
        self._quiet = Quiet(store, clock, core.places, core.history)
        self._polls = Polls(store, clock, core.history, core.registry, then=winners)
        self._identity = IdentityHouse(store, clock, core, secret, takers, self._polls, self.members_changed)
        self._privacy = PrivacyHouse(store, clock, core, holdings, secret)

    def topics(self) -> dict[str, tuple[object, ...]]:
        """Heading of the help page -> services with Capabilities under it."""
        return {
            "caravan": (
                self._house,
                self._privacy.privacy,
                Confirmations(self._store),
                self._identity.service,
                Tongues(self._core.people),
            ),
            "chat": (
                self._threads,
                self._quiet,
                self._polls,
                Archive(self._store, self._core.history),
                BlockCommands(self._store),
                Reports(self._store),
            ),
            "admin": (*admin_services(self._store, self._core), self._accounts, self._reports),
        }

    def work(self) -> Mapping[str, Work]:
        """Job name -> what to do."""
        houses = (self._quiet, self._polls, self._privacy, self._identity)
        return {CHANGE: self._core.accounts.change, **{n: does for house in houses for n, does in house.work().items()}}

    def news(self) -> Mapping[str, News]:
        """What an Entry of our own is -> who handles it."""
        houses = (self._quiet, self._polls, self._privacy, self._identity)
        own = {name: does for house in houses for name, does in house.news().items()}
        threads = {"join": self._threads.joined, "focus": self._threads.focused, "part": self._threads.parted}
        return {**threads, **own, MEMBERS_CHANGED: self.members_changed}

    async def members_changed(self, turn: Turn) -> None:
        """People came or went: votes first, then who else counts them."""
        await self._polls.members_changed(turn)
        for counts in self._counts:
            await counts(turn)
