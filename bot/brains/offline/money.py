"""How much: sums of money by symbol, code, name or the country at hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.brains.offline.words import Word
from bot.money import Money, exponent
from bot.names import word_set

_SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₦": "NGN", "₵": "GHS"}
_NAMES = {
    "KES": "kes ksh kshs bob",
    "USD": "usd dollar dollars buck bucks",
    "EUR": "eur euro euros",
    "GBP": "gbp pound pounds quid sterling",
    "TZS": "tzs tsh tshs",
    "UGX": "ugx ush ushs",
    "RWF": "rwf",
    "ETB": "etb birr",
    "ZAR": "zar rand rands",
    "INR": "inr rupee rupees rs",
    "JPY": "jpy yen",
    "NGN": "ngn naira",
    "GHS": "ghs cedi cedis",
    "AED": "aed dirham dirhams",
    "CHF": "chf",
    "CAD": "cad",
    "AUD": "aud",
    "CNY": "cny yuan rmb",
}
_MORE_NAMES = {
    "THB": "baht", "BRL": "real reais", "PLN": "zloty zlotys", "SAR": "riyal riyals", "OMR": "rial rials",
    "MYR": "ringgit", "HUF": "forint forints", "TRY": "lira liras", "ILS": "shekel shekels", "BWP": "pula",
    "ZMW": "kwacha", "MZN": "metical meticais", "VND": "dong", "SEK": "krona kronor", "DKK": "kroner",
}  # fmt: skip
# ISO 4217, list one.
_CODES = word_set("""
    aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd btn bwp byn bzd cad cdf chf clp
    cny cop crc cup cve czk djf dkk dop dzd egp ern etb eur fjd fkp gbp gel ghs gip gmd gnf gtq gyd hkd hnl htg huf idr
    ils inr iqd irr isk jmd jod jpy kes kgs khr kmf kpw krw kwd kyd kzt lak lbp lkr lrd lsl lyd mad mdl mga mkd mmk mnt
    mop mru mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd omr pab pen pgk php pkr pln pyg qar ron rsd rub rwf sar sbd
    scr sdg sek sgd shp sle sos srd ssp stn svc syp szl thb tjs tmt tnd top try ttd twd tzs uah ugx usd uyu uzs ves vnd
    vuv wst xaf xcd xof xpf yer zar zmw
""")
# Codes that are words too count only in capital letters.
_WORDS_TOO = word_set("all bam bob cop cup gel lak mad mop mur pen ron sos top try")
_CURRENCY = {name: code for code, names in {**_NAMES, **_MORE_NAMES}.items() for name in names.split()}
_LOCAL = word_set("shilling shillings shs sh")
_SHILLING_LANDS = {"KES", "TZS", "UGX"}
_THOUSANDS = {"k": 1_000, "thousand": 1_000, "grand": 1_000, "m": 1_000_000, "million": 1_000_000}
_CEILING = word_set(
    "budget under below max maximum most than within spend over limit cap around about upto cost costs pay"
)
_EACH = (("each",), ("apiece",), ("pp",), ("per", "person"), ("per", "head"), ("a", "person"), ("a", "head"),
         ("per", "traveller"), ("per", "traveler"), ("per", "people"), ("/", "person"), ("/", "head"))  # fmt: skip
_MOST = 10**13
_OF = frozenset(("of", "is", "to", ":", "=", "-", "−"))


@dataclass(frozen=True, slots=True)
class Sum:
    """Words `start` up to `end` (exclusive) name an amount; `each`: for every person."""

    start: int
    end: int
    money: Money
    each: bool


def find_money(words: Sequence[Word], home: str = "KES") -> list[Sum]:
    """The sums a message names. `home`: ISO 4217 code for "shillings" and for a bare "under 60k"."""
    found: list[Sum] = []
    i = 0
    while i < len(words):
        amount = _sum_at(words, i, home)
        if amount:
            found.append(amount)
        i = amount.end if amount else i + 1
    return found


def currency_of(word: str, home: str = "KES") -> str:
    """The ISO 4217 code of a currency by its sign, code or name, "" if it is none."""
    return _currency([Word(word, word.casefold().rstrip("."))], 0, home) if word else ""


def _sum_at(words: Sequence[Word], i: int, home: str) -> Sum | None:
    start, currency = i, _currency(words, i, home)
    if currency:
        i += 1 + (i + 1 < len(words) and words[i + 1].low in (".", "$"))
    amount, scaled, i = _amount(words, i)
    if amount is None:
        return None
    if not currency and i < len(words):
        currency = _currency(words, i, home)
        i += 1 if currency else 0
    if i + 1 < len(words) and words[i].low == "/" and words[i + 1].low in ("=", "-"):
        currency, i = currency or home, i + 2
    each = _is_each(words, i)
    if not currency and not _is_budget(words, start, i, scaled, each, amount):
        return None
    money = _money(-amount if _is_negative(words, start) else amount, currency or home)
    return Sum(start, i, money, each) if money else None


def _is_negative(words: Sequence[Word], start: int) -> bool:
    """A minus right before a sum, and no range: "-500 KES", not "400-500 KES"."""
    sign = words[start - 1] if start else None
    return bool(sign and sign.low in ("-", "−") and sign.end == words[start].start) and (
        start < 2 or words[start - 2].end < words[start - 1].start
    )


def _currency(words: Sequence[Word], i: int, home: str) -> str:
    low = words[i].low
    if low in _LOCAL:
        return home if home in _SHILLING_LANDS else "KES"
    if low in _CODES and low not in _CURRENCY and (low not in _WORDS_TOO or words[i].text.isupper()):
        return low.upper()
    return _SYMBOLS.get(low) or _CURRENCY.get(low, "")


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
