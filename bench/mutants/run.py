"""All mutants of the money code, on two cores; a survivor must be explained in bench/mutants/survivors.md."""

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue

from bench.mutants.mutator import Mutant, mutants
from bench.mutants.trial import survives, warm

WORKERS = 2
ALIVE = "alive"
EXPLAINED = Path(__file__).with_name("survivors.md")
_CROSSING = ("tests/bench/test_interleavings_end_well.py", "tests/booking/sale/test_news_that_cross.py")
_PAYING = (
    *_CROSSING,
    "tests/payments/test_what_is_taken_and_given_back.py",
    "tests/payments/test_bad_days_of_paying.py",
    "tests/payments/test_payers_cover_for_each_other.py",
    "tests/payments/test_a_group_pays_together.py",
    "tests/payments/test_hints_reach_the_thread.py",
    "tests/payments/test_keepers_look_after_money.py",
    "tests/booking/sale/test_what_was_bought_can_be_given_back.py",
)
_BUYING = (
    *_CROSSING,
    "tests/booking/sale/test_a_cart_is_filled_and_paid.py",
    "tests/booking/sale/test_a_group_buys_on_a_bad_day.py",
    "tests/booking/sale/test_late_money_buys_what_is_left.py",
    "tests/booking/sale/test_what_was_bought_can_be_given_back.py",
    "tests/booking/sale/test_bookings_change_the_plan_and_the_budget.py",
    "tests/booking/sale/test_admins_look_after_bookings.py",
)
_MOVING = ("tests/payments/test_moves_are_declared.py", "tests/payments/test_ledger_balances.py")
# Module -> the tests that should see a bug in it, the quickest first.
TESTS: dict[str, tuple[str, ...]] = {
    "bot/money.py": ("tests/bot/test_money_is_exact.py", *_MOVING, "tests/bench/test_interleavings_end_well.py"),
    "payments/ledger.py": ("tests/payments/test_ledger_balances.py", *_PAYING),
    "payments/shares.py": ("tests/payments/test_ledger_balances.py", *_PAYING),
    "payments/moves.py": (*_MOVING, *_PAYING),
    "payments/collecting.py": (*_MOVING, *_PAYING),
    "payments/following.py": (*_MOVING, *_PAYING),
    "booking/sale/bookings.py": ("tests/booking/sale/test_bookings_move_only_as_declared.py", *_BUYING),
    "booking/sale/settling.py": _BUYING,
    "booking/sale/cancelling.py": _BUYING,
}
# Of this module only what reckons with money.
ONLY = {"booking/sale/cancelling.py": ("_refund", "routes_of", "refunded", "refund_key", "_who", "cancelled")}


def explained() -> dict[str, str]:
    """Name of a mutant -> why no test can see it: items "- `name`: why" of the kept file."""
    found: dict[str, str] = {}
    for line in EXPLAINED.read_text().splitlines():
        name, sign, why = line.removeprefix("- ").partition(" :: ")
        if line.startswith("- ") and sign:
            found[name] = why
    return found


def of(path: str) -> list[Mutant]:
    """The mutants of one module."""
    return list(mutants(path, Path(path).read_text(), ONLY.get(path, ())))


def all_mutants(paths: Sequence[str], minutes: float, say: Callable[[str], None]) -> bool:
    """Try them all; True if every one was tried in time and each survivor is explained."""
    tried, left, known = Counter[str](), list[str](), explained()
    every = [m for path in paths for m in of(path)]
    for mutant, alive in _tried(every, minutes):
        tried[mutant.path] += 1
        if alive:
            left.append(mutant.name)
            if mutant.name not in known:
                say(f"  SURVIVES line {mutant.line}: {mutant.name}")
    for path in paths:
        say(f"  {path}: {tried[path]} mutants, {sum(name.startswith(path) for name in left)} survive")
    new = [name for name in left if name not in known]
    late = len(every) - tried.total()
    say(f"  {tried.total()} of {len(every)} tried, {len(left)} survive, {len(new)} of them unexplained")
    return not new and not late


def _tried(every: Sequence[Mutant], minutes: float) -> Iterator[tuple[Mutant, bool]]:
    """Each mutant with whether it survives, as workers find out; fewer than all if time is up."""
    by_name = {m.name: m for m in every}
    paths = list(dict.fromkeys(m.path for m in every))
    command = [sys.executable, "-m", "bench.mutants.worker", str(WORKERS), str(minutes)]
    workers = [
        subprocess.Popen([*command, str(n), *paths], stdout=subprocess.PIPE, text=True) for n in range(WORKERS)
    ]  # fmt: skip
    lines: Queue[str] = Queue()
    with ThreadPoolExecutor(WORKERS) as readers:
        reading = [readers.submit(_pass_on, worker, lines) for worker in workers]
        while not (lines.empty() and all(r.done() for r in reading)):
            with suppress(Empty):
                alive, _, name = lines.get(timeout=0.5).partition(" ")
                yield by_name[name], alive == ALIVE


def _pass_on(worker: "subprocess.Popen[str]", lines: "Queue[str]") -> None:
    for line in worker.stdout or ():
        lines.put(line.rstrip("\n"))
    worker.wait()


def work(workers: int, minutes: float, nth: int, paths: Sequence[str]) -> None:
    """Try every `workers`-th mutant, and print what became of each. Nothing of the product is loaded here."""
    until = time.monotonic() + minutes * 60
    every = [m for path in paths for m in of(path)]
    warm()
    for mutant in every[nth::workers]:
        if time.monotonic() > until:
            return
        told = ALIVE if survives(mutant, TESTS[mutant.path]) else "seen"
        print(told, mutant.name, flush=True)
