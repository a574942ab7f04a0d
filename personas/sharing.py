"""Sharing: what one persona learned from likes counts for its person's other ones too, if that person wants it so."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from bot.capability import Effect, capability
from bot.content import Card, Draft
from bot.documents import Insert, Op, Replace
from bot.model import PERSONAS, Persona
from bot.ports import Ask, Reply, Store
from personas.cards import about_me, learned_in_words
from personas.documents import ROSTERS, Roster
from personas.finding import Finder
from personas.texts import say

PERCENT = 50
"""How much of what another persona learned counts; all others together are bounded first, so it is never a firm no."""
_MOST = 100

Switch = Literal["on", "off"]


def shared_from(others: Iterable[Persona]) -> dict[str, int]:
    """Tag -> -50..50: what these personas learned, together; those that do not learn give nothing."""
    together: dict[str, int] = {}
    for persona in others:
        for tag, weight in persona.learned.items() if persona.learning else ():
            together[tag] = together.get(tag, 0) + weight
    lent = {tag: _portion(max(-_MOST, min(_MOST, weight))) for tag, weight in together.items()}
    return {tag: weight for tag, weight in lent.items() if weight}


def _portion(weight: int) -> int:
    """The same share of a like and of a dislike."""
    return weight * PERCENT // 100 if weight > 0 else -(-weight * PERCENT // 100)


async def lent_to(store: Store, new: Persona) -> dict[str, int]:
    """What a new persona is lent by its person's others."""
    roster = await store.get(ROSTERS, new.owner)
    if roster is None or not roster.sharing:
        return {}
    return shared_from(p for p in await store.find(PERSONAS, {"owner": new.owner}, limit=50) if p.id != new.id)


async def spread(store: Store, changed: Persona, *, gone: bool = False) -> list[Op]:
    """The operations that store a persona whose learning changed, and all others that are lent some of it.

    `gone`: it is being deleted, so it is not stored itself."""
    roster = await store.get(ROSTERS, changed.owner)
    sharing = roster is not None and roster.sharing
    own, ops = [changed], list[Op]()
    if roster is not None and sharing:
        stored = await store.find(PERSONAS, {"owner": changed.owner}, limit=50)
        own = [changed if p.id == changed.id else p for p in stored]
        ops.append(Replace(ROSTERS, roster))  # whoever switches it off at the same moment clashes here
    for old, new in zip(own, with_shared(own, sharing=sharing), strict=True):
        if not gone if new.id == changed.id else new != old:
            ops.append(Replace(PERSONAS, new))
    return ops


def with_shared(own: Sequence[Persona], *, sharing: bool) -> list[Persona]:
    """A person's personas with what each is lent: by none without sharing, nor if it does not learn."""
    return [
        replace(p, shared=shared_from(o for o in own if o.id != p.id) if sharing and p.learning else {}) for p in own
    ]


class Sharing:
    """The switch, and the card that tells what is shared."""

    def __init__(self, store: Store) -> None:
        self._store, self._finder = store, Finder(store)

    @capability(
        "Let your personas share what they learn", command="sharing", private=True, effect=Effect.CHANGE,
        phrases=("do my personas share what they learn", "what do my personas share"),
    )  # fmt: skip
    async def sharing(self, ask: Ask, *, switch: Switch | None = None) -> Reply:
        """Off until the person switches it on; off again deletes all that was derived."""
        roster = await self._store.get(ROSTERS, ask.person.id)
        own = await self._finder.of(ask.person.id)
        on = roster is not None and roster.sharing
        if switch is None or on == (switch == "on"):
            return Reply(drafts=(_card(ask, own, on),))
        return self._switched(ask, roster, own, switch == "on")

    def _switched(self, ask: Ask, roster: Roster | None, own: Sequence[Persona], on: bool) -> Reply:
        after = with_shared(own, sharing=on)
        ops: list[Op] = [Replace(PERSONAS, new) for old, new in zip(own, after, strict=True) if new != old]
        if roster is None:
            ops.append(Insert(ROSTERS, Roster(id=ask.person.id, personas=tuple(p.id for p in own), sharing=on)))
        else:
            ops.append(Replace(ROSTERS, replace(roster, sharing=on)))
        told = Draft(text=say("sharing_switched_on" if on else "sharing_switched_off"), notice=True)
        return Reply(ops=tuple(ops), drafts=(told, _card(ask, after, on)))


def _card(ask: Ask, own: Sequence[Persona], on: bool) -> Draft:
    lines = [say("sharing_on", percent=PERCENT) if on else say("sharing_off")]
    if on:
        lines += [line for p in own for line in _exchanged(p)]
        lines.append(say("sharing_stop"))
    label, switch = say("button_share_off" if on else "button_share_on"), "off" if on else "on"
    button = about_me(ask, label, "sharing", switch=switch)
    return Draft(card=Card(title=say("sharing_title"), lines=tuple(lines)), buttons=(button,))


def _exchanged(persona: Persona) -> list[str]:
    if not persona.learning:
        return [say("sharing_apart", name=persona.name)]
    gives = learned_in_words(persona.learned) or say("sharing_none")
    takes = learned_in_words(persona.shared) or say("sharing_none")
    told = (("sharing_gives", gives), ("sharing_takes", takes))
    return [say(key, name=persona.name, learned=learned) for key, learned in told]
