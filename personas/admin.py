"""Personas for keepers: whose they are, what they may, and a pause where one is needed."""

from bot.admin.finding import Finding
from bot.admin.pages import cut, for_me, listed, split_page
from bot.capability import Text, capability
from bot.content import Card, Draft
from bot.model import PEOPLE, Persona
from bot.pauses import Pauses
from bot.ports import Ask, Reply, Store
from personas.documents import LIKES, MEMORIES
from personas.texts import say


class PersonasAdmin:
    """`/admin personas`."""

    def __init__(self, store: Store, pauses: Pauses) -> None:
        self._store, self._pauses, self._finding = store, pauses, Finding(store)

    @capability("Personas, their people and what they learn", command="admin personas", role="moderator", private=True)
    async def admin_personas(self, ask: Ask, *, words: Text = "") -> Reply:
        """`words`: a persona's name, a part of it or its id. What a persona remembers is for its people alone."""
        wanted, page = split_page(words)
        found = await self._finding.personas(wanted)
        if wanted and len(found) == 1:
            return Reply(drafts=(await self._one(ask, found[0]),))
        shown, more = cut(found, page)
        lines = [await self._line(p) for p in shown]
        title = say("admin_title")
        draft = listed(ask, title, lines, call="admin_personas", words=wanted, page=page, more=more)
        return Reply(drafts=(draft,))

    async def _line(self, persona: Persona) -> str:
        paused = say("admin_paused") if f"persona:{persona.id}" in await self._pauses.all() else ""
        owner = await self._store.get(PEOPLE, persona.owner)
        name = owner.name if owner else "?"
        return say("admin_line", name=persona.name, owner=name, id=persona.id, paused=paused)

    async def _one(self, ask: Ask, persona: Persona) -> Draft:
        memories = await self._store.find(MEMORIES, {"persona": persona.id}, order="at", limit=1000)
        likes = await self._store.find(LIKES, {"persona": persona.id}, order="at", limit=1000)
        lines = (
            await self._line(persona), say("admin_seated", count=len(persona.seated)),
            say("admin_holds", memories=len(memories), likes=len(likes)),
            say("admin_learns" if persona.learning else "admin_learns_not"),
        )  # fmt: skip
        verb = "resume" if f"persona:{persona.id}" in await self._pauses.all() else "pause"
        press = for_me(ask, say(f"admin_{verb}"), f"admin_{verb}", words=f"persona {persona.id}")
        return Draft(card=Card(title=persona.name, lines=lines), buttons=(press,))
