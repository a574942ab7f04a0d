"""Audit: who did what with more than a traveller's rights, and what personas did for people. Append-only, chained.

Every Thread has a chain of its own; a record's keyed digest covers the one before, the head's covers the last."""

import hashlib
import hmac
import json
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from bot.capability import Capability, Effect
from bot.codec import to_plain
from bot.documents import Document, Index, Insert, Kind, Op, Replace, Where
from bot.ports import Store
from bot.secret import Pseudonyms, key_for
from bot.turn import Noted, Turn

D = TypeVar("D", bound=Document)

_PERSON = re.compile(r"p[0-9a-f]{16}")
_PLAIN_KINDS = frozenset(("count", "date", "money", "choice", "flag"))
_MOST_ABOUT = 20
_PAGE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """One record; id `"{thread}:{n}"`, n from 1 without gaps.

    `actor`: the pseudonym of the Person, so that erasing them needs no change here. `persona`: who acted for them.
    `about`: documents changed, `"{kind}:{id}"`. `args`: plain values; words that were typed only as a keyed digest.
    `entry`: digest of the Entry's id. `prev`: mac of the record before, "" of the first.
    """

    id: str
    thread: str
    n: int
    at: datetime
    actor: str
    action: str
    outcome: str
    persona: str = ""
    about: tuple[str, ...] = ()
    args: dict[str, Any] | None = None
    entry: str = ""
    prev: str = ""
    mac: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditHead:
    """The end of a Thread's chain (its id): how many records, and a digest that only we can make of the last."""

    id: str
    n: int
    last: str
    mac: str
    version: int = 0


AUDITS = Kind("audits", Audit, (Index(("thread", "n"), unique=True), Index(("at",)), Index(("actor", "at"))))
AUDIT_HEADS = Kind("audit_heads", AuditHead)
KINDS: tuple[Kind[Any], ...] = (AUDITS, AUDIT_HEADS)


def is_audited(found: Capability, persona: str) -> bool:
    """Whether a call is put on record: it needs more than a traveller's rights, a persona changes something, or it
    says so itself."""
    return found.role != "traveller" or found.recorded or bool(persona and found.effect is not Effect.LOOK)


