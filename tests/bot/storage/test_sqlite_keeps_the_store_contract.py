"""SqliteStore keeps the contract of a Store."""

from pathlib import Path

import pytest

from bot.storage.sqlite import SqliteStore
from tests.contracts.stays import MakeStore
from tests.contracts.store_contract import StoreContract


class TestSqliteStore(StoreContract):
    @pytest.fixture
    def make_store(self, tmp_path: Path) -> MakeStore:
        return lambda: SqliteStore(tmp_path, alone=False)

    @pytest.fixture
    def location(self, tmp_path: Path) -> tuple[str, str]:
        return "sqlite", str(tmp_path)
