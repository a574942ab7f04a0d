"""How people ask about the trip that they have: "when is our flight?", "where do we sleep?"; patterns of words."""

_OUR = r"(?:our|my|the)"
_ANY_OUR = r"(?:(?:our|my|the) )?"
_WHEN = r"(?:when(?: exactly)?|(?:at )?what time|(?:on )?(?:what|which) (?:day|date)|how (?:late|early|soon))"
_MODAL = r"(?:is|are|do|does|will|shall|should|must|was|were|did|have|has)"
_WE = r"(?:we|i|us)"
_RIDE = (
    r"(?P<of>(?:(?:return|outbound|inbound|first|last|outgoing|homebound) )?"
    r"(?:flights?|planes?|bus(?:es)?|coach(?:es)?|departure|arrival|way back|way home|return)"
    r"(?: (?:home|back|out|there|in))?)"
)
_TRANSFER = r"(?P<of>(?:airport )?(?:transfers?|taxis?|cabs?|pick ?ups?|shuttle))"
_STAY = r"(?P<of>hotels?|lodge|accommodations?|rooms?|place|guest ?house|lodging|stay)"
_THING = rf"(?:{_RIDE.replace('?P<of>', '?:')}|{_STAY.replace('?P<of>', '?:')}|{_TRANSFER.replace('?P<of>', '?:')})"
_OF_THING = rf"(?P<of>{_THING}|trip|plan|bookings?|tickets?|everything|it all|all of it|(?:\w+ ){{0,2}}\w+)"
_MEAL = r"(?P<of>breakfast|lunch|dinner|supper)"
_HALT = r"(?:airport|(?:bus|coach|train)? ?(?:station|stop|terminal)|terminal|gate)"
_GO = (
    r"(?:(?:head|get|go|come|travel|be|fly|leave|going|coming|getting|flying|leaving|heading) "
    r"(?:there|back|home|in|away|out)|set off|take off|taking off|leave|leaving|fly|flying|depart|departing|"
    r"land|landing|arrive|arriving)"
)

