"""What Slack shows of us beside messages, by key, ready for translation."""

TEXT = {
    "press_again": "That took too long to open. Please press the button once more.",
    "fill_in": "Fill in",
    "form_title": "Caravan",
    "form_send": "Send",
    "form_close": "Cancel",
    "choose": "Choose…",
    "about": "One trip thread, several people, several AI personas: plan, vote, pay, split and book",
    "any_command": "Anything Caravan can do: help, trips, cart …",
    "refused": "Slack refuses that token: {why}",
    "no_signing_secret": "It needs its signing secret too, or what comes from Slack cannot be believed.",
    "installed": "Caravan is installed in {team}. Invite it to a channel: /invite @{bot}",
}


def say(key: str, **values: object) -> str:
    """The text of a key with its values filled in; KeyError for an unknown key."""
    return TEXT[key].format(**values)
