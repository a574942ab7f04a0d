"""One web process and two workers on MongoDB and Redis: each is killed in turn under load, and Redis is lost once."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bench.evidence import Evidence, look
from bench.kills import Tally, judged
from bench.receiver import Receiver
from bench.referee import Violation
from bench.subjects import caravan_environment
from bench.talk import Talk
from bench.target import Target, free_port
from tests.servers import Server

ROLES = {"web": "web", "worker 1": "worker", "worker 2": "worker"}


def crew(receiver: str, folder: Path, mongo_url: str, redis_url: str) -> dict[str, Target]:
    """The three processes, ready to start; only the first takes messages."""
    folder.mkdir(parents=True)
    processes = {}
    for name, role in ROLES.items():
        environment = caravan_environment(receiver, folder / name, mongo_url, redis_url)
        command = ["-m", "bench.serve", "--role", role]
        processes[name] = Target(command, environment, free_port(), folder / f"{name}.log", core=None)
    return processes


@dataclass(slots=True)
class Siege:
    """A crew under load; `tally.how` counts by process."""

    crew: dict[str, Target]
    redis: Server
    talk: Talk
    receiver: Receiver
    evidence: Evidence
    random: Random
    tally: Tally = field(default_factory=Tally)

    async def start(self) -> None:
        """All three, then the load may come."""
        for process in self.crew.values():
            self.tally.starts.append(await process.start())
        self.talk.up.set()

    async def kill_one(self, name: str) -> None:
        """Let the crew work, kill one of them, read what was under way, bring it back."""
        await asyncio.sleep(self.random.uniform(0.2, 1.0))
        self.talk.cut_off.clear()
        if name == "web":
            self.talk.up.clear()
        await self.crew[name].kill()
        await self._note(name)
        self.tally.starts.append(await self.crew[name].start())
        self.talk.up.set()

    async def lose_redis(self) -> None:
        """Redis dies for two seconds under load and comes back empty."""
        await asyncio.to_thread(self.redis.kill)
        await asyncio.sleep(2.0)
        await asyncio.to_thread(self.redis.restart)

    async def _note(self, name: str) -> None:
        where, counted = await look(self.evidence, set(self.talk.cut_off), self.receiver.record.seen)
        self.tally.note(name, where, counted)


async def besiege(siege: Siege, count: int, deadline: float, say: Callable[[str], None]) -> list[Violation]:
    """Kills, one process after the other, until `count` of them count; Redis is lost half way."""
    talking = asyncio.create_task(siege.talk.run())
    await siege.start()
    redis_lost = False
    while siege.tally.counted < count and time.monotonic() < deadline:
        await siege.kill_one(list(ROLES)[siege.tally.tried % len(ROLES)])
        if siege.tally.counted >= count // 2 and not redis_lost:
            redis_lost = True
            say("  Redis is lost")
            await siege.lose_redis()
    violations = await judged(siege.talk, talking, siege.receiver, siege.evidence)
    for process in siege.crew.values():
        siege.tally.stop = max(siege.tally.stop, await process.stop())
    return violations if redis_lost else [*violations, Violation("open", "Redis was never lost")]
