"""`/me`: the accounts by which Caravan knows the asker, linking another one, and unlinking one."""

from dataclasses import replace
from typing import Any

from bot.capability import Confirmed, Effect, Text, capability
from bot.consent.confirm import card_of, confirm
from bot.content import Card, Draft, Press
from bot.documents import Op, Replace
from bot.errors import Explain, NotAllowed
from bot.floor import job_id
from bot.identity.codes import LIVES, Codes
from bot.identity.documents import LINKINGS, Linking, Side
from bot.identity.merging import Merging, named, survivor
from bot.identity.texts import say
from bot.language import ENGLISH, LANGUAGES
from bot.model import IDENTITIES, Entry, Person
from bot.people import People
from bot.places import Places
from bot.ports import Ask, Reply, Store
from bot.texts import network


class Linkings:
    """Capabilities about one's own accounts."""

    def __init__(self, store: Store, people: People, places: Places, codes: Codes, merging: Merging) -> None:
        self._store, self._people, self._places = store, people, places
        self._codes, self._merging = codes, merging

    @capability(
        "Link your accounts on several networks", command="me", private=True, effect=Effect.CHANGE, recorded=True,
        phrases=("link my other account", "link my accounts", "which accounts of mine do you know"),
    )  # fmt: skip
    async def me(self, ask: Ask, *, words: Text = "") -> Reply:
        """Nothing: the accounts. "link": a code. "link <code>": that code. "unlink": which one."""
        verb, _, rest = words.strip().partition(" ")
        if verb.casefold() == "link":
            return await (self._typed(ask, rest.strip()) if rest.strip() else self._made(ask))
        if verb.casefold() == "unlink":
            return await self._which(ask)
        if verb:
            raise Explain(say("usage"))
        return await self._shown(ask)

    async def _shown(self, ask: Ask) -> Reply:
        lines = [say("one", network=network(i), name=await self._name(i)) for i in ask.person.identities]
        buttons = [Press(label=say("button_link"), call="me_link", who=(ask.person.id,))]
        if len(lines) > 1:
            buttons += [await self._unlink_button(ask, i) for i in ask.person.identities]
        else:
            lines.append(say("only_one"))
        lines.append(say("language", language=LANGUAGES[ask.person.language or ENGLISH]))
        buttons.append(Press(label=say("button_language"), call="language", who=(ask.person.id,)))
        return Reply(drafts=(Draft(card=Card(title=say("title"), lines=tuple(lines)), buttons=tuple(buttons)),))

    async def _unlink_button(self, ask: Ask, identity: str) -> Press:
        label = say("button_unlink", network=f"{network(identity)} {await self._name(identity)}"[:60])
        return Press(label=label, call="me_unlink", args={"identity": identity}, who=(ask.person.id,))

    async def _name(self, identity: str) -> str:
        return named(await self._store.get(IDENTITIES, identity), identity)

    @capability("Link another account", private=True, effect=Effect.CHANGE, hidden=True, recorded=True)
    async def me_link(self, ask: Ask) -> Reply:
        return await self._made(ask)

    async def _made(self, ask: Ask) -> Reply:
        code, ops = await self._codes.make(_side(ask), ask.now)
        return Reply(ops=tuple(ops), drafts=(Draft(text=say("code", code=code)),), record={"step": "made"})

    async def _typed(self, ask: Ask, code: str) -> Reply:
        """A code counts in a direct conversation alone; one that a group has seen is void."""
        if await self._codes.locked(ask.person.id, ask.now):
            raise Explain(say("locked"))
        found = await self._codes.find(code, ask.now)
        place = await self._places.get(ask.place)
        if place is None or place.kind != "direct":
            void = (Replace(LINKINGS, replace(found, state="over")),) if found else ()
            return Reply(ops=void, drafts=(Draft(text=say("alone")),), record={"step": "void"})
        if found is None:
            wrong = tuple(await self._codes.wrong(ask.person.id, ask.now))
            return Reply(ops=wrong, drafts=(Draft(text=say("wrong"), notice=True),), record={"step": "wrong"})
        if ask.person.is_(found.asked_by):
            raise Explain(say("yours"))
        typed = replace(
            found, state="typed", typed_by=ask.person.id, typer=_side(ask), until=ask.now + LIVES
        )  # fmt: skip
        text = say("typed", name=found.asker.name, network=network(found.asker.identity))
        return Reply(
            ops=(Replace(LINKINGS, typed),), entries=(_told(ask, found.asker, "me_asked", linking=found.id),),
            drafts=(Draft(text=text, buttons=_yes_or_no(ask.person, found.id)),), record={"step": "typed"},
        )  # fmt: skip

    @capability("Ask whether a code was typed by oneself", private=True, effect=Effect.CHANGE, hidden=True)
    async def me_asked(self, ask: Ask, *, linking: Text) -> Reply:
        """For who made the code."""
        found = await self._store.get(LINKINGS, linking)
        if found is None or found.state != "typed" or found.typer is None:
            return Reply(why="the code is over")
        text = say("asked", name=found.typer.name, network=network(found.typer.identity))
        return Reply(drafts=(Draft(text=text, buttons=_yes_or_no(ask.person, linking)),))

    @capability("Confirm that both accounts are oneself", private=True, effect=Effect.CHANGE, hidden=True,
                recorded=True)  # fmt: skip
    async def me_agree(self, ask: Ask, *, linking: Text) -> Reply:
        """One of two presses; the second one links."""
        found, card = await self._pressed(ask, linking), await card_of(self._store, ask)
        agreed = tuple(dict.fromkeys((*found.agreed, _which_side(ask.person, found))))
        if len(agreed) < 2:
            other = found.asker if agreed[0] == found.typed_by else found.typer
            text = say("waiting", network=network(other.identity) if other else "")
            waits = Replace(LINKINGS, replace(found, agreed=agreed))
            return Reply(ops=(waits,), drafts=(Draft(text=text, replaces=card),), record={"step": "agreed"})
        return await self._linked(ask, replace(found, agreed=agreed, state="done"), card)

    async def _linked(self, ask: Ask, found: Linking, card: str) -> Reply:
        asked, typed = await self._people.get(found.asked_by), await self._people.get(found.typed_by)
        if asked is None or typed is None or found.typer is None:
            raise Explain(say("over"))
        if asked.id == typed.id:
            raise Explain(say("same"))
        new, old = survivor(asked, typed)
        ops: list[Op] = [Replace(LINKINGS, found), *await self._merging.merge(new, old)]
        names = ", ".join(
            [f"{network(i)} {await self._name(i)}" for i in (*new.identities, *old.identities)]
        )  # fmt: skip
        there = found.typer if ask.person.is_(found.asked_by) else found.asker
        news = _told(ask, replace(there, person=new.id), "me_told", text=say("linked", names=names))
        return Reply(
            ops=tuple(ops), jobs=(self._merging.merge_job(new, old, ask.thread.id),), entries=(news,),
            drafts=(Draft(text=say("linked", names=names), replaces=card),),
            record={"step": "linked", "stays": new.id, "joins": old.id}, why="two accounts are one person",
        )  # fmt: skip

    @capability("Decline to be linked", private=True, effect=Effect.CHANGE, hidden=True, recorded=True)
    async def me_refuse(self, ask: Ask, *, linking: Text) -> Reply:
        """Either side may, until both have agreed."""
        found, card = await self._pressed(ask, linking), await card_of(self._store, ask)
        there = found.typer if ask.person.is_(found.asked_by) else found.asker
        news = (_told(ask, there, "me_told", text="refused_there"),) if there else ()
        return Reply(
            ops=(Replace(LINKINGS, replace(found, state="over")),), entries=news,
            drafts=(Draft(text=say("refused"), replaces=card),), record={"step": "refused"},
        )  # fmt: skip

    @capability("Tell somebody alone", private=True, effect=Effect.CHANGE, hidden=True)
    async def me_told(self, ask: Ask, *, text: Text) -> Reply:
        """`text`: itself, or the key of one of ours."""
        return Reply(drafts=(Draft(text=say(text) if text in say else text, notice=True),))

    async def _pressed(self, ask: Ask, id: str) -> Linking:
        found = await self._store.get(LINKINGS, id)
        if found is None or found.state != "typed" or found.until <= ask.now:
            raise Explain(say("over"))
        if not (ask.person.is_(found.asked_by) or ask.person.is_(found.typed_by)):
            raise NotAllowed(say("over"))
        return found

    async def _which(self, ask: Ask) -> Reply:
        if len(ask.person.identities) < 2:
            raise Explain(say("unlink_last"))
        buttons = [await self._unlink_button(ask, i) for i in ask.person.identities]
        return Reply(drafts=(Draft(text=say("unlink_which"), buttons=tuple(buttons)),))

    @capability("Unlink an account", private=True, effect=Effect.CHANGE, hidden=True, recorded=True)
    async def me_unlink(self, ask: Ask, *, identity: Text, confirmed: Confirmed = "") -> Reply:
        """After a second press; the person is told in every direct chat that stays or goes."""
        person = await self._people.now(ask.person)
        if identity not in person.identities:
            raise Explain(say("unlink_none"))
        if len(person.identities) < 2:
            raise Explain(say("unlink_last"))
        told: dict[str, Any] = {"name": await self._name(identity), "network": network(identity)}
        if confirmed != identity:
            draft = confirm(
                ask, "me_unlink", {"identity": identity}, text=say("unlink_sure", **told), label=say("unlink_yes"),
                seal=identity,
            )  # fmt: skip
            return Reply(drafts=(draft,))
        ops, job = await self._merging.part(person, identity, ask.key)
        news = await self._told_everywhere(ask, person, say("unlinked", **told))
        card = await card_of(self._store, ask)
        return Reply(
            ops=tuple(ops), jobs=(replace(job, thread=ask.thread.id),), entries=news,
            drafts=(Draft(text=say("unlinked", **told), replaces=card),), record={"step": "unlinked"},
            why="an account was unlinked",
        )  # fmt: skip

    async def _told_everywhere(self, ask: Ask, person: Person, text: str) -> tuple[Entry, ...]:
        """In the other direct chats of theirs: who did not do this learns of it."""
        places = [await self._places.get(id) for id in person.direct if id != ask.place]
        return tuple(_notice(ask, p.id, p.thread, text) for p in places if p)


