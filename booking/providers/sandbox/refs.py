"""References of the sandbox: `supplier:kind:part:...`; they say enough to ask the world again."""

from dataclasses import dataclass
from datetime import date

from bot.gazetteer import Gazetteer, Spot
from bot.names import fold

# How many parts at the end say what was asked (party, rooms, currency), not what is sold.
TAIL = {"hotel": 4}
_USUAL_TAIL = 2


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference in parts; `parts` never hold a colon."""

    seller: str
    kind: str
    parts: tuple[str, ...]

    @classmethod
    def read(cls, ref: str) -> "Ref | None":
        """From its text; None if it is not one of ours."""
        seller, _, rest = ref.partition(":")
        kind, _, parts = rest.partition(":")
        return cls(seller, kind, tuple(parts.split(":"))) if parts else None

    @property
    def stem(self) -> str:
        """What is sold, whatever party asks: price rises and sold-out news are kept under it."""
        tail = TAIL.get(self.kind, _USUAL_TAIL)
        return ":".join((self.seller, self.kind, *self.parts[:-tail]))

    def for_party(self, travelers: int) -> "Ref":
        """What is sold, asked by another party: as many rooms as they need, two or as many as before to a room."""
        *rest, people, currency = self.parts
        if self.kind == "hotel":
            each = max(2, -(-int(people) // int(rest[-1])))
            rest[-1] = str(-(-travelers // each))
        return Ref(self.seller, self.kind, (*rest, str(travelers), currency))

    def __str__(self) -> str:
        return ":".join((self.seller, self.kind, *self.parts))


class Places:
    """Towns in references: `mombasa.KE.37`."""

    def __init__(self, atlas: Gazetteer) -> None:
        self._atlas = atlas

    def key(self, spot: Spot) -> str:
        """How a town is written in a reference."""
        return f"{fold(spot.name).replace(' ', '-')}.{spot.country}.{spot.region}"

    def spot(self, key: str) -> Spot | None:
        """The town of a key; of several with one key the best known, always the same."""
        name, _, area = key.partition(".")
        country, _, region = area.partition(".")
        spots = self._atlas.candidates(name.replace("-", " "))
        same = [s for s in spots if (s.country, s.region) == (country, region) and self.key(s) == key]
        return next((s for s in same if s.kind != "country"), same[0] if same else None)


def day_key(day: date) -> str:
    """20270312."""
    return f"{day:%Y%m%d}"


def read_day(key: str) -> date:
    """The day of a key; ValueError if it is none."""
    return date(int(key[:4]), int(key[4:6]), int(key[6:8]))
