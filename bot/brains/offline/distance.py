"""How far two places lie apart, well enough to tell a drive from a flight."""

from math import cos, hypot, radians

from bot.gazetteer import Spot

_DEGREE = 111.2  # kilometres


def apart(one: Spot, other: Spot) -> float:
    """Kilometres between two places as the crow flies, on a map that is true near their middle."""
    east = abs(one.lon - other.lon)
    east = min(east, 360 - east) * cos(radians((one.lat + other.lat) / 2))
    return _DEGREE * hypot(one.lat - other.lat, east)
