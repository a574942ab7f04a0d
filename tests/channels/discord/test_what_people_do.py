"""What people do on Discord reaches us once and whole; commands, buttons, menus and forms are answered in time."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.capability import Amount, Count, Day, Location, Registry, Who, capabilities_of, capability
from bot.content import Button, Content, Field, Option, Poll
from bot.errors import RetryLater
from bot.ports import Ask, Reply
from channels.discord.limits import TOKEN_LASTS
from channels.discord.payloads import Event
from channels.received import taken
from tests.channels.discord.stage import DiscordSide, staged
from tests.contracts.channel_contract import outgoing
from tests.waiting import soon


class Offered:
    @capability("Find flights", command="flights")
    async def flights(self, ask: Ask, *, origin: Location, day: Day, people: Count = 1, budget: Amount | None = None,
                      direct: bool = False, friend: Who = "") -> Reply: ...  # fmt: skip

    @capability("Make a persona", command="persona new")
    async def persona(self, ask: Ask, *, name: str) -> Reply: ...

    @capability("Why was it so", command="why", private=True)
    async def why(self, ask: Ask) -> Reply: ...


COMMANDS = list(Registry(capabilities_of(Offered())))
LATER = datetime(2027, 1, 1, tzinfo=UTC)


@pytest.fixture(params=[False, True], ids=["gateway", "http"])
async def side(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[DiscordSide]:
    async with staged(tmp_path, http=request.param) as side:
        await side.channel.publish_commands(COMMANDS)
        await soon(lambda: bool(side.emulator.world.commands))
        yield side
        assert (side.people.failed, side.emulator.gateway.wrong) == ([], [])


async def test_commands_are_offered_with_native_options_and_only_told_when_they_change(side: DiscordSide) -> None:
    flights = next(c for c in side.emulator.world.commands if c["name"] == "flights")
    kinds = {o["name"]: (o["type"], bool(o.get("autocomplete"))) for o in flights["options"]}
    assert kinds == {"origin": (3, True), "day": (3, True), "people": (4, False), "budget": (3, True),
                     "direct": (5, False), "friend": (3, True), "words": (3, False)}  # fmt: skip
    assert {c["name"] for c in side.emulator.world.commands} == {"flights", "persona-new", "why", "admin"}
    await side.channel.publish_commands(COMMANDS)
    asked = ("GET", "/applications/{application_id}/commands", None)
    await soon(lambda: side.emulator.api.requests.count(asked) == 2)
    assert side.emulator.world.overwrites == 1
    await side.channel.publish_commands(COMMANDS[:1])
    await soon(lambda: side.emulator.world.overwrites == 2)


async def test_a_command_keeps_each_option_by_name(side: DiscordSide) -> None:
    await side.people.command(side.room, "Ana", "flights", origin="Nairobi", people=2, direct=True)
    await side.hears(lambda: len(side.heard) == 1)
    [entry] = side.heard
    assert (entry.what, entry.text) == ("command", "/flights origin: Nairobi people: 2 direct: yes")
    assert entry.value["args"] == {"origin": "Nairobi", "people": "2", "direct": "yes"}
    assert (entry.author, entry.name, entry.place) == (side.reader("Ana"), "Ana", side.place)


async def test_free_words_and_two_word_commands_reach_us_as_they_are_typed(side: DiscordSide) -> None:
    await side.people.command(side.room, "Ana", "flights", words="Nairobi to Lamu tomorrow")
    await side.people.command(side.room, "Ana", "persona-new", name="Zuri")
    await side.people.command(side.room, "Ana", "admin", words="threads")
    await side.hears(lambda: len(side.heard) == 3)
    assert [e.text for e in side.heard] == ["/flights Nairobi to Lamu tomorrow", "/persona new Zuri", "/admin threads"]


async def test_options_are_completed_while_they_are_typed(side: DiscordSide) -> None:
    towns = await side.people.type_option(side.room, "Ana", "flights", "origin", "Nairo")
    assert "Nairobi" in [t["value"] for t in towns]
    days = await side.people.type_option(side.room, "Ana", "flights", "day", "")
    assert len(days) == 25 and datetime.fromisoformat(days[1]["value"])
    sums = await side.people.type_option(side.room, "Ana", "flights", "budget", "60000")
    assert "60000 KES" in [s["value"] for s in sums]
    assert side.heard == []


async def test_people_see_that_we_think_until_the_first_answer_which_takes_its_place(side: DiscordSide) -> None:
    asked = await side.people.command(side.room, "Ana", "flights", origin="Nairobi")
    await side.hears(lambda: bool(side.heard))
    assert asked.state == "thinking"
    shown = f"{side.heard[0].id}/0"
    parts = await side.channel.send(outgoing(side, "From Nairobi", shown=shown))
    assert ([s.text for s in await side.seen()], asked.original) == (["From Nairobi"], parts[0])
    again = await side.channel.send(outgoing(side, "And one more", shown=f"{side.heard[0].id}/1"))
    assert [s.id for s in await side.seen()] == [*parts, *again]


async def test_an_answer_that_overtakes_the_wait_it_ends_is_repeated_and_takes_its_place(side: DiscordSide) -> None:
    data = {"id": "1", "name": "flights", "type": 1, "options": []}
    made, told = side.people.interaction(2, side.room, "Ana", data)
    event = taken(Event, told)
    assert event is not None
    deferred, [entry] = await side.channel._answering.answer(side.channel._bots["main"], event)
    answer = outgoing(side, "From where?", shown=f"{entry.id}/0")
    with pytest.raises(RetryLater):
        await side.channel.send(answer)
    side.emulator.api.respond(made, deferred)
    [part] = await side.channel.send(answer)
    assert ([s.text for s in await side.seen()], made.original) == (["From where?"], part)


async def test_a_personas_answer_to_a_command_comes_in_its_own_voice(side: DiscordSide) -> None:
    await side.people.command(side.room, "Ana", "flights", origin="Nairobi")
    await side.hears(lambda: bool(side.heard))
    await side.channel.send(outgoing(side, "I know one", shown=f"{side.heard[0].id}/0", name="Zuri", kind="persona"))
    assert [(s.author, s.text) for s in await side.seen()] == [("Zuri", "I know one")]


async def test_a_private_command_is_thought_about_and_answered_for_one_alone(side: DiscordSide) -> None:
    await side.people.command(side.room, "Ana", "why")
    await side.hears(lambda: bool(side.heard))
    assert [s.text for s in await side.seen("Ben")] == []
    mine = outgoing(side, "Because", shown=f"{side.heard[0].id}/0", reader=(side.reader("Ana"),))
    [part] = await side.channel.send(mine)
    assert (await side.seen("Ben"), [(s.id, s.text) for s in await side.seen("Ana")]) == ([], [(part, "Because")])
    await side.channel.send(outgoing(side, "Because of that", id="d2", what="edit", parts=(part,), reader=mine.reader))
    assert [s.text for s in await side.seen("Ana")] == ["Because of that"]


async def test_what_is_for_one_alone_never_ends_a_wait_that_all_can_see(side: DiscordSide) -> None:
    await side.people.command(side.room, "Ana", "flights", origin="Nairobi")
    await side.hears(lambda: bool(side.heard))
    await side.channel.send(outgoing(side, "Only you", shown=f"{side.heard[0].id}/0", reader=(side.reader("Ana"),)))
    assert ([s.text for s in await side.seen("Ana")], await side.seen("Ben")) == (["Only you"], [])


async def test_after_a_quarter_of_an_hour_one_alone_is_told_directly(side: DiscordSide) -> None:
    [message] = await side.channel.send(outgoing(side, Content(text="?", buttons=(Button(id="t", label="Mine"),))))
    await side.presses("Ben", message, "Mine")
    side.emulator.world.ahead = TOKEN_LASTS + 1
    [part] = await side.channel.send(outgoing(side, "You owe 500", shown="a2", reader=(side.reader("Ben"),)))
    assert part.endswith(f"@{side.people.direct('Ben')}") and [s.text for s in await side.seen("Ana")] == ["?"]


async def test_a_button_told_directly_is_pressed_where_it_belongs(side: DiscordSide) -> None:
    mine = Content(text="Yours", buttons=(Button(id="pay1", label="Pay"),))
    [part] = await side.channel.send(outgoing(side, mine, reader=(side.reader("Ben"),)))
    message, _, direct = part.partition("@")
    await side.people.press(direct, "Ben", message, "Pay")
    await side.hears(lambda: bool(side.heard))
    [press] = side.heard
    assert (press.place, press.object, press.value["token"]) == (side.place, "answer1", "pay1")


async def test_a_vote_is_one_menu_and_other_buttons_stand_below(side: DiscordSide) -> None:
    options = tuple(Option(id=str(i), label=f"Hotel {i}") for i in range(3))
    poll = Poll(options=options, closes_at=LATER, quorum=0)
    choices = tuple(Button(id=f"vote{o.id}", label=o.label) for o in options)
    content = Content(kind="poll", text="Which?", poll=poll, buttons=(*choices, Button(id="end", label="Close")))
    [message] = await side.channel.send(outgoing(side, content))
    rows = side.people.seen(side.room, "Ana")[0]["components"]
    assert [[c["type"] for c in row["components"]] for row in rows] == [[3], [2]]
    await side.presses("Ben", message, "Hotel 2")
    await side.presses("Ana", message, "Close")
    assert [(e.name, e.value["token"]) for e in side.heard] == [("Ben", "vote2"), ("Ana", "end")]


async def test_a_form_is_filled_in_and_sent(side: DiscordSide) -> None:
    form = (Field(name="nights", type="count"), Field(name="style", type="choice", options=("beach", "safari")))
    content = Content(text="Your trip", form=form, buttons=(Button(id="search", label="Search"),))
    [message] = await side.channel.send(outgoing(side, content))
    await side.people.press(side.room, "Ana", message, "Search")
    assert side.heard == []
    await side.people.fill_in(side.room, "Ana", message, nights="3", style="beach")
    await side.hears(lambda: bool(side.heard))
    [entry] = side.heard
    assert (entry.what, entry.object) == ("press", "answer1")
    assert (entry.value["token"], entry.value["values"]) == ("search", {"nights": "3", "style": "beach"})


async def test_a_press_that_comes_twice_is_one_press(side: DiscordSide) -> None:
    [message] = await side.channel.send(outgoing(side, Content(text="?", buttons=(Button(id="t", label="Go"),))))
    await side.presses("Ana", message, "Go")
    assert side.heard[0].id == replace(side.heard[0]).id and ":press:" in side.heard[0].id
    await side.presses("Ana", message, "Go")
    assert side.heard[0].id != side.heard[1].id


async def test_words_that_name_us_first_are_a_command_and_files_keep_their_names(side: DiscordSide) -> None:
    await side.says("Ana", "@Caravan /flights to Lamu")
    await side.people.share(side.room, "Ben", "our plan", "plan.txt", "text/plain", b"day 1")
    await side.hears(lambda: len(side.heard) == 2)
    command, shared = side.heard
    assert (command.what, command.text, shared.text) == ("command", "/flights to Lamu", "our plan")
    [file] = shared.files
    assert (file.name, file.mime, file.size) == ("plan.txt", "text/plain", 5)
    assert await side.channel.fetch(file.key) == b"day 1"


async def test_a_thread_is_a_place_of_its_own_with_voices(side: DiscordSide) -> None:
    thread = side.emulator.world.add_channel("food", parent=side.room)
    await side.emulator.gateway.dispatch("THREAD_CREATE", side.emulator.world.channels[thread])
    await side.people.say(thread, "Ana", "Where to eat?")
    await side.hears(lambda: bool(side.heard))
    place = side.heard[0].place
    assert place == f"discord:main:{thread}" and side.heard[0].value["title"] == "food"
    parts = await side.channel.send(outgoing(side, "At mine", place=place, name="Zuri", kind="persona"))
    [_, said] = side.people.seen(thread, "Ana")
    assert (said["author"]["username"], said["content"]) == ("Zuri", "At mine")
    await side.channel.send(
        outgoing(side, "At home", id="d2", what="edit", parts=parts, place=place, name="Zuri", kind="persona")
    )
    assert side.people.seen(thread, "Ana")[1]["content"] == "At home"


async def test_who_leaves_the_server_leaves_what_is_known_there(side: DiscordSide) -> None:
    from bot.documents import Insert
    from bot.model import PLACES, Place

    await side.store.commit([Insert(PLACES, Place(id=side.place, thread="t1"))])
    await side.emulator.gateway.dispatch("CHANNEL_UPDATE", side.emulator.world.channels[side.room])
    await side.people.leave("Ben")
    await side.hears(lambda: bool(side.heard))
    [entry] = side.heard
    assert (entry.what, entry.value["removed"]) == ("member", [{"identity": side.reader("Ben"), "name": "Ben"}])
