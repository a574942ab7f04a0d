"""The programme: a trip day by day on paper, every price with its source."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO

from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, Image, KeepTogether, Spacer, Table, TableStyle

from booking.itinerary.cards import timeline
from booking.itinerary.purse import total
from booking.itinerary.texts import say as told
from booking.offers import written
from booking.papers.ink import ACCENT, LINE, PALE, WIDTH, printed, words
from booking.papers.texts import say
from booking.texts import count
from booking.trips import Item, Plan
from bot.language import formed
from bot.zones import told as zoned

_TIME = 25 * mm
_PRICE = 38 * mm


def programme_pdf(plan: Plan, codes: Mapping[str, str], route: bytes | None = None) -> bytes:
    """A4 pages. `codes`: item id -> reference of its booking. `route`: a PNG for the first page."""
    party = say("party", count=count(plan.travelers, "traveller"), days=count(len(plan.days), "day"))
    story: list[Flowable] = [words(plan.title, 20, bold=True), words(party, 11, color=PALE), Spacer(0, 4 * mm)]
    if route:
        story += [_picture(route), Spacer(0, 4 * mm)]
    for n in range(len(plan.days)):
        story += _day(plan, n, codes)
    if plan.aside:
        story += [words(say("aside"), 12, bold=True), *(words(f"• {i.title}", 10) for i in plan.aside)]
    story += [Spacer(0, 3 * mm), words(f"{say('estimate')}: {total(plan)}", 12, bold=True)]
    notes = [say("times"), _sources(plan), *plan.missing, *plan.assumed]
    story += [Spacer(0, 3 * mm), *(words(note, 9, color=PALE) for note in notes if note)]
    return printed(story, plan.title, plan.title)


def _picture(route: bytes) -> Image:
    wide, high = ImageReader(BytesIO(route)).getSize()
    return Image(BytesIO(route), width=WIDTH, height=WIDTH * high / wide)


def _day(plan: Plan, n: int, codes: Mapping[str, str]) -> list[Flowable]:
    day = plan.days[n]
    head = words(f"{say('day', n=n + 1)} · {written(day.date)}", 13, bold=True, color=ACCENT)
    rows = [_row(at, role, item, codes) for at, role, item in timeline(plan, n)]
    if not rows:
        return [KeepTogether([head, words(say("free_day"), 10), Spacer(0, 4 * mm)])]
    table = Table(rows, colWidths=[_TIME, WIDTH - _TIME - _PRICE, _PRICE])
    table.setStyle(TableStyle([
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (0, -1), 0), ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE), ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
    ]))  # fmt: skip
    return [KeepTogether([head, Spacer(0, 1 * mm), table, Spacer(0, 5 * mm)])]


def _row(at: datetime, role: str, item: Item, codes: Mapping[str, str]) -> list[Flowable]:
    named = told(role.replace("-", "_"), a=item.title) if role in ("check-in", "check-out") else item.title
    where = item.offer.venue if item.offer else None
    below = [f"{where.name}" if where and where.name not in named else "", item.note, _zones(item)]
    if item.id in codes:
        below.append(say("locked", code=codes[item.id]))
    elif item.offer is None:
        below.append(say("idea"))
    until = f"–{item.finishes:%H:%M}" if role not in ("check-in", "check-out") else ""
    what = [words(named, 10.5, bold=item.id in codes), *(words(b, 9, color=PALE) for b in below if b)]
    about = told("about") if item.offer and item.offer.estimated else ""
    price = f"{about}{item.price}" if item.price and item.price.minor and role != "check-out" else ""
    return [words(f"{at:%H:%M}{until}", 10), what, words(price, 10, alignment=2)]  # type: ignore[list-item]


def _zones(item: Item) -> str:
    """Both ends with their zones, where the clock changes on the way; empty otherwise."""
    if item.begins.utcoffset() == item.finishes.utcoffset():
        return ""
    return " → ".join(formed(at, "%a %d %b %H:%M %Z") for at in (item.begins, item.finishes))


def _sources(plan: Plan) -> str:
    read = {i.offer.supplier: i.offer.fetched_at for i in plan.items() if i.offer and i.offer.price}
    if not read:
        return ""
    told = [f"{name} {zoned(at, plan.zone, '%d %b %Y %H:%M')}" for name, at in sorted(read.items())]
    return say("source", sources=", ".join(told))
