"""A process under test: started on its own core, waited for, measured from /proc, stopped or killed."""

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bench.wire import Client, answers

TICKS = os.sysconf("SC_CLK_TCK")


class NotReadyError(Exception):
    """The target ended or stayed silent while it should have become ready; says what it printed last."""


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def pin(core: int) -> None:
    """Keep the calling process on one core, where the machine has it and lets us."""
    with suppress(AttributeError, OSError):
        os.sched_setaffinity(0, {core})


@dataclass(slots=True)
class Target:
    """`command` is what follows `python`; `log` takes what it prints; `wrapper` may be a tracer."""

    command: Sequence[str]
    environment: dict[str, str]
    port: int
    log: Path
    core: int | None = 0
    wrapper: Sequence[str] = ()
    process: asyncio.subprocess.Process | None = None
    launched: float = 0.0

    async def start(self) -> float:
        """Seconds from exec to the first answer that is not an error; raises NotReadyError."""
        await self.launch()
        return await self.ready()

    async def launch(self) -> None:
        """Start it without waiting."""
        self.launched = time.monotonic()
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *self._pinning(),
                *self.wrapper,
                sys.executable,
                *self.command,
                env=os.environ | {"PORT": str(self.port)} | self.environment,
                stdout=log,
                stderr=log,
            )

    def _pinning(self) -> Sequence[str]:
        return () if self.core is None else ("taskset", "--cpu-list", str(self.core))

    async def ready(self, patience: float = 20.0) -> float:
        """Seconds from the launch to the first answer that is not an error; raises NotReadyError."""
        client = Client(self.port)
        while not await answers(client):
            if time.monotonic() > self.launched + patience or not self.alive:
                raise NotReadyError(f"{' '.join(self.command)}: {self.last_words()}")
            await asyncio.sleep(0.005)
        client.close()
        return time.monotonic() - self.launched

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.returncode is None

    def last_words(self) -> str:
        """The last lines of what it printed."""
        lines = self.log.read_text(errors="replace").splitlines()
        return "\n".join(lines[-5:]) or "(silent)"

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def cpu_seconds(self) -> float:
        """User and system time of all its threads so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def resident_mb(self) -> float:
        """Resident memory now, in 1,000,000 bytes."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    async def kill(self) -> None:
        """SIGKILL: it gets no chance to finish anything."""
        await self._end(signal.SIGKILL)

    async def stop(self, patience: float = 10.0) -> float:
        """SIGTERM, then SIGKILL if it does not end; seconds it took."""
        started = time.monotonic()
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self._end(signal.SIGTERM)
        await self.kill()
        return time.monotonic() - started

    async def ended(self) -> int:
        """Waits for its end; the exit code (negative: the signal)."""
        assert self.process is not None
        return await self.process.wait()

    async def _end(self, how: signal.Signals) -> None:
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            self.process.send_signal(how)
        await self.process.wait()
