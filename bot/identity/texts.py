"""What linking says, by key; in Swahili in texts_sw.py."""

from bot.identity.texts_sw import TEXT as SWAHILI
from bot.language import Catalogue

TEXT = {
    "title": "This is you",
    "one": "**{network}** {name}",
    "only_one": "I know you by this account alone. If you also use another network, link it: your trips, personas, \
votes and payments are then the same on both.",
    "language": "Language: {language}",
    "button_language": "Language",
    "button_link": "Link another account",
    "button_unlink": "Unlink {network}",
    "code": "On the other network, write to me directly: /me link {code}\n\nThe code works once, for ten minutes. \
Give it to nobody: whoever links with you is you here, with your trips and your payments. You will be asked once more \
before anything is linked.",
    "alone": "That was seen by everybody here, so the code is void. Write /me link again for a new one, and type it \
where only I can read it.",
    "wrong": "That is no code of mine, or it is over. /me link on the other network makes a new one.",
    "locked": "Too many wrong codes. Please try again in an hour.",
    "yours": "This is where you made the code. Type it on the other network, in a chat with me alone.",
    "typed": "**{name}** on {network} made this code. If that is you, both accounts become one person here: whoever \
uses one has the trips, personas, votes and payments of the other. If somebody else gave you the code, press No.",
    "asked": "Your code was typed by **{name}** on {network}. If that was you, both accounts become one person here. \
If not, press No: nothing happens then.",
    "yes": "Yes, that is me",
    "no": "No",
    "waiting": "Thank you. Now confirm it on {network}, where I have asked you too.",
    "linked": "Linked: {names} are one person here now. Answers still come where you ask.",
    "refused": "All right, nothing is linked and the code is void.",
    "refused_there": "It was declined on the other side. Nothing is linked.",
    "over": "That is over. /me link makes a new code.",
    "same": "These two are you already.",
    "unlink_which": "Which account shall I unlink?",
    "unlink_sure": "Unlink {name} on {network}? That account is a person of its own again and keeps the groups it is \
in. Your personas, votes, payments and bookings stay with you.",
    "unlink_yes": "Unlink it",
    "unlink_last": "This is the only account I know you by, so it stays. /privacy erases everything about you.",
    "unlinked": "{name} on {network} is unlinked.",
    "unlink_none": "You have no such account here.",
    "usage": "Say /me, /me link, /me link <code> or /me unlink.",
}

say = Catalogue(TEXT, SWAHILI)
