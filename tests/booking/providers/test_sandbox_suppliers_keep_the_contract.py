"""Every sandbox supplier keeps the contract of an InventoryProvider."""

from collections.abc import AsyncIterator, Sequence

import pytest

from booking.ports import InventoryProvider, Search
from booking.providers.sandbox.catalogue import SELLERS
from tests.booking.bazaar import Bazaar, HandClock, opened, wish
from tests.contracts.inventory_contract import InventoryContract


@pytest.fixture
async def bazaar() -> AsyncIterator[Bazaar]:
    async with opened() as found:
        yield found


@pytest.mark.parametrize("code", [seller.code for seller in SELLERS])
class TestSandboxSupplier(InventoryContract):
    @pytest.fixture
    def provider(self, bazaar: Bazaar, code: str) -> InventoryProvider:
        return bazaar.suppliers[code]

    @pytest.fixture
    def wishes(self, provider: InventoryProvider) -> Sequence[Search]:
        return [wish(kind) for kind in sorted(provider.kinds)]

    @pytest.fixture
    def clock(self, bazaar: Bazaar) -> HandClock:
        return bazaar.clock
