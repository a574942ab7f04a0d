"""Any content on any network: nothing lost, nothing empty, within the limits, every control reachable."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content import Button, Card, Content, Fact, Field, File, Option, Poll
from bot.ports import Features
from channels.limits import LIMITS
from channels.rendering import Part, chosen, numbered, render, takes
from channels.splitting import size

NOON = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
ALL = [limits.group for limits in LIMITS.values()] + [limits.direct for limits in LIMITS.values()]
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)
SOME = WORDS.filter(str.strip)
LONG = st.lists(SOME, max_size=400).map("\n".join)
FACTS = st.builds(
    Fact, label=SOME, value=SOME, source=st.sampled_from(["Coast Air", "Reef Hotels"]), ref=SOME,
    fetched_at=st.integers(0, 3).map(lambda hours: NOON + timedelta(hours=hours)),
)  # fmt: skip
CARDS = st.builds(
    Card, title=SOME, lines=st.lists(SOME, max_size=5).map(tuple), facts=st.lists(FACTS, max_size=6).map(tuple)
)
BUTTONS = st.lists(
    st.builds(Button, id=SOME, label=SOME, url=st.sampled_from(["", "", "https://example.com/x"])), max_size=9
)
FORMS = st.lists(
    st.builds(Field, name=SOME, type=st.just("text"), options=st.lists(SOME, max_size=3).map(tuple)), max_size=3
)
FILES = st.lists(
    st.builds(File, name=SOME, mime=st.just("image/png"), key=SOME, size=st.sampled_from([10, 20 * 2**20, 2**31])),
    max_size=3,
)
OPTIONS = st.builds(Option, id=SOME, label=SOME, votes=st.integers(0, 5))
POLLS = st.builds(
    Poll, options=st.lists(OPTIONS, min_size=1, max_size=4).map(tuple),
    closes_at=st.just(NOON), quorum=st.just(2), state=st.sampled_from(["open", "closed", "tie", "no_quorum"]),
)  # fmt: skip
CONTENTS = st.builds(
    Content, text=st.one_of(WORDS, LONG), card=st.none() | CARDS, buttons=BUTTONS.map(tuple), form=FORMS.map(tuple),
    poll=st.none() | POLLS, files=FILES.map(tuple),
)  # fmt: skip
NETWORKS = st.sampled_from(ALL)


def ink(text: str) -> str:
    return "".join(text.split())


def whole(parts: tuple[Part, ...]) -> str:
    return ink("".join(p.text for p in parts))


@settings(max_examples=200, deadline=None)
@given(CONTENTS, NETWORKS, WORDS, WORDS)
def test_every_part_fits_and_none_is_empty(content: Content, network: Features, name: str, trip: str) -> None:
    parts = render(content, network, name=name, trip=trip)
    for part in parts:
        assert part.text.strip() or part.files
        assert size(part.text, network.text_unit) <= network.text_limit
        assert len(part.buttons) <= network.buttons
        assert all(size(b.label, network.text_unit) <= network.button_label for b in part.buttons)
    if content != Content(text=content.text) or content.text.strip():
        assert parts


@settings(max_examples=200, deadline=None)
@given(CONTENTS, NETWORKS)
def test_all_words_facts_and_sources_arrive(content: Content, network: Features) -> None:
    shown = whole(render(content, network))
    assert ink(content.text) in shown
    if content.card:
        for words in (content.card.title, *content.card.lines):
            assert ink(words) in shown
        for fact in content.card.facts:
            told = ink(fact.value) in ink("\n".join(content.card.lines))
            assert told or ink(f"{fact.label}: {fact.value}") in shown
            assert ink(f"{fact.source}, read {fact.fetched_at:%d %b %Y %H:%M} UTC") in shown
    if content.poll:
        assert all(ink(f"{o.label} — {o.votes}") in shown for o in content.poll.options)


@settings(max_examples=200, deadline=None)
@given(CONTENTS, NETWORKS)
def test_every_button_question_and_file_can_be_reached(content: Content, network: Features) -> None:
    parts = render(content, network)
    shown, last = whole(parts), parts[-1] if parts else Part()
    named = {b.id for b in last.buttons} | {c.id for c in last.choices}
    for button in content.buttons:
        assert (button.id in named) if not button.url else (button in last.buttons or ink(button.url) in shown)
    assert [c.number for c in last.choices] == list(range(1, len(last.choices) + 1))
    assert all(ink(c.label) in shown and f"{c.number}." in shown for c in last.choices)
    if network.forms:
        assert last.form == content.form
    else:
        assert all(ink(f.name.replace("_", " ").capitalize()) in shown for f in content.form)
    for file in content.files:
        assert file in last.files if takes(file, network) else ink(file.name) in shown


WHATSAPP, TELEGRAM, SLACK = (LIMITS[n].group for n in ("whatsapp", "telegram", "slack"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Karibu", "[Lamu] **Zuri:** Karibu"),
        ("# Karibu", "[Lamu] **Zuri:**\n# Karibu"),
        ("```\nx\n```", "[Lamu] **Zuri:**\n```\nx\n```"),
        ("- one", "[Lamu] **Zuri:**\n- one"),
        ("1. one", "[Lamu] **Zuri:**\n1. one"),
    ],
)
def test_names_and_trips_come_first_where_there_are_no_own_names(text: str, expected: str) -> None:
    [part] = render(Content(text=text), TELEGRAM, name="Zuri", trip="Lamu")
    assert part.text == expected
    [own] = render(Content(text="Karibu"), SLACK, name="Zuri", trip="Lamu")
    assert own.text == "[Lamu] Karibu"


def test_only_the_first_part_has_the_name() -> None:
    parts = render(Content(text="word " * 1000), WHATSAPP, name="Zuri")
    assert [p.text.startswith("**Zuri:**") for p in parts] == [True] + [False] * (len(parts) - 1)


def test_a_poll_is_voted_in_by_number() -> None:
    options = tuple(
        Option(id=str(i), label=label, votes=i) for i, label in enumerate(("Lamu", "Diani", "Watamu", "Kilifi"))
    )
    poll = Poll(options=options, closes_at=NOON, quorum=3)
    buttons = tuple(Button(id=f"t{o.id}", label=o.label) for o in options)
    [part] = render(Content(kind="poll", text="Where?", poll=poll, buttons=buttons), WHATSAPP, first=4)
    assert part.text.split("\n") == [
        "Where?", "", "4. Lamu — 0 votes", "5. Diani — 1 vote", "6. Watamu — 2 votes", "7. Kilifi — 3 votes",
        "_Open until 12 Mar 2026 12:00 UTC; 3 votes are needed._", "", "_Answer with the number._",
    ]  # fmt: skip
    closed = replace(poll, state="closed", winner="2")
    [end] = render(Content(kind="poll", poll=closed), TELEGRAM)
    assert "• Watamu — 2 votes ✓" in end.text and "closed" in end.text


def test_a_card_says_where_each_fact_comes_from_and_when_it_was_read() -> None:
    price = Fact(
        label="Price", value="KES 4,500", source="Coast Air", ref="1", fetched_at=NOON, minor=1, currency="KES"
    )
    leaves = replace(price, label="Leaves", value="07:10")
    other = replace(price, label="Bed", value="KES 9,000", source="Reef Hotels")
    [part] = render(Content(card=Card(title="Trip", lines=("Two of you",), facts=(price, leaves, other))), TELEGRAM)
    assert part.text.split("\n") == [
        "**Trip**", "Two of you", "• Price: KES 4,500", "• Leaves: 07:10", "_Coast Air, read 12 Mar 2026 12:00 UTC_",
        "• Bed: KES 9,000 — Reef Hotels, read 12 Mar 2026 12:00 UTC",
    ]  # fmt: skip


def test_what_the_lines_of_a_card_tell_is_not_said_again() -> None:
    price = Fact(
        label="Price", value="KES 4,500", source="Coast Air", ref="1", fetched_at=NOON, minor=1, currency="KES"
    )
    seats = replace(price, label="Seats", value="4")
    near = replace(price, label="Tax", value="KES 4,50")
    card = Card(title="Trip", lines=("**07:10** Coast Air – KES 4,500",), facts=(price, seats, near))
    [part] = render(Content(card=card), TELEGRAM)
    assert part.text.split("\n")[2:] == [
        "• Seats: 4", "• Tax: KES 4,50", "_Coast Air, read 12 Mar 2026 12:00 UTC_",
    ]  # fmt: skip


def test_a_form_is_asked_in_words_where_there_are_no_forms() -> None:
    form = (Field(name="travel_style", type="choice", options=("beach", "safari")), Field(name="nights", type="count"))
    [part] = render(Content(text="Your trip", form=form), WHATSAPP)
    assert part.text == "Your trip\n\nPlease tell me:\n• Travel style (beach, safari)\n• Nights"
    [native] = render(Content(text="Your trip", form=form), SLACK)
    assert (native.text, native.form) == ("Your trip", form)


def test_buttons_alone_have_words_to_hang_on() -> None:
    [part] = render(Content(buttons=(Button(id="t", label="Go"),)), TELEGRAM)
    assert part.text == "Please choose:"


@pytest.mark.parametrize("said", ["2", " 2 ", "2.", "#2", "2)", "bus", " BUS "])
def test_a_choice_is_named_by_number_or_label(said: str) -> None:
    choices = numbered(Content(buttons=(Button(id="a", label="Fly"), Button(id="b", label="Bus"))))
    found = chosen(said, choices)
    assert found and found.id == "b"


@pytest.mark.parametrize("said", ["", "3", "0", "22", "2 nights", "two", "²", "99999999999", "the bus"])
def test_other_words_choose_nothing(said: str) -> None:
    choices = numbered(Content(buttons=(Button(id="a", label="Fly"), Button(id="b", label="Bus"))))
    assert chosen(said, choices) is None


def test_the_limits_are_dated_and_name_their_pages() -> None:
    for limits in LIMITS.values():
        assert limits.pages and all(page.startswith("https://") for page in limits.pages)
        assert datetime.fromisoformat(limits.group.as_of) and datetime.fromisoformat(limits.direct.as_of)
