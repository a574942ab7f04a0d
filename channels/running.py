"""Our Accounts on a network as they run, by name."""

from typing import TypeVar

from bot.errors import Undeliverable

A = TypeVar("A")


class Running(dict[str, A]):
    """`network`: as people call it."""

    def __init__(self, network: str) -> None:
        super().__init__()
        self._network = network

    def of(self, place: str) -> A:
        """The one in whose name a Place (or a key that begins like one) is; Undeliverable if it is not there."""
        found = self.get(place.split(":", 2)[1])
        if found is None:
            raise Undeliverable(f"no such account on {self._network}", gone="account")
        return found
