"""The sandbox payment service to test with: a real store, a clock turned by hand, faults, and its notices kept."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from bot.faults import FAULTS, StoredFaults
from bot.model import JOBS, Job
from bot.storage.sqlite import SqliteStore
from payments.gateways.sandbox import KINDS, SandboxGateway
from payments.gateways.sandbox.notices import Notices
from payments.ports import Payment
from tests.booking.bazaar import HandClock

SECRET = "a secret for tests"


@dataclass(slots=True)
class Till:
    """The service, with people who pay at it. `jobs`: what it asked to be done, in order."""

    gateway: SandboxGateway
    clock: HandClock
    faults: StoredFaults
    store: SqliteStore
    jobs: list[Job] = field(default_factory=list)

    def now(self) -> datetime:
        return self.clock.now()

    async def pay(self, payment: Payment) -> None:
        await self.gateway.pay(payment.id)

    async def decline(self, payment: Payment) -> None:
        await self.gateway.decline(payment.id)

    async def later(self, by: timedelta) -> None:
        self.clock.at += by

    async def noticed(self) -> list[tuple[dict[str, str], bytes]]:
        notices = Notices(self.faults, self.clock, SECRET)
        return [notices.signed(job) for job in self.jobs if job.name == "sandbox_notice"]


@asynccontextmanager
async def till() -> AsyncIterator[Till]:
    """An open till over SQLite."""
    with tempfile.TemporaryDirectory() as folder:
        store, clock = SqliteStore(str(Path(folder))), HandClock()
        await store.open((FAULTS, JOBS, *KINDS))
        faults = StoredFaults(store, clock)
        made = Till(SandboxGateway(store, clock, faults, SECRET, "http://127.0.0.1:8080"), clock, faults, store)
        made.gateway.started_by(made.jobs.append)
        yield made
        await store.close()
