"""What a persona thinks of a plan that may be another's: what it likes, what it would swap, and for what."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from booking.itinerary.replan import Market
from booking.itinerary.schedule import identity
from booking.itinerary.slots import used
from booking.itinerary.taste import liking, reasons
from booking.itinerary.texts import say
from booking.offers import Offer, OfferKind
from booking.trips import Item, Trip
from bot.content import Card, Draft, Press
from bot.model import Persona
from bot.ports import Reply

_MOST = 3


def review(trip: Trip, market: Market, persona: Persona | None) -> Reply:
    """A card with likes, dislikes and at most three swaps, each a button and from a search result."""
    swaps = tuple(_swaps(trip, market, persona))[:_MOST]
    liked = [i.title for d in trip.plan.days for i in d.items if _likes(persona, i) > 0][:_MOST]
    lines = [
        *([say("i_like", names=", ".join(liked))] if liked else []),
        *(f"{n}. {s.line(persona)}" for n, s in enumerate(swaps, 1)),
    ]
    title = say("view_of", name=persona.name if persona and persona.name else say("anybody"))
    card = Card(
        title=title, lines=tuple(lines if swaps else [*lines, say("nothing_to_change")]),
        facts=tuple(replace(f, label=f"{s.better.title} – {f.label}") for s in swaps for f in s.better.to_facts()),
    )  # fmt: skip
    data = {"liked": liked, "swaps": [s.told() for s in swaps]}
    return Reply(drafts=(Draft(card=card, buttons=tuple(s.press(n) for n, s in enumerate(swaps, 1))),), data=data)


@dataclass(frozen=True, slots=True)
class _Swap:
    item: Item
    day: int
    better: Offer

    def line(self, persona: Persona | None) -> str:
        price = str(self.better.price) if self.better.price and self.better.price.minor else say("free")
        why = _why(persona, self.item)
        return say("rather", day=self.day, a=self.item.title, b=self.better.title, price=price, why=why)

    def press(self, n: int) -> Press:
        return Press(label=say("b_rather", n=n), call="swap_item", args={"item": self.item.id, "ref": self.better.ref})

    def told(self) -> dict[str, object]:
        return {"item": self.item.id, "day": self.day, "instead": self.better.title, "ref": self.better.ref}


def _swaps(trip: Trip, market: Market, persona: Persona | None) -> Iterator[_Swap]:
    """From the visit liked least upwards: something the persona likes better, each offered once."""
    taken = used(trip.plan)
    worst = sorted((i for d in trip.plan.days for i in d.items if _open(i)), key=lambda i: -_place(i, market))
    for item in worst:
        n = trip.plan.day_of(item.id) or 0
        for s in market.best(trip.plan.days[n].date):
            if market.order.get(s.name, 0) >= _place(item, market):
                break
            if s.name not in taken and _suits(s.offer.kind, item) and liking(persona, s.offer) >= _likes(persona, item):
                taken = taken | {s.name}
                yield _Swap(item, n + 1, s.offer)
                break


def _open(item: Item) -> bool:
    return item.role in ("see", "eat") and not item.fixed and item.offer is not None


def _suits(kind: OfferKind, item: Item) -> bool:
    return (kind == OfferKind.RESTAURANT) == (item.role == "eat")


def _place(item: Item, market: Market) -> int:
    return market.order.get(identity(item.offer), len(market.order)) if item.offer else 0


def _likes(persona: Persona | None, item: Item) -> int:
    return liking(persona, item.offer) if item.offer else 0


def _why(persona: Persona | None, item: Item) -> str:
    bad = [tag for tag, w in reasons(persona, item.offer).items() if w < 0] if item.offer else []
    return say("not_for_me", tags=", ".join(bad)) if bad else say("better_one")