def _side(ask: Ask) -> Side:
    entry = ask.entry
    identity = entry.author if entry and entry.author else ask.person.identities[0]
    return Side(
        person=ask.person.id, identity=identity, name=ask.person.name, thread=ask.thread.id, place=ask.place
    )  # fmt: skip


def _which_side(person: Person, found: Linking) -> str:
    return found.asked_by if person.is_(found.asked_by) else found.typed_by


def _yes_or_no(person: Person, linking: str) -> tuple[Press, ...]:
    bound: dict[str, Any] = {"who": (person.id,), "once": True, "minutes": 10, "args": {"linking": linking}}
    return Press(label=say("yes"), call="me_agree", **bound), Press(label=say("no"), call="me_refuse", **bound)


def _told(ask: Ask, side: Side, call: str, **args: str) -> Entry:
    """News for the other side, in the conversation in which they did their part."""
    value = {"call": call, "args": args, "person": side.person, "persona": ""}
    id = f"{side.thread}:call:{job_id(ask.key, call)}"
    return Entry(id=id, thread=side.thread, what="call", at=ask.now, place=side.place, value=value)


def _notice(ask: Ask, place: str, thread: str, text: str) -> Entry:
    id = f"{thread}:notice:{job_id(ask.key, place)}"
    value = {"topic": "tell", "text": text}
    return Entry(id=id, thread=thread, what="notice", at=ask.now, place=place, value=value)
