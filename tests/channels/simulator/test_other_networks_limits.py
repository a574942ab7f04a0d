"""A place that is like another network shows only what that network can: numbers, names, parts, no edits."""

from datetime import UTC, datetime

import pytest

from bot.content import Button, Card, Content, Fact, File
from bot.errors import Undeliverable
from tests.channels.simulator.stage import Stage

FOUR = tuple(Button(id=f"t{i}", label=label) for i, label in enumerate(("Fly", "Bus", "Train", "Drive"), 1))
NOON = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)


async def test_a_place_says_what_it_is_like(stage: Stage) -> None:
    for like in ("telegram", "slack", "discord", "whatsapp"):
        place = await stage.place(like=like)
        assert place == f"simulator:main:lamu~{like}"
        assert stage.channel.features(place).text_limit < 16_000
    direct = await stage.place("Ana", like="discord", kind="direct")
    assert stage.channel.features(direct).own_names is False
    assert stage.channel.features("simulator:main:lamu~discord").own_names is True
    assert stage.channel.features("simulator:main:lamu~pigeons") == stage.channel.features("simulator:main:lamu")


async def test_many_buttons_become_numbers_and_a_typed_number_presses(stage: Stage) -> None:
    place = await stage.place(like="whatsapp")
    await stage.send(place, Content(text="How?", buttons=FOUR), shown="a1", name="Zuri", kind="persona")
    [shown] = await stage.shown(place)
    assert shown["buttons"] == []
    assert shown["text"].startswith("**Zuri:** How?\n\n1. Fly\n2. Bus\n3. Train\n4. Drive\n")
    assert (shown["author"], shown["author_kind"]) == ("Caravan", "persona")
    said = await stage.post("say", place=place, as_="Ben", text="2")
    pressed = stage.heard[-1]
    assert (pressed.id, pressed.what, pressed.object) == (said["entry"], "press", "a1")
    assert pressed.value["token"] == "t2"
    await stage.post("say", place=place, as_="Ben", text=" train ")
    assert stage.heard[-1].value["token"] == "t3"
    await stage.post("say", place=place, as_="Ben", text="5")
    assert stage.heard[-1].what == "message"


async def test_three_short_buttons_stay_buttons(stage: Stage) -> None:
    place = await stage.place(like="whatsapp")
    await stage.send(place, Content(text="How?", buttons=FOUR[:3]), shown="a1")
    assert [b["label"] for b in (await stage.shown(place))[0]["buttons"]] == ["Fly", "Bus", "Train"]
    await stage.post("press", place=place, as_="Ana", entry="a1", button="Bus")
    await stage.post("say", place=place, as_="Ana", text="2")
    assert [e.what for e in stage.heard[-2:]] == ["press", "message"]


async def test_numbers_go_on_over_messages_until_somebody_speaks(stage: Stage) -> None:
    place = await stage.place(like="whatsapp")
    await stage.send(place, Content(text="Day 1", buttons=FOUR), shown="a1")
    await stage.send(place, Content(text="Day 2", buttons=FOUR), shown="a2")
    assert "5. Fly" in (await stage.shown(place))[1]["text"]
    for typed, message, token in (("6", "a2", "t2"), ("#1", "a1", "t1"), ("8.", "a2", "t4")):
        await stage.post("say", place=place, as_="Ana", text=typed)
        assert (stage.heard[-1].object, stage.heard[-1].value["token"]) == (message, token)
    await stage.send(place, Content(text="Day 3", buttons=FOUR), shown="a3")
    assert "1. Fly" in (await stage.shown(place))[-1]["text"]
    await stage.post("say", place=place, as_="Ana", text="1")
    assert stage.heard[-1].object == "a3"
    await stage.post("say", place=place, as_="Ana", text="6", reply_to="a2")
    assert (stage.heard[-1].object, stage.heard[-1].value["token"]) == ("a2", "t2")


