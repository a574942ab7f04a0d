"""Turns of phrase by which people ask, wish, inquire, or do none of these. Words are spelt out and in small letters."""

import re


def _any(*ways: str) -> str:
    return f"(?:{'|'.join(ways)})"


_POLITE = (
    r"(?:manage to |go ahead (?:and|an|&) |try to |help (?:(?:me|us) )?(?:to |in |with |out |by |me )*|please |kindly |possibly |perhaps |maybe |also |just |"
    r"quickly |now |then |again |really |at least |either |actually |still |instead )*"
)
_VERB = rf"{_POLITE}(?P<verb>\w+)"
_SELF = r"(?:(?:i|we|and i) )"
_ADVERBS = (
    r"(?:really |also |just |actually |now |do |will |would |might |may |am |are |was |were |then |currently |still |only |"
    r"definitely |urgently |desperately |soon |probably |be |have been |been |had |simply |going to |could |can |should |"
    r", |however |definitely |both |all |together |kind of |so |badly |truly |ll |totally |certainly |honestly |in |have the |do not mind )*"
)

# The verb decides whether another is asked to do something.
ASKED = tuple(
    re.compile(way)
    for way in (
        rf"^{_VERB}\b(?! (?:(?!wh|how|if|me|us|the|a|any)\w+ )?(?:is|was|were|are|will|would|has|had)\b)(?! \w+ed\b)",
        rf"^(?:let us|let me|help (?:me|us)(?: to| with| in| out| by)*|go ahead and|time to) {_VERB}",
        r"\b(?P<verb>tell|show|find|get|give|book|buy) (?:me|us)\b",
        rf"\bif you (?:can |could |would |will )?(?!want|need|like){_VERB}",
        rf"\byou (?:can|could|might) {_VERB}",
    )
)

_WISH_TO = _any(
    "need", "want", "wan", "wanted", "would like", "would love", "like", "wish", "plan", "planning", "hope", "hoping", "have",
    "intend", "try", "trying", "ready", "would prefer", "decided", "looking", "thinking", "keen", "interested",
    "interesting", "supposed", "required", "able", "expecting", "happy", "excited", "eager", "necessity", "about", "mean",
    "meaning", "got", "tempted", "wanting", "needing", "due", "set",
)  # fmt: skip
_WISH_FOR = _any(
    "need", "want", "require", "desire", "crave", "fancy", "seek", "wish for", "looking for", "looking at", "looking to",
    "looking", "searching", "search for", "seeking", "after", "interested", "interesting in", "need of", "search of",
    "(?:the|a) mood (?:for|to)", "feel like", "feeling like", "could use", "would (?:really |also |just |all )?(?:like|love|prefer)",
    "have to have", "appreciate", "wanted", "take", "hoping for", "keen on", "needing", "craving", "wanting",
    "requesting", "requiring", "curious about", "necessity of", "planning", "using your help", "use your help", "use some", "use a",
)  # fmt: skip
REQUESTS = tuple(
    re.compile(way)
    for way in (
        rf"^(?:can|could|would|will|may|might|shall|should) (?:y\w{{1,3}}|someone|somebody|anyone|we|i|it) {_VERB}",
        rf"\b(?:can|could|would|will) you {_VERB}",
        r"\b(?:can|could|would|will) you (?:please |kindly |also |possibly )*(?:help|assist)\b",
        rf"\bhelp (?:me|us) (?:to |in |with )?{_VERB}",
        rf"\b(?:would|are) you (?:be )?(?:able|willing|kind|nice|so kind)(?: enough)?(?: as)? to {_VERB}",
        rf"\b(?:is it|would it be|be) possible (?:for you )?to {_VERB}",
        rf"\bwondering (?:if|whether|what|which|how)(?: you| i| we)?(?: can| could| would)? {_VERB}",
        rf"\b(?:need|want|would like|like|love|ask|asking) you to {_VERB}",
        rf"^{_SELF}{_ADVERBS}{_WISH_TO}(?: help)?(?: forward)? (?:to|in|on|about|of|for) (?:go (?:ahead and |out and )?)?{_VERB}",
        rf"^{_SELF}{_ADVERBS}{_WISH_FOR}\b",
        rf"^(?:am |will |would |could |also |really |do |just |then )*{_WISH_FOR}\b(?! (?:is|was|are|were|will)\b)",
        rf"^(?:am |will |would |could |also |really |do |just |then )*{_WISH_TO} to {_VERB}",
        r"\b(?:i|we)(?: \w+)? (?:need|want|would like|will need|will be needing|would love)\b(?! to\b)",
        rf"\b(?:i|we)(?: \w+)? (?:need|want|would like|will need|would love) to {_VERB}",
        r"\b(?:i|we) (?:was|were) (?:hoping|looking) (?:to|for)\b",
        rf"\b(?:us|friends?|family|wife|husband|group|team|colleagues?)(?: of <count>)? (?:would like|want|wants|need|needs) to {_VERB}",
        r"\b(?:us|friends?|family|group|team)(?: of <count>)? (?:want|wants|need|needs)\b(?! to\b)",
        r"\bwondering (?:if|whether) there (?:is|are)\b",
        rf"^let me {_VERB}",
    )
)

