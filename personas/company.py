"""Personas in a Thread: switching, adding, silencing, waking and removing them."""

from dataclasses import replace

from bot.capability import Effect, Text, capability
from bot.content import Draft
from bot.documents import Op, Replace
from bot.errors import Explain, NotAllowed
from bot.floor import job_id
from bot.members import require_member
from bot.model import PERSONAS, Job, Persona, Seat, Thread
from bot.ports import Ask, Reply, Store
from personas.cards import Named, to_pick
from personas.finding import Finder
from personas.names import clean, same
from personas.seats import names_here, seat_named, with_active, with_name, with_quiet, with_seat, without_seat
from personas.texts import say

_MAY_REMOVE = ("moderator", "admin")


class Company:
    """Capabilities about who of the personas takes part here."""

    def __init__(self, store: Store) -> None:
        self._store, self._finder = store, Finder(store)

    @capability(
        "Let another persona speak for you", command="switch", effect=Effect.CHANGE,
        phrases=("switch to {name}", "let {name} speak for me", "switch persona", "switch my persona to {name}",
                 "change my persona to {name}", "use the persona {name}", "i want {name} to speak for me",
                 "switch to the persona {name}", "make {name} my active persona", "{name} shall speak for me",
                 "speak for me", "switch to", "switch persona to {name}", "switch personas"),
    )  # fmt: skip
    async def switch_persona(self, ask: Ask, *, name: Named = "") -> Reply:
        """Whose tastes rank and who answers for the asker here; the last search is ranked again by a Job."""
        require_member(ask.thread, ask.person)
        name = name or spoken_to(ask)
        if not name:
            return await self._pick_own(ask, "which_switch", "switch_persona")
        persona = await self._finder.awake(ask, name)
        if ask.thread.active.get(ask.person.id) == persona.id and ask.thread.seat(persona.id):
            return Reply(drafts=(Draft(text=say("switched_already", name=persona.name), notice=True),))
        thread = with_active(with_seat(ask.thread, persona), persona)
        return Reply(
            thread=thread, ops=_seated(persona, thread), jobs=(_switched(ask, persona),),
            drafts=(Draft(text=say("switched", name=persona.name), notice=True),), data={"persona": persona.name},
        )  # fmt: skip

    @capability(
        "Bring one of your personas into this trip", command="add", effect=Effect.CHANGE,
        phrases=("add the persona {name}", "add {name} to this chat", "bring {name} into this chat", "add {name}",
                 "add my persona {name} to the trip", "let {name} join us", "add a persona",
                 "add {name} to the trip", "add {name} to this trip", "bring {name} in", "add my persona {name}",
                 "add a persona to this trip", "bring in {name}", "add {name} to the conversation"),
    )  # fmt: skip
    async def add_persona(self, ask: Ask, *, name: Named = "") -> Reply:
        """NotAllowed for another person's persona; Explain if there is no seat."""
        require_member(ask.thread, ask.person)
        if not name:
            return await self._pick_own(ask, "which_add", "add_persona", absent=True)
        seat = seat_named(ask.thread, name)
        if seat is not None:
            return Reply(drafts=(Draft(text=say("added_already", name=seat.name), notice=True),))
        persona = await self._finder.awake(ask, name)
        thread = with_seat(ask.thread, persona)
        text = say("added", name=persona.name)
        return Reply(thread=thread, ops=_seated(persona, thread), drafts=(Draft(text=text, notice=True),))

    async def _pick_own(self, ask: Ask, key: str, call: str, absent: bool = False) -> Reply:
        own = await self._finder.of(ask.person.id)
        choices = [(p.id, p.name) for p in own if not (absent and ask.thread.seat(p.id))]
        return Reply(drafts=(to_pick(ask, say(key), call, choices),))

    @capability(
        "Silence a persona until it is called by name", command="quiet", effect=Effect.CHANGE,
        phrases=("silence {name}", "mute {name}", "{name} be quiet", "tell {name} to be quiet", "be quiet",
                 "make {name} stop talking", "silence a persona", "silence", "please be quiet", "quiet {name}",
                 "{name} be silent", "shut up {name}", "shut up", "stop talking"),
    )  # fmt: skip
    async def quiet_persona(self, ask: Ask, *, name: Named = "") -> Reply:
        """Any member may ask for quiet."""
        require_member(ask.thread, ask.person)
        name = name or spoken_to(ask)
        if not name:
            return _pick_here(ask, "which_quiet", "quiet_persona", [s for s in ask.thread.seats if not s.quiet])
        seat = _here(ask.thread, name)
        key = "quiet_already" if seat.quiet else "quieted"
        thread = with_quiet(ask.thread, seat.persona, quiet=True)
        return Reply(thread=thread, drafts=(Draft(text=say(key, name=seat.name), notice=True),))

    @capability(
        "Let a silenced persona speak again", command="wake", effect=Effect.CHANGE,
        phrases=("unmute {name}", "let {name} speak again", "{name} may speak again", "wake {name} up", "wake {name}",
                 "you may speak again", "let {name} talk again", "unsilence {name}"),
    )  # fmt: skip
    async def wake_persona(self, ask: Ask, *, name: Named = "") -> Reply:
        require_member(ask.thread, ask.person)
        name = name or spoken_to(ask)
        if not name:
            return _pick_here(ask, "which_wake", "wake_persona", [s for s in ask.thread.seats if s.quiet])
        seat = _here(ask.thread, name)
        thread = with_quiet(ask.thread, seat.persona, quiet=False)
        return Reply(thread=thread, drafts=(Draft(text=say("woken", name=seat.name), notice=True),))

    @capability(
        "Take a persona out of this trip", command="remove", effect=Effect.CHANGE,
        phrases=("remove {name} from this chat", "remove the persona {name}", "take {name} out of this chat",
                 "remove my persona {name} from the trip", "remove a persona", "remove {name}", "kick {name} out",
                 "remove {name} from the trip", "remove {name} from this trip", "take {name} out of the trip"),
    )  # fmt: skip
    async def remove_persona(self, ask: Ask, *, name: Named = "") -> Reply:
        """Its owner may, and who keeps order."""
        require_member(ask.thread, ask.person)
        name = name or spoken_to(ask)
        if not name:
            own = [s for s in ask.thread.seats if s.owner == ask.person.id]
            return _pick_here(ask, "which_remove", "remove_persona", own)
        seat = _here(ask.thread, name)
        if seat.owner != ask.person.id and ask.person.role not in _MAY_REMOVE:
            owner = next((m.name for m in ask.thread.members if m.person == seat.owner), say("somebody_else"))
            raise NotAllowed(say("belongs_to", name=seat.name, owner=owner))
        persona = await self._store.get(PERSONAS, seat.persona)
        thread = without_seat(ask.thread, seat.persona)
        ops = _seated(persona, thread) if persona else ()
        return Reply(thread=thread, ops=ops, drafts=(Draft(text=say("removed", name=seat.name), notice=True),))

    @capability("Bring a seat up to date with its persona", effect=Effect.CHANGE, hidden=True)
    async def sync_seat(self, ask: Ask, *, persona: Text) -> Reply:
        """A persona was renamed or deleted elsewhere, or rests."""
        found = await self._store.get(PERSONAS, persona)
        if found is not None and await self._finder.rests(found):
            at = Replace(PERSONAS, replace(found, seated=tuple(t for t in found.seated if t != ask.thread.id)))
            return Reply(thread=without_seat(ask.thread, persona), ops=(at,), why="the persona rests")
        if found is None:
            return Reply(thread=without_seat(ask.thread, persona), why="the persona was deleted")
        if any(same(found.name, other) for other in names_here(ask.thread, but=persona)):
            return Reply(why="the new name is taken here: the old one stays")
        return Reply(thread=with_name(ask.thread, found), why="the persona was renamed")


