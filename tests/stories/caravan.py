"""Caravan as people run it: `python app.py` a process of its own on a free port, with a scratch folder for its data."""

import asyncio
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Coroutine
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp

from tests.servers import free_port
from tests.waiting import PATIENCE, soon

ROOT = Path(__file__).parents[2]
OWN_SETTINGS = "MONGO_URL REDIS_URL SECRET_KEY SIMULATOR HOST PORT DATA_DIR PUBLIC_URL SANDBOX_SEED".split()


class Caravan:
    """One installation. `start` and `stop` may follow each other: port and data stay. `given`: more settings.

    `role`: all, or web or worker where several processes make one installation."""

    def __init__(self, folder: Path, role: str = "all", **given: str) -> None:
        self.folder, self.role, self.port, self.given = folder, role, free_port(), given
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Caravan":
        """Returns when it serves; RuntimeError with its last words when it ends instead."""
        settings = {name: value for name, value in os.environ.items() if name not in OWN_SETTINGS}
        settings |= {"PORT": str(self.port), "DATA_DIR": str(self.folder / "data"), **self.given}
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "log").open("ab") as log:
            command = [sys.executable, "app.py", "--role", self.role]
            self._process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=log, stderr=log)
        deadline = time.monotonic() + 60
        while not _ready(self.url):
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"Caravan did not start:\n{(self.folder / 'log').read_text()[-2000:]}")
            time.sleep(0.05)
        return self

    @property
    def log(self) -> str:
        """What it has written to standard error."""
        return (self.folder / "log").read_text()

    def stop(self) -> None:
        """Ends it as Ctrl-C does and waits for its end."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(30)
            self._process = None

    async def end(self, how: signal.Signals, waiting: Coroutine[Any, Any, Any]) -> None:
        """Tell it to end while somebody waits for an answer; it has five seconds. The wait may be cut off."""
        process = self._process
        assert process is not None
        poll = asyncio.create_task(waiting)
        await asyncio.sleep(0.1)
        began, before, starved = time.monotonic(), _starved(process.pid), 0.0
        process.send_signal(how)
        while process.poll() is None and time.monotonic() - began < PATIENCE:
            starved = max(starved, _starved(process.pid) - before)
            await asyncio.sleep(0.02)
        own = time.monotonic() - began - starved
        assert process.returncode == 0, f"it ended with {process.returncode}"
        assert own < 5, f"it took {own:.1f} s to end, and was kept waiting for the processor {starved:.1f} s"
        self._process = None
        await asyncio.gather(poll, return_exceptions=True)

    async def post(self, what: str, **body: Any) -> dict[str, Any]:
        """One POST to the simulator; its answer. `as_` stands for `as`."""
        given = {name.rstrip("_"): value for name, value in body.items()}
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{self.url}/simulator/{what}", json=given) as answer,
        ):
            found: dict[str, Any] = await answer.json()
            assert answer.status == 200, found
            return found

    async def place(self, title: str, *people: str) -> str:
        """A new place, when Caravan has welcomed its people: after that it says nothing unasked there."""
        place = str((await self.post("places", title=title, people=list(people)))["place"])

        async def welcomed() -> bool:
            feed = await self.get("transcript", place=place)
            return feed["idle"] and any(entry["author_kind"] != "person" for entry in feed["entries"])

        await soon(welcomed)
        return place

    async def get(self, what: str, **query: Any) -> dict[str, Any]:
        """One GET from the simulator; its answer."""
        given = urlencode({name.rstrip("_"): value for name, value in query.items()})
        async with aiohttp.ClientSession() as session, session.get(f"{self.url}/simulator/{what}?{given}") as answer:
            found: dict[str, Any] = await answer.json()
            return found

    async def texts(self, place: str) -> list[str]:
        """What people said in a place, in order, each message once and in its newest form."""
        feed = await self.get("transcript", place=place)
        newest = {entry["id"]: entry["text"] for entry in feed["entries"] if entry["author_kind"] == "person"}
        return list(newest.values())


def _starved(pid: int) -> float:
    """Seconds that a process was ready and the machine busy with others; 0 where the machine does not say."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[1]) / 1e9
    except (OSError, IndexError):
        return 0.0


def _ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
