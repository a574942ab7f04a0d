"""Where a kill fell is read from what was cut off, what is stored and what the receiver has."""

from bench.evidence import Left, counts, windows


def test_a_request_cut_off_stands_before_or_after_the_append() -> None:
    assert windows([], {"a"}, set(), set()) == {"append"}
    assert windows([], {"a"}, {"a"}, set()) == {"answer"}


def test_an_unhandled_entry_stands_before_its_turn_commit() -> None:
    assert windows([Left(said="a", handled=False)], set(), set(), set()) == {"turn"}


def test_a_pending_delivery_stands_before_or_after_its_send() -> None:
    left = [Left(said="a", handled=True, pending=("d",))]
    assert windows(left, set(), set(), set()) == {"send"}
    assert windows(left, set(), set(), {"d"}) == {"mark"}


def test_a_kill_with_nothing_under_way_does_not_count() -> None:
    assert not counts([Left(said="a", handled=True)])
    assert counts([Left(said="a", handled=False)])
    assert counts([Left(said="a", handled=True, pending=("d",))])
