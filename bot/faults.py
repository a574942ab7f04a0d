"""Faults on demand for the sandboxes, kept in the Store."""

from collections.abc import Sequence
from dataclasses import replace

from bot.clock import Clock
from bot.controls import Fault
from bot.documents import Delete, Kind, Op, Replace
from bot.documents import Insert as New
from bot.errors import AskAgain, Conflict
from bot.ports import Store

FAULTS = Kind("faults", Fault)
TARGETS = ("inventory", "payments", "brain", "channel")
KINDS = (
    "sold_out", "price_up", "slow", "down", "timeout", "lost_notice", "doubled_notice", "late_notice", "refused",
    "lapse",
)  # fmt: skip
_MOST = 100


class StoredFaults:
    """SandboxControls over the Store."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def add(self, target: str, kind: str, *, match: str = "", times: int = 1, by: int = 0) -> str:
        _check(target, kind, times, by)
        fault = Fault(
            id=f"f{self._clock.tick():020d}", target=target, kind=kind, match=match[:200], times=times, by=by
        )  # fmt: skip
        await self._store.commit([New(FAULTS, fault)])
        return fault.id

    async def list(self) -> list[Fault]:
        return await self._store.find(FAULTS, {}, order="id", limit=_MOST)

    async def clear(self) -> None:
        while faults := await self.list():
            try:
                await self._store.commit([Delete(FAULTS, fault) for fault in faults])
            except Conflict:
                continue

    async def take(self, target: str, *names: str, kinds: Sequence[str] = ()) -> Fault | None:
        said = "\n".join(names).casefold()
        while True:
            faults = [f for f in await self.list() if f.target == target and (not kinds or f.kind in kinds)]
            fault = next((f for f in faults if f.match.casefold() in said), None)
            if fault is None:
                return None
            try:
                await self._store.commit([_used(fault)])
            except Conflict:
                continue
            return fault


def _used(fault: Fault) -> Op:
    if fault.times <= 1:
        return Delete(FAULTS, fault)
    return Replace(FAULTS, replace(fault, times=fault.times - 1))


def _check(target: str, kind: str, times: int, by: int) -> None:
    for name, value, known in (("target", target, TARGETS), ("kind", kind, KINDS)):
        if value not in known:
            raise AskAgain(name, f"{name} is one of {', '.join(known)}")
    if not 1 <= times <= 1_000_000:
        raise AskAgain("times", "times is a whole number from 1 to 1,000,000")
    if not 0 <= by <= 100_000:
        raise AskAgain("by", "by is a whole number from 0 to 100,000")
