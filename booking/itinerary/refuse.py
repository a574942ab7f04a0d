"""Why there is no plan, and what would make one possible: found by dropping one wish after another."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from booking.itinerary.demands import Undecided
from booking.itinerary.ground import connects
from booking.itinerary.problem import STOPS, Cost, Problem, has_room, problem
from booking.itinerary.solve import Solution, feasible
from booking.itinerary.supply import BACK, OUT, STAY, Outline, Supply
from booking.itinerary.texts import say
from booking.itinerary.words import any_matches, matches
from booking.offers import Offer
from booking.trips import Wishes
from bot.content import Fact
from bot.language import both, dated
from bot.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """What would make a plan possible. `args`: arguments of create_itinerary that change."""

    text: str
    args: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """There is no plan.

    `code`: budget, silent, no_transport, no_stay, full, no_connection, no_rate, must, few or together. `about`: the use
    or the word that it is about. `cost`: the cheapest plan if only the budget is too low. `retry`: somebody who was
    silent may answer the next time.
    """

    code: str
    text: str
    about: str = ""
    ways: tuple[Way, ...] = ()
    facts: tuple[Fact, ...] = ()
    cost: Money | None = None
    notes: tuple[str, ...] = ()
    retry: bool = False


_STEPS = 40_000
_NONE = {OUT: "no_transport", BACK: "no_transport", STAY: "no_stay"}


class Inquest:
    """Looks into one problem that has no solution within its budget."""

    def __init__(self, p: Problem, supply: Supply, cost: Cost) -> None:
        self._p, self._supply, self._cost = p, supply, cost
        self._outline: Outline = p.outline
        self._wishes: Wishes = p.wishes

    def refusal(self, best: Solution | None) -> Refusal:
        """The reason, in words, with what would help."""
        found = self._too_dear(best) if best else next(self._reasons())
        return self._told(replace(found, ways=(*found.ways, *self._ways())))

    def silence(self) -> Refusal:
        """Nobody answered anything."""
        text = say("silent_everywhere", city=self._outline.destination.name)
        return self._told(Refusal(code="silent", text=text))

    def _told(self, found: Refusal) -> Refusal:
        retry = found.code == "silent" or bool(self._supply.unheard)
        return replace(found, notes=self._supply.notes_of_none, retry=retry)

    def _too_dear(self, best: Solution) -> Refusal:
        least = Money(best.cost, self._outline.currency)
        count, budget = self._outline.travelers, self._wishes.budget
        key = "too_dear" if best.proved else "too_dear_found"
        text = say(key, cost=least, budget=budget, each=self._each(best.cost), count=count)
        amount = {"minor": least.minor, "currency": least.currency}
        way = Way(text=say("raise_budget", cost=least), args={"budget": amount, "per_person": False})
        return Refusal(code="budget", text=text, cost=least, ways=(way,), facts=_facts(best))

    def _each(self, cost: int) -> Money:
        return Money(-(-cost // self._outline.travelers), self._outline.currency)

    def _reasons(self) -> Iterator[Refusal]:
        yield from self._unreachable(OUT, self._p.outs)
        yield from self._unreachable(BACK, self._p.backs)
        yield from self._unreachable(STAY, self._p.stays)
        if not any(connects(a.offer, b.offer) for a in self._p.outs for b in self._p.backs):
            yield Refusal(code="no_connection", text=say("no_connection"))
        yield from self._impossible_musts()
        yield from self._too_many()
        yield Refusal(code="together", text=say("together"))

    def _unreachable(self, use: str, usable: tuple[object, ...]) -> Iterator[Refusal]:
        """A ride or hotel that is needed and cannot be had, with the nearest cause."""
        if usable:
            return
        place, offers = self._place(use), self._supply.of(use)
        roomy = [o for o in offers if has_room(o, self._outline)]
        if use in self._supply.silent:
            yield Refusal(code="silent", about=use, text=say(f"silent_{use}", **place))
        elif not offers:
            yield Refusal(code=_NONE[use], about=use, text=say(f"none_{use}", **place))
        elif not roomy:
            yield Refusal(code="full", about=use, text=say(f"full_{use}", **place), facts=_two(offers))
        elif all(o.price and self._cost(o.price) is None for o in roomy):
            yield Refusal(code="no_rate", about=use, text=self._no_rate(roomy))
        else:
            yield Refusal(code=_NONE[use], about=use, text=say(f"unwanted_{use}", **place), facts=_two(roomy))

    def _place(self, use: str) -> dict[str, object]:
        o = self._outline
        origin, city = o.origin.name if o.origin else "", o.destination.name
        a, b = (city, origin) if use == BACK else (origin, city)
        day = o.end if use == BACK else o.start
        return {"a": a, "b": b, "city": city, "day": dated(day, "%a %d %b %Y"), "count": o.travelers, "rooms": o.rooms}

    def _no_rate(self, offers: list[Offer]) -> str:
        foreign = sorted({o.price.currency for o in offers if o.price})
        return say("no_rate", foreign=", ".join(foreign), currency=self._outline.currency)

    def _impossible_musts(self) -> Iterator[Refusal]:
        for word in self._wishes.must:
            if self._solution(replace(self._wishes, must=(word,), per_day=0, activities=0, budget=None)) is None:
                known = [o for day in self._outline.dates for kind in STOPS
                         for o in self._supply.local(kind, day) if matches(word, o)]  # fmt: skip
                shunned = [o for o in known if any_matches(self._wishes.avoid, o)]
                if known and len(shunned) == len(known):
                    yield self._avoided(word, known)
                else:
                    yield self._closed(word, known) if known else self._unknown(word)

    def _avoided(self, word: str, known: list[Offer]) -> Refusal:
        avoided = next(w for w in self._wishes.avoid if matches(w, known[0]))
        return Refusal(
            code="must", about=word, text=say("must_avoided", word=known[0].title, avoided=avoided), facts=_two(known)
        )

    def _unknown(self, word: str) -> Refusal:
        if any(isinstance(use, tuple) for use in self._supply.silent):
            return Refusal(code="silent", about=word, text=say("silent_local", city=self._outline.destination.name))
        return Refusal(
            code="must", about=word, text=say("must_unknown", word=word, city=self._outline.destination.name)
        )

    def _closed(self, word: str, known: list[Offer]) -> Refusal:
        hours = next((", ".join(str(h) for h in o.hours) for o in known if o.hours), "")
        text = say("must_closed", word=known[0].title, hours=hours or "—")
        later = (self._outline.start + timedelta(days=n) for n in range(1, 15))
        day = next((d for d in later if any(o.open_on(d) for o in known)), None)
        args = {"departure_date": day.isoformat()} if day else {}
        ways = (Way(text=say("open_on", word=known[0].title, day=dated(day, "%a %d %b")), args=args),) if day else ()
        return Refusal(code="must", about=word, text=text, ways=ways, facts=_two(known))

    def _too_many(self) -> Iterator[Refusal]:
        free = replace(self._wishes, must=(), budget=None)
        if (self._wishes.per_day or self._wishes.activities) and self._solution(free) is None:
            best = self._most(free)
            asked = {"most_per_day": self._wishes.per_day, "most_in_all": self._wishes.activities}
            most = both(say(key, **best) for key, wanted in asked.items() if wanted)
            yield Refusal(code="few", text=say("few", most=most), ways=(Way(text=say("fewer", most=most), args=best),))

    def _most(self, free: Wishes) -> dict[str, Any]:
        """The largest numbers of activities, not above those asked for, that can be had."""
        for per_day in range(free.per_day, -1, -1):
            if self._solution(replace(free, per_day=per_day, activities=0)) is not None:
                break
        for activities in range(free.activities, -1, -1):
            if self._solution(replace(free, per_day=per_day, activities=activities)) is not None:
                break
        return {"per_day": per_day, "activities": activities}

    def _ways(self) -> Iterator[Way]:
        """Each single wish without which there is a plan within the budget."""
        for text, args, wishes in _relaxed(self._wishes):
            best = self._solution(wishes)
            if best:
                yield Way(text=say("without", wish=text, cost=Money(best.cost, self._outline.currency)), args=args)

    def _solution(self, wishes: Wishes) -> Solution | None:
        try:
            now = self._p.now
            return feasible(problem(self._outline, wishes, self._supply, self._cost, now), _STEPS)
        except Undecided:
            return None


def _relaxed(w: Wishes) -> Iterator[tuple[str, dict[str, Any], Wishes]]:
    if w.not_before:
        yield say("wish_before", at=f"{w.not_before:%H:%M}"), {"not_before": ""}, replace(w, not_before=None)
    if w.not_after:
        yield say("wish_after", at=f"{w.not_after:%H:%M}"), {"not_after": ""}, replace(w, not_after=None)
    if w.minutes:
        yield say("wish_hours", hours=f"{w.minutes / 60:g}"), {"hours": None}, replace(w, minutes=None)
    for words, name in ((w.must, "must"), (w.avoid, "avoid")):
        for word in words:
            rest = tuple(other for other in words if other != word)
            yield say(f"wish_{name}", word=word), {name: ", ".join(rest)}, _with(w, name, rest)
    if w.per_day:
        yield say("wish_per_day", count=w.per_day), {"per_day": 0}, replace(w, per_day=0)
    if w.activities:
        yield say("wish_activities", count=w.activities), {"activities": 0}, replace(w, activities=0)


def _with(w: Wishes, name: str, words: tuple[str, ...]) -> Wishes:
    return replace(w, must=words) if name == "must" else replace(w, avoid=words)


def _facts(best: Solution) -> tuple[Fact, ...]:
    offers = [p.offer for p in (best.frame.out, best.frame.back, best.stay) if p.offer]
    offers += [s.offer for day in best.days for s in day]
    return tuple(fact for o in offers if o.price for fact in _named(o)[:1])


def _two(offers: "list[Offer] | tuple[Offer, ...]") -> tuple[Fact, ...]:
    return tuple(fact for o in offers[:2] for fact in _named(o)[:4])


def _named(offer: Offer) -> list[Fact]:
    return [replace(fact, label=f"{offer.title} – {fact.label}") for fact in offer.to_facts()]
