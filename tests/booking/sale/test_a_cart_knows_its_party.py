"""For how many a cart is, how that is changed, and the one tap from an offer to its payment."""

import pytest

from booking.cards import offer_card
from booking.offers import Offer, OfferKind
from booking.providers.sandbox.refs import Ref
from booking.sale.cart import QUOTATIONS, Quotation, Quoted
from bot.documents import Insert
from tests.booking.shop import GROUP, Shop


async def coach(trip: Shop) -> Offer:
    """A coach with room for more than the two who asked."""
    return next(o for o in await trip.offers(OfferKind.BUS) if o.left and 5 < o.left < 40)


async def test_the_cart_says_for_how_many_and_one_tap_makes_it_one_more(trip: Shop) -> None:
    bus, hotel = await coach(trip), await trip.hotel()
    await trip.cart(bus, hotel)
    assert "👥 For 2 travellers" in trip.said()
    await trip.press(GROUP, "Ben", "For 3")
    await trip.quiet()
    cart = await trip.the_cart()
    assert (cart.party, len(cart.lines)) == (3, 2) and "👥 For 3 travellers" in trip.said()
    seats, rooms = cart.lines
    assert bus.unit and hotel.unit and seats.offer.unit and rooms.offer.unit
    assert seats.price == seats.offer.unit * 3 and rooms.offer.rooms == 2
    assert seats.id == "l1" and seats.offer.product == bus.product
    await trip.press(GROUP, "Ana", "For 2")
    await trip.quiet()
    assert [ln.offer.ref for ln in (await trip.the_cart()).lines] == [bus.ref, hotel.ref]


async def test_for_how_many_is_asked_where_the_lines_differ_and_answered_in_words(trip: Shop) -> None:
    bus, hotel = await coach(trip), await trip.hotel()
    await trip.cart(bus, hotel)
    await trip.call("Ana", "set_party", travelers=4, line="1")
    assert (await trip.the_cart()).party == 0
    await trip.press(GROUP, "Ana", "For how many…")
    await trip.say(GROUP, "Ana", "for 3")
    await trip.quiet()
    assert (await trip.the_cart()).party == 3


async def test_more_than_are_left_or_than_anybody_takes_changes_nothing(trip: Shop) -> None:
    show = next(o for o in await trip.offers(OfferKind.ACTIVITY) if o.left and o.left < 20)
    assert show.left
    await trip.cart(show)
    await trip.call("Ana", "set_party", travelers=show.left + 1)
    assert f"{show.title} has only {show.left} left, and that takes {show.left + 1}." in trip.said()
    await trip.call("Ana", "set_party", travelers=61)
    assert "I can look for 1 to 60 people at once." in trip.said()
    await trip.call("Ana", "set_party", travelers=0)
    await trip.faults.add("inventory", "down", match="reprice", times=3)
    await trip.call("Ana", "set_party", travelers=1)
    assert "does not answer right now" in trip.said()
    assert [ln.offer.ref for ln in (await trip.the_cart()).lines] == [show.ref]


async def test_two_parties_that_become_one_are_in_the_cart_once(trip: Shop) -> None:
    bus = await coach(trip)
    await trip.cart(bus)
    await trip.call("Ana", "add_to_cart", offer=str(_ref(bus).for_party(3)))
    assert len((await trip.the_cart()).lines) == 2
    await trip.call("Ana", "set_party", travelers=3)
    (line,) = (await trip.the_cart()).lines
    assert line.offer.travelers == 3


async def looked(trip: Shop, offer: Offer) -> None:
    """A look at the only line of the cart, under way as "q"."""
    (line,) = (await trip.the_cart()).lines
    thread = await trip.thread(GROUP)
    quoted = (Quoted(line=line.id, offer=offer),)
    await trip.store.commit(
        [Insert(QUOTATIONS, Quotation(id="q", thread=thread.id, at=trip.clock.now(), lines=quoted))]
    )


async def test_what_was_looked_at_for_two_is_not_opened_once_the_cart_is_for_three(trip: Shop) -> None:
    bus = await coach(trip)
    await trip.cart(bus)
    await looked(trip, bus)
    await trip.call("Ben", "set_party", travelers=3)
    await trip.call("Ana", "open_checkout", quotation="q", who="me")
    assert "The cart was changed meanwhile" in trip.said()
    assert ((await trip.the_cart()).party, await trip.bookings()) == (3, [])


async def test_a_line_that_was_taken_out_during_a_look_stays_out(trip: Shop) -> None:
    bus = await coach(trip)
    await trip.cart(bus)
    await looked(trip, bus)
    await trip.call("Ben", "remove_line", line="1")
    await trip.call("Ana", "keep_in_cart", quotation="q")
    assert (await trip.the_cart()).lines == ()


def _ref(offer: Offer) -> Ref:
    read = Ref.read(offer.ref)
    assert read is not None
    return read


@pytest.mark.parametrize(
    ("asked", "people", "rooms"), [((1, 2), 3, 2), ((1, 2), 1, 1), ((2, 4), 7, 4), ((1, 3), 4, 2), ((4, 4), 2, 1)]
)
def test_a_party_gets_the_rooms_it_needs(asked: tuple[int, int], people: int, rooms: int) -> None:
    parts = ("mombasa.KE.37", "3", "20270312", "2", *map(str, asked), "KES")
    assert Ref("simba", "hotel", parts).for_party(people).parts[-3:] == (str(rooms), str(people), "KES")


async def test_one_tap_on_book_leads_from_an_offer_to_who_pays(trip: Shop) -> None:
    hotel = await trip.hotel()
    book = next(b for b in offer_card(hotel).buttons if b.label == "Book")
    await trip.call("Ana", book.call, **book.args)
    assert f"{hotel.price} for {hotel.title}. Who pays?" in trip.said()
    assert len((await trip.the_cart()).lines) == 1 and await trip.bookings() == []
    await trip.call("Ana", "pay", who="split", currency="KES")
    await trip.all_pay()
    assert await trip.states_of() == ["confirmed"]
    await trip.check()


async def test_what_else_is_in_the_cart_is_shown_before_it_is_asked_who_pays(trip: Shop) -> None:
    hotel, other = await trip.hotel(0), await trip.hotel(1)
    await trip.cart(other)
    await trip.call("Ana", "book_now", offer=hotel.ref)
    before, _, question = trip.said().rpartition("🛒 Cart")
    assert before and hotel.title in question and other.title in question and "Who pays?" in question


async def test_book_pressed_twice_opens_one_checkout_and_one_order(trip: Shop) -> None:
    hotel = await trip.hotel()
    await trip.at_once(*[await trip.asking(who, "book_now", offer=hotel.ref) for who in ("Ana", "Ben", "Ana")])
    assert len((await trip.the_cart()).lines) == 1
    await trip.at_once(*[await trip.asking(who, "pay", who="me", currency="KES") for who in ("Ana", "Ana")])
    await trip.all_pay()
    assert await trip.states_of() == ["confirmed"] and len(await trip.orders()) == 1
    await trip.check()


async def test_what_cannot_be_paid_is_in_the_cart_with_the_reason(trip: Shop) -> None:
    meal = (await trip.suppliers_offers(OfferKind.RESTAURANT))[0]
    await trip.call("Ana", "book_now", offer=meal.ref)
    assert f"{meal.title} is paid on the spot" in trip.said() and (await trip.the_cart()).lines == ()
