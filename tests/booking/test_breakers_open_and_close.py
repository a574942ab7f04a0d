"""A breaker leaves a failing supplier in peace and tries it again later."""

import asyncio

import pytest

from booking.breaker import Breaker
from tests.booking.bazaar import HandClock


def failing(times: int) -> tuple[Breaker, HandClock]:
    clock = HandClock()
    breaker = Breaker(clock)
    for _ in range(times):
        assert breaker.allows()
        breaker.failed()
    return breaker, clock


def test_four_failures_are_not_enough() -> None:
    breaker, _ = failing(4)
    assert breaker.state == "closed" and breaker.allows()


def test_five_failures_in_a_row_open_it() -> None:
    breaker, _ = failing(5)
    assert breaker.state == "open" and not breaker.allows()


def test_a_success_starts_the_count_again() -> None:
    breaker, _ = failing(4)
    breaker.worked()
    breaker.failed()
    assert breaker.state == "closed"


def test_after_a_rest_exactly_one_call_tries() -> None:
    breaker, clock = failing(5)
    clock.at += breaker.rest
    assert breaker.state == "half-open"
    assert [breaker.allows() for _ in range(3)] == [True, False, False]


def test_a_try_that_works_closes_it() -> None:
    breaker, clock = failing(5)
    clock.at += breaker.rest
    assert breaker.allows()
    breaker.worked()
    assert breaker.state == "closed" and breaker.allows() and breaker.allows()


def test_a_try_that_fails_opens_it_again() -> None:
    breaker, clock = failing(5)
    clock.at += breaker.rest
    assert breaker.allows()
    breaker.failed()
    assert breaker.state == "open" and not breaker.allows()


@pytest.mark.parametrize("well", [True, False])
async def test_who_comes_while_one_tries_hears_how_that_ended(well: bool) -> None:
    breaker, clock = failing(5)
    clock.at += breaker.rest
    assert await breaker.allows_in_turn()
    others = [asyncio.create_task(breaker.allows_in_turn()) for _ in range(3)]
    await asyncio.sleep(0)
    assert not any(other.done() for other in others)
    (breaker.worked if well else breaker.failed)()
    assert await asyncio.gather(*others) == [well] * 3
