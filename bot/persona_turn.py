"""The persona turn: a Job in which a brain thinks, calls Capabilities and ends in one result Entry."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import structlog

from bot.aloud import PACE, Aloud
from bot.arguments import typed
from bot.capability import Capability, Effect, Registry
from bot.clock import Clock
from bot.codec import to_plain
from bot.errors import AskAgain, Explain, NotAllowed
from bot.history import History
from bot.jobs import result_id
from bot.lane import Lanes
from bot.language import speak, speaking, spoken
from bot.log import ThreadLog
from bot.minds import Brain, Line, Remembers, Scene
from bot.model import ENTRIES, THREADS, Entry, Job, Person, Persona
from bot.pauses import Pauses
from bot.people import KEEPERS, People
from bot.ports import Ask, Call, Outcome, Reply, Store
from bot.streams import Stream, Streams
from bot.texts import say

# How often a brain may think in a turn, and how much it may call for at once.
ROUNDS, CALLS = 6, 8
_CARRIED = ("persona", "person", "entry", "depth", "speaker", "missed", "tries", "rest")
_log = structlog.get_logger()


class Turns:
    """Does the Jobs `persona_turn` and `call`."""

    def __init__(
        self, store: Store, clock: Clock, registry: Registry, people: People, history: History, log: ThreadLog,
        lanes: Lanes, brain: Brain, streams: Streams, memory: Remembers, pauses: Pauses,
    ) -> None:  # fmt: skip
        self._store, self._clock, self._registry, self._people = store, clock, registry, people
        self._history, self._log, self._lanes, self._brain, self._streams = history, log, lanes, brain, streams
        self._memory, self._pauses = memory, pauses
        self.pace = PACE

    async def call(self, job: Job) -> Entry | None:
        """Run one Capability that calls out; its answer comes back as an Entry."""
        ask, person = await self._ask(job)
        call = Call(name=job.args["call"], args=job.args["args"], id=job.id)
        stream = self._streams.open(job, ask.thread, "")
        async with stream.typing():
            outcome, then = await self._run(ask, person, call, stream)
        if outcome.error and not outcome.drafts:
            return self._result(job, [outcome], then, text=outcome.error, stream=stream)
        return self._result(job, [outcome], then, stream=stream)

    async def call_of(self, job: Job, name: str) -> Entry | None:
        """A Job of another name that means one Capability without arguments."""
        return await self.call(replace(job, args={**job.args, "call": name, "args": {}}))

    async def persona_turn(self, job: Job) -> Entry | None:
        """Let a persona answer: rounds of thinking and calling, then its words, checked, and what it showed."""
        ask, person = await self._ask(job)
        persona = ask.persona
        if persona is None:
            return self._result(job, [], [], text=say("no_persona"))
        noted = await self._learn(ask, job)
        scene = replace(await self._scene(ask, persona, person, job), noted=noted)
        stream = self._streams.open(job, ask.thread, persona.id)
        aloud = Aloud(scene, stream, self._clock, self.pace)
        done: list[Outcome] = []
        then: list[Call] = []
        async with stream.typing():
            for _ in range(ROUNDS):
                calls = await self._think(scene, done, aloud)
                for n, call in enumerate(calls):
                    call = replace(call, id=f"{job.id}.{len(done)}.{n}")
                    then = await self._kept(ask, then, f"{job.id}.kept.{len(done)}")
                    outcome, changes = await self._run(ask, person, call if n < CALLS else _too_many(call), stream)
                    done.append(outcome)
                    then.extend(changes)
                if not calls:
                    break
        text, dropped = aloud.text(done)
        return self._result(
            job, done, then, text=text or _instead(done, then, dropped), stream=stream, cost=aloud.cost
        )  # fmt: skip

    async def _kept(self, ask: Ask, then: list[Call], id: str) -> list[Call]:
        """What follows from a look is made at once where another call comes, so that it builds on it."""
        for n, change in enumerate(then):
            await self._change(ask, replace(change, id=f"{id}.{n}"))
        return []

    async def _learn(self, ask: Ask, job: Job) -> bool:
        """What a person says about themselves in passing is kept before the answer, as a change of its own."""
        call = self._memory.heard(ask.entry.text) if ask.entry and not job.args.get("depth") else None
        if call is None:
            return False
        learned = await self._change(ask, replace(call, id=f"{job.id}.learn"))
        return not learned.error and bool(learned.data.get("shown"))

    async def _think(self, scene: Scene, done: Sequence[Outcome], aloud: Aloud) -> list[Call]:
        alone = any(self._secret(o) for o in done)
        async for step in self._brain.think(scene, done):
            await aloud.heard(step, done, alone=alone)
        return aloud.calls()

    async def _ask(self, job: Job) -> tuple[Ask, Person]:
        thread = await self._store.get(THREADS, job.thread)
        person = await self._people.get(job.args["person"])
        entry = await self._store.get(ENTRIES, job.args["entry"])
        if thread is None or person is None:
            raise Explain("the trip or the person is gone")
        found = self._registry.get(job.args.get("call", ""))
        alone = thread.private or (found is not None and found.private)
        speak(person.language if alone else thread.language)
        persona = await self._history.persona(job.args.get("persona", ""))
        ask = Ask(
            person=person, thread=thread, now=self._clock.now(), key=job.id, place=job.args.get("place", ""),
            persona=persona, private=thread.private, entry=entry,
        )  # fmt: skip
        return ask, person

    async def _scene(self, ask: Ask, persona: Persona, person: Person, job: Job) -> Scene:
        lines = await self._until(ask, job)
        tools = tuple(
            c for c in self._registry if not c.hidden and c.role not in KEEPERS and self._people.may(person, c.role)
        )
        memory = await self._memory.memory_of(persona.id, ask.thread)

        async def past(entries: int) -> tuple[Line, ...]:
            return await self._until(ask, job, entries)

        return Scene(
            persona=persona, asker=person, thread=ask.thread, lines=lines, capabilities=tools,
            now=self._clock.now(), memory=memory, past=past,
        )  # fmt: skip

    async def _until(self, ask: Ask, job: Job, entries: int = 60) -> tuple[Line, ...]:
        """The conversation of so many Entries, the message to answer last."""
        forgotten = await self._memory.forgotten_in(job.thread)
        lines = await self._history.lines(job.thread, limit=entries, without=forgotten)
        if job.args.get("depth") or ask.entry is None:
            return lines
        e = ask.entry
        asked = Line(author=e.name, kind="person", text=e.text, at=e.at, seq=e.seq or 0)
        return (*(line for line in lines if (line.at, line.text) != (asked.at, asked.text)), asked)

    async def _run(self, ask: Ask, person: Person, call: Call, stream: Stream) -> tuple[Outcome, list[Call]]:
        """One call with the asking person's rights, whatever the brain wished for."""
        found = self._registry.get(call.name)
        try:
            if found is None or ((found.hidden or found.role in KEEPERS) and ask.persona and call.id.count(".")):
                raise AskAgain("", f"there is nothing called {call.name}")
            self._people.require(person, found.role)
            await self._pauses.check(found, ask.thread.id, ask.persona.id if ask.persona else "")
            if call.problem:
                raise AskAgain(*call.problem)
            given = typed(found, call.args)
            if found.effect is Effect.SPEND and not found.confirms:
                raise NotAllowed(say("spend_press"))
            if found.effect is not Effect.LOOK:
                return await self._change(ask, call, spends=found.effect is Effect.SPEND), []
            if found.slow and not found.private:
                await stream.progress(say("working", what=found.told))
            with speaking(person.language if found.private else spoken()):
                reply = await found.run(ask if found.private else replace(ask, say=stream.progress), **given)
        except AskAgain as again:
            call = replace(call, args={**call.args, **again.known})
            return Outcome(call=call, error=again.text, data={"error": again.text, "parameter": again.parameter}), []
        except (Explain, NotAllowed) as kind:
            return Outcome(call=call, error=str(kind), data={"error": str(kind)}), []
        return _outcome(found, call, person, reply), [reply.then] if reply.then else []

    async def _change(self, ask: Ask, call: Call, *, spends: bool = False) -> Outcome:
        """A change is an Entry of its own: the lane makes it, we read what came of it. What spends comes no further
        than to the card on which a person confirms it."""
        id = f"{ask.thread.id}:call:{call.id}"
        entry = Entry(
            id=id, thread=ask.thread.id, what="call", at=self._clock.now(), place=ask.place,
            value={"call": call.name, "args": call.args, "person": ask.person.id,
                   "persona": ask.persona.id if ask.persona else ""},
        )  # fmt: skip
        await self._log.add(entry)
        handled = await self._lanes.handled(id)
        if handled is None:
            return Outcome(call=call, error="no answer yet", data={"error": "no answer yet"})
        shown = [a.content.text for a in handled.answers if not a.only_for]
        waits = {"waits": say("spend_shown")} if spends else {}
        return Outcome(call=call, data={**handled.value.get("result", {}), "shown": shown, **waits}, error="")

    def _result(
        self, job: Job, done: Sequence[Outcome], then: Sequence[Call], *, text: str = "",
        stream: Stream | None = None, cost: int = 0,
    ) -> Entry:  # fmt: skip
        drafts = [d for o in done for d in o.drafts]
        secret = [self._secret(o) for o in done]
        value: dict[str, Any] = {
            **{k: job.args.get(k, "") for k in _CARRIED},
            "job": job.name, "text": text, "again": _again(done), "drafts": to_plain(drafts),
            "then": to_plain(list(then)), "parts": stream.parts if stream else {},
            "calls": [
                {"name": o.call.name, "args": {} if s else to_plain(o.call.args)}
                for o, s in zip(done, secret, strict=True) if not o.error
            ],
            "data": [{} if s else to_plain(o.data) for o, s in zip(done, secret, strict=True) if not o.error],
            "private": any(secret), **({"cost": cost} if cost else {}),
        }  # fmt: skip
        return Entry(
            id=result_id(job), thread=job.thread, what="result", at=self._clock.now(),
            place=job.args.get("place", ""), value=value,
        )  # fmt: skip

    def _secret(self, outcome: Outcome) -> bool:
        """Whether what came of a call is for the asker alone: nobody else's persona may read it in the history."""
        found = self._registry.get(outcome.call.name)
        return found is not None and found.private


