"""What Slack shows of us beside messages, by key, ready for translation."""

TEXT = {
    "press_again": "That took too long to open. Please press the button once more.",
    "fill_in": "Fill in",
    "form_title": "Caravan",
    "form_send": "Send",
    "form_close": "Cancel",
    "choose": "Choose…",
    "replaced": "_(this replaces an earlier message)_",
    "withdrawn": "_(withdrawn)_",
    "about": "One trip thread, several people, several AI personas: plan, vote, pay, split and book",
    "any_command": "Anything Caravan can do: help, trips, cart …",
    "installed": "Caravan is installed in {team}. Invite it to a channel: /invite @{bot}",
    "not_installed": "Caravan was not installed: {why}",
    "trouble": "Slack does not let me speak in {where}: {why}. Everything else goes on.",
}


def say(key: str, **values: object) -> str:
    """The text of a key with its values filled in; KeyError for an unknown key."""
    return TEXT[key].format(**values)
