"""What people ask of a trip, read with care: towns, days, party, money and wishes, or a question back."""

from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from booking.asked import Asked
from booking.itinerary.supply import Outline
from booking.itinerary.texts import say
from booking.itinerary.wishes import clock_time, joined, phrases, read
from booking.offers import written
from booking.trips import Wishes
from bot.errors import AskAgain
from bot.gazetteer import Gazetteer, Spot
from bot.money import Money
from bot.ports import Ask

MOST_DAYS = 30
MOST_TRAVELERS = 30
_USUAL_DAYS = 3
_AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The arguments of create_itinerary as given."""

    destination: str = ""
    origin: str | None = None
    departure_date: date | None = None
    return_date: date | None = None
    days: int | None = None
    nights: int | None = None
    travelers: int | None = None
    budget: Money | None = None
    per_person: bool | None = None
    tastes: str = ""
    must: str = ""
    avoid: str = ""
    not_before: str = ""
    not_after: str = ""
    hours: int | None = None
    per_day: int = 0
    activities: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A request that can be planned; `assumed`: sentences on what was not said."""

    outline: Outline
    wishes: Wishes
    assumed: tuple[str, ...] = ()


class Reader:
    """Turns requests into outlines. AskAgain names the argument that will not do."""

    def __init__(self, atlas: Gazetteer) -> None:
        self._atlas = atlas

    def understood(self, ask: Ask, r: Request) -> Understood:
        """Everything checked: towns exist, days are to come, numbers make sense."""
        asked = Asked(self._atlas, ask.now)
        there, start_from = self._towns(asked, r)
        travelers = asked.people(r.travelers if r.travelers is not None else _present(ask), MOST_TRAVELERS)
        start = r.departure_date or asked.today(there) + _AHEAD
        start = asked.day("departure_date", start, there)
        days = length(r, start)
        budget = asked.budget(r.budget)
        outline = Outline(
            destination=there, origin=start_from, start=start, days=days, travelers=travelers,
            currency=self._currency(ask, budget, there),
        )  # fmt: skip
        total = budget * travelers if budget and r.per_person else budget
        return Understood(
            outline=outline, wishes=replace(wishes_of(ask, r), budget=total), assumed=_assumed(r, outline)
        )

    def day(self, ask: Ask, day: date, there: Spot) -> date:
        """A first day for a trip to a place. AskAgain if it is over or too far away."""
        return Asked(self._atlas, ask.now).day("departure_date", day, there)

    def check(self, ask: Ask, r: Request) -> None:
        """AskAgain for what is wrong among the arguments given so far."""
        if r.destination:
            self.understood(ask, r)

    def _towns(self, asked: Asked, r: Request) -> tuple[Spot, Spot | None]:
        start_from = asked.place("origin", r.origin) if r.origin else None
        there = asked.place("destination", r.destination, start_from)
        if start_from is not None and start_from.id == there.id:
            return there, None
        return there, start_from

    def _currency(self, ask: Ask, budget: Money | None, there: Spot) -> str:
        return budget.currency if budget else ask.person.currency or self._atlas.currency(there.country) or "USD"


def length(r: Request, start: date) -> int:
    """How many days. AskAgain if what was said contradicts itself or is out of bounds."""
    said = {
        "return_date": (r.return_date - start).days + 1 if r.return_date else None,
        "days": r.days,
        "nights": r.nights + 1 if r.nights is not None else None,
    }
    if r.return_date and r.return_date < start:
        raise AskAgain("return_date", say("return_first", back=written(r.return_date), start=written(start)))
    given = {name: days for name, days in said.items() if days is not None}
    for name, days in given.items():
        if not 1 <= days <= MOST_DAYS:
            raise AskAgain(name, say("length", most=MOST_DAYS))
    if len(set(given.values())) > 1:
        raise AskAgain("nights" if r.nights is not None else "days", say("lengths_differ"))
    return next(iter(given.values()), _USUAL_DAYS)


def wishes_of(ask: Ask, r: Request) -> Wishes:
    """All that was wished for, in arguments and in words; the budget is counted elsewhere."""
    told = read(r.tastes)
    heard = read(ask.entry.text, likes=False) if ask.entry and ask.entry.what in ("message", "command") else Wishes()
    asked = Wishes(
        must=phrases([r.must]), avoid=phrases([r.avoid]), minutes=r.hours * 60 if r.hours else None,
        per_day=max(0, r.per_day), activities=max(0, r.activities), not_before=_clock("not_before", r.not_before),
        not_after=_clock("not_after", r.not_after),
    )  # fmt: skip
    if r.hours is not None and r.hours < 1:
        raise AskAgain("hours", say("hours"))
    return joined(joined(asked, told), heard)


def _clock(name: str, text: str) -> time | None:
    if not text.strip():
        return None
    at = clock_time(text, evening=name == "not_after")
    if at is None:
        raise AskAgain(name, say("which_time"))
    return at


def _present(ask: Ask) -> int:
    return max(1, len(ask.thread.present))


def _assumed(r: Request, o: Outline) -> tuple[str, ...]:
    found = []
    if r.departure_date is None:
        found.append(say("assumed_start", day=written(o.start)))
    if r.days is None and r.nights is None and r.return_date is None:
        found.append(say("assumed_days", days=o.days))
    if r.travelers is None:
        found.append(say("assumed_travelers", travelers=o.travelers))
    if r.budget and r.per_person is None and o.travelers > 1:
        found.append(say("assumed_budget", budget=r.budget))
    return tuple(found)
