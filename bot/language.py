"""Languages: the one spoken at this moment, texts in each by key, texts that can be told again in another, dates."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any

ENGLISH, SWAHILI = "en", "sw"
# As their speakers call them.
LANGUAGES = {ENGLISH: "English", SWAHILI: "Kiswahili"}
# Names of days and months by the Unicode CLDR (release 44).
_DAYS = ("Jumatatu", "Jumanne", "Jumatano", "Alhamisi", "Ijumaa", "Jumamosi", "Jumapili")
_MONTHS = (
    "Januari", "Februari", "Machi", "Aprili", "Mei", "Juni", "Julai", "Agosti", "Septemba", "Oktoba", "Novemba",
    "Desemba",
)  # fmt: skip
_SPOKEN: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


def spoken() -> str:
    """The code of the language spoken at this moment."""
    return _SPOKEN.get()


def speak(language: str) -> None:
    """From here on, in this task: a Turn, a Job, a Delivery. "" and what we do not speak is English."""
    _SPOKEN.set(language if language in LANGUAGES else ENGLISH)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak it within the block."""
    before = _SPOKEN.set(language if language in LANGUAGES else ENGLISH)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def known(tag: str) -> str:
    """Our code for a network's language tag ("sw-KE", "en_GB"); "" for a language we do not speak."""
    code = tag.replace("_", "-").partition("-")[0].casefold()
    return code if code in LANGUAGES else ""


def accepted(header: str) -> str:
    """Our code for the first language of an Accept-Language header that we speak; "" if it names none."""
    return next((code for tag in header[:200].split(",") if (code := known(tag.split(";")[0].strip()))), "")


_AND = {ENGLISH: " and ", SWAHILI: " na "}


def both(names: Iterable[str]) -> str:
    """ "A and B and C"."""
    return _AND[_SPOKEN.get()].join(names)


def listed(names: Iterable[str]) -> str:
    """ "A, B and C"."""
    *most, last = [*names] or [""]
    return both((", ".join(most), last)) if most else last


class Said(str):
    """A text of ours that remembers what it was made of. Joined or cut it is a plain string again."""

    __slots__ = ("language", "make", "parts", "values")
    language: str
    make: Callable[..., str]
    parts: tuple[Any, ...]
    values: Mapping[str, Any]


def said(text: str, make: Callable[..., str], *parts: Any, **values: Any) -> Said:
    """A text in the language spoken now, and how to make it in another: `make(*parts, **values)`."""
    made = Said(text)
    made.language, made.make, made.parts, made.values = _SPOKEN.get(), make, parts, values
    return made


def retold(text: str) -> str:
    """A text in the language spoken now if it is one of ours; it still remembers."""
    if type(text) is not Said or text.language == _SPOKEN.get():
        return text
    return text.make(*text.parts, **{n: retold(v) if type(v) is Said else v for n, v in text.values.items()})


def again(text: str) -> str:
    """The same as a plain string."""
    return str(retold(text))


def dated(at: date, form: str, sw: str = "") -> str:
    """A day or moment by a form of strftime; `sw`: the form in Swahili where it is another one."""
    return said(formed(at, (sw or form) if _SPOKEN.get() != ENGLISH else form), dated, at, form, sw)


def formed(at: date, form: str) -> str:
    """By a form of strftime in the language spoken now. In Swahili days of the month have no leading nought."""
    if _SPOKEN.get() == ENGLISH:
        return f"{at:{form}}"
    names = {
        "%a": _DAYS[at.weekday()], "%A": _DAYS[at.weekday()], "%b": _MONTHS[at.month - 1][:3],
        "%B": _MONTHS[at.month - 1], "%d": str(at.day),
    }  # fmt: skip
    for sign, name in names.items():
        form = form.replace(sign, name)
    return f"{at:{form}}"


def told_in(language: str, text: str) -> str:
    """A text for somebody elsewhere, as a plain string in their language."""
    with speaking(language):
        return again(text)


class Catalogue:
    """The texts of a package by key, in each language."""

    __slots__ = ("_texts",)

    def __init__(self, en: Mapping[str, str], sw: Mapping[str, str]) -> None:
        self._texts = {ENGLISH: en, SWAHILI: sw}

    def __call__(self, key: str, /, **values: object) -> str:
        """The text of a key with its values filled in; KeyError for an unknown key."""
        language = _SPOKEN.get()
        made = Said(self._filled(language, key, values))
        made.language, made.make, made.parts, made.values = language, self, (key,), values
        return made

    def plain(self, key: str, /, **values: object) -> str:
        """The same as a plain string, for what leaves us at once."""
        return self._filled(_SPOKEN.get(), key, values)

    def _filled(self, language: str, key: str, values: dict[str, Any]) -> str:
        text = self._texts[language][key]
        return text.format(**values) if language == ENGLISH else text.format(**_dated(values))

    def __contains__(self, key: str) -> bool:
        return key in self._texts[ENGLISH]

    def texts(self, language: str) -> Mapping[str, str]:
        """All texts by key in one language."""
        return self._texts[language]


class _Dated:
    """A moment in a text that names its form: "{at:%d %b %H:%M}"."""

    __slots__ = ("_at",)

    def __init__(self, at: date) -> None:
        self._at = at

    def __format__(self, form: str) -> str:
        return formed(self._at, form)


def _dated(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _Dated(v) if isinstance(v, date) else v for name, v in values.items()}