async def test_a_number_after_a_question_in_words_is_an_answer(stage: Stage) -> None:
    place = await stage.place(like="whatsapp")
    await stage.send(place, Content(text="How?", buttons=FOUR))
    await stage.post("say", place=place, as_="Ana", text="hm")
    await stage.send(place, "How many are you?")
    await stage.post("say", place=place, as_="Ana", text="4")
    assert (stage.heard[-1].what, stage.heard[-1].text) == ("message", "4")


async def test_what_cannot_be_edited_is_said_again(stage: Stage) -> None:
    place = await stage.place(like="whatsapp")
    parts = await stage.send(place, "7:10", shown="a1")
    edit = stage.outgoing(place, "8:20", shown="a1", id="d2", what="edit", parts=parts)
    new = await stage.channel.send(edit)
    assert await stage.channel.send(edit) == new != parts
    first, second = await stage.shown(place)
    assert (first["text"], first["revision"]) == ("7:10", 1)
    assert second["text"] == "_(this replaces an earlier message)_ 8:20"
    await stage.channel.send(stage.outgoing(place, "", shown="a1", id="d3", what="delete", parts=parts))
    last = (await stage.shown(place))[-1]
    assert (last["kind"], "withdrawn" in last["text"]) == ("notice", True)


async def test_a_stream_waits_for_its_end_where_nothing_can_be_edited(stage: Stage) -> None:
    place = await stage.place(like="whatsapp")
    assert await stage.send(place, "Let", shown="a1", partial=True) == ()
    assert await stage.shown(place) == []
    await stage.send(place, "Let me see.", shown="a1", id="d", what="edit")
    assert [e["text"] for e in await stage.shown(place)] == ["Let me see."]


async def test_nothing_private_goes_to_a_group_without_private_replies(stage: Stage) -> None:
    group = await stage.place(like="telegram")
    with pytest.raises(Undeliverable):
        await stage.send(group, "You owe 500", reader=("simulator:Ana",))
    direct = await stage.place("Ana", like="telegram", kind="direct")
    await stage.send(direct, "You owe 500", reader=("simulator:Ana",))
    assert "only_for" not in (await stage.shown(direct))[0]


async def test_a_card_is_text_with_sources_and_long_text_comes_in_parts(stage: Stage) -> None:
    place = await stage.place(like="discord")
    facts = tuple(
        Fact(label=f"Flight {i}", value="KES 4,500", source="Coast Air", ref=str(i), fetched_at=NOON)
        for i in range(200)
    )
    card = Card(title="Flights", lines=("All of them",), facts=facts)
    parts = await stage.send(place, Content(kind="card", card=card, buttons=FOUR), name="Zuri", kind="persona")
    shown = await stage.shown(place)
    assert len(parts) == len(shown) > 1
    assert all(0 < len(e["text"]) <= 2000 and "card" not in e for e in shown)
    whole = "\n".join(e["text"] for e in shown)
    assert all(f"Flight {i}: KES 4,500" in whole for i in range(200))
    assert "Coast Air, read 12 Mar 2026 12:00 UTC" in whole
    assert [len(e["buttons"]) for e in shown] == [0] * (len(shown) - 1) + [4]
    assert {e["author"] for e in shown} == {"Zuri"}


async def test_a_file_that_is_too_large_is_named_with_the_reason(stage: Stage) -> None:
    place = await stage.place(like="whatsapp")
    file = File(name="film.mp4", mime="video/mp4", key="k", size=50_000_000)
    await stage.send(place, Content(text="Look", files=(file,)))
    [shown] = await stage.shown(place)
    assert shown["files"] == []
    assert "film.mp4" in shown["text"]


async def test_a_network_without_reactions_takes_none(stage: Stage) -> None:
    place = await stage.place(like="whatsapp")
    await stage.send(place, "Hi", shown="a1")
    await stage.post("react", 400, place=place, as_="Ana", entry="a1", emoji="👍")
