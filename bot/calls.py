"""Calls: running a Capability for a person, whether typed, pressed, understood or asked for bit by bit."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from enum import Enum, auto
from typing import Any

from bot.arguments import typed
from bot.asking import CANCEL, Asking, misses
from bot.audit import is_audited
from bot.capability import Capability, Effect, Parameter, Registry
from bot.codec import from_plain, to_plain
from bot.content import Draft
from bot.context import carried
from bot.courtesies import DROPPING
from bot.documents import Replace
from bot.errors import AskAgain, Explain, NotAllowed
from bot.floor import CARAVAN_NAMES, called, job_id, unaddressed
from bot.history import History, trip_of
from bot.language import speak
from bot.minds import Understands, Understood
from bot.model import TOKENS, Job, Person, Persona, Question, Token
from bot.pauses import Pauses
from bot.people import KEEPERS, People
from bot.ports import Reply, Store
from bot.strangers.guard import Guard
from bot.texts import say
from bot.turn import Noted, Turn

ANSWER = "answer"
# Among an Entry's values: its words leave a question of ours open, or end it, so they are read on their own.
NO_ANSWER = "no_answer"
# Where a text is asked for, longer words are that text (it may be too long) and no request for something else.
_LONGEST_REQUEST = 200
# The argument of a button by which a person confirms; only a press brings it.
CONFIRMED = "confirmed"
# How many answers that do not fit are asked about again.
PATIENCE = 3


class _Left(Enum):
    """What becomes of a question that words do not answer."""

    OPEN = auto()
    DROPPED = auto()


class Calls:
    """Finds the Capability, checks the right, completes the arguments, runs it."""

    def __init__(
        self, store: Store, registry: Registry, understands: Understands, people: People, history: History,
        pauses: Pauses, guard: Guard,
    ) -> None:  # fmt: skip
        self._guard = guard
        self._store, self._registry, self._understands = store, registry, understands
        self._people, self._history, self._pauses = people, history, pauses
        self._asking = Asking(understands)

    async def command(self, turn: Turn, person: Person) -> None:
        """`/name words`: the longest known command, its words understood as its arguments."""
        found, rest = self._command(turn.entry.text)
        if found is None:
            name = turn.entry.text[1:].split(maxsplit=1)
            turn.because("an unknown command")
            turn.say(Draft(text=say("unknown_command", name=name[0][:40] if name else ""), notice=True))
            return
        turn.because(f"command /{found.command}")
        person = await self._rightly(person, found)
        if not self._people.may(person, found.role):  # before anything is said of what it needs
            await self.call(turn, person, found.name, {})
            return
        turn.thread = without_question(turn, person)
        given = turn.entry.value.get("args")
        await (self._given(turn, person, found, given) if given else self._filled(turn, person, found, rest))

    async def _given(self, turn: Turn, person: Person, found: Capability, given: Mapping[str, Any]) -> None:
        """Arguments that the network asked for one by one, each as a person writes it; one that does not fit is asked

        for again."""
        args: dict[str, Any] = {}
        wrong: AskAgain | None = None
        for name in (p.name for p in found.parameters if p.name in given):
            asked = Question(call=found.name, args=args, parameter=name)
            try:
                args = dict(self._asking.answer(found, asked, str(given[name]), turn.now.date()).args)
            except AskAgain as again:
                wrong = wrong or again
        if wrong is not None:
            self.ask_for(turn, person, found.name, args, wrong, None)
            return
        last = await self._history.last_call(turn.thread.id)
        await self.call(turn, person, found.name, carried(found, args, last, turn.now.date()))

    def _command(self, text: str) -> tuple[Capability | None, str]:
        words = text[1:].split(maxsplit=2)
        for count in (2, 1):
            head = " ".join((words[0].partition("@")[0], *words[1:count]) if words else ()).casefold()
            found = self._registry.command(head) if len(words) >= count else None
            if found is not None:
                return found, text[1:].split(maxsplit=count)[count] if len(words) > count else ""
        return None, ""

    async def _filled(self, turn: Turn, person: Person, found: Capability, words: str) -> None:
        only = found.parameters[0] if len(found.parameters) == 1 and found.parameters[0].kind == "text" else None
        if only is not None or not words.strip():
            args: dict[str, Any] = {only.name: words} if only and words.strip() else {}
            last = await self._history.last_call(turn.thread.id) if not args else None
            await self.call(turn, person, found.name, carried(found, args, last, turn.now.date()))
            return
        filled = self._understands.fill(found, words, turn.now.date())
        first = found.parameters[0] if found.parameters else None
        if first and not filled.slots and not filled.problems and first.kind in ("money", "count", "date", "location"):
            await self._bare(turn, person, found, first, words)
            return
        if first and first.kind in ("text", "person", "choice") and not filled.slots and not filled.problems:
            filled = replace(filled, slots={first.name: words.strip()})
        await self.completed(turn, person, replace(filled, intent=found.name))

    async def _bare(self, turn: Turn, person: Person, found: Capability, first: Parameter, words: str) -> None:
        """Words after a command that can only be its first argument: "/budget 60000"."""
        asked = Question(call=found.name, args={}, parameter=first.name)
        try:
            args = self._asking.answer(found, asked, words.strip(), turn.now.date()).args
        except AskAgain as again:
            self.ask_for(turn, person, found.name, {}, again, None)
            return
        await self.call(turn, person, found.name, args)

    async def completed(self, turn: Turn, person: Person, understood: Understood) -> None:
        """Run what was understood, or ask about what cannot be."""
        name = understood.intent or ""
        args = dict(understood.slots)
        if understood.problems:
            parameter, text = understood.problems[0]
            self.ask_for(turn, person, name, args, AskAgain(parameter, text), None)
            return
        found = self._registry.get(name)
        told = found is not None and found.form and len(args) > 1
        skipped = (
            tuple(p.name for p in found.parameters if not p.required and p.name not in args) if found and told else ()
        )
        await self.call(turn, person, name, args, skipped=skipped)

    async def pressed(self, turn: Turn, person: Person, token: Token) -> None:
        """A button: what it stands for, with what its form brought."""
        turn.because("pressed a button of their own" if token.who else f"pressed “{token.label}”")
        if token.once:
            turn.change(Replace(TOKENS, replace(token, used_by=turn.entry.id)))
        if token.call == ANSWER:
            await self._answer(turn, person, str(token.args["value"]), token.answer)
            return
        values = {} if CONFIRMED in token.args else turn.entry.value.get("values") or {}
        args = without({**values, **token.args}, CONFIRMED)
        await self.call(turn, person, token.call, args, confirmed=str(token.args.get(CONFIRMED, "")))

    async def reacted(self, turn: Turn, person: Person) -> None:
        """A reaction is a press of the one button of that message that it stands for."""
        call = {"👍": "like", "❤️": "like", "👎": "dislike"}.get(turn.entry.text)
        tokens = await self._store.find(TOKENS, {"answer": turn.entry.object}) if call else []
        meant = [t for t in tokens if t.call == call and t.thread == turn.thread.id and _may_press(t, person, turn.now)]
        if len(meant) == 1:
            await self.pressed(turn, person, meant[0])

    async def answered(self, turn: Turn, person: Person) -> bool:
        """Whether the message answers a question of ours; if so it was taken."""
        asked = turn.thread.asked.get(person.id)
        if asked is None:
            return False
        if asked.until and asked.until <= turn.now:
            turn.thread = without_question(turn, person)
            return False
        text = unaddressed(turn.entry.text, CARAVAN_NAMES) or turn.entry.text.strip()
        dropped = text.casefold().strip(" .!") in DROPPING
        if not dropped and (left := self._is_no_answer(turn, person, asked, text)):
            turn.because(f"no answer to {asked.call}.{asked.parameter}")
            turn.value = {**turn.value, NO_ANSWER: True}
            if left is _Left.DROPPED:
                self._drop(turn, person, asked)
            return False
        turn.because(f"an answer to {asked.call}.{asked.parameter}")
        await self._answer(turn, person, CANCEL if dropped else text, "")
        return True

    def _is_no_answer(self, turn: Turn, person: Person, asked: Question, text: str) -> _Left | None:
        """Whether words are none to the question: said to somebody else or by the way, they leave it open; a request
        for something else, or one that calls us by name again, ends it."""
        found, today = self._registry.get(asked.call), turn.now.date()
        others = [m.name for m in turn.thread.present if m.person != person.id]
        if found is None:
            return None
        if called(turn.entry.text, others):
            return _Left.OPEN
        understood = self._understands.understand(text, today, None)
        asks_text = (parameter := found.parameter(asked.parameter)) is not None and parameter.kind == "text"
        if understood.intent is not None and not (asks_text and len(text) > _LONGEST_REQUEST):
            wanted = self._registry.get(understood.intent)
            if called(turn.entry.text, CARAVAN_NAMES) or self._asking.left(
                found, asked, text, today, wanted, understood
            ):
                return _Left.DROPPED
        return None if self._asking.fits(found, asked, text, today) else _Left.OPEN

    def _drop(self, turn: Turn, person: Person, asked: Question) -> None:
        """The question is over, and that is said."""
        turn.thread = without_question(turn, person)
        found = self._registry.get(asked.call)
        text = say("put_aside", name=found.command) if found and found.command else say("set_aside")
        turn.say(Draft(text=text, persona=asked.persona, notice=True))

    async def _answer(self, turn: Turn, person: Person, text: str, pressed_on: str) -> None:
        asked = turn.thread.asked.get(person.id)
        if asked is None or (pressed_on and asked.answer and asked.answer != pressed_on):
            turn.say(Draft(text=say("expired"), notice=True, only_for=(person.id,)))
            return
        turn.thread = without_question(turn, person)
        turn.keep()
        found = self._registry.get(asked.call)
        if found is None or text == CANCEL:
            turn.say(Draft(text=say("cancelled"), notice=True))
            return
        try:
            asked = self._asking.answer(found, asked, text, turn.now.date())
        except AskAgain as again:
            self.ask_for(turn, person, asked.call, asked.args, again, asked.persona, asked.skipped, answering=asked)
            return
        await self.call(
            turn, person, asked.call, asked.args, persona=asked.persona, skipped=asked.skipped, answering=asked
        )

    async def call(
        self, turn: Turn, person: Person, name: str, args: Mapping[str, Any], *, persona: str = "",
        skipped: tuple[str, ...] = (), answering: Question | None = None, confirmed: str = "",
    ) -> None:  # fmt: skip
        """Run a Capability by name for a person, or ask for what is missing; `answering`: the question before,
        `confirmed`: what the pressed button says that they confirm."""
        found = self._registry.get(name)
        if found is None:
            raise AskAgain("", say("unknown_command", name=name))
        person = await self._rightly(person, found)
        speak(person.language if found.private else turn.language)
        self.note(turn, found, person, args, persona, "done" if confirmed or not found.confirms else "asked")
        self._people.require(person, found.role)
        if persona and found.role in KEEPERS:
            raise NotAllowed(say("not_allowed"))
        await self.unpaused(found, turn, persona)
        turn.value = {**turn.value, "about": found.name}
        try:
            if found.check is not None:
                await found.check(turn.ask(person), args)
            given = typed(found, args)
            self._asking.want_more(found, args, skipped)
        except AskAgain as again:
            self.ask_for(turn, person, name, args, again, persona, skipped, answering=answering)
            return
        if found.slow:
            self._guard.work(person)
            turn.jobs.append(call_job(turn, person, found, args, persona, answering.missed + 1 if answering else 0))
            return
        if found.confirms:
            given[CONFIRMED] = confirmed
        try:
            reply = await found.run(turn.ask(person, persona=await self._persona(turn, person, persona)), **given)
        except AskAgain as again:
            if found.parameter(again.parameter) is None:
                raise
            self.ask_for(turn, person, name, args, again, persona, skipped, answering=answering)
            return
        self.take(turn, found, person, reply, persona)
        _noted(turn, found, args, reply)

    async def _rightly(self, person: Person, found: Capability) -> Person:
        """The Person with the role they have now, where it matters."""
        return person if found.role == "traveller" else await self._people.now(person)

    async def unpaused(self, found: Capability, turn: Turn, persona: str) -> None:
        """Explain if keepers have stopped it for now."""
        await self._pauses.check(found, turn.thread.id, persona)

    def note(
        self, turn: Turn, found: Capability, person: Person, args: Mapping[str, Any], persona: str,
        outcome: str = "done",
    ) -> None:  # fmt: skip
        """Put a call on record, if it is of those that are."""
        if is_audited(found, persona):
            noted = Noted(call=found, person=person.id, persona=persona, args=dict(args), outcome=outcome)
            turn.noted.append(noted)

    def take(self, turn: Turn, found: Capability, person: Person, reply: Reply, persona: str = "") -> None:
        """Adopt a Reply, in the name of the persona that was asked; a private Capability's are for the asker alone."""
        if found.effect is Effect.LOOK and (reply.ops or reply.thread):
            raise TypeError(f"{found.name} only looks, but changes documents")
        if found.private:
            reply = replace(reply, drafts=tuple(replace(d, only_for=(person.id,)) for d in reply.drafts))
        if reply.record:
            turn.noted = [replace(n, told=reply.record) if n.call is found else n for n in turn.noted]
        turn.take(reply, persona=persona)

    def ask_again(self, turn: Turn, person: Person, again: Mapping[str, Any], persona: str) -> bool:
        """A Job could not go on without an argument: ask for it, in the name of who was asked. False if it is not one
        that can be asked for. `again`: {call, args, parameter, text}; the stream's message becomes the question."""
        found = self._registry.get(again["call"])
        if found is None or found.parameter(again["parameter"]) is None:
            return False
        parts = from_plain(turn.entry.value.get("parts", {}), dict[str, tuple[str, ...]])
        problem, missed = AskAgain(again["parameter"], again["text"]), int(turn.entry.value.get("missed") or 0)
        self.ask_for(turn, person, found.name, again["args"], problem, persona, parts=parts, missed=missed)
        return True

    def ask_for(
        self, turn: Turn, person: Person, name: str, args: Mapping[str, Any], again: AskAgain, persona: str | None,
        skipped: tuple[str, ...] = (), parts: dict[str, tuple[str, ...]] | None = None,
        answering: Question | None = None, missed: int = 0,
    ) -> None:  # fmt: skip
        """Ask a Person for an argument; `missed` times in vain is enough."""
        found = self._registry.get(name)
        parameter = found.parameter(again.parameter) if found else None
        if found is None or parameter is None:
            raise again
        turn.noted = [noted for noted in turn.noted if noted.call is not found]
        count = misses(answering, args, parameter.name)
        missed, args = count and max(count, missed), {**without(args, parameter.name), **again.known}
        if missed >= PATIENCE:
            self._drop(turn, person, Question(call=name, args={}, parameter=parameter.name, persona=persona or ""))
            return
        draft = self._asking.draft(found, parameter, again.text, person, rejected=missed > 0)
        answer = turn.say(replace(draft, persona=persona or "", parts=parts or {}))
        question = self._asking.question(found, parameter, args, persona or "", skipped, answer, turn.now)
        question = replace(question, missed=missed)
        turn.thread = replace(turn.thread, asked={**turn.thread.asked, person.id: question})
        turn.because(f"asked for {parameter.name}")

    async def _persona(self, turn: Turn, person: Person, persona: str) -> Persona | None:
        return await self._history.persona(persona or turn.thread.active.get(person.id, ""))


