"""Answers to what people ask about the trip that they have, from its plan and its bookings alone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from booking.itinerary.cards import (
    budget_draft,
    day_draft,
    overview,
    restored,
    ride_line,
    stay_line,
    timeline,
    written_price,
)
from booking.itinerary.find import KINDS, MEALS, candidates, day_index
from booking.itinerary.ground import EARLY
from booking.itinerary.texts import say
from booking.offers import moment
from booking.sale.bookings import STANDING, Booking
from booking.texts import count
from booking.trips import Item, Trip
from bot.content import Card, Draft, Fact, Press
from bot.glossary import labelled, worded
from bot.language import formed, listed

About = Literal[
    "ride", "airport", "transfer", "stay", "meal", "refund", "cost", "booked", "party", "dates", "day", "item",
]  # fmt: skip
_HOME = frozenset(("home", "back", "return", "homebound", "inbound", "last"))
_OUT = frozenset(("outbound", "outgoing", "first", "there"))
_ROLES = {
    "flight": ("arrive", "leave"), "plane": ("arrive", "leave"), "bus": ("arrive", "leave"),
    "coach": ("arrive", "leave"), "departure": ("arrive", "leave"), "arrival": ("arrive", "leave"),
    "way": ("arrive", "leave"), "return": ("arrive", "leave"), "hotel": ("stay",), "lodge": ("stay",),
    "accommodation": ("stay",), "room": ("stay",), "place": ("stay",), "house": ("stay",), "lodging": ("stay",),
    "stay": ("stay",), "transfer": ("ride",), "taxi": ("ride",), "cab": ("ride",), "shuttle": ("ride",),
    "pickup": ("ride",),
}  # fmt: skip
_KINDS = {
    "flight": "flight",
    "plane": "flight",
    "fly": "flight",
    "flying": "flight",
    "land": "flight",
    "bus": "bus",
    "coach": "bus",
}


def answer(
    trip: Trip, bookings: Sequence[Booking], people: Sequence[str], now: datetime, about: str, of: str, day: str
) -> tuple[Draft, ...]:
    """The cards that answer it; what is not on the plan is said to be missing. AskAgain("day") for no day of it."""
    return (_Telling(trip, bookings, people, now).about(about, of, day),)


class _Telling:
    """One trip at one moment."""

    def __init__(self, trip: Trip, bookings: Sequence[Booking], people: Sequence[str], now: datetime) -> None:
        self._trip, self._plan, self._people, self._now = trip, trip.plan, people, now
        self._bookings: Mapping[str, Booking] = {b.number: b for b in bookings if b.state in STANDING}

    def about(self, about: str, of: str, day: str) -> Draft:
        n = day_index(self._plan, day)
        if about == "ride":
            return self._rides(of, n)
        if about == "airport":
            return self._airport(of, n)
        if about == "transfer":
            return self._transfers(n)
        if about == "stay":
            return self._stays(n)
        if about == "meal":
            return self._meals(of, n)
        if about == "party":
            return self._party()
        if about == "dates":
            return overview(self._trip, self._now)
        if about == "day" and n is not None:
            return day_draft(self._trip, n)
        return self._things(about, of, n)

    def _things(self, about: str, of: str, n: int | None) -> Draft:
        if about == "cost" and not _words(of) & set(_ROLES):
            return budget_draft(self._trip, self._now)
        if about == "item":
            return self._item(of, n)
        items = self._named(of)
        if about == "refund":
            return self._refunds(items)
        return self._booked(items) if about == "booked" else self._prices(items)

    def _card(self, title: str, lines: Iterable[str], items: Iterable[Item], *more: Fact) -> Draft:
        told = tuple(lines)
        facts = (*more, *(f for i in items for f in _facts(i)))
        return Draft(card=Card(title=say(title), lines=told, facts=facts))

    def _ways(self, of: str, n: int | None) -> list[Item]:
        """The ways there and home, or the one that is asked about."""
        ways = [i for i in self._plan.items() if i.role in ("arrive", "leave")]
        words = _words(of)
        wanted = [i for i in ways if self._is_on(i, n)] or ways
        role = "arrive" if words & _OUT else "leave" if words & _HOME else ""
        return [i for i in wanted if role in ("", i.role)]

    def _rides(self, of: str, n: int | None) -> Draft:
        wanted = self._ways(of, n)
        lines = [line for i in wanted for line in (ride_line(i), _details(i), self._state(i)) if line]
        kind = next((_KINDS[w] for w in _words(of) if w in _KINDS), "")
        if wanted and kind and not any(i.offer and i.offer.kind == kind for i in wanted):
            lines.insert(0, say("told_no_such_ride", what=say(kind)))
        return self._card("told_rides", lines or [self._without_rides()], wanted)

    def _without_rides(self) -> str:
        return say("told_no_ride_so" if self._ways("", None) else "no_origin")

    def _airport(self, of: str, n: int | None) -> Draft:
        wanted = [i for i in self._ways(of, n) if i.offer]
        lines: list[str] = []
        facts: list[Fact] = []
        for ride in wanted:
            offer = ride.offer
            assert offer is not None
            early = EARLY.get(offer.kind, 0)
            by = ride.begins - timedelta(minutes=early)
            lines.append(say("told_be_there", at=formed(by, "%a %d %b %H:%M"), where=_spot(offer), title=ride.title,
                             leaves=f"{ride.begins:%H:%M}", minutes=early))  # fmt: skip
            lines += [_line_of(i) for i in self._rides_before(ride)]
            facts.append(Fact(label=f"{say('f_be_there')} – {ride.title}", value=moment(by), source="Caravan",
                              ref=f"trip:{self._trip.id}", fetched_at=self._now))  # fmt: skip
        lines += [say("told_ask_them") if wanted else self._without_rides()]
        return self._card("told_airport", lines, wanted, *facts)

    def _rides_before(self, ride: Item) -> list[Item]:
        """Rides that the plan takes to where it leaves from."""
        rides = (i for i in self._plan.items() if i.role == "ride" and _goes_to(i, ride))
        return [i for i in rides if ride.starts_at - timedelta(hours=12) < i.ends_at <= ride.starts_at]

    def _transfers(self, n: int | None) -> Draft:
        rides = [i for i in self._plan.items() if i.role == "ride"]
        wanted = [i for i in rides if self._is_on(i, n)] or rides
        return self._card("told_transfers", [_line_of(i) for i in wanted] or [say("told_no_transfer")], wanted)

    def _stays(self, n: int | None) -> Draft:
        day = self._plan.days[n].date if n is not None else None
        stays = [i for i in self._plan.stays if day is None or i.begins.date() <= day < i.finishes.date()]
        lines: list[str] = []
        for stay in stays:
            lines.append(stay_line(self._plan, stay))
            lines.append(say("told_in_and_out", start=formed(stay.begins, "%a %d %b %H:%M"),
                             end=formed(stay.finishes, "%a %d %b %H:%M")))  # fmt: skip
            lines += [t for t in (_details(stay), _spot(stay.offer) if stay.offer else "", self._state(stay)) if t]
        return self._card("told_stays", lines or [say("told_no_stay")], stays)

    def _meals(self, of: str, n: int | None) -> Draft:
        today = next((k for k, d in enumerate(self._plan.days) if d.date == self._now.date()), None)
        chosen = [k for k in (n, today) if k is not None][:1] or list(range(len(self._plan.days)))
        items, lines = [], []
        for k in chosen:
            meals = [(at, i) for at, _, i in timeline(self._plan, k) if i.role == "eat" and _at_meal(at, of)]
            items += [i for _, i in meals]
            head = f"{say('day', n=k + 1)} · {formed(self._plan.days[k].date, '%a %d %b')}"
            told = "; ".join(f"**{at:%H:%M}** {i.title} – {written_price(i)}" for at, i in meals)
            lines.append(f"{head}: {told or say('told_no_meal')}")
        boards = [i for i in self._plan.stays if of == "breakfast" and i.offer and i.offer.detail("Board")]
        lines += [f"🏨 {i.title}: {worded(i.offer.detail('Board'))}" for i in boards if i.offer]
        return self._card("told_meals", lines, [*items, *boards])

    def _party(self) -> Draft:
        lines = [say("told_party", count=count(self._plan.travelers, "traveller"), names=listed(self._people))]
        return self._card("told_party_title", lines, ())

    def _refunds(self, items: Sequence[Item]) -> Draft:
        paid = [i for i in items if i.offer and (i.booked or i.offer.bookable)]
        lines = [line for i in paid for line in self._refund(i)]
        numbers = [i.booked for i in paid if i.booked in self._bookings]
        buttons = tuple(Press(label=say("told_cancel", number=n), call="cancel_booking", args={"booking": n})
                        for n in numbers[:3])  # fmt: skip
        draft = self._card("told_refunds", lines or [say("told_nothing_paid")], paid)
        return replace(draft, buttons=buttons)

    def _refund(self, item: Item) -> Iterator[str]:
        offer = item.offer
        assert offer is not None and offer.price is not None
        steps = [t for t in sorted(offer.terms, key=lambda t: t.until) if t.until > self._now and t.kept < offer.price]
        yield f"**{item.title}** – {offer.price}{self._mark(item)}"
        for term in steps:
            until = formed(term.until.astimezone(item.begins.tzinfo), "%a %d %b %Y %H:%M")
            yield say("told_back", until=until, back=offer.price - term.kept, price=offer.price)
        if not steps:
            yield say("told_nothing_back")
        yield from (worded(text) for text in offer.conditions)

    def _prices(self, items: Sequence[Item]) -> Draft:
        lines = [f"{i.title}: {written_price(i)}{self._mark(i)}" for i in items if i.price]
        return self._card("told_prices", lines or [say("told_not_on_plan")], items)

    def _booked(self, items: Sequence[Item]) -> Draft:
        known = [i for i in items if i.booked or i.selling or (i.offer and i.offer.bookable)]
        lines = [f"{i.title}: {self._state(i)}" for i in known]
        open_ = any(not i.booked and not i.selling for i in known)
        draft = self._card("told_booked", lines or [say("told_nothing_to_book")], known)
        return replace(draft, buttons=(Press(label=say("told_book"), call="book_trip"),) if open_ else ())

    def _item(self, of: str, n: int | None) -> Draft:
        told = " ".join(w for w in of.split() if w not in KINDS)
        items = (candidates(self._plan, told, n) if told else []) or candidates(self._plan, of, n)
        lines = [_line_of(i) for i in items]
        return self._card("told_item", lines or [say("told_no_item", word=of[:60])], items)

    def _named(self, of: str) -> list[Item]:
        """The items of a kind ("the flights home"), of a title, or all of them."""
        roles = {role for w in _words(of) for role in _ROLES.get(w, ())}
        if roles:
            kind = next((_KINDS[w] for w in _words(of) if w in _KINDS), "")
            items = [i for i in self._plan.items() if i.role in roles]
            return [i for i in items if i.offer and i.offer.kind == kind] or items
        named = candidates(self._plan, of, None) if of and not _words(of) & _ALL else []
        return named or list(self._plan.items())

    def _is_on(self, item: Item, n: int | None) -> bool:
        return n is None or self._plan.days[n].date in (item.begins.date(), item.finishes.date())

    def _mark(self, item: Item) -> str:
        return f" · {self._state(item)}" if item.booked or item.selling else ""

    def _state(self, item: Item) -> str:
        """Whether it is booked, and with which references."""
        booking = self._bookings.get(item.booked)
        if booking is not None:
            return say("told_is_booked", number=booking.number, supplier=booking.supplier, code=booking.code)
        if item.selling:
            return say("told_is_selling")
        return say("told_not_booked") if item.offer is not None and item.offer.bookable else ""


_ALL = frozenset("trip plan everything all booking bookings ticket tickets anything it".split())


def _words(of: str) -> set[str]:
    """The words of a thing, in the singular as well."""
    words = set(of.split())
    return words | {w.removesuffix("es") for w in words} | {w.removesuffix("s") for w in words}


def _at_meal(at: datetime, of: str) -> bool:
    first, last = MEALS.get(of, (0, 24))
    return first <= at.hour < last


def _spot(offer: object) -> str:
    venue = getattr(offer, "venue", None)
    return (
        (f"{venue.name} ({venue.code})" if venue.code and venue.code not in venue.name else venue.name) if venue else ""
    )


def _goes_to(ride: Item, way: Item) -> bool:
    """Whether a ride ends in the town that a way leaves from."""
    ends = ride.offer.until_venue if ride.offer else None
    return ends is not None and way.offer is not None and ends.city == way.offer.venue.city


def _line_of(item: Item) -> str:
    price = f" – {written_price(item)}" if item.price and item.price.minor else ""
    return f"{formed(item.begins, '%a %d %b')} **{item.begins:%H:%M}** {item.title}{price}"


def _details(item: Item) -> str:
    """What its supplier tells besides, in one line."""
    details = item.offer.details if item.offer else ()
    return " · ".join(f"{labelled(label)}: {worded(value)}" for label, value in details)


def _facts(item: Item) -> Iterator[Fact]:
    if item.offer is not None:
        yield from (replace(f, label=f"{item.title} – {f.label}") for f in restored(item.offer).to_facts())
