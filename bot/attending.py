"""Attending: what Caravan itself does with plain words said to it: welcome, understand, or say how to go on."""

import re
from dataclasses import replace

from bot.arguments import question
from bot.asides import is_question, is_wish
from bot.calls import Calls
from bot.capability import Registry
from bot.content import Draft, Press
from bot.context import carried
from bot.courtesies import DROPPING, GREETINGS
from bot.errors import AskAgain
from bot.floor import CARAVAN_NAMES, called, unaddressed
from bot.following import follow
from bot.history import History
from bot.minds import Understands
from bot.model import Person, Question
from bot.texts import say
from bot.turn import Turn

_WORD = re.compile(r"\w+")


class Attending:
    """Hears what is said to nobody else, and hands what it asks for to the Calls."""

    def __init__(self, registry: Registry, understands: Understands, history: History, calls: Calls) -> None:
        self._registry, self._understands, self._history, self._calls = registry, understands, history, calls

    async def welcome(self, turn: Turn, person: Person) -> None:
        """The first words in a new Thread."""
        if self._registry.get("start"):
            await self._calls.call(turn, person, "start", {})

    async def called_absent(self, turn: Turn, person: Person) -> bool:
        """Whether somebody calls a persona of theirs that is not in this Thread; they are told how to bring it in."""
        if not re.match(r"\W*[^\W\d][\w' -]*[,:]|.*@\w", turn.entry.text):
            return False
        seated = {s.persona for s in turn.thread.seats}
        mine = [p.name for p in await self._history.personas(person.id) if p.id not in seated]
        name, add = called(turn.entry.text, mine), self._registry.get("add_persona")
        if not name or add is None:
            return False
        turn.because(f"{name} is not here")
        press = Press(label=say("add", name=name), call=add.name, args={"name": name}, who=(person.id,))
        turn.say(Draft(text=say("not_here", name=name), buttons=(press,)))
        return True

    async def goes_on(self, turn: Turn, person: Person) -> bool:
        """Whether words without a name go on with what Caravan has just answered: a request is run, chatter is left."""
        last = await self._history.last_call(turn.thread.id)
        meant = self._understands.understand(turn.entry.text, turn.now.date(), last)
        found = self._registry.get(meant.intent) if meant.intent else None
        wanted = [p for p in found.parameters if p.required and p.like] if found else []
        if found is None or not all(p.like(meant.slots.get(p.name, "")) for p in wanted if p.like):
            return False
        await self.understood(turn, person)
        return True

    async def understood(self, turn: Turn, person: Person) -> None:
        """Words for Caravan itself: run what they ask for, or say how to go on."""
        last = await self._history.last_call(turn.thread.id)
        text = unaddressed(turn.entry.text, CARAVAN_NAMES)
        text, *more = self._understands.parts(text, turn.now.date()) or (text,)
        understood = self._understands.understand(text, turn.now.date(), last)
        if understood.intent is None:
            await self._unclear(turn, person, text)
            return
        turn.because(f"understood as {understood.intent}")
        found = self._registry.get(understood.intent)
        if found is not None:
            slots = carried(found, understood.slots, last, turn.now.date())
            understood = replace(understood, slots=slots)
        await self._calls.completed(turn, person, understood)
        then = (self._understands.understand(part, turn.now.date()) for part in more)
        follow(turn, person, [{"call": u.intent, "args": dict(u.slots)} for u in then if u.intent])

    async def _unclear(self, turn: Turn, person: Person, text: str) -> None:
        """A greeting is answered with the first steps, other words with how to go on."""
        if _WORD.findall(text.casefold()) and set(_WORD.findall(text.casefold())) <= GREETINGS:
            turn.because("a greeting")
            await self.welcome(turn, person)
            return
        turn.because("not understood")
        alone, dropped = len(turn.thread.present) <= 1, text.casefold().strip(" .!") in DROPPING
        if alone and (asked := turn.thread.asked.get(person.id)):
            self._remind(turn, person, asked)
        elif turn.thread.private or "caravan" in turn.entry.text.casefold():
            turn.say(Draft(text=say("not_understood"), buttons=await self._ways_on(person, personas=False)))
        elif alone and dropped:
            turn.say(Draft(text=say("nothing_open"), notice=True))
        elif alone and (is_question(text) or is_wish(text)):
            turn.say(Draft(text=say("cannot_answer"), buttons=await self._ways_on(person, personas=True)))

    def _remind(self, turn: Turn, person: Person, asked: Question) -> None:
        """Ask again what was asked, in vain this time; after a while it is left."""
        found = self._registry.get(asked.call)
        parameter = found.parameter(asked.parameter) if found else None
        still = AskAgain(asked.parameter, say("still_asked", asked=question(parameter) if parameter else ""))
        self._calls.ask_for(
            turn, person, asked.call, asked.args, still, asked.persona, asked.skipped, answering=asked
        )  # fmt: skip

    async def _ways_on(self, person: Person, *, personas: bool) -> tuple[Press, ...]:
        """The help, and with `personas` one of theirs to add here, or the way to a first one."""
        help_ = self._registry.get("help")
        found = [Press(label=say("help"), call=help_.name)] if help_ else []
        add, create = self._registry.get("add_persona"), self._registry.get("create_persona")
        mine = [p.name for p in await self._history.personas(person.id)] if personas else []
        if mine and add:
            found.append(Press(label=say("add", name=mine[0]), call=add.name, args={"name": mine[0]}, who=(person.id,)))
        elif personas and create:
            found.append(Press(label=create.told, call=create.name, who=(person.id,)))
        return tuple(found)
