"""What there is to do and to eat in a sandbox town: patterns that a town's draw picks from. Written by hand."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sight:
    """An activity. `cents`: US cents a person at the price level of the United States; `minutes`: of a visit;

    `hours`: when it is open, as (first weekday, last weekday, opens, closes); `where`: "sea" only in beach towns,
    "inland" only elsewhere, "all" in every town, "" in some.
    """

    title: str
    tags: str
    cents: int
    minutes: int
    hours: tuple[int, int, str, str] = (0, 6, "09:00", "18:00")
    where: str = ""


SIGHTS = (
    Sight("{city} Public Beach", "beach nature budget family", 0, 180, (0, 6, "06:00", "19:00"), "sea"),
    Sight("White Sands Beach Walk", "beach nature romantic", 0, 120, (0, 6, "06:00", "19:00"), "sea"),
    Sight("Glass-bottom Boat and Snorkelling", "beach adventure family", 5000, 180, (0, 6, "08:00", "16:00"), "sea"),
    Sight("Kite and Windsurf School", "beach adventure sport", 6000, 150, (0, 6, "08:30", "17:30"), "sea"),
    Sight("Sunset Dhow Cruise", "beach romantic luxury boat", 7300, 150, (0, 6, "15:30", "20:00"), "sea"),
    Sight("Coral Reef Diving Trip", "beach adventure nature diving", 8300, 240, (0, 6, "07:30", "15:00"), "sea"),
    Sight("Beach Club with Loungers", "beach nightlife food luxury", 2300, 180, (0, 6, "10:00", "23:00"), "sea"),
    Sight("Surf Lesson at the Point", "beach sport adventure", 3600, 120, (0, 6, "07:00", "17:00"), "sea"),
    Sight("Beach Club by the Water", "beach family budget", 1000, 180, (0, 6, "09:00", "19:00"), "inland"),
    Sight("Riverside Bathing Beach", "beach nature budget", 0, 120, (0, 6, "08:00", "19:00"), "inland"),
    Sight("Boat Trip on the Water", "nature romantic family boat", 3000, 120, (0, 6, "09:00", "17:30")),
    Sight("Old Town Walking Tour", "culture history budget", 1600, 150, (0, 6, "08:00", "18:00"), "all"),
    Sight("Street Food Walk", "food culture budget", 2600, 150, (0, 6, "11:00", "21:00"), "all"),
    Sight("Cooking Class with a Market Visit", "food culture family", 5300, 210, (1, 6, "09:00", "15:00")),
    Sight("Spice and Fruit Tasting Tour", "food nature", 3200, 150, (0, 6, "08:30", "17:00")),
    Sight("Coffee Roastery Tasting", "food budget", 1400, 75, (0, 5, "08:00", "17:00")),
    Sight("Farm to Table Lunch Tour", "food nature luxury", 6300, 240, (2, 6, "10:00", "16:00"), "all"),
    Sight("{city} Central Market", "food shopping culture budget", 0, 90, (0, 5, "07:00", "18:00")),
    Sight("{city} National Museum", "museum culture history family", 1300, 120, (1, 6, "09:00", "17:30"), "all"),
    Sight("Museum of Modern Art", "museum culture art", 1200, 105, (1, 6, "10:00", "18:00")),
    Sight("Fort and Maritime Museum", "museum history culture", 1600, 120, (0, 6, "08:00", "18:00"), "sea"),
    Sight("House of Science", "museum family", 1400, 150, (1, 6, "09:30", "17:00")),
    Sight("Botanical Garden", "nature family romantic budget", 600, 105, (0, 6, "08:00", "18:00"), "all"),
    Sight("Half-day Wildlife Drive", "nature adventure family wildlife", 8000, 270, (0, 6, "06:00", "18:30")),
    Sight("Forest Canopy Walk", "nature adventure", 2500, 150, (0, 6, "08:00", "17:00")),
    Sight("Sunrise Hill Hike", "nature adventure sport budget hike", 800, 180, (0, 6, "05:30", "18:00")),
    Sight("Bird Sanctuary Visit", "nature family bird wildlife", 1700, 120, (0, 6, "07:00", "18:00")),
    Sight("Quad Bike Trail", "adventure sport", 7000, 120, (0, 6, "09:00", "17:00")),
    Sight("Zip Line and Climbing Park", "adventure family sport", 4000, 150, (1, 6, "09:00", "17:00"), "all"),
    Sight("Cycling Tour of the Neighbourhoods", "adventure culture sport budget", 2200, 180, (0, 6, "08:00", "17:00")),
    Sight("River Rafting Morning", "adventure nature sport", 7600, 240, (3, 6, "07:30", "13:30"), "inland"),
    Sight("Live Music Lounge", "nightlife music", 1300, 150, (2, 6, "19:00", "01:00")),
    Sight("Rooftop Bar Evening", "nightlife luxury romantic", 2000, 120, (0, 6, "17:00", "01:00"), "all"),
    Sight("Night Market and Street Party", "nightlife food budget market", 300, 120, (3, 6, "18:00", "23:30")),
    Sight("Dance Hall and Club Night", "nightlife music dance", 1600, 180, (4, 5, "21:00", "03:00")),
    Sight("Hammam and Spa Ritual", "wellness luxury romantic spa", 6300, 150, (0, 6, "10:00", "20:00")),
    Sight("Morning Yoga in the Park", "wellness budget nature", 800, 75, (0, 6, "06:30", "10:00")),
    Sight("Private Driver Highlights Tour", "luxury culture", 8600, 240, (0, 6, "08:00", "18:00")),
    Sight("Helicopter Flight over the Area", "luxury adventure", 8800, 60, (0, 6, "09:00", "16:00")),
    Sight("Craft Village and Workshops", "culture shopping family budget", 500, 90, (0, 6, "09:00", "17:00")),
    Sight("Temple and Sacred Places Tour", "culture history", 1800, 150, (0, 6, "09:00", "17:00")),
    Sight("Theatre and Backstage Tour", "culture art", 2000, 90, (1, 5, "10:00", "17:00")),
    Sight("Children's Adventure Playground", "family budget", 450, 120, (0, 6, "09:00", "18:00")),
    Sight("Water Park", "family adventure", 3400, 240, (0, 6, "10:00", "17:30")),
    Sight("Design and Boutique Stroll", "shopping culture", 0, 120, (0, 5, "10:00", "19:00")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Happening:
    """An event: `starts` local, `minutes` long, on these weekdays ("" any: 0 is Monday)."""

    title: str
    tags: str
    cents: int
    starts: str
    minutes: int
    days: str = ""


HAPPENINGS = (
    Happening("Jazz at the {word} Rooms", "music nightlife culture", 3500, "20:00", 150),
    Happening("Open-air Cinema: {word}", "culture romantic family", 1800, "19:30", 130),
    Happening("{city} Food Festival", "food culture family", 1500, "11:00", 420, "456"),
    Happening("Stand-up Comedy: {word} Live", "nightlife culture", 2800, "20:30", 105),
    Happening("{city} United against {word} FC", "sport", 3000, "16:00", 120, "56"),
    Happening("{word} Theatre Company on Stage", "culture art", 4200, "19:00", 140),
    Happening("Afro and House Night with DJ {word}", "nightlife music", 2500, "21:30", 240, "456"),
    Happening("Symphony Orchestra of {city}", "music culture luxury", 6000, "19:30", 120),
    Happening("Craft and Design Fair", "shopping culture budget", 0, "10:00", 420, "56"),
    Happening("{word} Poetry Evening", "culture budget", 800, "18:30", 120),
    Happening("Half Marathon of {city}", "sport adventure", 4500, "06:30", 240, "6"),
    Happening("Gallery Opening: {word}", "art culture budget", 0, "18:00", 150),
    Happening("Farmers' Market Morning", "food budget family nature", 0, "08:00", 300, "56"),
    Happening("{word} Dance Theatre", "culture art music", 3800, "20:00", 110),
    Happening("Sunset Acoustic Session", "music romantic budget", 1200, "17:30", 120),
    Happening("Night of the Museums", "museum culture history", 1500, "18:00", 300, "45"),
)  # fmt: skip
WORDS = (
    "Blue Lantern", "Marula", "Silver Tide", "Juniper", "Red Kite", "Moonstone", "Tamarind", "Wild Fig", "Northwind",
    "Golden Drum", "Papaya", "Stone Bridge", "Acacia", "Saffron", "Paper Boat", "Honeybird", "Old Compass", "Indigo",
    "Lighthouse", "Cardamom", "Sunbird", "Copper Kettle", "Green Door", "Almond Tree",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kitchen:
    """A sort of restaurant; `cents`: a meal for one at the price level of the United States."""

    cuisine: str
    titles: tuple[str, ...]
    tags: str
    cents: int
    hours: tuple[int, int, str, str] = (0, 6, "11:30", "22:30")
    where: str = ""


KITCHENS = (
    Kitchen("local", ("{word} Kitchen", "{word} House"), "food culture family budget", 1600),
    Kitchen("street food", ("{word} Food Court", "{word} Grills"), "food budget", 800, (0, 6, "10:00", "23:00")),
    Kitchen("seafood", ("{word} Seafood", "{word} Oyster Bar"), "food beach romantic", 3600, where="sea"),
    Kitchen("seafood", ("{word} Beach Shack",), "food beach budget", 1700, (0, 6, "10:00", "21:00"), "sea"),
    Kitchen("grill", ("{word} Grill", "{word} Smokehouse"), "food family", 2800),
    Kitchen("italian", ("Trattoria {word}", "{word} Pizzeria"), "food family", 2600),
    Kitchen("indian", ("{word} Tandoor", "{word} Thali House"), "food family budget", 2000),
    Kitchen("chinese", ("{word} Dumpling House", "{word} Garden"), "food family", 2200),
    Kitchen("japanese", ("{word} Sushi", "{word} Ramen Bar"), "food", 3400, (1, 6, "12:00", "22:00")),
    Kitchen("mexican", ("{word} Cantina", "{word} Taqueria"), "food nightlife", 1900),
    Kitchen("ethiopian", ("{word} Injera House",), "food culture budget", 1700),
    Kitchen("lebanese", ("{word} Mezze",), "food family", 2400),
    Kitchen("thai", ("{word} Thai",), "food", 2300),
    Kitchen("vegetarian", ("{word} Greens", "{word} Vegan Table"), "food budget", 1800, (0, 5, "09:00", "20:00")),
    Kitchen("cafe", ("Café {word}", "{word} Coffee and Bakes"), "food budget family", 1200, (0, 6, "07:00", "18:00")),
    Kitchen("breakfast", ("{word} Breakfast Bar",), "food budget family", 1300, (0, 6, "06:30", "14:00")),
    Kitchen("fine dining", ("{word}", "The {word} Room"), "food luxury romantic", 9000, (1, 6, "18:00", "23:30")),
    Kitchen("bar", ("{word} Tapas Bar", "{word} Taproom"), "food nightlife", 2400, (0, 6, "16:00", "01:00")),
)  # fmt: skip

CARRIERS = (
    "Savanna Wings", "Blue Crane Air", "Meridian Connect", "Northlight Airways", "Tradewind Air", "Acacia Express",
    "Silver Heron", "Monsoon Airlines", "Two Oceans Air", "Kestrel Regional",
)  # fmt: skip
COACHES = ("Barabara Express", "Swift Impala Coaches", "Lakeline", "Royal Road", "Green Baobab Bus", "Nightrunner")
HOTEL_WORDS = (
    "Baobab", "Harbour", "Jacaranda", "Lantern", "Palm Court", "Swallow", "Casuarina", "Old Gate", "Terrace",
    "Cedar", "Lagoon", "Kingfisher", "Bougainvillea", "Marble", "Orchard", "Cloud Nine", "Compass", "Veranda",
    "Garden", "Mango Tree",
)  # fmt: skip
HOTEL_TITLES = {
    1: ("{word} Backpackers", "{word} Guest House"),
    2: ("{word} Lodge", "{word} Inn"),
    3: ("Hotel {word}", "{word} City Hotel"),
    4: ("The {word} Hotel", "{word} Suites"),
    5: ("{word} Grand Palace", "The {word} Collection"),
}
RESORT_TITLES = {
    1: ("{word} Beach Bandas", "{word} Surf Hostel"),
    2: ("{word} Beach Cottages", "{word} Seaside Inn"),
    3: ("{word} Beach Hotel", "{word} Bay Hotel"),
    4: ("{word} Beach Resort", "{word} Reef Resort"),
    5: ("{word} Ocean Palace", "{word} Island Spa Resort"),
}
