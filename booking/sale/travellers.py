"""The travellers' names as on their documents: asked for alone, stored sealed, opened only for the supplier."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from booking.offers import Offer
from booking.sale.texts import say
from booking.texts import count
from bot.content import Draft, Field, Press
from bot.documents import Index, Insert, Kind, Op, Replace
from bot.errors import AskAgain
from bot.ports import Ask, Store
from bot.sealed import Sealer

# A machine-readable document has room for 39 letters, an airline's record for about 60.
MOST, LONGEST = 30, 70


@dataclass(frozen=True, slots=True, kw_only=True)
class Travellers:
    """The names that one Person gave for one Thread, sealed; id `"{thread}:{person}"`. `count`: how many."""

    id: str
    thread: str
    person: str
    sealed: str
    count: int
    at: datetime
    version: int = 0


TRAVELLERS = Kind("travellers", Travellers, (Index(("thread",)), Index(("person",))))


class Names:
    """Keeps and opens them."""

    def __init__(self, store: Store, sealer: Sealer) -> None:
        self._store, self._sealer = store, sealer

    async def known(self, thread: str, person: str) -> int:
        """How many names a Person has given for a Thread."""
        kept = await self._store.get(TRAVELLERS, f"{thread}:{person}")
        return kept.count if kept else 0

    async def open(self, thread: str, person: str) -> tuple[str, ...]:
        """The names; none if there are none or they were sealed with another secret."""
        kept = await self._store.get(TRAVELLERS, f"{thread}:{person}")
        opened = self._sealer.open(kept.sealed) if kept else None
        return tuple(opened.split("\n")) if opened else ()

    async def keep(self, ask: Ask, names: Sequence[str]) -> Op:
        """The change that keeps these names for the asker, instead of those before."""
        id = f"{ask.thread.id}:{ask.person.id}"
        before = await self._store.get(TRAVELLERS, id)
        kept = Travellers(
            id=id, thread=ask.thread.id, person=ask.person.id, sealed=self._sealer.seal("\n".join(names)),
            count=len(names), at=ask.now, version=before.version if before else 0,
        )  # fmt: skip
        return Replace(TRAVELLERS, kept) if before else Insert(TRAVELLERS, replace(kept, version=0))


def needed(offers: Sequence[Offer]) -> tuple[int, str]:
    """How many names these offers need, and which supplier wants them; (0, "") if none does."""
    named = max((o for o in offers if o.named), key=lambda o: o.travelers, default=None)
    return (named.travelers, named.supplier) if named else (0, "")


def read_names(said: str, wanted: int) -> tuple[str, ...]:
    """Names from a line. AskAgain("names", ...) if there are too few, or one cannot be a name on a document."""
    found = [_written(part) for part in re.split(r"[,;\n]|\band\b", said) if part.strip()]
    for name in found:
        if len(re.findall(r"[^\W\d_]", name)) < 3 or " " not in name:
            raise AskAgain("names", say("names_short", name=name[:40]))
        if len(name) > LONGEST:
            raise AskAgain("names", say("names_long", name=f"{name[:40]}…", most=LONGEST))
    folded = [name.casefold() for name in found]
    for name in found:
        if folded.count(name.casefold()) > 1:
            raise AskAgain("names", say("names_twice", name=name))
    if len(found) > MOST:
        raise AskAgain("names", say("names_many", most=MOST))
    if not found or len(found) < wanted:
        raise AskAgain("names", say("names_ask", count=max(1, wanted)))
    return tuple(found)


def _written(name: str) -> str:
    """A name without marks that nobody sees: they would steer a printer, or turn the letters round on a voucher."""
    seen = (" " if c.isspace() else c for c in name if c.isspace() or not unicodedata.category(c).startswith("C"))
    return " ".join("".join(seen).split())


def names_card(ask: Ask, wanted: int, supplier: str, go_on: dict[str, str]) -> Draft:
    """The question, for the asker alone, with a field for the answer."""
    text = (
        f"{say('names_needed', supplier=supplier, count=count(wanted, 'traveller'))} {say('names_ask', count=wanted)}"
    )
    args = {"wanted": wanted, **go_on}
    button = Press(label=say("names_save"), call="keep_names", args=args, who=(ask.person.id,))
    return Draft(text=text, form=(Field(name="names", type="text"),), buttons=(button,), only_for=(ask.person.id,))
