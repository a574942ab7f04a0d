"""A group of people in one place of the simulator, over its HTTP interface alone: say, press, read, look facts up."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import aiohttp

Json = dict[str, Any]
PATIENCE, LONGEST = 0.2, 60


class Refused(Exception):
    """The simulator said no: its status and its words."""

    def __init__(self, status: int, body: Json) -> None:
        super().__init__(f"{status} {body}")
        self.status, self.code, self.text = status, str(body.get("error", "")), str(body.get("message", ""))


@dataclass(frozen=True, slots=True)
class Message:
    """A message as shown, in its newest revision."""

    raw: Json

    @property
    def id(self) -> str:
        return str(self.raw["id"])

    @property
    def author(self) -> str:
        return str(self.raw["author"])

    @property
    def by_person(self) -> bool:
        return bool(self.raw["author_kind"] == "person")

    @property
    def facts(self) -> list[Json]:
        return list((self.raw.get("card") or {}).get("facts", ()))

    @property
    def title(self) -> str:
        return str((self.raw.get("card") or {}).get("title", ""))

    @property
    def lines(self) -> list[str]:
        return list((self.raw.get("card") or {}).get("lines", ()))

    @property
    def labels(self) -> list[str]:
        return [b["label"] for b in self.raw["buttons"]]

    @property
    def words(self) -> str:
        """All that can be read on it but the buttons."""
        return "\n".join(t for t in (self.raw["text"], self.title, *self.lines) if t)

    def __str__(self) -> str:
        buttons = " ".join(f"[{label}]" for label in self.labels)
        only = f" (only for {', '.join(self.raw['only_for'])})" if self.raw.get("only_for") else ""
        files = " ".join(f"<{f['name']}>" for f in self.raw["files"])
        told = [t for t in (self.raw["text"], self.title, *self.lines, files, buttons) if t]
        return f"{self.author}{only}: " + "\n    ".join(told)


@dataclass(slots=True)
class Answers:
    """What came of one thing that a person did: the others' messages, in order."""

    messages: list[Message] = field(default_factory=list)

    @property
    def words(self) -> str:
        return "\n".join(m.words for m in self.messages)

    @property
    def cards(self) -> list[Message]:
        return [m for m in self.messages if m.title]

    @property
    def facts(self) -> list[Json]:
        return [f for m in self.messages for f in m.facts]

    @property
    def authors(self) -> set[str]:
        return {m.author for m in self.messages}

    @property
    def labels(self) -> list[str]:
        return [label for m in self.messages for label in m.labels]

    def __str__(self) -> str:
        return "\n".join(str(m) for m in self.messages) or "(silence)"


class Simulator:
    """The HTTP interface of one running Caravan; use it as an async context."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> "Simulator":
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=120))
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            await self._session.close()

    async def ask(self, method: str, path: str, body: Json | bytes | None = None) -> tuple[int, Json]:
        """One request to /simulator/<path>: status and JSON answer."""
        assert self._session is not None
        given: Json = {"data": body} if isinstance(body, bytes) else {"json": body} if body is not None else {}
        async with self._session.request(method, f"{self.url}/simulator/{path}", **given) as answer:
            return answer.status, await answer.json()

    async def post(self, path: str, body: Json) -> Json:
        """Refused unless the answer is 200."""
        status, answer = await self.ask("POST", path, body)
        if status != 200:
            raise Refused(status, answer)
        return answer

    async def get(self, path: str, **query: Any) -> Json:
        """Refused unless the answer is 200."""
        asked = "&".join(f"{name.rstrip('_')}={quote(str(value))}" for name, value in query.items())
        status, answer = await self.ask("GET", f"{path}?{asked}")
        if status != 200:
            raise Refused(status, answer)
        return answer

    async def record(self, fact: Json) -> Json:
        """The sandbox supplier's own record behind a fact at the time it was fetched; Refused 404 if there is none."""
        return await self.get("world", ref=fact["ref"], at=fact["fetched_at"])

    async def group(self, title: str, people: Sequence[str], **more: str) -> "Group":
        """A new place with these people in it, its welcome read."""
        made = await self.post("places", {"title": title, "people": list(people), "kind": "group", **more})
        group = Group(self, made["place"], made["thread"])
        await group.rest()
        return group


class Group:
    """One place. `told` is called with every line of the conversation, in order."""

    def __init__(self, simulator: Simulator, place: str, thread: str) -> None:
        self.simulator, self.place, self.thread = simulator, place, thread
        self.next = 0
        self.messages: dict[str, Message] = {}
        self.told: Callable[[str], None] = lambda line: None

    async def rest(self, viewer: str = "") -> Answers:
        """Read until nothing of the Thread is open or running: all that is new from others than people."""
        new: dict[str, Message] = {}
        wait, until = 0, time.monotonic() + LONGEST
        while time.monotonic() < until:
            more = {"as_": viewer} if viewer else {}
            feed = await self.simulator.get("transcript", place=self.place, after=self.next, wait=wait, **more)
            self.next, wait = feed["next"], PATIENCE
            for entry in feed["entries"]:
                new[entry["id"]] = self.messages[entry["id"]] = Message(entry)
            if feed["idle"]:
                break
        else:
            raise AssertionError(f"the Thread did not come to rest in {LONGEST} s")
        answers = Answers([m for m in new.values() if not m.by_person and m.raw["kind"] != "deleted"])
        for message in answers.messages:
            self.told(str(message))
        return answers

    async def say(self, person: str, text: str, **more: Any) -> Answers:
        """Say something and read what comes of it."""
        self.told(f"\n{person}: {text}")
        await self.simulator.post("say", {"place": self.place, "as": person, "text": text, **more})
        return await self.rest()

    async def press(self, person: str, label: str, **more: Any) -> Answers:
        """Press the newest button of that label and read what comes of it."""
        message = self.showing(label)
        self.told(f"\n{person} presses [{label}]")
        about = {"place": self.place, "as": person, "entry": message.id, "button": label}
        await self.simulator.post("press", {**about, **more})
        return await self.rest()

    def showing(self, label: str) -> Message:
        """The newest message with a button of that label."""
        found = [m for m in self.messages.values() if label in m.labels]
        assert found, f"nobody shows a button {label!r}"
        return max(found, key=lambda m: int(m.raw["n"]))
