"""Slips of the pen: a word one letter away from a known one is taken for it."""

from collections.abc import Collection

from bot.brains.offline.words import root
from bot.names import word_set

_SHORTEST = 5
# Ordinary words that are one letter away from travellers' words and mean what they say.
_REAL = word_set("""
    baker banks bonds boost booth cheat cheek claws crush dares decay diary drank drunk flesh frown gates grant
    grass grows heals holes ideal males maths mayor means mouth naked pains paste peace quite river roles roots
    salon scent sells shaft sharp sheep sheet shots shout skins slate smart sneak spine spoke steal steep sweet
    tapes taxes tenth tiles tough towel trend trunk witch wives stores store stored string strings action actions
    count counts counted buffer warning warnings trace decode proto testing test tests master tried simple market
    markets marker slots though remote removed minor major react spare black logger wrote clean cleaned clone
    shouldn wouldn couldn minus texts text concept concepts chapter chapters size sizes derive delivery delivered
    carried carries pause pauses stale replay computer computers speed speeds seeking alter conform slides slices
    signing signed quota discovery clash expert experts draft brings trivial shipping quality lease chatter ballot
    stating stated crate sweep grown flows chaos begun shrink relay reboot lanes lane heaps derives clarity probable
    probably personal mails malls feeding fakes fake print prints printing printed paint basis bases model models
    built leading branch fails fail extend extent style styles starring staring slower extensive manages
    slept swept kept crept leapt wept spilt spoilt felt dealt meant went came rode drove flew forgot forgive
    dying lying tying buying frying crying
    fight fights trail trails couch coaches bench launch concept convert converts concern brand
    beard bread breads
    bleach peach teach reach roach coast roast toast boast boats float flies slight sight light might tight rights
    night knight hostile hovel hotly rooms groom broom doom room's bloom price prize pride prime trick trip tripe
    strip stray start stats state stall staff stage stake steak stack store story shore score scare share shave
    shape shame shake shade whether wetter leather feather heather father gather rather bather lather plate planet
    plans plant plants plain place palace pace lace table cable tables stable sable ticked tickle ticks thicket
    wicket picket packet pocket rocket socket bucket docket even evens event's vents trap traps seven fever never
    lever clever cover over showed shows shown shoe
    shoes shoot short shirt shift shelf shell shop shops ship ships chop chips
    sport sports spots spouse house's horse hose mouse blouse louse those whose chose choose loose goose noose found
    sound round pound wound mound bound hound foot food's mood wood good hood flood blood brood lunches hunch punch
    bunch dinners winner sinner thinner inner diner dinner's dine wine line mine fine vine pine rented resent recent
    decent descent return returns turned turns burn burns learn yearn earn leaving living loving lowing having
    saving waving paving caving raving riding hiding biding siding sliding gliding guiding train strain brain drain
    grain rain's ruins plane's planed planned flannel cannel channel tunnel funnel hated hates hater later water
    wafer waiter writer winter sinter hinter hunter banter canter renter enter center caters cater eater waiters
    waited wanted wasted tasted pasted posted hosted roasted toasted busted rusted dusted beers bears boards bored
    bores cores cares cards carts parts ports forts sorts shorts torts marts darts warts looked locked lookup booked
    cooked hooked rocked socked mocked docked knocked backed packed lacked tracked cooking hooking locking booting
    boating coating floating rooting looting hooting shooting footing finds finder fined fiend friend fries cries
    tries dries flier flyer player prayer layer lawyer money honey many mania alone along among close closed clothes
    those these there their where were here hear heart heard beard board broad brood aboard abroad afford effort
    comfort would could should cloud proud loud aloud allowed mould world word words sword swords every very merry
    berry ferry sherry cherry curry hurry carry marry worry sorry lorry story think thing things thank thanks thick
    thin third thirst thirsty thirty shirty dirty party pasty nasty hasty tasty again against gain pain main vain
    chain plain slain stain swain great greet green greed agree grew crew drew brew threw three tree trees tress
    dress press stress about abort abode adobe above shove stove love glove clove drove grove prove move other
    others mother mothers brother bother another smother until unity untie under wonder wander yonder thunder
    blunder small smell spell spill still skill shill chill drill grill thrill frill trill
""")

# Days and months long enough that a slip of the pen is no other word.
CALENDAR = word_set("""
    monday tuesday wednesday thursday friday saturday sunday january february august september october november december
    tomorrow tonight weekend
""")


class Spelling:
    """Finds the known word that an unknown one was meant to be. Same first letter, one letter off."""

    def __init__(self, words: Collection[str]) -> None:
        self._shorter: dict[str, str] = {}
        self._known = frozenset(w for w in words if len(w) >= _SHORTEST and w.isalpha())
        self._roots = frozenset(root(w) for w in words)
        for word in sorted(self._known):
            for cut in _cuts(word):
                self._shorter.setdefault(cut, word)

    def meant(self, word: str) -> str:
        """The known word one letter away (dropped, added, wrong, swapped), or the word itself."""
        if (
            len(word) < _SHORTEST
            or word in self._known
            or root(word) in self._roots
            or (word.endswith(("er", "ers")) and root(word.removesuffix("s").removesuffix("r")) in self._roots)
            or word in _REAL
            or not word.isascii()
            or not word.isalpha()
        ):
            return word
        for cut in (word, *_cuts(word)):
            if cut in self._known:
                return cut
            near = self._shorter.get(cut, "")
            if near and near[0] == word[0] and _is_near(near, word):
                return near
        return word


def _cuts(word: str) -> list[str]:
    return [word[:i] + word[i + 1 :] for i in range(1, len(word))]


def _is_near(a: str, b: str) -> bool:
    """One letter added, dropped or wrong, or two neighbours swapped."""
    if len(a) != len(b):
        return abs(len(a) - len(b)) == 1
    wrong = [i for i in range(len(a)) if a[i] != b[i]]
    swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1 and a[wrong[0]] == b[wrong[1]] and a[wrong[1]] == b[wrong[0]]
    return len(wrong) == 1 or swapped
