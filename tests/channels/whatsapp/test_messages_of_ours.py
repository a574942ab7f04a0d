"""What people see: WhatsApp's markup, buttons made from few resources, files, and all of every text."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content import Button, Card, Content, Fact, File, Option, Poll
from bot.errors import Undeliverable
from bot.ports import Outgoing
from channels.markdown import plain
from channels.splitting import size
from channels.whatsapp.outbound import Message, messages, written
from channels.whatsapp.templates import shape
from tests.channels.whatsapp.wired import Wired, wired
from tests.emulators.twilio import strictness

NOON = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)
MARKED = st.builds("{0}{1}{0}".format, st.sampled_from(["**", "_", "~~", "`", ""]), WORDS)
LINES = st.one_of(
    WORDS, MARKED, st.just(""), st.builds("# {}".format, WORDS), st.builds("- {}".format, WORDS),
    st.builds("> {}".format, WORDS), st.builds("| {} | {} |".format, WORDS, WORDS), st.just("```"),
    st.builds("[{}](https://example.com/{})".format, WORDS, st.integers(0, 9)),
    st.sampled_from(["👩‍👩‍👧‍👦🇰🇪👋🏽" * 40, "word " * 300, "x" * 3000, "\t\tindented", "a          b"]),
)  # fmt: skip


def out(content: Content | str, **more: object) -> Outgoing:
    content = Content(text=content) if isinstance(content, str) else content
    about = {"id": "e/0@p", "place": "whatsapp:main:+1", "what": "send", "content": content, "shown": "e/0"}
    return Outgoing(**{**about, **more})  # type: ignore[arg-type]


def link(file: File) -> str:
    return f"https://x.test/{file.name}"


def letters(text: str) -> str:
    """What is left of a text without white space and marks of any dialect."""
    return "".join(c for c in text if not c.isspace() and c not in "*_~`>#|[]()•-\u2060")


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=25), st.integers(0, 12), st.sampled_from(["system", "persona", "person"]))
def test_the_parts_of_any_text_carry_all_of_it(lines: Sequence[str], count: int, kind: str) -> None:
    buttons = tuple(Button(id=f"t{n}", label=f"Take {n}") for n in range(count))
    text = "\n".join(lines)
    wanted = out(Content(text=text, buttons=buttons), kind=kind, name="Zuri")
    try:
        found = messages(wanted, link)
    except Undeliverable:
        assert not plain(text).strip() and not buttons
        return
    said = "\n".join(m.text for m in found)
    sought = letters(text if kind == "person" else plain(text))
    assert _in_order(sought, letters(said))
    for message in found:
        assert size(message.text, "utf16") <= (1024 if message.buttons else 1600)
        if message.buttons:
            _is_taken(message)


def _in_order(wanted: str, said: str) -> bool:
    rest = iter(said)
    return all(c in rest for c in wanted)


def _is_taken(message: Message) -> None:
    """As strict as Twilio with what fills a content."""
    made = shape(message)
    samples = dict.fromkeys(made.values, "x")
    strictness.check_content({"friendly_name": "c", "language": "en", "variables": samples, "types": dict(made.types)})
    kind, said = strictness.filled(made.types, json.dumps(made.values), samples)
    strictness.check_shown(kind, said, False)
    assert letters(said["body"]) == letters(message.text)


@pytest.mark.parametrize(
    ("markdown", "whatsapp"),
    [
        ("**bold** and _leaning_ and ~~gone~~", "*bold* and _leaning_ and ~gone~"),
        ("# A title", "*A title*"),
        ("- one\n- two", "• one\n• two"),
        ("> said", "> said"),
        ("`code`", "`code`"),
        ("```py\na = 1\n```", "```\na = 1\n```"),
        ("[the plan](https://example.com/p)", "the plan (https://example.com/p)"),
        ("2 * 3 and a snake", "2 * 3 and a snake"),
        ("pay: https://e.org/c/_a-_b_-c_d and _now_", "pay: https://e.org/c/_a-_b_-c_d and _now_"),
        ("a_b_c: **https://e.org/~x/_y_z_** _!_", "a_\u2060b_\u2060c: *https://e.org/~x/_y_z_* _!_"),
    ],
)
def test_markdown_is_written_as_whatsapp_does(markdown: str, whatsapp: str) -> None:
    assert written(markdown) == whatsapp


def test_what_a_person_said_is_left_as_they_wrote_it() -> None:
    [said] = messages(out("not **bold** _at all_", kind="person", name="Ben", trip="Lamu"), link)
    assert said.text == "[Lamu] *Ben:* not **bold** _at all_"


def test_a_poll_shows_its_numbers_beside_its_buttons_and_takes_both() -> None:
    options = (Option(id="a", label="Lamu", votes=1), Option(id="b", label="Diani"))
    buttons = (Button(id="ta", label="Lamu"), Button(id="tb", label="Diani"))
    content = Content(kind="poll", text="Where?", poll=Poll(options=options, closes_at=NOON, quorum=0), buttons=buttons)
    [said] = messages(out(content), link)
    assert "1. Lamu" in said.text and "2. Diani" in said.text and said.buttons == buttons
    assert said.choices == ((1, "ta", "Lamu"), (2, "tb", "Diani"))


def test_labels_are_taken_as_typed_but_numbers_that_nobody_sees_are_not() -> None:
    [said] = messages(out(Content(text="How many?", buttons=(Button(id="t", label="Skip"),))), link)
    assert said.choices == ((-1, "t", "Skip"),)


def test_files_that_whatsapp_does_not_take_become_links() -> None:
    files = tuple(
        File(name=name, mime=mime, key=name, size=size)
        for name, mime, size in (
            ("plan.pdf", "application/pdf", 9), ("trip.ics", "text/calendar", 9), ("map.png", "image/png", 6 << 20),
        )
    )  # fmt: skip
    first, second = messages(out(Content(text="Here", files=files)), link)
    assert first.text.startswith("Here") and "trip.ics: https://x.test/trip.ics" in first.text
    assert "map.png: https://x.test/map.png" in first.text
    assert second.file is not None and second.file.name == "plan.pdf"


def test_corrections_say_so_because_nothing_can_be_changed() -> None:
    [edit] = messages(out("8:20", what="edit", parts=("SM1",)), link)
    [gone] = messages(out("", what="delete", parts=("SM1",)), link)
    assert "replaces" in edit.text and "disregard" in gone.text


async def ana(here: Wired) -> None:
    await here.emulator.people.say("Ana", "hello")


async def test_few_resources_serve_many_messages_and_are_kept(tmp_path: Path) -> None:
    async with wired(tmp_path) as here:
        await ana(here)
        before = len(here.emulator.world.contents)
        for n in range(6):
            fact = Fact(label="Price", value=f"KES {n}", source="Coast Air", ref="f", fetched_at=NOON)
            card = Card(title=f"Flight {n}", lines=(f"leaves at {n}",), facts=(fact,))
            buttons = tuple(Button(id=f"token{n}{i}", label=label) for i, label in enumerate(("Book", "Later")))
            await here.channel.send(
                out(Content(kind="card", card=card, buttons=buttons), id=f"d{n}", place=here.place("Ana"))
            )
        seen = [m for m in here.emulator.world.with_person("Ana") if m.outbound]
        assert "Flight 5" in seen[-1].body and seen[-1].buttons == (("Book", "token50"), ("Later", "token51"))
        assert len(here.emulator.world.contents) == before + 1
        await here.emulator.people.press("Ana", seen[2].sid, "Later")
        assert here.heard[-1].value["token"] == "token21"


async def test_four_to_ten_buttons_are_a_list_and_a_row_is_a_press(tmp_path: Path) -> None:
    async with wired(tmp_path) as here:
        await ana(here)
        buttons = tuple(Button(id=f"t{n}", label=f"Hotel number {n:02} in Lamu") for n in range(7))
        [sid] = await here.channel.send(out(Content(text="Which?", buttons=buttons), place=here.place("Ana")))
        assert here.emulator.world.messages[sid].is_list
        await here.emulator.people.press("Ana", sid, "Hotel number 03 in Lamu")
        pressed = here.heard[-1]
        assert (pressed.what, pressed.value["token"], pressed.object) == ("press", "t3", "e/0")


async def test_a_file_is_fetched_from_a_signed_link_that_ends(tmp_path: Path) -> None:
    async with wired(tmp_path) as here:
        await ana(here)
        await here.keep_blob("blob1")
        file = File(name="Reiseplan für Lamu.pdf", mime="application/pdf", key="blob1", size=13)
        await here.channel.send(out(Content(text="Look", files=(file,)), place=here.place("Ana")))
        seen = [m for m in here.emulator.world.with_person("Ana") if m.outbound]
        assert [m.body for m in seen] == ["Look", ""]
        assert (seen[1].media[0].name, seen[1].media[0].data) == ("Reiseplan für Lamu.pdf", b"%PDF-1.4 plan")
        gone = File(name="gone.pdf", mime="application/pdf", key="nowhere", size=13)
        with pytest.raises(Undeliverable):
            await here.channel.send(out(Content(text="", files=(gone,)), id="d2", place=here.place("Ana")))
