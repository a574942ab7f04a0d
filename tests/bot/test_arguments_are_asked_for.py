"""Missing arguments are asked for one by one, with buttons; wrong ones are explained; nothing is lost."""

from pathlib import Path
from typing import Literal

from bot.capability import Count, Day, Effect, Text, capability
from bot.content import Draft, Press
from bot.errors import AskAgain
from bot.model import TOKENS
from bot.ports import Ask, Reply
from bot.texts import say
from tests.bot.parlour import Parlour, parlour


class Desk:
    """A form, a plain change and buttons."""

    def __init__(self) -> None:
        self.booked: list[dict[str, object]] = []

    @capability("Book a table", command="table", effect=Effect.CHANGE)
    async def book_table(self, ask: Ask, *, date: Day, travelers: Count) -> Reply:
        if travelers > 9:
            raise AskAgain("travelers", "Nine at most. How many?")
        self.booked.append({"date": date.isoformat(), "travelers": travelers})
        return Reply(drafts=(Draft(text="booked"),))

    @capability("Register", command="register", effect=Effect.CHANGE, form=True)
    async def register(
        self, ask: Ask, *, name: Text, mood: Literal["calm", "wild"] = "calm", motto: Text = ""
    ) -> Reply:
        self.booked.append({"name": name, "mood": mood, "motto": motto})
        return Reply(drafts=(Draft(text=f"welcome {name}"),))

    @capability("Offer a button", command="button", effect=Effect.CHANGE)
    async def button(self, ask: Ask) -> Reply:
        mine = Press(label="Mine", call="pressed", args={"words": "mine"}, who=(ask.person.id,), once=True)
        return Reply(drafts=(Draft(text="choose", buttons=(mine,)),))

    @capability("Pressed", effect=Effect.CHANGE, hidden=True)
    async def pressed(self, ask: Ask, *, words: Text) -> Reply:
        self.booked.append({"pressed": words, "by": ask.person.name})
        return Reply(drafts=(Draft(text="done"),))


async def press(p: Parlour, who: str, label: str, **value: object) -> str:
    """Press the newest button of that label; what was said to it."""
    tokens = [t for o in reversed(p.channel.sent) for t in o.content.buttons if t.label == label]
    entry = p.entry("den", who, "", what="press", value={"token": tokens[0].id, **value})
    await p.hear(entry)
    return p.texts("den")[-1]


async def test_missing_arguments_are_asked_in_turn_and_answers_in_words_are_understood(tmp_path: Path) -> None:
    desk = Desk()
    async with parlour(tmp_path, desk) as p:
        await p.say("den", "Ana", "/table")
        await p.say("den", "Ana", "tomorrow")
        await p.say("den", "Ana", "four of us")
        assert len(desk.booked) == 1
        assert desk.booked[0]["travelers"] == 4
        assert p.texts("den")[-1] == "booked"


async def test_another_person_does_not_answer_somebody_elses_question(tmp_path: Path) -> None:
    desk = Desk()
    async with parlour(tmp_path, desk) as p:
        await p.say("den", "Ana", "/table")
        before = len(p.channel.sent)
        await p.say("den", "Ben", "tomorrow")
        assert len(p.channel.sent) == before
        assert desk.booked == []


async def test_an_answer_that_does_not_fit_is_explained_and_asked_again(tmp_path: Path) -> None:
    desk = Desk()
    async with parlour(tmp_path, desk) as p:
        await p.say("den", "Ana", "/table")
        await p.say("den", "Ana", "purple")
        assert "purple" in p.texts("den")[-1]
        await p.say("den", "Ana", "tomorrow")
        await p.say("den", "Ana", "40")
        assert "Nine at most" in p.texts("den")[-1]
        await p.say("den", "Ana", "4")
        assert desk.booked[0]["travelers"] == 4


async def test_a_form_asks_everything_lets_skip_and_takes_buttons(tmp_path: Path) -> None:
    desk = Desk()
    async with parlour(tmp_path, desk) as p:
        await p.say("den", "Ana", "/register Zuri")
        assert await press(p, "Ana", "wild")
        assert await press(p, "Ana", "Skip") == "welcome Zuri"
        assert desk.booked == [{"name": "Zuri", "mood": "wild", "motto": ""}]


async def test_cancel_ends_a_question(tmp_path: Path) -> None:
    desk = Desk()
    async with parlour(tmp_path, desk) as p:
        await p.say("den", "Ana", "/table")
        await press(p, "Ana", "Cancel")
        await p.say("den", "Ana", "tomorrow")
        assert desk.booked == []
        assert (await p.thread("den")).asked == {}


async def test_a_button_works_once_for_the_one_it_is_for(tmp_path: Path) -> None:
    desk = Desk()
    async with parlour(tmp_path, desk) as p:
        await p.say("den", "Ben", "hello")
        await p.say("den", "Ana", "/button")
        assert await press(p, "Ben", "Mine") == "That button is for somebody else."
        assert await press(p, "Ana", "Mine") == "done"
        assert await press(p, "Ana", "Mine") == "That has been done already."
        assert desk.booked == [{"pressed": "mine", "by": "Ana"}]


