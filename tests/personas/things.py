"""Things to rank: what the port Rankable asks for and no more."""

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.model import Persona
from bot.money import Money
from personas.documents import Liking


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """Something Rankable."""

    ref: str
    title: str
    kind: str = "activity"
    tags: tuple[str, ...] = ()
    price: Money | None = None
    rating: float | None = None
    starts_at: datetime | None = None
    details: tuple[tuple[str, str], ...] = ()


def _activity(number: int, row: str) -> Thing:
    title, tags, price, rating = (part.strip() for part in row.split("|"))
    return Thing(
        ref=f"s:{number}",
        title=title,
        tags=tuple(tags.split()),
        price=Money(int(price) * 100, "KES"),
        rating=float(rating),
    )


ACTIVITIES = [
    _activity(n, row)
    for n, row in enumerate("""
        Public Beach | beach nature budget family | 0 | 4.1
        Glass-bottom Boat | beach adventure family nature | 7500 | 4.4
        Sunset Dhow Cruise | beach romantic luxury | 11000 | 4.6
        Surf Lesson | beach sport adventure | 5500 | 4.2
        Street Food Walk | food culture budget | 4000 | 4.5
        Cooking Class | food culture family | 8000 | 4.7
        Coffee Tasting | food budget | 2200 | 4.0
        National Museum | museum culture history family | 2000 | 4.3
        Museum of Modern Art | museum culture art | 1800 | 4.6
        Fort and Maritime Museum | museum history culture | 2400 | 4.5
        House of Science | museum family | 2200 | 3.9
        Night of the Museums | museum culture history | 1500 | 4.8
        Sacred Places Tour | culture history | 2800 | 4.1
        Old Town Walking Tour | culture history budget | 2500 | 4.7
        Botanical Garden | nature family romantic budget | 900 | 4.2
        Wildlife Drive | nature adventure family | 12000 | 4.9
        Hill Hike | nature adventure sport budget | 1200 | 4.3
        Live Music Lounge | nightlife music | 2000 | 4.4
        Rooftop Bar Evening | nightlife luxury romantic | 3000 | 4.2
        Spa Ritual | wellness luxury romantic | 9500 | 4.6
        Craft Village | culture shopping family budget | 800 | 4.0
        Water Park | family adventure | 5200 | 3.8
        """.strip().splitlines())
]  # fmt: skip

HOTELS = [
    Thing(ref="h:1", kind="hotel", title="Backpackers", tags=("budget",), price=Money(200_000, "KES"), rating=3.9),
    Thing(ref="h:2", kind="hotel", title="Lodge", tags=("family",), price=Money(500_000, "KES"), rating=4.0),
    Thing(ref="h:3", kind="hotel", title="City Hotel", price=Money(900_000, "KES"), rating=4.1),
    Thing(ref="h:4", kind="hotel", title="Reef Resort", price=Money(1_600_000, "KES"), rating=4.4),
    Thing(ref="h:5", kind="hotel", title="Ocean Palace", tags=("luxury",), price=Money(4_000_000, "KES"), rating=4.8),
]


def liking(persona: Persona, thing: Thing, *, liked: bool) -> Liking:
    """One like or dislike of a thing."""
    return Liking(
        id=f"{persona.id}:{thing.ref}", persona=persona.id, ref=thing.ref, liked=liked, tags=thing.tags,
        at=datetime(2027, 3, 12, tzinfo=UTC),
    )  # fmt: skip
