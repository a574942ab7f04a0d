"""What the lane does with news of our own: the result of a Job, and a change that a persona asked for."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.calls import Calls
from bot.capability import Effect, Registry
from bot.codec import from_plain, to_plain
from bot.content import Draft
from bot.errors import AskAgain, Explain, NotAllowed, Overtaken
from bot.floor import DEEPEST, FloorControl, job_id, spoken_to
from bot.following import follow
from bot.history import History
from bot.model import Job, Person
from bot.people import People
from bot.places import shown_entry
from bot.ports import Call, Store
from bot.texts import say
from bot.turn import Turn

# How often something is looked up again because another change came first.
_TRIES = 2


class News:
    """Handles Entries of kind result and call."""

    def __init__(
        self, store: Store, registry: Registry, people: People, history: History, calls: Calls, floor: FloorControl
    ) -> None:
        self._store, self._registry, self._people = store, registry, people
        self._history, self._calls, self._floor = history, calls, floor

    async def result(self, turn: Turn) -> None:
        """A Job has ended: show its words and cards, make the changes that follow, give the floor."""
        value = turn.entry.value
        turn.person = await self._people.get(value.get("person", ""))
        if value.get("error"):
            turn.because(f"the job failed: {value['error']}")
            turn.say(Draft(text=say("went_wrong"), notice=True, parts=_parts(value)), answer=f"{turn.entry.id}/0")
            return
        persona = value.get("persona", "") if value.get("job") == "persona_turn" else value.get("speaker", "")
        turn.because(_looked_up(value))
        again = value.get("again")
        if not (again and turn.person and self._calls.ask_again(turn, turn.person, again, persona)):
            self._show(turn, persona)
        try:
            for then in value.get("then", ()):
                await self._then(turn, from_plain(then, Call))
        except Overtaken:
            self._once_more(turn)
            return
        if turn.person is not None:
            follow(turn, turn.person, value.get("rest") or ())
        self._floor.spent(turn, int(value.get("cost") or 0))
        if persona and turn.person is not None:
            await self._floor.answered(turn, turn.person.id, persona)
            await self._hand_over(turn, turn.person, persona)

    def _show(self, turn: Turn, persona: str) -> None:
        value = turn.entry.value
        drafts = list(from_plain(value.get("drafts", []), tuple[Draft, ...]))
        if value.get("text"):
            asked, only = value.get("entry", ""), (value["person"],) if value.get("private") else ()
            drafts.insert(0, Draft(text=value["text"], reply_to=asked if persona else "", only_for=only))
        parts = _parts(value)
        if parts:  # what all have seen begin is finished for all
            drafts.sort(key=lambda d: bool(d.only_for))
            if not drafts or drafts[0].only_for:
                drafts.insert(0, Draft(text=say("done" if drafts else "nothing_found"), notice=True))
        for n, draft in enumerate(drafts):
            shown = replace(draft, persona=draft.persona or persona, parts=parts if n == 0 else draft.parts)
            turn.say(shown)

    async def _then(self, turn: Turn, call: Call) -> None:
        """A change that follows from what was looked at, made here in the lane."""
        found = self._registry.get(call.name)
        if found is None or turn.person is None or found.effect is not Effect.CHANGE:
            turn.because(f"no such change: {call.name}")
            return
        value = turn.entry.value
        persona = await self._history.persona(value.get("persona", ""))
        asked = value.get("persona" if value.get("job") == "persona_turn" else "speaker", "")
        self._calls.note(turn, found, turn.person, call.args, asked)
        await self._calls.unpaused(found, turn, asked)
        reply = await found.run(turn.ask(turn.person, persona=persona), **call.args)
        self._calls.take(turn, found, turn.person, reply)

    async def _hand_over(self, turn: Turn, person: Person, persona: str) -> None:
        """A persona that speaks to another one gives it the floor, if the human named that one too."""
        depth = int(turn.entry.value.get("depth") or 0)
        others = {s.name: s for s in turn.thread.seats if s.persona != persona}
        asked = await shown_entry(self._store, turn.entry.value.get("entry", ""))
        wanted = asked.text if asked else ""
        already = [] if depth else spoken_to(wanted, tuple(others))
        named = [n for n in others if n.casefold() in wanted.casefold() and n not in already]
        next_ones = spoken_to(turn.entry.value.get("text", ""), tuple(named))
        if next_ones and depth < DEEPEST:
            await self._floor.give(turn, person, [others[next_ones[0]]], depth + 1)

    def _once_more(self, turn: Turn) -> None:
        """What was looked up stands on something that another change has altered since: look again. Overtaken if that
        was done often enough."""
        value = turn.entry.value
        tries, made = int(value.get("tries") or 0) + 1, value.get("calls") or [{"name": "", "args": {}}]
        if tries > _TRIES:
            raise Overtaken(say("busy"))
        turn.undo()
        turn.because("looked up again: another change came first")
        kept = {
            k: value.get(k, "") for k in ("persona", "person", "entry", "depth", "speaker", "missed", "parts", "rest")
        }
        args = {**kept, "place": turn.entry.place, "call": made[-1]["name"], "args": made[-1]["args"], "tries": tries}
        id = job_id(turn.entry.id, "again")
        job = Job(id=id, name=value["job"], thread=turn.thread.id, due_at=turn.now, busy=True, args=args)
        turn.jobs.append(job)

    async def call(self, turn: Turn) -> None:
        """A change that a persona proposed, with the asking person's rights."""
        value = turn.entry.value
        turn.person = person = await self._people.get(value.get("person", ""))
        if person is None:
            turn.because("the person is gone")
            return
        turn.because(f"{value['call']}, asked for by a persona")
        try:
            self._never_spends(value["call"])
            await self._calls.call(turn, person, value["call"], value["args"], persona=value.get("persona", ""))
        except AskAgain as again:
            turn.say(Draft(text=again.text, notice=True, persona=value.get("persona", "")))
        except (Explain, NotAllowed) as kind:
            turn.undo(type(kind).__name__)
            turn.because(type(kind).__name__)
            turn.say(Draft(text=kind.args[0], notice=True, persona=value.get("persona", "")))
        follow(turn, person, value.get("rest") or ())
        turn.value = {**turn.value, "result": to_plain({"done": turn.outcome})}

    def _never_spends(self, name: str) -> None:
        """What spends may show its card here, unconfirmed; without one it takes a person to ask for it."""
        found = self._registry.get(name)
        if found is not None and found.effect is Effect.SPEND and not found.confirms:
            raise NotAllowed(say("spend_press"))


def _parts(value: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Where a stream has begun: Place -> part ids."""
    return from_plain(value.get("parts", {}), dict[str, tuple[str, ...]])


def _looked_up(value: Mapping[str, Any]) -> str:
    """What a Job did, for /why: the Capabilities that were called, or that nothing had to be looked up."""
    asked = value.get("again") or {}
    names = [c["name"] for c in value.get("calls", ())] + ([asked["call"]] if asked else [])
    return f"ran {', '.join(names)}" if names else f"the result of {value.get('job')}"
