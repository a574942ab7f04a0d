"""`/admin payments`, `/admin refunds`, `/admin ledger`: for admins, in private; and what stays of an erased person."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.model import PEOPLE
from bot.money import Money
from bot.ports import Subject
from bot.secret import Pseudonyms
from payments.holdings import PaymentHoldings
from payments.ledger import TRANSACTIONS, rebuilt
from payments.model import COLLECTIONS, REFUNDS
from tests.payments.counter import KES, Counter, committed, counter, leaves, person, ready
from tests.payments.invariants import every


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Counter]:
    async with counter(tmp_path) as made:
        yield made
        await made.check()


async def lines(shop: Counter, who: str, command: str) -> list[str]:
    """What a command shows, with whom alone it is shown."""
    entry = await shop.say("mombasa", who, command)
    assert all(a.only_for == (person(who),) for a in entry.answers)
    return [line for a in entry.answers if a.content.card for line in a.content.card.lines]


async def test_an_admin_sees_collections_and_the_ledger_by_account_person_and_trip(shop: Counter) -> None:
    await committed(shop, "Ana", "Ben")
    assert any("committed" in line and "KES 300" in line for line in await lines(shop, "Ana", "/admin payments"))
    assert await lines(shop, "Ana", "/admin payments released") == ["Nothing found."]
    by_type = await lines(shop, "Ana", "/admin ledger")
    assert "`payer` KES -300" in by_type and "`supplier_payable` KES 300" in by_type
    account = await lines(shop, "Ana", "/admin ledger supplier_payable:checkout")
    assert account[0] == "`supplier_payable:checkout` KES 300"
    ben = await lines(shop, "Ana", "/admin ledger Ben")
    assert any(f"payer:{person('Ben')}" in line and "KES -150" in line for line in ben)
    trip = await lines(shop, "Ana", f"/admin ledger {(await shop.thread('mombasa')).id}")
    assert any("supplier_payable" in line for line in trip)


@pytest.mark.parametrize("command", ["/admin payments", "/admin refunds", "/admin ledger Ana"])
async def test_others_are_refused(shop: Counter, command: str) -> None:
    await committed(shop, "Ana", "Ben")
    assert await lines(shop, "Ben", command) == []
    assert "You may not do that." in [o.content.text for o in shop.channel.sent if o.reader == ("paper:Ben",)]


async def test_a_refund_that_failed_for_good_is_paid_otherwise(shop: Counter) -> None:
    await committed(shop, "Ana")
    await shop.faults.add("payments", "refused", match="refund", times=3)
    await shop.refunds(Money(10_000, KES))
    await shop.passes(hours=1)
    refund = (await every(shop.store, REFUNDS))[0]
    assert (refund.state, refund.attempt) == ("failed", 3)
    await shop.say("mombasa", "Ana", "/admin refunds")
    await shop.press("mombasa", "Ana", "1 was paid otherwise")
    await shop.press("mombasa", "Ana", "Confirm")
    assert (await every(shop.store, REFUNDS))[0].state == "done"
    assert sum(s.refunded for s in (await shop.collection()).shares) == 10_000


async def test_a_refund_that_failed_for_good_is_asked_for_again(shop: Counter) -> None:
    await committed(shop, "Ana")
    await shop.faults.add("payments", "refused", match="refund", times=3)
    await shop.refunds(Money(10_000, KES))
    await shop.passes(hours=1)
    await shop.say("mombasa", "Ana", "/admin refunds")
    await shop.press("mombasa", "Ana", "Try 1 again")
    assert (await every(shop.store, REFUNDS))[0].state == "done"


async def subject(shop: Counter, name: str) -> Subject:
    found = await shop.store.get(PEOPLE, person(name))
    assert found is not None
    thread = await shop.thread("mombasa")
    own = await shop.thread(f"{name}-direct")
    return Subject(
        person=found.id, name=found.name, pseudonym=Pseudonyms("a secret of some length").of(found.id),
        identities=found.identities, places=found.direct, private=(own.id,), shared=(thread.id,),
    )  # fmt: skip


async def test_erasing_keeps_the_money_under_a_pseudonym(shop: Counter) -> None:
    await committed(shop, "Ana", "Ben")
    await shop.say("mombasa", "Ana", "/paid 300 KES taxi for Ana")
    held, ben = PaymentHoldings(shop.store), await subject(shop, "Ben")
    assert list(await held.blocks(ben)) == []
    taken = await held.export(ben)
    rows = [row for section in taken.values() for row in section if isinstance(row, dict)]
    assert any(row.get("taken") == "KES 150" for row in rows)
    await leaves(shop, "Ben")
    before = {b.account: b.minor for b in rebuilt(await every(shop.store, TRANSACTIONS)).values()}
    for _ in range(2):
        await held.erase(ben)
    await shop.check()
    after = {b.account: b.minor for b in rebuilt(await every(shop.store, TRANSACTIONS)).values()}
    assert after == {k.replace(ben.person, ben.pseudonym): v for k, v in before.items()}
    for told in (str(await every(shop.store, COLLECTIONS)), str(await every(shop.store, TRANSACTIONS))):
        assert ben.person not in told and "Ben" not in told.replace(ben.pseudonym, "")


async def test_money_in_flight_and_debts_come_first(shop: Counter) -> None:
    await ready(shop, "Ana", "Ben")
    held = PaymentHoldings(shop.store)
    assert any("in flight" in s for s in await held.blocks(await subject(shop, "Ben")))
    await shop.releases()
    assert list(await held.blocks(await subject(shop, "Ben"))) == []
    await shop.say("mombasa", "Ana", "/paid 3000 KES dinner @all")
    assert any("still owe" in s for s in await held.blocks(await subject(shop, "Ben")))
    assert list(await held.blocks(await subject(shop, "Ana"))) == []