def _again(done: Sequence[Outcome]) -> dict[str, Any]:
    """What the last call still needs to know: {call, args, parameter, text}, empty if nothing or if cards are shown."""
    last = done[-1] if done else None
    if last is None or any(o.drafts for o in done) or not last.error or not last.data.get("parameter"):
        return {}
    args, parameter = to_plain(last.call.args), last.data["parameter"]
    return {"call": last.call.name, "args": args, "parameter": parameter, "text": last.error}


def _instead(done: Sequence[Outcome], then: Sequence[Call], dropped: int) -> str:
    """What is said where a brain has said nothing that may be shown, and nothing else is."""
    if then or any(o.drafts for o in done):
        return ""
    if done and done[-1].error:
        return say("not_managed")
    return say("no_record") if dropped else ""


def _too_many(call: Call) -> Call:
    return replace(call, problem=("", f"not more than {CALLS} calls at once"))


def _outcome(found: Capability, call: Call, person: Person, reply: Reply) -> Outcome:
    drafts = reply.drafts
    if found.private:
        drafts = tuple(replace(d, only_for=(person.id,)) for d in drafts)
    slots = reply.data.get("slots")
    if isinstance(slots, Mapping):
        call = replace(call, args={**call.args, **slots})
    return Outcome(call=call, data=reply.data, drafts=drafts, alone=found.private)
