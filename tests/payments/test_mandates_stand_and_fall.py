"""A mandate as it is shown to who gave it, and when it cannot be taken back any more."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.content import Draft
from bot.documents import Insert, Replace
from bot.errors import AskAgain, Explain, NotAllowed
from bot.model import Person
from bot.money import Money
from bot.ports import Ask, Reply
from payments.mandates import MANDATES, STANDS, Mandate, Mandates
from payments.model import COLLECTIONS
from payments.texts import say
from tests.payments.single import NOW, collection, kes, share
from tests.payments.table import Table, table

ANA = Person(id="ana", name="Ana")
GIVEN = Mandate(
    id="m", thread="trip", person="ana", collection="c", share="c:1", most=kes(5_000), what_for="Mombasa",
    given_at=NOW, until=NOW + timedelta(days=1),
)  # fmt: skip


async def mandates(state: str, given: Mandate = GIVEN, **more: Any) -> tuple[Mandates, Table]:
    """Those of a table at which Ana gave one, whose share stands so."""
    t = table("ana", "ben")
    of = collection(
        share(1, "ana", 5_000, role="backstop", state=state, payment="p", **more), total=10_000, state="collecting"
    )
    await t.store.commit([Insert(COLLECTIONS, of), Insert(MANDATES, given)])
    return Mandates(t.store, t.house.collections._desk), t


def ask(t: Table, person: Person = ANA) -> Ask:
    return Ask(person=person, thread=replace(t.thread, id="trip"), now=NOW, key="e")


async def test_who_gave_none_is_told_so() -> None:
    service, t = await mandates("authorized")
    (draft,) = (await service.my_mandates(ask(t, Person(id="ben", name="Ben")))).drafts
    assert draft.text == say("mandates_empty") and draft.notice


@pytest.mark.parametrize(
    ("state", "more", "told", "button"),
    [("link_sent", {}, "state_link_sent", True), ("authorized", {}, "state_authorized", True),
     ("captured", {"captured": 5_000}, "state_captured", False), ("voided", {}, "mandate_over", False)],
)  # fmt: skip
async def test_a_mandate_is_shown_as_it_stands_and_can_be_taken_back_until_it_is_used(
    state: str, more: dict[str, Any], told: str, button: bool
) -> None:
    service, t = await mandates(state, **more)
    (draft,) = (await service.my_mandates(ask(t))).drafts
    assert draft.card is not None and say(told) in draft.card.lines[0]
    assert [b.call for b in draft.buttons] == (["revoke_mandate"] if button else [])


async def test_one_that_was_taken_back_is_over_whatever_its_share_says() -> None:
    service, t = await mandates("authorized", replace(GIVEN, state="revoked"))
    (draft,) = (await service.my_mandates(ask(t))).drafts
    assert draft.card is not None and say("mandate_over") in draft.card.lines[0] and draft.buttons == ()


@pytest.mark.parametrize("used", [{"taking": 3_000}, {"state": "captured", "taking": 3_000, "captured": 3_000}])
async def test_what_is_being_taken_cannot_be_taken_back_any_more(used: dict[str, Any]) -> None:
    service, t = await mandates(**{"state": "authorized", **used})
    with pytest.raises(Explain) as refused:
        await service.revoke_mandate(ask(t), mandate="m")
    assert str(refused.value) == say("mandate_used", amount=kes(3_000))


def only(reply: Reply) -> Draft:
    (draft,) = reply.drafts
    return draft


async def test_who_is_no_member_gives_none() -> None:
    service, t = await mandates("voided")
    with pytest.raises(NotAllowed):
        await service.stand_in(ask(t, Person(id="zed", name="Zed")), most=kes(5_000))


async def test_only_the_press_on_the_card_that_shows_the_most_gives_one() -> None:
    service, t = await mandates("voided")
    most = kes(4_000)
    shown = only(await service.stand_in(ask(t), most=most))
    until = NOW + timedelta(hours=25)
    assert shown.card is not None and shown.card.lines[0] == say("mandate_for", title="Mombasa")
    assert shown.card.title == say("mandate_card", title="Mombasa")
    assert "KES 40" in shown.card.lines[1] and "21 Nov 13:00" in shown.card.lines[1]
    given = await service.stand_in(ask(t), most=most, confirmed="c KES 40")
    told = only(given)
    assert (told.text, told.notice, told.only_for) == (say("mandate_given"), True, ("ana",))
    changed, mandate = (op.value for op in given.ops)
    assert (mandate.most, mandate.until, mandate.share, mandate.state) == (most, until, "c:2", "given")
    held = changed.shares[1]
    assert (held.role, held.weight, held.amount, held.until) == ("backstop", 0, most, NOW + timedelta(hours=1) + STANDS)


@pytest.mark.parametrize(
    ("minor", "fits"), [(49, False), (50, True), (51, True), (9_999, True), (10_000, True), (10_001, False)]
)
async def test_the_most_is_from_the_least_of_the_service_to_the_total(minor: int, fits: bool) -> None:
    service, t = await mandates("voided")
    if fits:
        assert only(await service.stand_in(ask(t), most=kes(minor))).buttons
    else:
        with pytest.raises(AskAgain):
            await service.stand_in(ask(t), most=kes(minor))


async def test_a_most_in_another_currency_is_asked_for_again_and_a_second_mandate_refused() -> None:
    service, t = await mandates("voided")
    with pytest.raises(AskAgain):
        await service.stand_in(ask(t), most=Money(4_000, "USD"))
    service, t = await mandates("link_sent")
    with pytest.raises(Explain, match="already"):
        await service.stand_in(ask(t), most=kes(50))


async def test_where_nothing_is_being_paid_there_is_nothing_to_stand_in_for() -> None:
    service, t = await mandates("voided")
    of = await t.store.get(COLLECTIONS, "c")
    assert of is not None
    await t.store.commit([Replace(COLLECTIONS, replace(of, state="covered"))])
    with pytest.raises(Explain, match="Nothing is being paid"):
        await service.stand_in(ask(t), most=kes(100))


async def test_the_newest_twenty_are_shown() -> None:
    service, t = await mandates("authorized")
    more = [replace(GIVEN, id=f"m{n}", what_for=f"Trip {n}", given_at=NOW + timedelta(n)) for n in range(1, 21)]
    await t.store.commit([Insert(MANDATES, m) for m in more])
    card = only(await service.my_mandates(ask(t))).card
    assert card is not None and [line.partition(":")[0] for line in card.lines] == [f"Trip {n}" for n in range(1, 21)]


async def test_taking_one_back_lets_go_of_what_is_held_and_says_so_alone() -> None:
    service, t = await mandates("authorized")
    back = await service.revoke_mandate(ask(t), mandate="m")
    told = only(back)
    assert (told.text, told.notice, told.only_for) == (say("mandate_revoked", title="Mombasa"), True, ("ana",))
    changed, gone = (op.value for op in back.ops)
    assert changed.shares[0].letting_go and (gone.state, gone.revoked_at) == ("revoked", NOW)


@pytest.mark.parametrize("given", [{"collection": "d"}, {"share": "c:9"}, {"id": "other"}, {"thread": "x"}])
async def test_a_mandate_without_its_share_is_gone(given: dict[str, str]) -> None:
    service, t = await mandates("authorized", replace(GIVEN, **given))  # type: ignore[arg-type]
    elsewhere = replace(ask(t), thread=replace(t.thread, id="elsewhere"))
    with pytest.raises(Explain) as refused:
        await service.revoke_mandate(elsewhere if "thread" in given else ask(t), mandate="m")
    assert str(refused.value) == say("gone")
