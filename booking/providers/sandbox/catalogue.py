"""The sandbox world as its suppliers see it: what answers a wish, and what a reference stands for."""

from collections.abc import Iterator

from booking.offers import Offer, OfferKind
from booking.ports import LocalSearch, Search
from booking.providers.sandbox.buses import Buses
from booking.providers.sandbox.flights import Flights
from booking.providers.sandbox.hotels import Hotels
from booking.providers.sandbox.local import Activities, Events, Restaurants
from booking.providers.sandbox.market import Market, Moment, Seller, World
from booking.providers.sandbox.refs import Ref
from booking.providers.sandbox.transfers import Transfers
from booking.providers.sandbox.weather import Weather
from bot.gazetteer import Gazetteer
from bot.names import fold

_LOCAL = frozenset({OfferKind.EVENT, OfferKind.ACTIVITY, OfferKind.RESTAURANT, OfferKind.WEATHER})
SELLERS = (
    Seller(
        code="simba", name="Simba Air GDS (sandbox)", markup=100, covers=78,
        kinds=frozenset({OfferKind.FLIGHT, OfferKind.HOTEL, OfferKind.TRANSFER}),
    ),
    Seller(code="kivuko", name="Kivuko Travel (sandbox)", markup=103, covers=82, kinds=frozenset(OfferKind)),
    Seller(
        code="barabara", name="Barabara Coaches (sandbox)", markup=97, covers=80,
        kinds=frozenset({OfferKind.BUS, OfferKind.TRANSFER}),
    ),
    Seller(code="tembea", name="Tembea Local (sandbox)", markup=99, covers=80, kinds=_LOCAL),
)  # fmt: skip
_MOST_PEOPLE = 200


class Catalogue:
    """All markets of one world. Pure: the same seed, reference and moment give the same offer for ever."""

    def __init__(self, seed: int, atlas: Gazetteer) -> None:
        world = World(seed, atlas)
        markets: tuple[Market, ...] = (
            Flights(world), Hotels(world), Buses(world), Transfers(world), Activities(world), Restaurants(world),
            Events(world), Weather(world),
        )  # fmt: skip
        self._markets = {market.kind: market for market in markets}
        self._sellers = {seller.code: seller for seller in SELLERS}
        self.dice = world.dice

    def refs(self, seller: Seller, wish: Search) -> Iterator[Ref]:
        """The references that could answer a wish; some of them may stand for nothing."""
        if wish.kind in seller.kinds and 1 <= wish.travelers <= _MOST_PEOPLE:
            for parts in self._markets[wish.kind].parts(seller, wish):
                yield Ref(seller.code, wish.kind.value, parts)

    def offer(self, ref: Ref, moment: Moment) -> Offer | None:
        """What a reference stands for at a moment, sold out or not; None if the world has no such thing."""
        seller = self._sellers.get(ref.seller)
        if seller is None or ref.kind not in seller.kinds:
            return None
        try:
            offer = self._markets[OfferKind(ref.kind)].offer(seller, ref, moment)
        except (ValueError, LookupError, OverflowError):
            return None
        return offer if offer and 1 <= offer.travelers <= _MOST_PEOPLE else None


def answers(wish: Search, offer: Offer) -> bool:
    """Whether it has room for the party and one of the words that were asked for."""
    if not offer.roomy:
        return False
    return not isinstance(wish, LocalSearch) or not wish.words or any(_has(offer, word) for word in wish.words)


def _has(offer: Offer, phrase: str) -> bool:
    """Whether all words of a phrase are among those of its title, tags and details (a kitchen's title may mislead)."""
    title = "" if offer.kind is OfferKind.RESTAURANT else offer.title
    said = fold(" ".join((title, *offer.tags, *(value for _, value in offer.details)))).split()
    return set(fold(phrase).split()) <= {form for word in said for form in (word, word.removesuffix("s"))}
