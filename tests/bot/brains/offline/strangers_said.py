"""Reads what strangers said: utterances with the intent and slots they mean, and chatter."""

from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).parent / "strangers"
SCORED = frozenset(
    (
        "origin destination location departure_date return_date check_in_date check_out_date date travelers rooms "
        "nights days budget"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Utterance:
    """`slots`: text by name, "?" where any value will do."""

    intent: str
    text: str
    slots: dict[str, str]


def utterances() -> list[Utterance]:
    """All rounds in order."""
    return [_utterance(line) for path in sorted(_FOLDER.glob("travel_*.txt")) for line in path.read_text().splitlines()]


def chatter() -> list[str]:
    """All rounds in order."""
    return [line for path in sorted(_FOLDER.glob("chatter_*.txt")) for line in path.read_text().splitlines()]


def _utterance(line: str) -> Utterance:
    intent, text, slots = (part.strip() for part in line.split("|"))
    pairs = (pair.partition("=") for pair in slots.split(";") if "=" in pair)
    return Utterance(intent, text, {name.strip(): value.strip() for name, _, value in pairs if value.strip()})
