"""People and their roles."""

from dataclasses import replace
from typing import Literal

from bot.admin.finding import Finding
from bot.admin.pages import cut, every, for_me, listed, split_page
from bot.admin.texts import say
from bot.capability import Effect, Text, capability
from bot.content import Card, Draft, Press
from bot.documents import Insert, Op, Replace
from bot.errors import Explain
from bot.model import PEOPLE, Person
from bot.people import INSTALLATION, ROLES, Installation, may
from bot.ports import Ask, Reply, Store

Role = Literal["traveller", "professional", "moderator", "admin"]


class PeopleAdmin:
    """`/admin people` and `/admin role`."""

    def __init__(self, store: Store) -> None:
        self._store, self._finding = store, Finding(store)

    @capability("People and their roles", command="admin people", role="moderator", private=True)
    async def admin_people(self, ask: Ask, *, words: Text = "") -> Reply:
        """`words`: a name, a part of one, an id or an account."""
        wanted, page = split_page(words)
        found = await self._finding.people(wanted)
        if wanted and len(found) == 1:
            return Reply(drafts=(await self._one(ask, found[0]),))
        shown, more = cut(found, page)
        lines = [say("person_line", name=p.name, role=p.role, id=p.id) for p in shown]
        return Reply(
            drafts=(listed(ask, say("people"), lines, call="admin_people", words=wanted, page=page, more=more),)
        )

    async def _one(self, ask: Ask, person: Person) -> Draft:
        channels = ", ".join(sorted({i.partition(":")[0] for i in person.identities}))
        trips = len(await self._finding.trips_of(person.id))
        lines = (say("person_is", role=person.role, identities=channels, trips=trips), f"`{person.id}`")
        return Draft(card=Card(title=person.name, lines=lines), buttons=tuple(self._roles(ask, person)))

    def _roles(self, ask: Ask, person: Person) -> list[Press]:
        if not may(ask.person, "admin"):
            return []
        others = [r for r in ROLES if r != person.role]
        return [for_me(ask, say("button_role", role=r), "admin_set_role", person=person.id, role=r) for r in others]

    @capability("Give a person another role", command="admin role", role="admin", private=True, effect=Effect.CHANGE)
    async def admin_role(self, ask: Ask, *, words: Text = "") -> Reply:
        """`words`: a person and a role, "Ana moderator"."""
        name, _, role = words.strip().rpartition(" ")
        if role.casefold() not in ROLES or not name:
            raise Explain(say("role_usage", roles=", ".join(ROLES)))
        return await self._given(ask, await self._finding.person(name), role.casefold())

    @capability("Give this person that role", role="admin", private=True, effect=Effect.CHANGE, hidden=True)
    async def admin_set_role(self, ask: Ask, *, person: Text, role: Role) -> Reply:
        return await self._given(ask, await self._finding.person(person), role)

    async def _given(self, ask: Ask, person: Person, role: str) -> Reply:
        if person.role == role:
            return _told(say("role_is", name=person.name, role=role))
        fence = await self._fence(ask)  # before the count: who changes it later clashes here
        if person.role == "admin" and len(await self._admins()) < 2:
            raise Explain(say("role_last", name=person.name))
        ops: tuple[Op, ...] = (Replace(PEOPLE, replace(person, role=role)), fence)
        record = {"person": person.id, "was": person.role, "role": role}
        return replace(_told(say("role_now", name=person.name, role=role)), ops=ops, record=record)

    async def _admins(self) -> list[str]:
        return [p.id async for p in every(self._store, PEOPLE, {}, "name") if p.role == "admin"]

    async def _fence(self, ask: Ask) -> Op:
        """Two who take the role from each other at the same moment clash here."""
        found = await self._store.get(INSTALLATION, "installation")
        return Replace(INSTALLATION, found) if found else Insert(INSTALLATION, Installation(owner=ask.person.id))


def _told(text: str) -> Reply:
    return Reply(drafts=(Draft(text=text, notice=True),))