def _noted(turn: Turn, found: Capability, args: Mapping[str, Any], reply: Reply) -> None:
    """What is done to a plan at once is kept as a Job's calls are: the talk goes on about the plan as it is now."""
    if trip_of([reply.data]) and not found.private:
        made = {"calls": [{"name": found.name, "args": args}], "data": [reply.data]}
        turn.value = {**turn.value, **to_plain(made)}


def check_press(token: Token, person: Person, now: datetime) -> None:
    """NotAllowed if the button is not theirs, Explain if it is over."""
    if token.who and person.id not in token.who and not any(map(person.is_, token.who)):
        raise NotAllowed(say("not_yours"))
    if token.until <= now:
        raise Explain(say("expired"))
    if token.once and token.used_by:
        raise Explain(say("used"))


def _may_press(token: Token, person: Person, now: datetime) -> bool:
    try:
        check_press(token, person, now)
    except (NotAllowed, Explain):
        return False
    return True


def without_question(turn: Turn, person: Person) -> Any:
    """The Thread with nothing asked of this Person."""
    if person.id not in turn.thread.asked:
        return turn.thread
    return replace(turn.thread, asked={p: q for p, q in turn.thread.asked.items() if p != person.id})


def without(args: Mapping[str, Any], parameter: str) -> dict[str, Any]:
    """The arguments but one."""
    return {name: value for name, value in args.items() if name != parameter}


def call_job(
    turn: Turn, person: Person, found: Capability, args: Mapping[str, Any], persona: str, missed: int = 0
) -> Job:
    """The Job of a Capability that calls out. `missed`: how often an argument was given in vain if it is so again."""
    active = persona or turn.thread.active.get(person.id, "")
    return Job(
        id=job_id(turn.entry.id, found.name, len(turn.jobs)), name="call", thread=turn.thread.id, due_at=turn.now,
        busy=True,
        args={"entry": turn.entry.id, "person": person.id, "persona": active, "speaker": persona,
              "place": turn.entry.place, "call": found.name, "args": dict(args), "missed": missed},
    )  # fmt: skip
