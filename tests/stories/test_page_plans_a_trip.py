"""The whole job by clicking: a thread, two personas, a plan whose facts are the world's own; and its picture."""

import os
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Locator, expect

from tests.stories.caravan import ROOT, Caravan
from tests.stories.window import Window

pytestmark = pytest.mark.asyncio(loop_scope="session")

PICTURE = ROOT / "docs" / "page.png"
WISH = "Zuri, 3 days in Mombasa for 4 in March, beach and food, not more than 60k shillings each"


async def test_a_group_makes_two_personas_and_gets_a_plan_day_by_day(
    own_caravan: Caravan, people: BrowserContext, tmp_path: Path
) -> None:
    caravan = own_caravan
    for title, text in (
        ("Naivasha by bicycle", "Saturday at six, bring a helmet"),
        ("Lamu", "The dhow leaves at nine"),
    ):
        place = await caravan.place(title, "Ana", "Ben")
        await caravan.post("say", place=place, as_="Ben", text=text)
    ana = await Window.open(people, caravan.url)
    await ana.page.get_by_role("button", name="Start with Ana, Ben and Chi").click()
    await ana.page.get_by_role("button", name="Create", exact=True).click()
    await ana.message("Welcome to Caravan").get_by_role("button", name="Create a persona").click()
    await describe(ana, "Zuri", "warm", "beach, food, no museums", "middle", "relaxed", time=1)
    await ana.say("/persona new")
    await describe(ana, "Kito", "dry", "museums, history, old towns", "low", "cultural", time=2)
    await ana.page.get_by_role("button", name="People and personas in this thread").click()
    await expect(ana.page.get_by_role("heading", name="Personas · 2")).to_be_visible()
    async with people.expect_page() as opened:
        await ana.page.get_by_role("link", name="Second window as Ben").click()
    ben = Window(await opened.value, caravan.url)
    await ana.page.bring_to_front()
    await ana.page.get_by_role("button", name="Close").click()
    await ben.say("I only need sand and a mango")
    await ana.sees("I only need sand and a mango")
    await ana.say(WISH)
    for day in (1, 2, 3):
        await expect(heading(ana, f"Day {day} · ")).to_be_visible()
        await expect(heading(ben, f"Day {day} · ")).to_be_visible()
    await expect(ana.page.locator(".message.persona .name").first).to_have_text("Zuri")
    await expect(ana.page.locator(".typing")).to_be_hidden()
    await every_fact_is_in_the_world(caravan, ana)
    picture = await take_picture(ana, tmp_path)
    assert picture.stat().st_size > 20_000
    await ben.page.bring_to_front()
    cards = await ben.page.locator(".card-title").count()
    await ben.page.locator(".message", has=heading(ben, "Day 2 · ")).get_by_role("button", name="Redo this day").click()
    await expect(ben.page.locator(".card-title").nth(cards)).to_be_visible()
    await ben.page.reload()
    await expect(heading(ben, "Day 3 · ")).to_be_visible()
    assert ana.errors == []


async def describe(window: Window, name: str, voice: str, tastes: str, money: str, style: str, *, time: int) -> None:
    """Answers the questions about a new persona: words where words are asked for, else a button.

    `time`: how often these questions were asked by then."""
    await window.sees("What shall your persona be called?", times=time)
    await window.say(name)
    await choose(window, "How should it talk?", voice, time)
    await window.sees("What does it like and avoid?", times=time)
    await window.say(tastes)
    await choose(window, "How does it look at money?", money, time)
    await choose(window, "how does it like to travel?", style, time)
    await window.sees(f"{name} is ready")


async def choose(window: Window, question: str, answer: str, time: int) -> None:
    """Waits for a question and presses an answer under it."""
    await window.sees(question, times=time)
    await window.message(question).last.get_by_role("button", name=answer, exact=True).click()


def heading(window: Window, words: str) -> Locator:
    """The newest card whose title begins with these words."""
    return window.page.get_by_role("heading", name=words).last


async def every_fact_is_in_the_world(caravan: Caravan, window: Window) -> None:
    """Each fact on a card that a supplier gave is found in the supplier's own record."""
    place = (await caravan.get("places", as_="Ana"))["places"]
    here = next(p["place"] for p in place if "Kito" in p["personas"])
    entries = (await caravan.get("transcript", place=here, as_="Ana"))["entries"]
    facts = [fact for entry in entries for fact in entry.get("card", {}).get("facts", [])]
    bought = [fact for fact in facts if fact["source"] != "Caravan"]
    assert len(bought) >= 12
    for fact in bought:
        record = await caravan.get("world", ref=fact["ref"], at=fact["fetched_at"])
        assert "error" not in record, fact
    await expect(window.page.locator(".many-facts, .facts").first).to_be_visible()


async def take_picture(window: Window, scratch: Path) -> Path:
    """The picture of the README; it is replaced only when PICTURES is set."""
    await window.page.set_viewport_size({"width": 1280, "height": 1000})
    await window.message(WISH).evaluate("node => node.scrollIntoView({ block: 'start' })")
    await window.page.mouse.move(700, 20)
    path = PICTURE if os.environ.get("PICTURES") else scratch / PICTURE.name
    await window.page.screenshot(path=path)
    return path
