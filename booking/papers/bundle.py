"""All papers at once, as bytes. Imported on first use and run in a thread: it takes type setters along."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from booking.itinerary.export import to_json, to_markdown
from booking.papers.calendar import calendar_ics
from booking.papers.programme import programme_pdf
from booking.papers.route import Towns, route_png
from booking.papers.voucher import Voucher, vouchers_pdf
from booking.trips import Item, Trip

FORMATS = ("pdf", "calendar", "picture", "json", "markdown")


@dataclass(frozen=True, slots=True)
class Paper:
    """A file by name."""

    name: str
    mime: str
    data: bytes


def vouchers_of(vouchers: Mapping[str, Voucher]) -> list[Paper]:
    """One PDF with a page for each booking. `vouchers`: by our booking number, in order."""
    name = f"voucher-{next(iter(vouchers))}.pdf" if len(vouchers) == 1 else "vouchers.pdf"
    return [Paper(name, "application/pdf", vouchers_pdf([*vouchers.values()]))]


def diary(title: str, id: str, revision: int, items: Sequence[Item], codes: Mapping[str, str], at: datetime) -> Paper:
    """The calendar file."""
    return Paper("trip.ics", "text/calendar", calendar_ics(title, id, revision, items, codes, at))


def trip_papers(
    trip: Trip, codes: Mapping[str, str], at: datetime, towns: Towns, formats: Sequence[str] = FORMATS
) -> list[Paper]:
    """The trip in these formats; a picture only if there is a way or a sight to draw."""
    plan, route = trip.plan, None
    if {"pdf", "picture"} & set(formats):
        route = route_png(plan, towns)
    made = {
        "pdf": lambda: Paper("itinerary.pdf", "application/pdf", programme_pdf(plan, codes, route)),
        "calendar": lambda: diary(plan.title, trip.id, trip.revision, list(plan.items()), codes, at),
        "picture": lambda: Paper("route.png", "image/png", route or b""),
        "json": lambda: Paper("itinerary.json", "application/json", to_json(plan)),
        "markdown": lambda: Paper("itinerary.md", "text/markdown", to_markdown(plan).encode()),
    }
    return [made[name]() for name in FORMATS if name in formats and (name != "picture" or route)]
