"""Linking put together: the service, its Jobs and the news that lanes handle."""

from collections.abc import Mapping, Sequence

from bot.clock import Clock
from bot.core import Core
from bot.identity.codes import Codes
from bot.identity.merging import MERGED, PARTED, CountsVotes, Merging, TakesOver
from bot.identity.service import Linkings
from bot.jobs import Work
from bot.model import Entry, Job
from bot.ports import Store
from bot.router import News


class IdentityHouse:
    """`takers`: of every package that keeps things by Person id. `members_changed`: who else counts members."""

    def __init__(
        self, store: Store, clock: Clock, core: Core, secret: str, takers: Sequence[TakesOver], votes: CountsVotes,
        members_changed: News,
    ) -> None:  # fmt: skip
        self._merging = Merging(store, clock, core.people, core.log, takers, votes, members_changed)
        self.service = Linkings(store, core.people, core.places, Codes(store, secret), self._merging)

    def work(self) -> Mapping[str, Work]:
        """The Jobs it does."""
        return {MERGED: self._merge, PARTED: self._part}

    def news(self) -> Mapping[str, News]:
        """The Entries of ours it handles."""
        return {MERGED: self._merging.merged_here, PARTED: self._merging.parted_here}

    async def _merge(self, job: Job) -> Entry | None:
        await self._merging.merged(job)
        return None

    async def _part(self, job: Job) -> Entry | None:
        await self._merging.parted(job)
        return None
