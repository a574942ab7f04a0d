"""What booking says to people, by key, ready for translation."""

TEXTS = {
    "silent": "{supplier} does not answer right now. Please try again in a minute.",
    "all_silent": "I could not reach {suppliers} just now and have no earlier answer to show. Try again in a minute.",
    "nobody": "any supplier for that",
}
