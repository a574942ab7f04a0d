"""The search Capabilities: lists with facts, details, more, cheaper, and kind words for what cannot be."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from booking.offers import Offer, OfferKind
from booking.phrases import PHRASES
from booking.ports import FlightSearch
from booking.search import SearchService
from bot.arguments import typed
from bot.brains.offline.understand import Understander
from bot.capability import Effect, Registry, capabilities_of
from bot.content import Card, Fact, Press
from bot.errors import AskAgain, Explain
from bot.minds import LastCall
from bot.model import Persona
from bot.money import Money
from bot.ports import Reply
from tests.booking.bazaar import ATLAS, MARCH, Bazaar, opened, town

COMMANDS = {
    "search_flights": "flights", "search_hotels": "hotels", "search_buses": "buses", "search_transfers": "transfer",
    "search_events": "events", "search_activities": "activities", "search_restaurants": "restaurants",
    "get_weather": "weather",
}  # fmt: skip
USUAL: dict[str, dict[str, Any]] = {
    "search_flights": {"origin": "Nairobi", "destination": "Mombasa", "departure_date": MARCH, "travelers": 4},
    "search_hotels": {"location": "Mombasa", "check_in_date": MARCH, "nights": 3, "travelers": 4},
    "search_buses": {"origin": "Nairobi", "destination": "Mombasa", "departure_date": MARCH},
    "search_transfers": {"destination": "Mombasa", "date": MARCH, "travelers": 5},
    "search_events": {"location": "Mombasa"},
    "search_activities": {"location": "Mombasa", "date": MARCH},
    "search_restaurants": {"location": "Mombasa", "date": MARCH, "travelers": 4},
    "get_weather": {"location": "Mombasa"},
}


@pytest.fixture
async def bazaar() -> AsyncIterator[Bazaar]:
    async with opened() as found:
        yield found


async def call(bazaar: Bazaar, name: str, args: Mapping[str, Any], *, persona: Persona | None = None) -> Reply:
    """Run a Capability as the core does: from JSON to its types, then by its name."""
    (found,) = (c for c in capabilities_of(bazaar.search) if c.name == name)
    reply: Reply = await found.run(bazaar.ask(persona), **typed(found, args))
    return reply


async def press(bazaar: Bazaar, button: Press) -> Reply:
    return await call(bazaar, button.call, button.args)


def card(reply: Reply, n: int = 0) -> Card:
    found = reply.drafts[n].card
    assert found is not None, reply.drafts[n].text
    return found


def button(reply: Reply, label: str, n: int = 0) -> Press:
    return next(b for b in reply.drafts[n].buttons if b.label == label)


def test_every_search_has_its_name_command_phrases_and_calls_out() -> None:
    service = SearchService.__new__(SearchService)
    found = {c.name: c for c in capabilities_of(service) if c.command}
    assert {name: c.command for name, c in found.items()} == COMMANDS
    for name, c in found.items():
        assert c.slow and c.effect is Effect.LOOK and not c.hidden and c.phrases == PHRASES[name]


def test_the_holes_in_the_phrases_are_parameters() -> None:
    service = SearchService.__new__(SearchService)
    for c in capabilities_of(service):
        for phrase in c.phrases:
            holes = {part.split("}")[0] for part in phrase.split("{")[1:]}
            assert holes <= {p.name for p in c.parameters}, phrase


@pytest.mark.parametrize("name", USUAL)
async def test_a_list_shows_up_to_five_offers_whose_figures_are_all_facts(bazaar: Bazaar, name: str) -> None:
    reply = await call(bazaar, name, USUAL[name])
    shown = card(reply)
    offers = reply.data["offers"]
    assert 1 <= len(offers) <= 5 and shown.facts
    for n, (line, offer) in enumerate(zip(shown.lines, offers, strict=False), 1):
        assert line.startswith(f"**{n}. {offer['title']}**")
        own = [fact for fact in shown.facts if fact.label.startswith(f"{n} · ")]
        assert own and all(fact.ref == offer["ref"] for fact in own)
        assert all(fact.value in line for fact in own)
    for fact in shown.facts:
        await _stands(bazaar, fact)


async def _stands(bazaar: Bazaar, fact: Fact) -> None:
    kept = await bazaar.sandbox.record(fact.ref, fact.fetched_at)
    assert kept is not None
    assert (fact.value, fact.minor, fact.currency) in [(f["value"], f["minor"], f["currency"]) for f in kept["facts"]]


@pytest.mark.parametrize("name", USUAL)
async def test_the_slots_of_an_answer_can_be_asked_again(bazaar: Bazaar, name: str) -> None:
    reply = await call(bazaar, name, USUAL[name])
    assert reply.data["intent"] == name
    again = await call(bazaar, name, json.loads(json.dumps(reply.data["slots"])))
    assert again.data == reply.data


async def test_a_return_flight_is_two_lists_numbered_through(bazaar: Bazaar) -> None:
    reply = await call(bazaar, "search_flights", {**USUAL["search_flights"], "return_date": MARCH + timedelta(days=3)})
    there, back = card(reply, 0), card(reply, 1)
    assert "from Nairobi to Mombasa" in there.title and "from Mombasa to Nairobi" in back.title
    assert [line.split(".")[0] for line in (*there.lines, *back.lines)] == [f"**{n}" for n in range(1, 7)]
    assert len(reply.data["offers"]) == 6


async def test_more_goes_on_counting_and_a_number_finds_its_offer(bazaar: Bazaar) -> None:
    reply = await call(bazaar, "search_hotels", USUAL["search_hotels"])
    more = await press(bazaar, button(reply, "More"))
    assert card(more).lines[0].startswith("**6. ")
    assert "6 to 10 of" in card(more).title
    assert [o["ref"] for o in more.data["offers"][:5]] == [o["ref"] for o in reply.data["offers"]]
    last = await _to_the_end(bazaar, more)
    assert not any(b.label == "More" for b in last.drafts[0].buttons)


async def _to_the_end(bazaar: Bazaar, reply: Reply) -> Reply:
    while more := [b for b in reply.drafts[0].buttons if b.label == "More"]:
        reply = await press(bazaar, more[0])
    return reply


async def test_cheaper_first_puts_them_in_order_of_price(bazaar: Bazaar) -> None:
    reply = await call(bazaar, "search_hotels", USUAL["search_hotels"])
    cheap = await press(bazaar, button(reply, "Cheaper first"))
    prices = [fact.minor for fact in card(cheap).facts if fact.label.endswith("· Price")]
    assert prices == sorted(p for p in prices if p is not None) and len(prices) == 5
    best = [fact.minor for fact in card(reply).facts if fact.label.endswith("· Price")]
    assert prices[0] is not None and prices[0] <= min(p for p in best if p is not None)


async def test_a_persona_puts_the_same_offers_in_its_own_order(bazaar: Bazaar) -> None:
    def rank(persona: Persona | None, offers: Sequence[Offer]) -> Sequence[Offer]:
        taste = persona.style if persona else ""
        return sorted(offers, key=lambda offer: taste not in offer.tags)

    service = SearchService(bazaar.inventory, ATLAS, bazaar.what_was_last, rank)
    first = []
    for taste in ("luxury", "budget"):
        ask = bazaar.ask(Persona(id=taste, owner="p1", name=taste, style=taste))
        reply = await service.search_hotels(ask, location="Mombasa", check_in_date=MARCH, nights=2, travelers=2)
        first.append(reply.data["offers"][0])
    assert "luxury" in first[0]["tags"] and "budget" in first[1]["tags"]


async def test_the_last_search_can_be_put_in_order_again(bazaar: Bazaar) -> None:
    assert (await call(bazaar, "rank_again", {})).drafts == ()
    reply = await call(bazaar, "search_hotels", USUAL["search_hotels"])
    bazaar.last = LastCall(intent="search_hotels", slots=reply.data["slots"])
    assert (await call(bazaar, "rank_again", {})).data == reply.data


@pytest.mark.parametrize(("said", "number"), [("2", 2), ("the second one", 2), ("number 3", 3), ("the last one", 5)])
async def test_the_second_one_is_understood(bazaar: Bazaar, said: str, number: int) -> None:
    reply = await call(bazaar, "search_hotels", USUAL["search_hotels"])
    refs = tuple(offer["ref"] for offer in reply.data["offers"])
    bazaar.last = LastCall(intent="search_hotels", slots=reply.data["slots"], offers=refs)
    detail = await call(bazaar, "show_offer", {"offer": said})
    assert card(detail).title == reply.data["offers"][number - 1]["title"]
    assert detail.data["intent"] == "search_hotels" and [o["ref"] for o in detail.data["offers"]] == list(refs)


@pytest.mark.parametrize("said", ["17", "the pink one", "0"])
async def test_a_number_that_was_not_shown_is_asked_again(bazaar: Bazaar, said: str) -> None:
    bazaar.last = LastCall(intent="search_hotels", offers=("simba:x",))
    with pytest.raises(AskAgain) as again:
        await call(bazaar, "show_offer", {"offer": said})
    assert again.value.parameter == "offer"


async def test_an_offer_in_detail_can_be_liked_and_checked_again(bazaar: Bazaar) -> None:
    reply = await call(bazaar, "search_hotels", USUAL["search_hotels"])
    detail = await press(bazaar, button(reply, "Details 2"))
    offer = reply.data["offers"][1]
    assert card(detail).title == offer["title"]
    like = button(detail, "👍")
    tags = ", ".join(offer["tags"])
    assert like.call == "like" and like.args == {"ref": offer["ref"], "tags": tags, "title": offer["title"]}
    assert button(detail, "👎").call == "dislike"
    checked = await press(bazaar, button(detail, "Check the price again"))
    assert "still costs" in checked.drafts[0].text


async def test_a_price_that_rose_is_told_with_both_prices(bazaar: Bazaar) -> None:
    reply = await call(bazaar, "search_hotels", USUAL["search_hotels"])
    detail = await press(bazaar, button(reply, "Details 1"))
    await bazaar.faults.add("inventory", "price_up", match=card(detail).title, by=30)
    checked = await press(bazaar, button(detail, "Check the price again"))
    before, after = card(detail).facts[0].value, card(checked, 1).facts[0].value
    assert before != after and before in checked.drafts[0].text and after in checked.drafts[0].text
    await _stands(bazaar, card(checked, 1).facts[0])


async def test_what_sold_out_meanwhile_is_said_kindly(bazaar: Bazaar) -> None:
    reply = await call(bazaar, "search_hotels", USUAL["search_hotels"])
    await bazaar.faults.add("inventory", "sold_out", match="reprice")
    with pytest.raises(Explain, match="no longer to be had"):
        await press(bazaar, button(reply, "Details 1"))


async def test_a_supplier_without_an_answer_is_named(bazaar: Bazaar) -> None:
    await bazaar.faults.add("inventory", "down", match="Kivuko")
    shown = card(await call(bazaar, "search_hotels", USUAL["search_hotels"]))
    assert shown.lines[-1].startswith("Kivuko Travel (sandbox) did not answer")


async def test_an_old_answer_is_labelled_with_its_age(bazaar: Bazaar) -> None:
    await call(bazaar, "search_hotels", USUAL["search_hotels"])
    bazaar.later(minutes=45)
    await bazaar.faults.add("inventory", "down", times=2)
    shown = card(await call(bazaar, "search_hotels", USUAL["search_hotels"]))
    assert "45 minutes ago" in shown.lines[-1]
    for fact in shown.facts:
        assert bazaar.clock.now() - fact.fetched_at == timedelta(minutes=45)
        await _stands(bazaar, fact)


@pytest.mark.parametrize(
    ("name", "change", "parameter", "said"),
    [
        ("search_flights", {"destination": "Mombassssa"}, "destination", "Did you mean Mombasa?"),
        ("search_flights", {"destination": "Qqqqqqq"}, "destination", "nearest larger town"),
        ("search_flights", {"destination": "Nairobi"}, "destination", "from Nairobi to Nairobi"),
        ("search_flights", {"destination": "Kenya"}, "destination", "whole country"),
        ("search_flights", {"departure_date": date(2026, 1, 1)}, "departure_date", "has passed already"),
        ("search_flights", {"departure_date": date(2031, 1, 1)}, "departure_date", "more than two years"),
        ("search_flights", {"return_date": MARCH - timedelta(days=1)}, "return_date", "before you leave"),
        ("search_flights", {"travelers": 0}, "travelers", "1 to 9"),
        ("search_flights", {"travelers": 10}, "travelers", "1 to 9"),
        ("search_flights", {"travelers": -3}, "travelers", "1 to 9"),
        ("search_flights", {"budget": Money(0, "KES")}, "budget", "more than zero"),
        ("search_flights", {"budget": Money(-100, "KES")}, "budget", "more than zero"),
        ("search_hotels", {"nights": 0}, "nights", "1 to 30"),
        ("search_hotels", {"nights": 400}, "nights", "1 to 30"),
        ("search_hotels", {"check_out_date": MARCH}, "check_out_date", "check in on"),
        ("search_hotels", {"check_out_date": MARCH + timedelta(days=5)}, "nights", "it is 5 nights, not 3"),
        ("search_hotels", {"rooms": 0}, "rooms", "1 to 9"),
        ("search_hotels", {"rooms": 1}, "rooms", "do not fit"),
        ("search_buses", {"travelers": 0}, "travelers", "1 to 9"),
        ("search_activities", {"date": date(2026, 11, 19)}, "date", "today is Fri 20 Nov 2026"),
        ("search_transfers", {"destination": "2301 Stevenson Boulevard"}, "destination", "do not know a place"),
        ("search_transfers", {"destination": "the airport"}, "origin", "Name the town"),
        ("get_weather", {"location": "🏝️"}, "location", "do not know a place"),
        ("search_hotels", {"location": "x" * 3000}, "location", "do not know a place"),
    ],
)
async def test_what_makes_no_sense_is_asked_again(
    bazaar: Bazaar, name: str, change: dict[str, Any], parameter: str, said: str
) -> None:
    with pytest.raises(AskAgain) as again:
        await call(bazaar, name, {**USUAL[name], **change})
    assert again.value.parameter == parameter
    assert said in again.value.text and len(again.value.text) < 300
    assert next(c for c in capabilities_of(bazaar.search) if c.name == name).parameter(parameter)


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("search_flights", {"destination": "Thika"}, "Thika has no airport. Try a bus instead."),
        ("search_flights", {"budget": Money(150000, "KES")}, "for at most KES 1,500. The cheapest is KES"),
        ("search_hotels", {"budget": Money(10000, "KES")}, "per room and night. The cheapest is KES"),
        ("search_buses", {"destination": "London"}, "No coach goes from Nairobi to London: it is 68"),
        ("search_buses", {"destination": "Addis Ababa"}, "No coach goes"),
        ("search_activities", {"tastes": "golf, klingons"}, "match “golf, klingon”"),
        ("search_activities", {"tastes": "ski"}, "match “ski”"),
        ("search_transfers", {"origin": "Nairobi"}, "too far for a transfer"),
    ],
)
async def test_what_cannot_be_is_said_with_its_reason(
    bazaar: Bazaar, name: str, change: dict[str, Any], said: str
) -> None:
    reply = await call(bazaar, name, {**USUAL[name], **change})
    assert reply.data["offers"] == [] and reply.data["intent"] == name
    (reason,) = reply.data["cannot"]
    assert said in reason and reply.drafts[0].text.startswith(reason)


async def test_a_budget_is_the_most_for_one_person_or_room_and_night(bazaar: Bazaar) -> None:
    reply = await call(bazaar, "search_hotels", {**USUAL["search_hotels"], "budget": Money(500_000, "KES")})
    nights = [fact.minor for fact in card(reply).facts if fact.label.endswith("Per room and night")]
    assert nights and all(minor is not None and minor <= 500_000 for minor in nights)


async def test_tastes_narrow_what_there_is_to_do(bazaar: Bazaar) -> None:
    reply = await call(bazaar, "search_activities", {**USUAL["search_activities"], "tastes": "beaches and museums"})
    tags = [set(offer["tags"]) for offer in reply.data["offers"]]
    assert tags and all(found & {"beach", "museum"} for found in tags)


async def test_events_without_a_day_are_of_the_week_and_never_past_or_cancelled(bazaar: Bazaar) -> None:
    reply = await call(bazaar, "search_events", {"location": "Nairobi"})
    while True:
        for fact in card(reply).facts:
            assert "cancelled" not in fact.value.casefold()
        more = [b for b in reply.drafts[0].buttons if b.label == "More"]
        if not more:
            break
        reply = await press(bazaar, more[0])
    starts = [offer["starts_at"] for offer in reply.data["offers"]]
    assert len(starts) > 5
    assert min(starts) > "2026-11-20T15:00" and max(starts) < "2026-11-27T24"


async def test_the_weather_comes_day_by_day_in_order(bazaar: Bazaar) -> None:
    days = [fact.value for fact in card(await call(bazaar, "get_weather", {"location": "Mombasa"})).facts]
    assert [day for day in days if "2026" in day] == [
        "Fri 20 Nov 2026", "Sat 21 Nov 2026", "Sun 22 Nov 2026", "Mon 23 Nov 2026",
    ]  # fmt: skip


async def test_a_ride_to_an_address_lies_in_the_town_of_the_other_end(bazaar: Bazaar) -> None:
    reply = await call(bazaar, "search_transfers", {"origin": "Mombasa airport", "destination": "12 Palm Road"})
    assert "12 Palm Road, Mombasa" in card(reply).title
    assert "Moi International Airport" in card(reply).lines[0]


async def test_prices_come_in_the_currency_of_the_asker_or_the_budget(bazaar: Bazaar) -> None:
    shown = card(await call(bazaar, "search_hotels", {**USUAL["search_hotels"], "location": "Paris"}))
    assert {fact.currency for fact in shown.facts if fact.currency} == {"KES"}
    budget = Money(900_00, "USD")
    shown = card(await call(bazaar, "search_hotels", {**USUAL["search_hotels"], "location": "Paris", "budget": budget}))
    assert {fact.currency for fact in shown.facts if fact.currency} == {"USD"}


async def test_a_forged_button_of_a_search_that_is_none_is_refused(bazaar: Bazaar) -> None:
    with pytest.raises(AskAgain):
        await call(bazaar, "search_again", {"intent": "recheck_price", "slots": "{}"})
    with pytest.raises(AskAgain):
        await call(bazaar, "search_again", {"intent": "search_hotels", "slots": '{"location": "Mombasa"}'})


@pytest.mark.parametrize("cuisine", ["seafood", "street_food", "local"])
async def test_a_cuisine_is_served_in_every_place_shown(bazaar: Bazaar, cuisine: str) -> None:
    reply = await call(bazaar, "search_restaurants", {**USUAL["search_restaurants"], "cuisine": cuisine})
    served = {offer["details"]["Cuisine"] for offer in reply.data["offers"]}
    assert served == {cuisine.replace("_", " ")}


@pytest.mark.parametrize(("order", "backwards"), [("early", False), ("late", True)])
async def test_flights_can_be_put_in_order_of_time(bazaar: Bazaar, order: str, backwards: bool) -> None:
    reply = await call(bazaar, "search_flights", {**USUAL["search_flights"], "order": order})
    leaves = [offer["starts_at"] for offer in reply.data["offers"]]
    assert len(leaves) > 2 and leaves == sorted(leaves, reverse=backwards)
    assert reply.data["slots"]["order"] == order


@pytest.mark.parametrize("said", ["Reykjavik 4 July 2027 for 3 nights, 4 people", "Nice 4 July for 3 nights", "Lamu"])
def test_a_commands_first_words_are_its_place_however_small_it_is(bazaar: Bazaar, said: str) -> None:
    registry = Registry(capabilities_of(bazaar.search, "book"))
    hotels = next(c for c in registry if c.command == "hotels")
    assert Understander(registry, ATLAS).fill(hotels, said, date(2026, 11, 20)).slots["location"] == said.split()[0]


async def test_people_fly_from_one_island_to_the_next_and_drive_where_there_is_a_road(bazaar: Bazaar) -> None:
    for start, end, flies in (("Dar es Salaam", "Zanzibar", True), ("Nairobi", "Thika", False)):
        asked = FlightSearch(origin=town(start), destination=town(end), day=MARCH)
        found = [o for s in bazaar.suppliers.values() if OfferKind.FLIGHT in s.kinds for o in await s.search(asked)]
        assert bool(found) is flies, (start, end)
