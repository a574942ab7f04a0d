"""ISO 8601 durations of weeks, days, hours, minutes and seconds."""

import re
from datetime import timedelta

_ISO = re.compile(
    r"P(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,5})D)?"
    r"(?:T(?:(?P<hours>\d{1,6})H)?(?:(?P<minutes>\d{1,7})M)?(?:(?P<seconds>\d{1,9}(?:\.\d{1,6})?)S)?)?"
)


def duration(text: str) -> timedelta:
    """ "PT30M", "P1DT2H"; ValueError for anything else, months and years (which have no fixed length) included."""
    found = _ISO.fullmatch(text)
    parts = {unit: float(value) for unit, value in found.groupdict().items() if value} if found else {}
    if not parts or text.endswith("T"):
        raise ValueError(f"not an ISO 8601 duration in weeks, days, hours, minutes and seconds: {text[:40]!r}")
    return timedelta(**parts)
