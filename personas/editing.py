"""Changing a persona: by one sentence, or by the buttons of its card."""

from dataclasses import replace
from typing import Annotated, Any, Literal

from bot.capability import Effect, Slot, Text, capability
from bot.content import Draft, Press
from bot.documents import Delete, Op, Replace
from bot.model import PERSONAS, Persona
from bot.ports import Ask, Reply, Store
from personas.cards import Named, about_me, persona_card, to_pick
from personas.documents import LIKES
from personas.finding import Finder
from personas.library import Budget, Style, Tastes, Voice, told_elsewhere
from personas.names import checked, untaken
from personas.seats import names_here, with_name
from personas.sharing import spread
from personas.tastes import read_tastes
from personas.texts import say

Learning = Literal["on", "off"]
NewName = Annotated[str, Slot("text", ask=say("ask_new_name"), title="new name")]
_ADDING = ("also ", "and ", "plus ", "+")


class Editing:
    """Capabilities that change a persona one owns."""

    def __init__(self, store: Store) -> None:
        self._store, self._finder = store, Finder(store)

    @capability(
        "Change a persona", effect=Effect.CHANGE,
        phrases=("edit the persona {name}", "edit a persona", "change the tastes of {name} to {tastes}", "edit {name}",
                 "rename {name} to {new_name}", "make the voice of {name} {voice}", "change my persona {name}",
                 "set the budget of {name} to {budget}", "edit my persona", "edit my persona {name}",
                 "rename the persona {name} to {new_name}", "change {name}'s tastes to {tastes}",
                 "set the tastes of {name} to {tastes}", "change {name}'s voice to {voice}",
                 "change {name}'s budget to {budget}", "set {name}'s style to {style}"),
    )  # fmt: skip
    async def edit_persona(
        self, ask: Ask, *, name: Named = "", tastes: Tastes = "", voice: Voice | None = None,
        budget: Budget | None = None, style: Style | None = None, new_name: NewName = "",
        learning: Learning | None = None,
    ) -> Reply:  # fmt: skip
        """Changes what is given; with a name alone it shows the buttons. Tastes replace the old ones unless they
        begin with "also"."""
        if not name:
            own = [(p.id, p.name) for p in await self._finder.of(ask.person.id)]
            return Reply(drafts=(to_pick(ask, say("which_edit"), "edit_persona", own),))
        persona = await self._finder.mine(ask, name)
        if learning:
            return await self._learning(ask, persona, learning == "on")
        given = {"voice": voice, "budget": budget, "style": style, "tastes": tastes, "name": new_name}
        return await self._change(ask, persona, {field: value for field, value in given.items() if value})

    async def _change(self, ask: Ask, persona: Persona, given: dict[str, str]) -> Reply:
        plain: dict[str, Any] = {f: v for f, v in given.items() if f in ("voice", "budget", "style")}
        changed = replace(persona, **plain)
        if "tastes" in given:
            changed = with_tastes(changed, given["tastes"])
        if "name" in given:
            changed = await self._renamed(ask, changed, given["name"])
        return self._changed(ask, persona, changed)

    def _changed(self, ask: Ask, before: Persona, after: Persona) -> Reply:
        if before == after:
            return Reply(drafts=(_form(ask, after, say("edit_title", name=after.name)),))
        renamed = before.name != after.name
        return Reply(
            ops=(Replace(PERSONAS, after),), thread=with_name(ask.thread, after) if renamed else None,
            entries=told_elsewhere(ask, after) if renamed else (),
            drafts=(_form(ask, after, say("changed", name=after.name)),),
        )  # fmt: skip

    async def _renamed(self, ask: Ask, persona: Persona, name: str) -> Persona:
        tidy = checked(name, "new_name")
        mine = (p.name for p in await self._finder.of(ask.person.id) if p.id != persona.id)
        return replace(persona, name=untaken(tidy, mine, names_here(ask.thread, but=persona.id), "new_name"))

    async def _learning(self, ask: Ask, persona: Persona, on: bool) -> Reply:
        """Off also deletes what was learned and what it was learned from."""
        ops: list[Op] = []
        if not on:
            likes = await self._store.find(LIKES, {"persona": persona.id}, order="at", limit=10_000)
            ops = [Delete(LIKES, liking) for liking in likes]
            persona = replace(persona, learned={})
        changed = replace(persona, learning=on)
        text = say("learning_on" if on else "learning_off", name=persona.name)
        ops += await spread(self._store, changed)
        return Reply(ops=tuple(ops), drafts=(_form(ask, changed, text),))

    @capability("Change a persona's tastes", effect=Effect.CHANGE, hidden=True)
    async def set_tastes(self, ask: Ask, *, persona: Text, tastes: Tastes) -> Reply:
        return await self._change(ask, await self._finder.mine(ask, persona), {"tastes": tastes})

    @capability("Change a persona's voice", effect=Effect.CHANGE, hidden=True)
    async def set_voice(self, ask: Ask, *, persona: Text, voice: Voice) -> Reply:
        return await self._change(ask, await self._finder.mine(ask, persona), {"voice": voice})

    @capability("Change a persona's budget", effect=Effect.CHANGE, hidden=True)
    async def set_budget(self, ask: Ask, *, persona: Text, budget: Budget) -> Reply:
        return await self._change(ask, await self._finder.mine(ask, persona), {"budget": budget})

    @capability("Change a persona's travel style", effect=Effect.CHANGE, hidden=True)
    async def set_style(self, ask: Ask, *, persona: Text, style: Style) -> Reply:
        return await self._change(ask, await self._finder.mine(ask, persona), {"style": style})

    @capability("Rename a persona", effect=Effect.CHANGE, hidden=True)
    async def set_name(self, ask: Ask, *, persona: Text, new_name: NewName) -> Reply:
        return await self._change(ask, await self._finder.mine(ask, persona), {"name": new_name})


def with_tastes(persona: Persona, text: str) -> Persona:
    """The persona with the tastes of a text: instead of the old ones, or beside them after "also"."""
    read = read_tastes(text).weights
    beside = text.strip().casefold().startswith(_ADDING)
    return replace(persona, tastes={**persona.tastes, **read} if beside else read)


def _form(ask: Ask, persona: Persona, text: str) -> Draft:
    return Draft(text=text, card=persona_card(persona), buttons=tuple(_buttons(ask, persona)))


def _buttons(ask: Ask, persona: Persona) -> list[Press]:
    fields = ("tastes", "voice", "budget", "style")
    buttons = [about_me(ask, say(f"button_{f}"), f"set_{f}", persona=persona.id) for f in fields]
    buttons.append(about_me(ask, say("button_rename"), "set_name", persona=persona.id))
    turn = "off" if persona.learning else "on"
    buttons.append(about_me(ask, say(f"button_learning_{turn}"), "edit_persona", name=persona.id, learning=turn))
    return [*buttons, about_me(ask, say("button_delete"), "delete_persona", name=persona.id)]
