"""What Discord shows of us beside messages, by key, ready for translation."""

TEXT = {
    "form_title": "Caravan",
    "fill_in": "Fill in",
    "choose": "Choose…",
    "press_again": "That took too long to open. Please press the button once more.",
    "words": "…or say it in your own words",
    "admin_about": "Look after this installation (for its keepers)",
    "admin_words": "What to look at or to do; nothing shows the list",
    "sticker": "[sticker {name}]",
    "poll": "[poll: {question} — {options}]",
}


def say(key: str, **values: object) -> str:
    """The text of a key with its values filled in; KeyError for an unknown key."""
    return TEXT[key].format(**values)
