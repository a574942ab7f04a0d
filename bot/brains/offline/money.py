"""How much: sums of money by symbol, code, name or the country at hand."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.brains.offline.currencies import Named, currency_at
from bot.brains.offline.numbers import in_words
from bot.brains.offline.words import Word
from bot.money import Money, exponent
from bot.names import word_set

_THOUSANDS = {"k": 1_000, "thousand": 1_000, "grand": 1_000, "m": 1_000_000, "million": 1_000_000}
_CEILING = word_set(
    "budget under below max maximum most than within spend over limit cap around about upto cost costs pay"
)
_EACH = (("each",), ("apiece",), ("pp",), ("per", "person"), ("per", "head"), ("a", "person"), ("a", "head"),
         ("per", "traveller"), ("per", "traveler"), ("per", "people"), ("/", "person"), ("/", "head"))  # fmt: skip
_MOST = 10**13
_FEWEST = 50  # less than that with an unknown word counts something
_LIMIT = word_set("budget under below max maximum most spend limit upto")
_NO_MONEY = word_set("""
    please total altogether all only tops max maximum thanks thank together then too now overall budget for or and each
    in at on a an the per to of with by from if but is it us me we you so shared combined people persons pax guests
    travellers travelers adults kids days nights hours minutes km kms kilometres kilometers miles metres meters m mins
    rooms seats tickets stars am pm day night person head everyone everybody else inclusive including max maximum though
    ok okay yes no again instead tonight today tomorrow jumla kila mtu asante
""")
_OF = frozenset(("of", "is", "to", ":", "=", "-", "−"))


@dataclass(frozen=True, slots=True)
class Sum:
    """Words `start` up to `end` (exclusive) name an amount; `each`: for every person.

    `money` is None where nobody can tell the currency from the words; `said` has the amount and what it was called."""

    start: int
    end: int
    money: Money | None
    each: bool
    said: str = ""

    def __str__(self) -> str:
        """As a slot's text: "300 JOD", "80.50 GBP", "900 galleons"."""
        if self.money is None:
            return self.said
        major = self.money.major
        return f"{int(major) if major == int(major) else major} {self.money.currency}"


def find_money(words: Sequence[Word], home: str = "KES", near: Collection[str] = ()) -> list[Sum]:
    """The sums a message names. `home`: ISO 4217 code for a bare "under 60k"; `near`: those of the lands that are
    spoken of, the likeliest first, for names such as "dollars" that several lands use."""
    found: list[Sum] = []
    i = 0
    while i < len(words):
        amount = _sum_at(words, i, home, near)
        if amount:
            found.append(amount)
        i = amount.end if amount else i + 1
    return found


def currency_of(word: str, home: str = "KES") -> str:
    """The ISO 4217 code of a currency by its sign, code or name, "" if it is none."""
    named = currency_at([Word(word, word.casefold().rstrip("."))], 0, home, (), after=False) if word else None
    return named.code if named else ""


def _sum_at(words: Sequence[Word], i: int, home: str, near: Collection[str]) -> Sum | None:
    start, named = i, currency_at(words, i, home, near, after=False)
    if named:
        i = named.end + (named.end < len(words) and words[named.end].low in (".", "$"))
    amount, scaled, i = _amount(words, i)
    if amount is None:
        spelt, end = in_words(words, i) if not named else (0, i)
        if not spelt or not currency_at(words, end, home, near, after=True):
            return None
        amount, i = Decimal(spelt), end
    if not named and (named := currency_at(words, i, home, near, after=True)):
        i = named.end
    elif not named and _is_unknown(words, start, i, amount):
        named, i = Named("", i + 1), i + 1
    if i + 1 < len(words) and words[i].low == "/" and words[i + 1].low in ("=", "-"):
        named, i = named or Named(home, i), i + 2
    each = _is_each(words, i)
    if not named and not _is_budget(words, start, i, scaled, each, amount):
        return None
    amount = -amount if is_negative(words, start) else amount
    if named and not named.code:
        called = words[i - 1].text if words[i - 1].low.isalpha() else words[start].text
        return Sum(start, i, None, each, f"{amount:f} {called}")
    money = _money(amount, named.code if named else home)
    return Sum(start, i, money, each) if money else None


def _is_unknown(words: Sequence[Word], start: int, i: int, amount: Decimal) -> bool:
    """A word in a currency's place that is none that we know: "max 900 galleons each"."""
    if i >= len(words) or not words[i].low.isalpha() or words[i].low in _NO_MONEY or amount < _FEWEST:
        return False
    before = [w.low for w in words[max(0, start - 3) : start] if w.low not in _OF and w.low != "a"]
    ends = i + 1 == len(words) or words[i + 1].mark or _is_each(words, i + 1)
    return ends and before[-1:] != [] and before[-1] in _LIMIT and not _is_each(words, i)


def is_negative(words: Sequence[Word], start: int) -> bool:
    """A minus right before a sum or a count, and no range: "-500 KES", not "400-500 KES"."""
    sign = words[start - 1] if start else None
    return bool(sign and sign.low in ("-", "−") and sign.end == words[start].start) and (
        start < 2 or words[start - 2].end < words[start - 1].start
    )


def _amount(words: Sequence[Word], i: int) -> tuple[Decimal | None, bool, int]:
    """(amount, was it written with a k or the like, where it ends)."""
    if i >= len(words) or not words[i].low[0].isdigit() or not words[i].low.isascii():
        return None, False, i
    digits = words[i].low.replace(",", "")
    if not digits.replace(".", "", 1).isdigit() or len(digits) > 14:
        return None, False, i
    times = _THOUSANDS.get(words[i + 1].low, 1) if i + 1 < len(words) else 1
    return Decimal(digits) * times, times > 1, i + 1 + (times > 1)


def _is_each(words: Sequence[Word], i: int) -> bool:
    return any(tuple(w.low for w in words[i : i + len(phrase)]) == phrase for phrase in _EACH)


def _is_budget(words: Sequence[Word], start: int, end: int, scaled: bool, each: bool, amount: Decimal) -> bool:
    """A bare number is money when it stands right after "budget", is a round thousand or meant as a ceiling, and is not
    a count."""
    led = {w.low for w in words[max(0, start - 4) : start]}
    follows = words[end].low if end < len(words) else ""
    if follows in ("people", "days", "nights", "rooms", "of", "guests", "stars", "star", "tickets", "am", "pm", "km"):
        return False
    before = [w.low for w in words[max(0, start - 4) : start] if w.low not in _OF]
    if before[-1:] == ["budget"] and not follows[:1].isdigit():
        return True
    return amount >= 100 and (
        scaled or each or bool(led & {"budget", "ksh", "spend"}) or bool(led & _CEILING and amount >= 500)
    )


def _money(amount: Decimal, currency: str) -> Money | None:
    minor = amount.scaleb(exponent(currency))
    return Money(int(minor), currency) if minor == minor.to_integral_value() and abs(minor) < _MOST else None
