"""Lengths of time that are said in weeks, written in days, so that everything after reads one unit."""

import re

_COUNTS = {w: n for n, w in enumerate("one two three four five six".split(), 1)} | {"a": 1}
_NUMBER = r"(a|one|two|three|four|five|six|[1-6])"
# "In a week" and "a week ago" are dates, "once a week" and "a week of rain" are neither.
_WEEKS = re.compile(
    rf"(?<!in )(?<!what )(?<!once )(?<!twice )(?<!times )(?<!next )(?<!last )(?<!this )(?<!per )\b{_NUMBER}[ -]weeks?\b"
    r"(?! (?:from (?:now|today|tomorrow|next|this|\w+day)|ago|later|after|before|of|in advance|today|tomorrow)\b)",
    re.IGNORECASE,
)
# "A quiet week" is as long as any other.
_SOME = re.compile(
    r"\ba (?:quiet|full|whole|nice|lovely|relaxing|cheap|perfect|romantic|short|fun|lazy|busy|great|sunny) "
    r"(week|weekend|fortnight)\b(?! (?:from|ago|later|after|before|of|in advance|today|tomorrow))",
    re.IGNORECASE,
)
_OTHERS = (
    (re.compile(r"(?<!what )\ba fortnight\b", re.IGNORECASE), "14 days"),
    (re.compile(r"(?<!what )\ba long weekend\b", re.IGNORECASE), "3 days"),
    (re.compile(r"(?<!what )\ba weekend\b", re.IGNORECASE), "2 days"),
)


def in_days(text: str) -> str:
    """“A week in Tokyo” as “7 days in Tokyo”; any other text as it is."""
    if "week" not in text.casefold() and "fortnight" not in text.casefold():
        return text
    text = _SOME.sub(r"a \1", text)
    text = _WEEKS.sub(lambda m: f"{7 * _count(m.group(1))} days", text)
    for said, meant in _OTHERS:
        text = said.sub(meant, text)
    return text


def _count(number: str) -> int:
    return int(number) if number.isdigit() else _COUNTS[number.casefold()]
