"""Which money a word means: by sign, code or name, by whose it is ("Argentine pesos"), or by the land at hand."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.brains.offline.words import Word
from bot.names import word_set

_SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₦": "NGN", "₵": "GHS"}
_NAMES = {
    "KES": "kes ksh kshs bob", "USD": "usd", "EUR": "eur euro euros", "GBP": "gbp quid sterling", "TZS": "tzs tsh tshs",
    "UGX": "ugx ush ushs", "RWF": "rwf", "ETB": "etb birr", "ZAR": "zar rand rands", "INR": "inr rs", "JPY": "jpy yen",
    "NGN": "ngn naira", "GHS": "ghs cedi cedis", "AED": "aed", "CHF": "chf", "CAD": "cad", "AUD": "aud",
    "CNY": "cny yuan rmb", "THB": "baht", "BRL": "real reais", "PLN": "zloty zlotys", "MYR": "ringgit",
    "HUF": "forint forints", "ILS": "shekel shekels", "BWP": "pula", "ZMW": "kwacha", "MZN": "metical meticais",
    "VND": "dong",
}  # fmt: skip
# Names that are other words too, or of rarer money: only after the amount ("we won 2 tickets" is no sum).
_AFTER = {
    "KRW": "won", "KZT": "tenge", "GEL": "lari laris", "AMD": "dram drams", "UAH": "hryvnia hryvnias hryvnya",
    "RUB": "ruble rubles rouble roubles", "BGN": "lev leva levs", "ALL": "lek leke",
    "MKD": "denar denars denari", "CZK": "koruna koruny korun crown crowns", "IDR": "rupiah rupiahs",
    "LAK": "kip kips", "MMK": "kyat kyats", "KHR": "riel riels", "BDT": "taka takas", "MVR": "rufiyaa",
    "BTN": "ngultrum", "AFN": "afghani afghanis", "MNT": "tugrik tugriks tögrög", "TJS": "somoni", "PEN": "soles sol",
    "BOB": "boliviano bolivianos", "VES": "bolivar bolivars bolivares", "PYG": "guarani guaranis guaranies",
    "GTQ": "quetzal quetzals quetzales", "HNL": "lempira lempiras", "NIO": "cordobas", "CRC": "colones colons",
    "PAB": "balboa balboas", "HTG": "gourde gourdes", "AWG": "florin florins", "XCG": "guilder guilders",
    "GMD": "dalasi dalasis", "MRU": "ouguiya ouguiyas", "ERN": "nakfa", "MGA": "ariary", "LSL": "loti maloti",
    "SZL": "lilangeni emalangeni", "AOA": "kwanza kwanzas", "SLE": "leone leones", "STN": "dobra dobras",
    "CVE": "escudo escudos", "WST": "tala", "TOP": "paanga", "VUV": "vatu", "PGK": "kina", "MOP": "pataca patacas",
    "BAM": "marks marka",
}  # fmt: skip
# ISO 4217, list one.
_CODES = word_set("""
    aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd btn bwp byn bzd cad cdf chf clp
    cny cop crc cup cve czk djf dkk dop dzd egp ern etb eur fjd fkp gbp gel ghs gip gmd gnf gtq gyd hkd hnl htg huf idr
    ils inr iqd irr isk jmd jod jpy kes kgs khr kmf kpw krw kwd kyd kzt lak lbp lkr lrd lsl lyd mad mdl mga mkd mmk mnt
    mop mru mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd omr pab pen pgk php pkr pln pyg qar ron rsd rub rwf sar sbd
    scr sdg sek sgd shp sle sos srd ssp stn svc syp szl thb tjs tmt tnd top try ttd twd tzs uah ugx usd uyu uzs ves vnd
    vuv wst xaf xcd xcg xof xpf yer zar zmw
