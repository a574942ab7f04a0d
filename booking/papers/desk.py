"""The desk where papers are made: looks up what they tell, has them made in a thread, stores them as files."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

from booking.itinerary.keeping import Trips
from booking.itinerary.phrases import EDITS
from booking.itinerary.texts import say
from booking.papers.texts import say as told
from booking.sale.bookings import CHECKOUTS, STANDING, Booking
from booking.sale.naming import bookings_of, check_member
from booking.sale.travellers import Names
from booking.trips import Item, Trip
from bot.capability import capability
from bot.content import Draft, File
from bot.documents import Insert
from bot.errors import Conflict
from bot.language import speaking
from bot.model import BLOBS, Blob
from bot.ports import Ask, Reply, Store

if TYPE_CHECKING:
    from booking.papers.bundle import Paper
    from booking.papers.route import Towns
    from booking.papers.voucher import Voucher

_ALL = ("pdf", "calendar", "picture", "json")
Format = Literal["all", "pdf", "calendar", "picture", "json", "markdown"]


class Desk:
    """Papers (booking/sale/ports), and the Capability that takes an itinerary along. `sandbox`: say so on vouchers."""

    def __init__(self, store: Store, names: Names, towns: "Towns", *, sandbox: bool) -> None:
        self._store, self._names, self._towns, self._sandbox = store, names, towns, sandbox

    async def files(self, bookings: Sequence[Booking], trip: Trip | None, language: str) -> tuple[File, ...]:
        """Vouchers, then the trip as it is now, or a calendar of the bookings alone."""
        in_order = sorted(bookings, key=lambda b: (b.offer.starts_at or b.at, b.number))
        vouchers = {b.number: await self._voucher(b, _planned(trip, b)) for b in in_order}
        at, codes = max(b.at for b in bookings), await self._codes(bookings[0].thread)
        with speaking(language):
            made = await asyncio.to_thread(self._bundle, vouchers, trip, [*map(_item, bookings)], codes, at)
        return await self._stored(bookings[0].thread, made)

    @capability("Take the itinerary along as files", slow=True, phrases=EDITS["export_trip"])
    async def export_trip(self, ask: Ask, *, format: Format = "all") -> Reply:
        """A PDF to print, a calendar file, a picture of the route, JSON that reads back; one of them, or Markdown."""
        check_member(ask)
        trip = await Trips(self._store).current(ask)
        wanted = _ALL if format == "all" else (format,)
        codes = await self._codes(ask.thread.id)
        made = await asyncio.to_thread(_bundle().trip_papers, trip, codes, ask.now, self._towns, wanted)
        files = await self._stored(ask.thread.id, made)
        return Reply(drafts=(Draft(text=say("exported"), files=files),))

    def _bundle(
        self, vouchers: "Mapping[str, Voucher]", trip: Trip | None, items: Sequence[Item | None],
        codes: Mapping[str, str], at: datetime,
    ) -> "list[Paper]":  # fmt: skip
        b = _bundle()
        papers: list[Paper] = b.vouchers_of(vouchers)
        if trip is not None:
            return [*papers, *b.trip_papers(trip, codes, at, self._towns, ("pdf", "calendar", "picture"))]
        dated = [i for i in items if i is not None]
        return [*papers, *([b.diary(told("voucher"), dated[0].id, 1, dated, codes, at)] if dated else [])]

    async def _voucher(self, booking: Booking, planned: Item | None) -> "Voucher":
        checkout = await self._store.get(CHECKOUTS, booking.checkout)
        names = await self._names.open(booking.thread, checkout.names) if checkout and checkout.names else ()
        voucher: Voucher = await asyncio.to_thread(
            _made, code=booking.code, offer=booking.offer, price=booking.price, names=names, booked_at=booking.at,
            sandbox=self._sandbox, begins=planned and planned.begins, ends=planned and planned.finishes,
        )  # fmt: skip
        return voucher

    async def _codes(self, thread: str) -> dict[str, str]:
        """The supplier's reference of each booked item, by the item's id and by the booking's number."""
        standing = [b for b in await bookings_of(self._store, thread) if b.state in STANDING]
        return {id: b.code for b in standing for id in (b.item, b.number) if id}

    async def _stored(self, thread: str, papers: "Sequence[Paper]") -> tuple[File, ...]:
        """The same paper of a Thread is kept once, under a key that only who has seen it knows."""
        files = []
        for paper in papers:
            key = blake2b(paper.data, key=thread.encode()[:64], digest_size=15).hexdigest()
            blob = Blob(id=key, thread=thread, name=paper.name, mime=paper.mime, data=paper.data)
            try:
                await self._store.commit([Insert(BLOBS, blob)])
            except Conflict as known:
                if known.clash.why != "exists":
                    raise
            files.append(File(name=paper.name, mime=paper.mime, key=key, size=len(paper.data)))
        return tuple(files)


def _bundle() -> Any:
    return import_module("booking.papers.bundle")


def _made(**given: Any) -> Any:
    return import_module("booking.papers.voucher").Voucher(**given)


def _planned(trip: Trip | None, booking: Booking) -> Item | None:
    """The item of the plan that was booked, None if it is not on it."""
    return next((i for i in trip.plan.items() if i.booked == booking.number), None) if trip else None


def _item(booking: Booking) -> Item | None:
    """A booking as an item of a calendar, a visit at no fixed hour as long as it is open; None if it has no day."""
    offer = booking.offer
    open_then = offer.open_on(offer.day) if offer.day is not None else ()
    span = (offer.starts_at, offer.ends_at) if offer.starts_at and offer.ends_at else next(iter(open_then), None)
    if span is None:
        return None
    until, role = (offer.until_venue or offer.venue).zone, "ride" if offer.starts_at and not offer.nights else "stay"
    return Item(
        id=booking.number, role=role, title=offer.title, starts_at=span[0], ends_at=span[1], zone=offer.venue.zone,
        until_zone=until, offer=offer,
    )  # fmt: skip
