"""`python -m bench.soak`: what must break nothing, counted. The parts are in PARTS; each is bounded."""

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from random import Random

from app import STORED
from bench.evidence import Evidence, MongoEvidence, SqliteEvidence
from bench.histories.auditor import wrong
from bench.histories.books import Books
from bench.histories.ten import HISTORIES, ten_histories
from bench.interleavings import many_interleavings
from bench.kills import RANDOM_AND_POINTS, Run, kill_often, missing, report
from bench.mutants.groups import chosen
from bench.mutants.run import all_mutants
from bench.networks.siege import Siege as NetworkSiege
from bench.networks.siege import besiege as besiege_networks
from bench.networks.siege import report as report_networks
from bench.receiver import Receiver
from bench.referee import Violation
from bench.subjects import Subject, caravan
from bench.talk import Talk
from bench.wire import Client
from bench.workers import ROLES, Siege, besiege, crew
from bot.storage.mongo import MongoStore
from bot.storage.sqlite import SqliteStore
from tests.emulators.four import running_emulators
from tests.mongod import Unavailable
from tests.servers import Server, start_mongod, start_redis

CHATS = 60
LOOKS = 10
CREW_KILLS = 20
PART_MINUTES = 20.0
MUTANT_MINUTES = 40.0


def say(line: str) -> None:
    """Print at once."""
    print(line, flush=True)


async def kills(subject: Subject, options: argparse.Namespace) -> bool:
    """Kill Caravan on one store; True if every promise was kept and enough kills count."""
    with tempfile.TemporaryDirectory(prefix="caravan-soak-") as scratch:
        receiver = Receiver()
        target = caravan(subject, await receiver.open(), Path(scratch) / "run")
        target.environment |= {"BENCH_BUYERS": "1"}
        talk = Talk(Client(target.port), chats=CHATS, seed=options.seed, looks=LOOKS)
        receiver.heard = talk.arrived
        run = Run(target, talk, receiver, evidence_of(subject, Path(scratch) / "run"), Random(options.seed))
        try:
            violations = await kill_often(run, options.count, time.monotonic() + options.minutes * 60, say)
        finally:
            await target.kill()
            await receiver.close()
        bought, broken = await audited(subject, Path(scratch) / "run")
    summary = receiver.record.summary() | {"acknowledged": len(talk.diary.acknowledged)}
    lines = [*report(run.tally, RANDOM_AND_POINTS), f"  {summary}", f"  {bought}"]
    return judge([*violations, *broken], missing(run.tally, options.count), lines)


async def audited(subject: Subject, folder: Path) -> tuple[str, list[Violation]]:
    """How much was bought, and what is wrong in the books of money, orders and the payment service."""
    store = MongoStore(subject.mongo_url) if subject.mongo_url else SqliteStore(folder / "data")
    await store.open(STORED)
    try:
        books = await Books.read(store)
    finally:
        await store.close()
    counts = Counter(f"orders {o.state}" for o in books.orders) + Counter(f"payments {p.state}" for p in books.payments)
    told = ", ".join(f"{n} {what}" for what, n in sorted(counts.items()))
    return f"{len(books.checkouts)} checkouts; {told}", [Violation("money", about) for about in await wrong(books)]


def evidence_of(subject: Subject, folder: Path) -> Evidence:
    """Where the evidence of a store lies."""
    if subject.mongo_url:
        return MongoEvidence(subject.mongo_url)
    return SqliteEvidence(folder / "data")


def judge(violations: Sequence[Violation], short: Sequence[str], lines: Sequence[str]) -> bool:
    """Print everything; True if there is nothing to complain of."""
    for line in lines:
        say(line)
    for violation in violations[:20]:
        say(f"  VIOLATION {violation.kind}: {violation.about}")
    for line in short:
        say(f"  NOT ENOUGH: {line}")
    good = not violations and not short
    say(
        "  no Entry lost, order kept, nothing answered, taken or ordered twice"
        if good
        else f"  FAILED, {len(violations)} violations"
    )
    return good


def sqlite_kills(options: argparse.Namespace, stack: ExitStack) -> bool:
    say(f"kills on SQLite, seed {options.seed}")
    return asyncio.run(kills(Subject(name="Caravan", store="SQLite"), options))


def mongo_kills(options: argparse.Namespace, stack: ExitStack) -> bool:
    say(f"kills on MongoDB, seed {options.seed}")
    try:
        url = stack.enter_context(start_mongod()).url
    except Unavailable as absent:
        say(f"  SKIPPED: {absent}")
        return False
    return asyncio.run(kills(Subject(name="Caravan", store="MongoDB", mongo_url=url), options))


