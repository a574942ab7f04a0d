"""What travellers in Kenya ask for, with the Capability they mean. Written by hand."""

ASKED = """
search_buses | bus from Nairobi to Mombasa tomorrow
search_buses | I need a bus to Kisumu on Friday
search_buses | any matatus going to Nakuru this evening?
search_buses | how much is the matatu to Eldoret
search_buses | two seats on the night bus to Mombasa please
search_buses | is there a shuttle from Nairobi to Nakuru on Sunday?
search_buses | what time does the last bus to Kisumu leave
search_buses | book SGR tickets from Nairobi to Mombasa for 3 on Saturday
search_buses | sgr to mombasa tomorrow morning
search_buses | Madaraka Express tickets for the 12th, four adults
search_buses | when is the next train to Mombasa
search_buses | find me a coach to Malindi under KSh 2,000
search_buses | Easy Coach to Kakamega on Thursday
search_buses | which buses go from Nairobi to Lamu?
search_buses | can you get us five bus tickets to Kitale for next Friday
search_buses | we want to travel by bus from Kisumu to Nairobi
search_buses | nataka bus to Nyeri tomorrow
search_buses | overnight bus Nairobi to Kampala
search_buses | need a shuttle to Arusha on Monday
search_buses | Nairobi to Thika by bus, 2 people
search_hotels | hotels in Nairobi for this weekend
search_hotels | find me a hotel in Kisumu near the lake
search_hotels | a beach resort in Diani for 4 nights
search_hotels | cheap guest house in Nakuru
search_hotels | I need two rooms in Eldoret from the 5th to the 8th
search_hotels | where can we stay in Watamu?
search_hotels | airbnb in Kilifi for 6 people
search_hotels | book a lodge in the Maasai Mara for 2 nights in August
search_hotels | any hotels in Mombasa under 8000 bob a night?
search_hotels | tented camp in Amboseli for two
search_hotels | a place to stay in Lamu next week
search_hotels | hotel with a pool in Nyali
search_hotels | do you have a cottage in Naivasha for a family of five
search_hotels | I want to book a room in Nanyuki, checking in tomorrow
search_hotels | accommodation in Kakamega for one night
search_hotels | serviced apartments in Westlands for a month
search_hotels | a villa in Malindi for 8 people from 20 December
search_hotels | how much is a double room in Kericho
search_hotels | get us a room near JKIA for tonight
search_hotels | looking for somewhere to sleep in Voi
search_flights | flights from Nairobi to Mombasa on Friday
search_flights | fly to Kisumu tomorrow morning
search_flights | cheapest flight to Zanzibar in April
search_flights | I want to fly from Eldoret to Nairobi on Monday
search_flights | two tickets on a flight to Lamu
search_flights | return flight Nairobi Malindi, leaving 3 May back 7 May
search_flights | how much is a flight to Diani?
search_flights | are there flights from Wilson to the Mara
search_flights | NBO to MBA on the 14th, one way flight
search_flights | Jambojet flights to Ukunda this weekend
search_flights | Kenya Airways flight to Dubai next month
search_flights | can you find us flights to Cape Town for 4 people
search_flights | book a plane to Kisumu for me and my wife
search_flights | is there a direct flight from Nairobi to Addis Ababa?
search_flights | flight to Entebbe on 2 June returning on 5 June
search_flights | we need to fly to Kigali for a conference on Tuesday
search_flights | air tickets to London in July for two adults
search_flights | what airlines fly from Mombasa to Nairobi
search_flights | round trip to Johannesburg for 3 by air
search_flights | last minute flights to Nairobi under 7k
search_transfers | taxi from JKIA to Westlands
search_transfers | I need a cab to the airport at 5 am
search_transfers | airport transfer from Moi airport to Diani for 4
search_transfers | pick us up at the SGR terminus in Miritini
search_transfers | can someone pick me up from Wilson Airport tomorrow?
search_transfers | boda boda to Java House
search_transfers | uber to Two Rivers
search_transfers | get me a taxi to Sarit Centre
search_transfers | a driver from Nairobi to Naivasha on Saturday
search_transfers | how much is a cab from Kisumu airport to town
search_transfers | we need transport from the airport to Nyali for 6 people
search_transfers | tuk tuk to the beach in Malindi
search_transfers | drop me at Yaya Centre please
search_transfers | a van for 10 people from Nairobi to Thika
search_transfers | book a bolt to Karen
search_transfers | how do we get from Ukunda airstrip to our hotel?
search_transfers | ride from Gigiri to JKIA tonight
search_transfers | hire a car with a driver to Nakuru
search_events | what's happening in Nairobi this weekend?
search_events | concerts in Mombasa in December
search_events | Sauti Sol tickets for four
search_events | any gigs in Nairobi tonight
search_events | when is the next Gor Mahia match
search_events | rugby sevens in Nairobi, 3 tickets
search_events | Lamu cultural festival dates
search_events | events in Kisumu on Saturday
search_events | is there live music in Westlands on Friday?
search_events | find me a comedy show in Nairobi
search_events | two tickets to the jazz festival
search_events | Koroga festival tickets please
search_events | is there a football match in Kasarani on Sunday
search_events | art exhibition in Nairobi next week
search_events | what's on in Diani on New Year's Eve
search_events | get us tickets for the Safari Rally in Naivasha
search_activities | things to do in Diani
search_activities | what can we do in Nakuru with kids?
search_activities | snorkelling in Watamu
search_activities | game drives in the Mara
search_activities | museums in Nairobi
search_activities | places to visit in Kisumu
search_activities | day trip to Hell's Gate from Nairobi
search_activities | dhow cruise in Lamu
search_activities | best beaches near Mombasa
search_activities | hiking near Nanyuki
search_activities | what is there to see in Malindi?
search_activities | kite surfing in Diani
search_activities | is the giraffe centre good for kids
search_activities | attractions in Eldoret
search_restaurants | where can I get good nyama choma in Nairobi?
search_restaurants | seafood restaurants in Mombasa
search_restaurants | book a table for four in Westlands tonight
search_restaurants | best Swahili food in Lamu
search_restaurants | somewhere nice to have dinner in Karen
search_restaurants | we want to eat fish in Kisumu
search_restaurants | vegetarian restaurants in Diani
search_restaurants | a place for brunch in Kilimani on Sunday
search_restaurants | find us lunch in Naivasha
search_restaurants | pizza place in Nyali
get_weather | weather in Mombasa tomorrow
get_weather | will it rain in Nairobi this weekend?
get_weather | how hot is it in Lamu in February
get_weather | is it cold in Nyahururu in July?
get_weather | do I need an umbrella in Kisumu tomorrow
get_weather | what's the temperature in Malindi
get_weather | what will the weather be like in the Mara next week
get_weather | forecast for Diani on Saturday
create_itinerary | 3 days in Mombasa for 4 in March, beach and food, not more than 60k shillings each
create_itinerary | plan a weekend in Naivasha for two
create_itinerary | plan us a trip to the Maasai Mara in August
create_itinerary | a 5 day itinerary for Lamu
create_itinerary | we want to spend 4 days in Diani with 100k
create_itinerary | make me a plan for 2 days in Kisumu
create_itinerary | honeymoon in Zanzibar for a week under KSh 300,000
create_itinerary | organise a trip to Nakuru for 10 people
create_itinerary | family holiday in Watamu for 6 days
create_itinerary | help us plan 3 nights in Malindi
create_itinerary | a week in Kenya for 2 people, safari and beach
create_itinerary | we have 3 days and 50k each for Nanyuki, what should we do?
"""

KENYAN: tuple[tuple[str, str], ...] = tuple(
    (intent.strip(), text.strip()) for intent, _, text in (line.partition("|") for line in ASKED.strip().splitlines())
)