class AuditLog:
    """Writes and checks the chains. The lane of a Thread is the fence: nobody else appends to its chain."""

    def __init__(self, store: Store, secret: str, pseudonyms: Pseudonyms) -> None:
        self._store, self._key, self._pseudonyms = store, key_for(secret, "audit"), pseudonyms

    async def seal(self, turn: Turn) -> None:
        """Turn what a Turn has noted into records of the same commit."""
        if not turn.noted:
            return
        head = await self._store.get(AUDIT_HEADS, turn.thread.id)
        n, last = (head.n, head.last) if head else (0, "")
        ops: list[Op] = []
        for noted in turn.noted:
            n += 1
            record = self._record(turn, noted, n, last)
            ops.append(Insert(AUDITS, record))
            last = record.mac
        end = AuditHead(id=turn.thread.id, n=n, last=last, mac=self._head_mac(turn.thread.id, n, last))
        ops.append(Replace(AUDIT_HEADS, replace(end, version=head.version)) if head else Insert(AUDIT_HEADS, end))
        turn.noted.clear()
        turn.change(*ops)

    def _record(self, turn: Turn, noted: Noted, n: int, prev: str) -> Audit:
        record = Audit(
            id=f"{turn.thread.id}:{n}", thread=turn.thread.id, n=n, at=turn.now, prev=prev, action=noted.call.name,
            actor=self._pseudonyms.of(noted.person), persona=noted.persona, outcome=noted.outcome,
            about=self._about(turn) if noted.outcome == "done" else (), args=self._args(noted),
            entry=self._digest(turn.entry.id),
        )  # fmt: skip
        return replace(record, mac=self._mac(record))

    def _about(self, turn: Turn) -> tuple[str, ...]:
        changed = [f"{op.kind.name}:{self._safe(op.kind.name, op.value.id)}" for op in turn.ops]
        return tuple(dict.fromkeys(changed))[:_MOST_ABOUT]

    def _safe(self, kind: str, id: str) -> str:
        """An id that names nobody: those of Places, Entries and people's rows are made of their accounts."""
        if _PERSON.fullmatch(id):
            return self._pseudonyms.of(id)
        return self._digest(id) if ":" in id or kind in ("people", "identities") else id

    def _args(self, noted: Noted) -> dict[str, Any]:
        args = {n: self._arg(noted.call, n, value) for n, value in noted.args.items() if value not in (None, "")}
        told = {n: self._pseudonyms.of(v) if _PERSON.fullmatch(str(v)) else v for n, v in noted.told.items()}
        return {**args, **told}

    def _arg(self, found: Capability, name: str, value: Any) -> Any:
        parameter = found.parameter(name)
        if parameter is not None and parameter.kind in _PLAIN_KINDS and len(str(value)) < 100:
            return to_plain(value) if not isinstance(value, str) or parameter.kind != "text" else value
        text = value if isinstance(value, str) else json.dumps(to_plain(value), sort_keys=True)
        return self._pseudonyms.of(text) if _PERSON.fullmatch(text) else self._digest(text)

    def _digest(self, text: str) -> str:
        return "#" + hmac.digest(self._key, f"text|{text}".encode(), hashlib.sha256).hex()[:12]

    def _mac(self, record: Audit) -> str:
        told = {k: v for k, v in to_plain(record).items() if k not in ("mac", "version")}
        canonical = json.dumps(told, sort_keys=True, separators=(",", ":"))
        return hmac.digest(self._key, f"record|{canonical}".encode(), hashlib.sha256).hex()

    def _head_mac(self, thread: str, n: int, last: str) -> str:
        return hmac.digest(self._key, f"head|{thread}|{n}|{last}".encode(), hashlib.sha256).hex()

    async def verify(self, thread: str) -> list[str]:
        """What is wrong with the chain of a Thread, in words; empty if every record is there, in order, unaltered."""
        records = [r async for r in _every(self._store, AUDITS, {"thread": thread}, "n")]
        wrong, prev = [], ""
        for n, record in enumerate(records, 1):
            if record.n != n or record.id != f"{thread}:{n}":
                wrong.append(f"{thread}: record {n} is missing or out of place")
                break
            if record.prev != prev or not hmac.compare_digest(record.mac, self._mac(record)):
                wrong.append(f"{thread}: record {n} was altered")
            prev = record.mac
        return wrong or await self._end(thread, len(records), prev)

    async def _end(self, thread: str, count: int, last: str) -> list[str]:
        head = await self._store.get(AUDIT_HEADS, thread)
        if head is None:
            return [f"{thread}: the end of the chain is missing"] if count else []
        if not hmac.compare_digest(head.mac, self._head_mac(thread, head.n, head.last)):
            return [f"{thread}: the end of the chain was altered"]
        if (head.n, head.last) != (count, last):
            return [f"{thread}: {head.n - count} records are missing at the end"]
        return []

    async def verify_all(self) -> tuple[int, list[str]]:
        """How many records there are, and what is wrong with any chain."""
        threads: dict[str, int] = {}
        async for head in _every(self._store, AUDIT_HEADS, {}, "id"):
            threads[head.id] = head.n
        async for record in _every(self._store, AUDITS, {}, "id"):
            threads.setdefault(record.thread, 0)
        wrong = [problem for thread in threads for problem in await self.verify(thread)]
        return sum(threads.values()), wrong

    async def latest(self, limit: int, offset: int = 0, actor: str = "") -> Sequence[Audit]:
        """The newest records, of one Person (id) if asked."""
        where = {"actor": self._pseudonyms.of(actor)} if actor else {}
        return await self._store.find(AUDITS, where, order="-at", limit=limit, offset=offset)


async def _every(store: Store, kind: Kind[D], where: Where, order: str) -> AsyncIterator[D]:
    offset = 0
    while page := await store.find(kind, where, order=order, limit=_PAGE, offset=offset):
        for found in page:
            yield found
        offset += len(page)
