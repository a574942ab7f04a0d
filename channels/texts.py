"""What channels write to people when a network cannot show a thing itself, by key; in Swahili in texts_sw.py."""

from bot.language import Catalogue
from channels.texts_sw import TEXT as SWAHILI

TEXT = {
    "choose": "_Answer with the number._",
    "pick": "Please choose:",
    "form": "Please tell me:",
    "origin": "{source}, read {read} UTC",
    "changed": "_(this replaces an earlier message)_",
    "withdrawn": "_(an earlier message has been withdrawn: please disregard it)_",
    "file_refused": "(The file {name} is too large for this network or cannot be sent here.)",
    "sent_sticker": "[sticker {emoji}]",
    "sent_poll": "[poll: {question} — {options}]",
    "sent_contact": "[contact: {name}, {phone}]",
    "sent_other": "[{kind}]",
    "too_large_to_take": "{name} is too large: files up to {limit} MB can be taken here.",
    "vote": "{count} vote",
    "votes": "{count} votes",
    "won": "✓",
    "not_installed": "Caravan was not installed: {why}",
    "poll_open": "_Open until {closes}; {quorum} votes are needed._",
    "poll_open_to_all": "_Open until {closes}._",
    "poll_closed": "_The vote is closed._",
    "poll_tie": "_The vote ended in a tie._",
    "poll_no_quorum": "_Too few voted: {quorum} votes were needed._",
    "slack_press_again": "That took too long to open. Please press the button once more.",
    "slack_fill_in": "Fill in",
    "slack_form_title": "Caravan",
    "slack_form_send": "Send",
    "slack_form_close": "Cancel",
    "slack_choose": "Choose…",
    "slack_any_command": "Anything Caravan can do: help, trips, cart …",
    "slack_refused": "Slack refuses that token: {why}",
    "slack_no_signing_secret": "It needs its signing secret too, or what comes from Slack cannot be believed.",
    "slack_installed": "Caravan is installed in {team}. Invite it to a channel: /invite @{bot}",
    "discord_fill_in": "Fill in",
    "discord_choose": "Choose…",
    "discord_form": "Caravan",
    "discord_press_again": "That took too long to open. Please press the button once more.",
    "discord_words": "…or say it in your own words",
    "discord_admin": "Look after this installation (for its keepers)",
    "discord_admin_words": "What to look at or to do; nothing shows the list",
}

say = Catalogue(TEXT, SWAHILI).plain
