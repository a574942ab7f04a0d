"""What shared expenses say to people, by key; in Swahili in texts_sw.py."""

from bot.language import Catalogue
from payments.together.texts_sw import TEXTS as SWAHILI

TEXTS = {
    "ask_what": "How much did you pay, and for what? For example: 4500 KES dinner @all",
    "no_sum": "How much was it? For example: 4500 KES dinner @all",
    "not_exact": "{sum} cannot be an amount in {currency}.",
    "nothing": "An expense has to be more than nothing.",
    "too_much": "That is more than I can note.",
    "mixed": "One expense has one currency. Note them one by one.",
    "nobody": "Nobody here answers to “{name}”.",
    "for_whom": "For whom was it? Name at least one of you, or say @all.",
    "title": "an expense",
    "noted": "{title}: {total}",
    "noted_paid": "Paid by {who}",
    "noted_for": "For {who}",
    "one_paid": "{name} ({amount})",
    "undo": "Take it back",
    "undone": "{name} has taken back {title}, {total}.",
    "undone_already": "That was taken back already.",
    "not_yours": "Only who noted it can take it back.",
    "balances": "Who owes whom",
    "even": "Nobody owes anybody anything.",
    "owes": "{debtor} owes {creditor} {amount}",
    "gets": "{name} is owed {amount}",
    "gives": "{name} owes {amount}",
    "house": "Caravan",
    "gone": "somebody who left",
    "settle": "Settle up",
    "settle_none": "You owe nobody here anything.",
    "settle_which": "Whom have you paid? Press once the money has changed hands; they confirm it.",
    "settle_button": "I paid {name} {amount}",
    "settle_self": "You cannot settle with yourself.",
    "settle_one": "One person at a time, please.",
    "settle_sum": "How much did you give {name}? For example: {name} 500 KES",
    "settle_nothing": "You owe {name} nothing. If you gave them money, say how much: {name} 500 KES",
    "settle_ask": "{payer} says {receiver} got {amount} from them. {receiver}, is that right?",
    "settle_yes": "Yes, I got it",
    "settle_no": "No",
    "settled": "{payer} has paid {receiver} {amount}. Settled.",
    "settle_refused": "{receiver} has not got {amount} from {payer}; nothing changes.",
    "settle_over": "That has been answered already.",
    "settle_open": "That is open on the card of {title}.",
}

say = Catalogue(TEXTS, SWAHILI)
