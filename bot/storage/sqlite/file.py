"""The file in DATA_DIR: one process at a time, durable connections, and the reasons why it cannot be used."""

import fcntl
import sqlite3
from pathlib import Path
from typing import IO

from bot.errors import Misconfigured

NAME = "caravan.sqlite"
# Pages of 4 KiB.
_CHECKPOINT = 4000


def hold(folder: Path) -> IO[str]:
    """Make the folder and hold it until the result is closed; Misconfigured if we cannot."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # what people said is for nobody else on this machine
        held = (folder / "caravan.lock").open("a")
    except OSError as error:
        raise Misconfigured(f"DATA_DIR {folder} cannot be written: {error.strerror}") from error
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        held.close()
        raise Misconfigured(f"DATA_DIR {folder} is held by another process") from error
    return held


def connect(folder: Path) -> sqlite3.Connection:
    """A connection in autocommit whose commits survive a power cut (WAL, synchronous FULL).

    The log grows to 16 MB before it is copied into the file: pages that change often are then copied less often
    (https://www.sqlite.org/wal.html#ckpt)."""
    connection = sqlite3.connect(
        folder / NAME, isolation_level=None, check_same_thread=False, cached_statements=512, timeout=10.0
    )
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT}")
    return connection
