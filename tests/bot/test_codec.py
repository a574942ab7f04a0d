"""Documents survive being stored: nothing is cut off, and older bodies still open."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.codec import decode, encode, microseconds
from bot.money import Money

NOTHING = Money(0, "KES")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fare:
    """A document with the types that domain documents are made of."""

    id: str
    price: Money = NOTHING
    leaves: datetime | None = None
    stops: tuple[str, ...] = ()
    seat: bytes = b""
    version: int = 0


@given(
    st.builds(
        Fare,
        id=st.text(st.characters(exclude_categories=["Cs"])),
        price=st.builds(Money, st.integers(min_value=-(10**15), max_value=10**15), st.sampled_from(["KES", "JPY"])),
        leaves=st.none() | st.datetimes(timezones=st.just(UTC)),
        seat=st.binary(max_size=20),
    )
)
def test_a_document_comes_back_as_it_was(fare: Fare) -> None:
    found = decode(Fare, encode(fare), fare.version)
    assert found == fare and (fare.leaves is None or (found.leaves and found.leaves.tzinfo is UTC))


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_moments_sort_as_their_microseconds(one: datetime, other: datetime) -> None:
    assert (one < other) == (microseconds(one) < microseconds(other))
    assert one + timedelta(microseconds=microseconds(other) - microseconds(one)) == other


def test_a_moment_is_the_same_in_every_zone() -> None:
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert microseconds(noon) == microseconds(noon.astimezone(timezone(timedelta(hours=3)))) == 1_772_366_400_000_000
    with pytest.raises(ValueError, match="time zone"):
        microseconds(noon.replace(tzinfo=None))


def test_the_stored_version_counts_not_the_one_in_the_body() -> None:
    assert decode(Fare, encode(Fare(id="f", version=1)), 2) == Fare(id="f", version=2)


def test_a_body_of_an_earlier_caravan_gets_defaults_and_loses_what_is_no_more() -> None:
    assert decode(Fare, b'{"id": "f", "class": "economy"}', 1) == Fare(id="f", version=1)


def test_hostile_text_is_refused() -> None:
    with pytest.raises(ValueError, match="surrogates"):
        encode(Fare(id="\ud800"))
