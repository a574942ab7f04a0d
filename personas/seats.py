"""Who of the personas sits in a Thread and who is active for whom: pure changes of a Thread."""

from dataclasses import replace

from bot.errors import Explain
from bot.model import Persona, Seat, Thread
from personas.names import same
from personas.texts import say

MOST_SEATS = 8


def seat_named(thread: Thread, name: str) -> Seat | None:
    """The seat that a name or a persona's id stands for."""
    return next((s for s in thread.seats if s.persona == name or same(s.name, name)), None)


def names_here(thread: Thread, but: str = "") -> list[str]:
    """What people and personas of the Thread are called, one persona left out."""
    return [*(m.name for m in thread.present), *(s.name for s in thread.seats if s.persona != but)]


def has_room(thread: Thread) -> bool:
    """Whether another persona may sit down."""
    return len(thread.seats) < MOST_SEATS


def with_seat(thread: Thread, persona: Persona) -> Thread:
    """The Thread with the persona in it; Explain if it is full or its name is taken here.

    The first persona of its owner here is their active one."""
    if thread.seat(persona.id) is None:
        if not has_room(thread):
            raise Explain(say("no_seat", most=MOST_SEATS))
        if any(same(persona.name, other) for other in names_here(thread)):
            raise Explain(say("seat_name", name=persona.name))
        seat = Seat(persona=persona.id, name=persona.name, owner=persona.owner)
        thread = replace(thread, seats=(*thread.seats, seat))
    return thread if thread.seat(thread.active.get(persona.owner, "")) else with_active(thread, persona)


def with_active(thread: Thread, persona: Persona) -> Thread:
    """The Thread in which the persona speaks for its owner, awake."""
    thread = with_quiet(thread, persona.id, quiet=False)
    return replace(thread, active={**thread.active, persona.owner: persona.id})


def with_quiet(thread: Thread, persona: str, *, quiet: bool) -> Thread:
    """The Thread with that persona silenced or woken."""
    seats = tuple(replace(s, quiet=quiet) if s.persona == persona else s for s in thread.seats)
    return replace(thread, seats=seats) if seats != thread.seats else thread


def with_name(thread: Thread, persona: Persona) -> Thread:
    """The Thread with the persona's present name on its seat."""
    seats = tuple(replace(s, name=persona.name) if s.persona == persona.id else s for s in thread.seats)
    return replace(thread, seats=seats) if seats != thread.seats else thread


def without_seat(thread: Thread, persona: str) -> Thread:
    """The Thread without the persona; its owner's next one there becomes active, and nobody goes on talking to it."""
    seats = tuple(s for s in thread.seats if s.persona != persona)
    active = dict(thread.active)
    for person in [p for p, chosen in active.items() if chosen == persona]:
        following = next((s for s in seats if s.owner == person and not s.quiet), None)
        active.pop(person)
        if following is not None:
            active[person] = following.persona
    floor = thread.floor if thread.floor.persona != persona else replace(thread.floor, persona="", heard="", until=None)
    return replace(thread, seats=seats, active=active, floor=floor)
