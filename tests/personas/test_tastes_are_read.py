"""Tastes in people's own words become weighted tags."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personas.tastes import avoids_in_words, likes_in_words, read_tastes
from personas.vocabulary import LABELS, STYLES, label, singular, tags_of


@pytest.mark.parametrize(
    ("said", "understood"),
    [
        ("beach, food, no museums", {"beach": 60, "food": 60, "museum": -80}),
        ("I love beaches and good food but hate crowds", {"beach": 90, "food": 90, "crowds": -100}),
        ("no museums or galleries, street food", {"museum": -80, "art": -80, "street-food": 60}),
        ("not really into nightlife, some hiking", {"nightlife": -40, "hiking": 30}),
        ("not only museums but also beaches", {"museum": 60, "beach": 60}),
        ("anything but museums", {"museum": -80}),
        ("museums are boring", {"museum": -80}),
        ("I don't like museums", {"museum": -80}),
        ("napenda pwani, sipendi makumbusho", {"beach": 60, "museum": -80}),
        ("🏖️ 🍜 no 🏛️", {"beach": 60, "food": 60, "museum": -80}),
        ("pottery", {"pottery": 60}),
        ("beach food nightlife", {"beach": 60, "food": 60, "nightlife": 60}),
        ("", {}),
        ("no", {}),
        ("???", {}),
    ],
)
def test_what_people_say_becomes_weights(said: str, understood: dict[str, int]) -> None:
    assert read_tastes(said).weights == understood


def test_what_says_nothing_is_handed_back() -> None:
    assert read_tastes("beach with strangers that juggle fire").unknown == ("stranger", "juggle", "fire")


@given(st.text(max_size=800))
def test_any_text_gives_bounded_weights(text: str) -> None:
    weights = read_tastes(text).weights
    assert len(weights) <= 24 and all(-100 <= w <= 100 and w != 0 for w in weights.values())


@given(st.lists(st.sampled_from(sorted(LABELS)), unique=True, min_size=1, max_size=6))
def test_what_we_say_of_tastes_we_understand_ourselves(tags: list[str]) -> None:
    liked = dict.fromkeys(tags, 60)
    assert set(read_tastes(likes_in_words(liked)).weights) >= {t for t in tags if t in tags_of(label(t))}


def test_every_tag_is_understood_by_its_own_label() -> None:
    assert [tag for tag in LABELS if tag not in tags_of(label(tag))] == []


def test_likes_and_avoids_are_told_with_the_strongest_first() -> None:
    weights = {"food": 60, "beach": 90, "museum": -80, "crowds": -100}
    assert (likes_in_words(weights), avoids_in_words(weights)) == ("beaches, good food", "crowds, museums")


def test_styles_lean_to_tags_that_exist() -> None:
    assert {t for leans in STYLES.values() for t in leans} <= set(LABELS)


@pytest.mark.parametrize(
    ("word", "one"), [("beaches", "beach"), ("galleries", "gallery"), ("bus", "bus"), ("spas", "spa")]
)
def test_plurals_meet_their_singulars(word: str, one: str) -> None:
    assert singular(word) == one
