"""The trip as a calendar file (RFC 5545): each event in the zones where it begins and ends, ids that survive edits."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from booking.papers.texts import say
from booking.papers.zones import zone_of
from booking.trips import Item
from bot.zones import told

_OURS = "-//Caravan//Trips//EN"


def calendar_ics(
    title: str, id: str, revision: int, items: Sequence[Item], codes: Mapping[str, str], at: datetime
) -> bytes:
    """These items under the id of their trip. `codes`: item id -> reference of its booking; `at`: when it is made.

    UIDs stay when an item moves; SEQUENCE is the trip's revision, so that a newer file replaces an older one."""
    made = Calendar()
    made.add("prodid", _OURS)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", title)
    if items:
        first, last = min(i.starts_at for i in items), max(i.ends_at for i in items)
        for name in sorted({i.zone for i in items} | {i.until_zone for i in items if i.until_zone}):
            made.add_component(zone_of(name, first, last))
    for item in items:
        event = _event(item, codes)
        event.add("uid", f"{item.id}.{id}@caravan")
        event.add("dtstamp", at)
        event.add("sequence", revision)
        made.add_component(event)
    return bytes(made.to_ical())


def _event(item: Item, codes: Mapping[str, str]) -> Event:
    event = Event()
    event.add("summary", item.title)
    event.add("dtstart", item.starts_at.astimezone(ZoneInfo(item.zone)))
    event.add("dtend", item.ends_at.astimezone(ZoneInfo(item.until_zone or item.zone)))
    event.add("status", "CONFIRMED" if item.id in codes else "TENTATIVE")
    event.add("transp", "TRANSPARENT" if item.role == "stay" else "OPAQUE")
    _place(event, item)
    event.add("description", "\n".join(_about(item, codes)))
    return event


def _place(event: Event, item: Item) -> None:
    if item.offer is not None:
        venue = item.offer.venue
        event.add("location", f"{venue.name}, {venue.city}, {venue.country}")
        event.add("geo", (venue.lat, venue.lon))


def _about(item: Item, codes: Mapping[str, str]) -> Iterator[str]:
    if item.id in codes:
        yield f"{say('reference')}: {codes[item.id]}"
    if item.offer is None:
        yield say("idea")
    elif item.price and item.price.minor:
        at = told(item.offer.fetched_at, item.zone, "%d %b %Y %H:%M")
        yield say("price", price=item.price, supplier=item.offer.supplier, at=at)
    if item.note:
        yield item.note
