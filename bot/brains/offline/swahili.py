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
    "show the budget": "bajeti | onyesha bajeti | bajeti yetu | jumla ni ngapi | bei yote ni ngapi | bei gani yote",
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
_LENGTH = re.compile(r"(?:fanya|tufanye|ifanye|iwe|tuwe) (?:iwe )?((?:siku|usiku|watu) \w+)")
_TOLD = (
    (re.compile(r"(?:tafadhali )?kumbuka (?:kwamba |kuwa )?(.{3,300})", re.IGNORECASE), "remember that {}"),
    (re.compile(r"(?:tafadhali )?sahau (?:kwamba |kuwa |kuhusu )?(.{3,200})", re.IGNORECASE), "forget {}"),
    (
        re.compile(
            r"(?:tafadhali )?(?:tu|m)?pig(?:a|e|eni|ieni|ie) kura(?: kati ya| baina ya| kuhusu)?:? (.{3,300})",
            re.IGNORECASE,
        ),
        "put {} to a vote",
    ),
    (
        re.compile(
            r"(?:tafadhali )?(?:unda|tengeneza|niundie|nataka) persona (?:anayeitwa|aitwaye|wa jina la) (\S{2,30})",
            re.IGNORECASE,
        ),
        "create a persona called {}",
    ),
    (
        re.compile(
            r"(?:tafadhali )?(?:unda|tengeneza|niundie|nataka) persona (?:anayeitwa|aitwaye|wa jina la) "
            r"(\S{2,30} anayependa .{3,200})",
            re.IGNORECASE,
        ),
        "create a persona called {}",
    ),
)  # fmt: skip
_STARTS = tuple("kumbuka sahau tafadhali piga pige pigeni tupige mpige unda tengeneza niundie nataka".split())
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


_THINGS = {
    "hoteli": "hotel", "ndege": "flight", "basi": "bus", "mkahawa": "restaurant", "malazi": "hotel", "chumba": "hotel",
    "teksi": "taxi", "gari": "taxi", "tukio": "event", "shughuli": "activity", "tembezi": "activity", "kitu": "one",
}  # fmt: skip
_THAN = (
    (r"(?:ya |la |za |cha )?(?:bei )?(?:ya )?(?:nafuu|rahisi|bei ya chini)(?: zaidi)?", "cheaper"),
    (r"(?:ya |la |za |cha )?mapema(?: zaidi)?", "earlier"),
    (r"(?:ya |la |za |cha )?(?:baadaye|kuchelewa)(?: zaidi)?", "later"),
    (r"(?:iliyo |ililo |lililo |kilicho |ya |cha )?karibu(?: zaidi)?", "closer"),
    (r"(?:iliyo |ya |cha )?(?:bora|nzuri|mzuri|kizuri)(?: zaidi)", "better"),
    (r"(?:ya |la |cha )?haraka(?: zaidi)", "faster"),
    (r"(?:nyingine|lingine|kingine|ingine|mwingine|tofauti)", "another"),
)
_OTHERWISE = tuple(
    (re.compile(
        r"(?:(?:nipe|tupe|nataka|tunataka|kuna|nionyeshe|tafuta|naomba|badilisha) )?"
        rf"(?:(?P<thing>{'|'.join(_THINGS)}) )?"
        rf"(?:nyingine |lingine |kingine |tofauti )?{said}(?: tafadhali)?"
    ), than)
    for said, than in _THAN
)  # fmt: skip
_SWAP = re.compile(rf"(?:badilisha|tubadilishe|nibadilishie) (?P<thing>{'|'.join(_THINGS)})")


def _otherwise(said: str) -> str:
    """ "Hoteli nyingine ya bei nafuu" as "a cheaper hotel", "badilisha hoteli" as "swap the hotel"; "" for others."""
    if found := _SWAP.fullmatch(said):
        return f"swap the {_THINGS[found['thing']]}"
    for pattern, than in _OTHERWISE:
        if found := pattern.fullmatch(said):
            thing = _THINGS.get(found["thing"] or "kitu", "one")
            return f"another {thing}" if than == "another" else f"a {than} {thing}"
    return ""


_RATHER_GO = re.compile(
    r"(?:(?:acha|hapana|la|basi|sasa|no)[, ]+)*(?:(?:twende|tuende|iwe|tufanye|tuende tu) )?"
    r"(?P<there>[^\W\d][\w' ]{2,30}?),? badala ya [^\W\d][\w' ]{2,30}", re.IGNORECASE,
)  # fmt: skip
_LET_US_GO = re.compile(
    r"(?:(?:acha|hapana|la|basi)[, ]+)*(?:twende|tuende) (?P<there>[^\W\d][\w']{2,30})(?: tu)?", re.IGNORECASE
)


def _instead(text: str) -> str:
    """ "Acha, twende Malindi badala ya Diani" as "to Malindi instead"; "" for others."""
    said = text.strip(" .!?")
    found = _RATHER_GO.fullmatch(said) or _LET_US_GO.fullmatch(said)
    return f"no, to {found['there']} instead" if found else ""


