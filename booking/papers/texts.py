"""What papers say to people, by key; in Swahili in texts_sw.py."""

from booking.papers.texts_sw import TEXTS as SWAHILI
from bot.language import Catalogue

TEXTS = {
    "voucher": "Booking voucher",
    "vouchers": "Booking vouchers",
    "reference": "Reference",
    "supplier": "With",
    "what": "What",
    "where": "Where",
    "from": "From",
    "to": "To",
    "begins": "Begins",
    "ends": "Ends",
    "visit": "Day of the visit",
    "open": "open {hours}",
    "departs": "Departs",
    "arrives": "Arrives",
    "pick_up": "Pick-up",
    "check_in": "Check-in",
    "check_out": "Check-out",
    "travellers": "Travellers",
    "rooms": "Rooms and nights",
    "rooms_nights": "{rooms}, {nights}",
    "paid": "Price, in all",
    "conditions": "Conditions",
    "booked": "Booked",
    "read_at": "{supplier}, {at}",
    "times": "All times are local.",
    "sandbox": "Made in a sandbox: no supplier in the world knows this reference.",
    "show_code": "Show this code or the reference.",
    "day": "Day {n}",
    "free_day": "Nothing planned.",
    "idea": "idea",
    "locked": "booked: {code}",
    "party": "{count}, {days}",
    "estimate": "Estimated in all",
    "source": "Prices as the suppliers named them: {sources}.",
    "page": "{title} – page {n}",
    "calendar": "{title}",
    "price": "Price: {price} ({supplier}, {at})",
    "aside": "Set aside",
}

say = Catalogue(TEXTS, SWAHILI)
