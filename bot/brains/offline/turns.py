"""Turns of phrase by which people ask, wish, inquire, or do none of these; words spelt out, in small letters."""

import re


def _any(words: str) -> str:
    """One of the given ways to say it; blanks inside a way are written as "_"."""
    return f"(?:{'|'.join(words.split()).replace('_', ' ')})"


def _many(words: str) -> str:
    """Any number of the given ways, each followed by a blank. No way may begin another: matching stays linear."""
    return f"(?:{_any(words)} )*"


_KINDLY = _any("""
    manage_to go_ahead_(?:and|an|&) try_to please kindly possibly perhaps maybe also just quickly now then again really
    at_least either actually still instead
""")
_POLITE = rf"(?:{_KINDLY} |help (?:me |us |to |in |with |out |by )*)*"
_VERB = rf"{_POLITE}(?P<verb>\w+)"
_SELF = r"(?:(?:(?:my|our|me|the|<count>|<title>) (?:\S+ ){0,3})?(?:and )?(?:i|we|me) )"
_ADVERBS = _many("""
    really also just actually now do will would might may am are was were then currently still only definitely
    urgently desperately soon probably be have_been been had simply going_to could can should , however both all
    together kind_of so badly truly ll totally certainly honestly in have_the
""")

# The verb decides whether another is asked to do something.
ASKED = tuple(
    re.compile(way)
    for way in (
        rf"^{_VERB}\b(?! (?:(?!wh|how|if|me|us|the|a|any)\w+ )?(?:is|was|were|are|will|would|has|had)\b)(?! \w+ed\b)",
        rf"^(?:let us(?: go(?: and)?)?|let me|help (?:me|us)(?: to| with| in| out| by)*|go ahead and|time to) {_VERB}",
        r"\b(?P<verb>tell|show|find|get|give|book|buy) (?:me|us)\b",
        r"^(?P<verb>help) (?:me|us) with\b",
        rf"^{_POLITE}(?:fly|drive|squeeze|fit|host|fetch|pick|collect) (?:me|us|my|our|him|her|them)\b(?P<verb>)",
        r"\b(?:point|direct|guide|lead) me (?:to|in|towards)\b(?P<verb>)",
        r"\bif you (?:can |could |would |will )?(?!want|need|like|ask me|ask us|know what|see what|get me|get my)"
        rf"{_VERB}",
        rf"\byou (?:can|could|might) {_VERB}",
        r"^(?:please )?have (?:an?|the|some\w+) (?:\w+ )?(?:pick|collect|take|drive|meet|bring|fetch|drop)\b(?P<verb>)",
    )
)

