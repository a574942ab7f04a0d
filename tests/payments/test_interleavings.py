"""Redirect, notice, expiry, cancellation and refund in every order: nothing lost, nothing doubled."""

from random import Random

import pytest

from tests.payments.interleavings import EVENTS, dealt, orders, play


@pytest.mark.parametrize("first", [e for e in EVENTS[1:] if not e.endswith("told")])
@pytest.mark.parametrize("eager", [True, False])
async def test_every_order_after_the_payment_ends_well(first: str, eager: bool) -> None:
    count = 0
    for order in orders(EVENTS[1:]):
        if order[0] == first:
            await play(("ana pays", *order), "ana", eager=eager)
            count += 1
    assert count >= 90


@pytest.mark.parametrize("block", range(3))
async def test_random_orders_of_several_payers_end_well(block: int) -> None:
    dice = Random(block)
    for _ in range(150):
        names = ("ana", "ben", "cleo")[: dice.randint(1, 3)]
        order = dealt(dice, names)
        try:
            await play(order, *names, eager=dice.random() < 0.5)
        except AssertionError as broken:
            raise AssertionError(f"{order}: {broken}") from broken
