"""What to offer while a person types an argument, for networks that complete arguments."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from bot.clock import Clock
from bot.gazetteer import Gazetteer
from bot.model import PLACES, THREADS
from bot.ports import Store

SUGGESTED = frozenset(("location", "date", "person", "money"))
_CURRENCIES = ("USD", "EUR", "GBP", "KES", "TZS", "INR", "NGN", "ZAR", "JPY")
_DAYS = 60


def suggestions(
    kind: str, start: str, today: date, people: Sequence[str], towns: Callable[[str], Sequence[str]]
) -> list[tuple[str, str]]:
    """(what is shown, what is filled in) for an argument of a slot kind that begins with `start`, best first;

    what was typed is always among them. `people`: names of those here; `towns`: places whose name begins so."""
    start = " ".join(start.split())
    found: list[tuple[str, str]] = []
    if kind == "date":
        found = [(shown, iso) for shown, iso in _days(today) if start.casefold() in f"{shown} {iso}".casefold()]
    elif kind == "money" and re.fullmatch(r"[\d.,]{1,12}", start):
        found = [(f"{start} {currency}", f"{start} {currency}") for currency in _CURRENCIES]
    elif kind == "location" and start:
        found = [(town, town) for town in dict.fromkeys(towns(start))]
    elif kind == "person":
        found = [(name, name) for name in people if start.casefold() in name.casefold()]
    return found if not start or start in {value for _, value in found} else [*found[:24], (start, start)]


class Suggesting:
    """What may be meant, from what is known here."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock, self._gazetteer = store, clock, Gazetteer()

    async def offered(self, kind: str, start: str, place: str, most: int) -> list[tuple[str, str]]:
        """(what is shown, what is filled in) for an argument that somebody types in a Place; at most so many."""
        people, today = await names_here(self._store, place) if kind == "person" else (), self._clock.now().date()
        return suggestions(kind, start, today, people, lambda begins: self._gazetteer.suggest(begins, most))[:most]


async def names_here(store: Store, place: str) -> list[str]:
    """The names of the personas and people in the Thread of a Place."""
    known = await store.get(PLACES, place)
    thread = await store.get(THREADS, known.thread) if known else None
    return [*(s.name for s in thread.seats), *(m.name for m in thread.present)] if thread else []


def _days(today: date) -> list[tuple[str, str]]:
    days = [today + timedelta(days=n) for n in range(_DAYS)]
    return [(f"{d:%a} {d.day} {d:%b %Y}", d.isoformat()) for d in days]
