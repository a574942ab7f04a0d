"""The double-entry ledger: sums, keys, pending transactions and balances; and how sums are divided."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.money import Money
from payments.ledger import BALANCES, TRANSACTIONS, Contradiction, Ledger, Posting, Transaction, rebuilt
from payments.shares import apportion, within
from tests.payments.invariants import every
from tests.payments.shelf import Shelf

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def moved(id: str, minor: int = 100, *, kind: str = "post", resolves: str | None = None, **more: str) -> Transaction:
    postings = () if kind == "void" else (
        Posting(account="payer:ana", minor=-minor, currency="KES"),
        Posting(account="inflight:c", minor=minor, currency="KES"),
    )  # fmt: skip
    return Transaction(
        id=id, thread=more.get("thread", "t"), what="w", at=NOW, cause="e", actor="ana", postings=postings, kind=kind,
        resolves=resolves, about=more.get("about", ""),
    )  # fmt: skip


async def write(shelf: Shelf, *transactions: Transaction) -> None:
    await shelf.commit(await Ledger(shelf).ops(transactions))


async def balances(shelf: Shelf) -> dict[str, tuple[int, int]]:
    return {b.account: (b.minor, b.pending) for b in await every(shelf, BALANCES)}


async def test_a_pending_transaction_moves_nothing_until_it_is_posted() -> None:
    shelf = Shelf()
    await write(shelf, moved("hold", kind="pending"))
    assert await balances(shelf) == {"payer:ana": (0, -100), "inflight:c": (0, 100)}
    await write(shelf, moved("take", 70, resolves="hold"))
    assert await balances(shelf) == {"payer:ana": (-70, 0), "inflight:c": (70, 0)}


async def test_a_void_takes_back_what_was_pending() -> None:
    shelf = Shelf()
    await write(shelf, moved("hold", kind="pending"), moved("gone", kind="void", resolves="hold"))
    assert await balances(shelf) == {"payer:ana": (0, 0), "inflight:c": (0, 0)}


@pytest.mark.parametrize("again", ["take", "void"])
async def test_what_is_pending_is_resolved_once(again: str) -> None:
    shelf = Shelf()
    await write(shelf, moved("hold", kind="pending"), moved("first", resolves="hold"))
    second = moved("second", resolves="hold") if again == "take" else moved("second", kind="void", resolves="hold")
    with pytest.raises(Contradiction):
        await write(shelf, second)
    with pytest.raises(Contradiction):
        await write(Shelf(), moved("h", kind="pending"), moved("a", resolves="h"), moved("b", resolves="h"))


@pytest.mark.parametrize(
    "wrong", [moved("t", 101, resolves="hold"), moved("t", -1, resolves="hold"), moved("t", resolves="nothing")]
)
async def test_no_more_than_was_pending_is_posted(wrong: Transaction) -> None:
    shelf = Shelf()
    await write(shelf, moved("hold", kind="pending"))
    with pytest.raises(Contradiction):
        await write(shelf, wrong)
    with pytest.raises(Contradiction):
        await write(shelf, moved("x"), moved("y", resolves="x"))


async def test_a_post_moves_nothing_that_was_not_pending() -> None:
    shelf, more = Shelf(), Posting(account="fx:rounding", minor=1, currency="KES")
    await write(shelf, moved("hold", kind="pending"))
    post = moved("take", resolves="hold")
    payer, inflight = post.postings
    for wrong in (
        (payer, replace(inflight, minor=99), more),
        (replace(payer, minor=-98), replace(inflight, minor=99), replace(more, minor=-1)),
        (replace(payer, minor=100), replace(inflight, minor=-100)),
        (replace(payer, minor=1), replace(inflight, minor=-1)),
    ):
        with pytest.raises(Contradiction, match="takes more than"):
            await write(shelf, replace(post, postings=wrong))
    await write(shelf, post)


async def test_what_an_account_holds_is_summed_over_threads_and_what_a_purchase_moved_is_told_in_order() -> None:
    shelf = Shelf()
    early, late = moved("b", 30, about="c"), replace(moved("a", 12, about="c"), at=NOW + timedelta(minutes=1))
    await write(shelf, late, early)
    await write(shelf, replace(moved("d", 5), thread="other"))
    ledger = Ledger(shelf)
    assert await ledger.balance("inflight:c") == {"KES": 47} and await ledger.balance("inflight:none") == {}
    assert [t.id for t in await ledger.about("c")] == ["b", "a"]
    assert [t.id for t in await ledger.of_thread("t")] == ["b", "a"]
    assert {b.account: b.minor for b in await ledger.balances("t")} == {"payer:ana": -42, "inflight:c": 42}


async def test_the_same_key_writes_once_and_never_something_else() -> None:
    shelf = Shelf()
    await write(shelf, moved("k"))
    await write(shelf, moved("k"), moved("k"))
    assert (await balances(shelf))["inflight:c"] == (100, 0)
    with pytest.raises(Contradiction):
        await write(shelf, moved("k", 99))


def bare(*postings: Posting, cause: str = "e", actor: str = "a", kind: str = "post") -> Transaction:
    return Transaction(
        id="a", thread="t", what="w", at=NOW, cause=cause, actor=actor, postings=postings, kind=kind
    )  # fmt: skip


ONE = Posting(account="payer:a", minor=1, currency="KES")
TWO = moved("x").postings


@pytest.mark.parametrize(
    "bad",
    [
        bare(ONE), bare(ONE, Posting(account="fx:b", minor=-1, currency="USD")), bare(),
        bare(Posting(account="pocket:a", minor=0, currency="KES")), bare(*TWO, cause=""), bare(*TWO, actor=""),
        bare(*TWO, kind="maybe"), bare(kind="void"),
    ],
)  # fmt: skip
async def test_what_does_not_balance_or_names_nobody_is_never_written(bad: Transaction) -> None:
    with pytest.raises(Contradiction):
        await write(Shelf(), bad)


async def test_stored_balances_are_those_rebuilt_in_random_books() -> None:
    dice, shelf, open_ones = Random(3), Shelf(), dict[str, int]()
    for n in range(500):
        minor = dice.randint(1, 10**6)
        if open_ones and dice.random() < 0.4:
            held = dice.choice(sorted(open_ones))
            most = open_ones.pop(held)
            void = dice.random() < 0.5
            await write(
                shelf,
                moved(f"r{n}", kind="void", resolves=held)
                if void
                else moved(f"r{n}", dice.randint(1, most), resolves=held),
            )
        else:
            kind = dice.choice(("pending", "post"))
            await write(shelf, moved(f"t{n}", minor, kind=kind))
            if kind == "pending":
                open_ones[f"t{n}"] = minor
    stored = {b.id: (b.minor, b.pending) for b in await every(shelf, BALANCES)}
    anew = {id: (b.minor, b.pending) for id, b in rebuilt(await every(shelf, TRANSACTIONS)).items()}
    assert stored == anew and sum(m for m, _ in stored.values()) == 0


weights = st.lists(st.integers(0, 9), min_size=1, max_size=8).filter(any)


@given(st.integers(0, 10**12), weights, st.text(max_size=5))
def test_apportioned_parts_sum_and_equal_weights_differ_by_one(minor: int, given_weights: list[int], seed: str) -> None:
    parts = [m.minor for m in apportion(Money(minor, "KWD"), given_weights, seed)]
    assert sum(parts) == minor and min(parts) >= 0
    for part, weight in zip(parts, given_weights, strict=True):
        exact = minor * weight / sum(given_weights)
        assert abs(part - exact) < 1.001 + exact * 1e-12
        same = [p for p, w in zip(parts, given_weights, strict=True) if w == weight]
        assert max(same) - min(same) <= 1


def test_odd_units_are_drawn_by_the_seed_and_not_by_the_place() -> None:
    lucky = {tuple(m.minor for m in apportion(Money(100, "JPY"), [1, 1, 1], str(n))).index(34) for n in range(40)}
    assert lucky == {0, 1, 2}
    assert apportion(Money(100, "JPY"), [1, 1, 1], "s") == apportion(Money(100, "JPY"), [1, 1, 1], "s")


@given(weights, st.data())
def test_nobody_bears_more_than_they_can_and_all_of_it_is_borne(given_weights: list[int], data: st.DataObject) -> None:
    most = [data.draw(st.integers(0, 1000)) for _ in given_weights]
    total = data.draw(st.integers(0, sum(most)))
    parts = within(Money(total, "KES"), given_weights, most, "s")
    assert sum(parts) == total
    assert all(0 <= part <= cap for part, cap in zip(parts, most, strict=True))
    with pytest.raises(ValueError):
        within(Money(sum(most) + 1, "KES"), given_weights, most, "s")


def test_equal_shares_that_are_held_in_full_are_taken_equally() -> None:
    assert sorted(within(Money(100, "KES"), [1, 1, 1], [34, 33, 34], "s")) == [33, 33, 34]
    assert within(Money(90, "KES"), [1, 1, 0], [30, 30, 50], "s") == [30, 30, 30]
