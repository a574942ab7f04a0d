"""A plan as a file: JSON that reads back to the same plan, and Markdown for people."""

import msgspec

from booking.itinerary.cards import timeline
from booking.itinerary.purse import total
from booking.itinerary.texts import say
from booking.trips import Item, Plan
from bot.codec import as_json
from bot.errors import Explain
from bot.language import formed
from bot.zones import told

FORMAT = "caravan-itinerary-1"


class _File(msgspec.Struct):
    format: str
    plan: Plan


def to_json(plan: Plan) -> bytes:
    """UTF-8 JSON {"format", "plan"} of everything in the plan."""
    return as_json({"format": FORMAT, "plan": plan})


def from_json(body: bytes) -> Plan:
    """The plan in such a file. Explain if it is none."""
    try:
        file = msgspec.json.decode(body, type=_File)
    except (msgspec.DecodeError, ValueError) as cause:
        raise Explain(say("not_an_export")) from cause
    if file.format != FORMAT or not file.plan.days:
        raise Explain(say("not_an_export"))
    return file.plan


def to_markdown(plan: Plan) -> str:
    """The plan as a page: every price with its source and when it was read."""
    lines = [f"# {plan.title}", ""]
    for n in range(len(plan.days)):
        lines += [f"## {say('day', n=n + 1)} · {formed(plan.days[n].date, '%a %d %b %Y')}", ""]
        lines += [f"- {at:%H:%M} {_what(role, item)}" for at, role, item in timeline(plan, n)] or [
            f"- {say('free_day')}"
        ]
        lines.append("")
    lines += [f"- {i.title} ({say('aside')})" for i in plan.aside]
    lines += [f"**{say('f_total')}: {total(plan)}**", "", *(f"> {text}" for text in (*plan.missing, *plan.assumed))]
    return "\n".join(lines).rstrip() + "\n"


def _what(role: str, item: Item) -> str:
    named = say(role.replace("-", "_"), a=item.title) if role in ("check-in", "check-out") else item.title
    offer = item.offer
    if offer is None:
        return f"{named} ({say('idea')})"
    if role == "check-out" or offer.price is None:
        return named
    source = f"{offer.supplier}, {told(offer.fetched_at, item.zone, '%d %b %Y %H:%M')}"
    return f"{named} – {offer.price} ({source}, `{offer.ref}`)"
