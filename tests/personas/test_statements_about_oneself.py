"""What people say about themselves in passing is recognised; questions, suppositions and chatter are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personas.statements import in_passing, leanings, merged, statements, tells


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Zuri, I'm vegetarian", ["I'm vegetarian"]),
        ("Zuri we’re both vegans, 2 days in Lamu", ["we’re both vegans"]),
        ("We are allergic to peanuts, eggs and milk.", ["We are allergic to peanuts, eggs and milk"]),
        ("I'm allergic to nuts, find me a place for tonight", ["I'm allergic to nuts"]),
        ("I have a peanut allergy", ["I have a peanut allergy"]),
        ("my son is allergic to nuts", ["my son is allergic to nuts"]),
        ("I hate flying and we love beaches", ["I hate flying", "we love beaches"]),
        ("Zuri, 3 days in Mombasa. I don't eat pork", ["I don't eat pork"]),
        ("I get seasick; book it", ["I get seasick"]),
        ("my husband is coeliac but I can't stand crowds", ["my husband is coeliac", "I can't stand crowds"]),
        ("I use a wheelchair", ["I use a wheelchair"]),
        ("I'm not vegetarian", []),
        ("am I vegetarian?", []),
        ("do you think I hate museums?", []),
        ("if I'm vegetarian, what then", []),
        ("I love you", []),
        ("I love it", []),
        ("I am in Nairobi", []),
        ("I hate when people are late", []),
        ("", []),
    ],
)
def test_lasting_things_are_told_from_chatter(text: str, found: list[str]) -> None:
    assert list(statements(text)) == found


def test_what_asks_to_remember_or_to_forget_is_not_said_in_passing() -> None:
    assert in_passing("Zuri, I'm vegan") and not in_passing("remember that I'm vegan")
    assert not in_passing("forget that I'm vegan")


@pytest.mark.parametrize(
    ("fact", "own", "others"),
    [
        ("I'm vegetarian", {"meat": -100, "seafood": -100, "vegetarian": 60}, {"meat": -100, "seafood": -100}),
        ("I'm not a vegan", {"vegetarian": -80}, {}),
        ("allergic to peanuts and kiwi", {"nuts": -100, "kiwi": -100}, {"nuts": -100, "kiwi": -100}),
        ("I hate flying", {"flight": -100}, {}),
        ("I get seasick", {"boat": -80}, {}),
        ("we love beaches", {"beach": 90}, {}),
        ("Anna was born in May", {}, {}),
    ],
)
def test_facts_lean_towards_tags(fact: str, own: dict[str, int], others: dict[str, int]) -> None:
    assert (leanings(fact), leanings(fact, own=False)) == (own, others)


def test_what_must_not_be_outweighs_what_is_liked() -> None:
    assert merged([{"seafood": 60, "beach": 30}, {"seafood": -100}, {"beach": 60}]) == {"seafood": -100, "beach": 60}


def test_a_text_gives_a_fact_away_by_its_telling_words() -> None:
    fact = "I am allergic to peanuts"
    assert tells("no peanuts for you", fact) and not tells("a beach for you", fact)
    assert tells("5", "5") and not tells("six", "5")


@given(st.text(max_size=300))
def test_any_text_is_read_without_harm(text: str) -> None:
    for said in statements(text):
        assert said in text
    assert all(-100 <= w <= 100 for w in leanings(text).values())


@pytest.mark.parametrize(
    "hostile", ["I am allergic to , a" * 500, "we are " * 3000, "I love " + "a " * 3000, "my " * 4000]
)
def test_hostile_texts_are_read_in_no_time(hostile: str) -> None:
    assert len(statements(hostile)) <= 20
