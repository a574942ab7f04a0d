"""Vouchers: a page for each booking, to print or to show, with its reference as a code to scan."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

import segno
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, HRFlowable, Image, PageBreak, Spacer, Table, TableStyle

from booking.itinerary.cards import restored
from booking.offers import Offer, OfferKind, moment, written
from booking.papers.ink import ACCENT, LINE, PALE, WIDTH, printed, words
from booking.papers.texts import say
from booking.texts import count
from bot.glossary import worded
from bot.money import Money
from bot.zones import told

_BOUNDS = {
    OfferKind.FLIGHT: ("departs", "arrives"), OfferKind.BUS: ("departs", "arrives"),
    OfferKind.TRANSFER: ("pick_up", "arrives"), OfferKind.HOTEL: ("check_in", "check_out"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Voucher:
    """What a voucher tells: the supplier's `code` of a confirmed booking, the offer as booked, the price paid.

    `begins`/`ends`: the hours of the visit on the plan (aware, in its zone), where the offer itself has none."""

    code: str
    offer: Offer
    price: Money
    names: tuple[str, ...]
    booked_at: datetime
    sandbox: bool = True
    begins: datetime | None = None
    ends: datetime | None = None


def vouchers_pdf(vouchers: Sequence[Voucher]) -> bytes:
    """An A4 page for each; the same vouchers give the same bytes."""
    story: list[Flowable] = []
    for voucher in vouchers:
        story += [*([PageBreak()] if story else []), *_page(voucher)]
    title = f"{say('voucher')} {vouchers[0].code}" if len(vouchers) == 1 else say("vouchers")
    return printed(story, title, title)


def _page(voucher: Voucher) -> Iterator[Flowable]:
    offer = restored(voucher.offer)
    head = Table(
        [[[words(say("voucher"), 11, color=PALE), words(offer.title, 19, bold=True)], _code(voucher)]],
        colWidths=[WIDTH - 36 * mm, 36 * mm],
    )  # fmt: skip
    head.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (0, 0), 0)]))
    yield from (head, Spacer(0, 4 * mm), words(say("reference"), 9, color=PALE))
    yield from (words(voucher.code, 26, bold=True, color=ACCENT), Spacer(0, 5 * mm))
    yield from (HRFlowable(width="100%", color=LINE), Spacer(0, 2 * mm), _table(voucher, offer))
    if offer.conditions:
        yield from (Spacer(0, 4 * mm), words(say("conditions"), 9, color=PALE))
        yield from (words(f"• {worded(condition)}", 10) for condition in offer.conditions)
    notes = [say("times"), say("show_code"), *([say("sandbox")] if voucher.sandbox else [])]
    yield from (Spacer(0, 6 * mm), words(" ".join(notes), 9, color=PALE))


def _code(voucher: Voucher) -> Image:
    """What a scanner reads: the supplier and the reference, nothing about the travellers."""
    picture = BytesIO()
    segno.make(f"{voucher.offer.supplier}\n{voucher.code}", error="q", micro=False).save(
        picture, kind="png", scale=8, border=2
    )  # fmt: skip
    return Image(BytesIO(picture.getvalue()), width=34 * mm, height=34 * mm)


def _table(voucher: Voucher, offer: Offer) -> Table:
    rows = [
        [words(say(label) if label else "", 10, color=PALE), words(value, 11)]
        for label, value in _lines(voucher, offer)
    ]
    table = Table(rows, colWidths=[38 * mm, WIDTH - 38 * mm])
    table.setStyle(TableStyle([
        ("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE), ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
    ]))  # fmt: skip
    return table


def _lines(voucher: Voucher, offer: Offer) -> Iterator[tuple[str, str]]:
    begins, ends = _BOUNDS.get(offer.kind, ("begins", "ends"))
    yield "supplier", offer.supplier
    if offer.until_venue is not None:
        yield from (("from", _place(offer, False)), ("to", _place(offer, True)))
    else:
        yield "where", _place(offer, False)
    starts_at, ends_at = offer.starts_at or voucher.begins, offer.ends_at or voucher.ends
    if starts_at:
        yield begins, moment(starts_at)
    if ends_at:
        yield ends, moment(ends_at)
    if not starts_at and offer.day is not None:
        yield "visit", _visit(offer, offer.day)
    if offer.rooms and offer.nights:
        yield "rooms", say("rooms_nights", rooms=count(offer.rooms, "room"), nights=count(offer.nights, "night"))
    for n, name in enumerate(voucher.names or (str(offer.travelers),)):  # rows of their own go on over the page
        yield "" if n else "travellers", name
    yield "paid", str(voucher.price)
    yield "booked", told(voucher.booked_at, offer.venue.zone, "%d %b %Y %H:%M")


def _visit(offer: Offer, day: date) -> str:
    """The day of a visit at no fixed hour, and when it is open then."""
    spans = ", ".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in offer.open_on(day))
    return written(day) + (f", {say('open', hours=spans)}" if spans else "")


def _place(offer: Offer, until: bool) -> str:
    venue = (offer.until_venue or offer.venue) if until else offer.venue
    town = "" if venue.city in venue.name else f", {venue.city}"
    return f"{venue.name}{town}, {venue.country}" + (f" ({venue.code})" if venue.code else "")