QUESTIONS: dict[str, tuple[str, ...]] = {
    "airport": (
        rf"(?:{_WHEN}|by when|how long before(?: \w+){{0,3}}) (?:\w+ ){{0,2}}{_WE} (?:\w+ ){{0,3}}"
        rf"(?:be|get|go|leave|arrive|set off|check in|head|show up|turn up|there)?(?: \w+)? ?"
        rf"(?:at|to|for|in) (?:{_OUR} )?{_HALT}(?: (?:for|to catch) {_OUR} {_RIDE})?",
        rf"{_WHEN} (?:\w+ ){{0,2}}check ?in (?:for {_OUR} (?:flight|bus|coach)|at the {_HALT})",
        rf"{_WHEN} {_MODAL} {_WE} (?:\w+ ){{0,2}}check in for {_OUR} (?:flight|bus|coach)",
    ),
    "transfer": (
        rf"{_WHEN} {_MODAL} {_OUR} {_TRANSFER}(?: \w+){{0,4}}",
        rf"how (?:do|will|are|shall) {_WE} (?:get|getting|go|going)(?: \w+)? (?:to|from|into) (?:our|the) "
        r"(?:hotel|airport|town|city|centre|center)(?: \w+){0,3}",
    ),
    "ride": (
        rf"{_WHEN} {_MODAL} {_OUR} {_RIDE}(?: (?:leave|leaving|depart|departing|arrive|arriving|land|take off|be|go))?",
        rf"{_WHEN} {_MODAL} {_WE} (?:\w+ ){{0,2}}?(?P<of>{_GO}(?: (?:on )?the way (?:back|home|there))?)(?: \w+)?",
        rf"(?:which|what) (?P<of>flight|airline|plane|bus|coach)(?: \w+)? {_MODAL} {_WE}(?: \w+){{0,3}}",
        rf"(?:which|what) (?:is|are) {_OUR} {_RIDE}(?: (?:numbers?|details|times?|again))?",
        rf"how long (?:is|are|does|do|will) {_OUR} {_RIDE}(?: (?:take|be|last))?",
        rf"(?:from )?(?:which|what) (?P<of>airport|terminal|station)(?: \w+)? {_MODAL} {_WE}(?: \w+){{0,3}}",
        rf"where {_MODAL} (?:{_OUR} {_RIDE}|{_WE}) (?:leave|leaving|depart|fly|flying|land|landing|arrive|start)"
        r"(?: (?:from|at|in))?",
        rf"how (?:do|will|are|shall) {_WE} (?:get|getting|go|going|travel|travelling) (?P<home>there|home|back)",
        rf"(?:is|are) {_OUR} {_RIDE} (?:direct|nonstop|non stop)",
        rf"(?:is|are) there (?:any )?(?:bags?|baggage|luggage)(?: \w+){{0,3}} {_OUR} {_RIDE}",
        rf"(?:do|does) {_OUR} {_RIDE} (?:include|come with|have) (?:any )?(?:bags?|baggage|luggage|a bag)",
    ),
    "meal": (
        rf"what (?:is|are {_WE} (?:having|eating)|do {_WE} have|have {_WE} (?:got|planned)|is (?:the plan|planned)|"
        rf"did {_WE} (?:plan|choose|pick)) for {_MEAL}",
        rf"where (?:is|was) {_ANY_OUR}{_MEAL}",
        rf"where (?:are|do|will|did) {_WE} (?:\w+ )?(?:eat|eating|having|have|dine|dining|going for|go for|get)"
        rf"(?: {_MEAL})?",
        rf"(?:when|what time) (?:is|are {_WE} having|do {_WE} have) {_ANY_OUR}{_MEAL}",
        rf"what (?:is|are) {_OUR} {_MEAL}(?: plans?)?",
    ),
    "stay": (
        rf"where (?:are|do|will|did|shall) {_WE} (?:\w+ )?(?:sleep|sleeping|stay|staying|spend the night|staying at|"
        r"spending the night|lodging)(?: at| in)?",
        rf"(?:which|what) (?:hotel|lodge|place|accommodation) (?:are|do|did|will|have) {_WE}(?: \w+){{0,3}}",
        rf"(?:which|what|where|who) (?:is|are) {_OUR} {_STAY}(?: (?:called|like|name|again|address|details|located))?",
        rf"what (?:is|are) the (?:name|address|location|details) of {_OUR} {_STAY}",
        rf"{_WHEN} (?:can|do|must|should|may) {_WE} check ?(?:in|out)(?: (?:at|of|from|into) {_OUR} {_STAY})?",
        rf"{_WHEN} (?:is|are) {_ANY_OUR}check ?(?:in|out)(?: time)?(?: (?:at|of|from) {_OUR} {_STAY})?",
        rf"how many (?P<of>rooms|nights) (?:do|did|are|have) {_WE}(?: \w+){{0,3}}",
        rf"(?:does|do|has) {_OUR} {_STAY} (?:have|include|offer|come with|serve)(?: \w+){{1,3}}",
        rf"is there (?:\w+ ){{1,3}}(?:at|in) {_OUR} {_STAY}",
        rf"(?:do|have) {_WE} (?:already )?(?:have|got) (?:a|an|any) {_STAY}(?: yet| already)?",
        rf"is (?:there )?breakfast (?:included|(?:included )?(?:at|in|with) {_OUR} {_STAY})",
        rf"do {_WE} (?:get|have) breakfast (?:included|(?:at|in|with) {_OUR} {_STAY})",
        rf"how far is {_OUR} {_STAY} from (?:the )?(?:centre|center|airport|beach)",
    ),
    "refund": (
        rf"(?:is|are) {_OUR} {_OF_THING} (?:fully )?(?:(?:non ?)?refundable|cancell?able|free to cancel|flexible)",
        rf"(?:can|could|may) {_WE} (?:still )?cancel {_OUR} {_OF_THING} "
        r"(?:for free|free of charge|without (?:\w+ )+\w+|and get (?:\w+ )+back|later|at no cost)",
        rf"(?:do|will|would|can|could) {_WE} (?:still )?get (?:(?:\w+ )+)back "
        rf"(?:for|on|if {_WE} cancel) {_OUR} {_OF_THING}",
        rf"(?:do|will|would) {_WE} get (?:(?:\w+ )+)back if {_WE} cancel",
        rf"what (?:is|are) {_ANY_OUR}(?:cancellation|cancelling|refund) (?:policy|policies|terms|conditions|rules?)"
        rf"(?: (?:of|for|on) {_OUR} {_OF_THING})?",
        rf"(?:what happens|how much (?:do|would|will) {_WE} (?:lose|get back|pay)) if {_WE} cancel"
        rf"(?: {_OUR} {_OF_THING})?",
        rf"(?:until|till|by) (?:when|what day|what time) can {_WE} cancel(?: {_OUR} {_OF_THING})?",
    ),
    "cost": (
        rf"how much (?:is|are|does|do|did|will|was) {_OUR} (?P<of>{_THING}|trip|plan|holiday|whole trip|whole thing)"
        r"(?: cost| be| come to)?(?: (?:each|in all|in total|all together|altogether|per person|for each of us))?",
        rf"what (?:is|are) {_OUR} (?:total|(?:total )?(?:price|cost))(?: of {_OUR} (?P<of>{_THING}|trip|plan))?",
        rf"how much (?:money )?(?:have|did|do) {_WE} (?:spent?|spend)(?: (?:so far|already|until now|on it|in total))*",
        rf"(?:are|is) {_WE} (?:still )?(?:within|over|under|in|on|inside|above|below) (?:our |the )?budget",
        rf"how much (?:money )?(?:is|do {_WE} have) left(?: (?:in|of) {_OUR} budget)?",
    ),
    "booked": (
        rf"(?:is|are) (?:{_OUR} )?(?P<of>{_THING}|everything|it all|all of it|trip) (?:already |all |now |really )?"
        r"(?:booked|confirmed|reserved|paid for|sorted)(?: yet| already| now)?",
        rf"(?:have|did) {_WE} (?:already )?(?:booked?|reserved?|confirmed?|paid for|pay for) "
        rf"(?:{_OUR} )?(?P<of>{_THING}|everything|it all|it|anything)(?: yet| already)?",
        rf"what (?:is|are) {_OUR} (?:(?:booking|confirmation|reservation) )"
        rf"(?:references?|numbers?|codes?)(?: (?:of|for) {_OUR} {_OF_THING})?",
        rf"what (?:is|do {_WE} have) (?:still )?(?:not |left to |to )(?:be )?book(?:ed)?(?: yet)?",
    ),
    "party": (
        r"(?:who|how many(?: of us| people| persons| travellers| travelers)?) (?:is|are|of us are) "
        r"(?:coming|going|travelling|traveling|joining us|on (?:this|the) trip|in)(?: (?:along|with us))?",
        r"how many are we(?: now)?",
    ),
    "dates": (
        rf"(?:{_WHEN}|(?:what|which) dates) (?:is|are|does|do|did) {_OUR} "
        r"(?:trip|holiday|vacation|weekend|journey|getaway)(?: (?:start|begin|end|starting|ending|again))?",
        rf"(?:what|which) (?:dates?|days) are {_WE} (?:going|away|there|travelling|traveling)",
        rf"how (?:long|many (?:days|nights)) (?:is|are) "
        rf"(?:{_OUR} trip|{_WE} (?:there|away|gone|staying|going))(?: for)?",
        rf"where (?:are {_WE} (?:going|travelling|traveling)|is {_OUR} trip)(?: to| again)*",
        rf"what (?:is|was) {_OUR} destination",
    ),
    "day": (
        rf"(?P<day>)what (?:are|do|will) {_WE} (?:doing|do|up to)",
        rf"(?P<day>)what (?:is|are|do {_WE} have)(?: {_OUR})? ?(?:plans?|planned|on|scheduled|happening)(?: for)?",
        rf"(?P<day>)what does {_OUR} (?:day|plan|schedule) look like",
    ),
    "item": (rf"{_WHEN} (?:is|are|does|do) (?:our|my) (?P<of>(?:\w+ ){{0,3}}\w+?)(?: (?:start|begin|open|close))?",),
}