# Questions to another that ask for help all the same; they come before what is never a request.
HELP = re.compile(
    r"\b(?:who can (?:pick|take|help)|^mind (?:helping|finding|looking|checking|booking)|why (?:do|can) not you|(?:would|do|will) you mind|are you able to|would you be (?:able|willing|so kind|kind enough)|"
    r"do you think you (?:can|could|might)|do you know (?:of )?(?:any|a|some|where|when|what|which|if|how)|"
    r"do you (?:have|offer|recommend|suggest|sell|see|got)) "
)
# Talk among people: about what was, about one another, about opinions.
NOT_ASKED = re.compile(
    r"^(?:(?:does|is|are|do) (?:this|that|these|those) (?!week|weekend|month|morning|evening|afternoon|time|year|<)\w+|did|do not|does not|did not|have|has|had|was|were|who|whose|why|am i|would you (?:like|rather|prefer|want)|"
    r"(?:do|does|did) (?:you|he|she|they|anyone|anybody|everyone) "
    r"(?:like|want|think|remember|believe|mind|feel|live|agree|love|hate|enjoy|come|still|work|understand|ever|always|"
    r"really|guys|both|all|miss|plan|eat|drink|sleep|wake|speak|go|get|need|take|use|play|smoke|drive)|"
    r"are (?:you|they|we|u)|is (?:he|she|anyone|anybody|everyone|everybody|someone|your|my|his|her|our|their)|"
    r"what (?:a|an|did|was|were|do you (?:think(?! the)|mean|want|do)|do they|are (?:you|they)|is up|happened|if|is your|is his|"
    r"is her|is that|is this|is wrong|time (?:are|did|were|was|is (?:your|his|her|our|my|it)|do you|will you|shall))|"
    r"how (?:was|were|did|are|is (?:your|his|her|it going|she|he|that|everyone|everything|life|work|mum|mom|dad)|come|"
    r"old|dare|do you (?:feel|like|know))|"
    r"where (?:are (?:you|they|we|my|your)|did|were|was|have|is (?:my|your|he|she|everyone|everybody|his|her)|"
    r"do you (?:live|work))|"
    r"when (?:did|were|was|are (?:you|we)|is (?:your|my)|do you|have|will you|i|we|you|he|she|they)|"
    r"which (?:one|of) (?:did|was|do you))\b"
)
VAIN = re.compile(
    r"\b(?:see (?:you|ya|y'all)|take me back|money back|your own|my own|is it me|what is for|some ?day|one day|bucket list|"
    r"my dream|dream of|wish (?:i|we|you|it) |when i retire|(?:i|we) (?:love|hate)|no need|no longer need|never|"
    r"(?:i|we|you|they|he|she|it|this|that|people|<title>) (?:do|does|did|can|will|would|could|am|are|is|was|should) not "
    r"(?:need|want|like|have|find|book|think|know|see|feel|get|believe|remember|wait|going|let|make|care))\b"
    r"|^(?:do|does|did|can|will|would|could|am|are|is|was|should) not "
    r"(?:need|want|like|have|find|book|think|know|see|feel|get|believe|remember|wait|let|make|care|tell|forget)\b"
)
QUESTION = re.compile(
    r"^(?:what|which|where|when|how|is there|are there|is it|is the|will it|will there|does it|do you (?:have|know|offer|see|"
    r"recommend)|have you got|any|anything|anywhere|are any|do (?:i|we) need|should (?:i|we)|can (?:i|we)|know any|got any|"
    r"is any|how about|does the|do the|are the|would there|could there|is|are|does)\b"
    r"|\b(?:what|which|where|how) (?:\w+ )?(?:can|could|should|do|would) (?:i|we|you recommend|you suggest)\b"
    r"|\b(?:do you know|do you have|can you think of|any (?:ideas|suggestions|recommendations))\b"
    r"|\b(?:i wonder|wonder|know|see|tell me|find out) (?:what|which|where|how|if|whether|when)\b"
)
