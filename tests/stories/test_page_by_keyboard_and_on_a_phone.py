"""Everything on the page without a mouse, and on the width of a small phone."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Page, Route, expect

from tests.stories.caravan import Caravan
from tests.stories.window import Window

PHONE = {"width": 360, "height": 740}

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def page(people: BrowserContext) -> AsyncIterator[Page]:
    yield await people.new_page()


async def test_a_thread_is_made_and_talked_in_by_keyboard_alone(caravan: Caravan, page: Page) -> None:
    ana = Window(page, caravan.url)
    await page.goto(caravan.url)
    press = page.keyboard.press
    await press("Tab")
    await expect(page.get_by_role("button", name="Skip to the conversation")).to_be_focused()
    await press("Enter")
    await expect(page.get_by_role("button", name="New thread")).to_be_focused()
    await press("Enter")
    await page.keyboard.type("Lamu")
    for _ in range(3):
        await press("Tab")  # kind, the first chip's field
        if await page.evaluate("document.activeElement.id") == "chips-input":
            break
    await page.keyboard.type("Ben,Chi")
    await press("Enter")
    await press("Backspace")
    await press("Enter")
    await expect(ana.composer).to_be_focused()
    [lamu] = [p for p in (await caravan.get("places"))["places"] if p["title"] == "Lamu"]
    assert lamu["people"] == ["Ana", "Ben"]
    await ana.sees("Welcome to Caravan")
    await page.keyboard.type("Dhow or bus?")
    await press("Shift+Enter")
    await page.keyboard.type("I prefer the dhow")
    await press("Enter")
    await ana.sees("I prefer the dhow")
    await press("ArrowUp")
    await expect(page.get_by_text("Edit message")).to_be_visible()
    await press("Escape")
    await expect(ana.composer).to_have_value("")
    await page.keyboard.type("Or the plane")
    await press("Enter")
    await ana.sees("Or the plane")
    await page.locator(".log").focus()
    await press("ArrowUp")
    await expect(ana.message("Or the plane")).to_be_focused()
    await press("ArrowUp")
    await expect(ana.message("I prefer the dhow")).to_be_focused()
    await press("r")
    await expect(ana.composer).to_be_focused()
    await page.keyboard.type("Seriously")
    await press("Enter")
    await expect(ana.message("Seriously").locator(".quote")).to_contain_text("Dhow or bus?")
    assert await caravan.texts(lamu["place"]) == ["Dhow or bus?\nI prefer the dhow", "Or the plane", "Seriously"]
    assert ana.errors == []


async def test_panels_and_menus_close_with_escape_and_give_the_focus_back(caravan: Caravan, page: Page) -> None:
    await page.goto(caravan.url)
    for name in ("World: clock and faults", "Speak as"):
        button = page.get_by_role("button", name=name, exact=True)
        await button.focus()
        await page.keyboard.press("Enter")
        await expect(button).not_to_be_focused()
        await page.keyboard.press("Escape")
        await expect(button).to_be_focused()


async def test_whoever_turns_up_while_names_are_chosen_takes_the_focus_from_nobody(
    caravan: Caravan, page: Page
) -> None:
    await page.goto(f"{caravan.url}/#as=Ana")
    await page.get_by_role("button", name="Speak as", exact=True).press("Enter")
    ana = page.get_by_role("button", name="Ana", exact=True)
    await expect(ana).to_be_focused()
    await caravan.place("Tana", "Ana", "Komora")
    await expect(page.get_by_role("button", name="Komora", exact=True)).to_be_visible()
    await expect(ana).to_be_focused()
    typed = page.get_by_label("Name of somebody new")
    await typed.fill("Fatu")
    await caravan.place("Tana", "Ana", "Buya")
    await expect(page.get_by_role("button", name="Buya", exact=True)).to_be_visible()
    await expect(typed).to_have_value("Fatu")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Speak as", exact=True)).to_be_focused()


async def test_new_words_are_told_to_a_screen_reader(caravan: Caravan, page: Page) -> None:
    place = await caravan.place("Aloud", "Ana", "Ben")
    ana = Window(page, caravan.url)
    await page.goto(f"{caravan.url}/#as=Ana&place={place}")
    await ana.say("Anybody there?")
    await ana.sees("Anybody there?")
    await caravan.post("say", place=place, as_="Ben", text="**Here** I am")
    await expect(page.locator("#live")).to_have_text("Ben: Here I am")
    unnamed = "[...document.querySelectorAll('button, a, input, textarea, select')].filter(n => !n.ariaHidden"
    unnamed += (
        " && n.checkVisibility() && !(n.ariaLabel || n.textContent.trim() || n.labels?.length)).map(n => n.outerHTML)"
    )
    assert await page.evaluate(unnamed) == []


async def test_on_a_phone_the_list_leads_to_the_talk_and_back_and_nothing_is_cut_off(
    caravan: Caravan, page: Page
) -> None:
    place = await caravan.place("W" * 60, "Dan", "Eve")
    await caravan.post("say", place=place, as_="Eve", text="a" * 300 + "\n\n```\n" + "b" * 200 + "\n```")
    await page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    dan = Window(page, caravan.url)
    await page.goto(f"{caravan.url}/#as=Dan")
    await expect(dan.composer).not_to_be_visible()
    assert await sideways(page) == 0
    await page.get_by_role("link", name="W" * 60).click()
    await expect(page.get_by_role("navigation", name="Threads")).not_to_be_visible()
    await dan.say("Read on the bus")
    await dan.sees("Read on the bus")
    assert await sideways(page) == 0
    box = await dan.composer.bounding_box()
    assert box and box["y"] + box["height"] <= PHONE["height"] and box["height"] >= 40
    await page.get_by_role("button", name="People and personas in this thread").click()
    assert await sideways(page) == 0
    await page.get_by_role("button", name="Close").click()
    await page.get_by_role("button", name="All threads").click()
    await expect(page.get_by_role("navigation", name="Threads")).to_be_visible()
    assert dan.errors == []


async def test_a_stranger_on_a_phone_is_welcomed_too(caravan: Caravan, page: Page) -> None:
    await page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    await page.goto(f"{caravan.url}/#as=Somebody")
    await page.get_by_role("button", name="Start with Ana, Ben and Chi").click()
    await expect(page.get_by_label("Title")).to_have_value("Mombasa in March")
    assert await sideways(page) == 0


async def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(await page.evaluate("document.documentElement.scrollWidth - innerWidth"))


async def test_whoever_types_a_name_in_another_way_is_that_person(caravan: Caravan, page: Page) -> None:
    place = await caravan.place("Watamu", "Zawadi", "Eve")
    zawadi, known = Window(page, caravan.url), asyncio.Event()

    async def late(route: Route) -> None:
        await known.wait()
        await route.continue_()

    await page.route("**/simulator/people*", late)
    await page.goto(f"{caravan.url}/#as=zAWADI&place={place}")
    await zawadi.say("It is me")
    await zawadi.sees("It is me")
    await zawadi.composer.fill("Whoever asks")
    known.set()
    await expect(page.get_by_role("button", name="Speak as").get_by_text("Zawadi", exact=True)).to_be_visible()
    await zawadi.composer.press("Enter")
    await zawadi.sees("Whoever asks")
    assert await caravan.texts(place) == ["It is me", "Whoever asks"]
    assert zawadi.errors == []
