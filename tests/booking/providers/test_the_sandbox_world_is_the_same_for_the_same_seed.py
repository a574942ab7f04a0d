"""The sandbox world: the same from the same seed, plausible, moving with time, and true to its own record."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booking.cards import Shown, list_card, offer_card
from booking.geo import kilometres
from booking.offers import Offer, OfferKind
from booking.ports import FlightSearch, HotelSearch
from booking.providers.sandbox.catalogue import SELLERS, Catalogue
from booking.providers.sandbox.market import Moment
from booking.providers.sandbox.record import record
from booking.providers.sandbox.refs import Ref
from bot.content import Fact
from bot.gazetteer import Spot
from tests.booking.bazaar import ATLAS, MARCH, NOON, opened, town, wish

CITIES = (
    "Nairobi", "Mombasa", "Kisumu", "Diani", "Zanzibar", "Kampala", "London", "Paris", "New York", "Tokyo", "Sydney",
    "Lisbon", "Cape Town", "Reykjavik", "Singapore", "Naivasha", "Maasai Mara", "Kuwait City", "Santiago", "Anchorage",
    "St. Louis", "São Paulo", "Xi'an", "Kathmandu", "Suva",
)  # fmt: skip
OTHERS = ("Entebbe", "Madrid", "Chicago")
SOLD = [kind for kind in OfferKind if kind is not OfferKind.WEATHER]


def offers(kind: OfferKind, *, seed: int = 1, city: str = "Mombasa", at: datetime = NOON, days: int = 0) -> list[Offer]:
    """All that all sellers have for a usual wish."""
    catalogue = Catalogue(seed, ATLAS)
    asked = wish(kind, city, day=MARCH + timedelta(days=days))
    refs = [ref for seller in SELLERS for ref in catalogue.refs(seller, asked)]
    return [offer for ref in refs if (offer := catalogue.offer(ref, Moment(at)))]


@pytest.mark.parametrize("kind", OfferKind)
def test_the_same_seed_is_the_same_world(kind: OfferKind) -> None:
    assert offers(kind, seed=7) == offers(kind, seed=7) != []


@pytest.mark.parametrize("kind", OfferKind)
def test_another_seed_is_another_world(kind: OfferKind) -> None:
    def told(seed: int) -> list[object]:
        return [(o.ref, o.title, o.price, o.starts_at, o.details) for o in offers(kind, seed=seed)]

    assert told(1) != told(2)


@settings(max_examples=120, deadline=None)
@given(
    kind=st.sampled_from(OfferKind),
    city=st.sampled_from(CITIES),
    origin=st.sampled_from(OTHERS),
    days=st.integers(-100, 600),
    people=st.integers(1, 9),
    minutes=st.integers(0, 60 * 24 * 40),
    seed=st.integers(0, 50),
)
def test_every_fact_on_a_card_stands_in_the_suppliers_record(
    kind: OfferKind, city: str, origin: str, days: int, people: int, minutes: int, seed: int
) -> None:
    catalogue, at = Catalogue(seed, ATLAS), NOON + timedelta(minutes=minutes)
    asked = wish(kind, city, origin, MARCH + timedelta(days=days), people)
    for seller in SELLERS:
        for ref in catalogue.refs(seller, asked):
            offer = catalogue.offer(ref, Moment(at))
            if offer is not None:
                shown = list_card(Shown(title="", offers=(offer,), first=1, begin=0, of=1)).card
                detail = offer_card(offer).card
                assert shown and detail
                _in_record(Catalogue(seed, ATLAS), (*shown.facts, *detail.facts))


def _in_record(catalogue: Catalogue, facts: tuple[Fact, ...]) -> None:
    for fact in facts:
        ref = Ref.read(fact.ref)
        assert ref
        offer = catalogue.offer(ref, Moment(fact.fetched_at))
        assert offer is not None
        kept = record(offer)
        label = fact.label.partition(" · ")[2] or fact.label
        said = {"label": label, "value": fact.value, "minor": fact.minor, "currency": fact.currency}
        assert said in kept["facts"] and kept["supplier"] == fact.source
        if fact.minor is not None:
            amounts = [kept["price"], kept["unit_price"]]
            assert (fact.minor, fact.currency) in [(a["minor"], a["currency"]) for a in amounts if a]


def test_prices_move_with_time_and_stay_until_they_expire() -> None:
    catalogue = Catalogue(1, ATLAS)
    (before, *_) = offers(OfferKind.HOTEL)
    ref = Ref.read(before.ref)
    assert ref and before.expires_at and before.expires_at - NOON <= timedelta(minutes=30)
    last = catalogue.offer(ref, Moment(before.expires_at - timedelta(seconds=1)))
    assert last and last.price == before.price
    later = {catalogue_price(catalogue, ref, NOON + timedelta(hours=2 * n)) for n in range(40)}
    assert len(later) > 3


def catalogue_price(catalogue: Catalogue, ref: Ref, at: datetime) -> object:
    offer = catalogue.offer(ref, Moment(at))
    assert offer
    return offer.price


def test_something_is_sold_out_now_and_then() -> None:
    left = [o.left for days in range(60) for o in offers(OfferKind.HOTEL, days=days)]
    assert 0.005 < left.count(0) / len(left) < 0.08


@pytest.mark.parametrize(
    ("kind", "low", "high"),
    [
        (OfferKind.FLIGHT, 5_000, 15_000),
        (OfferKind.BUS, 1_200, 2_500),
        (OfferKind.HOTEL, 2_500, 27_000),
        (OfferKind.ACTIVITY, 0, 6_200),
        (OfferKind.RESTAURANT, 200, 7_000),
    ],
)
def test_a_kenyan_trip_costs_what_it_would_in_shillings(kind: OfferKind, low: int, high: int) -> None:
    for seed in range(6):
        for offer in offers(kind, seed=seed, days=seed * 11):
            assert offer.unit and offer.unit.currency == "KES"
            assert low <= offer.unit.major <= high, offer.title


@pytest.mark.parametrize(
    ("city", "currency"), [("Tokyo", "JPY"), ("Kuwait City", "KWD"), ("Paris", "EUR"), ("Tunis", "TND")]
)
def test_other_countries_charge_their_own_money_in_steps_that_exist(city: str, currency: str) -> None:
    for offer in offers(OfferKind.HOTEL, city=city):
        assert offer.unit and offer.unit.currency == currency
        assert offer.unit.minor % 10 == 0


def test_every_seller_quotes_in_the_wanted_currency() -> None:
    catalogue = Catalogue(1, ATLAS)
    asked = replace(wish(OfferKind.HOTEL, "Paris"), currency="KES")
    refs = [ref for seller in SELLERS for ref in catalogue.refs(seller, asked)]
    found = [offer for ref in refs if (offer := catalogue.offer(ref, Moment(NOON)))]
    assert found and {offer.price.currency for offer in found if offer.price} == {"KES"}


@pytest.mark.parametrize("city", CITIES)
def test_every_town_has_beds_tables_weather_and_something_for_every_taste(city: str) -> None:
    for kind in (OfferKind.HOTEL, OfferKind.RESTAURANT, OfferKind.WEATHER):
        assert len(offers(kind, city=city)) >= 1
    tags = {tag for offer in offers(OfferKind.ACTIVITY, city=city) for tag in offer.tags}
    wanted = {"beach", "food", "culture", "nightlife", "nature", "museum", "luxury", "budget", "family", "adventure"}
    assert wanted <= tags
    assert {int(offer.detail("Class")[0]) for offer in offers(OfferKind.HOTEL, city=city)} >= {2, 3, 4}


def test_a_flight_takes_as_long_as_the_way_is_far() -> None:
    for city in ("Mombasa", "London", "Sydney", "Tokyo"):
        way = kilometres(town("Nairobi"), town(city))
        for offer in offers(OfferKind.FLIGHT, city=city):
            assert offer.starts_at and offer.ends_at
            hours = (offer.ends_at.astimezone(UTC) - offer.starts_at.astimezone(UTC)) / timedelta(hours=1)
            stops = ("nonstop", "1 stop", "2 stops").index(offer.detail("Stops"))
            assert way / 900 < hours - stops * 1.5
            assert hours - stops * 3.8 < way / 600 + 1


def test_a_flight_over_the_date_line_arrives_in_the_other_zone() -> None:
    found = Catalogue(1, ATLAS)
    asked = FlightSearch(origin=town("Tokyo"), destination=town("Honolulu"), day=MARCH, travelers=1)
    flights = [o for s in SELLERS for r in found.refs(s, asked) if (o := found.offer(r, Moment(NOON)))]
    assert flights
    for flight in flights:
        assert flight.starts_at and flight.ends_at
        assert flight.starts_at < flight.ends_at and str(flight.ends_at.tzinfo) == "Pacific/Honolulu"


def test_past_flights_and_events_are_not_sold() -> None:
    for kind in (OfferKind.FLIGHT, OfferKind.BUS, OfferKind.EVENT, OfferKind.HOTEL, OfferKind.TRANSFER):
        assert offers(kind, at=datetime(2027, 3, 13, 12, tzinfo=UTC)) == []


@pytest.mark.parametrize(
    ("origin", "destination"), [("Nairobi", "Naivasha"), ("Nairobi", "Nairobi"), ("Nairobi", "Thika")]
)
def test_there_are_no_flights_where_none_can_be(origin: str, destination: str) -> None:
    asked = wish(OfferKind.FLIGHT, destination, origin)
    catalogue = Catalogue(1, ATLAS)
    assert [o for s in SELLERS for r in catalogue.refs(s, asked) if (o := catalogue.offer(r, Moment(NOON)))] == []


@pytest.mark.parametrize(
    ("origin", "destination"), [("Nairobi", "London"), ("Dublin", "Reykjavik"), ("Seoul", "Tokyo")]
)
def test_no_coach_crosses_a_sea_or_a_continent(origin: str, destination: str) -> None:
    asked = wish(OfferKind.BUS, destination, origin)
    catalogue = Catalogue(1, ATLAS)
    assert [o for s in SELLERS for r in catalogue.refs(s, asked) if (o := catalogue.offer(r, Moment(NOON)))] == []


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=60), kind=st.sampled_from(OfferKind), seller=st.sampled_from(SELLERS))
def test_no_reference_whatever_breaks_the_world(text: str, kind: OfferKind, seller: object) -> None:
    catalogue = Catalogue(1, ATLAS)
    for ref in (text, f"simba:{kind}:{text}", f"kivuko:{kind}:mombasa.KE.37:{text}:20270312:1:KES"):
        read = Ref.read(ref)
        found = catalogue.offer(read, Moment(NOON)) if read else None
        assert found is None or found.ref == ref


FORGED = (
    "simba:flight:NBO:MBA:20270312:0:-4:KES",
    "simba:flight:NBO:MBA:20270312:0:4:XXX",
    "simba:flight:NBO:MBA:20270312:-1:4:KES",
    "simba:hotel:mombasa.KE.37:0:20270312:99:1:1:KES",
    "simba:bus:nairobi.KE.05:mombasa.KE.37:20270312:0:4:KES",
)


@pytest.mark.parametrize("ref", FORGED)
def test_a_forged_reference_stands_for_nothing(ref: str) -> None:
    read = Ref.read(ref)
    assert read and Catalogue(1, ATLAS).offer(read, Moment(NOON)) is None


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(CITIES))
def test_a_town_in_a_reference_is_found_again(name: str) -> None:
    catalogue = Catalogue(1, ATLAS)
    spot: Spot = town(name)
    asked = HotelSearch(city=spot, check_in=MARCH, check_out=MARCH + timedelta(days=1), rooms=1, travelers=1)
    found = [o for r in catalogue.refs(SELLERS[0], asked) if (o := catalogue.offer(r, Moment(NOON)))]
    assert found and all(kilometres(offer.venue, spot) < 6 for offer in found)


async def test_the_record_is_read_from_the_world_and_tells_what_was_then() -> None:
    async with opened() as bazaar:
        (offer, *_) = await bazaar.suppliers["simba"].search(wish(OfferKind.FLIGHT))
        then = await bazaar.sandbox.record(offer.ref, offer.fetched_at)
    async with opened() as another:
        assert offer.price
        same = await another.sandbox.record(offer.ref, offer.fetched_at)
        assert then == same and then is not None
        assert then["price"] == {
            "minor": offer.price.minor, "currency": "KES", "amount": str(offer.price.major),
        }  # fmt: skip
        assert await another.sandbox.record("simba:flight:NBO:NOWHERE:1:1:1:KES", NOON) is None
        assert await another.sandbox.record("no reference", NOON) is None
