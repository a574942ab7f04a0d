"""Is anything being asked for? The plain grammar of requests, wishes, questions and mere talk in English.

Nothing here knows what Caravan can do: that is learnt from the Capabilities' example phrases.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.brains.offline.pieces import Piece
from bot.names import word_set


class Act(StrEnum):
    """What a clause does: asks for something, wishes for it, asks about it, merely names it, or just talks."""

    REQUEST = "request"
    QUESTION = "question"
    NAMING = "naming"
    TALK = "talk"


@dataclass(frozen=True, slots=True)
class Clause:
    """Pieces `start` up to `end` (exclusive); `open`: a request that does not say for what ("can you help?")."""

    start: int
    end: int
    act: Act


# Verbs by which one asks another to do something.
ASKING = word_set("""
    find fine search look show get give book reserve buy purchase order check tell help assist suggest recommend arrange
    schedule plan organise organize make hire rent call fetch list compare locate bring pull see try set need want
    provide advise send grab secure offer display google browse scout hunt pick drop take create build draft draw put
    add start open hail request obtain explore know change switch update let confirm proceed go continue hook gather
    point direct read describe prepare select choose cancel remove rebook
""")
# Verbs that one may want to do oneself and ask another's help for.
WANTING = ASKING | word_set("""
    fly travel stay visit eat dine attend watch leave depart return sleep lodge rest ride drive head reach come spend
    do tour sightsee hike have try experience enjoy catch use meet view participate hear listen move relax celebrate
    be out learn inquire enquire ask discover rebook pay go
""")
_FILLERS = word_set("""
    ok okay yes yeah yep yup no nope nah thanks thank you great sounds sound good hi hello hey well so and also now then actually
    alright right sure perfect cool awesome fine please but or maybe oh hmm um uh wow nice wonderful excellent lovely amazing
    fantastic super ah dear just really kindly again morning evening afternoon there not too lets too much very for that is works
    habari sasa mambo jambo asante sawa poa karibu guys folks team everyone friend buddy bro sir madam
""")
_LINKS = word_set("and but so because since or then as while , - – — : also plus")
_STARTS = word_set("""
    i we can could would will please let find book get show how what where which when is are do does help my our it he she they
    there also then maybe looking want need who you if search any preferably its this that be look make give tell check
    me buy reserve
""")
_FINITE = word_set("""
    is are was were am be been being do does did have has had will would shall should could can may might must
    went came saw got said told thought felt left took made gave found booked bought paid loved liked hated
    enjoyed missed forgot knew heard met ate slept flew lost cost won kept tried called asked
    loves likes hates thinks says wants needs looks sounds feels seems means goes comes gets makes takes
    love hate think hope guess believe suppose wonder wish remember forget agree promise swear
    know understand mean
