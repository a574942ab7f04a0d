"""From the cart to the payers' links, and what people ask of their bookings later, one question at a time."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from booking.cache import Found
from booking.declared import EXAMPLES
from booking.declared_sw import DECLARED
from booking.offers import Offer, OfferKind
from booking.sale.booked import Booked
from booking.sale.bookings import BOOKINGS, Booking, Checkout
from booking.sale.cart import CARTS, QUOTATIONS, Cart
from booking.sale.open_now import OpenNow
from booking.sale.opening import Opening
from booking.sale.payers import payers_of
from booking.sale.paying import Paying, call_job
from booking.sale.pricing import Pricing
from booking.sale.spending import Spending
from booking.sale.texts import say
from booking.sale.travellers import TRAVELLERS, Names
from bot.capability import Registry, capabilities_of
from bot.content import File
from bot.documents import Insert
from bot.errors import AskAgain, Explain, NotAllowed, Unknown
from bot.language import ENGLISH, SWAHILI, speak
from bot.model import JOBS, Job
from bot.sealed import Sealer
from tests.booking.bazaar import ATLAS, HandClock
from tests.booking.sale.single import HILL, NOW, ask, booking, kes, line, offer
from tests.booking.sale.test_errands_to_suppliers import Seller, kept
from tests.payments.table import Table, table


def cart(*offers: Offer) -> Cart:
    lines = tuple(line(n, of) for n, of in enumerate(offers, 1))
    return Cart(id="trip:cart", thread="trip", lines=lines, made=len(lines))


@dataclass(slots=True)
class Till:
    """The way to a payment of one trip."""

    table: Table
    seller: Seller

    @property
    def paying(self) -> Paying:
        t = self.table
        pricing = Pricing(self.seller, self.seller, ATLAS, HandClock(NOW))
        opening, names = Opening(t.store, t.house.collections), Names(t.store, Sealer("s"))
        return Paying(t.store, pricing, names, opening, OpenNow(t.store, t.house.collections))


async def till(*offers: Offer, **answers: list[Any]) -> Till:
    t = table("ana", "ben")
    if offers:
        await t.store.commit([Insert(CARTS, cart(*offers))])
    return Till(t, Seller(dict(answers)))


async def test_which_money_is_asked_where_there_are_two() -> None:
    two = await till(offer(1), offer(2, 500, "USD"))
    (asked,) = (await two.paying.pay(ask(), who="me")).drafts
    assert asked.text == say("which_money", monies="KES 100 and USD 5")
    assert [b.args for b in asked.buttons] == [{"currency": "KES", "who": "me"}, {"currency": "USD", "who": "me"}]
    assert (await two.paying.pay(ask(), who="me", currency="usd")).jobs[0].args["args"]["currency"] == "USD"
    with pytest.raises(AskAgain):
        await two.paying.pay(ask(), who="me", currency="EUR")
    (one,) = (await (await till(offer(1))).paying.pay(ask(), who="me")).jobs
    assert one.busy and one.args["args"] == {"who": "me", "currency": "KES"}


@pytest.mark.parametrize(
    ("minor", "label"), [(10_000, say("split", each=kes(5_000))), (10_001, say("split_uneven", count=2))]
)
async def test_who_pays_is_asked_where_several_are_here(minor: int, label: str) -> None:
    way = await till(offer(1, minor))
    (asked,) = (await way.paying.pay(ask())).drafts
    split, alone = asked.buttons
    assert asked.text == say("who_pays", total=kes(minor), title="Room 1") and split.label == label
    assert (split.args, alone.args) == ({"currency": "KES", "who": "split"}, {"currency": "KES", "who": "me"})
    assert (await way.paying.pay(ask("ana", "ana"))).why == "pays for the cart"


async def test_names_are_asked_for_before_a_named_offer_and_a_group_hears_it() -> None:
    way = await till(offer(1, named=True, travelers=2))
    told, card = (await way.paying.pay(ask(), who="me")).drafts
    named = say("names_wanted", count="2 travellers", title="Room 1", who="Ana")
    assert (told.text, told.notice, card.only_for) == (named, True, ("ana",))
    (alone,) = (await way.paying.pay(ask("ana", "ana"), who="me")).drafts
    assert alone.only_for == ("ana",)
    three = (await way.paying.pay(ask("ana", "ana", "ben", "chi"), who="me")).drafts
    assert len(three) == 2
    kept_names = await way.paying.keep_names(ask(), names="Ana Otieno, Ben Otieno", wanted=2, who="me", currency="KES")
    assert kept_names.drafts[0].notice and len(kept_names.ops) == 1 and kept_names.why == "pays for the cart"
    only = await way.paying.keep_names(ask(), names="Ana Otieno", wanted=1)
    assert (only.why, [d.notice for d in only.drafts]) == ("kept names", [True])


async def test_names_that_were_given_are_kept_even_if_it_cannot_be_paid_just_then() -> None:
    way = await till(offer(1, named=True))
    given: dict[str, Any] = {"names": "Ana Otieno, Ben Otieno", "wanted": 2, "currency": "KES"}
    await way.table.store.commit([Insert(JOBS, call_job(ask(), "check_out", {"who": "me", "currency": "KES"}))])
    for who, why in (("me", say("being_asked")), ("zed", say("no_such_payer", name="zed"))):
        reply = await way.paying.keep_names(ask(), who=who, **given)
        assert [op.kind for op in reply.ops] == [TRAVELLERS]
        assert [(d.text, d.notice) for d in reply.drafts[1:]] == [(why, True)]
    gone = await (await till()).paying.keep_names(ask(), who="me", **given)
    assert [op.kind for op in gone.ops] == [TRAVELLERS] and gone.drafts[1].text == say("cart_empty")


@pytest.mark.parametrize("language", [ENGLISH, SWAHILI])
async def test_the_help_page_shows_how_parts_are_named_and_it_is_read_so(language: str) -> None:
    registry = Registry()
    registry.translate(ENGLISH, EXAMPLES)
    registry.translate(SWAHILI, DECLARED)
    registry.add(*capabilities_of((await till(offer(1))).paying))
    pay = registry.command("pay")
    assert pay is not None
    speak(language)
    try:
        shown = [said for said in pay.examples[:3] if said.startswith("/pay ")]
    finally:
        speak(ENGLISH)
    read = [payers_of(said.removeprefix("/pay "), ask().thread, "ana") for said in shown]
    assert [[p.weight for p in payers] for payers in read] == [[1, 1], [1, 2]]


async def test_an_unnamed_offer_needs_no_names() -> None:
    assert (await (await till(offer(1))).paying.pay(ask(), who="me")).jobs


async def test_while_suppliers_are_asked_nobody_asks_again() -> None:
    way = await till(offer(1))
    job = call_job(ask(), "check_out", {"who": "me", "currency": "KES"})
    await way.table.store.commit([Insert(JOBS, job)])
    with pytest.raises(Explain) as refused:
        await way.paying.pay(ask(), who="me")
    assert str(refused.value) == say("being_asked")


async def test_an_empty_cart_has_nothing_to_pay() -> None:
    way = await till()
    for call in (way.paying.pay(ask()), way.paying.check_out(ask(), who="me", currency="KES")):
        with pytest.raises(Explain) as refused:
            await call
        assert str(refused.value) == say("cart_empty")


def flight(n: int, **more: Any) -> Offer:
    told: dict[str, Any] = {"until_venue": HILL, "starts_at": NOW + timedelta(hours=n), **more}
    return offer(n, kind=OfferKind.FLIGHT, **told)


@pytest.mark.parametrize(("who", "holds", "searched"), [("split", 0, True), ("me", 0, False), ("split", 60, False)])
async def test_others_that_are_held_are_looked_for_where_several_pay_for_what_is_not(
    who: str, holds: int, searched: bool
) -> None:
    about, other = flight(1, holds=holds), flight(2, holds=60)
    found = Found(wish=None, offers=(other,), at=NOW)  # type: ignore[arg-type]
    way = await till(about, search=[found], quote=[about], hold=[kept()])
    looked = await way.paying.check_out(ask(), who=who, currency="KES")
    assert looked.then is not None and looked.then.args == {"quotation": "look", "who": who}
    assert [(d.text, d.notice) for d in looked.drafts] == [(say("quoted", suppliers="Shore"), True)]
    (laid,) = await way.table.store.find(QUOTATIONS, {})
    assert [o.ref for o in laid.lines[0].instead] == (["o2"] if searched else [])


async def test_what_was_looked_at_is_opened_once_and_what_is_held_for_nothing_let_go() -> None:
    way = await till(offer(1, holds=60), hold=[kept()])
    await way.paying.check_out(ask(), who="me", currency="KES")
    opened = await way.paying.open_checkout(ask(), quotation="look", who="me")
    assert any(isinstance(op.value, Checkout) for op in opened.ops) and opened.data
    assert "let_go" not in [j.name for j in opened.jobs]
    refused = await way.paying.open_checkout(ask(), quotation="look", who="nobody here")
    assert refused.why == "cannot be paid so"
    (job,) = [j for j in refused.jobs if j.name == "let_go"]
    assert job.args["holds"] == [{"ref": "o1", "code": "h"}]
    elsewhere = replace(ask(), thread=replace(ask().thread, id="x"))
    again = await way.paying.open_checkout(elsewhere, quotation="look", who="me")
    assert again.why == "that was opened already"


@pytest.mark.parametrize("said", ["split it 1000 ways", "split it 10000 ways"])
def test_more_than_are_here_are_asked_about_however_many(said: str) -> None:
    with pytest.raises(AskAgain):
        payers_of(said, ask().thread, "ana")


@dataclass(slots=True)
class Folder:
    """Papers: one file for each booking that has any."""

    without: tuple[str, ...] = ()
    asked: list[list[str]] = field(default_factory=list)

    async def files(self, bookings: Any, trip: Any, language: str) -> tuple[File, ...]:
        self.asked.append([b.id for b in bookings])
        return tuple(FILE for b in bookings if b.id not in self.without)


FILE = File(key="f", name="f.pdf", mime="application/pdf", size=1)


def booked(t: Table, folder: Folder, seller: Seller | None = None) -> Booked:
    spending = Spending(t.store, t.house.collections)
    return Booked(t.store, seller or Seller(), folder, spending, t.clock)


async def of(*bookings: Booking) -> Table:
    t = table("ana", "ben")
    await t.store.commit([Insert(BOOKINGS, b) for b in bookings])
    return t


async def test_all_bookings_are_shown_to_members() -> None:
    t = await of(booking(1), booking(2, "cancelled"))
    shown = await booked(t, Folder()).bookings(ask())
    assert [b["number"] for b in shown.data["bookings"]] == [booking(1).number, booking(2).number]
    assert len(shown.drafts) == 1 and shown.drafts[0].card is not None
    (none,) = (await booked(await of(), Folder()).bookings(ask())).drafts
    assert none.text == say("no_bookings")
    (pick,) = (await booked(t, Folder()).pick_booking(ask(), action="papers")).drafts
    assert pick.buttons
    for refused in (
        booked(t, Folder()).bookings(ask("zed")), booked(t, Folder()).pick_booking(ask("zed"), action="cancel"),
        booked(t, Folder()).show_papers(ask("zed")), booked(t, Folder()).recheck_booking(ask("zed")),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            await refused


@pytest.mark.parametrize(
    ("said", "wanted"),
    [("", ["b1", "b2"]), ("k", ["b1"]), ("Room 2", ["b2"]), ("other", ["b2"])],
)
async def test_papers_are_of_what_stands_of_a_checkout_a_booking_or_all(said: str, wanted: list[str]) -> None:
    t = await of(booking(1), booking(2, checkout="other"), booking(3, "cancelled"))
    folder = Folder()
    (told,) = (await booked(t, folder).show_papers(ask(), booking=said)).drafts
    assert folder.asked == [wanted] and told.text.startswith(say("papers_ready", title="Room ")[:8])
    (none,) = (await booked(await of(booking(3, "cancelled")), Folder()).show_papers(ask())).drafts
    (bare,) = (await booked(t, Folder(without=("b1", "b2"))).show_papers(ask())).drafts
    assert none.text == bare.text == say("papers_none")


async def test_after_a_confirmation_the_papers_and_the_budget_are_told() -> None:
    t, folder = await of(booking(1), booking(2)), Folder()
    job = Job(id="j", name="papers", thread="trip", due_at=NOW, args={"bookings": ["b2"]})
    told = await booked(t, folder).papers(job)
    assert told is not None and (told.id, told.what, len(told.value["drafts"])) == ("trip:result:j", "result", 2)
    assert folder.asked == [["b2"]]
    assert await booked(await of(), Folder()).papers(job) is None


@pytest.mark.parametrize(
    ("answer", "state", "text"),
    [(kept("confirmed"), "confirmed", "confirmed"), (kept("cancelled"), "cancelled", "cancelled"),
     (kept("lapsed"), "lapsed", "released"), (None, "unknown", "released")],
)  # fmt: skip
async def test_the_suppliers_own_word_on_a_booking_is_told(answer: Any, state: str, text: str) -> None:
    t = await of(booking(1))
    told = await booked(t, Folder(), Seller({"look_up": [answer]})).recheck_booking(ask())
    same = say("recheck_same", supplier="Shore", title="Room 1", state=say(f"state_{text}"))
    assert (told.data, told.drafts[0].text) == ({"state": state}, same)
    with pytest.raises(Explain) as silent:
        await booked(t, Folder(), Seller({"look_up": [Unknown("lost")]})).recheck_booking(ask())
    assert str(silent.value) == say("recheck_silent", supplier="Shore")


async def test_what_was_not_bought_comes_back_into_the_cart_unless_it_was_bought_since() -> None:
    again = booking(4, "awaiting_payment", of=offer(2), checkout="other")
    lost = (booking(1, "expired", item="i1"), booking(2, "released"), booking(3), booking(5, "expired", checkout="x"))
    t = await of(*lost, again)
    back = await booked(t, Folder()).cart_again(ask(), checkout="k")
    (op,) = back.ops
    assert [(ln.offer.ref, ln.item) for ln in op.value.lines] == [("o1", "i1")] and back.drafts[0].card is not None
    none = await booked(t, Folder()).cart_again(ask(), checkout="other")
    assert none.ops == () and none.drafts


def test_a_number_alone_is_all_who_are_here_and_to_pay_alone_is_nobody() -> None:
    assert [p.person for p in payers_of("two", ask().thread, "ana")] == ["ana", "ben"]
    with pytest.raises(AskAgain):
        payers_of("pay it", ask().thread, "ana")
