"""Places of the simulated network, and who is in them."""

import re
import unicodedata
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from bot.clock import Clock
from bot.documents import Insert, Replace
from channels.simulator import inbound
from channels.simulator.crowd import Act, Crowd
from channels.simulator.names import Names, look, meant, taken
from channels.simulator.network import Network
from channels.simulator.records import PLACES, SimPlace
from channels.simulator.refusals import Refusal, malformed, no_place
from channels.simulator.requests import Members, NewPlace
from channels.simulator.uploads import object_id

Personas = Callable[[str], Awaitable[Sequence[str]]]
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_CREATING = "places"


class Gatherings:
    """Opens places and lets people come and go; the core hears of both. `personas`: who of them is in a place."""

    def __init__(self, network: Network, crowd: Crowd, clock: Clock, names: Names, personas: Personas) -> None:
        self._network, self._crowd, self._clock = network, crowd, clock
        self._names, self._personas = names, personas

    async def open(self, request: NewPlace) -> str:
        """A new place with these people; its id."""

        async def act() -> Act:
            people, named = await self._names.called(request.people)
            if request.kind == "direct" and len(people) != 1:
                raise malformed("a direct place has exactly one person")
            title = request.title or ", ".join(people)[:200]
            id = await self._free_id(request, title)
            place = SimPlace(
                id=id, title=title, kind=request.kind, like=request.like or "", account=request.account,
                people=people, made=self._clock.tick(),
            )  # fmt: skip
            news = inbound.membership(place, object_id(request.id), self._clock.now(), added=people)
            return Act(entry=id, news=news, also=(Insert(PLACES, place), *named))

        return await self._crowd.happen(_CREATING, "open", request.id, act)

    async def change(self, request: Members) -> SimPlace:
        """The place after people were added and removed."""
        if await self._network.place(request.place) is None:
            raise no_place(request.place)

        async def act() -> Act:
            place = await self._network.place(request.place)
            if place is None or place.kind == "direct":
                raise Refusal(409, "direct", "A direct place always has the same one person.")
            called, named = await self._names.called([meant(p, place.people) for p in request.add])
            added = [p for p in called if p not in place.people]
            leaving = dict.fromkeys(meant(p, place.people) for p in request.remove)
            removed = [p for p in leaving if p in place.people and p not in called]
            await self._not_a_persona(place.id, added)
            if not added and not removed:
                return Act(entry=place.id)
            people = tuple(p for p in (*place.people, *added) if p not in removed)
            news = inbound.membership(
                place, object_id(request.id), self._clock.now(), added=added, removed=removed
            )  # fmt: skip
            return Act(entry=place.id, news=news, also=(Replace(PLACES, replace(place, people=people)), *named))

        await self._crowd.happen(request.place, "members", request.id, act)
        changed = await self._network.place(request.place)
        if changed is None:
            raise no_place(request.place)
        return changed

    async def _not_a_persona(self, place: str, people: Sequence[str]) -> None:
        personas = {look(name): name for name in await self._personas(place)}
        for person in people:
            if look(person) in personas:
                raise taken(person, personas[look(person)])

    async def _free_id(self, request: NewPlace, title: str) -> str:
        """An id that nobody has: the title in plain letters, numbered if it is taken, and whose limits it has."""
        like = f"~{request.like}" if request.like else ""
        kind = "-direct" if like and request.kind == "direct" else ""
        number = 1
        while True:
            slug = _slug(title) + (f"-{number}" if number > 1 else "")
            id = f"simulator:{request.account}:{slug}{like}{kind}"
            if await self._network.place(id) is None:
                return id
            number += 1


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    return _NOT_PLAIN.sub("-", plain).strip("-")[:40].strip("-") or "place"
