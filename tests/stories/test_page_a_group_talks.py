"""A stranger opens the page, makes a thread, and several people talk in windows of their own."""

from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, expect

from tests.stories.caravan import Caravan
from tests.stories.window import Window
from tests.waiting import soon

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_stranger_is_shown_how_to_begin_and_makes_a_thread_with_ana_ben_and_chi(
    caravan: Caravan, people: BrowserContext
) -> None:
    ana = await Window.open(people, caravan.url)
    await expect(ana.page.get_by_role("note")).to_contain_text("Simulator")
    await ana.page.get_by_role("button", name="An empty thread").click()
    await ana.page.get_by_label("Title").fill("Mombasa in March")
    await ana.page.get_by_role("button", name="Invite Ben").click()
    await ana.page.get_by_label("Who is in it").fill("Chi")
    await ana.page.get_by_label("Who is in it").press("Enter")
    await ana.page.get_by_role("button", name="Create").click()
    await expect(ana.page.get_by_role("heading", name="Mombasa in March").first).to_be_visible()
    made = [p for p in (await caravan.get("places", as_="Ana"))["places"] if p["title"] == "Mombasa in March"]
    assert [(place["people"], place["kind"]) for place in made] == [(["Ana", "Ben", "Chi"], "group")]
    assert ana.errors == []


async def test_two_windows_are_two_people_who_talk_answer_react_and_change_their_words(
    caravan: Caravan, people: BrowserContext
) -> None:
    place = await caravan.place("The coast", "Ana", "Ben")
    ana = await Window.open(people, caravan.url, "Ana", place)
    await ana.say("Shall we go to **Diani**?")
    await expect(ana.message("Shall we go to").locator("strong")).to_have_text("Diani")
    await ana.page.get_by_role("button", name="Speak as").click()
    async with people.expect_page() as opened:
        await ana.page.get_by_role("link", name="Open a second window as Ben").click()
    ben = Window(await opened.value, caravan.url)
    await ben.sees("Shall we go to Diani?")
    await ben.tool("Shall we go to", "Reply")
    await ben.say("Yes, and to Wasini")
    await expect(ana.message("Yes, and to Wasini").locator(".quote")).to_contain_text("Ana")
    await ana.tool("Yes, and to Wasini", "React")
    await ana.page.get_by_role("menuitem", name="Like", exact=True).click()
    await expect(ben.message("Yes, and to Wasini").locator(".reaction")).to_contain_text("1")
    await ben.tool("Yes, and to Wasini", "Edit")
    await ben.say("Yes, and to Watamu")
    await expect(ana.message("Yes, and to Watamu")).to_contain_text("edited")
    await ana.tool("Shall we go to", "Delete")
    await expect(ben.page.get_by_text("Ana deleted this message")).to_be_visible()
    assert await caravan.texts(place) == ["", "Yes, and to Watamu"]
    assert ana.errors == ben.errors == []


async def test_words_elsewhere_are_counted_until_they_are_read(caravan: Caravan, people: BrowserContext) -> None:
    await caravan.place("Quiet", "Dan", "Eve")
    busy = await caravan.place("Busy", "Dan", "Eve")
    await caravan.post("say", place=busy, as_="Eve", text="hello")
    dan = await Window.open(people, caravan.url, "Dan", busy)
    await dan.sees("hello")
    await dan.page.get_by_role("link", name="Quiet").click()
    for text in ("at the station", "on the train"):
        await caravan.post("say", place=busy, as_="Eve", text=text)
    row = dan.page.get_by_role("link", name="Busy")
    await expect(row.get_by_label("2 unread")).to_be_visible()
    await expect(row).to_contain_text("Eve: on the train")
    await row.click()
    await dan.sees("on the train")
    await expect(row.get_by_label("unread")).to_have_count(0)


async def test_files_are_attached_previewed_and_taken_back(
    caravan: Caravan, people: BrowserContext, tmp_path: Path
) -> None:
    place = await caravan.place("Pictures", "Ana", "Ben")
    ana = await Window.open(people, caravan.url, "Ana", place)
    picture, list_ = tmp_path / "beach.png", tmp_path / "packing.txt"
    picture.write_bytes(await ana.page.screenshot(clip={"x": 0, "y": 0, "width": 40, "height": 30}))
    list_.write_text("hat, sandals")
    await ana.page.locator("input[type=file]").set_input_files([picture, list_])
    await ana.page.get_by_role("button", name="Remove packing.txt").click()
    await ana.say("The beach")
    shown = ana.message("The beach").locator("img")
    await expect(shown).to_have_attribute("alt", "beach.png")
    await soon(lambda: shown.evaluate("img => img.complete && img.naturalWidth === 40"))
    assert ana.errors == []


