"""The floor: which personas speak after a message. Fixed rules, budgets that survive restarts."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

from bot.content import Draft
from bot.model import Floor, Job, Person, Seat
from bot.texts import say
from bot.turn import Turn

HEARD_FOR = timedelta(minutes=5)
TURNS_A_DAY = 300
# So many of them may be answers to one person.
TURNS_OF_ONE = 150
# Millionths of a US dollar that a model may cost a Thread a day.
SPEND_A_DAY = 2_000_000
DEEPEST = 2
CARAVAN_NAMES = ("caravan",)
# Stands for Caravan itself where the floor names the persona that answered last.
_CARAVAN = "caravan"
# A name further from the start or the end of a text calls nobody, and endless texts cost nothing.
_EDGE = 300
_GREETING = r"(?:(?:hey|hi|hello|ok|okay|so|and|dear|habari|jambo|sasa|thanks|thank you|yo|please)\b)?[\s,!]*"


def spoken_to(text: str, names: Sequence[str]) -> list[str]:
    """Those of `names` that a text addresses, in order: `@name` anywhere, or a name or several ("Zuri and Kito") at
    the start (after at most one greeting) or the end of it. Case is folded."""
    folded, known = text.casefold(), {name.casefold(): name for name in names}
    found: dict[str, int] = {}
    for begin, end in _spoken(folded, tuple(known)):
        for hit in re.finditer(_any_of(tuple(known)), folded[begin:end]):
            found.setdefault(known[hit[0]], begin + hit.start())
    return sorted(found, key=lambda name: found[name])


def unaddressed(text: str, names: Sequence[str]) -> str:
    """A text without the names it begins or ends with: "Kito and Zuri, where shall we eat?": "where shall we eat?"."""
    folded = "".join(c.casefold() if len(c.casefold()) == 1 else c for c in text)
    for begin, end in _spoken(folded, tuple(n.casefold() for n in names), at=False)[:1]:
        before, after = text[:begin].rstrip(" ,@"), text[end:].lstrip(" ,:@—-")
        return f"{before}{after}" if not after.strip("?!. ") else f"{before} {after}".strip()
    return text.strip()


def called(text: str, names: Sequence[str]) -> str:
    """The one of `names` that a text calls beyond doubt: `@name`, or the name and a comma at its start; "" if none."""
    folded = text.casefold()
    known = {name.casefold(): name for name in names if name.casefold() in folded}
    for folded_name, name in known.items():
        start, _, mention = _ways((folded_name,))
        begins = start.match(folded[:_EDGE])
        if mention.search(folded) or (begins and re.match(r"\s*[,:]", folded[begins.end() :])):
            return name
    return ""


def _spoken(folded: str, names: tuple[str, ...], *, at: bool = True) -> list[tuple[int, int]]:
    """Where a folded text speaks to somebody: (begin, end) of a name or of several in a row."""
    there = tuple(name for name in names if name in folded)
    if not there:
        return []
    start, end, mention = _ways(there)
    head, tail = start.match(folded[:_EDGE]), end.search(folded[-_EDGE:])
    ahead = max(0, len(folded) - _EDGE)
    found = [head.span("who")] if head else []
    found += [(ahead + tail.start("who"), ahead + tail.end("who"))] if tail else []
    return found + [hit.span("who") for hit in (mention.finditer(folded) if at else ())]


@lru_cache(maxsize=2048)
def _ways(names: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """How a text speaks to one or several of these names: at its start, at its end, with @."""
    several = rf"(?P<who>@?{_any_of(names)}(?:\s*(?:,|&|\band\b)\s*@?{_any_of(names)})*)"
    return (
        re.compile(rf"\W*?{_GREETING}{several}(?!['’]s\b)"),
        re.compile(rf"(?<!\w){several}\W*$"),
        re.compile(rf"(?<!\w)(?P<who>@{_any_of(names)})"),
    )


def _any_of(names: Sequence[str]) -> str:
    longest_first = sorted(names, key=len, reverse=True)
    return rf"(?:{'|'.join(re.escape(n) for n in longest_first)})(?!\w)"


class FloorControl:
    """Decides who speaks and starts their turns."""

    def __init__(
        self, turns_a_day: int = TURNS_A_DAY, spend_a_day: int = SPEND_A_DAY, of_one: int = TURNS_OF_ONE
    ) -> None:
        self.most, self.spend, self.most_of_one = turns_a_day, spend_a_day, of_one

    def named(self, turn: Turn) -> list[Seat]:
        """The personas a message speaks to by name or by replying to them."""
        if called(turn.entry.text, CARAVAN_NAMES):
            return []
        seats = {s.name: s for s in turn.thread.seats if s.owner not in turn.against}
        found = [seats[n] for n in spoken_to(turn.entry.text, tuple(seats))]
        replied = turn.thread.seat(turn.value.get("reply_persona", ""))
        if replied and replied.owner in turn.against:
            replied = None
        return [*([replied] if replied and replied not in found else []), *found]

    def for_caravan(self, turn: Turn) -> bool:
        """Whether Caravan itself is spoken to: by name, or because there is one human and no persona."""
        if spoken_to(turn.entry.text, CARAVAN_NAMES) or turn.value.get("reply_caravan"):
            return True
        return len(turn.thread.present) <= 1 and not [s for s in turn.thread.seats if not s.quiet]

    async def who_speaks(self, turn: Turn, person: Person) -> tuple[list[Seat], str]:
        """The personas that answer a message, in order, and the rule that says so."""
        named = self.named(turn)
        if named:
            return named, "addressed: " + ", ".join(s.name for s in named)
        if spoken_to(turn.entry.text, CARAVAN_NAMES):
            return [], "addressed: Caravan"
        awake = [s for s in turn.thread.seats if not s.quiet and s.owner not in turn.against]
        if len(turn.thread.present) <= 1:
            mine = self._active(turn, person, awake)
            return ([mine], "one human here: the active persona") if mine else ([], "no persona here")
        if other := self.to_other(turn, person):
            return [], f"context: said to {other}"
        floor = turn.thread.floor
        if floor.heard == person.id and floor.until and floor.until > turn.now:
            heard = next((s for s in awake if s.persona == floor.persona), None)
            if heard:
                return [heard], f"still in conversation with {heard.name}"
            if floor.persona == _CARAVAN:
                return [], "still in conversation with Caravan"
        if floor.heard and floor.heard != person.id:
            turn.thread = replace(turn.thread, floor=replace(floor, heard="", persona="", until=None))
        return [], "context: nobody was addressed"

    def goes_on_with_caravan(self, turn: Turn, person: Person) -> bool:
        """Whether Caravan itself has just answered this person, so that their next request needs no name."""
        floor = turn.thread.floor
        there = floor.heard == person.id and floor.persona == _CARAVAN and len(turn.thread.present) > 1
        return there and floor.until is not None and floor.until > turn.now and not self.to_other(turn, person)

    def to_other(self, turn: Turn, person: Person) -> str:
        """Whom of the other people here a message calls by name, "" if nobody."""
        return called(turn.entry.text, [m.name for m in turn.thread.present if m.person != person.id])

    def _active(self, turn: Turn, person: Person, awake: list[Seat]) -> Seat | None:
        chosen = turn.thread.active.get(person.id)
        return next((s for s in awake if s.persona == chosen), None) or next(iter(awake), None)

    async def give(self, turn: Turn, person: Person, speakers: list[Seat], depth: int = 0) -> None:
        """Start a persona turn for each speaker, as far as today's budget of this Thread reaches."""
        floor = today(turn.thread.floor, turn.now.date().isoformat())
        for n, seat in enumerate(dict.fromkeys(speakers)):
            if (mine := floor.turns_of.get(person.id, 0)) >= self.most_of_one:
                floor = self._enough(turn, person, floor, mine)
                break
            if floor.turns >= self.most:
                turn.because("the turn budget of the day is used up")
                if floor.turns == self.most:
                    turn.say(Draft(text=say("budget_turns"), notice=True))
                    floor = replace(floor, turns=floor.turns + 1)
                break
            floor = replace(floor, turns=floor.turns + 1, turns_of={**floor.turns_of, person.id: mine + 1})
            turn.jobs.append(persona_job(turn, person, seat, depth, n))
        turn.thread = replace(turn.thread, floor=floor)

    def _enough(self, turn: Turn, person: Person, floor: Floor, count: int) -> Floor:
        """One person has used up what is theirs of the day; it is said once."""
        turn.because("the person's turn budget of the day is used up")
        if count > self.most_of_one:
            return floor
        turn.say(Draft(text=say("budget_person", name=person.name), notice=True, only_for=(person.id,)))
        return replace(floor, turns_of={**floor.turns_of, person.id: count + 1})

    async def answered(self, turn: Turn, person: str, persona: str) -> None:
        """A persona has answered a person ("" is Caravan itself): they are heard without a name for a while."""
        floor = replace(turn.thread.floor, heard=person, persona=persona or _CARAVAN, until=turn.now + HEARD_FOR)
        turn.thread = replace(turn.thread, floor=floor)

    def spent(self, turn: Turn, micros: int) -> None:
        """What an answer has cost; when that uses up the day's budget, it is said once."""
        if micros <= 0:
            return
        before = today(turn.thread.floor, turn.now.date().isoformat())
        turn.thread = replace(turn.thread, floor=replace(before, spent=before.spent + micros))
        if before.spent < self.spend <= before.spent + micros:
            turn.because("the model's budget of the day is used up")
            turn.say(Draft(text=say("budget_spent"), notice=True))


def today(floor: Floor, day: str) -> Floor:
    """The floor with counters of this day."""
    return floor if floor.day == day else replace(floor, day=day, turns=0, spent=0, turns_of={})


def job_id(*parts: object) -> str:
    """A short id that is the same whenever it is made of the same parts."""
    return hashlib.blake2b(":".join(map(str, parts)).encode(), digest_size=9).hexdigest()


def persona_job(turn: Turn, person: Person, seat: Seat, depth: int, n: int) -> Job:
    """The Job of one persona turn."""
    asked = turn.entry.value["entry"] if depth else turn.entry.id
    return Job(
        id=job_id(turn.entry.id, seat.persona, n), name="persona_turn", thread=turn.thread.id, due_at=turn.now,
        busy=True,
        args={"entry": asked, "person": person.id, "persona": seat.persona, "place": turn.entry.place, "depth": depth},
    )  # fmt: skip
