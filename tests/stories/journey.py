"""What a story of a trip is told about: where, when, who, for how much, with whom and in which world."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.stories.group import Answers, Group, Message, Refused, Simulator

AMOUNT = re.compile(r"\b[A-Z]{3} \d+(?:,\d{3})*(?:\.\d+)?")
OURS = "Caravan"
LONGEST = 1600  # letters of one message
CANNOT = "I cannot plan that"  # its sums are held by the chapter about it


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """`budget`: each traveller's, in major units of `currency`. `personas`: of Ana, of Ben, of Chi."""

    city: str
    origin: str
    start: date
    days: int = 3
    party: int = 4
    budget: str = "60000"
    currency: str = "KES"
    personas: tuple[str, str, str] = ("Zuri", "Kito", "Momo")
    seed: int = 7

    @property
    def first_day(self) -> str:
        return f"{self.start:%d %B %Y}".lstrip("0")

    @property
    def second_day(self) -> str:
        return f"{self.start + timedelta(1):%d %B %Y}".lstrip("0")

    @property
    def nights(self) -> int:
        return self.days - 1


class Facts:
    """Holds what cards claim against the suppliers' own records, read from the world over HTTP."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator
        self._records: dict[tuple[str, str], dict[str, Any]] = {}
        self.checked = 0

    async def hold(self, message: Message) -> None:
        """AssertionError for a fact that the world does not know, or for an amount on the card that is no fact."""
        for fact in message.facts:
            assert fact["source"] and fact["ref"] and fact["fetched_at"], fact
            if not (fact["source"] == OURS and fact["ref"].startswith("trip:")):
                await self._in_the_world(fact)
        told = {amount for fact in message.facts for amount in AMOUNT.findall(fact["value"])}
        if message.facts and not message.title.startswith(CANNOT):
            shown = {amount for line in message.lines for amount in AMOUNT.findall(line)}
            assert shown <= told, f"on the card and in no fact: {shown - told}\n{message}"

    async def _in_the_world(self, fact: dict[str, Any]) -> None:
        record = await self._record(fact)
        claimed = (re.split(r" [·–] ", fact["label"])[-1], fact["value"], fact.get("minor"), fact.get("currency"))
        known = [(f["label"], f["value"], f["minor"], f["currency"] or None) for f in record["facts"]]
        assert claimed in known, f"{fact} is not in {record['ref']}: {known}"
        assert fact["source"] == record["supplier"]
        self.checked += 1

    async def _record(self, fact: dict[str, Any]) -> dict[str, Any]:
        key = fact["ref"], fact["fetched_at"]
        if key not in self._records:
            try:
                self._records[key] = await self._simulator.record(fact)
            except Refused as no:
                raise AssertionError(f"the world has no record of {fact}") from no
        return self._records[key]


class Teller:
    """Speaks for the people of a group and holds every card that comes of it against the world."""

    def __init__(self, group: Group, journey: Journey) -> None:
        self.group, self.journey, self.facts = group, journey, Facts(group.simulator)
        self.ana, self.ben, self.chi = "Ana", "Ben", "Chi"
        self.first, self.second, self.third = journey.personas

    async def say(self, person: str, text: str, **more: Any) -> Answers:
        """Say it and check what is answered."""
        return await self._checked(await self.group.say(person, text, **more))

    async def press(self, person: str, label: str) -> Answers:
        """Press the newest such button and check what is answered."""
        return await self._checked(await self.group.press(person, label))

    async def ask(self, person: str, persona: str, text: str) -> Answers:
        """Ask a persona by name; it and nobody else must answer."""
        answers = await self.say(person, f"{persona}, {text}")
        assert answers.messages, f"{persona} says nothing to “{text}”"
        assert answers.authors == {persona}, f"{answers.authors} answer what {persona} was asked: “{text}”"
        return answers

    async def _checked(self, answers: Answers) -> Answers:
        said = [(m.words, tuple(m.raw.get("only_for") or ())) for m in answers.messages if m.words]
        assert len(said) == len(set(said)), f"said twice: {answers}"
        for message in answers.messages:
            assert len(message.words) <= LONGEST, f"too long for a phone: {message}"
            await self.facts.hold(message)
        return answers


def amount(facts: list[dict[str, Any]], label: str) -> int:
    """The minor units of the one fact of that label."""
    found = {f["minor"] for f in facts if f["label"] == label}
    assert len(found) == 1, f"{label}: {found}"
    return int(found.pop())
