"""The folder of one test run: in memory where there is plenty, so that no test waits for a disk."""

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

NAME = "caravan-tests-"
MEMORY = Path("/dev/shm")
PLENTY = 6 * 2**30


def folder_of_run() -> Path:
    """A new one, with the id of this process in `owner`. What runs that were killed have left is removed."""
    folder = Path(tempfile.mkdtemp(prefix=NAME, dir=_place()))
    folder.joinpath("owner").write_text(str(os.getpid()))
    return folder


def _place() -> Path:
    with suppress(OSError, ValueError):
        for left in MEMORY.glob(f"{NAME}*/owner"):
            if not Path("/proc", left.read_text()).exists():
                shutil.rmtree(left.parent, ignore_errors=True)
        if os.access(MEMORY, os.W_OK) and min(shutil.disk_usage(MEMORY).free, _free_memory()) > PLENTY:
            return MEMORY
    return Path(tempfile.gettempdir())


def _free_memory() -> int:
    """Bytes that the machine can give."""
    lines = dict(line.split(":") for line in Path("/proc/meminfo").read_text().splitlines())
    return int(lines["MemAvailable"].split()[0]) * 1024
