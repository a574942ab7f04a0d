"""What is booked is locked on the plan and counted in the budget; what is cancelled is set aside and given back."""

from dataclasses import replace
from datetime import timedelta

from booking.itinerary.cards import restored
from booking.offers import Offer, OfferKind
from booking.sale.bookings import STANDING
from booking.sale.spending import people_of
from booking.trips import TRIP, TRIPS, Day, Item, Plan, Trip
from bot.documents import Insert, Replace
from bot.model import THREADS
from bot.money import Money
from payments.ledger import TRANSACTIONS
from payments.model import Collection, Share
from tests.booking.bazaar import MARCH, NOON, town
from tests.booking.sale.test_what_was_bought_can_be_given_back import confirm, quote
from tests.booking.shop import GROUP, Shop
from tests.payments.counter import person


async def test_the_whole_trip_goes_into_the_cart_but_for_what_is_free(trip: Shop) -> None:
    hotel, show = await plan(trip)
    await trip.call("Ana", "book_trip")
    assert {line.offer.ref for line in (await trip.the_cart()).lines} == {hotel.ref, show.ref}
    assert {line.item for line in (await trip.the_cart()).lines} == {"i1", "i2"}


async def test_booked_items_are_locked_and_nothing_unlocks_removes_or_undoes_them(trip: Shop) -> None:
    hotel, _ = await plan(trip)
    await buy_trip(trip)
    kept = (await stored(trip)).plan
    stay = next(i for i in kept.items() if i.id == "i1")
    (booking,) = [b for b in await trip.bookings() if b.offer.ref == hotel.ref]
    assert (stay.locked, stay.booked, stay.price) == (True, booking.number, booking.price)
    for capability, args in (("unlock_item", {"item": "i1"}), ("remove_item", {"item": "i1"}), ("undo_trip", {})):
        await trip.call("Ana", capability, **args)
    assert (await stored(trip)).plan == kept
    assert f"is booked ({booking.number}). Cancel the booking first." in trip.said()
    await trip.call("Ana", "book_trip")
    assert (await trip.the_cart()).lines == () and "booked or in the cart already" in trip.said()


async def test_a_trip_is_confirmed_when_its_rides_and_nights_are_booked(trip: Shop) -> None:
    await plan(trip)
    assert (await stored(trip)).plan.status == "draft"
    await buy_trip(trip)
    assert (await stored(trip)).plan.status == "confirmed"


async def test_a_cancelled_item_is_unlocked_and_waits_aside(trip: Shop) -> None:
    hotel, _ = await plan(trip)
    await buy_trip(trip)
    (booking,) = [b for b in await trip.bookings() if b.offer.ref == hotel.ref]
    await confirm(trip, "Ana", await quote(trip, "Ana", booking))
    kept = (await stored(trip)).plan
    (aside,) = kept.aside
    assert (aside.id, aside.locked, aside.booked, kept.stays) == ("i1", False, "", ())
    assert next(i for i in kept.items() if i.id == "i2").locked


async def test_the_budget_counts_what_is_booked_and_given_back_and_fits_bookings_and_ledger(trip: Shop) -> None:
    hotel, show = await plan(trip)
    await buy_trip(trip)
    (spent,) = await trip.sale.spending.of((await trip.thread(GROUP)).id, (await stored(trip)).plan)
    assert hotel.price and show.price
    assert spent.booked == hotel.price + show.price and spent.refunded == Money(0, "KES")
    assert spent.categories["Stay"] == (Money(0, "KES"), hotel.price, Money(0, "KES"))
    await agrees(trip)
    (booking,) = [b for b in await trip.bookings() if b.offer.ref == hotel.ref]
    await confirm(trip, "Ana", await quote(trip, "Ana", booking))
    (after,) = await trip.sale.spending.of((await trip.thread(GROUP)).id)
    assert (after.booked, after.refunded, after.net) == (spent.booked, hotel.price, show.price)
    assert after.categories["Stay"][2] == hotel.price
    await agrees(trip)
    await trip.call("Ben", "budget")
    assert f"Given back: {hotel.price}" in trip.said()


async def test_what_somebody_has_paid_is_told_to_them_alone(trip: Shop) -> None:
    await plan(trip)
    await buy_trip(trip)
    heard = await trip.call("Ben", "budget")
    cards = [(a.only_for, a.content.card) for a in heard.answers if a.content.card]
    (alone,) = [card for only, card in cards if only == (person("Ben"),)]
    paid = Money((await trip.share("Ben")).captured, "KES")
    assert alone.lines == (f"You have paid {paid}",)
    for only, card in cards:
        told = " ".join((*card.lines, *(fact.label for fact in card.facts)))
        assert only or not any(name in told for name in ("Ana", "Ben", "Chi"))


