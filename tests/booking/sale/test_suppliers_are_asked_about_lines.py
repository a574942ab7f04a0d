"""What becomes of a line whose supplier is silent, refuses, wants something else or is sold out."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from bench.stall import stall
from booking.cache import Found
from booking.offers import Offer, OfferKind
from booking.ports import CancelQuote, Reservation, Search, SoldOut
from booking.sale.cart import Line
from booking.sale.pricing import GONE, SILENT, Pricing
from bot.errors import AskAgain, Explain, RetryLater, Undeliverable, Unknown
from bot.money import Money
from tests.booking.bazaar import ATLAS, HandClock, wish


@dataclass(slots=True)
class Moody:
    """Sells one offer. `quotes` and `holds`: what it answers next, an error or None for the thing itself."""

    offer: Offer
    quotes: list[Exception | None] = field(default_factory=list)
    holds: list[Exception | None] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    async def quote(self, ref: str) -> Offer:
        self.asked.append("quote")
        if self.quotes and (wrong := self.quotes.pop(0)):
            raise wrong
        return self.offer

    async def hold(self, ref: str, *, key: str, names: Sequence[str], price: Money) -> Reservation:
        self.asked.append(key)
        if self.holds and (wrong := self.holds.pop(0)):
            raise wrong
        return Reservation(code="h", key=key, ref=ref, state="held", price=price, at=self.offer.fetched_at)

    async def confirm(
        self, ref: str, *, key: str, names: Sequence[str], price: Money, held: str = "", again: bool = False
    ) -> Reservation:
        raise NotImplementedError

    async def quote_cancel(self, ref: str, code: str, *, key: str) -> CancelQuote:
        raise NotImplementedError

    async def cancel(self, ref: str, code: str, *, key: str, quote: str = "") -> Reservation:
        raise NotImplementedError

    async def look_up(self, ref: str, key: str) -> Reservation | None:
        raise NotImplementedError

    async def for_party(self, ref: str, travelers: int) -> Offer:
        return self.offer

    async def search(self, wish: Search) -> Found:
        raise Explain("nobody answers")


async def sold(kind: OfferKind) -> Offer:
    """The first thing of a kind that can be held."""
    there = [o for s in stall("ana").sale_suppliers if kind in s.kinds for o in await s.search(wish(kind))]
    return next(o for o in there if o.holds and o.price)


@pytest.fixture
async def moody() -> Moody:
    return Moody(await sold(OfferKind.HOTEL))


def pricing(moody: Moody, clock: HandClock | None = None) -> Pricing:
    return Pricing(moody, moody, ATLAS, clock or HandClock())


@pytest.mark.parametrize("wrong", [RetryLater(1, "down"), Unknown("lost")])
async def test_a_silent_supplier_is_asked_three_times_with_longer_and_longer_pauses(
    moody: Moody, wrong: Exception
) -> None:
    clock = HandClock()
    moody.quotes = [wrong, wrong, wrong]
    assert await pricing(moody, clock).now(moody.offer) == "down"
    assert moody.asked == ["quote"] * 3 and clock.slept == 3.5
    moody.quotes = [wrong, None]
    assert await pricing(moody).now(moody.offer) == moody.offer


@pytest.mark.parametrize(("wrong", "told"), [(SoldOut("x"), "sold_out"), (Undeliverable("no"), "refused")])
async def test_a_supplier_that_says_no_is_asked_once(moody: Moody, wrong: Exception, told: str) -> None:
    moody.quotes = [wrong]
    assert await pricing(moody).now(moody.offer) == told and moody.asked == ["quote"]


async def held(moody: Moody) -> tuple[str, str]:
    """What becomes of its line: why not, and the code of its hold."""
    (found,) = await pricing(moody).held(
        [Line(id="l", offer=moody.offer, by="ana", at=moody.offer.fetched_at)], "k", ()
    )
    return found.why, found.hold.code if found.hold else ""


async def test_a_price_that_has_changed_is_asked_for_and_held(moody: Moody) -> None:
    moody.holds = [AskAgain("price", "dearer"), None]
    assert await held(moody) == ("", "h")
    assert moody.asked == ["k:l:hold:0", "quote", "k:l:hold:1"]


async def test_what_a_supplier_wants_besides_the_price_is_not_guessed(moody: Moody) -> None:
    moody.holds = [AskAgain("names", "who travels?")]
    assert await held(moody) == (SILENT, "") and moody.asked == ["k:l:hold:0"]


async def test_what_is_gone_is_told_apart_from_who_is_silent(moody: Moody) -> None:
    moody.holds = [SoldOut("x")]
    assert await held(moody) == (GONE, "")
    moody.holds = [RetryLater(1, "down")]
    assert await held(moody) == (SILENT, "")


async def test_where_nobody_answers_there_is_nothing_instead() -> None:
    flight = await sold(OfferKind.FLIGHT)
    assert await pricing(Moody(flight)).can_be_held(flight) == ()
