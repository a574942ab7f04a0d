"""A message that is an example phrase word for word is understood at once; nothing else is."""

import pytest

from bot.brains.offline.verbatim import Verbatim
from bot.capability import Capability, Count, Effect, Text, Who, capabilities_of, capability


class Desk:
    """A few capabilities to be understood."""

    @capability("Remember", effect=Effect.CHANGE, phrases=("remember that {fact}", "remember {fact}"))
    async def remember(self, ask: object, *, fact: Text) -> None: ...

    @capability("Switch", effect=Effect.CHANGE, phrases=("switch to {name}", "let {name} speak for me", "switch"))
    async def switch(self, ask: object, *, name: Who = "") -> None: ...

    @capability("Remove", effect=Effect.CHANGE, phrases=("remove {name}", "remove the persona {name}"))
    async def remove(self, ask: object, *, name: Who = "") -> None: ...

    @capability("Stay longer", phrases=("stay longer",))
    async def longer(self, ask: object, *, nights: Count = 1) -> None: ...

    @capability("Show a day", phrases=("what is on day {day}", "show day {day}"))
    async def show_day(self, ask: object, *, day: Text) -> None: ...

    @capability("Secret", hidden=True, phrases=("open sesame",))
    async def secret(self, ask: object) -> None: ...


def desk() -> list[Capability]:
    return capabilities_of(Desk())


@pytest.fixture
def verbatim() -> Verbatim:
    return Verbatim(desk(), lambda word: word in {"nairobi", "hotel", "museum"})


@pytest.mark.parametrize(
    ("text", "intent", "slots"),
    [
        ("remember that I am vegetarian", "remember", {"fact": "I am vegetarian"}),
        ("Please remember that we hate crowds!", "remember", {"fact": "we hate crowds"}),
        ("Can you remember that I don’t eat pork?", "remember", {"fact": "I don't eat pork"}),
        ("Caravan, switch to Kai", "switch", {"name": "Kai"}),
        ("switch to @kai", "switch", {"name": "@kai"}),
        ("Let Mama Zuri speak for me, please", "switch", {"name": "Mama Zuri"}),
        ("switch", "switch", {}),
        ("remove Zuri", "remove", {"name": "Zuri"}),
        ("what's on day 2?", "show_day", {"day": "2"}),
        ("What is on day two?", "show_day", {"day": "two"}),
        ("remove the persona Mama Zuri", "remove", {"name": "Mama Zuri"}),
    ],
)
def test_the_words_of_a_phrase_are_understood(
    verbatim: Verbatim, text: str, intent: str, slots: dict[str, str]
) -> None:
    found = verbatim.match(text)
    assert found is not None and (found.intent, found.slots) == (intent, slots)


@pytest.mark.parametrize(
    "text",
    [
        "remember that time in Lamu?", "Remember when we missed the ferry", "remember it", "remember that", "remember",
        "do you remember that I am vegetarian?", "remember that I owe you?", "switch to Nairobi",
        "switch to the second hotel", "remove Fort Jesus", "remove the museum", "remove Museum", "let us speak for me",
        "stay longer", "open sesame", "", "?", "please", "{fact}",
    ],
)  # fmt: skip
def test_anything_else_is_left_to_a_closer_reading(verbatim: Verbatim, text: str) -> None:
    assert verbatim.match(text) is None
