"""What a network hands us to answer with for a while: addresses and tokens of which few uses are left."""

from collections import OrderedDict

from bot.clock import Clock

_KEPT = 5_000


class Vouchers:
    """Keeps them by what they may be wanted for; `uses` times within `seconds`."""

    def __init__(self, clock: Clock, uses: int, seconds: int) -> None:
        self._clock, self._uses, self._seconds = clock, uses, seconds
        self._kept: OrderedDict[tuple[str, ...], tuple[str, int, int]] = OrderedDict()

    def keep(self, voucher: str, *keys: tuple[str, ...]) -> None:
        """A new one, under each of these keys; nothing if it is empty."""
        for key in keys if voucher else ():
            self._kept[key] = (voucher, self._uses, self._clock.tick() + self._seconds * 10**9)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)

    def take(self, *key: str) -> str:
        """One use of it, "" if there is none left."""
        voucher, uses, until = self._kept.get(key, ("", 0, 0))
        if not uses or until < self._clock.tick():
            return ""
        self._kept[key] = (voucher, uses - 1, until)
        return voucher
