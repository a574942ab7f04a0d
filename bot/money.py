"""Money: integer minor units of an ISO 4217 currency, never a float."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

# ISO 4217 (list one, SIX Group): the currencies whose minor unit is not a hundredth.
_EXPONENTS = {
    **dict.fromkeys(
        [
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "UYI",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ],
        0,
    ),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
    **dict.fromkeys(["CLF", "UYW"], 4),
}
_CODE = re.compile(r"[A-Z]{3}")


def exponent(currency: str) -> int:
    """Digits after the decimal point of a currency; ValueError if it is not a three-letter code."""
    if not _CODE.fullmatch(currency):
        raise ValueError(f"not an ISO 4217 code: {currency!r}")
    return _EXPONENTS.get(currency, 2)


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An amount. `minor`: integer minor units (cents); `currency`: ISO 4217 code."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError(f"minor units are integers, not {self.minor!r}")
        exponent(self.currency)

    @classmethod
    def parse(cls, amount: str, currency: str) -> "Money":
        """From a supplier's decimal string; ValueError unless exactly representable."""
        try:
            scaled = Decimal(amount).scaleb(exponent(currency))
        except InvalidOperation as cause:
            raise ValueError(f"not an amount: {amount!r}") from cause
        if not scaled.is_finite() or scaled != scaled.to_integral_value():
            raise ValueError(f"{amount} is not exact in {currency}")
        return cls(int(scaled), currency)

    @property
    def major(self) -> Decimal:
        """The amount in whole units, exact."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other), self.currency)

    def __mul__(self, times: int) -> "Money":
        if type(times) is not int:
            raise TypeError("money is multiplied by whole numbers; use `ratio` for parts")
        return Money(self.minor * times, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.minor <= self._same(other)

    def __gt__(self, other: "Money") -> bool:
        return self.minor > self._same(other)

    def __ge__(self, other: "Money") -> bool:
        return self.minor >= self._same(other)

    def __str__(self) -> str:
        """For people: a whole amount without decimals, any other with all of its currency's."""
        whole = self.minor % 10 ** exponent(self.currency) == 0
        return f"{self.currency} {self.major:,.{0 if whole else exponent(self.currency)}f}"

    def ratio(self, numerator: int, denominator: int) -> "Money":
        """The amount times a ratio, rounded once, half to even."""
        whole, rest = divmod(self.minor * numerator, denominator)
        up = 2 * rest > denominator or (2 * rest == denominator and whole % 2 == 1)
        return Money(whole + up, self.currency)

    def split(self, weights: Sequence[int]) -> list["Money"]:
        """Shares in proportion to weights by largest remainder; they sum to the amount exactly.

        ValueError for no weights, a negative weight or a sum of zero. Ties go to the earlier share.
        """
        total = sum(weights)
        if not weights or min(weights) < 0 or total == 0:
            raise ValueError("a split needs weights of zero or more with a positive sum")
        sign = -1 if self.minor < 0 else 1
        parts = [divmod(abs(self.minor) * w, total) for w in weights]
        left = abs(self.minor) - sum(whole for whole, _ in parts)
        first = sorted(range(len(parts)), key=lambda i: -parts[i][1])[:left]
        return [Money(sign * (whole + (i in first)), self.currency) for i, (whole, _) in enumerate(parts)]

    def _same(self, other: "Money") -> int:
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not mix")
        return other.minor


def total(amounts: Sequence[Money], currency: str) -> Money:
    """The sum of amounts that all have that currency; zero for none."""
    result = Money(0, currency)
    for amount in amounts:
        result = result + amount
    return result