def test_two_people_of_one_name_are_two_in_the_budget() -> None:
    money = Money(300, "KES")
    shares = [Share(id=f"c:{n}", person=who, name="Ana", amount=money, captured=100 * n, refunded=n)
              for n, who in ((1, "ana-1"), (2, "ana-2"), (3, "ana-1"))]  # fmt: skip
    collection = Collection(
        id="c", thread="t", about="k", title="k", organiser="ana-1", total=money, opened_at=NOON, deadline=NOON,
        shares=tuple(shares),
    )  # fmt: skip
    assert dict(people_of("KES", [collection])) == {
        "ana-1": (Money(400, "KES"), Money(4, "KES")), "ana-2": (Money(200, "KES"), Money(2, "KES")),
    }  # fmt: skip


async def test_a_refund_is_followed_until_it_is_done(trip: Shop) -> None:
    hotel, _ = await plan(trip)
    await buy_trip(trip)
    (booking,) = [b for b in await trip.bookings() if b.offer.ref == hotel.ref]
    await confirm(trip, "Ana", await quote(trip, "Ana", booking))
    await trip.passes(hours=1)
    (after,) = [b for b in await trip.bookings() if b.offer.ref == hotel.ref]
    assert (after.state, after.refund) == ("cancelled", "done")


async def test_a_booking_begins_and_is_over_with_its_time(trip: Shop) -> None:
    hotel, _ = await plan(trip)
    await buy_trip(trip)
    assert hotel.starts_at and hotel.ends_at
    for at, state in ((hotel.starts_at, "in_service"), (hotel.ends_at, "completed")):
        trip.clock.offset += at + timedelta(minutes=1) - trip.clock.now()
        await trip.quiet()
        (booking,) = [b for b in await trip.bookings() if b.offer.ref == hotel.ref]
        assert booking.state == state
    await trip.call("Ana", "cancel_booking", booking=booking.number)
    assert "is over; there is nothing to cancel." in trip.said()


async def agrees(trip: Shop) -> None:
    """Bookings, shares and ledger say the same."""
    bought = [b for b in await trip.bookings() if b.state in STANDING | {"cancelled"}]
    collection = await trip.collection()
    booked = sum(b.price.minor for b in bought)
    back = sum(b.refunded.minor for b in bought if b.refunded)
    assert sum(s.captured for s in collection.shares) == booked
    assert sum(s.refunded + s.refunding for s in collection.shares) == back
    (spent,) = await trip.sale.spending.of((await trip.thread(GROUP)).id)
    assert sum(paid.minor for paid, _ in spent.people.values()) == spent.booked.minor == booked
    assert sum(given.minor for _, given in spent.people.values()) == spent.refunded.minor == back
    assert await trip.store.find(TRANSACTIONS, {}, limit=1)
    await trip.check()


async def buy_trip(trip: Shop) -> None:
    await trip.call("Ana", "book_trip")
    await trip.call("Ana", "pay", who="split", currency="KES")
    await trip.all_pay()
    assert await trip.states_of() == ["confirmed", "confirmed"]


async def plan(trip: Shop) -> tuple[Offer, Offer]:
    """A plan with a hotel that can be given back, a show to pay for and a free walk."""
    hotel = await trip.hotel(0, "Free cancellation")
    show = next(o for o in await trip.offers(OfferKind.ACTIVITY))
    free = next(o for o in await trip.suppliers_offers(OfferKind.ACTIVITY) if o.price and not o.price.minor)
    days = tuple(Day(date=MARCH + timedelta(days=n)) for n in range(4))
    noon = restored(hotel).starts_at
    assert noon and hotel.starts_at and hotel.ends_at
    hour = timedelta(hours=1)
    seen = [Item(id=id, role="see", title=o.title, starts_at=noon + n * hour, ends_at=noon + (n + 1) * hour,
                 zone=o.venue.zone, offer=o) for n, (id, o) in enumerate((("i2", show), ("i3", free)))]  # fmt: skip
    stay = Item(id="i1", role="stay", title=hotel.title, starts_at=hotel.starts_at, ends_at=hotel.ends_at,
                zone=hotel.venue.zone, offer=hotel)  # fmt: skip
    days = (replace(days[0], items=tuple(seen)), *days[1:])
    made = Plan(
        title="Mombasa", destination=town("Mombasa"), start=MARCH, days=days, travelers=2, currency="KES",
        stays=(stay,), made=3,
    )  # fmt: skip
    thread = await trip.thread(GROUP)
    await trip.store.commit([
        Insert(TRIPS, Trip(id="trip", thread=thread.id, plan=made, made_at=trip.clock.now())),
        Replace(THREADS, replace(thread, facts={**thread.facts, TRIP: "trip"})),
    ])  # fmt: skip
    trip.core.lanes.forget(thread.id)
    return hotel, show


async def stored(trip: Shop) -> Trip:
    found = await trip.store.get(TRIPS, "trip")
    assert found is not None
    return found