_WISH_TO = _any("""
    need want wan wanted would_like would_love like wish plan planning hope hoping have intend try trying ready
    would_prefer decided looking thinking keen interested interesting supposed required able expecting happy excited
    eager necessity about mean meaning got tempted wanting needing due set
""")
_WISH_FOR = _any("""
    need want require desire crave fancy seek wish_for looking_for looking_at looking_to looking searching search_for
    seeking after interested interesting_in need_of search_of (?:the|a)_mood_(?:for|to) feel_like feeling_like
    could_use would_(?:really_|also_|just_|all_)?(?:like|love|prefer) have_to_have appreciate wanted hoping_for
    keen_on needing craving wanting requesting requiring curious_about necessity_of planning using_your_help
    use_your_help use_some use_a know_(?:the|about|what|how|if|whether)
""")
_FINE = _any(
    "great nice good fine perfect lovely better best ideal helpful wonderful cool ok okay awesome amazing preferred"
)
_OTHERS = (
    "(?:us|someone|somebody|we all|kids|children|parents|friends?|family|wife|husband|group|team|colleagues?)"
    "(?: of <count>)?"
)
# What another is asked to do, by verbs of asking ...
OF_YOU = tuple(
    re.compile(way)
    for way in (
        rf"^(?:can|could|would|will|may|might) (?:y\w{{1,3}}|someone|somebody|anyone|it|an? \w+) {_VERB}",
        rf"\b(?:can|could|would|will) you {_VERB}",
        rf"\b(?:would|are) you (?:be )?(?:able|willing|kind|nice|so kind)(?: enough)?(?: as)? to {_VERB}",
        rf"\b(?:is it|would it be|be) possible (?:for you )?to {_VERB}",
        rf"\b(?:need|want|would like|like|love|ask|asking) you to {_VERB}",
        rf"\bhelp (?:me|us) (?:to |in |with )?{_VERB}",
    )
)
# ... and what one wishes to do oneself, by verbs of wanting too.
REQUESTS = tuple(
    re.compile(way)
    for way in (
        rf"^(?:can|could|would|will|may|might|shall|should) (?:we|i) {_VERB}",
        rf"\b(?:can|could|may) (?:i|we) {_any('get find book have buy see')}\b",
        r"\b(?:can|could|would|will) you (?:please |kindly |also |possibly )*(?:help|assist)\b",
        rf"\bwondering (?:if|whether|what|which|how)(?: you| i| we)?(?: can| could| would)? {_VERB}",
        r"^(?:i |we )?(?:am |are |was |were )?wonder(?:ing)? (?:about )?the\b",
        r"\bwondering (?:(?:if|whether) there (?:is|are)|what|how|where|when|which)\b",
        rf"\b(?:would|will) (?:be (?:\w+ )?{_FINE}|do|suffice|help)\b",
        rf"\b(?:would|will) be (?:\w+ )?{_FINE} to {_VERB}",
        r"^(?:i|we) (?:would|will|could|can)(?: rather)? (?:take|have|go for|opt for|prefer) (?:a|an|some|<count>)\b",
        rf"^{_SELF}{_ADVERBS}(?:must|ought to|have (?:got )?to|got to) (?:go (?:and )?)?{_VERB}",
        r"^(?:i|we) (?:am|are|feel)(?: \w+){0,2} (?:bored|hungry|starving|famished|peckish)\b",
        r"^(?:he|she|they) (?:will |would )?needs? (?!you|me|us|to\b)",
        r"^(?:i|we) (?:would|could) (?:really |gladly )?(?:kill|murder|die|do with|go for|use|pay)"
        r"(?! him| her| them| you)\b",
        r"^(?:i|we) (?:would )?prefer (?:to|an?)\b",
        r"^(?:i|we) (?:would )?prefer (?:the|some|\w+ing)\b.*<(?:location|date)>",
        r"^(?!(?:i|we|he|she|they|you|my|our|it|this|that)\b)(?:\S+ ){1,5}(?:needed|wanted|required)\b"
        r"(?! (?:a|an|the|me|us|him|her|you|no|to)\b)",
        r"^(?:i|we) would rather (?:take|have|go|stay|fly|eat|see|visit|do|try|spend|ride|travel|drive|watch)\b",
        rf"^(?:my|our|the|<title>|<count>) (?:\S+ ){{1,4}}{_any('need needs want wants require requires would_like')}\b"
        r"(?! (?:you|me to|us to|to (?:know|talk|see you)))",
        r"^(?:i|we) (?:am|are) dying (?:to|for)\b",
        r"^(?:the|my|our) (?:\w+ ){1,3}should\b",
        rf"^{_SELF}{_ADVERBS}{_WISH_TO}(?: help)?(?: forward)? (?:to|in|on|about|of|for) "
        rf"(?:go (?:ahead and |out and )?)?{_VERB}",
        rf"^{_SELF}{_ADVERBS}{_WISH_FOR}\b",
        rf"^{_many('am will would could also really do just then')}{_WISH_FOR}\b(?! (?:is|was|are|were|will)\b)",
        rf"^{_many('am will would could also really do just then')}{_WISH_TO} to {_VERB}",
        rf"\b(?:i|we)(?: \w+)? {_any('need want would_like will_need will_be_needing would_love')}\b(?! to\b)",
        rf"\b(?:i|we)(?: \w+)? {_any('need want would_like will_need would_love')} to {_VERB}",
        r"\b(?:i|we) (?:was|were) (?:hoping|looking) (?:to|for)\b",
        rf"\b{_OTHERS} {_any('would_like want wants need needs')} to {_VERB}",
        rf"\b{_OTHERS} {_any('want wants need needs')}\b(?! to\b)",
        rf"^let me {_VERB}",
        r"^let us (?:all |just )*(?:go|fly|head|travel|drive|do|visit|hit|see)\b(?: \w+){0,2} <location>",
        r"^(?:me|i|myself|my \w+|our \w+) and (?:\S+ ){1,3}"
        rf"{_any('want need would_like would_love wish hope plan are_planning are_looking')} (?:to|for|a|an|some)\b",
        r"^(?:\S+ ){0,3}(?:i|we) (?:have|have got) (?:about |around |only )?<money> (?:for|to|and)\b",
        r"^(?:my|our) (?:\w+ )?(?:budget|limit|maximum|max) (?:is|would be|will be) .*<money>",
        r"^(?:i|we) (?:meant|mean|said|am asking for|was asking for) (?:a|an|the|some|any|<)",
    )
)

