"""What cancelling costs at the sandbox suppliers: each rule is a sentence and the steps that it stands for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from booking.offers import Term
from bot.money import Money


@dataclass(frozen=True, slots=True)
class Rule:
    """`steps`: (hours before the start, numerator, denominator): until then that part of the price is kept."""

    text: str
    steps: tuple[tuple[int, int, int], ...] = ()

    def terms(self, price: Money, starts: datetime) -> tuple[Term, ...]:
        """The steps for one price and one start."""
        begins = starts.astimezone(UTC)
        return tuple(
            Term(until=begins - timedelta(hours=hours), kept=price.ratio(part, whole))
            for hours, part, whole in self.steps
        )  # fmt: skip


FINAL = Rule("Not refundable")


def free(text: str, hours: int) -> Rule:
    """Everything comes back until so many hours before."""
    return Rule(text, ((hours, 0, 1),))


def fee(text: str, hours: int, percent: int) -> Rule:
    """All but a percentage comes back until so many hours before."""
    return Rule(text, ((hours, percent, 100),))


def hotel_rules(nights: int) -> Sequence[Rule]:
    """The rates of a hotel: flexible, half flexible, final."""
    then = ", then the first night is kept until check-in" if nights > 1 else ""
    late = ((0, 1, nights),) if nights > 1 else ()
    return (
        Rule(f"Free cancellation until 24 h before check-in{then}", ((24, 0, 1), *late)),
        Rule("Cancelling costs the first night until 48 h before check-in, later everything", ((48, 1, nights),)),
        FINAL,
    )


FLIGHT = (fee("Refundable for a fee of 25 % until 24 h before departure", 24, 25), FINAL)
BUS = fee("Refundable for a fee of 10 % until 2 h before departure", 2, 10)
TRANSFER = free("Free cancellation until 3 h before pick-up", 3)
ACTIVITY = free("Free cancellation until the day before", 0)
EVENT = (fee("Refundable for a fee of 20 % until 48 h before it begins", 48, 20), FINAL)
