"""Who bears how much: apportioning a sum by weights, and taking it within what each has authorised."""

from collections.abc import Sequence
from hashlib import blake2b

from bot.money import Money
from payments.model import COUNTED, Collection, Share


def apportion(total: Money, weights: Sequence[int], seed: str) -> list[Money]:
    """Largest-remainder parts that sum to the total exactly; who gets the odd units is drawn by the seed.

    ValueError as Money.split."""
    order = sorted(range(len(weights)), key=lambda n: blake2b(f"{seed}|{n}".encode(), digest_size=8).digest())
    drawn = total.split([weights[n] for n in order])
    parts = dict(zip(order, drawn, strict=True))
    return [parts[n] for n in range(len(weights))]


def each_bears(total: Money, people: Sequence[tuple[str, int]]) -> list[Money]:
    """What each (Person id, weight) bears of a total: one rule for what is told beforehand, asked for and taken. In

    whatever order they are named the same people get the odd units of the same sum. ValueError as Money.split."""
    order = sorted(range(len(people)), key=lambda n: people[n])
    seed = "|".join((str(total.minor), total.currency, *(people[n][0] for n in order)))
    parts = dict(zip(order, apportion(total, [people[n][1] for n in order], seed), strict=True))
    return [parts[n] for n in range(len(people))]


def within(total: Money, weights: Sequence[int], most: Sequence[int], seed: str) -> list[int]:
    """Parts of a total by weights, none above its `most` (minor units); what one cannot bear goes to the others.

    ValueError if all together cannot bear the total."""
    if sum(most) < total.minor:
        raise ValueError(f"{total} is more than can be taken")
    parts, left = dict.fromkeys(range(len(weights)), 0), total.minor
    while left:
        room = [n for n in parts if parts[n] < most[n]]
        live = [n for n in room if weights[n]] or room
        drawn = apportion(Money(left, total.currency), [weights[n] or 1 for n in live], seed)
        full = [n for n, part in zip(live, drawn, strict=True) if part.minor >= most[n]]
        if not full:
            parts.update((n, part.minor) for n, part in zip(live, drawn, strict=True))
            break
        for n in full:
            left -= most[n]
            parts[n] = most[n]
    return [parts[n] for n in range(len(weights))]


def root(collection: Collection, share: Share) -> Share:
    """The share that a covering or topping-up one is about in the end, itself if none."""
    of = collection.share(share.of)
    return root(collection, of) if of is not None and of.id != share.id else share


def rises(c: Collection, held: Sequence[Share], rise: Money) -> list[Money]:
    """What each of these is asked for more when the total has risen: with what they have paid they come to what

    `each_bears` tells of the whole; alone by weights where somebody else has paid a part of it."""
    roots = [root(c, s) for s in held]
    weights = [max(1, r.weight) for r in roots]
    paid = [sum(s.amount.minor for s in _paying(c) if root(c, s).id == r.id) for r in roots]
    whole = each_bears(c.total, [(r.person, weight) for r, weight in zip(roots, weights, strict=True)])
    more = [Money(one.minor - before, rise.currency) for one, before in zip(whole, paid, strict=True)]
    if sum(m.minor for m in more) == rise.minor and all(m.minor > 0 for m in more):
        return more
    return apportion(rise, weights, f"{c.id}|{c.steps}")


def _paying(c: Collection) -> list[Share]:
    return [s for s in c.shares if s.state == "authorized" and s.role in COUNTED]


def to_take(collection: Collection, confirmed: Money) -> dict[str, int]:
    """Share id -> what to capture of what is authorised, so that it sums to what was confirmed."""
    held = _paying(collection)
    lines: dict[str, list[Share]] = {}
    for share in held:
        lines.setdefault(root(collection, share).id, []).append(share)
    weights = [next((s.weight for s in shares if s.weight), 0) for shares in lines.values()]
    most = [sum(s.amount.minor for s in shares) for shares in lines.values()]
    bearing = [root(collection, shares[0]).person for shares in lines.values()]
    parts = _as_told(confirmed, bearing, weights, most) or within(confirmed, weights, most, collection.id)
    taking: dict[str, int] = {}
    for shares, part in zip(lines.values(), parts, strict=True):
        for share in shares:
            taking[share.id] = min(part, share.amount.minor)
            part -= taking[share.id]
    return taking