def crew_kills(options: argparse.Namespace, stack: ExitStack) -> bool:
    say(f"one web and two workers on MongoDB and Redis, seed {options.seed}")
    try:
        url, redis = stack.enter_context(start_mongod()).url, stack.enter_context(start_redis())
    except Unavailable as absent:
        say(f"  SKIPPED: {absent}")
        return False
    return asyncio.run(workers(url, redis, options))


async def workers(url: str, redis: Server, options: argparse.Namespace) -> bool:
    """Kill web and workers in turn; True if every promise was kept."""
    with tempfile.TemporaryDirectory(prefix="caravan-soak-") as scratch:
        receiver = Receiver()
        processes = crew(await receiver.open(), Path(scratch) / "crew", url, redis.url)
        talk = Talk(Client(processes["web"].port), chats=CHATS, seed=options.seed, looks=LOOKS)
        receiver.heard = talk.arrived
        siege = Siege(processes, redis, talk, receiver, MongoEvidence(url), Random(options.seed))
        count = min(options.count, CREW_KILLS)
        try:
            violations = await besiege(siege, count, time.monotonic() + options.minutes * 60, say)
        finally:
            for process in processes.values():
                await process.kill()
            await receiver.close()
    summary = receiver.record.summary() | {"acknowledged": len(talk.diary.acknowledged)}
    return judge(violations, missing(siege.tally, count), [*report(siege.tally, ROLES), f"  {summary}"])


def network_kills(options: argparse.Namespace, stack: ExitStack) -> bool:
    say(f"kills on four emulated networks at once, seed {options.seed}")
    return asyncio.run(on_four_networks(options))


async def on_four_networks(options: argparse.Namespace) -> bool:
    """Kill Caravan while people talk to it on all networks; True if every promise was kept."""
    with tempfile.TemporaryDirectory(prefix="caravan-soak-") as scratch:
        async with running_emulators() as four:
            target = caravan(Subject(name="Caravan", store="SQLite"), "", Path(scratch) / "run")
            target.command, target.core = ["app.py"], None
            target.environment |= four.environ(f"http://127.0.0.1:{target.port}")
            siege = NetworkSiege(target, four, Path(scratch) / "run/data", Random(options.seed))
            try:
                violations = await besiege_networks(siege, options.count, time.monotonic() + options.minutes * 60, say)
            finally:
                four.whatsapp.hooks.patient = False
                await target.kill()
    short = [] if siege.tally.counted >= options.count else [f"only {siege.tally.counted} of {options.count} count"]
    return judge(violations, short, report_networks(siege))


def histories(options: argparse.Namespace, stack: ExitStack) -> bool:
    count = options.histories
    say(f"{count} random histories of {options.steps} steps over the whole application, seed {options.seed}")
    stores = [name for key, name in STORES.items() if options.store in (None, key)]
    return ten_histories(stores, options.seed, options.steps, count, say)


def interleavings(options: argparse.Namespace, stack: ExitStack) -> bool:
    say(f"{options.orders} random interleavings of one checkout, seed {options.seed}")
    return many_interleavings(options.orders, options.seed, say)


def money_mutants(options: argparse.Namespace, stack: ExitStack) -> bool:
    say("mutants of the money code, each to be seen by the fast tests")
    return all_mutants(chosen(options.only), MUTANT_MINUTES, say)


STORES = {"sqlite": "SQLite", "mongo": "MongoDB"}
Part = Callable[[argparse.Namespace, ExitStack], bool]
PARTS: dict[str, dict[str, Part]] = {
    "kills": {"sqlite": sqlite_kills, "mongo": mongo_kills},
    "workers": {"mongo": crew_kills},
    "networks": {"": network_kills},
    "histories": {"": histories},
    "interleavings": {"": interleavings},
    "mutants": {"": money_mutants},
}


def options_from_command_line() -> argparse.Namespace:
    """Part, store, count, seed and a bound in minutes for each part."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("part", nargs="?", choices=["all", *PARTS], default="all")
    parser.add_argument("--store", choices=["sqlite", "mongo"], help="both when left out")
    parser.add_argument("--count", type=int, default=200, help="kills that must count on each store")
    parser.add_argument("--histories", type=int, default=HISTORIES, help="random histories on each store")
    parser.add_argument("--steps", type=int, default=1000, help="steps of each history")
    parser.add_argument("--orders", type=int, default=10_000, help="interleavings of one checkout")
    parser.add_argument("--only", default="", help="mutants of modules with this in their path")
    parser.add_argument("--seed", type=int, default=20261120)
    parser.add_argument("--minutes", type=float, default=PART_MINUTES, help="the longest a part may take")
    return parser.parse_args()


def main() -> int:
    """0 if every part that was asked for found every promise kept."""
    options, kept = options_from_command_line(), []
    with ExitStack() as stack:
        for name, stores in PARTS.items():
            for store, part in stores.items():
                if options.part in ("all", name) and (not store or options.store in (None, store)):
                    kept.append(part(options, stack))
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
