"""The page's own words: each stands in Swahili, with the same places for values, and none is left without."""

import json
import re
from pathlib import Path

PAGE = Path(__file__).parents[3] / "channels" / "simulator" / "page"
WORDS = (PAGE / "words.js").read_text(encoding="utf-8")
SWAHILI = dict(re.findall(r'^  ("(?:[^"\\]|\\.)*"): ("(?:[^"\\]|\\.)*"),$', WORDS, re.MULTILINE))
TEXTS = {json.loads(english): json.loads(swahili) for english, swahili in SWAHILI.items()}
# What a call of t() says, also where it chooses between two.
CALL = re.compile(r'(?<![\w.])t\((?:[^"()]*\? )?("(?:[^"\\]|\\.)*")(?: : ("(?:[^"\\]|\\.)*"))?')
# What stands where people read it: the text of a node, what helpers of screens read, a hint within a field.
SHOWN = re.compile(r'(?:text|title|placeholder|"aria-label"): ("[A-Za-z][^"]*")|iconButton\("\w+", ("[^"]+")')
# Names, and what is written alike.
ALIKE = {"Mombasa in March", "60 000 KES", "Caravan"}


def scripts() -> dict[str, str]:
    found = {path.name: path.read_text(encoding="utf-8") for path in PAGE.glob("*.js")}
    return {name: text for name, text in found.items() if name != "words.js"}


def test_every_text_of_the_page_is_in_swahili_and_none_is_left_over() -> None:
    said = {json.loads(text) for script in scripts().values() for call in CALL.findall(script) for text in call if text}
    html = (PAGE / "index.html").read_text(encoding="utf-8")
    said |= set(re.findall(r"data-t>([^<]+)<", html)) | set(re.findall(r'aria-label="([^"]+)" data-t-label', html))
    assert len(said) > 150 and said - set(TEXTS) == set()
    assert set(TEXTS) - said == {"person"}  # of a hint: the kind of who is named


def test_a_text_has_the_same_places_for_values_and_other_words() -> None:
    holes = re.compile(r"{\w+}")
    assert [e for e, s in TEXTS.items() if sorted(holes.findall(e)) != sorted(holes.findall(s))] == []
    assert [e for e, s in TEXTS.items() if e == s and e != "persona"] == []


def test_nothing_is_shown_that_has_no_translation() -> None:
    left = {(name, a or b) for name, script in scripts().items() for a, b in SHOWN.findall(script)}
    assert {text for _, text in left if json.loads(text) not in ALIKE} == set()
