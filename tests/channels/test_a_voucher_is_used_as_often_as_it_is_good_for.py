"""Addresses to answer at are used no more often than a network takes them, whatever they are wanted for."""

from bot.clock import SystemClock
from channels.vouchers import Vouchers


def test_one_address_under_several_keys_is_counted_once() -> None:
    vouchers = Vouchers(SystemClock(), 3, 60)
    vouchers.keep("url", ("room",), ("room", "ana"))
    vouchers.keep("", ("room",))
    assert [vouchers.take("room"), vouchers.take("room", "ana"), vouchers.take("room"), vouchers.take("room")] == [
        "url", "url", "url", "",
    ]  # fmt: skip
    assert vouchers.take("room", "ana") == "" == vouchers.take("nobody")
    vouchers.keep("new", ("room",))
    assert (vouchers.take("room"), vouchers.take("room", "ana")) == ("new", "")


def test_what_is_kept_anew_is_not_forgotten_first() -> None:
    vouchers = Vouchers(SystemClock(), 1, 60)
    vouchers.keep("old", ("a",))
    for n in range(4_999):
        vouchers.keep(f"u{n}", (str(n),))
    vouchers.keep("fresh", ("a",))
    vouchers.keep("one more", ("b",))
    assert (vouchers.take("a"), vouchers.take("0"), vouchers.take("b")) == ("fresh", "", "one more")


def test_an_address_is_good_for_a_while() -> None:
    vouchers = Vouchers(SystemClock(), 5, 0)
    vouchers.keep("url", ("room",))
    assert vouchers.take("room") == ""
