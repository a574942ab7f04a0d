"""Ten random histories on each store, two side by side; what happened is counted by the books."""

import asyncio
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from bench.histories.history import EACH, BrokenError, History
from bench.histories.moves import GROWS
from tests.mongod import Unavailable
from tests.servers import start_mongod

HISTORIES, WORKERS = 10, 2
MEMORY = Path("/dev/shm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What became of one history. `broken`: what was wrong, "" if nothing."""

    store: str
    seed: int
    steps: int
    seconds: float
    counts: Counter[str] = field(default_factory=Counter)
    broken: str = ""


def scratch() -> str | None:
    """Where the data of a history may lie: in memory where there is room for it, so that the disk is spared."""
    return str(MEMORY) if MEMORY.is_dir() else None


def played(store: str, seed: int, steps: int, mongo_url: str) -> Played:
    """Play one history, in a process of its own."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="caravan-history-", dir=scratch()) as folder:
        url = mongo_url.replace("/caravan?", f"/history{seed}?") if store == "MongoDB" else ""
        history = History(Path(folder), seed=seed, steps=steps, mongo_url=url)
        try:
            counts, broken = asyncio.run(history.play()), ""
        except BrokenError as error:
            counts, broken = Counter[str](), str(error)
    took = time.monotonic() - begun
    return Played(store=store, seed=seed, steps=history.done, seconds=took, counts=counts, broken=broken)


def ten_histories(
    stores: Sequence[str], seed: int, steps: int, count: int, say: Callable[[str], None]
) -> bool:  # fmt: skip
    """Play them; True if all came to their end, nothing was wrong and everything happened often enough."""
    with ExitStack() as stack:
        try:
            url = stack.enter_context(start_mongod()).url if "MongoDB" in stores else ""
        except Unavailable as absent:
            say(f"  SKIPPED on MongoDB: {absent}")
            stores, url = [store for store in stores if store != "MongoDB"], ""
        ended = list(_all(stores, seed, steps, count, url, say))
    proofs = [_told(store, [p for p in ended if p.store == store], steps * count, say) for store in stores]
    return bool(proofs) and all(proofs)


def _all(
    stores: Sequence[str], seed: int, steps: int, count: int, url: str, say: Callable[[str], None]
) -> Iterator[Played]:  # fmt: skip
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        runs = [pool.submit(played, store, seed + n, steps, url) for n in range(count) for store in stores]
        for run in as_completed(runs):
            p = run.result()
            say(f"  {p.store:7} history {p.seed}: {p.steps} steps in {p.seconds:.0f} s {p.broken}")
            yield p


def _told(store: str, ended: Sequence[Played], steps: int, say: Callable[[str], None]) -> bool:
    """Print the counts of one store; whether it is a proof."""
    counts = sum((p.counts for p in ended), Counter[str]())
    done, least = sum(p.steps for p in ended), EACH if steps >= 1000 * HISTORIES else 0
    say(f"{store}: {done} steps, {sum(p.seconds for p in ended):.0f} s of work; at least {least} of each:")
    say("  " + ", ".join(f"{what} {counts[what]}" for what in GROWS))
    rest = ", ".join(f"{what} {n}" for what, n in sorted(counts.items()) if what not in GROWS)
    say(f"  and {rest}")
    short = [what for what in GROWS if counts[what] < least]
    for what in short:
        say(f"  NOT ENOUGH: {counts[what]} {what}")
    broken = [p for p in ended if p.broken]
    say("  every invariant held after every step" if not broken else f"  FAILED: {len(broken)} histories")
    return not broken and not short
