"""The page and the chat are one choice: whoever speaks Swahili to Caravan reads the page in Swahili too."""

import pytest
from playwright.async_api import BrowserContext, expect

from tests.stories.caravan import Caravan
from tests.stories.window import Window

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_choice_in_the_chat_is_the_pages_too_and_the_other_way_round(
    caravan: Caravan, people: BrowserContext
) -> None:
    place = await caravan.place("Lugha", "Furaha")
    furaha = await Window.open(people, caravan.url, "Furaha", place)
    await furaha.say("/language sw")
    await furaha.sees("Sawa, Furaha")
    await expect(furaha.page.locator("html")).to_have_attribute("lang", "sw")
    await expect(furaha.page.get_by_role("textbox", name="Ujumbe")).to_be_visible()
    await expect(furaha.page.get_by_text("Hakuna nafasi inayowekwa kweli")).to_be_visible()
    await furaha.page.get_by_role("textbox", name="Ujumbe").fill("bado sijatuma")
    await furaha.page.get_by_role("button", name="Zungumza kama").click()
    await furaha.page.get_by_role("button", name="English").click()
    await furaha.sees("From now on I write to you in English")
    await expect(furaha.composer).to_have_value("bado sijatuma")
    await expect(furaha.page.locator("html")).to_have_attribute("lang", "en")
    assert furaha.errors == []
