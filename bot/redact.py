"""Card numbers typed into a chat are taken out before anything is stored or logged."""

import re

_DIGITS = re.compile(r"(?<![\d.,])\d(?:[ \-\u00a0.]?\d){12,18}(?!\d)")
HIDDEN = "[card number removed]"


def redact(text: str) -> str:
    """The text without payment card numbers (13 to 19 digits that pass the Luhn check)."""
    if len(text) < 13:
        return text
    return _DIGITS.sub(lambda m: HIDDEN if _luhn(m.group()) else m.group(), text)


def _luhn(number: str) -> bool:
    """The Luhn check of ISO/IEC 7812-1."""
    digits = [int(c) for c in number if c.isdigit()]
    doubled = [d * 2 - 9 * (d > 4) for d in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0 and len(set(digits)) > 1
