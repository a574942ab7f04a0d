"""A bare value as the answer to a question: "4", "voi", "the 5th", "60000"."""

from bot.brains.offline.numbers import Number
from bot.brains.offline.pieces import Piece, Reading
from bot.gazetteer import Gazetteer
from bot.money import Money
from bot.names import word_set

_LEADS = word_set(
    "to from in at for on the it is my our we are i am maybe about around near please just only ok okay yes"
)
_ALONE = word_set("me myself alone solo")
_LONGEST = 6


def bare_value(kind: str, reading: Reading, gazetteer: Gazetteer, home: str) -> str:
    """The value of that kind which a short answer is, as a slot's text; "" if it is none."""
    spoken = [p for p in reading.pieces if p.kind != "mark"]
    if not 0 < len(spoken) <= _LONGEST:
        return ""
    if kind == "location":
        return _place(reading, spoken, gazetteer)
    numbers = [p.value.value for p in spoken if isinstance(p.value, Number)]
    if kind == "count":
        return str(numbers[0]) if len(numbers) == 1 else "1" if {p.low for p in spoken} & _ALONE else ""
    if kind == "money" and len(spoken) <= 2:
        return _sum(reading, home)
    return ""


def _place(reading: Reading, spoken: list[Piece], gazetteer: Gazetteer) -> str:
    while len(spoken) > 1 and spoken[0].low in _LEADS:
        spoken = spoken[1:]
    name = reading.message.said(spoken[0].start, spoken[-1].end)
    spot = gazetteer.find(name)
    if spot is None or len(spoken) > 4:
        return ""
    return name if any(c.isupper() for c in name) and not name.isupper() else spot.name


def _sum(reading: Reading, home: str) -> str:
    called = [w.text for w in reading.message.words if w.low.isalpha() and w.low not in _LEADS]
    digits = "".join(w.text for w in reading.message.words if w.text[:1].isdigit()).replace(",", "")
    if called and digits:
        return f"{digits} {called[0]}"
    sign = "-" if reading.message.words[0].text in ("-", "−") else ""
    try:
        return f"{sign}{Money.parse(digits, home).major.normalize():f} {home}" if digits else ""
    except ValueError:
        return ""
