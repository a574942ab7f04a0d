"""Suppliers' words in Swahili: labels, words that stand alone or among others, and sentences by pattern."""

LABELS = {
    "Price": "Bei", "About": "Takriban", "Per person": "Kwa mtu", "Per room and night": "Kwa chumba kwa usiku",
    "Per vehicle": "Kwa gari", "Departs": "Huondoka", "Arrives": "Hufika", "Stops": "Vituo", "Class": "Daraja",
    "Rating": "Alama", "Pick-up": "Kuchukuliwa", "Duration": "Muda", "Starts": "Huanza", "Ends": "Huisha",
    "Open": "Wazi", "Cuisine": "Mapishi", "Day": "Siku", "High": "Juu", "Low": "Chini",
    "Chance of rain": "Uwezekano wa mvua", "Left": "Zilizobaki", "Held unpaid": "Huhifadhiwa bila malipo",
    "Check-in": "Kuingia", "Check-out": "Kutoka", "Bags": "Mizigo", "Distance": "Umbali", "Vehicles": "Magari",
    "Stay": "Kukaa", "Board": "Chakula", "Forecast": "Utabiri", "Usual for the season": "Kawaida ya msimu",
    "Status": "Hali",
}  # fmt: skip

KINDS = {
    "hotel": "hoteli", "flight": "ndege", "bus": "basi", "transfer": "usafiri", "event": "tukio",
    "activity": "shughuli", "restaurant": "mkahawa",
}  # fmt: skip

WORDS = {
    "person": "mtu", "vehicle": "gari", "room and night": "chumba kwa usiku", "nonstop": "moja kwa moja",
    "hand luggage only": "mzigo wa mkononi tu", "breakfast included": "pamoja na kifungua kinywa",
    "room only": "chumba tu", "sunny": "jua", "partly cloudy": "mawingu kiasi", "snow showers": "manyunyu ya theluji",
    "showers": "manyunyu", "rain": "mvua", "daily": "kila siku", "free": "bure", "shared": "ya pamoja",
    "cancelled": "imeghairiwa", "local": "ya kienyeji", "mexican": "ya Kimeksiko", "chinese": "ya Kichina",
    "indian": "ya Kihindi", "italian": "ya Kiitaliano", "japanese": "ya Kijapani", "thai": "ya Kitailandi",
    "ethiopian": "ya Kihabeshi", "lebanese": "ya Kilebanoni", "street food": "vyakula vya mitaani",
    "seafood": "vyakula vya baharini", "vegetarian": "isiyo na nyama", "fine dining": "ya kifahari",
    "cafe": "kahawa", "breakfast": "kifungua kinywa", "grill": "nyama choma", "bar": "baa",
    "Standard": "Ya kawaida", "Executive": "Ya juu", "Sleeper": "Ya kulala",
    "Not refundable": "Hairudishwi", "Paid to the driver": "Hulipwa kwa dereva",
    "No ticket needed": "Tiketi haihitajiki", "Free entry": "Kuingia bure",
    "Cancelled by the organiser": "Imeghairiwa na mwandaaji", "Mon": "Jumatatu", "Tue": "Jumanne", "Wed": "Jumatano",
    "Thu": "Alhamisi", "Fri": "Ijumaa", "Sat": "Jumamosi", "Sun": "Jumapili",
    **{label: told for label, told in LABELS.items() if label in ("High", "Low", "Chance of rain", "Forecast",
                                                                   "Usual for the season")},
}  # fmt: skip

SENTENCES = (
    (r"^Free cancellation until (\d+) h before check-in", r"Kughairi ni bure hadi saa \1 kabla ya kuingia"),
    (r", then the first night is kept until check-in$", ", kisha usiku wa kwanza hutozwa hadi kuingia"),
    (
        r"^Cancelling costs the first night until (\d+) h before check-in, later everything$",
        r"Kughairi hugharimu usiku wa kwanza hadi saa \1 kabla ya kuingia, baadaye gharama yote",
    ),
    (
        r"^Refundable for a fee of (\d+) % until (\d+) h before departure$",
        r"Hurudishwa kwa ada ya asilimia \1 hadi saa \2 kabla ya kuondoka",
    ),
    (
        r"^Refundable for a fee of (\d+) % until (\d+) h before it begins$",
        r"Hurudishwa kwa ada ya asilimia \1 hadi saa \2 kabla ya kuanza",
    ),
    (r"^Free cancellation until (\d+) h before pick-up$", r"Kughairi ni bure hadi saa \1 kabla ya kuchukuliwa"),
    (r"^Free cancellation until the day before$", "Kughairi ni bure hadi siku iliyotangulia"),
    (r"^(.*) is in the past$", r"\1 imeshapita"),
    (r"^(.*) is not a date$", r"\1 si tarehe"),
    (r"^there is no day (\d+) in (.*)$", r"hakuna siku ya \1 katika \2"),
    (r"^Back until (.*)$", r"Hurudishwa hadi \1"),
    (r"\bup to (?=\d)", "hadi "),
    (r"\b1 stop\b", "kituo 1"),
    (r"\b(\d+) stops\b", r"vituo \1"),
    (r"\b1 bag of (\d+) kg\b", r"begi 1 la kilo \1"),
    (r"\b(\d+) stars?\b", r"nyota \1"),
    (r"\b(\d+) nights?\b", r"usiku \1"),
    (r"\b1 room\b", "chumba 1"),
    (r"\b(\d+) rooms\b", r"vyumba \1"),
    (r"\b(\d(?:\.\d)?) of 5\b", r"\1 kati ya 5"),
    (r"\b(\d+) h\b", r"saa \1"),
    (r"\b(\d+) min\b", r"dakika \1"),
)
