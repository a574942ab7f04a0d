"""A sandbox supplier: the world behind the door that every supplier has, with a real one's delays and moods."""

from collections.abc import Sequence
from dataclasses import replace

from booking.offers import Offer, OfferKind
from booking.ports import CancelQuote, CannotHold, Reservation, Search, SoldOut, TooFew
from booking.providers.sandbox.catalogue import Catalogue, answers
from booking.providers.sandbox.changes import Changes
from booking.providers.sandbox.market import Seller
from booking.providers.sandbox.orders import Orders
from booking.providers.sandbox.refs import Ref
from bot.clock import Clock
from bot.controls import Fault, SandboxControls
from bot.errors import AskAgain, RetryLater, Undeliverable, Unknown
from bot.money import Money

_MOST = 50
_AFTER = 5.0
_WORDS = {"hold": "hold\nreserve", "confirm": "confirm\nreserve"}  # either way something is reserved
_ANSWERS = ("slow", "down", "timeout", "refused")
_BUYING = "reprice\nreserve\nlook_up"  # by these names a fault strikes what is held
_SALES = (*_ANSWERS, "sold_out", "price_up")


class SandboxSupplier:
    """InventoryProvider over the sandbox world. `delay`: milliseconds that an answer takes, at least and at most."""

    def __init__(
        self, seller: Seller, catalogue: Catalogue, changes: Changes, orders: Orders, controls: SandboxControls,
        clock: Clock, delay: tuple[int, int],
    ) -> None:  # fmt: skip
        self.code = seller.code
        self.name = seller.name
        self.kinds: frozenset[OfferKind] = seller.kinds
        self._seller = seller
        self._catalogue = catalogue
        self._changes = changes
        self._orders = orders
        self._controls = controls
        self._clock = clock
        self._delay = delay

    async def search(self, wish: Search) -> tuple[Offer, ...]:
        refs = list(self._catalogue.refs(self._seller, wish))
        there = await self._there(refs)
        fault = await self._answer("search", wish, there, _SALES)
        offers = there if fault is None else await self._there(refs)
        _lose(fault)
        return tuple([offer for offer in offers if answers(wish, offer)][:_MOST])

    async def reprice(self, ref: str) -> Offer:
        offer = await self._one(ref)
        fault = await self._answer("reprice", ref, [offer], _SALES)
        offer = await self._one(ref)
        _lose(fault)
        return _to_be_had(offer)

    async def for_party(self, ref: str, travelers: int) -> Offer:
        return await self.reprice(str(_ref(ref).for_party(travelers)))

    async def hold(self, ref: str, *, key: str, names: Sequence[str], price: Money) -> Reservation:
        return await self._place("hold", ref, key, names, price)

    async def reserve(self, ref: str, *, key: str, names: Sequence[str], price: Money) -> Reservation:
        return await self._place("reserve", ref, key, names, price)

    async def _place(self, call: str, ref: str, key: str, names: Sequence[str], price: Money) -> Reservation:
        asked = f"{call} {ref}"
        placed = await self._orders.same(key, asked, self._clock.now())
        if placed is not None:
            return placed
        fault = await self._answer(call, key, [await self._one(ref)], _SALES)
        while placed is None:
            n = await self._orders.newest(_ref(ref)) + 1
            offer = _to_be_had(await self._one(ref))
            _check(offer, names, price)
            if call == "hold" and not offer.holds:
                raise CannotHold(ref)
            hold = (offer.holds, offer.holds // 2) if call == "hold" else None
            placed = await self._orders.place(
                key, offer, price, self._clock.now(), asked=asked, ref=_ref(ref), n=n, hold=hold
            )
        _lose(fault)
        return placed

    async def confirm(self, code: str, *, key: str, price: Money) -> Reservation:
        placed = await self._orders.same(key, f"confirm {code}", self._clock.now())
        if placed is not None:
            return placed
        order = await self._orders.held(code, self._clock.now())
        fault = await self._answer("confirm", key, await self._there([_ref(order.ref)]), _ANSWERS)
        now = self._clock.now()
        if order.price_until is not None and now < order.price_until:
            due: Money | None = order.price
        else:
            due = (await self._one(order.ref)).price
        if due != price:
            raise AskAgain("price", f"It costs {due} now, not {price}.")
        reservation = await self._orders.confirm(code, key, price, now)
        _lose(fault)
        return reservation

    async def quote_cancel(self, code: str, *, key: str) -> CancelQuote:
        fault = await self._answer("quote", key, (), _ANSWERS)
        quote = await self._orders.quote(code, self._clock.now())
        _lose(fault)
        return quote

    async def cancel(self, code: str, *, key: str, quote: str = "") -> Reservation:
        fault = await self._answer("cancel", key, (), _ANSWERS)
        reservation = await self._orders.cancel(code, quote, self._clock.now())
        _lose(fault)
        return reservation

    async def look_up(self, key: str) -> Reservation | None:
        _lose(await self._answer("look_up", key, (), _ANSWERS))
        await self._break_word(key)
        found, now = await self._orders.find(key, self._clock.now()), self._clock.now()
        if found is None or found.state != "held" or (found.price_until is not None and now < found.price_until):
            return found
        today = (await self._one(found.ref)).price
        return replace(found, price=today) if today is not None else found

    async def _break_word(self, key: str) -> None:
        """What was arranged may strike what is held: the supplier forgets the price or the space it promised."""
        order = await self._orders.holding(key, self._clock.now())
        there = await self._there([_ref(order.ref)]) if order else []
        names = [f"{offer.title} {offer.ref}" for offer in there]
        kinds = ("price_up", "sold_out")
        fault = await self._controls.take("inventory", self.name, _BUYING, *names, kinds=kinds) if there else None
        if fault is not None:
            await self._happen(fault, _BUYING, there)
            await self._orders.broken(key, self._clock.now(), gone=fault.kind == "sold_out")

    async def _there(self, refs: Sequence[Ref]) -> list[Offer]:
        moments = await self._changes.moments(refs, self._clock.now())
        offers = (self._catalogue.offer(ref, moment) for ref, moment in zip(refs, moments, strict=True))
        return [offer for offer in offers if offer]

    async def _one(self, ref: str) -> Offer:
        read = Ref.read(ref)
        there = await self._there([read]) if read and read.seller == self.code else []
        if not there:
            raise SoldOut(ref)
        return there[0]

    async def _answer(self, call: str, key: object, offers: Sequence[Offer], kinds: Sequence[str]) -> Fault | None:
        """Take the time an answer takes, and what was arranged for this call: raises what has no effect."""
        await self._clock.sleep(self._catalogue.dice.number(*self._delay, "delay", self.code, call, key) / 1000)
        names = [f"{offer.title} {offer.ref}" for offer in offers]
        words = _WORDS.get(call, call)
        fault = await self._controls.take("inventory", self.name, words, *names, kinds=kinds)
        if fault is None:
            return None
        if fault.kind == "down":
            raise RetryLater(_AFTER, f"{self.name} is down")
        if fault.kind == "refused":
            raise Undeliverable(f"{self.name} refuses {call}")
        await self._happen(fault, words, offers)
        return fault

    async def _happen(self, fault: Fault, call: str, offers: Sequence[Offer]) -> None:
        if fault.kind == "slow":
            await self._clock.sleep(fault.by)
        if fault.kind in ("sold_out", "price_up"):
            everything = fault.match.casefold() in f"{self.name}\n{call}".casefold()
            struck = [o for o in offers if everything or fault.match.casefold() in f"{o.title} {o.ref}".casefold()]
            gone = fault.kind == "sold_out"
            refs = [ref for offer in struck if (ref := Ref.read(offer.ref))]
            await self._changes.add(refs, self._clock.now(), percent=0 if gone else fault.by, gone=gone)


def _lose(fault: Fault | None) -> None:
    if fault is not None and fault.kind == "timeout":
        raise Unknown("the answer was lost")


def _to_be_had(offer: Offer) -> Offer:
    if not offer.roomy:
        raise TooFew(offer) if offer.left else SoldOut(offer.ref, offer)
    return offer


def _ref(ref: str) -> Ref:
    read = Ref.read(ref)
    if read is None:
        raise SoldOut(ref)
    return read


def _check(offer: Offer, names: Sequence[str], price: Money) -> None:
    if not offer.bookable:
        raise Undeliverable(f"{offer.supplier} takes no orders for {offer.title}: it is paid on the spot")
    if offer.price != price:
        raise AskAgain("price", f"It costs {offer.price} now, not {price}.")
    if offer.named and len(names) != offer.travelers:
        raise AskAgain("names", f"The airline needs {offer.travelers} names, one for each traveller.")
