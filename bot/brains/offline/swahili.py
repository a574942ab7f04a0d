"""Swahili, put into the English that the Understander reads: whole requests, dates, and what is asked of a list.

Words that stand among English ones, and how searches are asked for, are in shorthand.py."""

import re
from datetime import date

from bot.brains.offline.understand import Understander
from bot.capability import Capability
from bot.minds import LastCall, Understood

_REQUESTS = {
    "help": "msaada | nisaidie | naomba msaada | unaweza kufanya nini | unafanyaje kazi | unaweza kunisaidia nini",
    "show the cart": "kikapu | onyesha kikapu | nionyeshe kikapu | kuna nini kwenye kikapu | fungua kikapu",
    "empty the cart": "safisha kikapu | ondoa vyote kwenye kikapu",
    "show the plan": "mpango | ratiba | onyesha mpango | onyesha ratiba | nionyeshe mpango | mpango wetu",
    "undo": "tengua | rudisha hatua",
    "pay for the cart": "lipa | tulipe | nataka kulipa | lipia kikapu",
    "show our bookings": "nafasi zetu | onyesha nafasi zetu | nafasi tulizoweka | tumeweka nafasi gani",
    "show the budget": "bajeti | onyesha bajeti | bajeti yetu",
    "who owes whom": "nani anadaiwa | nani anadaiwa na nani | madeni | onyesha madeni",
    "who is here": "nani yuko hapa | kuna nani hapa",
    "speak swahili to me": "zungumza kiswahili | ongea kiswahili | tumia kiswahili | niandikie kwa kiswahili",
    "speak english to me": "zungumza kiingereza | ongea kiingereza | tumia kiingereza | niandikie kwa kiingereza",
    "change the language": "badilisha lugha | lugha",
    "create a persona": "unda persona | nataka persona | persona mpya",
    "show my personas": "persona wangu | onyesha persona wangu",
    "what do you remember": "unakumbuka nini | unakumbuka nini kunihusu",
    "show more": "zaidi | onyesha zaidi | nionyeshe zaidi",
    "cheaper": "nafuu zaidi | kuna nafuu zaidi",
    "what do you think of the plan": "unaonaje | unaonaje mpango | una maoni gani kuhusu mpango",
    "book this trip": "weka nafasi za safari hii | weka nafasi zote",
    "how is the weather": "hali ya hewa | hali ya hewa ikoje | hali ya hewa itakuwaje",
    "send the vouchers again": "tuma vocha tena | nitumie vocha tena | nitumie tiketi tena | tuma tiketi tena",
    "how much have we spent": "tumetumia kiasi gani | tumetumia pesa ngapi",
    "is everything working": "hali ikoje | kila kitu kinafanya kazi",
}
_ENGLISH = {sw: english for english, all_ in _REQUESTS.items() for sw in all_.split(" | ")}
_ORDINALS = {
    "kwanza": "number 1", "pili": "number 2", "tatu": "number 3", "nne": "number 4", "tano": "number 5",
    "mwisho": "the last one",
}  # fmt: skip
_NTH = rf"(?:ya |la |cha |wa |namba |nambari )?({'|'.join(_ORDINALS)}|\d{{1,2}})"
_OF_A_LIST = (
    (re.compile(rf"(?:ongeza|weka|tia) {_NTH} (?:kwenye|katika) kikapu"), "add {} to the cart"),
    (re.compile(rf"(?:onyesha|nionyeshe) {_NTH}"), "details of {}"),
    (re.compile(rf"(?:ondoa|toa) {_NTH} (?:kwenye|katika) kikapu"), "remove {} from the cart"),
)
_LENGTH = re.compile(r"(?:fanya|tufanye|ifanye|iwe) (?:iwe )?((?:siku|usiku) \w+)")
_TOLD = (
    (re.compile(r"(?:tafadhali )?kumbuka (?:kwamba |kuwa )?(.{3,300})", re.IGNORECASE), "remember that {}"),
    (re.compile(r"(?:tafadhali )?sahau (?:kwamba |kuwa |kuhusu )?(.{3,200})", re.IGNORECASE), "forget {}"),
)
_MONTHS = {
    "januari": "January", "februari": "February", "machi": "March", "aprili": "April", "mei": "May", "juni": "June",
    "julai": "July", "agosti": "August", "septemba": "September", "oktoba": "October", "novemba": "November",
    "desemba": "December",
}  # fmt: skip
_NAMED = {
    "mwezi wa kwanza": "January", "mwezi wa pili": "February", "mwezi wa tatu": "March", "mwezi wa nne": "April",
    "mwezi wa tano": "May", "mwezi wa sita": "June", "mwezi wa saba": "July", "mwezi wa nane": "August",
    "mwezi wa tisa": "September", "mwezi wa kumi na moja": "November", "mwezi wa kumi na mbili": "December",
    "mwezi wa kumi": "October",
}  # fmt: skip
# "Mei" is also a name: a month where a day stands beside it.
_MAY = re.compile(r"\b(?P<d>\d{1,2}) mei\b|\bmei (?=\d)", re.IGNORECASE)
_ALL = {
    **_NAMED,
    **{sw: en for sw, en in _MONTHS.items() if sw != "mei"},
    "shughuli za kufanya": "things to do in",
    "shughuli": "things to do in",
    "kwa kila mmoja": "each",
    "kila mmoja": "each",
    "kwa kila mtu": "each",
    "kila mtu": "each",
}
_SIGNS = re.compile(r"\b(?:mwezi wa|tarehe|shughuli|kila (?:mmoja|mtu)|" + "|".join(_MONTHS) + r")\b", re.IGNORECASE)
_DAY = re.compile(r"\btarehe (\d{1,2})\b(?! *(?:/|\.|-))(?! (?:" + "|".join((*_MONTHS, "mwezi")) + "))", re.IGNORECASE)
_WORDS = re.compile(rf"\b(?:{'|'.join(sorted(_ALL, key=len, reverse=True))})\b", re.IGNORECASE)


