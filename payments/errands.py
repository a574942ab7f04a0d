"""Errands: the Jobs that call the payment service; each ends in one Entry of the Thread and changes nothing itself.

After no answer the service is asked what happened before anything is repeated."""

import math
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.clock import Clock
from bot.codec import from_plain, to_plain
from bot.documents import Insert
from bot.errors import Conflict, RetryLater, Undeliverable, Unknown
from bot.jobs import Work
from bot.model import JOBS, Entry, Job
from bot.money import Money
from bot.ports import Store
from bot.reading import all_of
from payments.model import COLLECTIONS, REFUNDS, Collection, Refund
from payments.ports import Payment, PaymentGateway, Refunded, Wanted
from payments.steps import WATCH

PATIENCE = 3  # looks at the deadline before time is up whatever the service says
_LONGEST = 300  # seconds between two tries
_STILL = timedelta(minutes=3)
_SELDOM, _RARELY = 4, 8  # doublings of the time between two looks
_AWAITED = ("link_sent", "declined", "authorized")


class Errands:
    """What is done outside the lane."""

    def __init__(self, store: Store, clock: Clock, gateway: PaymentGateway) -> None:
        self._store, self._clock, self._gateway = store, clock, gateway

    def work(self) -> dict[str, Work]:
        """Job name -> what to do."""
        done: dict[str, Callable[[Job], Awaitable[Entry | None]]] = {
            "ask_payment": self._ask, "check_payment": self._check, "capture_payment": self._capture,
            "void_payment": self._void, "refund_payment": self._refund,
        }  # fmt: skip
        patient: dict[str, Work] = {name: self._patiently(work) for name, work in done.items()}
        return {
            **patient, "payments_deadline": self._patiently(self._deadline), "payments_watch": self._watch,
            "payments_remind": self._remind,
            "refund_again": self._refund_again,
        }  # fmt: skip

    def _patiently(self, work: Work) -> Work:
        """What the service cannot do now is tried again later; the lane decides whether it is still wanted."""

        async def run(job: Job) -> Entry | None:
            try:
                return await work(job)
            except RetryLater as busy:
                return self._later(job, math.ceil(busy.after), unsure=bool(job.args.get("unsure")))
            except (Unknown, Undeliverable):
                return self._later(job, 0, unsure=True)

        return run

    def _later(self, job: Job, after: int, *, unsure: bool) -> Entry:
        tries = int(job.args.get("tries", 0)) + 1
        pause = min(max(after, 2 ** min(tries, 12)), _LONGEST)
        args = {**job.args, "tries": tries, "unsure": unsure}
        return self._ended(job, "later", errand=job.name, args=args, after=pause)

    async def _ask(self, job: Job) -> Entry:
        wanted = from_plain(job.args["wanted"], Wanted)
        found = await self._before(job, wanted.key)
        try:
            payment = found if isinstance(found, Payment) else await self._gateway.ask(wanted)
        except Undeliverable as cause:
            return self._ended(job, "not_asked", why=str(cause), key=wanted.key)
        except Unknown:
            known = await self._gateway.look_up_key(wanted.key)
            if not isinstance(known, Payment):
                return self._later(job, 0, unsure=True)
            payment = known
        return self._looked(job, payment)

    async def _before(self, job: Job, key: str) -> Payment | Refunded | None:
        """What became of an earlier try of this Job that may have reached the service."""
        if job.attempts > 1 or job.args.get("unsure"):
            return await self._gateway.look_up_key(key)
        return None

    async def _check(self, job: Job) -> Entry | None:
        """By the payment's id, by its request key where no id is known."""
        if job.args.get("payment"):
            found = await self._gateway.look_up(job.args["payment"])
        else:
            known = await self._gateway.look_up_key(job.args["key"])
            found = known if isinstance(known, Payment) else None
        return self._looked(job, found) if found else self._ended(job, "not_there", key=job.args.get("key", ""))

    async def _capture(self, job: Job) -> Entry | None:
        """Only what the lane still waits for: another try may have had the answer that it has failed."""
        c = await self._store.get(COLLECTIONS, job.args["collection"])
        share = c.share(job.args["share"]) if c else None
        if share is None or share.state != "authorized":
            return None
        amount = from_plain(job.args["amount"], Money)
        payment, key = job.args["payment"], job.args["key"]
        try:
            return self._looked(job, await self._gateway.capture(payment, amount, key=key))
        except Undeliverable as cause:
            found = await self._gateway.look_up(payment)
            if found is not None and found.state == "captured":
                return self._looked(job, found)
            return self._ended(job, "not_captured", why=str(cause), payment=to_plain(found))
        except Unknown:
            return await self._unless(job, payment, ("captured", "voided", "lapsed"))

    async def _void(self, job: Job) -> Entry:
        payment = job.args["payment"]
        try:
            return self._looked(job, await self._gateway.void(payment, key=job.args["key"]))
        except (Undeliverable, Unknown):
            return await self._unless(job, payment, ("captured", "voided", "lapsed", "expired"))

    async def _unless(self, job: Job, payment: str, ended: Iterable[str]) -> Entry:
        """What happened, if it did; else the same again, under the same key."""
        found = await self._gateway.look_up(payment)
        if found is not None and found.state in ended:
            return self._looked(job, found)
        return self._later(job, 0, unsure=True)

    async def _refund(self, job: Job) -> Entry | None:
        refund = await self._store.get(REFUNDS, job.args["refund"])
        if refund is None or refund.state not in ("requested", "in_transit"):
            return None
        found = await self._before(job, refund.key)
        if refund.state == "in_transit":
            found = found or await self._gateway.look_up_key(refund.key)
        try:
            back = found if isinstance(found, Refunded) else await self._give_back(refund)
        except Undeliverable as cause:
            return self._ended(job, "not_refunded", refund=refund.id, why=str(cause), key=refund.key)
        except Unknown:
            known = await self._gateway.look_up_key(refund.key)
            if not isinstance(known, Refunded):
                return self._later(job, 0, unsure=True)
            back = known
        return self._ended(job, "refund_looked", refund=refund.id, refunded=to_plain(back))

    async def _give_back(self, refund: Refund) -> Refunded:
        return await self._gateway.refund(refund.payment, refund.amount, key=refund.key)

    async def _deadline(self, job: Job) -> Entry | None:
        """Time is up: look a last time at every page, as far as the service answers."""
        c = await self._store.get(COLLECTIONS, job.args["collection"])
        if c is None or c.state not in ("open", "collecting") or self._clock.now() < c.deadline:
            return None
        last = int(job.args.get("tries", 0)) >= PATIENCE
        return self._timed(job, "payments_deadline", await self._looks(c, forgiving=last))

    async def _refund_again(self, job: Job) -> Entry:
        """A refund that failed is asked for once more."""
        return self._ended(job, "refund_again", refund=job.args["refund"])

    async def _remind(self, job: Job) -> Entry | None:
        c = await self._store.get(COLLECTIONS, job.args["collection"])
        if c is None or c.state not in ("open", "collecting"):
            return None
        return self._timed(job, "payments_remind", [])

    async def _watch(self, job: Job) -> Entry | None:
        """Look at what is open, for notices that were lost; an Entry only if something has changed or stands still."""
        c = await self._store.get(COLLECTIONS, job.args["collection"])
        refunds = await all_of(self._store, REFUNDS, {"collection": job.args["collection"]})
        waiting = [r for r in refunds if r.state in ("requested", "in_transit")]
        if c is None or not (_awaits(c) or waiting):
            return None
        looks, back = await self._looks(c, forgiving=True), await self._came(waiting)
        await self._again(job, _SELDOM if _awaits(c) else _RARELY)
        lost = [r.id for r in waiting if r.state == "requested" and self._clock.now() - r.at > _STILL]
        late = c.state in ("open", "collecting") and self._clock.now() - c.deadline > _STILL
        still = late or lost or back or any(s.state in ("invited", "auth_expired") for s in c.shares)
        if not still and all(self._known(c, look) for look in looks):
            return None
        return self._timed(job, "payments_watch", looks, refunds=back, lost=lost)

    async def _came(self, refunds: Sequence[Refund]) -> list[dict[str, Any]]:
        """Refunds that the service says have moved on: {"refund", "refunded"}."""
        found = []
        for refund in refunds:
            try:
                known = await self._gateway.look_up_key(refund.key)
            except (RetryLater, Unknown, Undeliverable):
                continue
            if isinstance(known, Refunded) and known.state != refund.state:
                found.append({"refund": refund.id, "refunded": to_plain(known)})
        return found

    async def _again(self, job: Job, seldom: int) -> None:
        n = int(job.args["n"]) + 1
        due = self._clock.now() + WATCH * 2 ** min(n, seldom)
        base = job.id.partition("+")[0]
        again = Job(id=f"{base}+{n}", name=job.name, thread=job.thread, due_at=due, args={**job.args, "n": n})
        try:
            await self._store.commit([Insert(JOBS, again)])
        except Conflict:
            return

    def _known(self, c: Collection, look: dict[str, Any]) -> bool:
        share = c.share(look["share"])
        state = look["payment"]["state"]
        same = {"asked": "link_sent"}.get(state, state)
        return share is not None and share.state == same and not share.letting_go and not share.taking

    async def _looks(self, c: Collection, *, forgiving: bool) -> list[dict[str, Any]]:
        """How the open payments of a collection stand: {"share", "payment"}. `forgiving`: as far as it answers."""
        found = []
        for share in c.shares:
            if share.state not in _AWAITED or not share.payment:
                continue
            try:
                payment = await self._gateway.look_up(share.payment)
            except (RetryLater, Unknown, Undeliverable):
                if not forgiving:
                    raise
                continue
            if payment is not None:
                found.append({"share": share.id, "payment": to_plain(payment)})
        return found

    def _looked(self, job: Job, payment: Payment) -> Entry:
        return self._ended(job, "looked", payment=to_plain(payment))

    def _ended(self, job: Job, topic: str, **value: Any) -> Entry:
        about: dict[str, Any] = {k: job.args[k] for k in ("collection", "share", "step") if k in job.args}
        return Entry(
            id=f"{job.thread}:payment:{job.id}", thread=job.thread, what="payment", at=self._clock.now(),
            value={"topic": topic, **about, **value},
        )  # fmt: skip

    def _timed(self, job: Job, topic: str, looks: list[dict[str, Any]], **more: Any) -> Entry:
        entry = self._ended(job, topic, looks=looks, **more)
        return replace(entry, id=f"{job.thread}:timer:{job.id}", what="timer")


def _awaits(c: Collection) -> bool:
    """Whether anything of a collection may still move by itself."""
    return c.state not in ("released", "committed") or any(
        s.state in ("invited", *_AWAITED) and (s.role == "debt" or s.letting_go) for s in c.shares
    )
