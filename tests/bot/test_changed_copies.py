"""A changed copy is what dataclasses.replace makes, for every kind of document."""

from dataclasses import fields, replace
from datetime import UTC, datetime

import pytest

from bot.model import Delivery, Entry, Place
from bot.values import changed

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ENTRY = Entry(id="e1", thread="t1", what="message", at=NOON, text="jambo", value={"kind": "group"}, seq=4)


@pytest.mark.parametrize("value", [ENTRY, Delivery(id="d1", place="p1"), Place(id="p1", thread="t1")])
def test_a_copy_without_changes_is_equal_and_another(value: Entry | Delivery | Place) -> None:
    copy = changed(value)
    assert copy == value and copy is not value
    assert type(copy) is type(value)


def test_a_changed_copy_differs_in_what_was_changed_and_the_original_stays() -> None:
    copy = changed(ENTRY, handled=True, seq=7, deliveries=(Delivery(id="d1", place="p1"),))
    assert copy == replace(ENTRY, handled=True, seq=7, deliveries=(Delivery(id="d1", place="p1"),))
    assert (ENTRY.handled, ENTRY.seq, ENTRY.deliveries) == (False, 4, ())


@pytest.mark.parametrize("name", [field.name for field in fields(Entry)])
def test_every_field_is_copied(name: str) -> None:
    assert getattr(changed(ENTRY), name) == getattr(ENTRY, name)


def test_a_field_that_is_not_there_cannot_be_changed() -> None:
    with pytest.raises(KeyError):
        changed(ENTRY, mood="happy")  # type: ignore[call-arg]


def test_a_field_named_as_our_own_parameter_can_be_changed() -> None:
    assert changed(ENTRY, value={"kind": "direct"}).value == {"kind": "direct"}
