"""How many commits and fsyncs a message costs, counted outside the timed rounds."""

import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pymongo import AsyncMongoClient

from bench.wire import Client

COMMITS = re.compile(rb"^caravan_store_commits_total(?:\{[^}]*\})? ([0-9.e+]+)$", re.MULTILINE)
SYNCS = re.compile(r"^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)\s.*(?:fsync|fdatasync)$", re.MULTILINE)


def tracer(summary: Path) -> Sequence[str]:
    """The command that counts a program's fsync and fdatasync calls into `summary`, empty where there is no strace.

    It stops the program at these calls only, but makes each a little slower."""
    if shutil.which("strace") is None:
        return ()
    options = ("--daemonize", "--follow-forks", "--summary-only", "--seccomp-bpf", "--trace=fsync,fdatasync")
    return ("strace", *options, "--output", str(summary))


def traced_syncs(summary: Path) -> int:
    """Calls in a summary that `tracer` wrote."""
    return sum(int(calls) for calls in SYNCS.findall(summary.read_text()))


async def commits(client: Client) -> float | None:
    """Store commits so far by the target's own /metrics, None where it does not say."""
    status, body = await client.get("/metrics")
    found = COMMITS.findall(body) if status == 200 else []
    return sum(float(value) for value in found) if found else None


async def journal_syncs(url: str) -> int:
    """Journal fsyncs of a mongod so far, by its own count."""
    async with AsyncMongoClient[dict[str, Any]](url) as client:
        status = await client.admin.command("serverStatus")
    return int(status["wiredTiger"]["log"]["log sync operations"])
