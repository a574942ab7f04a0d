"""A few dozen of the random interleavings of the soak; all of them: `python -m bench.soak interleavings`."""

import pytest

from bench.interleavings import block


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_meets_in_a_checkout_it_ends_well(seed: int) -> None:
    counts = await block(seed, 20)
    assert counts["interleavings"] == 20 and counts["capture"] and counts["confirmed"] and counts["killed"]
