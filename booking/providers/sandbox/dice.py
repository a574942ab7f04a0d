"""Chance that is the same every time: numbers drawn from the world's seed and a key, with nothing to remember."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Draws by key; another seed is another world."""

    def __init__(self, seed: int) -> None:
        self._seed = str(seed).encode()

    def number(self, low: int, high: int, *key: object) -> int:
        """A whole number from low to high, both included."""
        said = "\x1f".join(map(str, key)).encode()
        drawn = blake2b(said, digest_size=8, key=self._seed[:64]).digest()
        return low + int.from_bytes(drawn, "big") % (high - low + 1)

    def chance(self, percent: int, *key: object) -> bool:
        """True so many times in a hundred."""
        return self.number(1, 100, *key) <= percent

    def pick(self, among: Sequence[T], *key: object) -> T:
        """One of them."""
        return among[self.number(0, len(among) - 1, *key)]

    def order(self, among: Sequence[T], *key: object) -> list[T]:
        """All of them, shuffled."""
        drawn = [self.number(0, 1 << 60, *key, n) for n in range(len(among))]
        return [among[n] for n in sorted(range(len(among)), key=drawn.__getitem__)]
