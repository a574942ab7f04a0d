"""Instead: what somebody would rather have in an item's place, told beside it: "something by the beach, cheaper"."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from booking.geo import Point, kilometres
from booking.itinerary.texts import say
from booking.itinerary.wishes import phrases
from booking.itinerary.words import matches
from booking.offers import Offer
from booking.trips import Item, Plan
from bot.language import listed

CHEAPER, EARLIER, LATER, CLOSER, BETTER, FASTER = "cheaper", "earlier", "later", "closer", "better", "faster"
_SAID = {
    CHEAPER: r"(?:much |a bit |a little )?(?:cheaper|less expensive|less pricey|more affordable|less)|"
             r"(?:kwa )?(?:bei )?(?:nafuu|rahisi)(?: zaidi)?|(?:ya )?bei ya chini",
    EARLIER: r"(?:much |a bit |a little )?(?:earlier|sooner)|mapema(?: zaidi)?",
    LATER: r"(?:much |a bit |a little )?later|baadaye(?: zaidi)?",
    CLOSER: r"(?:much |a bit |a little )?(?:closer|nearer|more central)|karibu zaidi",
    BETTER: r"(?:much |a bit |a little )?(?:better rated|higher rated|better|nicer|fancier)|(?:bora|nzuri) zaidi",
    FASTER: r"(?:much |a bit |a little )?(?:faster|quicker|shorter)|haraka zaidi",
}  # fmt: skip
_THAN = {than: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for than, words in _SAID.items()}
_AROUND = frozenset("""
    by near at on in next close beside along front side around within with that which who another other others
    different else new alternative one ones option options be being instead rather please then somewhere lingine
    nyingine kingine ingine tofauti kitu kilicho iliyo lililo ya za la cha wa kwa karibu yenye lenye
""".split())  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Instead:
    """`than`: how it shall compare with what it replaces; `words`: what it shall be, each a tag, a name or a kind."""

    than: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def __str__(self) -> str:
        return listed((*(say(f"than_{t}") for t in self.than), *self.words))

    def apart(self) -> tuple["Instead", ...]:
        """Each of several wishes by itself."""
        alone = [*(Instead(than=(t,)) for t in self.than), *(Instead(words=(w,)) for w in self.words)]
        return tuple(alone) if len(alone) > 1 else ()

    def names(self, offer: Offer) -> bool:
        """Whether an offer is what the words say; anything is where there are none."""
        return all(matches(word, offer) for word in self.words)


def read(text: str) -> Instead:
    """The wish in "something by the beach, cheaper": than cheaper, words beach."""
    rest, than = text, []
    for name, pattern in _THAN.items():
        if pattern.search(rest):
            than.append(name)
            rest = pattern.sub(" , ", rest)
    words = (" ".join(w for w in phrase.split() if w not in _AROUND) for phrase in phrases([rest]))
    return Instead(than=tuple(than), words=tuple(dict.fromkeys(w for w in words if w)))


def compares(plan: Plan, old: Item, wish: Instead, cost: Callable[[Offer], int | None]) -> Callable[[Offer], bool]:
    """Whether an offer is another than the old one and compares with it as wished. `cost`: in the plan's money."""
    before, middle = old.offer, _middle(plan, old)
    tests: dict[str, Callable[[Offer], bool]] = {
        CHEAPER: lambda o: _less(cost(o), cost(before) if before else None),
        EARLIER: lambda o: o.starts_at is not None and o.starts_at < old.starts_at,
        LATER: lambda o: o.starts_at is not None and o.starts_at > old.starts_at,
        CLOSER: lambda o: before is not None and kilometres(o.venue, middle) < kilometres(before.venue, middle),
        BETTER: lambda o: (o.rating or 0) > ((before.rating if before else 0) or 0),
        FASTER: lambda o: _less(_minutes(o), _minutes(before) if before else None),
    }  # fmt: skip

    def fits(offer: Offer) -> bool:
        other = before is None or offer.product != before.product
        return other and wish.names(offer) and all(tests[t](offer) for t in wish.than)

    return fits


def nearest(offers: Sequence[Offer], old: Item) -> list[Offer]:
    """Rides by how little they differ in time from the old one."""
    return sorted(offers, key=lambda o: abs((o.starts_at or old.starts_at) - old.starts_at))


def _less(a: int | None, b: int | None) -> bool:
    return a is not None and b is not None and a < b


def _minutes(offer: Offer) -> int | None:
    if offer.starts_at is None or offer.ends_at is None:
        return offer.minutes or None
    return round((offer.ends_at - offer.starts_at).total_seconds() / 60)


@dataclass(frozen=True, slots=True)
class _Spot:
    lat: float
    lon: float


def _middle(plan: Plan, old: Item) -> Point:
    """What "closer" is meant from: the middle of the visits, or for a visit the hotel."""
    stay = next((i.offer.venue for i in plan.stays if i.offer and i.id != old.id), None)
    if stay is not None and old.role != "stay":
        return stay
    venues = [i.offer.venue for i in plan.items() if i.offer and i.role in ("see", "eat") and i.id != old.id]
    if not venues:
        return plan.destination
    return _Spot(sum(v.lat for v in venues) / len(venues), sum(v.lon for v in venues) / len(venues))
