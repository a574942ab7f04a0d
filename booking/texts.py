"""What booking says to people about searches, by key, ready for translation."""

TEXTS = {
    "silent": "{supplier} does not answer right now. Please try again in a minute.",
    "all_silent": "I could not reach {suppliers} just now and have no earlier answer to show. Try again in a minute.",
    "nobody": "any supplier for that",
    "unknown_place": "I do not know a place called “{name}”. {hint}",
    "did_you_mean": "Did you mean {names}?",
    "larger_town": "What is the nearest larger town?",
    "a_country": "{name} is a whole country. Which town there?",
    "same_place": "That goes from {name} to {name}. Where do you want to go?",
    "past": "{day} has passed already, today is {today}. Which day do you mean?",
    "too_far": "{day} is more than two years away and nobody sells that yet. Is there an earlier day?",
    "return_first": "You would return on {day}, before you leave on {leave}. When do you want to come back?",
    "checkout_first": "You would check out on {day}, but check in on {leave}. When do you want to check out?",
    "nights": "I can look for 1 to {most} nights. How many should it be?",
    "nights_differ": "From {arrive} to {leave} it is {nights}, not {said}. How many nights is it?",
    "travelers": "I can look for 1 to {most} people at once. How many are you?",
    "rooms": "I can look for 1 to {most} rooms. How many do you need?",
    "crowded": "{people} people do not fit into {rooms}. How many rooms should it be?",
    "budget": "A budget has to be more than zero. How much may it cost at most?",
    "no_airport": "There are no flights between {origin} and {destination}: {without} has no airport. {else_}",
    "too_near": "There are no flights between {origin} and {destination}: they are only {far} km apart. {else_}",
    "by_bus": "Try a bus instead.",
    "no_bus_far": "No coach goes from {origin} to {destination}: it is {far} km. Try a flight.",
    "no_bus": "No coach goes from {origin} to {destination} by road. Try a flight.",
    "ride_too_far": "{origin} to {destination} is {far} km, too far for a transfer. Try a bus or a flight.",
    "ride_from": "Where does the ride to the airport begin? Name the town, please.",
    "none": "I found no {what} {where} {when}.",
    "none_left": "Everything {where} {when} is sold out or closed.",
    "none_under": "I found no {what} {where} {when} for at most {budget} {per}. The cheapest is {cheapest}.",
    "none_like": "I found no {what} {where} {when} that match “{words}”.",
    "no_more": "That was all: there are {count}.",
    "partly": "{suppliers} did not answer in time, so there may be more.",
    "stale": "No supplier answers just now. This is what they said {age} ago; check a price before you count on it.",
    "gone": "That one is no longer to be had. Search again and I will show what there is.",
    "too_few": "{title} has only {left} left, and that takes {needs}.",
    "same_price": "{title} still costs {price}.",
    "new_price": "{title} now costs {price}; it was {was}.",
    "no_price": "{title} has no price to check.",
    "which_offer": "Which one do you mean? Say its number, or search again.",
    "shown": "{first} to {last} of {count}",
    "more": "More",
    "cheaper": "Cheaper first",
    "vote": "Vote on these",
    "like": "👍",
    "dislike": "👎",
    "recheck": "Check the price again",
    "for_people": "for {count}",
    "what_flight": "flights",
    "what_bus": "buses",
    "what_hotel": "hotels",
    "what_transfer": "transfers",
    "what_event": "events",
    "what_activity": "activities",
    "what_restaurant": "restaurants",
    "what_weather": "weather",
}


def say(key: str, **values: object) -> str:
    """The text of a key with its values filled in; KeyError for an unknown key."""
    return TEXTS[key].format(**values)


def count(number: int, one: str, many: str = "") -> str:
    """ "1 night", "3 nights"."""
    return f"{number} {one if number == 1 else many or one + 's'}"
