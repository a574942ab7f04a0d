"""History: the conversation as a brain, a search or an export reads it, from the Entries alone."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.content import Card, Poll
from bot.minds import LastCall, Line
from bot.model import ENTRIES, PERSONAS, Answer, Entry, Persona
from bot.ports import Call, Store


class History:
    """Reads a Thread's past."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def recent(self, thread: str, limit: int = 60) -> list[Entry]:
        """The last handled Entries of a Thread, oldest first."""
        found = await self._store.find(ENTRIES, {"thread": thread}, order="-seq", limit=limit)
        return [e for e in reversed(found) if e.handled]

    async def all(self, thread: str) -> list[Entry]:
        """All handled Entries of a Thread, oldest first."""
        found: list[Entry] = []
        while True:
            page = await self._store.find(ENTRIES, {"thread": thread}, order="seq", limit=500, offset=len(found))
            found.extend(page)
            if len(page) < 500:
                return [e for e in found if e.handled]

    async def lines(
        self, thread: str, person: str = "", limit: int = 60, without: Collection[str] = ()
    ) -> tuple[Line, ...]:
        """The conversation with edits and deletions applied, as one Person may see it ("" sees what all see);

        `without`: Entry ids to leave out."""
        return tuple(lines_of([e for e in await self.recent(thread, limit) if e.id not in without], person))

    async def last_call(self, thread: str) -> LastCall | None:
        """What was last searched or planned here, if it was lately."""
        return last_of([e.value for e in reversed(await self.recent(thread, 25)) if e.value.get("calls")])

    async def persona(self, id: str) -> Persona | None:
        """A persona as stored now."""
        return await self._store.get(PERSONAS, id) if id else None

    async def personas(self, owner: str) -> list[Persona]:
        """The personas of a Person."""
        return await self._store.find(PERSONAS, {"owner": owner}, limit=50)


def last_of(values: Sequence[Mapping[str, Any]]) -> LastCall | None:
    """What the calls and their data among Entries' values, newest first, were about. A change of the plan leaves what
    was asked for before it, as the plan now stands."""
    if not values:
        return None
    about = (n for n, value in enumerate(values) if not _is_edit(value) and not _is_beside(value))
    done = next(about, next((n for n, value in enumerate(values) if not _is_edit(value)), 0))
    name, slots = meant(values[done]["calls"][-1], values[done])
    trip = _in_full(next(filter(None, (trip_of(v.get("data", ())) for v in values)), {}), values)
    offers = next(filter(None, (offers_of(v) for v in values)), ())
    last = LastCall(intent=name, slots=slots, offers=offers, trip=trip)
    edit = next((value for value in values[:done] if _is_edit(value)), None)
    if edit is None:
        return last
    call = edit["calls"][-1]
    about_trip = bool(trip_of(values[done].get("data", ())))
    now = {**{k: v for k, v in slots.items() if k not in _LENGTHS}, **trip} if about_trip else slots
    return replace(last, slots=now, edit={**call["args"], "call": call["name"]})


