"""Each voice has its own words for everything, and none of them a figure."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import ENGLISH, SWAHILI, speaking
from bot.model import Persona
from personas.sayings import SAYINGS
from personas.texts import TEXT
from personas.vocabulary import IN_SWAHILI, LABELS
from personas.voice import VOICES as SPOKEN
from personas.voice import VoiceBook

VOICES = VoiceBook()
ZURI = Persona(id="a1", owner="p1", name="Zuri", voice="dry", tastes={"beach": 90, "food": 60, "museum": -80})


def test_every_voice_has_words_for_every_key() -> None:
    keys = set(SAYINGS["warm"])
    assert {voice: keys ^ set(sayings) for voice, sayings in SAYINGS.items() if keys ^ set(sayings)} == {}


def test_every_voice_says_as_much_in_every_language() -> None:
    words = {lang: {v: set(sayings) for v, sayings in voices.items()} for lang, voices in SPOKEN.items()}
    assert words[SWAHILI] == words[ENGLISH]
    assert set(IN_SWAHILI) == set(LABELS)


def test_a_persona_speaks_the_language_of_the_moment() -> None:
    with speaking(SWAHILI):
        assert "fukwe na chakula kizuri" in VOICES.disagree(ZURI, "Kai")
        assert VOICES.nothing(ZURI, "Lamu").count("huko Lamu") == 1


def test_no_saying_holds_a_figure() -> None:
    every = [
        s
        for voices in SPOKEN.values()
        for sayings in voices.values()
        for variants in sayings.values()
        for s in variants
    ]
    assert [s for s in every if re.search(r"\d|\b(?:two|three|four|five|ten|hundred|percent)\b", s)] == []


@pytest.mark.parametrize("voice", sorted(SAYINGS))
@pytest.mark.parametrize("key", sorted(SAYINGS["warm"]))
def test_every_saying_fills_its_holes(voice: str, key: str) -> None:
    persona = Persona(id="a1", owner="p1", name="Zuri", voice=voice, tastes=ZURI.tastes)
    said = VOICES.phrase(persona, key, name="Ana", where="Mombasa", what="where to?", other="Kai")
    assert said and "{" not in said and "}" not in said


def test_voices_differ_and_each_is_constant() -> None:
    greetings = {v: VOICES.greet(Persona(id="a1", owner="p1", name="Z", voice=v), "Ana") for v in SAYINGS}
    assert len(set(greetings.values())) == len(SAYINGS)
    assert VOICES.greet(ZURI, "Ana") == VOICES.greet(ZURI, "Ana")


def test_a_persona_disagrees_with_its_own_tastes() -> None:
    assert "beaches and good food" in VOICES.disagree(ZURI, "Kai")
    opinion = VOICES.phrase(ZURI, "opinion")
    assert "beaches" in opinion and "museums" in opinion
    blank = Persona(id="a2", owner="p1", name="Kai", voice="brief")
    assert VOICES.phrase(blank, "opinion") == "Fine."


def test_results_are_introduced_by_whether_there_are_any() -> None:
    said = [VOICES.introduce_results(ZURI, "hotels", n, "Lamu") for n in (0, 1, 7)]
    assert len(set(said)) == 3 and all("Lamu" in s for s in said)
    assert VOICES.nothing(ZURI, "Lamu") == said[0]


def test_what_a_capability_says_itself_is_not_said_twice() -> None:
    assert VOICES.phrase(ZURI, "result_remember") == ""
    assert VOICES.phrase(ZURI, "result_search_hotels", where="Lamu")
    assert VOICES.phrase(ZURI, "result_create_itinerary") != VOICES.phrase(ZURI, "result_search_hotels")


def test_an_unknown_key_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        VOICES.phrase(ZURI, "sing")


@given(name=st.text())
def test_values_are_never_read_as_templates(name: str) -> None:
    assert name in VOICES.phrase(ZURI, "hand_over", name=name)


def test_texts_hold_no_figures_of_their_own() -> None:
    assert [key for key, text in TEXT.items() if re.search(r"\d", text)] == []
