"""A reload, a server that goes away and comes back: nothing is missed and nothing is said twice."""

import pytest
from playwright.async_api import BrowserContext, expect

from tests.stories.caravan import Caravan
from tests.stories.window import Window

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_what_is_said_while_the_server_is_away_arrives_once_when_it_is_back(
    own_caravan: Caravan, people: BrowserContext
) -> None:
    place = await own_caravan.place("Storm", "Ana", "Ben")
    ana = await Window.open(people, own_caravan.url, "Ana", place)
    await ana.say("before")
    await ana.sees("before")
    own_caravan.stop()
    await expect(ana.page.get_by_role("main").get_by_text("Reconnecting…")).to_be_visible()
    await ana.say("during the storm")
    await ana.say("still raining")
    await expect(ana.message("still raining")).to_be_visible()
    own_caravan.start()
    await own_caravan.post("say", place=place, as_="Ben", text="after")
    await expect(ana.page.get_by_role("main").get_by_text("Reconnecting…")).to_be_hidden()
    for text in ("before", "during the storm", "still raining", "after"):
        await ana.sees(text)
    await expect(ana.page.locator(".pending")).to_have_count(0)
    said = [text for text in await own_caravan.texts(place) if text != "after"]
    assert said == ["before", "during the storm", "still raining"]
    await ana.page.reload()
    for text in ("before", "during the storm", "still raining", "after"):
        await ana.sees(text)


async def test_words_waiting_when_the_window_was_closed_are_said_by_the_next_one(
    caravan: Caravan, people: BrowserContext
) -> None:
    place = await caravan.place("Closed", "Ana")
    ana = await Window.open(people, caravan.url, "Ana", place)
    await expect(ana.page.get_by_role("heading", name="Closed").first).to_be_visible()
    await ana.page.route("**/simulator/say", lambda route: route.abort())
    await ana.say("not yet out")
    await expect(ana.message("not yet out").locator(".delivery")).to_contain_text("Not sent yet")
    await ana.page.close()
    assert await caravan.texts(place) == []
    again = await Window.open(people, caravan.url, "Ana", place)
    await again.sees("not yet out")
    await expect(again.page.locator(".pending")).to_have_count(0)
    assert await caravan.texts(place) == ["not yet out"]


async def test_an_answer_that_is_lost_on_its_way_does_not_make_it_said_twice(
    caravan: Caravan, people: BrowserContext
) -> None:
    place = await caravan.place("Lost answers", "Ana")
    ana = await Window.open(people, caravan.url, "Ana", place)
    lost = []

    async def lose_the_first(route: object) -> None:
        if lost:
            await route.continue_()  # type: ignore[attr-defined]
        else:
            lost.append(await route.fetch())  # type: ignore[attr-defined]
            await route.abort()  # type: ignore[attr-defined]

    await ana.page.route("**/simulator/say", lose_the_first)
    await ana.say("only once")
    await ana.sees("only once")
    await expect(ana.page.locator(".pending")).to_have_count(0)
    await ana.say("and then this")
    await ana.sees("and then this")
    assert lost
    assert await caravan.texts(place) == ["only once", "and then this"]


async def test_what_the_server_refuses_stands_there_with_its_reason_and_can_be_discarded(
    caravan: Caravan, people: BrowserContext
) -> None:
    place = await caravan.place("Refused", "Ana", "Ben")
    ana = await Window.open(people, caravan.url, "Ana", place)
    await ana.say("x" * 25_000)
    failed = ana.page.locator(".pending.failed")
    await expect(failed).to_contain_text("too long")
    await failed.get_by_role("button", name="Discard").click()
    await expect(ana.page.locator(".pending")).to_have_count(0)
    assert await caravan.texts(place) == []
