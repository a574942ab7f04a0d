"""The persona library: making personas, seeing them, deleting them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal

from bot.capability import Effect, Slot, Text, capability
from bot.content import Draft
from bot.documents import Delete, Insert, Op, Replace
from bot.errors import Explain
from bot.floor import job_id
from bot.model import PERSONAS, Entry, Persona, Thread
from bot.ports import Ask, Reply, Store
from personas.cards import Named, about_me, one_persona, persona_list, to_pick
from personas.documents import LIKES, MEMORIES, ROSTERS, Roster
from personas.finding import MOST, Finder
from personas.names import checked, untaken
from personas.seats import has_room, names_here, with_seat, without_seat
from personas.sharing import lent_to, spread
from personas.tastes import read_tastes, without_traits
from personas.texts import say

Voice = Annotated[
    Literal["warm", "dry", "excited", "brief", "formal", "playful"], Slot("choice", ask=say("ask_voice"))
]  # fmt: skip
Budget = Annotated[Literal["low", "middle", "high"], Slot("choice", ask=say("ask_budget"))]
Style = Annotated[
    Literal["relaxed", "adventurous", "cultural", "family", "luxury", "backpacker", "party"],
    Slot("choice", ask=say("ask_style"), title="travel style"),
]  # fmt: skip
Tastes = Annotated[str, Slot("text", ask=say("ask_tastes"))]
Name = Annotated[str, Slot("text", ask=say("ask_name"))]


class Library:
    """Capabilities about the personas that a person owns."""

    def __init__(self, store: Store) -> None:
        self._store, self._finder = store, Finder(store)

    async def may_create(self, ask: Ask, args: Mapping[str, Any]) -> None:
        """Explain at the sixth persona; AskAgain for a name that cannot be."""
        own = await self._finder.of(ask.person.id)
        if len(own) >= MOST:
            names = ", ".join(p.name for p in own)
            raise Explain(say("five_already", count=len(own), most=MOST, names=names))
        if args.get("name"):
            name = checked(str(args["name"]))
            untaken(name, (p.name for p in own), names_here(ask.thread))

    @capability(
        "Create a persona", command="persona new", effect=Effect.CHANGE, form=True, check="may_create",
        phrases=(
            "create a persona", "create a persona called {name}", "make me a new persona named {name}",
            "make a persona", "i want a new persona", "new persona {name}", "add a new persona called {name}",
            "create a travel persona named {name} that likes {tastes}", "set up a persona for me", "new persona",
            "create a new persona", "create the persona {name}", "create a persona named {name}", "make me a persona",
            "i want to create a persona", "i want to create a new persona", "make a persona called {name}",
            "create a new persona called {name}", "create a new persona named {name}", "make a new persona",
            "create a persona called {name} who likes {tastes}", "create a persona {name}",
            "make me a persona called {name}", "make me a persona named {name}", "i want a persona called {name}",
        ),
    )  # fmt: skip
    async def create_persona(
        self, ask: Ask, *, name: Name, voice: Voice | None = None, tastes: Tastes = "", budget: Budget | None = None,
        style: Style | None = None,
    ) -> Reply:  # fmt: skip
        """A persona with these traits, in this Thread at once if there is room; what is left out comes from the
        person's profile if it is their first."""
        await self.may_create(ask, {"name": name})
        own = await self._finder.of(ask.person.id)
        given = ask.person.profile if not own else {}
        read = read_tastes(without_traits(tastes, voice, budget) or given.get("interests", ""))
        persona = Persona(
            id=f"a{job_id('persona', ask.key)}", owner=ask.person.id, name=checked(name), voice=voice or "warm",
            tastes=read.weights, budget=budget or given.get("budget", ""), style=style or given.get("style", ""),
            created_at=ask.now, seated=(ask.thread.id,) if has_room(ask.thread) else (),
        )  # fmt: skip
        persona = replace(persona, shared=await lent_to(self._store, persona))
        thread = with_seat(ask.thread, persona) if persona.seated else ask.thread
        ops = (Insert(PERSONAS, persona), await self._rostered(ask.person.id, (*(p.id for p in own), persona.id)))
        shown = one_persona(replace(ask, thread=thread), persona, _created(persona, thread))
        return Reply(ops=ops, thread=thread, drafts=(shown, *_unread(read.unknown)), data={"persona": persona.name})

    async def _rostered(self, person: str, personas: tuple[str, ...]) -> Op:
        """Whoever creates or deletes at the same moment clashes here and tries again."""
        found = await self._store.get(ROSTERS, person)
        if found is None:
            return Insert(ROSTERS, Roster(id=person, personas=personas))
        return Replace(ROSTERS, replace(found, personas=personas))

    @capability(
        "Show your personas and switch between them", command="persona",
        phrases=("show my personas", "which personas do i have", "list my personas", "my personas", "show the personas",
                 "show me the persona {name}", "who speaks for me", "show me my personas", "what personas do i have"),
    )  # fmt: skip
    async def persona(self, ask: Ask, *, name: Named = "") -> Reply:
        if name:
            return Reply(drafts=(one_persona(ask, await self._finder.mine(ask, name)),))
        own = await self._finder.of(ask.person.id)
        return Reply(drafts=(persona_list(ask, own),), data={"personas": [p.name for p in own]})

    @capability(
        "Delete a persona",
        phrases=("delete the persona {name}", "delete my persona {name}", "delete a persona", "delete {name}",
                 "delete the persona called {name}"),
    )  # fmt: skip
    async def delete_persona(self, ask: Ask, *, name: Named = "") -> Reply:
        """Asks first; the button of the answer deletes."""
        if not name:
            own = await self._finder.of(ask.person.id)
            choices = [(p.id, p.name) for p in own]
            return Reply(drafts=(to_pick(ask, say("which_delete"), "delete_persona", choices),))
        persona = await self._finder.mine(ask, name)
        buttons = (
            about_me(ask, say("button_delete_yes", name=persona.name), "really_delete_persona", persona=persona.id),
            about_me(ask, say("button_keep", name=persona.name), "keep_persona", persona=persona.id),
        )
        return Reply(drafts=(Draft(text=say("delete_sure", name=persona.name), buttons=buttons),))

    @capability("Keep a persona after all", hidden=True)
    async def keep_persona(self, ask: Ask, *, persona: Text) -> Reply:
        found = await self._finder.mine(ask, persona)
        return Reply(drafts=(Draft(text=say("kept", name=found.name), notice=True),))

    @capability("Delete a persona for good", effect=Effect.CHANGE, hidden=True)
    async def really_delete_persona(self, ask: Ask, *, persona: Text) -> Reply:
        """With its memory and what it learned; it leaves every Thread it sits in."""
        found = await self._finder.mine(ask, persona)
        left = tuple(p.id for p in await self._finder.of(ask.person.id) if p.id != found.id)
        ops = [Delete(PERSONAS, found), *await self._belongings(found.id), await self._rostered(ask.person.id, left)]
        lent = await spread(self._store, replace(found, learned={}), gone=True)
        ops += [op for op in lent if op.kind is PERSONAS]
        return Reply(
            ops=tuple(ops), thread=without_seat(ask.thread, found.id), entries=told_elsewhere(ask, found),
            drafts=(Draft(text=say("deleted", name=found.name), notice=True),),
        )  # fmt: skip

    async def _belongings(self, persona: str) -> list[Op]:
        memories = await self._store.find(MEMORIES, {"persona": persona}, order="at", limit=1000)
        likes = await self._store.find(LIKES, {"persona": persona}, order="at", limit=10_000)
        return [*(Delete(MEMORIES, m) for m in memories), *(Delete(LIKES, x) for x in likes)]


def told_elsewhere(ask: Ask, persona: Persona) -> tuple[Entry, ...]:
    """News to the other Threads a persona sits in that it has changed or gone."""
    return tuple(_sync(ask, persona, thread) for thread in persona.seated if thread != ask.thread.id)


def _sync(ask: Ask, persona: Persona, thread: str) -> Entry:
    return Entry(
        id=f"{thread}:call:{job_id(ask.key, persona.id, thread)}", thread=thread, what="call", at=ask.now,
        value={"call": "sync_seat", "args": {"persona": persona.id}, "person": ask.person.id, "persona": ""},
    )  # fmt: skip


def _created(persona: Persona, thread: Thread) -> str:
    active = thread.active.get(persona.owner) == persona.id
    key = "created_full" if not persona.seated else "created_active" if active else "created_here"
    return say("created", name=persona.name, where=say(key))


def _unread(unknown: tuple[str, ...]) -> tuple[Draft, ...]:
    if not unknown:
        return ()
    return (Draft(text=say("unknown_words", words=", ".join(f"“{w}”" for w in unknown[:6])), notice=True),)
