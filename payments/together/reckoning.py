"""Reckoning: parts of an expense, and the fewest payments that make everybody even. Pure."""

from collections.abc import Mapping, Sequence

from bot.money import Money
from payments.shares import apportion
from payments.together.model import Part


def divided(total: Money, people: Sequence[tuple[str, str]], seed: str) -> tuple[Part, ...]:
    """Equal parts for (Person id, name), every unit handed out; who gets the odd ones is drawn by the seed."""
    parts = apportion(total, [1] * len(people), seed)
    return tuple(Part(person=p, name=n, minor=m.minor) for (p, n), m in zip(people, parts, strict=True))


def owed(paid: Sequence[Part], parts: Sequence[Part]) -> dict[str, int]:
    """Person id -> what an expense makes others owe them (negative: they owe); sums to zero."""
    sums: dict[str, int] = {}
    for part in paid:
        sums[part.person] = sums.get(part.person, 0) + part.minor
    for part in parts:
        sums[part.person] = sums.get(part.person, 0) - part.minor
    return sums


def transfers(balances: Mapping[str, int]) -> list[tuple[str, str, int]]:
    """(debtor, creditor, minor units) that make everybody even: the largest debt first, at most one fewer than people.

    ValueError unless the balances sum to zero."""
    if sum(balances.values()):
        raise ValueError("balances sum to zero")
    left = {who: minor for who, minor in balances.items() if minor}
    found: list[tuple[str, str, int]] = []
    while left:
        debtor = min(left, key=lambda who: (left[who], who))
        creditor = max(left, key=lambda who: (left[who], who))
        minor = min(-left[debtor], left[creditor])
        found.append((debtor, creditor, minor))
        for who, change in ((debtor, minor), (creditor, -minor)):
            left[who] += change
            if not left[who]:
                del left[who]
    return found
