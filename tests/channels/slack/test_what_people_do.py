"""What people do on Slack: threads, mentions, files, commands, menus, forms, comings and goings."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.content import Button, Content, Field, File
from bot.ports import Outgoing
from tests.channels.slack.stage import SlackSide, staged
from tests.contracts.channel_contract import outgoing


@pytest.fixture
async def side(tmp_path: Path) -> AsyncIterator[SlackSide]:
    async with staged(tmp_path) as side:
        yield side
        assert side.emulator.people.wrong == []


async def test_a_message_that_names_us_comes_as_two_events_and_is_one_entry(side: SlackSide) -> None:
    await side.says("Ana", f"<@{side.ws.bot_user}> hello")
    assert len(side.heard) == 2
    assert len({e.id for e in side.heard}) == 1
    assert {e.text for e in side.heard} == {"@Caravan hello"}


async def test_a_thread_is_a_place_of_its_own_and_names_the_message_at_its_head(side: SlackSide) -> None:
    [ours] = await side.channel.send(outgoing(side, "Lamu?"))
    head = await side.says("Ana", "Or Watamu?")
    for root in (ours, head):
        await side.emulator.people.say(side.ws, side.room, "Ben", "Yes", thread=root)
    first, second = side.heard[1:]
    assert (first.place, first.reply_to) == (f"{side.place}/{ours}", "answer1")
    assert (second.place, second.reply_to) == (f"{side.place}/{head}", f"{side.place}:message:{head}")
    [part] = await side.channel.send(outgoing(side, "Good", place=second.place, shown="answer2"))
    assert side.room.messages[part].thread_ts == head
    await side.emulator.people.edit(side.ws, side.room, second.id.rpartition(":")[2], "No")
    assert (side.heard[-1].what, side.heard[-1].object, side.heard[-1].place) == ("edit", second.id, second.place)


async def test_a_reaction_in_a_thread_belongs_to_the_thread(side: SlackSide) -> None:
    head = await side.says("Ana", "Where?")
    said = await side.emulator.people.say(side.ws, side.room, "Ben", "There", thread=head)
    await side.reacts("Ana", said, "👍")
    reaction = side.heard[-1]
    assert (reaction.place, reaction.object) == (f"{side.place}/{head}", f"{side.place}/{head}:message:{said}")


async def test_a_reply_that_is_also_sent_to_the_channel_is_said_in_the_channel(side: SlackSide) -> None:
    head = await side.says("Ana", "Where?")
    await side.emulator.people.say(side.ws, side.room, "Ben", "Lamu!", thread=head, broadcast=True)
    assert (side.heard[-1].place, side.heard[-1].reply_to) == (side.place, f"{side.place}:message:{head}")


async def test_a_command_in_a_thread_is_typed_behind_our_name(side: SlackSide) -> None:
    head = await side.says("Ana", "Where?")
    await side.emulator.people.say(side.ws, side.room, "Ana", f"<@{side.ws.bot_user}> /trips", thread=head)
    assert {(e.what, e.text) for e in side.heard[1:]} == {("command", "/trips")}


async def test_slash_commands_are_ours_by_name_and_any_by_caravan(side: SlackSide) -> None:
    people = side.emulator.people
    await people.command(side.ws, side.room, "Ana", "/poll", "beach or museum")
    await people.command(side.ws, side.room, "Ana", "/caravan", "status")
    await people.command(side.ws, side.room, "Ana", "/caravan")
    assert [e.text for e in side.heard] == ["/poll beach or museum", "/status", "/help"]
    assert {e.name for e in side.heard} == {"Ana"}


async def test_a_file_is_named_at_once_and_fetched_when_it_is_wanted(side: SlackSide) -> None:
    ticket = ("ticket.pdf", "application/pdf", b"%PDF ticket")
    await side.emulator.people.say(side.ws, side.room, "Ana", "Here", files=(ticket,))
    [entry] = side.heard
    [file] = entry.files
    assert (entry.text, file.name, file.mime, file.size) == ("Here", "ticket.pdf", "application/pdf", 11)
    assert await side.slack.fetch(file.key) == b"%PDF ticket"


async def test_more_buttons_than_a_row_holds_stand_in_a_menu(side: SlackSide) -> None:
    many = tuple(Button(id=f"t{i}", label=f"Hotel {i}") for i in range(60))
    [message] = await side.channel.send(outgoing(side, Content(text="Which?", buttons=many)))
    [seen] = await side.seen()
    assert seen.buttons == tuple(b.label for b in many)
    await side.presses("Ben", message, "Hotel 41")
    assert (side.heard[-1].value["token"], side.heard[-1].object) == ("t41", "answer1")


async def test_a_form_opens_at_a_press_and_its_values_come_with_the_button(side: SlackSide) -> None:
    fields = (
        Field(name="nights", type="count"), Field(name="from_day", type="date"),
        Field(name="style", type="choice", options=("beach", "safari")), Field(name="note", type="text"),
    )  # fmt: skip
    content = Content(text="Your trip", form=fields, buttons=(Button(id="token1", label="Save"),))
    [message] = await side.channel.send(outgoing(side, content))
    await side.presses("Ana", message, "Save")
    assert side.heard == []
    await side.emulator.people.submit(side.ws, {"nights": 3, "from_day": "2027-03-01", "style": "beach"})
    [press] = side.heard
    assert (press.what, press.object, press.place, press.name) == ("press", "answer1", side.place, "Ana")
    assert press.value["token"] == "token1"
    assert press.value["values"] == {"nights": 3, "from_day": "2027-03-01", "style": "beach"}


async def test_a_form_that_opens_too_late_is_asked_for_again(side: SlackSide) -> None:
    content = Content(text="?", form=(Field(name="names", type="text"),), buttons=(Button(id="t", label="Save"),))
    [message] = await side.channel.send(outgoing(side, content))
    side.emulator.faults.append(("views.open", "expired_trigger_id"))
    await side.presses("Ana", message, "Save")
    assert (await side.seen("Ana"))[-1].text.startswith("That took too long")
    assert len(await side.seen("Ben")) == 1


async def test_who_joins_and_who_leaves(side: SlackSide) -> None:
    await side.emulator.people.join(side.ws, side.room, "Chi", inviter="Ana")
    await side.emulator.people.leave(side.ws, side.room, "Ben")
    joined, left = side.heard
    assert (joined.author, joined.value["added"][0]["name"]) == (side.reader("Ana"), "Chi")
    assert joined.value["title"] == "lamu-trip"
    assert left.value["removed"] == [{"identity": side.reader("Ben"), "name": "Ben"}]


async def test_being_thrown_out_is_told_as_a_closed_place(side: SlackSide) -> None:
    await side.emulator.people.leave(side.ws, side.room, "Caravan")
    assert [(e.what, e.value["topic"]) for e in side.heard] == [("status", "closed")]


async def test_a_direct_conversation_is_one_place_and_private(side: SlackSide) -> None:
    direct = side.emulator.world.direct(side.ws, "Ana")
    head = await side.emulator.people.say(side.ws, direct, "Ana", "Hi")
    await side.emulator.people.say(side.ws, direct, "Ana", "again", thread=head)
    assert {(e.place, e.value["kind"]) for e in side.heard} == {(f"slack:main:{direct.id}", "direct")}
    private = outgoing(side, "You owe 5", place=side.heard[0].place, reader=(side.reader("Ana"),))
    await side.channel.send(private)
    assert [m.text for m in side.emulator.people.seen(side.ws, direct, "Ana")][-1] == "You owe 5"


async def test_a_reaction_given_elsewhere_is_shown_and_taken_back(side: SlackSide) -> None:
    said = await side.says("Ana", "Lamu?")
    about = Outgoing(
        id="d", place=side.place, what="react", content=Content(text="👍"), shown="x",
        parts=(f"{side.place}:message:{said}",),
    )  # fmt: skip
    for _ in range(2):
        await side.slack.react(about)
    assert side.room.messages[said].reactions == {"+1": [side.ws.bot_user]}


async def test_people_are_mentioned_by_the_names_that_are_theirs_alone(side: SlackSide) -> None:
    await side.says("Ana", "Hello")
    await side.channel.send(outgoing(side, "@Ana, @Nobody & <you> agreed"))
    text = list(side.room.messages.values())[-1].text
    assert text == f"<@{side.reader('Ana').removeprefix('slack:')}>, @Nobody &amp; &lt;you&gt; agreed"


async def test_a_file_of_a_persona_says_whose_it_is(side: SlackSide) -> None:
    file = File(name="plan.pdf", mime="application/pdf", key="k", size=4)
    content = Content(text="Your days", files=(file,), buttons=())
    [ts] = await side.channel.send(outgoing(side, content, name="Zuri", kind="persona"))
    assert (side.room.messages[ts].text, side.room.messages[ts].files != []) == ("*Zuri:* Your days", True)