# Questions to another that ask for help all the same; they come before what is never a request.
HELP = re.compile(
    r"\b(?:who can (?:pick|take|help|drive|get|bring|collect|fetch|show|arrange|book|recommend)|"
    r"why (?:do|can) not you|(?:would|do|will) you mind|are you able to|"
    r"would you be (?:able|willing|so kind|kind enough)|do you think you (?:can|could|might)|"
    r"(?:do|would) you (?:happen to )?know (?:of )?(?:any|a|some|where|when|what|which|if|how)|"
    r"do you (?:have|offer|recommend|suggest|sell|see|got)) "
    r"|^mind (?:helping|finding|looking|checking|booking) "
)
_AT_HAND = r"(?:this|that|these|those) (?!week|weekend|month|morning|evening|afternoon|time|year|<)\w+"
_DOING = _any("""
    like want think(?!_(?:it|the|there|we|i_)) remember believe mind feel live agree love hate enjoy come still work
    understand ever always really guys both all miss plan eat drink sleep wake speak go get need take use play smoke
    drive
""")
# Talk among people: about what was, about one another, about opinions.
SOCIAL = re.compile(
    r"^(?:(?:thanks|thank you)(?: so much| very much| a lot)? for|sorry (?:about|for|i|we)|congrats|congratulations|"
    r"good luck|enjoy|safe|have (?:a|an|fun|safe)"
    r"(?! \w+ (?:pick|take|collect|drive|meet|bring))|happy|welcome|hope|hopefully)\b"
)
_ON_STAGE = _any("performing playing singing on headlining speaking")
# What companies and houses do: who does it is asked for the sake of the thing.
_PROVIDES = _any("""
    sell sells rent rents hire hires offer offers run runs organise organises teach teaches serve serves do does
    deliver delivers fly flies go goes operate operates make makes cook cooks host hosts provide provides
""")
NOT_ASKED = re.compile(
    r"^(?:please )?(?:remind|wake|text|warn) (?!me|us)|"
    r"^is <title> (?!open|closed|worth|good|available|far|near|on|in|at|free|<)(?!\w+ing\b)\w+\b(?: <date>)?$|"
    r"^(?:please )?(?:tell|ask|call) (?:<title>|him|her|them|everyone|everybody|my \w+)\b|"
    r"^(?:what|which|where|when|how|is|are|does|do)\b.*\b(?:your|did|was|were|everyone|"
    rf"any(?:one|body)(?! {_PROVIDES}\b))\b"
    r"|^(?:can|could) (?:you|we|i) (?:see|hear|feel|smell|believe|imagine) (?!if|what|whether|where|when|how|some|any)"
    r"|^where is the (?!nearest|closest|closer|best|next|cheapest|.*<(?:location|date)>)"
    rf"|^(?:(?:does|is|are|do) {_AT_HAND}|did|do not|does not|did not|"
    r"have(?! (?:an?|the) \w+ (?:pick|collect|take|drive|meet|bring))|"
    r"has|had|was|were|"
    rf"who(?! is {_ON_STAGE}| {_PROVIDES}\b)|whose|why|"
    r"am i|"
    rf"would you (?:like|rather|prefer|want)|(?:do|does|did) (?:you|he|she|they|anyone|anybody|everyone) {_DOING}|"
    r"are (?:you|they|u|we(?! (?:over|within|under|on|still|going to|allowed)))|"
    r"is (?:he|she|anyone|anybody|everyone|everybody|someone|your|my|his|her|their|"
    r"our(?! (?:plan|trip|budget|itinerary)))|"
    r"which of (?:you|us|them)|"
    r"what (?:an?|<count>|did|was|were|do you (?:think(?! (?:it|the|there))|mean|want|do)|"
    r"do they(?! have)|are (?:you|they)|happened|"
    r"if|is (?:up|your|his|her|that|this|wrong)|"
    r"time (?:are (?:you|we|they)|did|were|was|is (?:your|his|her|our|my|it)|do you|will you|shall))|"
    r"how (?:many \w+ (?:do|did|have) (?:you|they|we)|was|were|did|are"
    r"(?! (?:the )?(?:flights?|trains?|buses|fares|prices|rooms|roads|<location>)|.* <location>)|come|old|"
    r"dare|do you (?:feel|like|know)|"
    r"is (?:your|his|her|it going(?! to)|she|he|that|everyone|everything|life|work|mum|mom|dad))|"
    r"where (?:are (?:you|they|we|my|your)|did|were|was|have|is (?:my|your|he|she|everyone|everybody|his|her)|"
    r"do you (?:live|work))|"
    r"when (?:did|were|was|are (?:you|we)|is (?:your|my)|do you|have|will you|i|we|you|he|she|they)|"
    r"which (?:one|of) (?:did|was|do you))\b"
)
_DENIED = _any("need want like have find book think know see feel get believe remember wait let make care")
_MODALS = _any("do does did can will would could am are is was should")
VAIN = re.compile(
    r"\b(?:see (?:you|ya|y'all)|take me back|money back|your own|my own|is it (?:just )?me|what is for|"
    r"some ?day|one day|"
    r"(?:should|could|would) have (?:been|come|gone|seen|taken|done|told|said|known|stayed|left)|"
    r"bucket list|"
    r"need (?:a|an) (?:holiday|break|vacation|rest) from (?:my|the|this|all|you)|"
    r"my dream|dream of|wish (?:i|we|you|it) |"
    r"(?:want|wants|love|like|dream) to (?:live|retire|move|marry)|"
    r"(?:want|wants|love|like|hope|hopes) to (?:.* )?(?<!for )<count> day$|"
    r"when i retire|(?:i|we) (?:love|hate)|no need|^that is (?:what|why|how|where|when)|no longer need|"
    r"never|^you (?:two |<count> |guys |all |both |lot )?(?:should|must|ought to|have to)|"
    rf"(?:i|we|you|they|he|she|it|people|<title>) {_MODALS} not (?:{_DENIED}|going))\b"
    rf"|^{_MODALS} not (?:{_DENIED}|tell|forget)\b"
)
# Clumsy or misspelt requests still hold one of these, and do not tell of others or of what was.
_CUES = "find finding book booking buy buying purchase reserve looking searching search recommend need want please get"
HINT = re.compile(rf"\b{_any(_CUES)}\b")
_PAST = (
    r"\b(?:was|were|had|did|went|saw|(?<!not )got|said|told|thought|took|made|gave|found|booked|bought|paid|"
    r"loved|liked|hated|missed|lost|cost(?! of)|"
    r"left|came|called|wanted|needed|asked|tried|forgot|spent|drove|ran|brought|broke|sold|met|ate|"
    r"slept|flew|drank|stayed|visited|moved|landed|arrived|spilled|ended|to pack|already|yesterday|ago|last)\b"
)
TOLD = re.compile(rf"^(?:he|she|they|<title>|my|our|his|her|their|the|someone|people|everyone|it (?:is|was)) |{_PAST}")
PAST = re.compile(_PAST)
# What was, and what somebody's own bus or flight does, is no wish however much it tells.
REPORTED = re.compile(
    rf"{_PAST}|^(?:he|she|they|it|that|this)\b|^(?:my|our|his|her|their|the) (?:\w+ ){{0,2}}(?:is|are|has|have|does|"
    r"do not|does not|will|never|always)\b"
    r"|^(?:my|our|his|her|their|the) (?:\S+ ){0,5}?(?:leaves?|boards?|starts?|lands?|closes?|opens?)\b"
)
# About people, what they have or think: no question to a travel desk.
PERSONAL = re.compile(
    r"\b(?:you|your|yours|he|she|his|her|him|my|our|their|they|them|been|everyone|everybody|remember|think|guess|"
    r"why|whose|has|have|anyone (?:want|coming|going|in|else|up)|who (?:is|will|can|wants|has|got|needs?|paid))\b"
)
# How people take up what an assistant has said.
ASSENT = re.compile(
    r"^(?:ok|okay|yes|yeah|no|nope|sure|great|perfect|alright|all right|thanks|thank you|awesome|cool|good|nice|fine|"
    r"excellent|wonderful|sounds?|that (?:sounds?|works?|will|would|is|one))\b"
)
PLAIN = re.compile(r"\b(?:i|we) (?:\w+ )?(?:need|want|would like)\b")
# What somebody is about to do, told instead of asked: with a place, a day and a number it is a wish.
INTENT = re.compile(
    r"^(?:(?:ok|so|hi|hello|hey|and|but|now|well|also) )*"
    r"(?:i|we|(?:me|i|my \w+|our \w+|<count> \w+) and (?:i|me|my|<count>)|there (?:will be|is|are)|<count> of us|"
    r"(?:all )?(?:<count> )?of us|the \w+ of us)\b.*"
    r"\b(?:going|travell?ing|fly|flying|heading|arriv\w+|land|landing|coming|visit|visiting|spend|spending|stay|staying|"
    r"thinking|planning|take|taking|do|doing|need|be|leave|leaving|depart|departing)\b"
)
# What somebody has not got or arranged yet is wanted, where it is told for a town or a day.
LACK = re.compile(
    r"\b(?:i|we) (?:do not|have not|did not)(?: yet| even| still)? "
    r"(?:have|got|get|book|booked|found|find|sorted|arranged)(?: yet| got| out)? "
    r"(?:a|an|any|anywhere|somewhere|anything|our|my|the|where|how)\b"
    r"|\b(?:i|we) (?:have|have got|have no|still have)(?: still)? (?:no|nowhere|nothing)\b"
)
# What is not wanted speaks for nothing.
UNWANTED = re.compile(
    r"^(?:no|nope|ok|okay|please|and|so|,|\s)*(?:no need|skip|forget|cancel|not|do not|without|never)\b"
)
# What people like is how they want a thing, and no other wish.
TASTE = re.compile(
    r"^(?:and |but )?(?:i|we|they|he|she|(?:my|our|the) \w+|there are <count> of us and we) "
    r"(?:all |both |also |really )*"
    r"(?:like|love|enjoy|adore|hate|(?:am|are) (?:really )?into|(?:am|are) fond of)\b"
)
# How one would rather go says for what one asks.
PREFERENCE = re.compile(r"^(?:i|we)(?: would)?(?: really| both| all)? prefer\b")
ADVICE = re.compile(
    r"\b(?:any|some|your) (?:ideas?|suggestions?|recommendations?|options|advice|tips)\b"
    r"|\b(?:what|where) (?:should|can|could|to) (?:(?:i|we) )?(?:do|go|start|not miss)$"
    r"|^(?:your |some )?(?:suggestions|ideas|recommendations|tips|options|advice|thoughts)$"
    r"|^(?:so |and )?(?:what|which|where) (?:do|would|can|could) you (?:suggest|recommend|propose)(?: we do)?$"
    r"|^what is (?:good|nice|nearby|best|open|on offer)(?: there| here| around)?$"
)
# "Where can we take her?" asks about what was told before it.
WHICH = re.compile(r"^(?:so |and )?(?:what|where|which|how) (?:\w+ )?(?:can|could|should|do|would|shall) (?:i|we)\b")
OWN = re.compile(r"\b(?:i|we)\b")
QUESTION = re.compile(
    r"^(?:what|which|where|when|how|(?:is|are|would|could|will|might|may) there|is it|(?:is|will|would|can) the|"
    r"will it|would it|does it|have you got|anything|anywhere|any|are any|"
    r"do (?:you|they) (?:have|know|offer|see|recommend|serve|allow|fly|run|sell|rent|deliver|charge|accept)|"
    r"do (?:i|we) need|how do people|"
    rf"who is {_ON_STAGE}|who {_PROVIDES}\b|"
    r"know any|got (?:any(?:thing|where)?|an?|some)|is any|does the|do the|are the|is|are|does)\b"
    r"|^(?:will|would|could|can|do|does|should|shall|may|might) (?!y?o?u\b|ya\b|he\b|she\b|they\b|not\b)\w+ \w+"
    r"|\b(?:what|which|where|how) (?:\w+ )?(?:can|could|should|do|would) (?:i|we|you recommend|you suggest)\b"
    r"|\b(?:do you (?:know|have|think (?:it|the|there|we|i))|can you think of)\b"
    r"|\bany (?:ideas|suggestions|recommendations)\b"
    r"|^(?:your |some )?(?:suggestions|ideas|recommendations|tips|options|advice|thoughts)$"
    r"|\b(?:i wonder|wonder|know|see|tell me|find out) (?:what|which|where|how|if|whether|when)\b"
)
