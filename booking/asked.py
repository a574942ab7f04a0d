"""What people asked for, read with care: places that exist, days to come, numbers that make sense."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from booking.offers import written
from booking.texts import count, say
from bot.errors import AskAgain
from bot.gazetteer import Gazetteer, Spot
from bot.money import Money

MOST_NIGHTS = 30
MOST_ROOMS = 9
_AHEAD = timedelta(days=730)


class Asked:
    """Checks arguments at one moment; AskAgain names the first that will not do, with a way on."""

    def __init__(self, atlas: Gazetteer, now: datetime) -> None:
        self._atlas = atlas
        self._now = now

    def place(self, parameter: str, name: str, start: Spot | None = None) -> Spot:
        """The town that is meant; `start`: where people set out, who mean the nearer one of towns that share a name."""
        spot = self._atlas.find(name) if start is None else self._atlas.reached(name, start)
        if spot is None:
            names = self._atlas.suggest(name)
            hint = say("did_you_mean", names=either(names)) if names else say("larger_town")
            raise AskAgain(parameter, say("unknown_place", name=name.strip()[:60], hint=hint))
        if spot.kind == "country":
            raise AskAgain(parameter, say("a_country", name=spot.name))
        return spot

    def way(self, origin: str, destination: str) -> tuple[Spot, Spot]:
        """Two different towns."""
        start = self.place("origin", origin)
        end = self.place("destination", destination, start)
        if start.id == end.id:
            raise AskAgain("destination", say("same_place", name=start.name))
        return start, end

    def today(self, there: Spot) -> date:
        """The day that it is there now."""
        return self._now.astimezone(ZoneInfo(there.tz or "UTC")).date()

    def day(self, parameter: str, day: date, there: Spot) -> date:
        """A day that can still be sold."""
        today = self.today(there)
        if day < today:
            raise AskAgain(parameter, say("past", day=written(day), today=written(today)))
        if day > today + _AHEAD:
            raise AskAgain(parameter, say("too_far", day=written(day)))
        return day

    def return_day(self, day: date | None, leave: date, there: Spot) -> date | None:
        """A day to come back that is not before the day of leaving, or None."""
        if day is not None and day < leave:
            raise AskAgain("return_date", say("return_first", day=written(day), leave=written(leave)))
        return day and self.day("return_date", day, there)

    def nights(self, check_in: date, check_out: date | None, nights: int | None) -> date:
        """The day of checking out; one night if nothing was said."""
        if check_out is not None and check_out <= check_in:
            raise AskAgain("check_out_date", say("checkout_first", day=written(check_out), leave=written(check_in)))
        stay = (check_out - check_in).days if check_out else 1 if nights is None else nights
        if not 1 <= stay <= MOST_NIGHTS:
            raise AskAgain("nights" if check_out is None else "check_out_date", say("nights", most=MOST_NIGHTS))
        if check_out and nights is not None and nights != stay:
            arrive, leave = written(check_in), written(check_out)
            text = say("nights_differ", arrive=arrive, leave=leave, nights=count(stay, "night"), said=nights)
            raise AskAgain("nights", text)
        return check_in + timedelta(days=stay)

    def people(self, travelers: int, most: int) -> int:
        """How many travel."""
        if not 1 <= travelers <= most:
            raise AskAgain("travelers", say("travelers", most=most))
        return travelers

    def rooms(self, rooms: int | None, travelers: int) -> tuple[int, int]:
        """How many rooms (two people in one unless said otherwise) and people (at least one in each)."""
        wanted = rooms if rooms is not None else min(MOST_ROOMS, -(-travelers // 2))
        if not 1 <= wanted <= MOST_ROOMS:
            raise AskAgain("rooms", say("rooms", most=MOST_ROOMS))
        if travelers > 3 * wanted:
            raise AskAgain("rooms", say("crowded", people=travelers, rooms=count(wanted, "room")))
        return wanted, max(travelers, wanted)

    def budget(self, budget: Money | None) -> Money | None:
        """A sum above zero, or None."""
        if budget is not None and budget.minor <= 0:
            raise AskAgain("budget", say("budget"))
        return budget


def either(names: Sequence[str]) -> str:
    """ "A", "A or B", "A, B or C"."""
    return say("or").join(filter(None, (", ".join(names[:-1]), names[-1])))