async def test_people_are_added_and_removed_and_one_outside_can_ask_to_be_added(
    caravan: Caravan, people: BrowserContext
) -> None:
    place = await caravan.place("Members", "Ana", "Ben")
    ana = await Window.open(people, caravan.url, "Ana", place)
    await ana.page.get_by_role("button", name="People and personas in this thread").click()
    await (
        ana.page.get_by_role("textbox", name="Add a person")
        .or_(ana.page.get_by_label("Add a person"))
        .first.fill("Chi")
    )
    await ana.page.get_by_role("button", name="Add", exact=True).click()
    await expect(ana.page.get_by_role("button", name="Remove Chi")).to_be_visible()
    await ana.page.get_by_role("button", name="Remove Ben").click()
    ben = await Window.open(people, caravan.url, "Ben", place)
    await expect(ben.page.get_by_text("Ben is not in this thread")).to_be_visible()
    await ben.page.get_by_role("button", name="Add Ben").click()
    await ben.say("I am back")
    await ana.sees("I am back")


async def test_a_slash_offers_the_commands_and_caravan_answers(caravan: Caravan, people: BrowserContext) -> None:
    place = await caravan.place("Commands", "Ana")
    ana = await Window.open(people, caravan.url, "Ana", place)
    await ana.composer.press_sequentially("/pi")
    await expect(ana.page.get_by_role("option", name="/ping")).to_be_visible()
    await ana.composer.press("Tab")
    await ana.composer.press_sequentially("jambo")
    await ana.composer.press("Enter")
    await ana.sees("pong jambo")
    assert ana.errors == []


async def test_the_world_can_be_moved_and_broken_from_the_page(caravan: Caravan, people: BrowserContext) -> None:
    ana = await Window.open(people, caravan.url, "Ana")
    before = (await caravan.get("clock"))["now"]
    await ana.page.get_by_role("button", name="World: clock and faults").click()
    await ana.page.get_by_role("button", name="+ 1 day").click()
    await expect(ana.page.get_by_text("The clock moved 1 day forward.")).to_be_visible()
    assert (await caravan.get("clock"))["now"][:10] > before[:10]
    await ana.page.get_by_label("How it fails").select_option("slow")
    await ana.page.get_by_role("button", name="Add fault").click()
    await expect(ana.page.locator(".fault")).to_contain_text("inventory: slow")
    assert [f["kind"] for f in (await caravan.get("faults"))["faults"]] == ["slow"]
    await ana.page.get_by_role("button", name="Clear all faults").click()
    await expect(ana.page.locator(".fault")).to_have_count(0)
    assert (await caravan.get("faults"))["faults"] == []


async def test_a_button_for_somebody_else_or_pressed_too_late_is_refused_kindly(
    caravan: Caravan, people: BrowserContext
) -> None:
    place = await caravan.place("Buttons", "Ana", "Ben")
    ana = await Window.open(people, caravan.url, "Ana", place)
    await ana.say("/flights")
    cancel = {"name": "Cancel", "exact": True}
    await expect(ana.page.get_by_role("button", **cancel)).to_be_visible()
    ben = await Window.open(people, caravan.url, "Ben", place)
    await ben.page.get_by_role("button", **cancel).click()
    await expect(ben.page.locator(".toast.error")).not_to_be_empty()
    await expect(ben.page.get_by_role("button", **cancel)).to_be_enabled()
    await ana.page.bring_to_front()
    await ana.page.get_by_role("button", **cancel).click()
    await expect(ana.page.locator(".toast.error")).to_have_count(0)
    shown = (await caravan.get("transcript", place=place))["entries"]
    assert len({entry["id"] for entry in shown}) >= 2


async def test_a_fact_on_a_card_leads_to_the_suppliers_own_record(caravan: Caravan, people: BrowserContext) -> None:
    place = await caravan.place("Facts", "Ana")
    ana = await Window.open(people, caravan.url, "Ana", place)
    await ana.say("/weather Mombasa tomorrow")
    chip = ana.page.locator(".fact", has_text="High")
    await expect(ana.page.locator(".facts .fact-source")).to_contain_text("just now")
    degrees = await chip.locator(".fact-value").inner_text()
    await chip.click()
    record = ana.page.get_by_role("dialog", name="Source of this fact")
    await expect(record.locator(".record-body")).to_contain_text(degrees.split()[0])
    await ana.page.keyboard.press("Escape")
    await expect(record).to_have_count(0)