def _as_told(total: Money, people: Sequence[str], weights: Sequence[int], most: Sequence[int]) -> list[int]:
    """The parts by the rule of each_bears; none where somebody has authorised less, or nobody has a weight."""
    parts = each_bears(total, list(zip(people, weights, strict=True))) if any(weights) else []
    fits = all(part.minor <= limit for part, limit in zip(parts, most, strict=False))
    return [part.minor for part in parts] if fits else []


def bearers(collection: Collection, share: Share) -> list[tuple[str, int]]:
    """Whose cost a share's money is, with weights: the person whose part it was, or all for a rise that one paid; of a
    debt and of what stood in, those whose payment failed."""
    of = root(collection, share)
    if of.role in ("own", "cover"):
        return [(of.person, 1)]
    owe = owing(collection) if of.role in ("debt", "backstop") else []
    return owe or _all(collection)


def owing(collection: Collection) -> list[tuple[str, int]]:
    """(Person id, minor units) of what was confirmed and could not be taken; all bear what nobody had authorised."""
    c = collection
    failed = [s for s in c.shares if s.state == "capture_failed" and s.taking and s.role in COUNTED]
    found = [part for s in failed for part in _divided(s.taking, bearers(c, s), c, s.id)]
    return found + everybodys(c, short(c))


def open_gap(c: Collection) -> int:
    """What was confirmed and could not be taken, in minor units."""
    if c.taken is None:
        return 0
    coming = sum(s.captured or (s.taking if s.state == "authorized" else 0) for s in c.shares)
    return max(0, c.taken.minor - coming)


def outstanding(c: Collection) -> int:
    """The part of what was confirmed that somebody owes or is just paying, in minor units."""
    return open_gap(c) + sum(s.taking for s in c.shares if s.role == "debt" and s.state == "authorized")


def come_back(c: Collection, given: Money, key: str) -> tuple[Money, int]:
    """Of what a supplier gives back: what goes to those who paid, and what (minor units) is set against what nobody has

    paid yet; by the parts that both had in the price, so that those whose payment failed do not bear the rest alone."""
    paid = sum(s.captured for s in c.shares)
    failed = sum(minor for _, minor in owing(c)) - sum(s.captured for s in c.shares if s.role in ("debt", "backstop"))
    most = [sum(s.refundable for s in c.shares), outstanding(c)]
    amount = Money(max(0, min(given.minor, sum(most))), given.currency)
    back, spare = within(amount, [paid, max(0, failed)], most, f"{c.id}|{key}")
    return Money(back, given.currency), spare


def short(collection: Collection) -> int:
    """What was confirmed beyond all that was to be taken, in minor units."""
    meant = sum(s.taking for s in collection.shares if s.role in COUNTED)
    return max(0, collection.taken.minor - meant) if collection.taken else 0


def everybodys(collection: Collection, minor: int) -> list[tuple[str, int]]:
    """(Person id, minor units) of something that all bear by their weights."""
    return _divided(minor, _all(collection), collection, collection.id)


def _all(c: Collection) -> list[tuple[str, int]]:
    """Those who have a part of their own and are still here; where all have left, those who had one."""
    parts = [s for s in c.shares if s.role == "own" and s.weight and s.why != "resplit"]
    return [(s.person, s.weight) for s in [s for s in parts if s.why != "left"] or parts]


def _divided(minor: int, people: Sequence[tuple[str, int]], c: Collection, seed: str) -> list[tuple[str, int]]:
    parts = apportion(Money(minor, c.total.currency), [w for _, w in people], seed)
    return [(person, part.minor) for (person, _), part in zip(people, parts, strict=True) if part.minor]
