"""A mandate as it is shown to who gave it, and when it cannot be taken back any more."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.documents import Insert
from bot.errors import Explain
from bot.model import Person
from bot.ports import Ask
from payments.mandates import MANDATES, Mandate, Mandates
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
    of = collection(share(1, "ana", 5_000, role="backstop", state=state, payment="p", **more), state="collecting")
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
