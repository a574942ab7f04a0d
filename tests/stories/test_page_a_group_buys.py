"""Buying by clicking: two pay, one declines and is covered, all is booked, papers open, one thing goes back."""

import pytest
from playwright.async_api import BrowserContext, Locator, Page, expect

from tests.stories.caravan import Caravan
from tests.stories.window import Window

pytestmark = pytest.mark.asyncio(loop_scope="session")

ASKED = "Caravan, find hotels in Mombasa from 12 March 2027 for 2 nights, 2 people"


async def test_two_people_buy_a_stay_and_give_it_back(own_caravan: Caravan, people: BrowserContext) -> None:
    ana, ben = await together(own_caravan, people)
    await ana.say(ASKED)
    await press(ana, "Hotels in Mombasa", "Details 1")
    await press(ana, "2 nights, for 2", "Add to cart")
    await press(ana, "Each of 2", "Pay KES")
    await press(ana, "Who pays?", "Split")
    for window in (ana, ben):
        await expect(card(window, "Your part of")).to_be_visible()
    await expect(ana.page.locator(".card-title", has_text="Your part of")).to_have_count(1)

    await checkout(people, ben, "Your part of", "Decline")
    await expect(card(ben, "did not go through")).to_be_visible()
    await expect(card(ana, "did not go through")).to_have_count(0)
    await press(ana, "0 of 2 have paid", "Pay for Ben")
    await checkout(people, ana, "Ben's part of", "Pay")
    await expect(card(ben, "Ben (paid by Ana)")).to_be_visible()
    await checkout(people, ana, "Your part of", "Pay")
    for window in (ana, ben):
        await expect(card(window, "✅ Booked:")).to_be_visible()
        await expect(card(window, "2 of 2 have paid")).to_be_visible()

    voucher = ben.page.get_by_role("link", name="voucher-").first
    await expect(voucher).to_be_visible()
    file = await ben.page.request.get(str(await voucher.evaluate("link => link.href")))
    assert (await file.body())[:5] == b"%PDF-"

    await press(ana, "✅ Booked:", "Cancel CV-")
    await press(ana, "Cancel", "Cancel and refund")
    await expect(ana.message("has been given back to you").first).to_be_visible()
    await expect(card(ben, "Cancelled:").or_(ben.message("Cancelled:")).first).to_be_visible()
    assert ana.errors == [] and ben.errors == []


async def test_the_checkout_page_fits_a_phone_and_the_keyboard(own_caravan: Caravan, people: BrowserContext) -> None:
    ana, _ = await together(own_caravan, people)
    await ana.say(ASKED)
    await press(ana, "Hotels in Mombasa", "Details 2")
    await press(ana, "2 nights, for 2", "Add to cart")
    await press(ana, "Each of 2", "Pay KES")
    await press(ana, "Who pays?", "I pay KES")
    page = await opened(people, ana, "Your part of")
    await page.set_viewport_size({"width": 320, "height": 640})
    assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    await expect(page.get_by_text("no real money")).to_be_visible()
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("button", name="Pay KES")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    await expect(card(ana, "✅ Booked:")).to_be_visible()


async def together(caravan: Caravan, people: BrowserContext) -> tuple[Window, Window]:
    """Ana and Ben in one place, a window each."""
    place = await caravan.place("The coast", "Ana", "Ben")
    ana = await Window.open(people, caravan.url, "Ana", place)
    return ana, await Window.open(people, caravan.url, "Ben", place)


def card(window: Window, text: str) -> Locator:
    """The newest card with these words in it."""
    return window.page.locator(".message").filter(has_text=text).last


async def press(window: Window, about: str, label: str) -> None:
    """Press the button that begins so, on the newest message with these words."""
    await window.page.bring_to_front()
    button = card(window, about).get_by_role("button", name=label).first
    await expect(button).to_be_visible()
    await button.click()


async def opened(people: BrowserContext, window: Window, about: str) -> Page:
    """The checkout page behind the link of a private card."""
    await window.page.bring_to_front()
    link = card(window, about).get_by_role("link", name="Pay KES").first
    await expect(link).to_be_visible()
    async with people.expect_page() as page:
        await link.click()
    return await page.value


async def checkout(people: BrowserContext, window: Window, about: str, action: str) -> None:
    """Follow the link of a private card and decide there."""
    page = await opened(people, window, about)
    await page.get_by_role("button", name=action).click()
    await expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    await page.close()
