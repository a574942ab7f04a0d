"""Time zones as calendar files carry them: one observance for each change of the clock around the trip.

Plain observances without recurrence, since not every program reads lists of dates in a zone (RFC 5545, 3.6.5).
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_AROUND = timedelta(days=370)


def zone_of(name: str, first: datetime, last: datetime) -> Timezone:
    """The VTIMEZONE of an IANA zone, right from a year before the first moment to a year after the last."""
    zone, made = ZoneInfo(name), Timezone()
    made.add("tzid", name)
    begins = (first - _AROUND).astimezone(UTC)
    made.add_component(_observance(zone, begins, begins))
    for change in _changes(zone, begins, last + _AROUND):
        made.add_component(_observance(zone, change, change - timedelta(seconds=1)))
    return made


def _observance(zone: ZoneInfo, at: datetime, before: datetime) -> TimezoneStandard | TimezoneDaylight:
    """What holds from `at` on; its start is told in the time that held `before`."""
    now, then = at.astimezone(zone), before.astimezone(zone)
    made = TimezoneDaylight() if now.dst() else TimezoneStandard()
    was, becomes = then.utcoffset(), now.utcoffset()
    assert was is not None and becomes is not None
    made.add("dtstart", (at + was).replace(tzinfo=None))
    made.add("tzoffsetfrom", was)
    made.add("tzoffsetto", becomes)
    made.add("tzname", now.tzname())
    return made


def _changes(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[datetime]:
    """The moments (UTC) in between at which the clock changes."""
    day = timedelta(days=1)
    at = first
    while at < last:
        if _offset(zone, at) != _offset(zone, at + day):
            yield _exactly(zone, at, at + day)
        at += day


def _exactly(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    before = _offset(zone, low)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        low, high = (middle, high) if _offset(zone, middle) == before else (low, middle)
    return high.replace(microsecond=0)


def _offset(zone: ZoneInfo, at: datetime) -> timedelta | None:
    return at.astimezone(zone).utcoffset()
