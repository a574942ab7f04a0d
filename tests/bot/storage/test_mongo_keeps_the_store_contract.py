"""MongoStore keeps the contract of a Store, on a real replica set."""

import pytest

from bot.storage.mongo import MongoStore
from tests.contracts.stays import MakeStore
from tests.contracts.store_contract import StoreContract


class TestMongoStore(StoreContract):
    @pytest.fixture
    def make_store(self, mongo_url: str) -> MakeStore:
        return lambda: MongoStore(mongo_url)

    @pytest.fixture
    def location(self, mongo_url: str) -> tuple[str, str]:
        return "mongo", mongo_url
