"""What confirmations and votes say to people, by key, ready for translation."""

TEXT = {
    "confirm": "Confirm",
    "not_now": "Not now",
    "left": "All right, nothing was changed.",
    "done_already": "That has been done already.",
}


def say(key: str, **values: object) -> str:
    """The text of a key with its values filled in; KeyError for an unknown key."""
    return TEXT[key].format(**values)
