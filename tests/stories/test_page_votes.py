"""A vote on the page: counts that everybody sees change, by mouse, by keyboard and on a phone."""

import pytest
from playwright.async_api import BrowserContext, Locator, expect

from tests.stories.caravan import Caravan
from tests.stories.test_page_by_keyboard_and_on_a_phone import PHONE, sideways
from tests.stories.window import Window

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def opened(caravan: Caravan, people: BrowserContext, words: str) -> tuple[Window, Window, str]:
    """Ana's and Ben's windows on a group of three in which Ana has opened a vote; and its place."""
    place = await caravan.place("Friday", "Ana", "Ben", "Cy")
    ana = await Window.open(people, caravan.url, "Ana", place)
    ben = await Window.open(people, caravan.url, "Ben", place)
    await ana.say(words)
    await expect(option(ana, "museum")).to_be_visible()
    return ana, ben, place


def option(window: Window, label: str, card: int = -1) -> Locator:
    """A choice of the newest vote."""
    return window.page.locator(".poll").nth(card).get_by_role("button", name=f"Vote for {label}")


def state(window: Window, card: int = -1) -> Locator:
    return window.page.locator(".poll").nth(card).locator(".poll-state")


async def test_votes_are_seen_by_all_changed_and_decided(caravan: Caravan, people: BrowserContext) -> None:
    ana, ben, place = await opened(caravan, people, "/poll beach or museum")
    await expect(state(ana)).to_have_text("0 votes · closes in 24 h · 0 of 2 needed")
    await option(ana, "beach").dblclick()
    await expect(option(ben, "beach")).to_have_accessible_name("Vote for beach: 1 vote")
    await expect(state(ben)).to_contain_text("1 of 2 needed")
    await ben.page.bring_to_front()
    await option(ben, "museum").click()
    await expect(option(ana, "museum: 1 vote")).to_be_visible()
    await option(ben, "beach").click()
    await expect(option(ana, "beach: 2 votes")).to_be_visible()
    await option(ben, "beach").click(delay=30)
    await expect(option(ana, "beach: 1 vote")).to_be_visible()
    await option(ben, "beach").press("Enter")
    cy = await Window.open(people, caravan.url, "Cy", place)
    await option(cy, "museum").click()
    await ana.sees("wins with 2 votes of 3")
    await expect(ana.page.locator(".poll .option.winner")).to_have_attribute("aria-label", "beach: 2 votes, the winner")
    await expect(ana.page.get_by_role("button", name="Vote for")).to_have_count(0)
    assert ana.errors == ben.errors == cy.errors == []


async def test_a_vote_counts_though_another_counts_while_the_button_is_held(
    caravan: Caravan, people: BrowserContext
) -> None:
    ana, ben, _ = await opened(caravan, people, "/poll beach or museum")
    await ben.page.bring_to_front()
    await option(ben, "museum").hover()
    await ben.page.mouse.down()
    await ana.page.bring_to_front()
    await option(ana, "beach").click()
    await expect(option(ana, "beach: 1 vote")).to_be_visible()
    await ben.page.bring_to_front()
    await ben.page.wait_for_timeout(1500)
    await expect(option(ben, "beach: 0 votes")).to_be_visible()
    await ben.page.mouse.up()
    await expect(option(ben, "beach: 1 vote")).to_be_visible()
    await expect(option(ana, "museum: 1 vote")).to_be_visible()
    assert ana.errors == ben.errors == []


async def test_a_vote_is_cast_and_closed_by_keyboard_and_told_to_a_screen_reader(
    caravan: Caravan, people: BrowserContext
) -> None:
    ana, ben, _ = await opened(caravan, people, "/poll beach or museum, quorum 1")
    await ana.page.bring_to_front()
    await ana.page.locator(".log").focus()
    await ana.page.keyboard.press("ArrowUp")
    await ana.page.keyboard.press("Enter")
    await expect(option(ana, "beach")).to_be_focused()
    await ana.page.keyboard.press("Tab")
    await ana.page.keyboard.press("Enter")
    await expect(option(ana, "museum: 1 vote")).to_be_focused()
    await expect(ben.page.locator("#live")).to_have_text("Which one? beach: 0 votes. museum: 1 vote")
    await ana.page.keyboard.press("Tab")
    await ana.page.keyboard.press("Enter")
    await ana.sees("Close the vote now? 1 of 3 have voted, 1 are needed.")
    await ana.message("Close the vote now?").get_by_role("button", name="Close now").press("Enter")
    await ben.sees("museum wins with 1 vote of 1")
    await ben.sees("Ana has closed the vote.")
    await expect(ben.message("Close the vote now?")).to_have_count(0)
    assert ana.errors == ben.errors == []


async def test_a_vote_fits_a_phone(caravan: Caravan, people: BrowserContext) -> None:
    long = "the guest house with the long name beside the old harbour"
    ana, *_ = await opened(caravan, people, f"/poll {long} or museum or safari")
    await ana.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert await sideways(ana.page) == 0
    for label in (long, "museum", "safari"):
        box = await option(ana, label).bounding_box()
        assert box and box["height"] >= 40 and box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
    await option(ana, "safari").click()
    await expect(option(ana, "safari: 1 vote")).to_be_visible()
    assert ana.errors == []
