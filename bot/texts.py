"""What the core says to people, by key, ready for translation."""

TEXT = {
    "pong": "pong {text}",
    "cancelled": "All right, I have dropped that.",
    "skip": "Skip",
    "cancel": "Cancel",
    "unknown_command": "I do not know /{name}. /help shows what I can do.",
    "went_wrong": "Something went wrong on our side and nothing was changed. Please try again.",
    "busy": "That did not go through, because it was changed at the same moment. Please try again.",
    "not_yours": "That button is for somebody else.",
    "expired": "That button no longer works.",
    "used": "That has been done already.",
    "not_member": "You are not a member of this trip.",
    "not_allowed": "You may not do that.",
    "working": "{what}…",
    "failed_job": "I could not finish that: {why}",
    "no_persona": "Nobody here answers to that name.",
    "ask": "{title}?",
    "too_long": "That is longer than I can take ({limit} characters at most).",
    "empty": "That message was empty.",
    "budget_turns": "My personas have said enough here for today. Commands still work.",
}


def say(key: str, **values: object) -> str:
    """The text of a key with its values filled in; KeyError for an unknown key."""
    return TEXT[key].format(**values)
