"""The invariants of money hold after every step of random histories, and at the end nothing is left lying."""

from collections import Counter

import pytest

from tests.payments.histories import History


@pytest.mark.parametrize("block", range(4))
async def test_invariants_hold_in_random_histories(block: int) -> None:
    counts: Counter[str] = Counter()
    for seed in range(block * 20, block * 20 + 20):
        counts += await played(seed, steps=200)
    for what in ("authorise", "decline", "take", "release", "price rise", "kill", "clock", "refund", "cover_share"):
        assert counts[what] >= 1, (what, counts)


async def played(seed: int, steps: int) -> Counter[str]:
    history = History.of(seed)
    await history.begin()
    try:
        for _ in range(steps):
            await history.step()
        await history.end()
    except AssertionError as broken:
        raise AssertionError(f"seed {seed}: {broken}") from broken
    return history.counts
