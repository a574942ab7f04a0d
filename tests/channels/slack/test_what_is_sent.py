"""How Deliveries arrive on Slack: streams, lookups, corrections, ephemeral answers, response_urls, lost connections."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.content import Button, Content, File
from bot.errors import RetryLater, Undeliverable, Unknown
from bot.ports import Outgoing
from tests.channels.slack.stage import SlackSide, staged
from tests.contracts.channel_contract import outgoing
from tests.emulators.slack.people import read


@pytest.fixture
async def side(tmp_path: Path) -> AsyncIterator[SlackSide]:
    async with staged(tmp_path) as side:
        yield side


def stream(
    side: SlackSide, text: str, parts: tuple[str, ...] = (), *, partial: bool = True, place: str = ""
) -> Outgoing:
    about = {"id": "s", "what": "edit" if parts else "send", "parts": parts, "partial": partial}
    return outgoing(side, text, **about, place=place or side.place, name="Zuri", kind="persona")


async def in_a_thread(side: SlackSide) -> tuple[str, str]:
    """A thread in which Ana has just asked; its Place and its head."""
    head = await side.says("Ana", "Where?")
    await side.emulator.people.say(side.ws, side.room, "Ana", "Zuri?", thread=head)
    return f"{side.place}/{head}", head


async def test_a_thread_gets_slacks_own_stream_for_the_one_who_asked(side: SlackSide) -> None:
    place, head = await in_a_thread(side)
    parts = await side.channel.send(stream(side, "Let", place=place))
    for text in ("Let me", "Let me see"):
        assert await side.channel.send(stream(side, text, parts, place=place)) == parts
    assert await side.channel.send(stream(side, "Let me see. Lamu!", parts, partial=False, place=place)) == parts
    said = side.room.messages[parts[0]]
    assert (said.text, said.username, said.thread_ts, said.streaming) == ("Let me see. Lamu!", "Zuri", head, 0.0)
    calls = ("startStream", "appendStream", "stopStream", "update")
    assert [side.emulator.counted(f"chat.{m}") for m in calls] == [1, 2, 1, 0]
    started = next(args for name, args in side.emulator.calls if name == "chat.startStream")
    assert f"slack:{started['recipient_user_id']}" == side.reader("Ana")


async def test_a_stream_that_ends_in_other_words_or_buttons_is_stopped_and_corrected(side: SlackSide) -> None:
    place, _ = await in_a_thread(side)
    parts = await side.channel.send(stream(side, "Searching…", place=place))
    await side.channel.send(stream(side, "Three hotels", parts, place=place))
    final = Content(text="Three hotels: which?", buttons=(Button(id="t", label="First"),))
    await side.channel.send(outgoing(side, final, id="s", what="edit", parts=parts, place=place))
    said = side.room.messages[parts[0]]
    assert (read(said), said.streaming, len(said.blocks)) == ("Three hotels: which?", 0.0, 2)


async def test_a_stream_that_slack_ended_by_itself_is_finished_by_an_edit(side: SlackSide) -> None:
    place, _ = await in_a_thread(side)
    parts = await side.channel.send(stream(side, "Let", place=place))
    side.emulator.world.moved = 400
    await side.channel.send(stream(side, "Let me", parts, place=place))
    await side.channel.send(stream(side, "Let me see.", parts, partial=False, place=place))
    assert side.room.messages[parts[0]].text == "Let me see."


async def test_words_of_a_stream_that_arrived_unanswered_stand_there_once(side: SlackSide) -> None:
    place, _ = await in_a_thread(side)
    parts = await side.channel.send(stream(side, "Let", place=place))
    side.emulator.faults.append(("chat.appendStream", "drop after"))
    await side.channel.send(stream(side, "Let me", parts, place=place))
    await side.channel.send(stream(side, "Let me see.", parts, partial=False, place=place))
    assert side.room.messages[parts[0]].text == "Let me see."


async def test_a_stream_that_was_left_open_before_a_restart_is_stopped_and_corrected(side: SlackSide) -> None:
    place, head = await in_a_thread(side)
    api = side.slack._api  # a stream of another process
    told = await api.call(
        side.ws.token, "chat.startStream", channel=side.room.id, thread_ts=head, markdown_text="Let",
        recipient_team_id=side.ws.id, recipient_user_id=side.ws.bot_user,
    )  # fmt: skip
    await side.channel.send(stream(side, "Done.", (str(told["ts"]),), partial=False, place=place))
    assert side.room.messages[str(told["ts"])].text == "Done."


async def test_a_channel_gets_edits_at_a_measured_pace_and_the_whole_at_the_end(side: SlackSide) -> None:
    parts = await side.channel.send(stream(side, "Let"))
    for text in ("Let me", "Let me see", "Let me see, "):
        await side.channel.send(stream(side, text, parts))
    await side.channel.send(stream(side, "Let me see.", parts, partial=False))
    assert (await side.seen())[0].text == "Let me see."
    assert side.emulator.counted("chat.update") == 2


async def test_a_send_that_got_no_answer_is_looked_up(side: SlackSide) -> None:
    delivery = outgoing(side, "Paid: 500")
    side.emulator.faults.append(("chat.postMessage", "drop after"))
    with pytest.raises(Unknown):
        await side.channel.send(delivery)
    found = await side.slack.look_up(delivery)
    assert found == tuple(side.room.messages)
    side.emulator.faults.append(("chat.postMessage", "drop before"))
    with pytest.raises(Unknown):
        await side.channel.send(outgoing(side, "Other", shown="answer2"))
    assert await side.slack.look_up(outgoing(side, "Other", shown="answer2")) is None


async def test_of_a_delivery_that_arrived_in_part_only_the_rest_is_sent(side: SlackSide) -> None:
    words = [f"word{i}" for i in range(1500)]
    delivery = outgoing(side, " ".join(words))
    side.emulator.faults += [("chat.postMessage", "slow"), ("chat.postMessage", "drop before")]
    with pytest.raises(Unknown):
        await side.channel.send(delivery)
    assert await side.slack.look_up(delivery) is None
    parts = await side.channel.send(delivery)
    assert list(parts) == list(side.room.messages)
    assert " ".join(read(m) for m in side.room.messages.values()).split() == words


async def test_corrections_grow_and_shrink_with_their_text(side: SlackSide) -> None:
    parts = await side.channel.send(outgoing(side, "short"))
    long = " ".join(f"word{i}" for i in range(1500))
    grown = await side.channel.send(outgoing(side, long, id="d2", what="edit", parts=parts))
    assert grown[0] == parts[0] and len(grown) > 1
    shrunk = await side.channel.send(outgoing(side, "short again", id="d3", what="edit", parts=grown))
    assert shrunk == parts
    assert [m.text for m in side.room.messages.values() if not m.deleted] == ["short again"]


@pytest.mark.parametrize("fault", ["drop after", "ratelimited"])
async def test_what_grew_by_a_correction_stands_there_once_and_in_its_last_words(side: SlackSide, fault: str) -> None:
    parts, words = await side.channel.send(outgoing(side, "short")), [f"word{i}" for i in range(1500)]
    grown = outgoing(side, " ".join(words), id="d2", what="edit", parts=parts)
    side.emulator.faults += [("chat.postMessage", "fine"), ("chat.postMessage", fault)]
    with pytest.raises((Unknown, RetryLater)):
        await side.channel.send(grown)
    if fault == "drop after":
        await side.slack.look_up(grown)
    await side.channel.send(replace(grown, content=Content(text=" ".join(words).replace("w", "W"))))
    assert " ".join(read(m) for m in side.room.messages.values()).split() == [w.replace("w", "W") for w in words]


async def test_an_answer_for_one_person_is_said_anew_or_replaced_by_the_address_of_their_press(side: SlackSide) -> None:
    reader = (side.reader("Ben"),)
    content = Content(text="You owe 500", buttons=(Button(id="t", label="Pay"),))
    parts = await side.channel.send(outgoing(side, content, reader=reader))
    await side.channel.send(outgoing(side, "You owe 400", id="d2", what="edit", parts=parts, reader=reader))
    assert [s.text for s in await side.seen("Ben")][1].endswith("You owe 400")
    await side.presses("Ben", parts[0], "Pay")
    await side.channel.send(outgoing(side, "Paid", id="d3", what="edit", parts=parts, reader=reader))
    assert (await side.seen("Ben"))[0].text == "Paid"
    await side.channel.send(outgoing(side, "", id="d4", what="delete", parts=parts, reader=reader))
    assert [s.deleted for s in await side.seen("Ben")] == [True, False]
    assert list(await side.seen("Ana")) == []


@pytest.mark.parametrize("fault", ["drop before", "drop after", "ratelimited"])
async def test_what_was_told_to_one_person_is_not_told_again_with_the_rest(side: SlackSide, fault: str) -> None:
    words = [f"word{i}" for i in range(1500)]
    delivery = outgoing(side, " ".join(words), reader=(side.reader("Ben"),))
    side.emulator.faults += [("chat.postEphemeral", "fine"), ("chat.postEphemeral", fault)]
    with pytest.raises((Unknown, RetryLater)):
        await side.channel.send(delivery)
    parts = await side.channel.send(delivery)
    seen = [s.text for s in await side.seen("Ben")]
    assert len(seen) == len(parts) + (fault == "drop after") and len(set(seen)) == len(parts) > 1
    assert " ".join(dict.fromkeys(seen)).split() == words
    await side.channel.send(replace(delivery, again=True))
    assert len(await side.seen("Ben")) == len(seen) + len(parts)


async def test_an_answer_for_one_person_that_has_grown_is_told_whole(side: SlackSide) -> None:
    reader, words = (side.reader("Ben"),), [f"word{i}" for i in range(1500)]
    content = Content(text="You owe 500", buttons=(Button(id="t", label="Why?"),))
    parts = await side.channel.send(outgoing(side, content, reader=reader))
    await side.presses("Ben", parts[0], "Why?")
    await side.channel.send(outgoing(side, " ".join(words), id="d2", what="edit", parts=parts, reader=reader))
    seen = " ".join(s.text for s in await side.seen("Ben")).split()
    assert [word for word in seen if word.startswith("word")] == words


async def test_a_command_where_we_are_no_member_is_answered_by_its_own_address(side: SlackSide) -> None:
    side.room.members.remove(side.ws.bot_user)
    await side.emulator.people.command(side.ws, side.room, "Ana", "/caravan", "help")
    await side.channel.send(outgoing(side, "Hello all"))
    await side.channel.send(outgoing(side, "Just you", shown="a2", reader=(side.reader("Ana"),)))
    assert [s.text for s in await side.seen("Ana")] == ["Hello all", "Just you"]
    assert [s.text for s in await side.seen("Ben")] == ["Hello all"]


async def test_a_file_that_got_no_answer_is_found_by_its_share(side: SlackSide) -> None:
    file = File(name="plan.pdf", mime="application/pdf", key="k", size=4)
    side.emulator.faults.append(("files.completeUploadExternal", "drop after"))
    [ts] = await side.channel.send(outgoing(side, Content(text="Look", files=(file,))))
    assert [len(m.files) for m in side.room.messages.values()] == [1] and ts in side.room.messages


@pytest.mark.parametrize(
    ("code", "reaction", "gone"),
    [
        ("ratelimited", RetryLater, ""), ("is_archived", Undeliverable, "place"),
        ("not_in_channel", Undeliverable, "place"),
        ("token_revoked", Undeliverable, "account"), ("missing_scope", Undeliverable, "account"),
        ("fatal_error", Unknown, ""), ("5xx", Unknown, ""), ("msg_too_long", Undeliverable, ""),
        ("a_code_of_tomorrow", Undeliverable, ""),
    ],
)  # fmt: skip
async def test_each_error_calls_for_its_reaction(side: SlackSide, code: str, reaction: type, gone: str) -> None:
    side.emulator.faults.append(("chat.postMessage", code))
    with pytest.raises(reaction) as raised:
        await side.channel.send(outgoing(side, "Hi"))
    assert getattr(raised.value, "gone", "") == gone
    assert list(await side.seen()) == []


async def test_a_correction_without_an_answer_is_tried_again(side: SlackSide) -> None:
    parts = await side.channel.send(outgoing(side, "7:10"))
    side.emulator.faults.append(("chat.update", "drop after"))
    with pytest.raises(RetryLater):
        await side.channel.send(outgoing(side, "8:20", id="d2", what="edit", parts=parts))


async def test_a_flooded_channel_says_how_long_and_leaves_the_others_alone(side: SlackSide) -> None:
    side.emulator.rates.floods[side.room.id] = side.emulator.world.now() + 7
    with pytest.raises(RetryLater) as wait:
        await side.channel.send(outgoing(side, "Hi"))
    assert 5 <= wait.value.after <= 8
    other = side.emulator.world.channel(side.ws, "other", "Ana")
    assert await side.channel.send(outgoing(side, "Hi", place=f"slack:main:{other.id}"))


async def test_what_is_gone_already_is_taken_back(side: SlackSide) -> None:
    parts = await side.channel.send(outgoing(side, "Wrong"))
    for id in ("d2", "d3"):
        await side.channel.send(outgoing(side, "", id=id, what="delete", parts=parts))
    assert [s.deleted for s in await side.seen()] == [True]


async def test_slack_that_cannot_be_reached_is_tried_again(tmp_path: Path) -> None:
    async with staged(tmp_path, SLACK_API_BASE="http://127.0.0.1:9") as side:
        with pytest.raises(RetryLater):
            await side.channel.send(outgoing(side, "Hi"))
