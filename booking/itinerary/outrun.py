"""What on the plan there is no time for any more once one goes another way at another hour."""

from booking.offers import Offer
from booking.trips import Item, Plan


def outrun(plan: Plan, item: str, offer: Offer) -> list[Item]:
    """The things on the plan before one is there, or after one has left, with this offer in the place of an item."""
    before = plan.item(item)
    if before is None or offer.starts_at is None or offer.ends_at is None:
        return []
    others = [i for day in plan.days for i in day.items if i.id != item and i.role not in ("arrive", "leave")]
    if before.role == "arrive":
        return [i for i in others if before.ends_at <= i.starts_at < offer.ends_at]
    if before.role == "leave":
        return [i for i in others if offer.starts_at < i.ends_at <= before.starts_at]
    return []
