"""What money is worth in the sandbox: exchange rates, price levels and prices that people would write."""

from bot.gazetteer import Gazetteer
from bot.money import Money, exponent

# Units of a currency for 100 US dollars, about as in 2026. The sandbox's own bank; no real rate.
_PER_100_USD = {
    "USD": 100, "EUR": 86, "GBP": 75, "CHF": 80, "SEK": 950, "NOK": 1010, "DKK": 645, "ISK": 12500, "PLN": 367,
    "CZK": 2110, "HUF": 34000, "RON": 438, "BGN": 168, "RSD": 10100, "TRY": 4200, "UAH": 4150, "RUB": 8100,
    "GEL": 271, "AMD": 38300, "AZN": 170, "KZT": 52500, "UZS": 1200000, "ALL": 8350, "MKD": 5300, "BAM": 168,
    "MDL": 1690, "BYN": 300, "KES": 12920, "UGX": 352000, "TZS": 248000, "RWF": 145000, "BIF": 295000, "ETB": 15300,
    "SOS": 57100, "SSP": 450000, "SDG": 60000, "DJF": 17800, "ERN": 1500, "EGP": 4760, "MAD": 925, "TND": 292,
    "DZD": 13000, "LYD": 545, "GHS": 1100, "NGN": 145000, "XOF": 56500, "XAF": 56500, "ZAR": 1720, "NAD": 1720,
    "BWP": 1340, "ZMW": 2280, "MZN": 6390, "MWK": 173500, "MGA": 445000, "MUR": 4570, "SCR": 1430, "AOA": 91500,
    "CDF": 225000, "GMD": 7250, "GNF": 868000, "SLE": 2330, "LRD": 18200, "CVE": 9500, "LSL": 1720, "SZL": 1720,
    "KMF": 42400, "AED": 367, "SAR": 375, "QAR": 364, "OMR": 38, "BHD": 38, "KWD": 31, "JOD": 71, "ILS": 326,
    "LBP": 8950000, "IQD": 131000, "IRR": 4210000, "YER": 23800, "INR": 8870, "PKR": 28100, "BDT": 12200,
    "LKR": 30500, "NPR": 14200, "BTN": 8870, "MVR": 1542, "MMK": 210000, "THB": 3240, "VND": 2633000, "KHR": 401000,
    "LAK": 2165000, "MYR": 415, "SGD": 130, "IDR": 1665000, "PHP": 5880, "BND": 130, "CNY": 711, "HKD": 778,
    "MOP": 801, "TWD": 3100, "JPY": 15500, "KRW": 146000, "MNT": 357000, "AUD": 154, "NZD": 177, "FJD": 228,
    "PGK": 425, "WST": 280, "TOP": 240, "VUV": 12200, "XPF": 10270, "CAD": 140, "MXN": 1840, "GTQ": 766, "HNL": 2630,
    "NIO": 3680, "CRC": 50200, "PAB": 100, "BZD": 201, "JMD": 16050, "DOP": 6430, "HTG": 13100, "CUP": 2400,
    "BSD": 100, "BBD": 202, "TTD": 678, "XCD": 270, "AWG": 179, "ANG": 179, "KYD": 83, "BMD": 100, "COP": 380000,
    "PEN": 337, "BOB": 691, "CLP": 93500, "ARS": 141000, "UYU": 3980, "PYG": 705000, "BRL": 534, "GYD": 20900,
    "SRD": 3850, "VES": 23500,
}  # fmt: skip

# What a dollar's worth of service costs in a country, in percent of the United States.
_LEVELS = {
    30: "BI MW MG SL ET AF NE SS TD CF LR NP PK LA MM BD IN EG LK BF ML",
    38: "UG TZ RW ZM MZ GM GN TG BJ CD SD VN KH ID PH BO PY NI HN UZ KG TJ TN DZ NG GH",
    45: "KE SN CI CM ZW BW NA ZA MA CO PE EC GT SV DO TH MY MN CN GE AM AZ AL MK BA RS MD UA BY TR MX BR AR CV SZ LS",
    60: "PL CZ HU RO BG HR SK LT LV EE PT GR CL UY CR PA JM MU TW KR RU KZ JO OM LB CU DJ AO GA FJ",
    80: "ES IT SI CY MT JP AE SA QA KW BH IL HK TT BB BS SC MV AW PF NC",
    95: "FR DE AT BE NL IE GB FI CA NZ AU SG SE LU US",
    125: "CH NO DK IS MC BM KY LI",
}
_LEVEL = {country: level for level, countries in _LEVELS.items() for country in countries.split()}
_USUAL = 50


class Economy:
    """Turns a cost in US cents into what a supplier writes on its price tag."""

    def __init__(self, atlas: Gazetteer) -> None:
        self._atlas = atlas

    def level(self, country: str) -> int:
        """Percent of what the same costs in the United States."""
        return _LEVEL.get(country, _USUAL)

    def currency(self, wanted: str, country: str) -> str:
        """The wanted currency if the suppliers quote in it, else the country's, else dollars."""
        return next((c for c in (wanted, self._atlas.currency(country) or "") if c in _PER_100_USD), "USD")

    def tag(self, cents: int, currency: str) -> Money:
        """US cents in a currency, rounded to a step worth about half a dollar or less; at least one step."""
        rate, step = _PER_100_USD[currency], _step(currency)
        minor = cents * rate * 10 ** exponent(currency) // 10_000
        return Money(max(1, (minor + step // 2) // step) * step if cents > 0 else 0, currency)


def _step(currency: str) -> int:
    """The largest of 1, 2, 5, 10, ... minor units that is worth at most half a dollar."""
    most = _PER_100_USD[currency] * 10 ** exponent(currency) // 200
    step = 1
    while step * 10 <= most:
        step *= 10
    return next(step * n for n in (5, 2, 1) if step * n <= max(1, most))
