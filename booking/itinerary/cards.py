"""How a plan looks in a chat: short lines for a phone's width; every price and hour of a supplier is a fact."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from booking.itinerary.purse import total, uncounted
from booking.itinerary.refuse import Refusal
from booking.itinerary.texts import say
from booking.offers import Offer
from booking.sale.texts import say as say_sale
from booking.texts import count
from booking.trips import Day, Item, Plan, Trip
from bot.content import Card, Draft, Fact, Press
from bot.glossary import labelled, worded
from bot.language import formed
from bot.money import Money

_MARKS = {"arrive": "🛬", "leave": "🛫", "ride": "🚕", "stay": "🏨", "see": "•", "eat": "🍽", "idea": "💡"}
_TOLD = ("Price", "About", "Departs", "Arrives", "Pick-up", "Check-in", "Check-out", "Starts", "Ends", "Open")
OURS = "Caravan"


def trip_drafts(trip: Trip, now: datetime) -> tuple[Draft, ...]:
    """The overview and a card for each day."""
    return (overview(trip, now), *(day_draft(trip, n) for n in range(len(trip.plan.days))))


def overview(trip: Trip, now: datetime) -> Draft:
    """The trip at a glance: rides, hotel, what it comes to, what is missing."""
    plan = trip.plan
    party, days = count(plan.travelers, "traveller"), count(len(plan.days), "day")
    lines = [say("party", count=party, days=days, status=_status(plan))]
    lines += [ride_line(i) for i in plan.items() if i.role in ("arrive", "leave")]
    lines += [stay_line(plan, i) for i in plan.stays]
    lines += [*_money_lines(plan), *_aside(plan), *plan.missing, *plan.assumed]
    facts = (*totals(trip, now), *(f for i in plan.items() if i.role in ("arrive", "leave", "stay") for f in _facts(i)))
    card = Card(title=f"🧭 {plan.title}", lines=tuple(lines), facts=facts)
    buy = any(i.offer is not None and i.offer.bookable and not i.booked for i in plan.items())
    return Draft(card=card, buttons=(
        *((Press(label=say_sale("book_trip"), call="book_trip"),) if buy else ()),
        Press(label=say("b_budget"), call="budget"), Press(label=say("b_export"), call="export_trip"),
        Press(label=say("b_undo"), call="undo_trip"),
    ))  # fmt: skip


def day_draft(trip: Trip, n: int) -> Draft:
    """One day, with everything that can be done to it."""
    plan, day = trip.plan, trip.plan.days[n]
    lines = [*_weather(day), *(_line(i) for i in timeline(plan, n))]
    if not any(i.role in ("see", "eat", "idea", "leave") for i in day.items):
        lines.append(say("free_rest" if day.items else "free_day"))
    facts = [f for i in (*_nights(plan, n), *day.items) for f in _facts(i)]
    facts += [replace(f, label=f"{say('weather_label')} – {f.label}") for f in _weather_facts(day)]
    card = Card(title=f"{say('day', n=n + 1)} · {formed(day.date, '%a %d %b')}", lines=tuple(lines), facts=tuple(facts))
    return Draft(card=card, buttons=tuple(_day_buttons(n + 1)))


def _day_buttons(day: int) -> Iterator[Press]:
    yield Press(label=say("b_anew"), call="edit_day", args={"day": str(day)})
    for action in ("swap", "lock", "remove", "earlier", "later"):
        yield Press(label=say(f"b_{action}"), call="pick_item", args={"day": str(day), "action": action})
    yield Press(label=say("b_undo"), call="undo_trip")


def timeline(plan: Plan, n: int) -> list[tuple[datetime, str, Item]]:
    """What happens on a day, in order: (local time, what it is, item); a stay on its first and last day."""
    day = plan.days[n]
    found = [(i.begins, i.role, i) for i in day.items]
    found += [(_check_in(day, i), "check-in", i) for i in plan.stays if i.begins.date() == day.date]
    found += [(i.finishes, "check-out", i) for i in plan.stays if i.finishes.date() == day.date]
    return sorted(found, key=lambda entry: (entry[0], entry[2].id))


def _check_in(day: Day, stay: Item) -> datetime:
    """When one can be at the hotel: not before it lets one in, nor before one is in town."""
    return max([stay.begins, *(i.finishes for i in day.items if i.role in ("arrive", "ride"))])


def _line(entry: tuple[datetime, str, Item]) -> str:
    at, role, item = entry
    if role in ("check-in", "check-out"):
        return f"**{at:%H:%M}** 🏨 {say(role.replace('-', '_'), a=item.title)}{_bought(item)}"
    until = f" → {_until(item)}" if role in ("arrive", "leave") else ""
    price = (
        f" – {written_price(item)}" if item.price and item.price.minor else f" – {say('free')}" if item.offer else ""
    )
    lock = _bought(item) + (" 🔒" if item.locked else "")
    idea = f" ({say('idea')})" if item.offer is None else f" ({item.note})" if item.note else ""
    return f"**{at:%H:%M}**{until} {_MARKS[role]} {item.title}{price}{idea}{lock}"


def _bought(item: Item) -> str:
    """A mark on what is booked, with its number, and on what is being paid for."""
    return f" ✅ {item.booked}" if item.booked else " 💳" if item.selling else ""


def _status(plan: Plan) -> str:
    """How far the trip is: a draft of which something is booked is no draft to anybody."""
    bookable = [i for i in plan.items() if i.booked or (i.offer is not None and i.offer.bookable)]
    booked = sum(bool(i.booked) for i in bookable)
    if plan.status not in ("draft", "confirmed"):
        told = say(f"status_{plan.status}")
    elif booked and booked == len(bookable):
        told = say("status_booked")
    else:
        told = say("status_partly", done=booked, all=len(bookable)) if booked else say("status_draft")
    return f"{told} · {say('status_paying')} 💳" if any(i.selling for i in bookable) else told


def _until(item: Item) -> str:
    days = (item.finishes.date() - item.begins.date()).days
    return f"{item.finishes:%H:%M}" + (f" +{days}" if days else "")


def written_price(item: Item) -> str:
    """What it costs, and whether that is only about so."""
    about = say("about") if item.offer and item.offer.estimated else ""
    return f"{about}{item.price}"


def ride_line(item: Item) -> str:
    """A way to the trip or home, with its times and price."""
    at = f"{formed(item.begins, '%a %d %b %H:%M')} → {_until(item)}"
    return f"{_MARKS[item.role]} {at} {item.title} – {written_price(item)}{_bought(item)}"


def stay_line(plan: Plan, item: Item) -> str:
    """A hotel with its nights and price."""
    nights = (item.finishes.date() - item.begins.date()).days
    told = say("stay", a=item.title, nights=count(nights, "night"), rooms=count(plan.rooms, "room"))
    return f"🏨 {told} – {written_price(item)}{_bought(item)}"


def _aside(plan: Plan) -> Iterator[str]:
    if plan.aside:
        yield say("set_aside", names=", ".join(i.title for i in plan.aside))


def _money_lines(plan: Plan) -> Iterator[str]:
    cost = total(plan)
    of = say("of_budget", budget=plan.wishes.budget) if plan.wishes.budget else ""
    yield f"**{say('estimate', cost=cost, of=of, each=each(plan, cost))}**"
    if others := uncounted(plan):
        yield say("uncounted", others=", ".join(str(m) for m in others))


def each(plan: Plan, cost: Money) -> Money:
    """One person's share of a cost, rounded up."""
    return Money(-(-cost.minor // plan.travelers), cost.currency)


def totals(trip: Trip, now: datetime) -> tuple[Fact, ...]:
    """Our own sums of suppliers' prices: in all and for each person."""
    cost = total(trip.plan)
    found = {say("f_total"): cost, say("f_each"): each(trip.plan, cost)}
    if trip.plan.wishes.budget:
        found[say("f_budget")] = trip.plan.wishes.budget
    return tuple(ours(trip, label, amount, now) for label, amount in found.items())


def ours(trip: Trip, label: str, amount: Money, now: datetime) -> Fact:
    """A fact that Caravan computed from the plan."""
    return Fact(
        label=label, value=str(amount), minor=amount.minor, currency=amount.currency, source=OURS,
        ref=f"trip:{trip.id}", fetched_at=now,
    )  # fmt: skip


def _facts(item: Item) -> Iterator[Fact]:
    if item.offer is None:
        return
    for fact in restored(item.offer).to_facts():
        if fact.label in _TOLD:
            yield replace(fact, label=f"{item.title} – {fact.label}")


def _weather_facts(day: Day) -> tuple[Fact, ...]:
    return (
        tuple(f for f in restored(day.weather).to_facts() if f.label not in ("Starts", "Ends")) if day.weather else ()
    )


def _weather(day: Day) -> Iterator[str]:
    if day.weather:
        told = (f"{labelled(label)} {worded(value)}" for label, value in day.weather.details if label != "Day")
        yield "☁ " + " · ".join(told)


def _nights(plan: Plan, n: int) -> Iterator[Item]:
    return (i for i in plan.stays if plan.days[n].date in (i.begins.date(), i.finishes.date()))


def restored(offer: Offer) -> Offer:
    """A stored offer with its times in its own zones again, as its supplier wrote them."""
    starts, ends = offer.starts_at, offer.ends_at
    until = (offer.until_venue or offer.venue).zone
    return replace(
        offer, starts_at=starts.astimezone(ZoneInfo(offer.venue.zone)) if starts else None,
        ends_at=ends.astimezone(ZoneInfo(until)) if ends else None,
    )  # fmt: skip


def budget_draft(trip: Trip, now: datetime) -> Draft:
    """What the plan costs by category and for each person, against the budget."""
    plan = trip.plan
    costs = {say(name): total(plan, roles) for name, roles in _CATEGORIES.items() if total(plan, roles).minor}
    shares = {name: each(plan, money) for name, money in costs.items()}
    cost = total(plan)
    lines = [f"{name}: {money} ({say('each', each=shares[name])})" for name, money in costs.items()]
    lines += _money_lines(plan)
    facts = [ours(trip, name, money, now) for name, money in costs.items()]
    facts += [ours(trip, f"{name} – {say('f_share')}", money, now) for name, money in shares.items()]
    if plan.wishes.budget:
        left = plan.wishes.budget - cost
        key, left = ("left", left) if left.minor >= 0 else ("over", -left)
        lines.append(say(key, left=left))
        facts.append(ours(trip, say(f"f_{key}"), left, now))
    prices = [f for i in plan.items() for f in _facts(i) if f.minor is not None]
    return Draft(card=Card(title=say("budget_title"), lines=tuple(lines), facts=(*totals(trip, now), *facts, *prices)))


_CATEGORIES = {"c_rides": ("arrive", "leave", "ride"), "c_stay": ("stay",), "c_see": ("see",), "c_eat": ("eat",)}


def refusal_draft(refusal: Refusal, args: dict[str, object]) -> Draft:
    """Why there is no plan, and buttons for what would make one possible."""
    ways = (f"{n}. {way.text}" if way.args else f"• {way.text}" for n, way in enumerate(refusal.ways, 1))
    lines = (refusal.text, *ways, *refusal.notes)
    presses = tuple(
        Press(label=say("b_way", n=n + 1), call="create_itinerary", args={**args, **way.args})
        for n, way in enumerate(refusal.ways) if way.args
    )  # fmt: skip
    retry = (Press(label=say("b_retry"), call="create_itinerary", args=dict(args)),) if refusal.retry else ()
    return Draft(card=Card(title=say("cannot"), lines=lines, facts=refusal.facts), buttons=(*presses, *retry))
