"""Where offers come from: one folder each, one line here."""

from collections.abc import Callable, Sequence

from booking.ports import InventoryProvider
from booking.providers.sandbox import Sandbox

Opened = Callable[[Sandbox], Sequence[InventoryProvider]]

# name -> the suppliers of that source
PROVIDERS: dict[str, Opened] = {"sandbox": lambda sandbox: sandbox.suppliers}
