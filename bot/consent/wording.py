"""What to vote on and by which rules, from words: "the first and the third until 18:00, quorum 3". Pure."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from bot.consent.ballots import CHEAPEST, OPENER, RUN_OFF
from bot.consent.deadlines import taken_out
from bot.consent.texts import say
from bot.errors import AskAgain
from bot.names import word_set

MOST, LONGEST_LABEL = 10, 60
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_CARDINALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_FILL = word_set(
    "the these those this them of and or to on for vs both offers offer options option results result list all ones "
    "one number numbers no nr please"
)
_POINTING = word_set("these those them all both offers options results list ones hizi hizo zote")
_LEAD = re.compile(
    r"^(?:(?:please|ok|okay|so|caravan|can|could|we|should|i|want|would|like|to|let['’]?s|let us|have|take|make|start|"
    r"open|do|put|call|a|the|vote|poll)\s+)*(?:(?:vote|poll|put)\s+)(?:(?:on|between|about|among|over|for|whether)\s+)?"
    r"|^(?:(?:tafadhali|basi|haya|naomba)\s+)*(?:(?:tu)?pig(?:a|e|ieni|ie|eni)\s+)?kura\s+"
    r"(?:(?:kati\s+ya|baina\s+ya|kuhusu|ya|juu\s+ya)\s+)?",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s*\b(?:up for|to|in|for) (?:a|the) (?:vote|poll)\b", re.IGNORECASE)
_NUMERALS = {
    "mmoja": 1, "moja": 1, "wawili": 2, "mbili": 2, "watatu": 3, "tatu": 3, "wanne": 4, "nne": 4, "watano": 5,
    "tano": 5, "sita": 6, "saba": 7, "wanane": 8, "nane": 8, "tisa": 9, "kumi": 10,
}  # fmt: skip
_COUNTED = r"\d+|" + "|".join(_CARDINALS)
_QUORUM = re.compile(
    rf"[,;]?\s*\b(?:(?:and |with )?(?:an? )?quorum(?: of| is|:| =)?\s*(?:{_COUNTED}|all|everybody|everyone)"
    rf"|(?:and |if |with )?at least (?:{_COUNTED}) (?:votes|ballots|people|of us)(?: must vote| vote| needed)?"
    r"|(?:and )?(?:everybody|everyone|all) must vote"
    rf"|(?:na )?(?:wote|sote|kila mtu) (?:lazima )?(?:tu|wa)?(?:me)?pig(?:e|a) kura"
    rf"|(?:na )?angalau (?:kura|watu) (?:\d+|{'|'.join(_NUMERALS)})(?: wapige(?: kura)?)?)\b",
    re.IGNORECASE,
)
_TIE = re.compile(
    r"[,;]?\s*\b(?:and )?(?:(?:on|in case of|if there is|if it is|with) a tie[,:]? )?"
    r"(?:(?:the )?cheapest(?: one)?(?: wins| on a tie| if it is a tie)"
    r"|(?:i|the opener|opener|me)(?: will)? decides?(?: on a tie| if it is a tie)?"
    r"|run-?\s?off(?: on a tie| if it is a tie)?"
    r"|(?:kura )?zikilingana,? (?:bei nafuu inashinda|aliyeanzisha (?:ana|ata)amua|(?:kuwe na |iwe )?duru ya pili))",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"^(?P<title>[^?:]{3,200}[?:])\s+(?P<rest>\S.*)$", re.DOTALL)
_APART = re.compile(r"\s*(?:[,;\n/|]|(?:,\s*)?\b(?:or|(?-i:au)|vs\.?|versus)\b)\s*", re.IGNORECASE)
_RANGE = re.compile(r"\b(\d{1,2})\s*(?:-|–|to|through)\s*(\d{1,2})\b")
_TOP = re.compile(r"\b(?:first|top)\s+(\d{1,2}|" + "|".join(_CARDINALS[1:]) + r")\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """`what` is voted on, in words; the rest "" or None where it was not said. `quorum`: -1 is everybody."""

    what: str
    deadline: str = ""
    quorum: int | None = None
    tie: str = ""


def terms(text: str) -> Terms:
    """Take the rules out of a request for a vote."""
    rest, deadline = taken_out(" ".join(text.split()))
    rest, said_quorum = _without(_QUORUM, rest)
    rest, said_tie = _without(_TIE, rest)
    rest = _TAIL.sub("", _LEAD.sub("", f"{rest} ").strip())
    return Terms(what=rest.strip(" ,;.!"), deadline=deadline, quorum=quorum(said_quorum), tie=tie_rule(said_tie))


def quorum(words: str) -> int | None:
    """The number that a quorum's words name, -1 for everybody, None if they name none."""
    for word in re.findall(r"\w+", words.casefold()):
        if word in ("all", "everybody", "everyone", "wote", "sote", "kila"):
            return -1
        if word.isdecimal():
            return int(word[:6])
        if word in _CARDINALS:
            return _CARDINALS.index(word) + 1
        if word in _NUMERALS:
            return _NUMERALS[word]
    return None


