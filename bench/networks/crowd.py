"""People on the four emulated networks who talk to one Caravan, and what they read: the networks' own records."""

import re
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from random import Random
from typing import Any

from tests.emulators.four import Four

# What a person says, and what is answered or carried of it: the same id in both.
_READ = re.compile(r"\b(pong|word) ([\w.-]+)")
NETWORKS = ("telegram", "whatsapp", "slack", "discord")
# Where the network itself recognises a repeated send: Discord, by the nonce of a bot's own message. What is carried
# there under a person's name goes by a webhook, which has none.
IDEMPOTENT = {"discord": "pong "}


@dataclass(slots=True)
class Line:
    """One person's conversation. `say` tells whether the words were taken; `read`: what we showed there, in order."""

    network: str
    name: str
    say: Callable[[str], Awaitable[bool]]
    _messages: Mapping[Any, Any]
    _ours: Callable[[Any], str]
    read: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    _at: int = 0

    def look(self) -> list[str]:
        """Read on; everything read so far."""
        for message in islice(self._messages.values(), self._at, None):
            self._at += 1
            if found := _READ.search(self._ours(message)):
                self.read.append(f"{found[1]} {found[2]}")
                self.seen.add(self.read[-1])
        return self.read

    @property
    def texts(self) -> list[str]:
        """All that we have said there."""
        return [text for message in self._messages.values() if (text := self._ours(message))]

    @property
    def twice(self) -> list[str]:
        """What stands there more than once."""
        return [shown for shown, times in Counter(self.look()).items() for _ in range(times - 1)]


def telegram_line(four: Four, name: str, *, group: bool = False) -> Line:
    """Somebody alone with the bot, or in a group; what is not taken is brought again, in order."""
    people, bot = four.telegram.people, four.telegram.bot
    chat = four.telegram.group(name, name) if group else four.telegram.world.direct(name, bot)

    async def say(text: str) -> bool:
        people.say(chat.id, name, text)
        return True

    return Line("telegram", name, say, chat.messages, lambda m: m.get("text", "") if m["from"]["is_bot"] else "")


def whatsapp_line(four: Four, name: str) -> Line:
    """A phone."""
    world = four.whatsapp.world
    address = world.person(name).address

    async def say(text: str) -> bool:
        await four.whatsapp.people.say(name, text)
        return True

    return Line("whatsapp", name, say, world.messages, lambda m: m.body if m.outbound and m.to == address else "")


def slack_line(four: Four, name: str, random: Random) -> Line:
    """A channel with one person in it. Slack brings an event four times at most, the later times when `again` says."""
    ws = next(iter(four.slack.world.workspaces.values()))
    room = four.slack.world.channel(ws, name.lower(), name)

    async def say(text: str) -> bool:
        before = len(four.slack.deliveries.sent)
        await four.slack.people.say(ws, room, name, text, twice=random.random() < 0.1)
        mine = [d for d in four.slack.deliveries.sent[before:] if d.payload.get("event", {}).get("text") == text]
        return any(200 in d.answers for d in mine)

    return Line("slack", name, say, room.messages, lambda m: m.text if m.bot else "")


def discord_line(four: Four, name: str, random: Random) -> Line:
    """A channel of the server; whoever hears nothing there can read what was said."""
    room = four.discord.world.add_channel(name.lower())

    async def say(text: str) -> bool:
        await four.discord.people.say(room, name, text, twice=random.random() < 0.1)
        return True

    messages = four.discord.world.messages[room]
    return Line("discord", name, say, messages, lambda m: m["content"] if m["author"].get("bot") else "")


def lines(four: Four, name: str, random: Random, *, group: bool = False) -> tuple[Line, ...]:
    """One person of that name on each network; on Telegram in a `group`, or alone."""
    return (
        telegram_line(four, f"{name}-tg", group=group), whatsapp_line(four, f"{name}-wa"),
        slack_line(four, f"{name}-sl", random), discord_line(four, f"{name}-dc", random),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Something said: `number` counts what its author said; `asked`: an answer is wanted, else it is plain talk."""

    id: str
    line: int
    number: int
    asked: bool

    @property
    def text(self) -> str:
        return f"/ping {self.id}" if self.asked else f"word {self.id}"

    @property
    def shown(self) -> str:
        return f"pong {self.id}" if self.asked else f"word {self.id}"


@dataclass(slots=True)
class Talk:
    """One Thread: the conversations that are in it, and what was said and taken there."""

    lines: Sequence[Line]
    said: list[Words] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    _open: list[Words] = field(default_factory=list)

    def next(self, line: int, *, asked: bool) -> Words:
        """Words that nobody said before."""
        number = len(self.said)
        words = Words(id=f"{self.lines[line].name}.{number}", line=line, number=number, asked=asked)
        self.said.append(words)
        self._open.append(words)
        return words

    async def say(self, words: Words) -> None:
        if await self.lines[words.line].say(words.text):
            self.taken.add(words.id)

    def readers(self, words: Words) -> Iterator[Line]:
        """Where it has to be shown: an answer everywhere, plain talk to the others."""
        return (line for n, line in enumerate(self.lines) if words.asked or n != words.line)

    def missing(self) -> list[str]:
        """What was taken and is not shown somewhere."""
        for line in self.lines:
            line.look()
        self._open = [w for w in self._open if any(w.shown not in line.seen for line in self.readers(w))]
        return [
            f"{words.shown} at {line.name}" for words in self._open if words.id in self.taken
            for line in self.readers(words) if words.shown not in line.seen
        ]  # fmt: skip

    def inverted(self) -> list[str]:
        """What stands after something later: of one author anywhere, and of all of them in two places."""
        first = {line.name: list(dict.fromkeys(line.look())) for line in self.lines}
        numbers = {words.shown: (words.line, words.number) for words in self.said}
        return [*_by_author(first, numbers), *_by_places(list(first.values()))]


def _by_author(first: Mapping[str, list[str]], numbers: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    for name, read in first.items():
        newest: dict[int, int] = {}
        for shown in read:
            author, number = numbers[shown]
            if number < newest.get(author, -1):
                yield f"{shown} at {name}"
            newest[author] = max(number, newest.get(author, -1))


def _by_places(places: Sequence[list[str]]) -> Iterator[str]:
    for n, one in enumerate(places):
        for other in places[n + 1 :]:
            both = set(one) & set(other)
            pairs = zip([s for s in one if s in both], [s for s in other if s in both], strict=True)
            yield from (f"{a} and {b}" for a, b in pairs if a != b)
