"""The sandbox service as we call it: as strict as a real one, with its moods on demand."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.controls import Fault, SandboxControls
from bot.documents import Insert, Replace
from bot.errors import Conflict, RetryLater, Undeliverable, Unknown
from bot.model import Entry, Job
from bot.money import Money, exponent
from bot.ports import Store
from payments.gateways.sandbox.books import (
    HELD_FOR,
    REFUNDED,
    Books,
    GivenBack,
    Held,
    Put,
    shown,
    timed,
    told,
)
from payments.gateways.sandbox.notices import Notices
from payments.hooks import notice_entry
from payments.ports import Notice, Payment, Refunded, Wanted

LONGEST = timedelta(hours=24)
_AFTER = 5
_MOODS = ("slow", "down", "timeout", "refused")
_HOLDS = (*_MOODS, "lapse")
_OPEN = ("asked", "declined")


class SandboxGateway:
    """PaymentGateway over the sandbox's own books. `base`: the address people's browsers reach us by."""

    name = "sandbox"

    def __init__(self, store: Store, clock: Clock, controls: SandboxControls, secret: str, base: str) -> None:
        self._clock, self._controls, self._base = clock, controls, base.rstrip("/")
        self._books = Books(store, clock, secret)
        self._notices = Notices(controls, clock, secret)

    def started_by(self, put: Put) -> None:
        """Who starts the Jobs that this service commits."""
        self._books.put = put

    def least(self, currency: str) -> Money:
        """Half a unit, and fifty of a currency without minor units."""
        digits = exponent(currency)
        return Money(10**digits // 2 if digits else 50, currency)

    async def ask(self, wanted: Wanted) -> Payment:
        fault = await self._mood("ask", wanted.title)
        if await self._books.payment(self._books.id_of(wanted.key)) is None:
            self._check(wanted)
        held = timed(await self._books.open(wanted), self._clock.now())
        _lose(fault)
        return self._shown(held)

    async def capture(self, payment: str, amount: Money, *, key: str) -> Payment:
        held = await self._there(payment)
        fault = await self._mood("capture", held.title, _HOLDS)
        held = await self._changed(payment, lambda now: _captured(now, amount, fault), "capture")
        if held.state != "captured":
            raise Undeliverable(f"nothing is held: {held.why or held.state}")
        _lose(fault)
        return self._shown(held)

    async def void(self, payment: str, *, key: str) -> Payment:
        held = await self._there(payment)
        fault = await self._mood("void", held.title)
        if (await self._there(payment)).state == "captured":
            raise Undeliverable("it was captured already")
        held = await self._changed(payment, _voided, "void")
        if held.state == "captured":
            raise Undeliverable("it was captured already")
        _lose(fault)
        return self._shown(held)

    async def refund(self, payment: str, amount: Money, *, key: str) -> Refunded:
        held = await self._there(payment)
        fault = await self._mood("refund", held.title)
        while True:
            back = await self._given_back(held, amount, key)
            if back is not None:
                _lose(fault)
                return told(back)
            held = await self._there(payment)

    async def look_up(self, payment: str) -> Payment | None:
        held = await self._books.payment(payment)
        if held is None:
            return None
        fault = await self._mood("look_up", held.title, _HOLDS if held.state == "authorized" else _MOODS)
        held = await self._changed(payment, lambda now: _lapsed(now, fault), "lapse")
        _lose(fault)
        return self._shown(held)

    async def look_up_key(self, key: str) -> Payment | Refunded | None:
        _lose(await self._mood("look_up", key))
        back = await self._books.refund(self._books.id_of(key, "ref"))
        if back is not None:
            return told(back)
        held = await self._books.payment(self._books.id_of(key))
        return self._shown(held) if held else None

    def read_notification(self, headers: Mapping[str, str], body: bytes) -> Notice:
        return self._notices.read(headers, body)

    async def page(self, id: str) -> Held | None:
        """What the hosted page shows."""
        return await self._books.payment(id)

    async def pay(self, id: str) -> Held:
        """The payer pressed Pay: hold the money. What is over stays as it is. RetryLater, Unknown as on a bad day."""
        held = await self._there(id)
        fault = await self._mood("authorise", held.title, _HOLDS)
        until = self._clock.now() + HELD_FOR
        held = await self._changed(id, lambda now: _authorized(now, until, fault), "authorise")
        _lose(fault)
        return held

    async def decline(self, id: str) -> Held:
        """The payer pressed Decline; they may still change their mind while the page is open."""
        return await self._changed(id, _declined, "decline")

    async def notify(self, job: Job) -> Entry | None:
        """A notice on its way: signed and read back exactly as one that comes over HTTP."""
        headers, body = self._notices.signed(job)
        notice = self.read_notification(headers, body)
        return notice_entry(self.name, notice, self._clock.now())

    async def alarm(self, job: Job) -> Entry | None:
        """A page or a hold may have ended by itself, a refund may have arrived."""
        if "refund" in job.args:
            await self._arrived(job.args["refund"])
            return None
        await self._changed(str(job.args["id"]), lambda held: held, "expire")
        return None

    async def _there(self, id: str) -> Held:
        return timed(await self._books.stored(id), self._clock.now())

    async def _changed(self, id: str, change: Callable[[Held], Held], call: str) -> Held:
        """A payment after a change, written and told of if it did change."""
        while True:
            stored = await self._books.stored(id)
            anew = change(timed(stored, self._clock.now()))
            if anew == stored:
                return anew
            jobs = await self._notices.of(anew, call)
            if anew.held_until and anew.state == "authorized":
                jobs.append(self._books.alarm(anew, anew.held_until))
            try:
                return await self._books.keep(anew, jobs)
            except Conflict:
                continue

    async def _given_back(self, held: Held, amount: Money, key: str) -> GivenBack | None:
        """The refund under this key; None if the books changed meanwhile."""
        id = self._books.id_of(key, "ref")
        there = await self._books.refund(id)
        if there is not None:
            if (there.payment, there.amount) != (held.id, amount):
                raise Undeliverable(f"request key {key} was used for something else")
            return there
        if held.state != "captured" or amount.minor <= 0 or held.refunded + amount.minor > held.captured:
            raise Undeliverable(f"{amount} cannot be given back of {held.amount}")
        later = await self._controls.take("payments", "refund", held.title, kinds=("late_notice",))
        back = GivenBack(id=id, key=key, payment=held.id, amount=amount, state="in_transit" if later else "done")
        anew = replace(held, refunded=held.refunded + amount.minor)
        jobs = [self._books.arrival(anew, back, later.by)] if later else await self._notices.of(anew, "refund", key)
        try:
            await self._books.keep(anew, jobs, [Insert(REFUNDED, back)])
        except Conflict:
            return None
        return back

    async def _arrived(self, id: str) -> None:
        back = await self._books.refund(id)
        if back is None or back.state != "in_transit":
            return
        held = await self._there(back.payment)
        jobs = await self._notices.of(held, "refund", back.key)
        await self._books.keep(held, jobs, [Replace(REFUNDED, replace(back, state="done"))])

    def _check(self, wanted: Wanted) -> None:
        if wanted.amount < self.least(wanted.amount.currency):
            raise Undeliverable(f"{wanted.amount} is less than {self.least(wanted.amount.currency)}")
        if not timedelta() < wanted.until - self._clock.now() <= LONGEST:
            raise Undeliverable("a page is open for some time, 24 hours at most")
        if not wanted.title.strip() or len(wanted.title) > 250:
            raise Undeliverable("a page has a title of 1 to 250 characters")

    async def _mood(self, call: str, title: str, kinds: Sequence[str] = _MOODS) -> Fault | None:
        """What was arranged for this call: raises what has no effect, returns what strikes after it."""
        fault = await self._controls.take("payments", call, title, kinds=kinds)
        if fault is None:
            return None
        if fault.kind == "down":
            raise RetryLater(_AFTER, "the payment service is down")
        if fault.kind == "refused" and call != "authorise":
            raise Undeliverable(f"the payment service refuses {call}")
        if fault.kind == "slow":
            await self._clock.sleep(fault.by)
        return fault

    def _shown(self, held: Held) -> Payment:
        return shown(held, f"{self._base}/checkout/{held.id}")


def _captured(held: Held, amount: Money, fault: Fault | None) -> Held:
    if held.state == "captured":
        if held.captured != amount.minor:
            raise Undeliverable(f"{Money(held.captured, amount.currency)} was captured already")
        return held
    if held.state != "authorized":
        raise Undeliverable(f"nothing is held: {held.why or held.state}")
    if fault is not None and fault.kind == "lapse":
        return _lapsed(held, fault)
    if amount.minor <= 0 or amount > held.amount:
        raise Undeliverable(f"{amount} cannot be taken of {held.amount}")
    return replace(held, state="captured", captured=amount.minor, fee=amount.ratio(29, 1000).minor)


def _lapsed(held: Held, fault: Fault | None) -> Held:
    if held.state != "authorized" or fault is None or fault.kind != "lapse":
        return held
    return replace(held, state="lapsed", why="the hold has ended")


def _voided(held: Held) -> Held:
    return replace(held, state="voided") if held.state in (*_OPEN, "authorized") else held


def _declined(held: Held) -> Held:
    return replace(held, state="declined", why="the payer said no") if held.state == "asked" else held


def _authorized(held: Held, until: datetime, fault: Fault | None) -> Held:
    if held.state not in _OPEN:
        return held
    if fault is not None and fault.kind == "refused":
        return replace(held, state="declined", why="the card was refused")
    if fault is not None and fault.kind == "lapse":
        return replace(held, state="lapsed", why="the hold has ended", held_until=until)
    return replace(held, state="authorized", held_until=until, why="")


def _lose(fault: Fault | None) -> None:
    if fault is not None and fault.kind == "timeout":
        raise Unknown("the answer was lost")
