"""Ana, Ben and Chi on WhatsApp, where there are no groups: one trip, two personas, a plan, a vote by digits, and Chi,
who has not written for a day, is asked in by a template. The whole application at the emulated Twilio."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.emulators.twilio import FROM, SID, TOKEN, Emulator, running_emulator
from tests.stories.caravan import Caravan
from tests.waiting import soon

EVERYBODY = ("Ana", "Ben", "Chi")


class WhatsApp:
    """The people's phones."""

    def __init__(self, house: Caravan, twilio: Emulator) -> None:
        self.house, self.twilio = house, twilio

    async def say(self, name: str, text: str) -> str:
        return await self.twilio.people.say(name, text)

    def texts(self, name: str) -> list[str]:
        """What a person has from us, oldest first."""
        return [m.body for m in self.twilio.world.with_person(name) if m.outbound]

    async def has(self, name: str, words: str, after: int = 0) -> str:
        """The first message from us with these words, when it has come."""

        async def found() -> str:
            return next((t for t in self.texts(name)[after:] if words.casefold() in t.casefold()), "")

        try:
            return str(await soon(found))
        except AssertionError:
            raise AssertionError(f"{name} never got {words!r}: {self.texts(name)[after:]}") from None

    async def later(self, hours: int) -> None:
        """Time passes everywhere, when all that was said has arrived."""
        await self.twilio.hooks.settled()
        self.twilio.world.later(hours=hours)
        async with aiohttp.ClientSession() as session:
            answer = await session.post(f"{self.house.url}/simulator/clock", json={"advance": f"PT{hours}H"})
            assert answer.status == 200


@pytest.fixture
async def whatsapp(tmp_path: Path) -> AsyncIterator[WhatsApp]:
    async with running_emulator() as twilio:
        house = Caravan(
            tmp_path, TWILIO_ACCOUNT_SID=SID, TWILIO_AUTH_TOKEN=TOKEN, TWILIO_WHATSAPP_FROM=FROM,
            TWILIO_API_BASE=twilio.url, SIMULATOR="1",
        )  # fmt: skip
        house.given["PUBLIC_URL"] = house.url
        house.start()
        twilio.people.webhook = f"{house.url}/hooks/whatsapp"
        try:
            yield WhatsApp(house, twilio)
            assert twilio.refused == [] and "Traceback" not in house.log
            assert TOKEN not in house.log and "ferry" not in house.log
        finally:
            await twilio.hooks.settled()
            house.stop()


async def begun(w: WhatsApp) -> None:
    """Ana begins a trip; Ben and Chi come by its links."""
    for name in EVERYBODY[1:]:
        before = len(w.texts("Ana"))
        await w.say("Ana", "/link")
        code = re.search(r"text=join%20([A-Z2-9]{8})", await w.has("Ana", "wa.me", before))
        assert code is not None
        await w.say(name, f"join {code[1]}")
        await w.has("Ana", "has joined", before)


async def persona(w: WhatsApp, owner: str, name: str, tastes: str) -> None:
    before = len(w.texts(owner))
    await w.say(owner, f"/persona new {name}")
    for text in ("warm", tastes, "skip", "skip"):
        await w.say(owner, text)
    await w.has(owner, name, before)


async def test_three_people_plan_vote_and_one_is_asked_in(whatsapp: WhatsApp) -> None:
    w = whatsapp
    await begun(w)
    await w.say("Ben", "shall we go to the coast?")
    assert await w.has("Ana", "coast") == await w.has("Chi", "coast") == "*Ben:* shall we go to the coast?"
    assert not [t for t in w.texts("Ben") if "shall we" in t], "nobody hears themselves"

    await persona(w, "Ana", "Zuri", "quiet beaches")
    await persona(w, "Ben", "Biko", "museums")
    await w.say("Ana", "Zuri, what would you do?")
    await w.say("Ben", "Biko, and you?")
    for name in EVERYBODY:
        assert (await w.has(name, "*Zuri:*")) and (await w.has(name, "*Biko:*"))

    await w.say("Ana", "/poll Where to? Lamu, Diani or Watamu")
    for name in EVERYBODY:
        assert "2. Diani" in await w.has(name, "1. Lamu")
    await w.say("Ana", "2")
    await w.has("Chi", "Diani — 1 vote")
    await w.say("Ben", "Diani")
    await w.has("Chi", "Diani — 2 votes")
    [*_, poll] = [m for m in w.twilio.world.with_person("Chi") if m.buttons]
    await w.twilio.people.press("Chi", poll.sid, "Diani")
    for name in EVERYBODY:
        await w.has(name, "Diani — 3 votes")

    await w.later(hours=25)
    for name in ("Ana", "Ben"):
        await w.say(name, "good morning")
    await w.say("Ana", "the ferry leaves at 7")
    await w.say("Ben", "and bring water")
    await w.has("Ben", "ferry")
    asked = await w.has("Chi", "Hello Chi")
    assert "your trip" in asked and not [t for t in w.texts("Chi") if "ferry" in t or "morning" in t]
    template = w.twilio.world.with_person("Chi")[-1]
    w.house.stop()  # what waits is in the Store
    w.house.start()
    await w.twilio.people.press("Chi", template.sid, "Read it")
    await w.has("Chi", "bring water")
    said = [t for t in w.texts("Chi") if t.startswith("*")]
    assert said[-4:] == [
        "*Ana:* good morning", "*Ben:* good morning", "*Ana:* the ferry leaves at 7", "*Ben:* and bring water",
    ]  # fmt: skip


async def test_one_who_wants_less_gets_one_message_and_their_own_name_at_once(whatsapp: WhatsApp) -> None:
    w = whatsapp
    await begun(w)
    await w.say("Chi", "/digest 30")
    await w.has("Chi", "every 30 minutes")
    for text in ("the ferry leaves at 7", "bring water", "Chi, have you a hat?"):
        await w.say("Ana", text)
    await w.has("Chi", "hat")
    assert not [t for t in w.texts("Chi") if "ferry" in t]
    await w.later(hours=1)
    told = await w.has("Chi", "meanwhile")
    assert "ferry" in told and "water" in told and "hat" not in told
