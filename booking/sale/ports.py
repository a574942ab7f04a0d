"""What buying needs of others: the papers of what was booked."""

from collections.abc import Sequence
from typing import Protocol

from booking.sale.bookings import Booking
from booking.trips import Trip
from bot.content import File


class Papers(Protocol):
    """Makes what people take along of their bookings: vouchers, calendar, route."""

    async def files(self, bookings: Sequence[Booking], trip: Trip | None, language: str) -> tuple[File, ...]:
        """Stored files, always the same for the same bookings and trip but for the keys. Runs in a Job."""
        ...