def spoken_to(ask: Ask) -> str:
    """The persona that was addressed with the request ("Zuri, be quiet"), as its id; "" if it came otherwise."""
    return str(ask.entry.value.get("persona", "")) if ask.entry and ask.entry.what == "call" else ""


def _here(thread: Thread, name: str) -> Seat:
    seat = seat_named(thread, name)
    if seat is None:
        raise Explain(say("not_here", name=clean(name)[:40]))
    return seat


def _pick_here(ask: Ask, key: str, call: str, seats: list[Seat]) -> Reply:
    return Reply(drafts=(to_pick(ask, say(key), call, [(s.persona, s.name) for s in seats]),))


def _seated(persona: Persona, thread: Thread) -> tuple[Op, ...]:
    """The persona knows its Threads, so that they hear when it is renamed or deleted."""
    there = thread.seat(persona.id) is not None
    rest = tuple(t for t in persona.seated if t != thread.id)
    seated = (*rest, thread.id) if there else rest
    return (Replace(PERSONAS, replace(persona, seated=seated)),) if set(seated) != set(persona.seated) else ()


def _switched(ask: Ask, persona: Persona) -> Job:
    entry = ask.entry.id if ask.entry else ask.key
    return Job(
        id=job_id(ask.key, "persona_switched", persona.id), name="persona_switched", thread=ask.thread.id,
        due_at=ask.now, busy=True,
        args={"person": ask.person.id, "persona": persona.id, "place": ask.place, "entry": entry},
    )  # fmt: skip
