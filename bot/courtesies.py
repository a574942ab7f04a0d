"""Words that greet, drop a question or leave it out, in the languages that people here speak."""

GREETINGS = frozenset("""
    hi hello hey hallo hola good morning afternoon evening there all
    salaam jambo habari sasa mambo vipi hujambo hamjambo shikamoo asubuhi mchana jioni yako zenu za
""".split())  # fmt: skip
DROPPING = frozenset((
    "cancel", "never mind", "nevermind", "nvm", "stop", "forget it", "no thanks", "leave it", "nothing",
    "acha", "achana nayo", "sitaki", "basi", "ghairi", "hapana asante",
))  # fmt: skip
SKIPPING = frozenset(("skip", "ruka"))
# "I have no wish", as the answer to what may be left out.
NO_WISH = frozenset((
    "no", "none", "nope", "no preference", "no preferences", "anything", "whatever", "not really", "i do not mind",
    "i don't mind", "doesn't matter", "any", "hapana", "hakuna", "chochote", "yoyote", "sijali",
))  # fmt: skip
