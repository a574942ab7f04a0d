"""What is said about Accounts, by key; in Swahili in texts_sw.py."""

from bot.accounts.texts_sw import TEXT as SWAHILI
from bot.language import Catalogue

TEXT = {
    "title": "Accounts",
    "line": "**{channel}** {name} · {display} · {state}{why}",
    "main": "**{channel}** main · from the settings",
    "state_active": "works",
    "state_refused": "⚠️ its keys are refused",
    "state_removed": "removed",
    "usage": "Say it like this:\n/admin account add <network> <name> <{secrets}>\n/admin account rotate <network> \
<name> <new keys>\n/admin account remove <network> <name>\nNetworks that run several accounts: {channels}. What you \
type is taken out of our records; delete your message on the network as well.",
    "no_channel": "{channel} is not connected, or runs one account only. Networks that run several: {channels}.",
    "bad_name": "A name has 1 to 32 small letters, digits, - or _. “main” is the one of the settings.",
    "secrets": "{channel} needs these, in this order: {secrets}.",
    "there": "There is an account {name} on {channel} already. Rotate gives it new keys.",
    "not_there": "There is no account {name} on {channel}.",
    "sure_add": "Connect the account {name} on {channel}?",
    "sure_rotate": "Give the account {name} on {channel} the new keys? If the network refuses them the old ones stay.",
    "sure_remove": "Disconnect the account {name} on {channel}? Its conversations stay in our records, and nothing \
goes through it any more.",
    "yes_add": "Connect it",
    "yes_rotate": "Use the new keys",
    "yes_remove": "Disconnect it",
    "trying": "One moment: I ask the network.",
    "removing": "The account {name} on {channel} is disconnected.",
    "works": "The account {name} on {channel} works. It is called {display} there.",
    "refused": "{channel} does not take these keys for {name}: {why}. {after}",
    "refused_new": "Nothing was connected.",
    "refused_old": "The old keys stay in use.",
    "button_remove": "Disconnect {name}",
}

say = Catalogue(TEXT, SWAHILI)