""")
# Codes that are words too count only in capital letters.
_WORDS_TOO = word_set("all bam bob cop cup gel lak mad mop mur pen ron sos top try")
_CROWNS, _RIYALS = "NOK SEK DKK ISK", "SAR QAR OMR YER IRR"
# Names that several lands use: (words, whose, the most used, "" where one can only ask).
_SHARED = (
    ("dollar dollars buck bucks", "USD AUD NZD SGD HKD CAD TWD BBD BSD BZD BMD BND FJD GYD JMD KYD LRD NAD SBD SRD TTD "
     "XCD", "USD"),
    ("pound pounds", "GBP EGP SDG SSP SYP LBP FKP GIP SHP", "GBP"),
    ("rupee rupees", "INR PKR LKR NPR MUR SCR", "INR"),
    ("shilling shillings shs sh", "KES TZS UGX SOS", "KES"),
    ("peso pesos", "MXN PHP COP CLP ARS UYU DOP CUP", "MXN"),
    ("franc francs", "CHF XOF XAF RWF BIF GNF KMF DJF CDF XPF", "CHF"),
    ("cfa", "XOF XAF", "XOF"),
    ("dinar dinars", "JOD TND DZD BHD KWD IQD LYD RSD", ""),
    ("dirham dirhams", "AED MAD", "AED"),
    ("krona kronor", _CROWNS, "SEK"), ("krone kroner", _CROWNS, "DKK"), ("kronur krónur", _CROWNS, "ISK"),
    ("kr", _CROWNS, ""),
    ("riyal riyals", _RIYALS, "SAR"), ("rial rials", _RIYALS, "OMR"),
    ("lira liras", "TRY LBP SYP", "TRY"),
    ("leu lei", "RON MDL", "RON"),
    ("manat manats", "AZN TMT", "AZN"),
    ("som soms soum soums", "KGS UZS", "KGS"),
)  # fmt: skip
_WHOSE = {
    "USD": "us|u.s|u.s.|usa|american", "AUD": "australian|aussie", "NZD": "new zealand|nz|kiwi", "SGD": "singapore|"
    "singaporean|sing", "HKD": "hong kong|hk", "CAD": "canadian|canada", "TWD": "taiwan|taiwanese|new taiwan",
    "BBD": "barbadian|barbados", "BSD": "bahamian", "BZD": "belize", "FJD": "fiji|fijian", "GYD": "guyanese",
    "JMD": "jamaican|jamaica", "KYD": "cayman", "LRD": "liberian", "NAD": "namibian|namibia", "TTD": "trinidad",
    "XCD": "east caribbean|eastern caribbean", "GBP": "british|uk|english", "EGP": "egyptian|egypt", "SDG": "sudanese",
    "SSP": "south sudanese", "SYP": "syrian", "LBP": "lebanese", "INR": "indian", "PKR": "pakistani|pakistan",
    "LKR": "sri lankan|sri lanka", "NPR": "nepalese|nepali|nepal", "MUR": "mauritian|mauritius", "SCR": "seychelles|"
    "seychellois", "KES": "kenya|kenyan", "TZS": "tanzania|tanzanian", "UGX": "uganda|ugandan", "SOS": "somali",
    "MXN": "mexican", "PHP": "philippine|philippines|filipino", "COP": "colombian", "CLP": "chilean",
    "ARS": "argentine|argentinian|argentinean|argentina", "UYU": "uruguayan", "DOP": "dominican", "CUP": "cuban",
    "CHF": "swiss", "XOF": "west african|senegalese|ivorian", "XAF": "central african|cameroonian", "RWF": "rwandan|"
    "rwanda", "BIF": "burundian|burundi", "GNF": "guinean", "KMF": "comorian", "DJF": "djiboutian", "CDF": "congolese",
    "XPF": "cfp|pacific", "JOD": "jordanian|jordan", "TND": "tunisian|tunisia", "DZD": "algerian", "BHD": "bahraini|"
    "bahrain", "KWD": "kuwaiti|kuwait", "IQD": "iraqi", "LYD": "libyan", "RSD": "serbian", "AED": "emirati|uae",
    "MAD": "moroccan|morocco", "NOK": "norwegian", "SEK": "swedish", "DKK": "danish", "ISK": "icelandic",
    "SAR": "saudi|saudi arabian", "QAR": "qatari|qatar", "OMR": "omani|oman", "YER": "yemeni", "IRR": "iranian",
    "TRY": "turkish", "RON": "romanian", "MDL": "moldovan", "AZN": "azerbaijani|azeri", "TMT": "turkmen",
    "KGS": "kyrgyz", "UZS": "uzbek", "CZK": "czech", "KRW": "korean|south korean", "KPW": "north korean",
    "JPY": "japanese", "CNY": "chinese", "ZAR": "south african", "BYN": "belarusian", "RUB": "russian",
    "BRL": "brazilian", "MWK": "malawian|malawi", "ZMW": "zambian", "THB": "thai", "ILS": "israeli", "GHS": "ghanaian",
    "NGN": "nigerian", "PLN": "polish", "HUF": "hungarian", "ETB": "ethiopian", "IDR": "indonesian",
    "VND": "vietnamese", "MYR": "malaysian", "GEL": "georgian", "KZT": "kazakh|kazakhstani",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shared:
    """A name that several currencies have. `most`: the one most used, "" where one can only ask."""

    codes: tuple[str, ...]
    most: str

    def meant(self, near: Collection[str], home: str) -> str:
        """The currency of the land at hand that has the name, else that of home, else the most used."""
        return next((code for code in (*near, home) if code in self.codes), self.most)


@dataclass(frozen=True, slots=True)
class Named:
    """Words up to `end` (exclusive) name a currency: its ISO 4217 `code`, or "" for one of several with that name."""

    code: str
    end: int


_CURRENCY = {name: code for code, names in _NAMES.items() for name in names.split()}
_BEHIND = {name: code for code, names in _AFTER.items() for name in names.split()}
_SHARES = {w: Shared(tuple(codes.split()), most) for words, codes, most in _SHARED for w in words.split()}
_OWNERS = {tuple(name.split()): code for code, names in _WHOSE.items() for name in names.split("|")}


def currency_at(words: Sequence[Word], i: int, home: str, near: Collection[str], after: bool) -> Named | None:
    """The currency that is named from a word on. `near`: codes of the lands at hand, the likeliest first; `after`:
    whether an amount stands before it."""
    if i >= len(words):
        return None
    low = words[i].low
    capitals = words[i].text.isupper()
    if low in _CODES and (low not in _CURRENCY or capitals) and (low not in _WORDS_TOO or capitals):
        return Named(low.upper(), i + 1)
    if code := _SYMBOLS.get(low) or _CURRENCY.get(low) or (_BEHIND.get(low) if after else ""):
        return Named(code, i + 1)
    if shared := _SHARES.get(low):
        more = low == "cfa" and i + 1 < len(words) and words[i + 1].low in ("franc", "francs")
        return Named(shared.meant(near, home), i + 1 + more) if after or low != "kr" else None
    return _owned(words, i) if after else None


def _owned(words: Sequence[Word], i: int) -> Named | None:
    """A currency that is told by whose it is: "Argentine pesos", "New Zealand dollars"."""
    for many in (2, 1):
        code = _OWNERS.get(tuple(w.low for w in words[i : i + many]))
        if code and i + many < len(words) and is_money_name(words[i + many].low):
            return Named(code, i + many + 1)
    return None


def is_money_name(low: str) -> bool:
    """Whether a word, as compared, can be the name of a currency."""
    return low in _SHARES or low in _CURRENCY or low in _BEHIND
