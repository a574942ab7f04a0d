"""What one has to pay is found among what everybody has to pay, the newest first; and it is said if there is more."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.documents import Insert
from bot.model import Person
from bot.ports import Ask, Reply
from payments.model import COLLECTIONS
from payments.paying import Paying
from payments.texts import say
from tests.payments.single import NOW, collection, share
from tests.payments.table import Table, table


async def kept(t: Table, n: int, payer: str, thread: str = "trip", state: str = "collecting") -> None:
    """The n-th collection, opened n minutes after noon."""
    asked = replace(share(1, payer, state="link_sent", url="https://pay"), id=f"c{n}:1")
    one = collection(asked, title=f"Trip {n}", state=state)
    there = replace(one, id=f"c{n}", about=f"a{n}", thread=thread, opened_at=NOW + timedelta(minutes=n))
    await t.store.commit([Insert(COLLECTIONS, there)])


def ask(t: Table, *, private: bool = False) -> Ask:
    return Ask(person=Person(id="ana", name="Ana"), thread=t.thread, now=NOW, key="k", private=private)


def paying(t: Table) -> Paying:
    return next(s for s in t.house.services if isinstance(s, Paying))


def lines(reply: Reply) -> list[str]:
    (draft,) = reply.drafts
    return list(draft.card.lines) if draft.card else [draft.text]


async def test_ones_own_share_is_found_behind_a_thousand_of_others() -> None:
    t = table("ana", "ben")
    await kept(t, 1101, "ana", thread="other")
    for n in range(1100):
        await kept(t, n, "ben", thread=f"t{n}")
    await kept(t, -5, "ana", thread="another")
    found = lines(await paying(t).my_shares(ask(t, private=True)))
    assert [line.partition(":")[0] for line in found] == ["Your part of Trip -5", "Your part of Trip 1101"]


async def test_the_twenty_newest_are_shown_and_that_there_are_older_ones() -> None:
    t = table("ana", "ben")
    for n in range(21):
        await kept(t, n, "ana")
    found = lines(await paying(t).my_shares(ask(t)))
    assert found[0].startswith("Your part of Trip 1:") and found[19].startswith("Your part of Trip 20:")
    assert found[20:] == [say("more_shares", shown=20)]


async def test_in_ones_own_chat_what_is_to_be_paid_stands_before_whatever_was_paid_since() -> None:
    t = table("ana", "ben")
    await kept(t, 0, "ana", thread="other")
    for n in range(1, 26):
        await kept(t, n, "ana", thread=f"t{n}", state="committed")
    await kept(t, 30, "ana", thread="late", state="covered")
    found = lines(await paying(t).my_shares(ask(t, private=True)))
    told = [line.partition(":")[0].removeprefix("Your part of Trip ") for line in found]
    assert told[:-1] == [*(str(n) for n in range(8, 26)), "0", "30"]
    assert found[-1] == say("more_shares", shown=20)
    few = table("ana")
    await kept(few, 1, "ana", thread="other")
    assert len(lines(await paying(few).my_shares(ask(few, private=True)))) == 1


@pytest.mark.parametrize(("done", "told"), [(19, []), (20, [say("more_shares", shown=20)])])
async def test_in_ones_own_chat_it_is_said_that_there_are_more_only_if_there_are(done: int, told: list[str]) -> None:
    t = table("ana")
    for n in range(1, done + 1):
        await kept(t, n, "ana", thread=f"t{n}", state="committed")
    await kept(t, 30, "ana", thread="other")
    assert lines(await paying(t).my_shares(ask(t, private=True)))[20:] == told


async def test_who_has_paid_shows_the_newest_that_are_open_and_says_that_there_are_more() -> None:
    t = table("ana", "ben")
    for n in range(22):
        await kept(t, n, "ana")
    told = await paying(t).who_has_paid(ask(t))
    assert [d.card.title for d in told.drafts if d.card] == [f"Trip {n}: KES 100" for n in range(2, 22)]
    assert told.drafts[-1].text == say("more_payments", shown=20)


async def test_who_has_paid_tells_of_the_last_one_when_none_is_open() -> None:
    t = table("ana", "ben")
    for n in range(250):
        await kept(t, n, "ana", state="committed")
    (told,) = (await paying(t).who_has_paid(ask(t))).drafts
    assert told.card is not None and told.card.title.startswith("Trip 249:")


async def test_who_leaves_after_hundreds_of_payments_is_let_out_of_the_open_one() -> None:
    t = table("ana", "ben")
    for n in range(250):
        await kept(t, n, "ben", state="committed")
    await kept(t, 999, "ana")
    await t.leaves("ana")
    found = await t.store.get(COLLECTIONS, "c999")
    assert found is not None and (found.shares[0].state, found.shares[0].why) == ("voided", "left")
