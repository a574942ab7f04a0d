"""The whole kill harness, run against a target that keeps nothing, must find what dies with it."""

import asyncio
from collections.abc import Collection, Sequence
from pathlib import Path
from random import Random

from bench.evidence import Left
from bench.generator import Load
from bench.kills import Run, plan
from bench.receiver import Receiver
from bench.referee import verdict
from bench.talk import Talk
from bench.target import Target, free_port
from bench.wire import Client
from tests.waiting import soon


class NoEvidence:
    """These targets keep nothing that tells what was under way."""

    async def open_entries(self) -> Sequence[Left]:
        return []

    async def stored(self, said: Collection[str]) -> set[str]:
        return set()

    async def claimed(self) -> Sequence[str]:
        return []


def forgetful(folder: Path, port: int, receiver: str) -> Target:
    command = ["-m", "tests.bench.forgetful", str(port), receiver.rpartition(":")[2].removesuffix("/send")]
    return Target(command=command, environment={}, port=port, log=folder / "log", core=None)


def baseline(folder: Path, port: int, receiver: str) -> Target:
    command = ["-m", "bench.baseline", str(port), receiver, str(folder / "baseline.db")]
    return Target(command=command, environment={}, port=port, log=folder / "log", core=None)


async def test_answers_that_die_with_the_process_are_reported_as_lost(tmp_path: Path) -> None:
    port = free_port()
    talk = Talk(Client(port), chats=16, seed=1)
    receiver = Receiver(talk.arrived)
    run = Run(forgetful(tmp_path, port, await receiver.open()), talk, receiver, NoEvidence(), Random(1))
    talking = asyncio.create_task(talk.run())
    try:
        await run.at_random()
        await run.recover()
        await soon(lambda: receiver.record.receipts)
    finally:
        talking.cancel()
        await run.target.kill()
        await receiver.close()
    violations = verdict(talk.diary, receiver.record)
    assert receiver.record.receipts
    assert "lost" in {violation.kind for violation in violations}


async def test_the_same_load_without_a_kill_is_clean(tmp_path: Path) -> None:
    port = free_port()
    talk = Talk(Client(port), chats=8, seed=2)
    receiver = Receiver(talk.arrived)
    target = baseline(tmp_path, port, await receiver.open())
    talking = asyncio.create_task(talk.run())
    await target.start()
    talk.up.set()
    await soon(lambda: receiver.record.receipts)
    talk.finish()
    await asyncio.wait_for(talking, 60)
    await target.stop()
    await receiver.close()
    assert receiver.record.receipts
    assert verdict(talk.diary, receiver.record) == []


async def test_a_closed_loop_measures_every_round_trip(tmp_path: Path) -> None:
    port = free_port()
    load = Load(Client(port), "chat", 5)
    receiver = Receiver(load.arrived)
    target = baseline(tmp_path, port, await receiver.open())
    await target.start()
    timings = await load.in_flight(4, 0.1)
    await target.stop()
    await receiver.close()
    assert len(timings.replied) == len(timings.answered) == len(receiver.record.receipts) > 0


def test_a_full_plan_has_ten_kills_at_every_named_point() -> None:
    kills = plan(200, Random(3))
    assert len(kills) == 200
    assert {kills.count(point) for point in set(kills) - {"random"}} == {10}
