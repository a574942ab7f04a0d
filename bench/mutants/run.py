"""All mutants of the money code, on two cores; a survivor must be explained in bench/mutants/survivors.md."""

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from bench.mutants.groups import GROUPS, of

SURVIVES = ("alive", "unreached")
EXPLAINED = Path(__file__).with_name("survivors.md")
_LONGEST = 300.0
_NO_WITNESS = {"broken": "FAILS WITHOUT ANY MUTANT", "unsound": "NOT ASKED, AS IT FAILS WHEN IT RUNS AGAIN"}


def explained() -> dict[str, str]:
    """Name of a mutant -> why no test can see it: items "- name :: why" of the kept file."""
    found: dict[str, str] = {}
    for line in EXPLAINED.read_text().splitlines():
        name, sign, why = line.removeprefix("- ").partition(" :: ")
        if line.startswith("- ") and sign:
            found[name] = why
    return found


def all_mutants(groups: Mapping[str, Sequence[str]], minutes: float, say: Callable[[str], None]) -> bool:
    """Try them all; True if every one was tried in time and each survivor is explained."""
    tried, left, known, broken = Counter[str](), list[str](), explained(), 0
    every = {m.name: m for paths in groups.values() for path in paths for m in of(path)}
    began = time.monotonic()
    for group, paths in groups.items():
        for state, name in _tried(group, paths, minutes - (time.monotonic() - began) / 60):
            if state in _NO_WITNESS:
                broken += state == "broken"
                say(f"  {_NO_WITNESS[state]}: {name}")
                continue
            tried[every[name].path] += 1
            if state in SURVIVES:
                left.append(name)
                if name not in known:
                    say(f"  SURVIVES line {every[name].line} ({state}): {name}")
        for path in paths:
            say(f"  {path}: {tried[path]} mutants, {sum(n.startswith(path) for n in left)} survive")
    new = [name for name in left if name not in known]
    modules = {path for of_group in groups.values() for path in of_group}
    for name in known:
        if name in every and name not in left:
            say(f"  EXPLAINED AND SEEN EVEN SO: {name}")
        elif name not in every and name.partition(" ")[0] in modules:
            say(f"  EXPLAINED AND NOT THERE: {name}")
    late = len(every) - tried.total()
    say(f"  {tried.total()} of {len(every)} tried, {len(left)} survive, {len(new)} of them unexplained")
    return not new and not late and not broken


def _tried(group: str, paths: Sequence[str], minutes: float) -> Iterator[tuple[str, str]]:
    """What becomes of each mutant of a group, as it is found out; fewer than all if time is up."""
    command = [sys.executable, "-m", "bench.mutants.worker", group, str(minutes), *paths]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as worker:
        for line in worker.stdout or ():
            state, _, name = line.rstrip("\n").partition(" ")
            yield ("alive" if _survives_loading(name, group) else "seen", name) if state == "import" else (state, name)


def _survives_loading(name: str, group: str) -> bool:
    """Whether all tests pass with a bug in what runs while its module is loaded; one that hangs is found out."""
    command = [sys.executable, "-m", "bench.mutants.alone", name, name.split(" ", 1)[0], *GROUPS[group].tests]
    try:
        return subprocess.run(command, capture_output=True, timeout=_LONGEST, check=False).returncode == 0
    except subprocess.TimeoutExpired:
        return False
