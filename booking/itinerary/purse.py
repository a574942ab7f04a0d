"""One money for a trip: amounts in other currencies by a stored rate, or not at all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from booking.trips import RATES, Plan, Rate
from bot.money import Money
from bot.ports import Store


class Rates(Protocol):
    """Where rates come from."""

    async def rate(self, base: str, quote: str) -> Rate | None:
        """The rate kept for two currencies, None if there is none."""
        ...


class StoredRates:
    """Rates as they lie in the Store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def rate(self, base: str, quote: str) -> Rate | None:
        """The rate kept for two currencies, None if there is none."""
        return await self._store.get(RATES, f"{base}:{quote}")


@dataclass(frozen=True, slots=True)
class Purse:
    """Prices in one currency. `rates`: by foreign currency."""

    currency: str
    rates: Mapping[str, Rate]

    def cost(self, price: Money) -> int | None:
        """The price in minor units of the trip's money, None if no rate is stored."""
        if price.currency == self.currency:
            return price.minor
        rate = self.rates.get(price.currency)
        return Money(price.minor, self.currency).ratio(rate.numerator, rate.denominator).minor if rate else None


def purse_of(plan: Plan) -> Purse:
    """The money a plan was counted in."""
    return Purse(plan.currency, {rate.base: rate for rate in plan.rates})


async def fill_purse(currency: str, prices: Iterable[Money], rates: Rates) -> Purse:
    """A purse with the stored rates that those prices need."""
    foreign = sorted({p.currency for p in prices} - {currency})
    found = [await rates.rate(base, currency) for base in foreign]
    return Purse(currency, {r.base: r for r in found if r})


def total(plan: Plan, roles: tuple[str, ...] = ()) -> Money:
    """What the plan costs the whole party, as estimated from its offers; `roles` narrows it."""
    purse = purse_of(plan)
    costs = (purse.cost(i.price) for i in plan.items() if i.price and (not roles or i.role in roles))
    return Money(sum(cost or 0 for cost in costs), plan.currency)


def uncounted(plan: Plan) -> tuple[Money, ...]:
    """Prices that no stored rate turns into the plan's money; they are not in the total."""
    purse = purse_of(plan)
    return tuple(i.price for i in plan.items() if i.price and purse.cost(i.price) is None)
