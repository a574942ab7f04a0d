"""What WhatsApp people are told by the channel itself, and its templates, in Swahili."""

TEXT = {
    "stopped": "Hutapata jumbe zaidi kutoka kwangu hapa. Andika START utakapozitaka tena.",
    "started": "Karibu tena. Jumbe zako zinakuja hapa tena.",
    "still_stopped": "Nimekusikia, lakini uliomba usipate jumbe zaidi. Andika START nami nitajibu tena.",
    "list_button": "Chagua",
    "file_link": "{name}: {url}",
    "your_trip": "safari yako",
    "friend": "rafiki",
}

TEMPLATES = {
    "news": "Habari {{1}}, kuna habari kuhusu {{2}} kwa ajili yako. Bonyeza kitufe au jibu ili kuisoma.",
    "booking": "Habari {{1}}, kuna habari kuhusu nafasi iliyowekwa ya {{2}}. Bonyeza kitufe au jibu ili kuisoma.",
    "payment": "Habari {{1}}, kuna habari kuhusu malipo ya {{2}}. Bonyeza kitufe au jibu ili kuisoma.",
}

TEMPLATE_BUTTON = "Soma"
