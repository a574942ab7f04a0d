"""What people like on a journey, picked out of a message: "beach and food"."""

from collections.abc import Iterable

from bot.names import word_set

_TASTES = word_set("""
    beach beaches food culture cultural history historical wildlife safari hiking hikes nightlife shopping museums
    museum music diving snorkelling snorkeling swimming adventure adventures spa art nature birds birding
    photography romance romantic luxury fishing surfing kitesurfing dancing party parties clubbing architecture
    local seafood wine coffee mountains lakes forest sunsets sunset relaxation relaxing relax quiet family sports
    golf yoga wellness cycling sailing boats dhow street markets live cooking elephants giraffes lions waterfalls
    vegetarian vegan halal ski skiing snowboarding bungee rafting kayaking canoeing climbing zipline ziplining
    paragliding skydiving ballooning pottery tennis karting horseback trekking
""")
# "Ski lessons" are about skiing, whatever word stands before them.
_TAUGHT = word_set("lesson lessons classes workshop workshops")
_ANY = word_set("""
    a an the some any all more of for and or in with my our your private group good best cheap nice beginner beginners
    kids children family adult free daily morning afternoon evening these those their other different first
""")
_UNWANTED = word_set("no not without avoid avoiding skip hate hates dislike dislikes except never nothing neither nor")
_WANTED = word_set(", . ; ! but love loves like likes want wants with enjoy enjoys only rather more than please")
_NOT_AFTER = word_set("live local street quiet family")


def tastes_in(words: Iterable[str]) -> str:
    """The likings a message names, in its order, comma separated; empty when there are none. What it does not want
    ("no museums, hates crowds") is none."""
    found: list[str] = []
    unwanted, before = False, ""
    for word in words:
        taught = before if word in _TAUGHT and before.isalpha() and before not in _ANY else ""
        before = word
        unwanted = word in _UNWANTED or (unwanted and word not in _WANTED)
        liked = taught or (word if word in _TASTES else "")
        if liked and liked not in found and not unwanted:
            found.append(liked)
    telling = [w for w in found if w not in _NOT_AFTER] or []
    return ", ".join(telling)
