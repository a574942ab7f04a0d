"""A running core with personas over SQLite: what tests of personas talk through."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.content import Content
from bot.jobs import result_id
from bot.kinds import KINDS
from bot.minds import Brain
from bot.model import PEOPLE, PERSONAS, Entry, Job, Persona
from bot.storage.sqlite import SqliteStore
from personas.company import Company
from personas.documents import KINDS as PERSONA_KINDS
from personas.editing import Editing
from personas.library import Library
from personas.likes import Likes
from personas.memory import Remembering
from personas.onboarding import Onboarding
from personas.sharing import Sharing
from tests.bot.parlour import Parlour, parlour


class Salon:
    """Short ways to speak, press and look. `switched`: the Jobs that a switch has started."""

    def __init__(self, room: Parlour, memory: Remembering, switched: list[Job]) -> None:
        self.room, self.store, self.memory, self.switched = room, room.store, memory, switched
        self._count = 0

    async def say(self, place: str, who: str, text: str, **more: Any) -> Entry:
        """A message, or a command if it begins with a slash."""
        what = "command" if text.startswith("/") else "message"
        return await self.room.say(place, who, text, what=what, **more)

    def shown(self, place: str, count: int = 1) -> list[Content]:
        """The last answers that a place was shown."""
        sent = [o for o in self.room.channel.sent if o.place == f"paper:main:{place}" and o.kind != "person"]
        return [o.content for o in sent[-count:]]

    def text(self, place: str) -> str:
        """The last answer as one text, its card included."""
        content = self.shown(place)[0]
        card = content.card
        return "\n".join((content.text, card.title if card else "", *(card.lines if card else ())))

    def labels(self, place: str) -> list[str]:
        """The buttons of the last answer."""
        return [b.label for b in self.shown(place)[0].buttons]

    async def press(self, place: str, who: str, label: str) -> Entry:
        """Press the newest button with that label."""
        for outgoing in reversed(self.room.channel.sent):
            for button in outgoing.content.buttons if outgoing.place == f"paper:main:{place}" else ():
                if button.label == label:
                    entry = self.room.entry(place, who, "", what="press", object=outgoing.shown)
                    return await self.room.hear(replace(entry, value={**entry.value, "token": button.id}))
        raise AssertionError(f"no button {label!r}")

    async def call(self, place: str, who: str, capability: str, /, **args: Any) -> Entry:
        """Run a Capability as a press of a button would."""
        thread, person = await self.room.thread(place), await self.person(place, who)
        self._count += 1
        entry = Entry(
            id=f"{thread.id}:call:test{self._count}", thread=thread.id, what="call", at=self.room.clock.now(),
            place=f"paper:main:{place}", value={"call": capability, "args": args, "person": person, "persona": ""},
        )  # fmt: skip
        return await self.room.hear(entry)

    async def person(self, place: str, who: str) -> str:
        """The Person id behind a name."""
        return next(m.person for m in (await self.room.thread(place)).present if m.name == who)

    async def persona(self, name: str) -> Persona:
        """The persona of that name, as stored now; the latest if several people have one."""
        found = [p for p in await self.all_personas() if p.name == name]
        assert found, f"no persona {name}"
        return found[-1]

    async def all_personas(self) -> list[Persona]:
        people = await self.store.find(PEOPLE, {}, order="name", limit=100)
        return [p for person in people for p in await self.store.find(PERSONAS, {"owner": person.id}, limit=50)]

    async def make(self, place: str, who: str, name: str, **traits: Any) -> Persona:
        """A persona as the wizard makes it when everything is answered."""
        await self.say(place, who, "/ping")
        answers = {"voice": "warm", "tastes": "skip", "budget": "skip", "style": "skip", **traits}
        await self.say(place, who, "/persona new")
        for text in (name, *(str(answers[k]) for k in ("voice", "tastes", "budget", "style"))):
            await self.say(place, who, text)
        return await self.persona(name)


@asynccontextmanager
async def salon(folder: Path, brain: Brain | None = None, *more: object, **given: Any) -> AsyncIterator[Salon]:
    """A running core with every capability of personas, and of `more` services."""
    store = SqliteStore(str(folder))
    await store.open((*KINDS, *PERSONA_KINDS))
    memory, switched = Remembering(store), list[Job]()

    async def note(job: Job) -> Entry:
        switched.append(job)
        return Entry(id=result_id(job), thread=job.thread, what="result", at=job.due_at, value={"job": job.name})

    services = (Onboarding(store), Library(store), Company(store), Editing(store), Likes(store), Sharing(store), memory)
    work: dict[str, Callable[[Job], Any]] = {"persona_switched": note}
    async with parlour(folder, *services, *more, brain=brain, work=work, store=store, memory=memory, **given) as room:
        yield Salon(room, memory, switched)
    await store.close()