class Bilingual(Understander):
    """An Understander that is also spoken to in Swahili."""

    def understand(self, text: str, today: date, last: LastCall | None = None) -> Understood:
        return super().understand(_requested(text) or _dated(text), today, last)

    def fill(self, capability: Capability, text: str, today: date, asked: str = "") -> Understood:
        return super().fill(capability, _dated(text), today, asked)


def _requested(text: str) -> str:
    """A whole message that is one of the requests, in English; "" for any other."""
    said = " ".join(text.casefold().strip(" .!?").split())
    if said in _ENGLISH:
        return _ENGLISH[said]
    if said.startswith(("kumbuka ", "sahau ", "tafadhali ")):
        matches = ((pattern.fullmatch(text.strip()), english) for pattern, english in _TOLD)
        return next((english.format(found[1]) for found, english in matches if found), "")
    if longer := _LENGTH.fullmatch(said):
        return f"make it {longer[1]}"
    if "kikapu" not in said and not said.startswith(("onyesha ", "nionyeshe ")):
        return ""
    for pattern, english in _OF_A_LIST:
        if found := pattern.fullmatch(said):
            return english.format(_ORDINALS.get(found[1], f"number {found[1]}"))
    return ""


def _dated(text: str) -> str:
    """Months, days of the month and "each" in English."""
    if _SIGNS.search(text) is None:
        return text
    text = re.sub(r"\btarehe ", "", _DAY.sub(lambda m: f"on the {_ordinal(int(m[1]))}", text), flags=re.IGNORECASE)
    text = re.sub(r"\bmwezi wa (?=(?:" + "|".join(_MONTHS) + r")\b)", "", text, flags=re.IGNORECASE)
    text = _MAY.sub(lambda m: f"{m['d']} May" if m["d"] else "May ", text)
    return _WORDS.sub(lambda m: _ALL[m[0].casefold()], text)


def _ordinal(day: int) -> str:
    """ "5th"."""
    return f"{day}{'th' if 10 <= day % 100 <= 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"
