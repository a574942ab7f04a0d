"""Supply: all that the suppliers answered for a trip's wish, searched side by side, and what they did not."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol

from booking.cache import Found
from booking.itinerary.texts import say
from booking.offers import Offer, OfferKind
from booking.ports import AllSilent, BusSearch, FlightSearch, HotelSearch, LocalSearch, Search
from bot.errors import Explain, RetryLater, Unknown
from bot.gazetteer import Spot
from bot.language import formed, listed

LOCAL = (OfferKind.ACTIVITY, OfferKind.EVENT, OfferKind.RESTAURANT, OfferKind.WEATHER)
OUT, BACK, STAY = "out", "back", "stay"


class Searches(Protocol):
    """What an itinerary needs of booking.inventory.Inventory."""

    async def search(self, wish: Search) -> Found:
        """Offers of all suppliers. AllSilent if none answers."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The frame of a trip: where from and to, which days, how many people, in which money."""

    destination: Spot
    start: date
    days: int
    travelers: int
    currency: str
    origin: Spot | None = None

    @property
    def dates(self) -> tuple[date, ...]:
        """All its days."""
        return tuple(self.start + timedelta(days=n) for n in range(self.days))

    @property
    def end(self) -> date:
        """Its last day."""
        return self.start + timedelta(days=self.days - 1)

    @property
    def rooms(self) -> int:
        """Two to a room."""
        return -(-self.travelers // 2)


@dataclass(slots=True)
class Supply:
    """What was found, by what it is for: OUT, BACK, STAY or (kind, day). `silent`: uses nobody answered for.

    `unheard`: kinds of which nothing was heard at all, some day or other; `mute`: suppliers that were asked about
    those; `partly`: suppliers that did not answer where others did; `stale`: kind -> when an old answer was given.
    """

    offers: dict[object, tuple[Offer, ...]] = field(default_factory=dict)
    silent: set[object] = field(default_factory=set)
    unheard: dict[str, None] = field(default_factory=dict)
    mute: dict[str, None] = field(default_factory=dict)
    partly: dict[str, None] = field(default_factory=dict)
    stale: dict[str, datetime] = field(default_factory=dict)

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences under a plan about suppliers that gave no answer and about old answers."""
        return self._notes("silent")

    @property
    def notes_of_none(self) -> tuple[str, ...]:
        """The same where there is no plan; who was silent is named."""
        return self._notes("silent_named" if self.mute else "silent_all")

    def _notes(self, key: str) -> tuple[str, ...]:
        found = [say("stale", what=say(kind), at=f"{formed(at, '%d %b %H:%M')} UTC") for kind, at in self.stale.items()]
        if self.unheard:
            what = listed(say(kind) for kind in self.unheard)
            found.append(say(key, what=what, suppliers=listed(self.mute)))
        if self.partly:
            found.append(say("partly", suppliers=listed(self.partly)))
        return tuple(found)

    def joined(self, more: "Supply") -> "Supply":
        """Both together."""
        return Supply(
            {**self.offers, **more.offers}, self.silent | more.silent, {**self.unheard, **more.unheard},
            {**self.mute, **more.mute}, {**self.partly, **more.partly}, {**self.stale, **more.stale},
        )  # fmt: skip

    def of(self, use: object) -> tuple[Offer, ...]:
        """The offers for a use, none if there are none."""
        return self.offers.get(use, ())

    def local(self, kind: OfferKind, day: date) -> tuple[Offer, ...]:
        """Offers of a kind on a day."""
        return self.of((kind, day))


def searches(outline: Outline) -> list[tuple[object, Search]]:
    """Everything to ask for a whole trip, with the use of each answer."""
    return [*_rides(outline), *_stay(outline), *local_searches(outline, outline.dates)]


def local_searches(
    outline: Outline, days: Iterable[date], kinds: Sequence[OfferKind] = LOCAL
) -> list[tuple[object, Search]]:
    """What there is to do, to eat and to expect on some days."""
    return [
        ((kind, day), LocalSearch(
            kind=kind, city=outline.destination, day=day, travelers=outline.travelers, currency=outline.currency))
        for day in days for kind in kinds
    ]  # fmt: skip


def _rides(o: Outline) -> list[tuple[object, Search]]:
    if o.origin is None:
        return []
    ways = ((OUT, o.origin, o.destination, o.start), (BACK, o.destination, o.origin, o.end))
    return [
        (use, kind(origin=a, destination=b, day=day, travelers=o.travelers, currency=o.currency))
        for use, a, b, day in ways for kind in (FlightSearch, BusSearch)
    ]  # fmt: skip


def _stay(o: Outline) -> list[tuple[object, Search]]:
    if o.days < 2:
        return []
    wish = HotelSearch(
        city=o.destination, check_in=o.start, check_out=o.end, rooms=o.rooms,
        travelers=o.travelers, currency=o.currency,
    )  # fmt: skip
    return [(STAY, wish)]


async def gather(wishes: Sequence[tuple[object, Search]], service: Searches, *, within: float) -> Supply:
    """Ask everything at once and take what came `within` real seconds; the rest counts as silent."""
    tasks = [asyncio.create_task(_ask(service, wish)) for _, wish in wishes]
    if tasks:
        await asyncio.wait(tasks, timeout=within)
    supply = Supply()
    answered: set[object] = set()
    for (use, wish), task in zip(wishes, tasks, strict=True):
        found = task.result() if task.done() and not task.cancelled() else None
        task.cancel()
        if found is None or isinstance(found, AllSilent):
            supply.silent.add(use)
            supply.unheard[wish.kind] = None
            supply.mute.update(dict.fromkeys(found.suppliers if found else ()))
            continue
        answered.add(use)
        supply.offers[use] = supply.of(use) + found.offers
        _note(supply, found)
    supply.silent -= answered
    return supply


async def _ask(service: Searches, wish: Search) -> Found | AllSilent | None:
    try:
        return await service.search(wish)
    except AllSilent as silent:
        return silent
    except (Explain, RetryLater, Unknown, TimeoutError):
        return None


def _note(supply: Supply, found: Found) -> None:
    if found.stale:
        supply.stale[found.wish.kind] = found.at
    supply.partly.update(dict.fromkeys(found.silent))
