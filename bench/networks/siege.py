"""Kills of a Caravan that lives on four networks at once, while people talk there and the networks misbehave."""

import asyncio
import json
import re
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from bench.evidence import WINDOWS, Left
from bench.kills import Tally
from bench.networks.crowd import IDEMPOTENT, NETWORKS, Line, Talk, lines
from bench.networks.trouble import Trouble
from bench.referee import Violation
from bench.target import Target
from tests.emulators.four import Four

POINTS = (
    "append.before_commit", "append.after_commit", "turn.before_commit", "turn.after_commit",
    "send.before", "send.after", "mark.before_commit", "mark.after_commit",
)  # fmt: skip
ALONE, TOGETHER = 6, 3
# A machine that does other things too is waited for.
_READY, _DRAIN = 240.0, 240.0
_CODE = re.compile(r"/link ([A-HJKMNP-Z2-9]{8})\b")
Say = Callable[[str], None]


@dataclass(slots=True)
class Siege:
    """One target and its people. `up`: set while it should answer."""

    target: Target
    four: Four
    folder: Path
    random: Random
    talks: list[Talk] = field(default_factory=list)
    up: asyncio.Event = field(default_factory=asyncio.Event)
    tally: Tally = field(default_factory=Tally)
    enough: bool = False

    async def settle(self) -> None:
        """Everybody says hello; some of them share a trip."""
        await self.launch()
        await self.target.ready(_READY)
        await self.four.discord.listening()
        self.four.whatsapp.hooks.patient = True
        for n in range(ALONE):
            self.talks += [Talk((line,)) for line in lines(self.four, f"a{n}", self.random)]
        for n in range(TOGETHER):
            shared = lines(self.four, f"t{n}", self.random, group=True)
            await together(shared)
            self.talks.append(Talk(shared))
        for talk in self.talks:
            await talk.say(talk.next(0, asked=True))
        await until(lambda: not [m for talk in self.talks for m in talk.missing()], 60)
        self.up.set()

    async def talk(self) -> None:
        """Until it is enough and all that was said has been taken."""
        async with asyncio.TaskGroup() as people:
            for talk in self.talks:
                people.create_task(self._talk(talk))

    async def _talk(self, talk: Talk) -> None:
        """A few things at a time, then until they are read; whoever was not heard says nothing else meanwhile."""
        while not self.enough:
            for _ in range(self.random.choice((1, 2, 3))):
                line = self.random.randrange(len(talk.lines))
                await self.up.wait()
                asked = len(talk.lines) == 1 or self.random.random() < 0.5
                words = talk.next(line, asked=asked)
                await talk.say(words)
                while words.id not in talk.taken and not self.enough:
                    await asyncio.sleep(0.05)
                    self._taken_later(talk, words.id)
            await until(lambda: not talk.missing() or self.enough, 3600)
            await asyncio.sleep(self.random.uniform(0, 0.3))

    def _taken_later(self, talk: Talk, id: str) -> None:
        """Slack has brought it again, or has given it up."""
        for delivery in reversed(self.four.slack.deliveries.sent):
            if str(delivery.payload.get("event", {}).get("text", "")).endswith(f" {id}"):
                if 200 in delivery.answers:
                    talk.taken.add(id)
                return

    async def launch(self, kill_at: str = "") -> None:
        self.target.environment = self.target.environment | {"CARAVAN_KILL_AT": kill_at}
        await self.target.launch()

    async def recover(self) -> None:
        """Start, wait until it is ready; Slack brings again what it could not bring."""
        await self.launch()
        self.tally.starts.append(await self.target.ready(_READY))
        self.up.set()
        await self._again()

    async def _again(self) -> None:
        """A minute has passed for the limits of the networks."""
        self.four.slack.rates.ahead += 60
        self.four.telegram.world.offset += timedelta(minutes=1)
        for delivery in self.four.slack.deliveries.sent:
            if delivery.due is not None:
                delivery.due = 0.0
        await self.four.slack.deliveries.due()

    async def at_random(self) -> None:
        if self.random.random() < 1 / 8:
            await self.launch()
            await asyncio.sleep(self.random.uniform(0.5, 2.0))
        else:
            await self.recover()
            await asyncio.sleep(self.random.uniform(0.05, 1.0))
        await self._die("random")

    async def at_point(self, point: str) -> None:
        """It kills itself there; one that never gets there is killed from outside and counts as a random kill."""
        await self.launch(f"{point}:{self.random.randint(1, 25)}")
        bringing = asyncio.create_task(self._when_ready())
        with suppress(TimeoutError):
            await asyncio.wait_for(self.target.ended(), _READY / 4)
        bringing.cancel()
        await asyncio.wait([bringing])
        await self._die("random" if self.target.alive else point)

    async def _when_ready(self) -> None:
        with suppress(Exception):
            await self.target.ready(_READY)
            self.up.set()
            await self._again()

    async def _die(self, how: str) -> None:
        self.up.clear()
        await self.target.kill()
        left = left_open(self.folder)
        shown = {shown for talk in self.talks for line in talk.lines for shown in line.look()}
        where = {"turn" for e in left if not e.handled}
        where |= {"mark" if words in shown else "send" for e in left for words in e.pending}
        self.tally.note(how, where, bool(where))

    @property
    def words(self) -> int:
        """How many things were said."""
        return sum(len(talk.said) for talk in self.talks)

    async def peace(self, talking: asyncio.Task[None]) -> list[Violation]:
        """Recover, let everything be answered, judge."""
        await self.recover()
        await self.four.discord.listening()
        self.enough = True
        await until(lambda: not [m for talk in self.talks for m in talk.missing()], _DRAIN)
        talking.cancel()
        await asyncio.wait([talking])
        return self.judged()

    def judged(self) -> list[Violation]:
        """Every broken promise, by the networks' own records."""
        lost = [what for talk in self.talks for what in talk.missing()]
        found = [Violation("lost", f"{what} ({ended(self.folder, what)})") for what in lost]
        found += [Violation("inverted", what) for talk in self.talks for what in talk.inverted()]
        known = {words.shown for talk in self.talks for words in talk.said}
        every = [(line, shown) for line in self.lines for shown in line.look()]
        found += [Violation("invented", f"{shown} at {line.name}") for line, shown in every if shown not in known]
        repeated = [(line, shown) for line in self.lines for shown in line.twice]
        return found + [
            Violation("twice", f"{shown} at {line.name}") for line, shown in repeated
            if shown.startswith(IDEMPOTENT.get(line.network, "-"))
        ]  # fmt: skip

    @property
    def lines(self) -> list[Line]:
        return [line for talk in self.talks for line in talk.lines]

    def twice(self) -> Counter[str]:
        """How many messages came once more, by network."""
        found = Counter(dict.fromkeys(NETWORKS, 0))
        for line in self.lines:
            found[line.network] += len(line.twice)
        return found


