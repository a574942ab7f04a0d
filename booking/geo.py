"""Distances on the globe, for whoever plans or sells a way."""

import math
from typing import Protocol


class Point(Protocol):
    """Anything with coordinates in degrees."""

    @property
    def lat(self) -> float: ...
    @property
    def lon(self) -> float: ...


def kilometres(a: Point, b: Point) -> float:
    """Great-circle distance."""
    lat1, lat2 = math.radians(a.lat), math.radians(b.lat)
    across = math.sin((lat2 - lat1) / 2) ** 2
    along = math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1.0, across + along)))


def moved(lat: float, lon: float, north: float, east: float) -> tuple[float, float]:
    """The coordinates so many kilometres north and east, rounded to about ten metres."""
    turned = east / (111.32 * max(0.05, math.cos(math.radians(lat))))
    return round(max(-89.9, min(89.9, lat + north / 110.57)), 4), round((lon + turned + 180) % 360 - 180, 4)
