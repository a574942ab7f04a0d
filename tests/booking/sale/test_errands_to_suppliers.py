"""Errands to suppliers, one answer at a time: what is asked, what is believed, and what is never sent twice."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from booking.cache import Found
from booking.offers import Offer, OfferKind
from booking.ports import CancelQuote, CannotHold, FlightSearch, QuoteOver, Reservation, Search, SoldOut
from booking.sale.bookings import BOOKINGS, CHECKOUTS, Booking, Checkout
from booking.sale.counter import Counter
from booking.sale.ordering import Ordering
from booking.sale.pricing import Pricing
from booking.sale.travellers import Names
from bot.codec import to_plain
from bot.documents import Insert
from bot.errors import AskAgain, Explain, RetryLater, Undeliverable, Unknown
from bot.model import Entry, Job
from bot.money import Money
from bot.sealed import Sealer
from tests.booking.bazaar import ATLAS, HandClock
from tests.booking.sale.single import BEACH, HILL, NOW, ask, booking, kes, line, offer
from tests.payments.shelf import Shelf

LATER = NOW + timedelta(hours=1)
DOWN, LOST, NO = RetryLater(1, "down"), Unknown("lost"), Undeliverable("no")


def kept(state: str = "held", minor: int = 10_000, **more: Any) -> Reservation:
    told: dict[str, Any] = {"until": LATER, "price_until": LATER, **more}
    return Reservation(code="h", key="hk", ref="o1", state=state, price=kes(minor), at=NOW, **told)


@dataclass(slots=True)
class Seller:
    """A supplier, and a counter before it, that gives the answers it was told to; the last one of a call again and
    again."""

    answers: dict[str, list[Any]] = field(default_factory=dict)
    heard: list[tuple[Any, ...]] = field(default_factory=list)

    def _said(self, call: str, *about: Any) -> Any:
        self.heard.append((call, *about))
        waiting = self.answers.get(call) or [LOST]
        answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def quote(self, ref: str) -> Any:
        return self._said("quote", ref)

    async def for_party(self, ref: str, travelers: int) -> Any:
        return self._said("for_party", ref, travelers)

    async def hold(self, ref: str, *, key: str, names: Sequence[str], price: Money) -> Any:
        return self._said("hold", key, tuple(names), price)

    async def confirm(
        self, ref: str, *, key: str, names: Sequence[str] = (), price: Money, held: str = "", again: bool = False
    ) -> Any:
        return self._said("confirm", key, tuple(names), held, again)

    async def reserve(self, ref: str, *, key: str, names: Sequence[str], price: Money) -> Any:
        return self._said("reserve", key)

    async def quote_cancel(self, ref: str, code: str = "", *, key: str) -> Any:
        return self._said("quote_cancel", key)

    async def cancel(self, ref: str, code: str = "", *, key: str, quote: str = "") -> Any:
        return self._said("cancel", code, key, quote)

    async def look_up(self, ref: str, key: str = "") -> Any:
        return self._said("look_up", key or ref)

    async def search(self, wish: Search) -> Any:
        return self._said("search", wish)


@dataclass(slots=True)
class Desk:
    """The errands of one trip."""

    seller: Seller
    store: Shelf = field(default_factory=Shelf)
    clock: HandClock = field(default_factory=lambda: HandClock(NOW))

    def pricing(self) -> Pricing:
        return Pricing(self.seller, self.seller, ATLAS, self.clock)

    def ordering(self) -> Ordering:
        names = Names(self.store, Sealer("s"))
        return Ordering(self.store, self.seller, self.pricing(), names, self.clock)

    async def keeps(self, *bookings: Booking) -> None:
        await self.store.commit([Insert(BOOKINGS, b) for b in bookings])

    async def does(self, errand: str, *ids: str, attempts: int = 1, **args: Any) -> dict[str, Any]:
        entry = await getattr(self.ordering(), errand)(job(*ids, attempts=attempts, **args))
        assert isinstance(entry, Entry)
        return entry.value


def job(*ids: str, attempts: int = 1, **args: Any) -> Job:
    told = {"checkout": "k", "bookings": list(ids), "round": 1, **args}
    return Job(id="j", name="n", thread="trip", due_at=NOW, args=told, attempts=attempts)


async def desk(*bookings: Booking, **answers: list[Any]) -> Desk:
    made = Desk(Seller(dict(answers)))
    await made.keeps(*bookings)
    return made


@pytest.mark.parametrize(
    ("hold", "looked", "believed"),
    [
        (kept(), kept(), True), (kept(), DOWN, True), (kept(), LOST, True), (kept(), NO, True),
        (kept(), None, False), (kept(), kept("lapsed"), False), (kept(), kept(price_until=NOW), False),
        (kept(), kept(price_until=None), False), (kept(price_until=NOW), kept(), False),
        (kept(price_until=None), kept(), False), (None, kept(), False),
    ],
)  # fmt: skip
async def test_a_held_price_is_believed_by_the_suppliers_word_or_its_promise(
    hold: Reservation | None, looked: Any, believed: bool
) -> None:
    d = await desk(booking(1, hold=hold), look_up=[looked], quote=[offer(1, 12_000)])
    (told,) = (await d.does("price", "b1"))["lines"]
    assert told["price"]["minor"] == (10_000 if believed else 12_000) and ("offer" in told) is not believed


@pytest.mark.parametrize(
    ("hold", "looked", "ours"),
    [
        (kept(price_until=None), kept(minor=11_000), True), (kept(price_until=None), kept("lapsed"), False),
        (kept(price_until=None), None, False), (kept(price_until=None), LOST, False),
        (kept(price_until=None, until=NOW), kept(), False), (kept(price_until=None, until=None), kept(), False),
        (None, kept(), False),
    ],
)  # fmt: skip
async def test_what_is_sold_out_for_others_is_ours_while_a_hold_stands(
    hold: Reservation | None, looked: Any, ours: bool
) -> None:
    d = await desk(booking(1, hold=hold), look_up=[looked], quote=[SoldOut("o1")])
    (told,) = (await d.does("price", "b1"))["lines"]
    assert told == (
        {**told, "price": {"minor": 11_000, "currency": "KES"}} if ours else {"booking": "b1", "why": "sold_out"}
    )


@pytest.mark.parametrize(
    ("answer", "state", "why"),
    [
        (kept("confirmed"), "confirmed", None), (kept("held"), "none", None), (kept("lapsed"), "none", None),
        (kept("cancelled"), "cancelled", None), (LOST, "unknown", None), (SoldOut("o1"), "refused", "sold_out"),
        (AskAgain("price", "p"), "refused", "price"), (AskAgain("names", "n"), "refused", "names"),
        (AskAgain("day", "d"), "refused", "refused"), (NO, "refused", "refused"),
        (Explain("e"), "refused", "refused"), (DOWN, "refused", "down"),
    ],
)  # fmt: skip
async def test_what_an_order_comes_to(answer: Any, state: str, why: str | None) -> None:
    d = await desk(booking(1), confirm=[answer])
    (told,) = (await d.does("place", "b1", "gone"))["lines"]
    assert (told["state"], told.get("why")) == (state, why)
    assert (told.get("code"), told.get("price")) == (
        ("h", to_plain(kes(10_000))) if state == "confirmed" else (None, None)
    )
    assert d.clock.slept == (7.5 if answer is DOWN else 0) and len(d.seller.heard) == (4 if answer is DOWN else 1)


@pytest.mark.parametrize(("until", "held"), [(LATER, "h"), (NOW, ""), (None, "")])
@pytest.mark.parametrize("attempts", [1, 2])
async def test_an_order_uses_what_is_held_and_says_if_it_may_have_been_sent(
    until: Any, held: str, attempts: int
) -> None:
    d = await desk(booking(1, hold=kept(until=until)), confirm=[kept("confirmed")])
    await d.does("place", "b1", attempts=attempts)
    assert d.seller.heard == [("confirm", "booking:b1:place:1", (), held, attempts > 1)]


async def test_an_order_gets_as_many_names_as_travel_of_who_opened_it() -> None:
    flight = offer(1, named=True, travelers=2)
    d = await desk(booking(1, of=flight), booking(2, of=flight, checkout="none"), confirm=[kept("confirmed")])
    op = await Names(d.store, Sealer("s")).keep(ask(), ["Ana A", "Ben B", "Chi C"])
    checkout = Checkout(
        id="k", thread="trip", organiser="zed", currency="KES", bookings=("b1",), at=NOW, deadline=LATER, names="ana"
    )
    await d.store.commit([op, Insert(CHECKOUTS, checkout)])
    await d.does("place", "b1", "b2")
    assert [heard[2] for heard in d.seller.heard] == [("Ana A", "Ben B"), ()]


@pytest.mark.parametrize(
    ("answer", "state"),
    [(kept("confirmed"), "confirmed"), (None, "none"), (kept("held"), "none"), (LOST, "silent"), (NO, "silent")],
)
async def test_what_became_of_an_order_is_what_the_supplier_says(answer: Any, state: str) -> None:
    d = await desk(booking(1), look_up=[answer])
    told = await d.does("look_up", "b1")
    assert (told["state"], told["booking"], told["topic"]) == (state, "b1", "looked")
    assert d.seller.heard == [("look_up", "booking:b1:place:1")]


def cancel_quote(refund: int, id: str = "q2") -> CancelQuote:
    return CancelQuote(id=id, code="S1", price=kes(10_000), refund=kes(refund), until=LATER)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (kept("cancelled", refund=kes(500)), {"state": "cancelled", "refund": to_plain(kes(500))}),
        (kept("cancelled"), {"state": "cancelled", "refund": None}), (kept("confirmed"), {"state": "standing"}),
        (LOST, {"state": "unknown"}), (DOWN, {"state": "unknown"}),
        (SoldOut("x"), {"state": "refused", "why": "sold_out"}),
        (NO, {"state": "refused", "why": "refused"}), (QuoteOver("q1"), {"state": "over"}),
    ],
)  # fmt: skip
async def test_what_a_cancellation_comes_to(answer: Any, told: dict[str, Any]) -> None:
    d = await desk(booking(1, quote=None), cancel=[answer])
    value = await d.does("cancel", "b1", quote="q1")
    assert {k: v for k, v in value.items() if k not in ("topic", "checkout", "booking")} == told
    assert d.clock.slept == (7.5 if answer is DOWN else 0)


@pytest.mark.parametrize(("newer", "second", "state"), [(500, kept("cancelled"), "cancelled"), (400, None, "over"),
                                                        (500, QuoteOver("q2"), "over")])  # fmt: skip
async def test_a_newer_quote_is_as_good_once_if_it_gives_back_the_same(newer: int, second: Any, state: str) -> None:
    d = await desk(
        booking(1, quote=cancel_quote(500, "q1")), cancel=[QuoteOver("q1"), second], quote_cancel=[cancel_quote(newer)]
    )
    assert (await d.does("cancel", "b1", quote="q1"))["state"] == state
    asked = [heard[-1] for heard in d.seller.heard if heard[0] == "cancel"]
    assert asked == (["q1"] if newer == 400 else ["q1", "q2"])


@pytest.mark.parametrize(
    ("answer", "state"),
    [(kept("cancelled"), "cancelled"), (kept("confirmed"), "standing"), (None, "unknown"), (LOST, "unknown")],
)
async def test_whether_it_is_cancelled_is_looked_up(answer: Any, state: str) -> None:
    d = await desk(booking(1), look_up=[answer])
    told = await d.does("look_up_cancelled", "b1")
    assert (told["state"], told["looked"]) == (state, True)


async def test_holds_are_given_back_and_one_that_cannot_be_keeps_up_no_other() -> None:
    d = await desk(booking(1, hold=kept()), booking(2), cancel=[LOST, kept("cancelled")])
    await d.ordering().let_go(job("b1", "b2", holds=[{"ref": "o7", "code": "x"}]))
    assert [heard[1:3] for heard in d.seller.heard] == [("h", "hold:h:let_go"), ("x", "hold:x:let_go")]


@pytest.mark.parametrize(
    ("answer", "code", "back"),
    [(kept("confirmed"), "", True), (kept("confirmed"), "h", False), (kept("held"), "", False), (None, "", False)],
)
async def test_an_order_that_arrived_after_it_was_given_up_is_given_back(answer: Any, code: str, back: bool) -> None:
    d = await desk(
        replace(booking(1), code=code), look_up=[answer], quote_cancel=[cancel_quote(9)], cancel=[kept("cancelled")]
    )
    await d.ordering().orphan(job("b1", key="ok"))
    assert [heard[0] for heard in d.seller.heard] == ["look_up", *(["quote_cancel", "cancel"] if back else [])]


@pytest.mark.parametrize(
    ("about", "asked", "held"),
    [
        (offer(1, holds=60), ["hold"], True), (offer(1, holds=60, expires_at=NOW), ["quote", "hold"], True),
        (offer(1), ["quote"], False), (replace(offer(1, holds=60), price=None), [], False),
    ],
)  # fmt: skip
async def test_a_line_is_held_at_the_price_that_was_shown_while_it_holds(
    about: Offer, asked: list[str], held: bool
) -> None:
    d = await desk(quote=[about], hold=[kept()])
    (quoted,) = await d.pricing().held([line(1, about)], "k", ("Ana A",))
    assert [heard[0] for heard in d.seller.heard] == asked and (quoted.hold is not None) is held


async def test_names_are_given_for_what_needs_them_and_what_is_held_for_nobody_is_not() -> None:
    for named, given in ((True, ("Ana A",)), (False, ())):
        d = await desk(hold=[kept()])
        await d.pricing().held([line(1, offer(1, holds=60, named=named))], "k", ("Ana A", "Ben B"))
        assert d.seller.heard == [("hold", "k:l1:hold:0", given, kes(10_000))]
    nobody = await desk(hold=[CannotHold("o1")])
    (quoted,) = await nobody.pricing().held([line(1, offer(1, holds=60))], "k", ())
    assert quoted.offer is not None and quoted.hold is None and len(nobody.seller.heard) == 1
    dearer = await desk(hold=[AskAgain("price", "p")], quote=[offer(1, 11_000, holds=60)])
    (quoted,) = await dearer.pricing().held([line(1, offer(1, holds=60))], "k", ())
    assert quoted.hold is None and [h[0] for h in dearer.seller.heard] == ["hold", "quote"] * 3


def flight(n: int, minutes: int | None = 0, **more: Any) -> Offer:
    at = None if minutes is None else NOW + timedelta(minutes=minutes)
    told: dict[str, Any] = {"holds": 60, "until_venue": HILL, "starts_at": at, "travelers": 2, **more}
    return offer(n, kind=OfferKind.FLIGHT, **told)


async def test_two_flights_that_are_held_and_leave_near_it_are_found_instead() -> None:
    wanted = flight(1)
    others = (flight(2, 90), flight(3, -30), flight(4, 60), flight(5, 10, holds=0), flight(6, 5, estimated=True),
              flight(7, None))  # fmt: skip
    found = Found(wish=None, offers=others, at=NOW)  # type: ignore[arg-type]
    d = await desk(search=[found])
    assert [o.ref for o in await d.pricing().can_be_held(wanted)] == ["o3", "o4"]
    ((_, wish),) = d.seller.heard
    assert isinstance(wish, FlightSearch) and (wish.day, wish.travelers, wish.currency) == (NOW.date(), 2, "KES")
    assert (wish.origin.name, wish.destination.name) == ("Mombasa", "Nairobi")
    few = await desk(search=[replace(found, offers=(flight(7, None), flight(2, 90)))])
    assert [o.ref for o in await few.pricing().can_be_held(wanted)] == ["o2", "o7"]


@pytest.mark.parametrize(
    "about",
    [
        offer(1, starts_at=NOW, until_venue=HILL), flight(1, None), flight(1, until_venue=None),
        replace(flight(1), price=None), flight(1, venue=replace(BEACH, code="ZZZZ")),
        flight(1, until_venue=replace(HILL, code="ZZZZ")),
    ],
)  # fmt: skip
async def test_nothing_is_searched_for_instead_of_what_has_no_way_or_time(about: Offer) -> None:
    d = await desk(search=[Found(wish=None, offers=(flight(2),), at=NOW)])  # type: ignore[arg-type]
    assert await d.pricing().can_be_held(about) == () and d.seller.heard == []


def counter(seller: Seller) -> Counter:
    return Counter(lambda ref: seller if ref == "o1" else None)  # type: ignore[arg-type, return-value]


async def test_a_hold_of_which_nobody_heard_is_looked_up_before_it_is_given_up() -> None:
    there = Seller({"hold": [LOST], "look_up": [kept()]})
    assert await counter(there).hold("o1", key="k", names=(), price=kes(1)) == kept()
    gone = Seller({"hold": [LOST], "look_up": [None]})
    with pytest.raises(Unknown):
        await counter(gone).hold("o1", key="k", names=(), price=kes(1))


async def test_an_order_that_may_have_been_sent_is_looked_up_and_sent_only_if_it_never_arrived() -> None:
    for placed, again, held, heard in (
        (kept("confirmed"), True, "", ["look_up"]), (None, True, "", ["look_up", "reserve"]),
        (None, False, "h", ["confirm"]), (None, False, "", ["reserve"]), (None, True, "h", ["look_up", "confirm"]),
    ):  # fmt: skip
        seller = Seller({"look_up": [placed], "reserve": [kept("r")], "confirm": [kept("c")]})
        told = await counter(seller).confirm("o1", key="k", names=(), price=kes(1), held=held, again=again)
        assert [h[0] for h in seller.heard] == heard
        assert told.state == ("confirmed" if placed else "c" if held else "r")


async def test_the_counter_asks_whose_it_is_and_refuses_what_nobody_sells() -> None:
    seller = Seller({"look_up": [kept()], "cancel": [kept("cancelled")], "quote_cancel": [cancel_quote(1)]})
    assert await counter(seller).look_up("o1", "k") == kept()
    assert (await counter(seller).cancel("o1", "c", key="k", quote="q")).state == "cancelled"
    assert (await counter(seller).quote_cancel("o1", "c", key="k")).refund == kes(1)
    with pytest.raises(Undeliverable):
        await counter(seller).look_up("o2", "k")


async def test_the_counter_asks_for_another_party() -> None:
    assert await counter(Seller({"for_party": [offer(1)]})).for_party("o1", 3) == offer(1)


@pytest.mark.parametrize(
    ("answer", "standing"),
    [
        (offer(1, 5), offer(1, 5)),
        (SoldOut("o1", offer(1, 6)), offer(1, 6)),
        (SoldOut("o1"), None),
        (DOWN, None),
        (NO, None),
    ],
)
async def test_how_it_stands_is_told_for_who_has_it_held_too(answer: Any, standing: Offer | None) -> None:
    assert await (await desk(quote=[answer])).pricing().standing(offer(1)) == standing
