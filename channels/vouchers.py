"""What a network hands us to answer with for a while: addresses and tokens of which few uses are left."""

from collections import OrderedDict

from bot.clock import Clock
from channels.received import keep

_KEPT = 5_000


class Vouchers:
    """Keeps them by what they may be wanted for; `uses` times within `seconds`, whatever for."""

    def __init__(self, clock: Clock, uses: int, seconds: int) -> None:
        self._clock, self._uses, self._seconds = clock, uses, seconds
        self._kept: OrderedDict[tuple[str, ...], str] = OrderedDict()
        self._left: OrderedDict[str, tuple[int, int]] = OrderedDict()

    def keep(self, voucher: str, *keys: tuple[str, ...]) -> None:
        """A new one, under each of these keys; nothing if it is empty."""
        if voucher:
            keep(self._left, voucher, (self._uses, self._clock.tick() + self._seconds * 10**9), _KEPT)
            for key in keys:
                keep(self._kept, key, voucher, _KEPT)

    def take(self, *key: str) -> str:
        """One use of it, "" if there is none left."""
        voucher = self._kept.get(key, "")
        uses, until = self._left.get(voucher, (0, 0))
        if not uses or until < self._clock.tick():
            return ""
        self._left[voucher] = (uses - 1, until)
        return voucher
