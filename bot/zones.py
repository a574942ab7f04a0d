"""Zones: in which zone the times of a Thread are told, that of its trip where there is one, and by which name."""

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from bot.language import formed
from bot.model import Thread

ZONE = "zone"
"""The key in Thread.facts under which the IANA zone of the trip is kept."""


def zone_of(thread: Thread) -> str:
    """The IANA zone of a Thread's times, "" (UTC) where none is known."""
    return thread.facts.get(ZONE, "")


def clock_of(zone: str) -> tzinfo:
    """The zone of that name; UTC for none."""
    return ZoneInfo(zone) if zone else UTC


def told(at: datetime, zone: str, form: str) -> str:
    """A moment by a form of strftime in a zone, with the zone's name: "Fri 20 Nov 21:00 EAT"."""
    return formed(at.astimezone(clock_of(zone)), f"{form} %Z")
