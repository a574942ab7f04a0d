"""Which modules reckon with money, and which tests should see a bug in them."""

from dataclasses import dataclass
from pathlib import Path

from bench.mutants.mutator import Mutant, mutants


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Modules, and files or folders of tests that run them."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]


_CROSSING = ("tests/bench/test_interleavings_end_well.py", "tests/booking/sale/test_news_that_cross.py")
_PAYING = (
    "tests/payments/test_ledger_balances.py",
    "tests/payments/test_moves_are_declared.py",
    "tests/payments/test_interleavings.py",
    "tests/payments/test_what_is_taken_and_given_back.py",
    "tests/payments/test_bad_days_of_paying.py",
    "tests/payments/test_payers_cover_for_each_other.py",
    "tests/payments/test_long_and_odd_collections.py",
    "tests/payments/test_a_group_pays_together.py",
    "tests/payments/test_hints_reach_the_thread.py",
    "tests/payments/test_keepers_look_after_money.py",
    "tests/payments/test_small_steps_of_money.py",
    "tests/payments/test_single_words_of_the_service.py",
    "tests/payments/test_errands_ask_before_they_repeat.py",
    "tests/payments/test_mandates_stand_and_fall.py",
    "tests/payments/test_collections_open_and_move.py",
    "tests/payments/test_looks_at_intervals.py",
    "tests/payments/test_news_about_payments.py",
    "tests/payments/test_parts_stay_fair_after_a_change.py",
    "tests/payments/test_payments_are_found_again.py",
    "tests/payments/test_presses_of_payers.py",
    "tests/payments/test_refunds_move_forward.py",
    "tests/payments/test_single_steps_of_covering.py",
    "tests/payments/test_single_words_after_the_purchase.py",
    "tests/payments/test_what_is_written_down.py",
)
GROUPS = {
    "money": Group(
        modules=("bot/money.py",), tests=("tests/bot/test_money_is_exact.py", "tests/payments/test_ledger_balances.py")
    ),
    "payments": Group(
        modules=(
            "payments/ledger.py", "payments/shares.py", "payments/steps.py", "payments/moves.py",
            "payments/collecting.py", "payments/following.py", "payments/giving_back.py", "payments/covering.py",
            "payments/mandates.py", "payments/errands.py", "payments/paying.py", "payments/booked.py",
            "payments/model.py",
        ),
        tests=(*_PAYING, *_CROSSING),
    ),
    "together": Group(
        modules=("payments/together/reckoning.py", "payments/together/sharing.py", "payments/together/sums.py"),
        tests=("tests/payments/together",),
    ),
    "service": Group(
        modules=("payments/gateways/sandbox/books.py", "payments/gateways/sandbox/gateway.py"),
        tests=("tests/payments/gateways", "tests/contracts", "tests/payments/test_bad_days_of_paying.py"),
    ),
    "booking": Group(
        modules=(
            "booking/sale/bookings.py", "booking/sale/settling.py", "booking/sale/cancelling.py",
            "booking/sale/pricing.py", "booking/sale/opening.py", "booking/sale/paying.py",
            "booking/sale/ordering.py", "booking/sale/spending.py", "booking/sale/booked.py", "booking/sale/cart.py",
            "booking/sale/counter.py", "booking/sale/payers.py", "booking/sale/open_now.py",
        ),
        tests=("tests/booking/sale", "tests/bench/test_interleavings_end_well.py"),
    ),
}  # fmt: skip


def of(path: str) -> list[Mutant]:
    """The mutants of one module."""
    return list(mutants(path, Path(path).read_text()))


def chosen(part: str) -> dict[str, list[str]]:
    """Group -> its modules with this in their path."""
    found = {name: [m for m in group.modules if part in m] for name, group in GROUPS.items()}
    return {name: modules for name, modules in found.items() if modules}
