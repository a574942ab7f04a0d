"""What Caravan sends is shown once, whatever is sent twice, and can be edited, deleted and streamed."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.content import Button, Card, Content, Fact, Field, File, Option, Poll
from bot.errors import RetryLater, Undeliverable, Unknown
from tests.channels.simulator.stage import Stage

NOON = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)


async def test_an_answer_is_shown_under_its_own_id_and_name(stage: Stage) -> None:
    place = await stage.place()
    assert await stage.send(place, "Karibu!", shown="a1", name="Zuri", kind="persona", reply_to="m") == ("a1",)
    [shown] = await stage.shown(place)
    assert (shown["id"], shown["author"], shown["author_kind"]) == ("a1", "Zuri", "persona")
    assert (shown["text"], shown["reply_to"]) == ("Karibu!", "m")


async def test_a_card_is_shown_with_its_facts(stage: Stage) -> None:
    place = await stage.place()
    fact = Fact(
        label="Price", value="KES 4,500", source="Coast Air", ref="f1", fetched_at=NOON, minor=450000, currency="KES"
    )
    plain = Fact(label="Leaves", value="07:10", source="Coast Air", ref="f1", fetched_at=NOON)
    card = Card(title="NBO → MBA", lines=("Every day",), facts=(fact, plain))
    await stage.send(place, Content(kind="card", card=card, buttons=(Button(id="t", label="Take it"),)))
    [shown] = await stage.shown(place)
    origin = {"source": "Coast Air", "ref": "f1", "fetched_at": "2026-03-12T12:00:00Z"}
    assert shown["kind"] == "card"
    assert shown["card"] == {
        "title": "NBO → MBA",
        "lines": ["Every day"],
        "facts": [
            {"label": "Price", "value": "KES 4,500", "minor": 450000, "currency": "KES", **origin},
            {"label": "Leaves", "value": "07:10", **origin},
        ],
    }
    assert shown["buttons"] == [{"id": "t", "label": "Take it"}]


async def test_a_poll_a_form_and_files_are_shown_as_they_are(stage: Stage) -> None:
    place = await stage.place()
    options = (Option(id="1", label="Lamu", votes=2), Option(id="2", label="Diani"))
    poll = Poll(options=options, closes_at=NOON, quorum=2, state="closed", winner="1")
    form = (Field(name="style", type="choice", options=("beach", "safari")), Field(name="nights", type="count"))
    file = File(name="plan.pdf", mime="application/pdf", key="k", size=10)
    await stage.send(place, Content(kind="poll", text="Where?", poll=poll, form=form, files=(file,)))
    [shown] = await stage.shown(place)
    assert shown["poll"] == {
        "options": [{"id": "1", "label": "Lamu", "votes": 2}, {"id": "2", "label": "Diani", "votes": 0}],
        "closes_at": "2026-03-12T12:00:00Z", "quorum": 2, "state": "closed", "winner": "1",
    }  # fmt: skip
    assert shown["form"] == [
        {"name": "style", "type": "choice", "options": ["beach", "safari"]},
        {"name": "nights", "type": "count"},
    ]
    assert shown["files"] == [{"name": "plan.pdf", "mime": "application/pdf", "url": "/simulator/files/k"}]


async def test_the_same_delivery_twice_is_shown_once(stage: Stage) -> None:
    place = await stage.place()
    outgoing = stage.outgoing(place, "Once")
    first, second = await asyncio.gather(stage.channel.send(outgoing), stage.channel.send(outgoing))
    assert first == second == (outgoing.shown,)
    assert len(await stage.shown(place)) == 1
    assert await stage.channel.look_up(outgoing) == first
    assert await stage.channel.look_up(replace(outgoing, id="other")) is None


async def test_a_long_answer_comes_in_parts_that_are_edited_together(stage: Stage) -> None:
    place = await stage.place()
    words = [f"word{i}" for i in range(6000)]
    parts = await stage.send(place, " ".join(words), shown="a1")
    assert len(parts) > 2 and parts[:2] == ("a1", "a1~2")
    shown = await stage.now_shown(place)
    assert " ".join(e["text"] for e in shown).split() == words
    edit = stage.outgoing(place, "Short after all", shown="a1", id="d2", what="edit", parts=parts)
    assert await stage.channel.send(edit) == ("a1",)
    now = await stage.now_shown(place)
    assert [(e["text"], e["kind"]) for e in now[:2]] == [("Short after all", "message"), ("", "deleted")]
    longer = stage.outgoing(place, " ".join(words), shown="a1", id="d3", what="edit", parts=("a1",))
    assert await stage.channel.send(longer) == parts
    assert " ".join(e["text"] for e in await stage.now_shown(place)).split() == words


async def test_edits_that_are_repeated_after_later_ones_change_nothing(stage: Stage) -> None:
    place = await stage.place()
    parts = await stage.send(place, "1", shown="a1")
    edits = [stage.outgoing(place, t, shown="a1", id=f"d{t}", what="edit", parts=parts) for t in ("2", "3")]
    for edit in (*edits, *edits):
        assert await stage.channel.send(edit) == parts
    assert [e["text"] for e in await stage.shown(place)] == ["1", "2", "3"]


async def test_a_stream_grows_in_one_message_and_is_finished(stage: Stage) -> None:
    place = await stage.place()
    parts = await stage.send(place, "Let", shown="a1", partial=True)
    for text, partial in (("Let me", True), ("Let me see.", False)):
        out = stage.outgoing(place, text, shown="a1", id="d", what="edit", parts=parts, partial=partial)
        assert await stage.channel.send(out) == parts
    assert [(e["text"], e["partial"]) for e in await stage.shown(place)] == [
        ("Let", True), ("Let me", True), ("Let me see.", False),
    ]  # fmt: skip


async def test_a_stream_that_was_broken_off_ends_in_the_same_message(stage: Stage) -> None:
    place = await stage.place()
    await stage.send(place, "Let", shown="a1", id="d:start", partial=True)
    assert await stage.send(place, "Let me see.", shown="a1", id="d") == ("a1",)
    [shown] = await stage.now_shown(place)
    assert (shown["text"], shown["partial"]) == ("Let me see.", False)


async def test_a_stream_that_is_repeated_ends_as_it_did(stage: Stage) -> None:
    place = await stage.place()
    parts = await stage.send(place, "…", shown="a1", id="d:start", partial=True)
    end = stage.outgoing(place, "The end.", shown="a1", id="d", what="edit", parts=parts)
    again = stage.outgoing(place, "Once mo", shown="a1", id="d:edit", what="edit", parts=parts, partial=True)
    for out in (end, again, end):
        await stage.channel.send(out)
    assert (await stage.now_shown(place))[0]["text"] == "The end."
    assert (await stage.now_shown(place))[0]["partial"] is False


async def test_an_answer_can_be_taken_back(stage: Stage) -> None:
    place = await stage.place()
    parts = await stage.send(place, "Wrong", shown="a1")
    delete = stage.outgoing(place, "", shown="a1", id="d2", what="delete", parts=parts)
    assert await stage.channel.send(delete) == await stage.channel.send(delete) == parts
    assert [e["kind"] for e in await stage.shown(place)] == ["message", "deleted"]
    edit = stage.outgoing(place, "Right", shown="a1", id="d3", what="edit", parts=parts)
    with pytest.raises(Undeliverable):
        await stage.channel.send(edit)


async def test_a_private_answer_is_seen_by_its_readers_alone(stage: Stage) -> None:
    place = await stage.place("Ana", "Ben")
    buttons = (Button(id="t", label="Pay"),)
    await stage.send(place, Content(text="You owe 500", buttons=buttons), shown="a1", reader=("simulator:Ben",))
    [seen] = await stage.shown(place, "Ben")
    assert seen["only_for"] == ["Ben"]
    assert await stage.shown(place, "Ana") == []
    assert (await stage.get("transcript", place=place, as_="Ana"))["next"] == 1
    await stage.post("press", 404, place=place, as_="Ana", entry="a1", button="t")
    await stage.post("react", 404, place=place, as_="Ana", entry="a1", emoji="👀")
    with pytest.raises(Undeliverable):
        await stage.send(place, "For nobody here", reader=("telegram:7",))


async def test_what_cannot_be_shown_is_refused_for_good(stage: Stage) -> None:
    place = await stage.place()
    for outgoing in (
        stage.outgoing("simulator:main:nowhere", "Hi"),
        stage.outgoing(place, ""),
        stage.outgoing(place, "Hi", what="edit", parts=("unknown",)),
    ):
        with pytest.raises(Undeliverable):
            await stage.channel.send(outgoing)
    assert await stage.shown(place) == []


async def test_faults_of_the_network_strike_once_each(stage: Stage) -> None:
    place = await stage.place()
    for kind in ("down", "refused", "timeout"):
        await stage.post("faults", target="channel", kind=kind)
    outgoing = stage.outgoing(place, "Hi")
    with pytest.raises(RetryLater):
        await stage.channel.send(outgoing)
    with pytest.raises(Undeliverable):
        await stage.channel.send(outgoing)
    assert await stage.shown(place) == []
    with pytest.raises(Unknown):
        await stage.channel.send(outgoing)
    assert await stage.channel.look_up(outgoing) == (outgoing.shown,)
    assert await stage.channel.send(outgoing) == (outgoing.shown,)
    assert len(await stage.shown(place)) == 1


async def test_a_doubled_notice_reaches_the_core_twice_under_one_id(stage: Stage) -> None:
    place = await stage.place()
    heard: list[str] = []

    async def inbox(entries: object) -> None:
        heard.extend(e.id for e in entries)  # type: ignore[attr-defined]

    await stage.channel.open(inbox)
    await stage.post("faults", target="channel", kind="doubled_notice")
    said = await stage.post("say", place=place, as_="Ana", text="Hi")
    assert heard[-2:] == [said["entry"]] * 2


@pytest.mark.parametrize("kind", ["late_notice", "lost_notice"])
async def test_news_that_is_late_or_lost_comes_in_the_end(stage: Stage, kind: str) -> None:
    place = await stage.place()
    stage.clock.pauses = []
    await stage.post("faults", target="channel", kind=kind, by=3)
    said = await stage.post("say", place=place, as_="Ana", text="Hi")
    assert [e["text"] for e in await stage.shown(place)] == ["Hi"]
    await stage.hears(said["entry"])
    assert stage.clock.pauses == [3]


async def test_a_channel_has_no_prices_to_go_up(stage: Stage) -> None:
    await stage.post("faults", 400, target="channel", kind="price_up")


async def test_a_hundred_people_at_once_lose_nothing(stage: Stage) -> None:
    place = await stage.place()
    await asyncio.gather(
        *(stage.post("say", place=place, as_="Ana", text=f"{i}") for i in range(50)),
        *(stage.send(place, f"{i}", shown=f"a{i}") for i in range(50)),
    )
    shown = await stage.shown(place)
    assert [e["n"] for e in shown] == list(range(1, 101))
    said = [e["id"] for e in shown if e["author_kind"] == "person"]
    assert said == [e.id for e in stage.heard[1:]]