def tie_rule(words: str) -> str:
    """The rule that words name, "" if none."""
    low = words.casefold()
    if "cheap" in low or "nafuu" in low:
        return CHEAPEST
    if "decide" in low or "opener" in low or "aliyeanzisha" in low:
        return OPENER
    return RUN_OFF if re.search(r"run-?\s?off|duru ya pili", low) else ""


def numbers(what: str, count: int, kinds: Collection[str]) -> tuple[int, ...] | None:
    """Which of `count` numbered offers words point at: "1 2 3", "the first and the third", "these hotels", "top 3".

    None if they are no such words: then they are what to vote on. AskAgain for a number that is not there."""
    low = what.casefold()
    chosen = list(_spans(low))
    rest = _TOP.sub(" ", _RANGE.sub(" ", low))
    words = re.findall(r"\d+(?:st|nd|rd|th)?|[^\W\d_]+", rest)
    for word in words:
        number = _number(word, count)
        if number is not None:
            chosen.append(number)
        elif word not in _FILL and word not in kinds:
            return None
    if not chosen and (set(words) & _POINTING or set(words) & set(kinds)):
        return tuple(range(1, count + 1))
    for number in chosen:
        if not 1 <= number <= count:
            raise AskAgain("options", say("no_such_offer", number=number, count=count))
    return tuple(dict.fromkeys(chosen)) or None


def _spans(low: str) -> Iterator[int]:
    for first, last in _RANGE.findall(low):
        yield from range(int(first), min(int(last), int(first) + 50) + 1)
    for most in _TOP.findall(low):
        yield from range(1, (int(most) if most.isdecimal() else _CARDINALS.index(most) + 1) + 1)


def _number(word: str, count: int) -> int | None:
    digits = re.fullmatch(r"(\d{1,4})(?:st|nd|rd|th)?", word)
    if digits:
        return int(digits[1])
    if word in _ORDINALS:
        return _ORDINALS.index(word) + 1
    return count if word == "last" else None


def free_options(what: str) -> tuple[str, tuple[str, ...]]:
    """(question or "", labels) of "where to eat: pizza, sushi or tacos?". AskAgain for too few or too many."""
    asked = _QUESTION.match(what)
    title, rest = (asked["title"].strip(), asked["rest"]) if asked else ("", what)
    found = [part for part in _APART.split(rest) if part.strip(" ?!.")]
    if len(found) == 1:
        found = re.split(r"\s+(?:and|na)\s+", rest, flags=re.IGNORECASE)
    labels: dict[str, str] = {}
    for part in found:
        label = " ".join(part.strip(' ?!."“”').split())
        if any(c.isprintable() and not c.isspace() for c in label):
            labels.setdefault(label.casefold(), label)
    return title, _checked(tuple(labels.values()))


def check_count(count: int) -> None:
    """AskAgain unless one can vote on so many."""
    if count < 2:
        raise AskAgain("options", say("too_few"))
    if count > MOST:
        raise AskAgain("options", say("too_many", count=count, most=MOST))


def _checked(labels: Sequence[str]) -> tuple[str, ...]:
    check_count(len(labels))
    long = next((label for label in labels if len(label) > LONGEST_LABEL), "")
    if long:
        raise AskAgain("options", say("too_long", label=f"{long[:30]}…", most=LONGEST_LABEL))
    return tuple(labels)


def _without(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    found = pattern.search(text)
    if found is None:
        return text, ""
    return " ".join(f"{text[: found.start()]} {text[found.end() :]}".split()), found[0]
