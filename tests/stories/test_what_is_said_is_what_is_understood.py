"""Fifty utterances said to a persona in the simulator do what `app.py understand` says that they mean."""

import asyncio
import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.stories.caravan import ROOT, Caravan
from tests.stories.group import Simulator

SAID = {
    "flights from Nairobi to Mombasa on 12 March": "search_flights",
    "find me a flight from London to Lisbon next Friday for two": "search_flights",
    "I need to fly from Kisumu to Nairobi tomorrow": "search_flights",
    "can you book us plane tickets to Paris from Madrid on 3 May?": "search_flights",
    "show me flights NBO to MBA on 12 dec": "search_flights",
    "what flights are there from Cape Town to Johannesburg on 9 April": "search_flights",
    "hotels in Mombasa from 1 March for 3 nights": "search_hotels",
    "find a hotel in Lisbon for 2 people from 10 May for two nights": "search_hotels",
    "I need a place to stay in Kisumu tomorrow": "search_hotels",
    "where can we sleep in Nairobi on Friday? we need a room": "search_hotels",
    "book two rooms in Tokyo from 2 April to 5 April": "search_hotels",
    "a cheap hotel in Diani for 4 from 5 March": "search_hotels",
    "buses from Nairobi to Mombasa on Sunday": "search_buses",
    "is there a bus from Nairobi to Kisumu tomorrow?": "search_buses",
    "I want to take a coach from Madrid to Lisbon on 4 May": "search_buses",
    "get me bus tickets from Nairobi to Eldoret for 3 on 12 March": "search_buses",
    "show me the buses from Mombasa to Nairobi next Monday": "search_buses",
    "a taxi from Mombasa airport to Diani tomorrow": "search_transfers",
    "I need a ride from Nairobi airport to Westlands on 1 March": "search_transfers",
    "get us a transfer from Lisbon airport to Lisbon on 10 May": "search_transfers",
    "can you get me a cab to the airport in Mombasa tomorrow?": "search_transfers",
    "events in Nairobi this weekend": "search_events",
    "what concerts are there in Lisbon on 11 May?": "search_events",
    "find a comedy show in Mombasa on 2 March": "search_events",
    "is there a football match in Nairobi on Saturday?": "search_events",
    "find live music in Kisumu tomorrow": "search_events",
    "things to do in Mombasa on 2 March": "search_activities",
    "find attractions in Tokyo": "search_activities",
    "what can we see in Cape Town on 16 September?": "search_activities",
    "show me museums in Lisbon": "search_activities",
    "activities in Diani for 4 people tomorrow": "search_activities",
    "restaurants in Mombasa on 2 March": "search_restaurants",
    "where can we eat in Nairobi tonight?": "search_restaurants",
    "find a seafood restaurant in Lisbon": "search_restaurants",
    "book a table for two in Kisumu tomorrow": "search_restaurants",
    "I want Italian food in Nairobi tomorrow": "search_restaurants",
    "what is the weather in Mombasa on 2 March?": "get_weather",
    "will it rain in Nairobi tomorrow?": "get_weather",
    "weather in Lisbon": "get_weather",
    "how hot will it be in Kisumu on Friday?": "get_weather",
    "plan 2 days in Mombasa for 2 from 5 March": "create_itinerary",
    "make me an itinerary for Lisbon, 3 days, from 10 May": "create_itinerary",
    "plan a weekend in Kisumu for two people": "create_itinerary",
    "what can you do?": "help",
    "who is here?": "members",
    "see you tomorrow then": "",
    "I had such a long day at work": "",
    "my sister loved Lisbon last year": "",
    "thanks, that was lovely": "",
    "do you like pizza?": "",
}


def understood(texts: list[str]) -> list[str]:
    """The intents that `app.py understand` gives, "" for none."""
    today = datetime.now(UTC).date().isoformat()
    asked = "".join(json.dumps({"text": text, "today": today}) + "\n" for text in texts)
    ran = subprocess.run(
        [sys.executable, "app.py", "understand"], cwd=ROOT, input=asked.encode(), capture_output=True, timeout=120
    )
    return [json.loads(line)["intent"] or "" for line in ran.stdout.splitlines()]


def test_fifty_utterances_are_understood() -> None:
    assert len(SAID) == 50
    wrong = {text: found for text, found in zip(SAID, understood(list(SAID)), strict=True) if found != SAID[text]}
    assert not wrong


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fifty")


async def test_what_is_said_in_the_simulator_does_what_was_understood(running: Path) -> None:
    caravan = Caravan(running).start()
    try:
        async with Simulator(caravan.url) as simulator:
            await simulator.group("Ana owns this Caravan: she reads what was run", ["Ana"])
            groups = [_said_in(simulator, number, list(SAID)[number::5]) for number in range(5)]
            done = {text: ran for told in await asyncio.gather(*groups) for text, ran in told.items()}
    finally:
        caravan.stop()
    wrong = {text: done[text] for text, meant in SAID.items() if done[text] != meant}
    assert not wrong, json.dumps(wrong, indent=1, ensure_ascii=False)


async def _said_in(simulator: Simulator, number: int, texts: list[str]) -> dict[str, str]:
    """What each text made a persona run, by the owner's /why; another's words end what the last one was about."""
    group = await simulator.group(f"Fifty {number}", ["Ana", "Ben"])
    await group.say("Ana", f"Caravan, create a persona called Zuri{'abcde'[number]} who loves beaches")
    done = {}
    for text in texts:
        await group.say("Ana", f"Zuri{'abcde'[number]}, {text}")
        done[text] = _ran((await group.say("Ana", "/why")).cards[-1].lines[-1])
    return done


def _ran(line: str) -> str:
    found = re.search(r"ran (\w+)", line)
    return found[1] if found else ""
