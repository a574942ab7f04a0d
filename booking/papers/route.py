"""The picture of a route: a map of dots, every dot a town, with the ways and the stops of a trip."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

from font_roboto import Roboto, RobotoBold
from PIL import Image, ImageDraw, ImageFont

from booking.papers.ink import legible
from booking.trips import Plan

Towns = Callable[[float, float, float, float, int], list[tuple[float, float]]]
_WIDE, _HIGH, _FINE, _EDGE = 1200, 720, 2, 90
_SEA, _TOWN, _WAY, _STOP, _TEXT, _HALO = "#f4f7fa", "#c3cdd8", "#0a6b4f", "#c2410c", "#1d2733", "#ffffff"
_MOST_TOWNS, _FEW = 2500, 400
_LEAST = 0.35  # degrees that a picture shows at least
_STEPS = 48


@dataclass(frozen=True, slots=True)
class Stop:
    """A place on the way, in degrees."""

    name: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Way:
    """From one stop to the next; `flown` ways are bent like the earth."""

    start: Stop
    end: Stop
    flown: bool


def ways_of(plan: Plan) -> list[Way]:
    """The rides of a plan between towns, in order of time; a town is one stop, whichever its station."""
    rides = sorted((i for i in plan.items() if i.role in ("arrive", "leave")), key=lambda i: i.starts_at)
    stops: dict[str, Stop] = {}
    found = []
    for offer in (i.offer for i in rides):
        if offer is not None and offer.until_venue is not None:
            start, end = (
                stops.setdefault(v.city, Stop(v.city, v.lat, v.lon)) for v in (offer.venue, offer.until_venue)
            )
            found.append(Way(start, end, offer.kind == "flight"))
    return found


def sights_of(plan: Plan) -> list[Stop]:
    """What is seen, eaten and slept in, each place once, in order of time."""
    items = sorted((i for i in plan.items() if i.role in ("stay", "see", "eat")), key=lambda i: i.starts_at)
    venues = (i.offer.venue for i in items if i.offer is not None)
    return list({v.name: Stop(v.name, v.lat, v.lon) for v in venues}.values())


def route_png(plan: Plan, towns: Towns) -> bytes | None:
    """The ways of a plan as a picture, or its sights where nobody rides; None without either.

    `towns`: Gazetteer.towns."""
    ways, sights = ways_of(plan), sights_of(plan)
    stops = list({s.name: s for w in ways for s in (w.start, w.end)}.values()) or sights
    if not stops:
        return None
    frame = _Frame(stops, ways)
    image = Image.new("RGB", (_WIDE * _FINE, _HIGH * _FINE), _SEA)
    draw = ImageDraw.Draw(image)
    there = list(frame.towns(towns))
    for lat, lon in there:
        _dot(draw, frame.at(lat, lon), 4 if len(there) < _FEW else 2.2, _TOWN)
    for way in ways:
        draw.line([frame.at(*p) for p in frame.path(way)], fill=_WAY, width=4 * _FINE, joint="curve")
    for n, stop in enumerate(stops, 1):
        _marker(draw, frame.at(stop.lat, frame.near(stop.lon)), n)
    _labels(draw, frame, stops)
    out = BytesIO()
    image.resize((_WIDE, _HIGH), Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()


class _Frame:
    """Where degrees lie in the picture. Longitudes are counted on from the first stop, so that no way is cut in two."""

    def __init__(self, stops: Sequence[Stop], ways: Sequence[Way]) -> None:
        self._middle = stops[0].lon
        points = [(s.lat, self.near(s.lon)) for s in stops] + [p for w in ways for p in self.path(w)]
        ys, xs = [_mercator(lat) for lat, _ in points], [lon for _, lon in points]
        wide, high = _WIDE - 2 * _EDGE, _HIGH - 2 * _EDGE
        span = max(max(xs) - min(xs), (max(ys) - min(ys)) * wide / high, _LEAST)
        self._scale = wide / span
        self._x, self._y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2

    def near(self, lon: float) -> float:
        """The longitude as the one within half a turn of the first stop."""
        return self._middle + (lon - self._middle + 180) % 360 - 180

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        """Pixels of the fine picture."""
        x = _WIDE / 2 + (lon - self._x) * self._scale
        y = _HIGH / 2 - (_mercator(lat) - self._y) * self._scale
        return x * _FINE, y * _FINE

    def path(self, way: Way) -> list[tuple[float, float]]:
        """Points (lat, lon) of a way: the great circle if it is flown, else straight."""
        a, b = (way.start.lat, self.near(way.start.lon)), (way.end.lat, self.near(way.end.lon))
        if not way.flown:
            return [a, b]
        return [(lat, a[1] + (lon - a[1] + 180) % 360 - 180) for lat, lon in _circle(a, b)]

    def towns(self, towns: Towns) -> Iterator[tuple[float, float]]:
        """The towns in the picture, whichever side of the 180th meridian they are written on."""
        wide, high = _WIDE / self._scale / 2, _HIGH / self._scale / 2
        south, north = _latitude(self._y - high), _latitude(self._y + high)
        for turn in (-360, 0, 360):
            west, east = max(-180.0, self._x - wide - turn), min(180.0, self._x + wide - turn)
            if west < east:
                yield from ((lat, lon + turn) for lat, lon in towns(south, north, west, east, _MOST_TOWNS))


def _mercator(lat: float) -> float:
    bound = math.radians(max(-80.0, min(80.0, lat)))
    return math.degrees(math.log(math.tan(math.pi / 4 + bound / 2)))


def _latitude(y: float) -> float:
    return math.degrees(2 * math.atan(math.exp(math.radians(y))) - math.pi / 2)


def _circle(a: tuple[float, float], b: tuple[float, float]) -> Iterator[tuple[float, float]]:
    """Points of the shortest way over the globe."""
    one, two = _vector(*a), _vector(*b)
    angle = math.acos(max(-1.0, min(1.0, sum(p * q for p, q in zip(one, two, strict=True)))))
    for n in range(_STEPS + 1):
        t = n / _STEPS
        if angle < 1e-6:
            yield a
            continue
        p, q = math.sin((1 - t) * angle) / math.sin(angle), math.sin(t * angle) / math.sin(angle)
        x, y, z = (p * u + q * v for u, v in zip(one, two, strict=True))
        yield math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def _vector(lat: float, lon: float) -> tuple[float, float, float]:
    f, g = math.radians(lat), math.radians(lon)
    return math.cos(f) * math.cos(g), math.cos(f) * math.sin(g), math.sin(f)


def _dot(draw: ImageDraw.ImageDraw, at: tuple[float, float], radius: float, color: str) -> None:
    x, y, r = *at, radius * _FINE
    draw.ellipse((x - r, y - r, x + r, y + r), fill=color)


def _marker(draw: ImageDraw.ImageDraw, at: tuple[float, float], n: int) -> None:
    _dot(draw, at, 17, _HALO)
    _dot(draw, at, 14, _STOP)
    draw.text(at, str(n), fill=_HALO, font=ImageFont.truetype(RobotoBold, 17 * _FINE), anchor="mm")


def _labels(draw: ImageDraw.ImageDraw, frame: _Frame, stops: Sequence[Stop]) -> None:
    """Names beside their markers, on the side where nothing is written yet and that is in the picture."""
    font = ImageFont.truetype(Roboto, 24 * _FINE)
    taken = [_around(frame.at(s.lat, frame.near(s.lon))) for s in stops]
    for stop in stops:
        x, y = frame.at(stop.lat, frame.near(stop.lon))
        text = _short(legible(stop.name))
        wide = draw.textlength(text, font=font)
        spots = [
            _box(x, y, wide, dx, dy)
            for dx, dy in ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1))
        ]
        box = next((b for b in spots if _inside(b) and not any(_meet(b, t) for t in taken)), None)
        if box is not None:
            taken.append(box)
            draw.text(
                (box[0], (box[1] + box[3]) / 2), text, fill=_TEXT, font=font, anchor="lm", stroke_width=3 * _FINE,
                stroke_fill=_SEA,
            )  # fmt: skip


Box = tuple[float, float, float, float]


def _short(name: str) -> str:
    return name if len(name) <= 32 else f"{name[:31]}…"


def _around(at: tuple[float, float]) -> Box:
    x, y, r = *at, 18 * _FINE
    return x - r, y - r, x + r, y + r


def _box(x: float, y: float, wide: float, dx: int, dy: int) -> Box:
    high, gap = 30 * _FINE, 22 * _FINE
    left = x + gap if dx > 0 else x - gap - wide if dx < 0 else x - wide / 2
    top = y - high / 2 + dy * (high / 2 + gap if dx == 0 else high)
    return left, top, left + wide, top + high


def _inside(box: Box) -> bool:
    return box[0] >= 8 and box[1] >= 8 and box[2] <= _WIDE * _FINE - 8 and box[3] <= _HIGH * _FINE - 8


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
