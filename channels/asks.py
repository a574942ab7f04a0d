"""What people asked of a network that waits for its answer for a while: by whom, where, and how to answer it."""

from collections import OrderedDict
from dataclasses import dataclass

import msgspec

from bot.clock import Clock
from bot.model import Entry
from bot.ports import Locks, Outgoing
from channels.background import Background
from channels.received import keep

_WAITING = 60.0


@dataclass(slots=True, kw_only=True)
class Ask:
    """`entry`: the Entry it became. `thinking`: people see that we think until this is answered; `alone`: only the one

    who asked sees it. `used`: the Delivery that it was answered with."""

    entry: str
    place: str
    user: str
    token: str
    made: int = 0
    thinking: bool = False
    alone: bool = False
    used: str = ""


class Asks:
    """`lasts`: seconds. In memory: after a restart answers go the way they go without. All processes that share `locks`

    know of each other's under `topic`: one hears, another answers."""

    def __init__(self, clock: Clock, lasts: float, locks: Locks, topic: str) -> None:
        self._clock, self._lasts, self._locks, self._topic = clock, lasts, locks, topic
        locks.on_wake(topic, self._told)
        self._telling = Background()
        self._by_entry: OrderedDict[str, Ask] = OrderedDict()
        self._by_person: OrderedDict[str, Ask] = OrderedDict()
        self._thinking: dict[str, list[Ask]] = {}

    def keep(self, entry: Entry, token: str, *, thinking: bool = False, alone: bool = False) -> Ask:
        """One that has just come, as the Entry it becomes."""
        user, made = entry.author.partition(":")[2], self._clock.tick()
        ask = Ask(entry=entry.id, place=entry.place, user=user, token=token, made=made, thinking=thinking, alone=alone)
        self._remember(ask)
        self._tell(ask)
        return ask

    def use(self, ask: Ask, delivery: str) -> None:
        """It is answered with this Delivery; "-" if with nothing. The first one counts."""
        if not ask.used:
            ask.used = delivery
            self._tell(ask)

    def _tell(self, ask: Ask) -> None:
        self._telling.start(self._locks.wake(self._topic, msgspec.json.encode(ask).decode()))

    def _told(self, message: str) -> None:
        """What a process, perhaps this one, made known."""
        ask = msgspec.json.decode(message, type=Ask)
        if (known := self._by_entry.get(ask.entry)) is None:
            self._remember(ask)
        else:
            known.used = known.used or ask.used

    def _remember(self, ask: Ask) -> None:
        keep(self._by_entry, ask.entry, ask)
        keep(self._by_person, f"{ask.place} {ask.user}", ask)
        if ask.thinking:
            self._thinking.setdefault(ask.place, []).append(ask)

    def of_person(self, place: str, user: str) -> Ask | None:
        """The last thing that a person did here, if it may still be answered."""
        ask = self._by_person.get(f"{place} {user}")
        return ask if ask and self.age(ask) < self._lasts else None

    def of_answer(self, outgoing: Outgoing) -> Ask | None:
        """The command that a message to all is the first answer to: its own, else the oldest that waits here."""
        ask = self._by_entry.get(outgoing.shown.rpartition("/")[0])
        if ask is None and outgoing.kind == "system":
            ask = next((a for a in self._waiting(outgoing.place) if not a.alone), None)
        fits = ask and ask.thinking and not ask.alone and ask.used in ("", outgoing.id)
        return ask if ask and fits and self.age(ask) < self._lasts else None

    def overdue(self) -> list[Ask]:
        """Those at which people have looked long enough without an answer."""
        return [a for place in list(self._thinking) for a in self._waiting(place) if self.age(a) > _WAITING]

    def _waiting(self, place: str) -> list[Ask]:
        """Those of a Place at which people see that we think, oldest first."""
        waiting = [a for a in self._thinking.pop(place, ()) if not a.used and self.age(a) < self._lasts]
        if waiting:
            self._thinking[place] = waiting
        return waiting

    def age(self, ask: Ask) -> float:
        """Seconds since it came."""
        return (self._clock.tick() - ask.made) / 1e9