async def together(people: Sequence[Line]) -> None:
    """The first of them has a code made for each of the others, who say it where they are."""
    first, *others = people
    codes: set[str] = set()
    for other in others:
        await first.say("/link")
        await until(lambda: bool(_codes(first) - codes), 30)
        [code] = _codes(first) - codes
        codes.add(code)
        await other.say(f"join {code}" if other.network == "whatsapp" else f"/link {code}")
        await until(lambda: any("has joined" in text for text in other.texts), 30)  # noqa: B023


def _codes(line: Line) -> set[str]:
    return {found[1] for text in line.texts if (found := _CODE.search(text))}


async def besiege(siege: Siege, count: int, deadline: float, say: Say) -> list[Violation]:
    """Kills until `count` of them count (or the deadline, monotonic seconds, passes), then a time in peace, and the

    verdict."""
    await siege.settle()
    trouble = Trouble(siege.four, siege.random)
    work = [asyncio.create_task(siege.talk()), asyncio.create_task(trouble.run())]
    await siege.target.kill()
    waiting = plan(count, siege.random)
    while siege.tally.counted < count and time.monotonic() < deadline:
        if work[0].done():
            work[0].result()  # raises what silenced the people
        how = waiting.pop() if waiting else "random"
        await (siege.at_random() if how == "random" else siege.at_point(how))
        if siege.tally.tried % 10 == 0:
            say(f"  {siege.tally.counted} of {count} kills count, {siege.words} said")
    work[1].cancel()
    await asyncio.wait([work[1]])
    trouble.over()
    say(f"  trouble made: {dict(sorted(trouble.made.items()))}")
    violations = await siege.peace(work[0])
    siege.tally.stop = await siege.target.stop()
    return violations


def plan(count: int, random: Random) -> list[str]:
    """Half of them at named points, the rest at random moments."""
    kills = [POINTS[n // 2 % len(POINTS)] if n % 2 else "random" for n in range(count)]
    random.shuffle(kills)
    return kills


async def until(so: Callable[[], bool], seconds: float) -> bool:
    """Whether it became so in time."""
    deadline = time.monotonic() + seconds
    while not so():
        if time.monotonic() > deadline:
            return False
        await asyncio.sleep(0.1)
    return True


def left_open(folder: Path) -> list[Left]:
    """Entries that a dead process left open; `pending` names what has still to be shown."""
    address = f"file:{folder / 'caravan.sqlite'}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as store:
        rows = store.execute("SELECT body FROM entries WHERE open = 1").fetchall()
    return [_left(json.loads(body)) for (body,) in rows]


def ended(folder: Path, what: str) -> str:
    """How the Deliveries of "pong <id> at <line>" stand in the Store."""
    shown = what.partition(" at ")[0]
    id = f"%{shown.partition(' ')[2]}%"
    with closing(sqlite3.connect(f"file:{folder / 'caravan.sqlite'}?mode=ro", uri=True)) as store:
        rows = store.execute("SELECT body FROM entries WHERE CAST(body AS TEXT) LIKE ?", (id,)).fetchall()
    entries = [json.loads(body) for (body,) in rows]
    found = [e for e in entries if e["text"].endswith(id[1:-1])]
    states = [f"{d['place']} {d['state']} {d['why']}".strip() for e in found for d in e["deliveries"]]
    return "; ".join(states) or "not stored"


def _left(entry: dict[str, Any]) -> Left:
    answers = {answer["id"]: answer["content"]["text"] for answer in entry["answers"]}
    pending = [d for d in entry["deliveries"] if d["state"] == "pending"]
    texts = [answers.get(d["answer"], entry["text"]) for d in pending]
    return Left(said=entry["id"], handled=entry["handled"], pending=tuple(texts))


def report(siege: Siege) -> list[str]:
    """How the kills fell, what was said, and what came twice."""
    tally, twice = siege.tally, siege.twice()
    ready = f"{median(tally.starts):.2f} s" if tally.starts else "never"
    taken = sum(len(talk.taken) for talk in siege.talks)
    told = ", ".join(f"{name} {twice[name]}{' (by webhooks)' if name in IDEMPOTENT else ''}" for name in NETWORKS)
    lines = [
        f"kills: {tally.tried} tried, {tally.counted} count; start to ready {ready}",
        f"  said {siege.words}, taken {taken}, shown {sum(len(line.read) for line in siege.lines)}; twice: {told}",
    ]
    lines += [f"  {where:5} {tally.where[where]:4}  {WINDOWS[where]}" for where in ("turn", "send", "mark")]
    return lines + [f"  {how:21} {tally.how[how]:4}" for how in ("random", *POINTS)]
