"""What WhatsApp people are told by the channel itself, and the templates for those out of the window, by key."""

from bot.language import ENGLISH, SWAHILI, Catalogue
from channels.whatsapp import texts_sw

TEXT = {
    "stopped": "You will get no more messages from me here. Write START whenever you want them again.",
    "started": "Welcome back. Your messages come here again.",
    "still_stopped": "I heard you, but you asked for no more messages. Write START and I answer again.",
    "list_button": "Choose",
    "file_link": "{name}: {url}",
    "your_trip": "your trip",
    "friend": "there",
}

# The words of utility templates; a template neither begins nor ends with a variable. {{1}}: name, {{2}}: trip.
TEMPLATES_IN_ENGLISH = {
    "news": "Hello {{1}}, there is news about {{2}} for you. Tap the button or answer to read it.",
    "booking": "Hello {{1}}, there is news about a booking of {{2}}. Tap the button or answer to read it.",
    "payment": "Hello {{1}}, there is news about a payment for {{2}}. Tap the button or answer to read it.",
}
TEMPLATES = {ENGLISH: (TEMPLATES_IN_ENGLISH, "Read it"), SWAHILI: (texts_sw.TEMPLATES, texts_sw.TEMPLATE_BUTTON)}
TEMPLATE_SAMPLES = {"1": "Amina", "2": "Lamu in March"}

say = Catalogue(TEXT, texts_sw.TEXT).plain
