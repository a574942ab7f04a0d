"""What a trip really costs: estimated, booked and given back, by person and by category."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from booking.itinerary.cards import overview
from booking.offers import OfferKind
from booking.sale.bookings import STANDING, Booking
from booking.sale.cart_cards import ours
from booking.sale.naming import bookings_of
from booking.sale.texts import say
from booking.sale.trip_bookings import TripBookings
from booking.trips import Plan
from bot.content import Card, Draft, Fact
from bot.model import Person
from bot.money import Money, total
from bot.ports import Store
from payments.collecting import Collections
from payments.model import Collection

CATEGORIES: dict[str, tuple[OfferKind, ...]] = {
    "rides": (OfferKind.FLIGHT, OfferKind.BUS, OfferKind.TRANSFER),
    "stay": (OfferKind.HOTEL,),
    "see": (OfferKind.ACTIVITY, OfferKind.EVENT),
    "eat": (OfferKind.RESTAURANT,),
}
# Bought once, whether it was cancelled since or not.
_BOUGHT = STANDING | {"cancelled"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """One currency of one Thread. `booked`: prices of all that was ever bought; `refunded`: what suppliers gave back;

    `standing`: what is booked now, less what came back of it. `people`: Person id -> (taken, given back or on its way);
    `categories`: name -> (still estimated, booked now, refunded).
    """

    currency: str
    booked: Money
    refunded: Money
    standing: Money
    people: dict[str, tuple[Money, Money]]
    categories: dict[str, tuple[Money, Money, Money]]

    @property
    def net(self) -> Money:
        """What is spent for good."""
        return self.booked - self.refunded

    @property
    def kept(self) -> Money:
        """What suppliers kept of what is not booked any more."""
        return self.net - self.standing


class Spending:
    """Counts from bookings and from the payers' shares."""

    def __init__(self, store: Store, collections: Collections) -> None:
        self._store, self._collections, self._trips = store, collections, TripBookings(store)

    async def of(self, thread: str, plan: Plan | None = None) -> tuple[Spent, ...]:
        """A sum for each currency in which something was bought."""
        bought = [b for b in await bookings_of(self._store, thread) if b.state in _BOUGHT]
        checkouts = list(dict.fromkeys(b.checkout for b in bought))
        found = [await self._collections.of(id) for id in checkouts]
        collections = [c for c in found if c is not None]
        currencies = dict.fromkeys(b.price.currency for b in bought)
        return tuple(_spent(c, bought, collections, plan) for c in currencies)

    async def card(self, thread: str, plan: Plan | None, now: datetime) -> Draft | None:
        """What is booked, for everybody; None while nothing is. What each has paid of it is told alone: `own`."""
        spent = await self.of(thread, plan)
        if not spent:
            return None
        lines = tuple(line for s in spent for line in _lines(s))
        facts = tuple(fact for s in spent for fact in _facts(s, thread, now))
        return Draft(card=Card(title=say("spent_title"), lines=lines, facts=facts))

    async def own(self, thread: str, person: Person, now: datetime) -> Draft | None:
        """What one Person has paid, for them alone; None if that is nothing."""
        told = [(s, *_paid_by(s, person)) for s in await self.of(thread)]
        mine = [(s, paid, back) for s, paid, back in told if paid.minor]
        if not mine:
            return None
        lines = tuple(
            say("s_own", paid=paid, back=say("s_back", back=back) if back.minor else "") for _, paid, back in mine
        )
        facts = tuple(fact for s, paid, back in mine for fact in _own_facts(s, thread, person.name, paid, back, now))
        return Draft(card=Card(title=say("s_own_title"), lines=lines, facts=facts), only_for=(person.id,))

    async def drafts(self, thread: str, bookings: Sequence[Booking], now: datetime) -> list[Draft]:
        """The itinerary at a glance and the budget, after something was booked."""
        trip = await self._trips.trip_of(bookings[0]) if bookings else None
        card = await self.card(thread, trip.plan if trip else None, now)
        return [*([overview(trip, now)] if trip else []), *([card] if card else [])]


def _spent(currency: str, bought: Sequence[Booking], found: Sequence[Collection], plan: Plan | None) -> Spent:
    own = [b for b in bought if b.price.currency == currency]
    return Spent(
        currency=currency, booked=total([b.price for b in own], currency),
        refunded=total([b.refunded for b in own if b.refunded], currency), standing=_standing(currency, own),
        people=dict(people_of(currency, [c for c in found if c.total.currency == currency])),
        categories=dict(_categories(currency, own, plan)),
    )  # fmt: skip


