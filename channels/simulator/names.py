"""One person, one name: however it is typed it is theirs, and none may look like somebody else's."""

import contextlib
import unicodedata
from collections.abc import AsyncIterator, Iterable, Sequence

from bot.documents import Insert, Op, Range
from bot.errors import Conflict
from bot.ports import Store
from channels.simulator.records import NAMES, PLACES, SETTINGS, Setting, SimName
from channels.simulator.refusals import Refusal

_ADOPTED = "names"
_PAGE = 200
# Small letters of other alphabets that look like Latin ones, whether small or large.
_LOOKS = str.maketrans("авекмнорстухіјѕһԁԛԝӏαβεζηικμνορτυχ", "abekmhopctyxijshdqwlabezhikmnoptyx")


def folded(name: str) -> str:
    """The same for every way to type a name: case, width and blanks do not count."""
    wide = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(unicodedata.normalize("NFKC", wide).split())


def look(name: str) -> str:
    """The same for all names that a reader takes for each other."""
    return folded(name).translate(_LOOKS)


def meant(name: str, people: Iterable[str]) -> str:
    """Who of these people goes by that name, however it is typed; the name itself if none does."""
    known = tuple(people)
    if name in known:
        return name
    return next((p for p in known if folded(p) == folded(name)), name)


class Names:
    """The names of an installation: each is written as it was first."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def known(self, name: str) -> str:
        """A name as it was first written; "" if nobody has it."""
        found = await self._store.get(NAMES, look(name))
        return found.name if found and folded(found.name) == folded(name) else ""

    async def called(self, names: Sequence[str]) -> tuple[tuple[str, ...], tuple[Op, ...]]:
        """These people, each once, as they are called, and what to store of the new ones.

        Refused with 400 where two people could be taken for each other."""
        people: dict[str, SimName] = {}
        ops: list[Op] = []
        for name in names:
            key = look(name)
            found = people.get(key) or await self._store.get(NAMES, key)
            if found is None:
                found = SimName(id=key, name=name)
                ops.append(Insert(NAMES, found))
            if folded(found.name) != folded(name):
                raise looks_like(name, found.name)
            people[key] = found
        return tuple(p.name for p in people.values()), tuple(ops)

    async def adopt(self) -> None:
        """Take over the names of places that an earlier version opened; the oldest spelling stays."""
        if await self._store.get(SETTINGS, _ADOPTED) is not None:
            return
        async for name in self._of_places():
            with contextlib.suppress(Conflict):
                await self._store.commit([Insert(NAMES, SimName(id=look(name), name=name))])
        with contextlib.suppress(Conflict):
            await self._store.commit([Insert(SETTINGS, Setting(id=_ADOPTED))])

    async def _of_places(self) -> AsyncIterator[str]:
        last = -1
        while places := await self._store.find(PLACES, {"made": Range(gt=last)}, order="made", limit=_PAGE):
            for place in places:
                for name in place.people:
                    yield name
            last = places[-1].made


def looks_like(name: str, other: str) -> Refusal:
    """400: a reader would take the one for the other."""
    return Refusal(400, "looks_alike", f"{name!r} looks like {other!r}, who is somebody else: choose another name.")


def taken(name: str, persona: str) -> Refusal:
    """409: a persona of that place is called so."""
    return Refusal(409, "name_taken", f"A persona here is called {persona!r}: {name!r} needs another name.")
