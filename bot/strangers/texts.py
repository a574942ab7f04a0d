"""What is said to and about people who go too far, by key; in Swahili in texts_sw.py."""

from bot.language import Catalogue
from bot.strangers.texts_sw import TEXT as SWAHILI

TEXT = {
    "slow_down": "{name}, that is faster than I can keep up with. I read on in about {minutes} min; until then I stay \
silent. What you write is kept.",
    "slow_down_all": "There is more going on here than I can keep up with. I read on in about {minutes} min; what is \
written is kept.",
    "enough_work": "{name}, that was a lot of looking things up. Give me a minute before the next one.",
    "block_who": "Whom do you not want to hear? Reply to a message of theirs with /block, or say their name.",
    "block_self": "That is you.",
    "blocked": "You no longer hear {name} in your own chats, and they cannot speak to your personas. In a group that \
you share they can still write; the network's own block hides that. /unblock undoes it.",
    "unblock_who": "Whom do you want to hear again?",
    "unblock_none": "You have blocked nobody.",
    "unblocked": "You hear {name} again.",
    "report_who": "Whom or what do you mean? Reply to a message with /report, or say a name and what happened.",
    "reported": "Thank you. Those who look after this Caravan will see it; {name} is not told. /block keeps them away.",
    "nobody": "Nobody here is called “{name}”.",
    "several": "Several here are called that. Reply to a message of theirs instead.",
    "reports": "Reports",
    "report_line": "{at:%d %b %H:%M} about **{name}** in “{thread}”, from {by}: {why} · `{entry}`",
    "report_nothing": "no words",
    "lockouts": "Locked out",
    "lockout_line": "{name} until {until:%d %b %H:%M} UTC ({times}×)",
    "button_close": "Close {n}",
    "button_lock": "Lock out {n} for a day",
    "button_unlock": "Let in {n}",
    "closed": "Closed.",
    "locked": "{name} is locked out until {until:%d %b %H:%M} UTC.",
    "let_in": "They are let in again.",
    "gone": "That is over already.",
    "keeper": "Those who look after this Caravan cannot be locked out; take the role away first.",
}

say = Catalogue(TEXT, SWAHILI)