def _in_full(trip: dict[str, str], values: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """A trip with its town as it was told from its namesakes when it was planned: "Paris, Texas"."""
    planned = (v for v in values if trip and not _is_edit(v) and trip_of(v.get("data", ())))
    for said in (str(meant(v["calls"][-1], v)[1].get("destination", "")) for v in planned):
        if said.partition(",")[0].strip().casefold() == trip["destination"].casefold():
            return {**trip, "destination": said}
    return trip


# How long a trip is, in other words than its plan's.
_LENGTHS = ("nights", "return_date")


def _is_edit(value: Mapping[str, Any]) -> bool:
    """Whether a call changed or showed the plan that there was."""
    results = [d for d in value.get("data", ()) if isinstance(d, dict)]
    return bool(results) and bool(trip_of(results)) and not results[-1].get("intent")


# What a search or a plan is about, if it is about anything.
_SUBJECTS = ("destination", "location", "origin", "departure_date", "check_in_date", "date")


def _is_beside(value: Mapping[str, Any]) -> bool:
    """Whether a call was about no place and no day, such as an opinion or a question that was put back: what was
    asked for before it still stands."""
    results = [d for d in value.get("data", ()) if isinstance(d, dict)]
    named = any(meant(value["calls"][-1], value)[1].get(name) for name in _SUBJECTS)
    return not (named or trip_of(results) or offers_of(value) or any(d.get("intent") for d in results))


def meant(call: Mapping[str, Any], value: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """What a call was about: its result's own word (a button for more is about the search), else the call itself."""
    results = [d for d in value.get("data", ()) if isinstance(d, dict)]
    if results and results[-1].get("intent"):
        return results[-1]["intent"], dict(results[-1].get("slots") or call["args"])
    return call["name"], dict(call["args"])


def trip_of(results: Iterable[Any]) -> dict[str, str]:
    """Where, when, for how long and for how many the plan is that results showed last, as slots; empty without one."""
    plans = [d for d in results if isinstance(d, dict) and d.get("destination") and d.get("start")]
    if not plans:
        return {}
    plan = plans[-1]
    days = len(plan["days"]) if plan.get("days") else None
    found = {
        "destination": plan["destination"], "departure_date": plan["start"], "travelers": plan.get("travelers"),
        "days": days,
    }  # fmt: skip
    return {name: str(value) for name, value in found.items() if value}


def offers_of(value: Mapping[str, Any]) -> tuple[str, ...]:
    """Refs of the offers that an Entry's calls showed last, in order."""
    shown = [d.get("offers", ()) for d in value.get("data", ()) if isinstance(d, dict)]
    return tuple(o["ref"] for o in next((s for s in reversed(shown) if s), ()))


def lines_of(entries: Iterable[Entry], person: str = "") -> list[Line]:
    """Entries as lines: edits change the line they are about, deletions take it away."""
    lines: dict[str, Line] = {}
    authors: dict[str, str] = {}
    for entry in entries:
        if entry.what in ("edit", "delete") and entry.object in lines and authors.get(entry.object) == entry.author:
            _correct(lines, entry)
        elif entry.what in ("message", "command") and entry.text:
            authors[entry.id] = entry.author
            lines[entry.id] = Line(
                author=entry.name, kind="person", text=entry.text, at=entry.at, seq=entry.seq or 0,
                about=entry.value.get("about", ""),
            )  # fmt: skip
        for n, kept in enumerate(entry.value.get("imported", ())):
            at = datetime.fromisoformat(kept["at"])
            lines[f"{entry.id}#{n}"] = Line(
                author=kept["author"], kind=kept["kind"], text=kept["text"], at=at, read_back=True, seq=entry.seq or 0
            )
        for answer in entry.answers:
            if not answer.only_for or person in answer.only_for:
                lines[answer.replaces or answer.id] = _answered(answer, entry)
    return list(lines.values())


def words_now(entries: Iterable[Entry]) -> dict[str, str]:
    """What people said, as it stands after their own edits and deletions: id -> words, "" if taken back."""
    words: dict[str, str] = {}
    authors: dict[str, str] = {}
    for entry in entries:
        if entry.what in ("message", "command"):
            authors[entry.id] = entry.author
            words.setdefault(entry.id, entry.text)
        elif entry.what in ("edit", "delete") and authors.get(entry.object, "") == entry.author:
            words[entry.object] = entry.text if entry.what == "edit" else ""
    return words


def _correct(lines: dict[str, Line], entry: Entry) -> None:
    before = lines[entry.object]
    if entry.what == "delete":
        del lines[entry.object]
    else:
        lines[entry.object] = replace(before, text=entry.text)


def _answered(answer: Answer, entry: Entry) -> Line:
    calls = tuple(Call(name=c["name"], args=c["args"]) for c in entry.value.get("calls", ()))
    return Line(
        author=answer.name, kind="persona" if answer.author else "system", text=plain(answer), at=entry.at,
        persona=answer.author, calls=calls, data={"results": entry.value.get("data", [])}, seq=entry.seq or 0,
        about=entry.value.get("about", ""), shown=card_text(answer.content.card),
    )  # fmt: skip


def plain(answer: Answer) -> str:
    """An Answer as text alone."""
    content = answer.content
    return "\n".join(filter(None, (content.text, card_text(content.card), _poll_text(content.poll))))


def _poll_text(poll: Poll | None) -> str:
    """How a vote stands, as text, "" without one."""
    if poll is None:
        return ""
    marks = {poll.winner: " (won)"} if poll.winner else {}
    options = [f"{o.label}: {o.votes}{marks.get(o.id, '')}" for o in poll.options]
    return "\n".join((*options, f"vote {poll.state.replace('_', ' ')}"))


def card_text(card: Card | None) -> str:
    """A card as text, "" without one."""
    if card is None:
        return ""
    facts = [f"{f.label}: {f.value}" for f in card.facts]
    return "\n".join(filter(None, (card.title, *card.lines, *facts)))