_EDIT = re.compile(
    r"(?:tafadhali )?(?P<do>ongeza|toa|ondoa|badilisha) (?P<what>(?!lugha|nafasi)[^,]{2,60}?)"
    r"(?: (?:kwenye|katika) (?:mpango|safari|ratiba))?(?:,? siku ya (?P<day>\w+))?"
)
_DONE = {"ongeza": "add {} {}", "toa": "remove {} {}", "ondoa": "remove {} {}", "badilisha": "swap {} {}"}
_DAYS = {"kwanza": "1", "pili": "2", "tatu": "3", "nne": "4", "tano": "5", "sita": "6", "saba": "7", "mwisho": "last"}
_MEALS = {"chakula cha mchana": "lunch", "chakula cha jioni": "dinner", "chakula cha usiku": "dinner",
          "kifungua kinywa": "breakfast", "hoteli": "the hotel"}  # fmt: skip


def _edited(said: str) -> str:
    """ "Toa chakula cha mchana siku ya 2" as "remove lunch on day 2"; "" for others, and for what is of a cart."""
    found = _EDIT.fullmatch(said)
    if found is None or "kikapu" in said:
        return ""
    day = f"on day {_DAYS.get(found['day'], found['day'])}" if found["day"] else ""
    where = day or ("to the plan" if found["do"] == "ongeza" else "")
    return _DONE[found["do"]].format(_MEALS.get(found["what"], found["what"]), where).strip()


_WHEN = r"(?P<when>(?:tarehe )?\d{1,2}(?: [^\W\d]+)*?|juma\w+|alhamisi|ijumaa|kesho(?: kutwa)?|wiki ijayo)"
_GO = r"(?:tuondoke|tusafiri|tuanze|twende|sogeza|peleka|rudisha|ianze)"
_LONG = r"(?P<unit>siku|wiki) (?P<count>moja|mbili|tatu|nne|tano|sita|saba|\d{1,2})"
_PLEAD = r"(?:(?:tafadhali|acha|hapana|sawa|basi|je|sasa)[, ]+)*"
_TRIP = r"(?: (?:safari|mpango|yote|kila kitu|safari yote|safari yetu))?"
_DAYS_MOVED = (
    (
        rf"{_GO}{_TRIP}(?: mbele)?(?: kwa)? {_LONG} (?:baadaye|mbele)",
        "leave {count} {unit} later",
    ),
    (
        rf"{_GO}{_TRIP}(?: nyuma)?(?: kwa)? {_LONG} (?:mapema|nyuma|kabla)",
        "leave {count} {unit} earlier",
    ),
    (rf"(?:ahirisha|tuahirishe|sogeza){_TRIP}(?: mbele)?(?: kwa)? {_LONG}", "postpone it by {count} {unit}"),
    (rf"(?:tuondoke|tusafiri|tuanze|ianze){_TRIP} (?:mnamo )?{_WHEN}(?: badala yake)?", "leave on {when}"),
    (rf"(?:tukae|tubaki|iwe|kaa)(?: huko)? (?:hadi|mpaka) {_WHEN}", "stay until {when}"),
    (rf"(?:turudi|turejee|kurudi)(?: nyumbani)? (?:mnamo )?{_WHEN}(?: badala yake)?", "come back on {when}"),
)
_MOVED = tuple((re.compile(_PLEAD + said), english) for said, english in _DAYS_MOVED)
_UNITS = {"siku": "days", "wiki": "weeks"}
_FEW = {"moja": "1", "mbili": "2", "tatu": "3", "nne": "4", "tano": "5", "sita": "6", "saba": "7"}


def _in_time(said: str) -> str:
    """ "Tuondoke siku moja baadaye" as "leave 1 days later", "turudi tarehe 13" as "come back on the 13th"."""
    for pattern, english in _MOVED:
        if found := pattern.fullmatch(said):
            named = found.groupdict()
            count, unit = named.get("count") or "", _UNITS.get(named.get("unit") or "", "")
            when = _dated(named.get("when") or "").removeprefix("on ")
            return english.format(count=_FEW.get(count, count), unit=unit, when=when)
    return ""


class Bilingual(Understander):
    """An Understander that is also spoken to in Swahili."""

    def understand(self, text: str, today: date, last: LastCall | None = None) -> Understood:
        return super().understand(_requested(text) or _instead(text) or _dated(text), today, last)

    def fill(self, capability: Capability, text: str, today: date, asked: str = "", there: str = "") -> Understood:
        return super().fill(capability, _dated(text), today, asked, there)


def _requested(text: str) -> str:
    """A whole message that is one of the requests, in English; "" for any other."""
    said = " ".join(text.casefold().strip(" .!?").split())
    if said in _ENGLISH:
        return _ENGLISH[said]
    if said.startswith(_STARTS):
        matches = ((pattern.fullmatch(text.strip()), english) for pattern, english in _TOLD)
        told = next((english.format(found[1]) for found, english in matches if found), "")
        if told or said.startswith(_STARTS[:3]):
            return told.replace(" anayependa ", " who loves ")
    if longer := _LENGTH.fullmatch(said):
        return f"make it {longer[1]}"
    if english := _otherwise(said) or _edited(said) or _in_time(said):
        return english
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
