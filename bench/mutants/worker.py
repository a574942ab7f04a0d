"""`python -m bench.mutants.worker <workers> <minutes> <nth> <paths>`: a process in which nothing of ours is loaded."""

import sys

from bench.mutants.run import work

if __name__ == "__main__":
    work(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])
