"""Votes over HTTP as a group holds them: a list is put to the vote, on several networks, through restarts and time."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.stories.caravan import Caravan
from tests.stories.group import Group, Message, Refused, Simulator

HOTELS = "/hotels Mombasa 12 Dec 2 nights"


@pytest.fixture
async def simulator(caravan: Caravan) -> AsyncIterator[Simulator]:
    """The Caravan that the stories share."""
    async with Simulator(caravan.url) as there:
        yield there


def polls(group: Group) -> list[Message]:
    """The polls in the order they were shown."""
    return [m for m in group.messages.values() if m.raw.get("poll")]


def poll(group: Group) -> dict[str, Any]:
    return dict(polls(group)[-1].raw["poll"])


def counts(group: Group) -> dict[str, int]:
    return {o["label"]: o["votes"] for o in poll(group)["options"]}


async def test_a_list_is_put_to_the_vote_by_its_button_with_the_prices_of_the_list(simulator: Simulator) -> None:
    group = await simulator.group("Coast", ["Ana", "Ben", "Cy"])
    shown = await group.say("Ana", HOTELS)
    [card] = shown.cards
    await group.say("Ben", "/restaurants Mombasa")
    about = {"place": group.place, "as": "Cy", "entry": card.id, "button": "Vote on these"}
    await simulator.post("press", about)
    await group.rest()
    voted = polls(group)[-1]
    assert voted.title == "Which hotel?"
    prices = {f["ref"]: f["value"] for f in card.facts if f["label"].endswith("· Price")}
    assert {f["ref"]: f["value"] for f in voted.facts} == prices
    assert [o["detail"] for o in poll(group)["options"]] == list(prices.values())
    for fact in voted.facts:
        assert (await simulator.record(fact))["price"]
    assert poll(group)["quorum"] == 2


async def test_the_winner_goes_into_the_cart_with_the_share_of_each(simulator: Simulator) -> None:
    group = await simulator.group("Bought", ["Ana", "Ben", "Cy"])
    await group.say("Ana", HOTELS)
    await group.say("Ana", "/poll 1 2")
    winner, other = (o["label"] for o in poll(group)["options"])
    await group.press("Ben", winner)
    await group.press("Cy", other)
    ended = await group.press("Ana", winner)
    assert f"**{winner}** wins with 2 votes of 3" in ended.words
    [cart] = [m for m in ended.cards if "Cart" in m.title]
    assert winner in cart.words and other not in cart.words
    assert "Each of 3" in cart.words or all(f"{who}: " in cart.words for who in ("Ana", "Ben", "Cy"))
    again = await group.say("Cy", "/cart")
    assert sum(line.count(winner) for line in again.words.splitlines()) == 1


async def test_a_vote_in_words_has_its_deadline_quorum_and_tie(simulator: Simulator) -> None:
    group = await simulator.group("Words", ["Ana", "Ben", "Cy"])
    await group.say("Ana", HOTELS)
    await group.say("Ana", "Caravan, put the first and the third to a vote, quorum 3")
    assert (len(poll(group)["options"]), poll(group)["quorum"]) == (2, 3)
    await group.say("Ana", "Caravan, let's vote on these hotels in 2 hours")
    assert len(poll(group)["options"]) == 5
    await group.say("Ana", "Caravan, let's vote: beach, museum or safari")
    assert list(counts(group)) == ["beach", "museum", "safari"]
    await group.say("Ana", "Caravan, can we vote on tea or coffee?")
    assert list(counts(group)) == ["tea", "coffee"]


async def test_networks_without_buttons_vote_by_number_in_the_same_thread(simulator: Simulator) -> None:
    slack = await simulator.group("Here", ["Ana", "Ben"])
    code = (await slack.say("Ana", "/link")).words.split("/link ")[1].split()[0]
    poor = await simulator.group("There", ["Cy", "Dee"], like="whatsapp")
    await poor.say("Cy", f"/link {code}")
    await slack.rest()
    await slack.say("Ana", "/poll beach or museum or safari, quorum 4")
    shown = await poor.rest()
    assert "1. beach — 0 votes" in shown.words and "Answer with the number" in shown.words
    await poor.say("Cy", "2")
    await slack.rest()
    assert counts(slack) == {"beach": 0, "museum": 1, "safari": 0}
    await slack.press("Ben", "museum")
    assert "2. museum — 2 votes" in (await poor.rest()).words
    await poor.say("Dee", "museum")
    await slack.press("Ana", "beach")
    assert "wins with 3 votes of 4" in (await poor.rest()).words
    await slack.rest()
    assert (poll(slack)["state"], poll(slack)["winner"], counts(slack)) == (
        "closed",
        "2",
        {"beach": 1, "museum": 3, "safari": 0},
    )


async def test_a_press_on_what_is_over_or_by_a_stranger_is_refused(simulator: Simulator) -> None:
    group = await simulator.group("Over", ["Ana", "Ben"])
    await group.say("Ana", "/poll tea or coffee")
    card = polls(group)[-1]
    body = {"place": group.place, "as": "Ben", "entry": card.id, "button": "tea"}
    with pytest.raises(Refused):
        await simulator.post("press", {**body, "as": "Zed"})
    await group.press("Ana", "tea")
    await group.press("Ben", "tea")
    assert poll(group)["state"] == "closed"
    with pytest.raises(Refused) as late:
        await simulator.post("press", body)
    assert late.value.status == 410


async def test_everybody_presses_at_once_and_each_ballot_counts(simulator: Simulator) -> None:
    people = [f"P{n:02}" for n in range(12)]
    group = await simulator.group("Crowd", ["Ana", *people])
    await group.say("Ana", "/poll tea or coffee")
    card = polls(group)[-1]
    ids = {b["label"]: b["id"] for b in card.raw["buttons"]}
    presses = [
        {"place": group.place, "as": who, "entry": card.id, "button": ids["coffee" if n % 3 else "tea"], "id": who}
        for n, who in enumerate(people)
    ]
    await asyncio.gather(*(simulator.post("press", p) for p in (*presses, *presses)))
    await group.rest()
    assert counts(group) == {"tea": 4, "coffee": 8}
    assert poll(group)["state"] == "open"


async def test_a_vote_outlives_restarts_and_is_closed_by_time(own_caravan: Caravan) -> None:
    async with Simulator(own_caravan.url) as simulator:
        group = await simulator.group("Long", ["Ana", "Ben", "Cy"])
        await group.say("Ana", "/poll tea or coffee or juice in 3 hours")
        await group.press("Ben", "coffee")
    restart(own_caravan)
    async with Simulator(own_caravan.url) as group.simulator:
        await group.press("Cy", "coffee")
        assert counts(group) == {"tea": 0, "coffee": 2, "juice": 0}
        await group.simulator.post("clock", {"advance": "PT2H"})
        assert poll(group)["state"] == "open"
    restart(own_caravan)
    async with Simulator(own_caravan.url) as group.simulator:
        await group.simulator.post("clock", {"advance": "PT2H"})
        ended = await group.rest()
        assert "**coffee** wins with 2 votes of 2" in ended.words
        assert (poll(group)["state"], poll(group)["winner"]) == ("closed", "2")
        await group.simulator.post("clock", {"advance": "PT30H"})
        assert "wins" not in (await group.rest()).words
    assert "Traceback" not in own_caravan.log


def restart(caravan: Caravan) -> None:
    caravan.stop()
    caravan.start()


async def test_too_few_and_tied_votes_end_as_documented(own_caravan: Caravan) -> None:
    async with Simulator(own_caravan.url) as simulator:
        group = await simulator.group("Ends", ["Ana", "Ben", "Cy", "Dee"])
        await group.say("Ana", "/poll tea or coffee in 1 hour")
        await group.press("Ben", "tea")
        await simulator.post("clock", {"advance": "PT1H"})
        await group.rest()
        assert poll(group)["state"] == "no_quorum"
        await group.say("Ana", "/poll red or blue in 1 hour, quorum 2")
        await group.press("Ben", "red")
        await group.press("Cy", "blue")
        await simulator.post("clock", {"advance": "PT1H"})
        await group.rest()
        assert [p.raw["poll"]["state"] for p in polls(group)] == ["no_quorum", "tie", "open"]
        await simulator.post("clock", {"advance": "PT1H"})
        await group.rest()
        assert poll(group)["state"] == "tie"
        await group.press("Ana", "blue")
        assert (poll(group)["state"], poll(group)["winner"]) == ("closed", "2")
