"""Claude in the whole application: what a switch leaves, how faults strike, and the same house without a key."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.emulators.anthropic import running_emulator
from tests.emulators.anthropic.replies import says, uses
from tests.emulators.anthropic.server import KEY
from tests.stories.caravan import Caravan
from tests.stories.whole import Whole, whole
from tests.waiting import soon


@pytest.fixture
async def trip(tmp_path: Path) -> AsyncIterator[Whole]:
    async with whole(tmp_path) as app:
        await command(app, "/ping")
        await make(app, "Zuri", "quiet beaches, no museums")
        yield app


async def command(app: Whole, text: str) -> None:
    await app.say("trip", "Ana", text, what="command")


async def make(app: Whole, name: str, tastes: str, voice: str = "warm") -> None:
    await command(app, f"/persona new {name}")
    for text in (voice, tastes, "skip", "skip"):
        await app.say("trip", "Ana", text)


async def test_a_switch_leaves_nothing_of_the_old_persona_in_the_next_prompt(trip: Whole) -> None:
    await trip.say("trip", "Ana", "Zuri, I'm vegetarian, by the way")
    trip.claude.plan(says("Beaches are all that counts, naturally."))
    await trip.say("trip", "Ana", "Zuri, what counts?")
    await make(trip, "Biko", "museums and nightlife", voice="dry")
    await command(trip, "/switch Biko")
    await trip.say("trip", "Ana", "what counts?")
    request = trip.claude.requests[-1]
    now = json.dumps([request["system"], request["messages"]]).casefold()
    assert "name: biko" in now and "museum" in now and "what counts?" in now
    for old in ("name: zuri", "quiet", "naturally", "beach", "dislikes: museum", "<memory>\\n", "voice: warm"):
        assert old not in now, old


async def test_what_claude_looks_up_is_shown_with_its_facts_and_checked(trip: Whole) -> None:
    trip.claude.plan(
        uses("search_hotels", location="Mombasa", check_in_date="2027-03-01", check_out_date="2027-03-03"),
        says("There are rooms. The Sultan's Palace costs KES 7. The sea is near."),
    )
    await trip.say("trip", "Ana", "Zuri, a hotel in Mombasa from 1 to 3 March 2027")
    assert "There are rooms. The sea is near." in trip.texts("trip")
    cards = [o.content.card for o in trip.channel.sent if o.content.card and o.content.card.facts]
    assert cards and cards[0].facts[0].source
    assert trip.claude.refused == []


@pytest.mark.parametrize("kind", ["down", "refused", "timeout"])
async def test_a_fault_of_the_brain_is_outlived_by_the_offline_brain(trip: Whole, kind: str) -> None:
    await trip.faults.add("brain", kind, by=5)
    trip.channel.sent.clear()
    await trip.say("trip", "Ana", "Zuri, the weather in Mombasa tomorrow?")
    assert [o for o in trip.channel.sent if o.content.card and "Mombasa" in o.content.card.title]
    assert not [t for t in trip.texts("trip") if "Happy to help" in t]
    assert await trip.faults.list() == [], "it was taken"
    await trip.later(minutes=5)
    await trip.say("trip", "Ana", "Zuri, hello")
    assert "Happy to help. Tell me where you would like to go." in trip.texts("trip")[-1]


async def test_people_in_the_simulator_hear_claude_and_without_it_the_same_personas(tmp_path: Path) -> None:
    async with running_emulator() as claude:
        given = {"ANTHROPIC_API_KEY": KEY, "ANTHROPIC_BASE_URL": claude.url, "ANTHROPIC_MODEL": "claude-haiku-5-5"}
        house = Caravan(tmp_path, **given).start()
        try:
            made = await house.post("places", title="Coast", people=["Ana"], kind="group")
            place = made["place"]
            for text in ("/persona new Zuri", "warm", "beach", "skip", "skip", "Zuri, hello"):
                await house.post("say", place=place, as_="Ana", text=text)
                await soon(lambda: _idle(house, place))
            assert claude.requests[-1]["model"] == "claude-haiku-5-5" and claude.refused == []
            assert "Happy to help" in await _last(house, place)
        finally:
            house.stop()
        assert KEY not in house.log and "Traceback" not in house.log
    house.given.clear()
    house.start()
    try:
        await house.post("say", place=place, as_="Ana", text="Zuri, hello")
        await soon(lambda: _idle(house, place))
        assert "Happy to help" not in await _last(house, place)
    finally:
        house.stop()


async def _idle(house: Caravan, place: str) -> bool:
    return bool((await house.get("transcript", place=place))["idle"])


async def _last(house: Caravan, place: str) -> str:
    entries = (await house.get("transcript", place=place))["entries"]
    return str(next(e["text"] for e in reversed(entries) if e["author"] == "Zuri"))
