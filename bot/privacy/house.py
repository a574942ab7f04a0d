"""The privacy of an installation put together: one's own data shown, exported and erased, over all holdings."""

from collections.abc import Mapping, Sequence

from bot.clock import Clock
from bot.core import Core
from bot.jobs import Work
from bot.ports import Holdings, Store
from bot.privacy.erasing import ERASE, Erasing
from bot.privacy.service import Privacy
from bot.privacy.subjects import Subjects
from bot.router import News


class PrivacyHouse:
    """`holdings`: of every package; those that look at what others have erased come last."""

    def __init__(self, store: Store, clock: Clock, core: Core, holdings: Sequence[Holdings], secret: str) -> None:
        subjects = Subjects(store, core.pseudonyms)
        self.privacy = Privacy(store, core.registry, subjects, holdings, secret)
        self._erasing = Erasing(store, clock, core.people, core.log, lambda: core.lanes, holdings)

    def work(self) -> Mapping[str, Work]:
        """The Jobs it does."""
        return {ERASE: self._erasing.erase, "drop_export": self.privacy.drop_export}

    def news(self) -> Mapping[str, News]:
        """The Entries of ours it handles."""
        return {ERASE: self._erasing.let_go}