async def test_a_button_ends_with_its_time_and_a_forged_token_is_nothing(tmp_path: Path) -> None:
    desk = Desk()
    async with parlour(tmp_path, desk) as p:
        await p.say("den", "Ana", "/button")
        await p.later(days=8)
        assert await press(p, "Ana", "Mine") == "That button no longer works."
        await p.hear(p.entry("den", "Ana", "", what="press", value={"token": "forged"}))
        assert p.texts("den")[-1] == "That button no longer works."
        assert desk.booked == []


async def test_tokens_say_nothing_about_what_they_do(tmp_path: Path) -> None:
    async with parlour(tmp_path, Desk()) as p:
        await p.say("den", "Ana", "/button")
        (button,) = p.channel.sent[-1].content.buttons
        assert len(button.id) <= 16
        assert (await p.store.get(TOKENS, button.id)).args == {"words": "mine"}


async def test_unknown_commands_and_impossible_arguments_get_a_kind_answer(tmp_path: Path) -> None:
    async with parlour(tmp_path, Desk()) as p:
        await p.say("den", "Ana", "/fly")
        assert "/fly" in p.texts("den")[-1]
        await p.say("den", "Ana", "/table 30 February")
        assert "30 February" in p.texts("den")[-1]
        await p.say("den", "Ana", "/")
        await p.say("den", "Ana", "/ping \u202e\u0000 \U0001f468\u200d\U0001f469\u200d\U0001f467")
        assert p.texts("den")[-1].startswith("pong")


class Atlas:
    """A slow look that knows one town."""

    def __init__(self) -> None:
        self.found: list[str] = []

    @capability("Find a town", command="town", slow=True, phrases=("find the town {location}",))
    async def find_town(self, ask: Ask, *, location: Text) -> Reply:
        if location != "Lamu":
            raise AskAgain("location", f"I do not know {location}. Which town?")
        self.found.append(location)
        return Reply(drafts=(Draft(text="there it is"),))


async def test_a_slow_look_asks_too_and_goes_on_with_the_answer(tmp_path: Path) -> None:
    atlas = Atlas()
    async with parlour(tmp_path, atlas) as p:
        await p.say("den", "Ana", "/town Atlantis")
        assert p.texts("den")[-1] == "I do not know Atlantis. Which town?"
        await p.say("den", "Ana", "Lamu")
        assert p.texts("den")[-1] == "there it is"
        assert atlas.found == ["Lamu"]


class Shop:
    """Knows one thing by its name, and its hours."""

    def __init__(self) -> None:
        self.sold: list[str] = []

    @capability("Sell a thing", slow=True, phrases=("sell {item}",))
    async def sell(self, ask: Ask, *, item: Text) -> Reply:
        if item != "lamp":
            raise AskAgain("item", f"There is no {item}. Which one?")
        self.sold.append(item)
        return Reply(drafts=(Draft(text="sold"),))

    @capability("Give back", command="back", effect=Effect.CHANGE)
    async def back(self, ask: Ask, *, receipt: Text = "") -> Reply:
        if receipt != "R1":
            raise AskAgain("receipt", "Which receipt? Say its number, such as R1.")
        return Reply(drafts=(Draft(text="taken back"),))

    @capability("Opening hours", phrases=("show the opening hours", "when do you open"))
    async def hours(self, ask: Ask) -> Reply:
        return Reply(drafts=(Draft(text="always open"),))


async def test_a_question_that_was_answered_in_vain_lets_another_request_go_first(tmp_path: Path) -> None:
    shop = Shop()
    async with parlour(tmp_path, shop) as p:
        await p.say("den", "Ana", "Caravan, sell the sofa")
        assert "Which one?" in p.texts("den")[-1]
        await p.say("den", "Ana", "show the opening hours")
        assert p.texts("den")[-1] == "always open"
        assert shop.sold == []


async def test_a_slow_question_is_given_up_when_no_answer_fits(tmp_path: Path) -> None:
    shop = Shop()
    async with parlour(tmp_path, shop) as p:
        await p.say("den", "Ana", "Caravan, sell the sofa")
        await p.say("den", "Ana", "bench")
        assert "Which one?" in p.texts("den")[-1]
        await p.say("den", "Ana", "chair")
        assert p.texts("den")[-1] == say("set_aside")
        before = len(p.channel.sent)
        await p.say("den", "Ana", "lamp")
        assert len(p.channel.sent) == before
        assert shop.sold == []


async def test_a_question_stands_as_it_is_and_what_is_needed_cannot_be_skipped(tmp_path: Path) -> None:
    async with parlour(tmp_path, Shop()) as p:
        await p.say("den", "Ana", "/back")
        asked = p.channel.sent[-1].content
        assert asked.text == "Which receipt? Say its number, such as R1."
        assert [b.label for b in asked.buttons] == ["Cancel"]
        await p.say("den", "Ana", "R1")
        assert p.texts("den")[-1] == "taken back"
