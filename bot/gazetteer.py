"""Places people travel to and from: looked up in a small read-only SQLite file, never loaded.

GeoNames data (geonames.org), CC BY 4.0; built by scripts/build_gazetteer.py.
"""

import sqlite3
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.names import fold, word_set

_FILE = Path(__file__).resolve().parent / "data" / "gazetteer.sqlite"
_COLUMNS = "s.id, s.name, s.kind, s.country, s.region, s.lat, s.lon, s.population, s.tz, s.airports"
_BY_KEY = f"select {_COLUMNS}, n.sort, n.key from name n join spot s on s.id = n.spot where n.key in ({{}})"
_BY_CODE = f"select {_COLUMNS} from airport a join spot s on s.id = a.spot where a.code = ?"
_BEGINS = (
    "select s.name from name n join spot s on s.id = n.spot where n.key >= ? and n.key < ? and n.sort <> 1 "
    "and s.kind <> 'country' group by s.id order by s.population desc limit ?"
)
_WITHIN_BOX = (
    "select lat, lon from spot where kind = 'city' and lat between ? and ? and lon between ? and ? "
    "order by population desc limit ?"
)
_AFFIXES = ("city of ", "downtown ", "central ", "greater ", "the ")
_SUFFIXES = (" city", " town", " area", " cbd", " airport", " international airport", " county", " beach", " island")
_LONGEST = 5
_WITHIN = ("", ".", "-", "'")  # marks inside a name: "St. Louis"
_AT_ONCE = 500
_NAME = 60  # no name is longer
_WELL_KNOWN = 100_000
_CITY = 300_000
_NO_CITY, _RIVAL = 0.05, 1 / 3  # how many people a namesake at home needs beside a town and beside a city abroad
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_OFFICIAL, _ALTERNATE, _SHORT, _ALIAS = 0, 1, 2, 3
_WEIGHT = {_OFFICIAL: 1.0, _ALTERNATE: 0.2, _SHORT: 10.0, _ALIAS: 10.0}

# People set out for a town rather than for its country, and for an island or a coast rather than for a like-named town.
_DRAWS = {"country": 0.2, "area": 3.0}

# Ordinary words that happen to be airport codes; as codes they are looked up with `airport`.
_WORDS = word_set("""
    the and for you all any are bad bed big bus but buy can car cat cut day did dog eat eve far few fly fun get guy had
    has her him his hot how its job key let lie lot may men met mom net new not now off old one our out own pay per put
    ran red run sad sat saw say see set she sit six sky sun tax tea ten tip too top try two use van was way who why win
    yes yet also mon tue wed thu fri jan feb mar apr jun jul aug sep oct nov dec low max min hub map art ski
""")

_Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place. `kind`: city, area, park or country; `country`: ISO 3166 alpha-2; `tz`: IANA zone;
    `airports`: IATA codes that serve it, main one first.
    """

    id: int
    name: str
    kind: str
    country: str
    region: str
    lat: float
    lon: float
    population: int
    tz: str
    airports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Airport:
    """An airport by its IATA code; `tz`: IANA zone."""

    code: str
    name: str
    country: str
    lat: float
    lon: float
    tz: str


@dataclass(frozen=True, slots=True)
class Span:
    """Words `start` up to `end` (exclusive) of a sentence name `spot`; `nickname`: by a short form or a code."""

    start: int
    end: int
    spot: Spot
    nickname: bool = False


class Gazetteer:
    """Read-only look-ups by name, alternate name, short form and airport code. Safe to share by threads.

    The file is opened at the first look-up. Names that several places share go to the best known one,
    or to one in the country given as `near` (an ISO code).
    """

    def __init__(self, path: Path = _FILE) -> None:
        self._path = path
        self._guard = threading.Lock()
        self._db: sqlite3.Connection | None = None
        self._lookup = lru_cache(maxsize=4096)(self._look_up)
        self._regions = lru_cache(maxsize=512)(self._read_region)

    def find(self, text: str, near: str | None = None) -> Spot | None:
        """The place a text names, else None. Knows "LA", "nbo", "Toronto, Ontario" and one slip of the pen."""
        return next(iter(self.candidates(text, near)), None)

    def reached(self, text: str, start: Spot) -> Spot | None:
        """The place that people mean who set out from `start`: of places that share a name one in its country, unless
        another is far better known."""
        found = self.candidates(text)
        home = next((s for s in found if s.country == start.country and s.kind != "country"), None)
        best = found[0] if found else None
        if best is None or home is None or best.kind == "country" or home.id == start.id:
            return best
        share = _NO_CITY if best.population < _CITY else _RIVAL
        return home if home.population >= share * best.population else best

    def candidates(self, text: str, near: str | None = None) -> tuple[Spot, ...]:
        """Every place the text may name, best first; empty when unknown."""
        name, _, qualifier = text.partition(",")
        if qualifier.strip():
            return self._qualified(fold(name), fold(qualifier)) or self.candidates(name, near)
        key = fold(text)
        if not key or len(key) > _NAME:
            return ()
        return _ranked(self._lookup(key) or self._airport(key) or self._trimmed(key) or self._misspelt(key), near)

    def suggest(self, text: str, most: int = 3) -> tuple[str, ...]:
        """Names of well-known places that begin like a text nobody knows, the largest first."""
        key = fold(text.partition(",")[0])[:40]
        for length in range(len(key), 2, -1):
            start = key[:length]
            rows = self._query(_BEGINS, (start, start + "\U0010ffff", str(most)))
            if rows:
                return tuple(str(name) for (name,) in rows)
        return ()

    def exactly(self, text: str) -> tuple[Spot, ...]:
        """Every place of exactly that name or code, best first; no slips of the pen."""
        key = fold(text)
        return self._lookup(key) or self._airport(key) or self._trimmed(key) if 0 < len(key) <= _NAME else ()

    def spans(self, words: Sequence[str]) -> list[Span]:
        """Where in a sentence places are named: exact names only, longest first, no overlaps.

        A name in the middle of ordinary words ("of" is a town) is found too: the caller judges by
        the words around it.
        """
        keys = [fold(word) for word in words]
        pieces: dict[str, list[tuple[int, int]]] = {}
        for start, key in enumerate(keys):
            for end in range(start + 1, min(start + _LONGEST, len(keys)) + 1) if key else ():
                if keys[end - 1]:
                    pieces.setdefault(" ".join(k for k in keys[start:end] if k), []).append((start, end))
                elif words[end - 1] not in _WITHIN:
                    break
        known = self._best(pieces)
        return _longest_first(Span(*at, *known[key]) for key, places in pieces.items() if key in known for at in places)

    def airport(self, code: str) -> Spot | None:
        """The place that the airport with this IATA code serves, else None."""
        rows = self._query(_BY_CODE, (code.upper(),))
        return _spot(rows[0]) if rows else None

    def airfield(self, code: str) -> Airport | None:
        """The airport itself by its IATA code, else None."""
        sql = "select code, name, country, lat, lon, tz from airport where code = ?"
        names = ("code", "name", "country", "lat", "lon", "tz")
        return next((Airport(**dict(zip(names, row, strict=True))) for row in self._query(sql, (code.upper(),))), None)

    def currency(self, country: str) -> str | None:
        """ISO 4217 code of the money used in a country (ISO alpha-2), else None."""
        rows = self._query("select currency from country where code = ?", (country,))
        return str(rows[0][0]) if rows else None

    def country_name(self, country: str) -> str:
        """English name of a country by its ISO code; the code itself when unknown."""
        row = self._query("select name from country where code = ?", (country,))
        return str(row[0][0]) if row else country

    def towns(self, south: float, north: float, west: float, east: float, most: int) -> list[tuple[float, float]]:
        """(lat, lon) of the largest towns in a box of degrees that does not cross the 180th meridian."""
        return [(row[0], row[1]) for row in self._query(_WITHIN_BOX, (south, north, west, east, most))]

    def in_region(self, key: str) -> frozenset[tuple[str, str]]:
        """(country, region) pairs that a qualifier such as "ontario" or "uk" means; region "" is all of it."""
        return self._regions(key)

    def close(self) -> None:
        """Let go of the file."""
        with self._guard:
            if self._db is not None:
                self._db.close()
                self._db = None

    def _qualified(self, key: str, qualifier: str) -> tuple[Spot, ...]:
        places = self._regions(qualifier)
        return tuple(s for s in self._lookup(key) if (s.country, s.region) in places or (s.country, "") in places)

    def _trimmed(self, key: str) -> tuple[Spot, ...]:
        shorter = [key[len(a) :] for a in _AFFIXES if key.startswith(a)]
        shorter += [key[: -len(s)] for s in _SUFFIXES if key.endswith(s)]
        return next((found for k in shorter if (found := self._lookup(k))), ())

    def _misspelt(self, key: str) -> tuple[Spot, ...]:
        """Well-known places one letter away (dropped, doubled, swapped or wrong)."""
        if not 5 <= len(key) <= 24:
            return ()
        near_by = self._rows(sorted(_one_slip(key)))
        found = {s for s, row in near_by if s.population >= _WELL_KNOWN and row[10] != _ALTERNATE}
        return tuple(sorted(found, key=lambda s: -s.population))

    def _airport(self, key: str) -> tuple[Spot, ...]:
        if len(key) != 3 or key in _WORDS:
            return ()
        return tuple(_spot(row) for row in self._query(_BY_CODE, (key.upper(),)))

    def _look_up(self, key: str) -> tuple[Spot, ...]:
        rows = sorted(self._rows([key]), key=lambda found: -_fame(*found))
        return tuple(spot for spot, _ in rows)

    def _best(self, keys: Iterable[str]) -> dict[str, tuple[Spot, bool]]:
        best: dict[str, tuple[float, Spot, bool]] = {}
        for spot, row in self._rows(list(keys)):
            fame = _fame(spot, row)
            if row[11] not in best or best[row[11]][0] < fame:
                best[row[11]] = (fame, spot, row[10] == _SHORT)
        return {key: (spot, nickname) for key, (_, spot, nickname) in best.items()}

    def _read_region(self, key: str) -> frozenset[tuple[str, str]]:
        pairs = {(c, r) for c, r in self._query("select country, code from region where key = ?", (key,))}
        return frozenset(pairs | {(s.country, "") for s in self._lookup(key) if s.kind == "country"})

    def _rows(self, keys: Sequence[str]) -> list[tuple[Spot, _Row]]:
        found: list[_Row] = []
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            found += self._query(_BY_KEY.format(",".join("?" * len(some))), some)
        return [(_spot(row), row) for row in found]

    def _query(self, sql: str, arguments: Sequence[str | float]) -> list[_Row]:
        with self._guard:
            if self._db is None:
                address = f"{self._path.as_uri()}?mode=ro&immutable=1"
                self._db = sqlite3.connect(address, uri=True, check_same_thread=False)
                self._db.execute("pragma cache_size = -1024")
            return self._db.execute(sql, arguments).fetchall()


def _spot(row: _Row) -> Spot:
    spot, name, kind, country, region, lat, lon, population, tz, airports = row[:10]
    return Spot(
        id=spot, name=name, kind=kind, country=country, region=region, lat=lat, lon=lon,
        population=population, tz=tz, airports=tuple(airports.split()),
    )  # fmt: skip


def _fame(spot: Spot, row: _Row) -> float:
    """How likely people mean this one of the places that share a name."""
    return (spot.population + 1) * float(_WEIGHT[row[10]]) * _DRAWS.get(spot.kind, 1.0)


def _ranked(spots: tuple[Spot, ...], near: str | None) -> tuple[Spot, ...]:
    return tuple(sorted(spots, key=lambda s: s.country != near)) if near else spots


def _one_slip(key: str) -> set[str]:
    cuts = [(key[:i], key[i:]) for i in range(1, len(key) + 1)]
    dropped = {a + b[1:] for a, b in cuts if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    wrong = {a + c + b[1:] for a, b in cuts if b for c in _LETTERS}
    added = {a + c + b for a, b in cuts for c in _LETTERS}
    return dropped | swapped | wrong | added


def _longest_first(found: Iterable[Span]) -> list[Span]:
    taken: set[int] = set()
    kept = []
    for span in sorted(found, key=lambda s: (s.start - s.end, s.start)):
        words = set(range(span.start, span.end))
        if not words & taken:
            taken |= words
            kept.append(span)
    return sorted(kept, key=lambda s: s.start)