def _standing(currency: str, bookings: Sequence[Booking]) -> Money:
    """What is booked now, less what came back of it."""
    now = [b for b in bookings if b.state in STANDING]
    return total([b.price for b in now], currency) - total([b.refunded for b in now if b.refunded], currency)


def people_of(currency: str, collections: Sequence[Collection]) -> Iterator[tuple[str, tuple[Money, Money]]]:
    """Person id -> (taken, given back or on its way), of those who have paid in a currency."""
    people = dict.fromkeys(s.person for c in collections for s in c.shares if s.captured)
    for person in people:
        shares = [s for c in collections for s in c.shares if s.person == person]
        taken = sum(s.captured for s in shares)
        back = sum(s.refunded + s.refunding for s in shares)
        yield person, (Money(taken, currency), Money(back, currency))


def _categories(
    currency: str, own: Sequence[Booking], plan: Plan | None
) -> Iterator[tuple[str, tuple[Money, Money, Money]]]:  # fmt: skip
    for name, kinds in CATEGORIES.items():
        of_kind = [b for b in own if b.offer.kind in kinds]
        booked = _standing(currency, of_kind)
        refunded = total([b.refunded for b in of_kind if b.refunded], currency)
        rest = total(list(_estimates(currency, kinds, plan)), currency)
        if booked.minor or refunded.minor or rest.minor:
            yield str(say(f"cat_{name}")), (rest, booked, refunded)


def _estimates(currency: str, kinds: tuple[OfferKind, ...], plan: Plan | None) -> Iterator[Money]:
    """Prices on the plan of what is not booked yet."""
    for item in plan.items() if plan else ():
        price = item.offer.price if item.offer is not None and item.offer.kind in kinds and not item.booked else None
        if price is not None and price.currency == currency:
            yield price


def _lines(spent: Spent) -> Iterator[str]:
    yield f"**{say('s_booked', money=spent.standing)}**"
    if spent.refunded.minor:
        yield say("s_refunded", money=spent.refunded)
    if spent.kept.minor:
        yield say("s_kept", money=spent.kept)
    rest = total([estimated for estimated, _, _ in spent.categories.values()], spent.currency)
    if rest.minor:
        yield say("s_pending", money=rest)
    for name, (estimated, booked, _) in spent.categories.items():
        told = [say(f"s_{key}_of", money=m) for key, m in (("estimated", estimated), ("booked", booked)) if m.minor]
        if told:
            yield say("s_category", category=name, sums=" · ".join(told))


def _facts(spent: Spent, thread: str, now: datetime) -> Iterator[Fact]:
    ref = f"trip:{thread}:spent:{spent.currency}"
    yield ours(say("f_booked"), spent.standing, ref, now)
    yield ours(say("f_refunded"), spent.refunded, ref, now)
    yield ours(say("f_net"), spent.net, ref, now)
    if spent.kept.minor:
        yield ours(say("f_kept"), spent.kept, ref, now)
    rest = total([estimated for estimated, _, _ in spent.categories.values()], spent.currency)
    yield ours(say("f_estimate"), rest, ref, now)
    for name, (estimated, booked, refunded) in spent.categories.items():
        yield ours(f"{say('f_estimate')} – {name}", estimated, ref, now)
        yield ours(f"{say('f_booked')} – {name}", booked, ref, now)
        yield ours(f"{say('f_refunded')} – {name}", refunded, ref, now)


def _paid_by(spent: Spent, person: Person) -> tuple[Money, Money]:
    """(taken, given back) of a Person, whatever ids they paid under."""
    own = [sums for id, sums in spent.people.items() if person.is_(id)]
    return total([paid for paid, _ in own], spent.currency), total([back for _, back in own], spent.currency)


def _own_facts(spent: Spent, thread: str, name: str, paid: Money, back: Money, now: datetime) -> Iterator[Fact]:
    ref = f"trip:{thread}:spent:{spent.currency}:own"
    yield ours(f"{say('f_booked')} – {name}", paid, ref, now)
    yield ours(f"{say('f_refunded')} – {name}", back, ref, now)
