"""LocalLocks keep the contract of Locks."""

from collections.abc import AsyncIterator

import pytest

from bot.locking import LOCKS
from bot.ports import Locks
from tests.contracts.locks_contract import LocksContract


class TestLocalLocks(LocksContract):
    @pytest.fixture
    async def locks(self) -> AsyncIterator[Locks]:
        locks = LOCKS["local"]("")
        await locks.open()
        yield locks
        await locks.close()
