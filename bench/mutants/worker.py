"""`python -m bench.mutants.worker <group> <minutes> <paths>`: a group of modules on trial."""

import os
import sys
import time

from bench.mutants.groups import GROUPS, of
from bench.mutants.mutator import Mutant
from bench.mutants.trial import try_all


def main(group: str, minutes: float, paths: list[str]) -> int:
    """Print what became of each mutant, a line each; what tests print goes nowhere."""
    told, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)

    def say(state: str, mutant: Mutant) -> None:
        os.write(told, f"{state} {mutant.name}\n".encode())

    every = [m for path in paths for m in of(path)]
    broken, unsound = try_all(every, GROUPS[group].tests, time.monotonic() + minutes * 60, say)
    for state, names in (("broken", broken), ("unsound", unsound)):
        for name in names:
            os.write(told, f"{state} {name}\n".encode())
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], float(sys.argv[2]), sys.argv[3:]))