""")

_POLITE = (
    r"(?:please |kindly |possibly |perhaps |maybe |also |just |quickly |now |then |again |really |at least |either )*"
)
_ADVERBS = (
    r"(?:really |also |just |actually |now |do |will |would |might |may |am |are |was |then |currently |still |"
    r"only |definitely |urgently |desperately |soon |probably |be |have been |been |had |not only |simply |always |"
    r"going to |gonna |could |can |should |, |both |all |together |did |kind of |kinda |so |badly |truly |ll )*"
)
_NOT_ASKED = re.compile(
    r"^(?:did|do not|does not|did not|have|has|had|was|were|who|whose|why|am i|would you (?:like|rather|prefer|want)|"
    r"(?:do|does|did) (?:you|he|she|they|anyone|anybody|everyone) (?:like|want|think|remember|believe|mind|feel|live|agree|love|"
    r"hate|enjoy|come|still|work|understand|ever|always|really|guys|both|all|miss|plan|eat|drink|sleep|wake|speak|go|get)|"
    r"are (?:you|they|we|u)|is (?:he|she|anyone|anybody|everyone|everybody|someone|your|my|his|her|our|their)|"
    r"what (?:a|an|did|was|were|do you think|do you mean|do they|are you|are they|is up|happened|if|is your|is his|is her|is that|"
    r"is this|is wrong|time (?:are|did|were|was|is (?:your|his|her|our|my|it)|do you|will you|shall))|"
    r"how (?:was|were|did|are|is (?:your|his|her|it going|she|he|that|everyone|everything|life|work|mum|mom|dad)|come|old|dare|do you (?:feel|like|know))|"
    r"where (?:are (?:you|they|we|my|your)|did|were|was|have|is (?:my|your|he|she|everyone|everybody|his|her)|do you (?:live|work))|"
    r"when (?:did|were|was|are you|are we|is your|is my|do you|have|will you|i|we|you|he|she|they)|"
    r"which (?:one|of) (?:did|was|do you))\b"
)
_REQUEST = [
    re.compile(p)
    for p in (
        rf"^(?:can|could|would|will|may|might|shall|should) (?:y\w{{1,3}}|someone|somebody|anyone|we|i|it) {_POLITE}(?P<verb>\w+)",
        rf"\b(?:can|could|would|will) you {_POLITE}(?P<verb>\w+)",
        rf"\b(?:would|are) you (?:be )?(?:able|willing|kind|nice|so kind)(?: enough)?(?: as)? to {_POLITE}(?P<verb>\w+)",
        r"\bwould you mind \w+ing\b",
        rf"\b(?:is it|would it be|be) possible (?:for you )?to {_POLITE}(?P<verb>\w+)",
        rf"\b(?:i|we) (?:am|are|was|were) wondering (?:if|whether|what|which|how)(?: you| i| we)?(?: can| could| would)? (?P<verb>\w+)",
        rf"\b(?:need|want|would like|like|love|ask|asking) you to {_POLITE}(?P<verb>\w+)",
        rf"^(?:i|we) {_ADVERBS}(?:need|want|wanted|would like|would love|like|wish|plan|planning|hope|hoping|have|intend|try|trying|ready|prefer|decided|"
        rf"looking|going|about|thinking|keen|interested|interesting|hungry and|got|has|supposed|required|able|expecting|happy|excited|eager)"
        rf"(?: help)?(?: forward)? (?:to|in|on|about|of) {_POLITE}(?:go (?:ahead and |out and )?)?(?P<verb>\w+)",
        rf"^(?:i|we) {_ADVERBS}(?P<wish>need|want|require|desire|crave|fancy|seek|wish for|looking for|looking at|looking to|looking|"
        rf"searching|seeking|after|interested in|interested|interesting in|in need of|in search of|in (?:the|a) mood (?:for|to)|feel like|feeling like|could use|would (?:really |also |just )?(?:like|love|prefer)|"
        rf"have to have|appreciate|wanted|take|hoping for|keen on|hungry|starving|bored|needing|craving|trying|wanting|requesting|requiring|curious about|going to need|verify)\b",
        r"\b(?:i|we)(?: \w+)? (?:need|want|would like|will need|would love)\b(?! to\b)",
        r"\b(?:i|we)(?: \w+)? (?:need|want|would like|will need|would love) to (?P<verb>\w+)",
        r"^(?:need|want|wanting|looking for|looking to|searching for|in need of|seeking|interested in|in search of|would like|would love)\b",
        rf"^(?:let us|let me|help (?:me|us)(?: to| with| in| out)*|go ahead and|time to|try to|please) {_POLITE}(?P<verb>\w+)",
        rf"^{_POLITE}(?P<verb>\w+)\b(?! (?:is|was|were|are|will|would|has|had)\b)",
        r"\b(?:i|we) (?:was|were) (?:hoping|looking) (?:to|for)\b",
    )
]  # fmt: skip
_QUESTION = re.compile(
    r"^(?:what|which|where|when|how|is there|are there|is it|is the|will it|will there|does it|do you have|do you know|do you offer|"
    r"do you see|do you recommend|have you got|any|anything|anywhere|are any|do i need|do we need|should i|should we|can i|can we|what about|"
    r"how about|know any|got any|is any|does the|do the|are the|would there|could there|is|are|does)\b"
    r"|\b(?:what|which|where|how) (?:\w+ )?(?:can|could|should|do|would) (?:i|we|you recommend|you suggest)\b"
    r"|\b(?:do you know|do you have|can you think of|any (?:ideas|suggestions|recommendations))\b"
    r"|\b(?:i wonder|wonder|know|see|tell me|find out) (?:what|which|where|how|if|whether|when)\b"
)
# Questions to another that ask for help all the same; they come before what is never a request.
_HELP = re.compile(
    r"\b(?:why (?:do|can) not you|(?:would|do|will) you mind|are you able to|do you think you (?:can|could|might)(?: be able to)?|"
    r"would you be (?:able|willing|so kind(?: as)?|kind enough) to|do you know (?:of )?(?:any|a|some|where|when|what|which|if|how)|"
    r"do you (?:have|offer|recommend|suggest|sell|see|got)) "
)
_VAGUE = r"\b(?:some ?day|one day|sometime|bucket list|my dream|dream of|wish (?:i|we|you|it) |when i retire|i love|i hate|we love|we hate)\b|"
_NEGATED = re.compile(_VAGUE + r"\b(?:do|does|did|can|will|would|could|am|are|is|was|should)(?: i| we)? not (?:need|want|like|have|find|book|think|know|see|feel|get|believe|remember|wait|going)\b|"
                      r"\b(?:no need|no longer need|never)\b")  # fmt: skip
_PLACE_OR_DAY = frozenset(("<date>", "<location>"))


def clauses(pieces: Sequence[Piece], verbs: Collection[str]) -> list[Clause]:
    """The clauses of a message and what each does. `verbs`: more verbs of wishes, learnt from phrases."""
    return [Clause(s, e, _act(pieces[s:e], verbs)) for s, e in _apart(pieces)]


def _apart(pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    found, start = [], 0
    for i, piece in enumerate(pieces):
        stop = piece.kind == "mark" and piece.low in ".!?;()"
        follows = pieces[i + 1].low if i + 1 < len(pieces) else ""
        link = piece.low in _LINKS and follows in _STARTS and i > start
        if stop or link:
            if i > start:
                found.append((start, i))
            start = i + 1
    if start < len(pieces):
        found.append((start, len(pieces)))
    return found


def _act(pieces: Sequence[Piece], verbs: Collection[str]) -> Act:
    full = [p.low for p in pieces]
    lead = 0
    while lead < len(full) and (full[lead] in _FILLERS or pieces[lead].kind == "mark"):
        lead += 1
    if (
        lead + 1 < len(full)
        and full[lead] in ("on", "in", "for", "at", "from", "to")
        and full[lead + 1] in _PLACE_OR_DAY
    ):
        lead += 2
    for words in [full[lead:], full] if lead else [full]:
        act = _of(" ".join(words), pieces[len(full) - len(words) :], verbs)
        if act is not Act.TALK:
            return act
    return Act.TALK


def _of(said: str, pieces: Sequence[Piece], verbs: Collection[str]) -> Act:
    if not said:
        return Act.TALK
    if _HELP.search(said):
        return Act.QUESTION
    if _NOT_ASKED.match(said) or _NEGATED.search(said):
        return Act.TALK
    if any(_asks(found, verbs) for pattern in _REQUEST if (found := pattern.search(said))):
        return Act.REQUEST
    if _QUESTION.search(said):
        return Act.QUESTION
    if not any(p.low in _FINITE for p in pieces):
        return Act.NAMING
    return Act.TALK


def _asks(found: re.Match[str], verbs: Collection[str]) -> bool:
    """Whether the verb of a request is one by which things are asked for."""
    verb = found.groupdict().get("verb")
    if verb is None:
        return True
    first = found.re.pattern.startswith("^(?:please |kindly")
    return verb in ASKING if first else verb in WANTING or verb in verbs
