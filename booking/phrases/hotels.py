"""Places to stay: example phrases, written by hand; holes are parameter names. A line with commas lists
names that say by themselves what is wanted."""

PHRASES = """
hotels
a hotel
a hotel where smoking is allowed
a non smoking room
are any rooms available on {check_in_date}
a two bedroom apartment in {location}
make a reservation at the Springhill Suites
make a reservation at the Holiday Inn
a reservation in Hotel Intercontinental
make a reservation at Fairmont Hotel
i need a hotel reservation
somewhere to crash in {location}
a good place to sleep
a place to sleep in {location}
i want to stay at the Hilton for {nights} nights
i want to stay at the Sarova
we want to stay at the Voyager for {nights} nights
i need a place for {nights} nights
i will be in {location} for {nights} days and need a place
book a place for {travelers}
book a place with a good rating
vacancies in {location}
a room with a view
rooms with wifi
a room with breakfast included
a hotel with a gym
half board in {location}
all inclusive in {location}
bungalow in {location}
chalet in {location}
homestay in {location}
bnb in {location}
a suite in {location}
a place to spend the night
spend the night in {location}
overnight stay in {location}
for a family of {travelers}
i need a place to stay
a place to stay
make the reservation for {nights} day starting {check_in_date}
the reservation is from {check_in_date} to {check_out_date}
make a reservation from {check_in_date} extending to {check_out_date}
book a room at Sarova Whitesands
reserve {rooms} rooms at Voyager Beach Resort
make a hotel reservation at Swahili Beach
a room at the Stanley Hotel
a suite at the inn
inns in {location}
housing for {travelers} people
a rental for {nights} nights
rental homes in {location}
a rental home for {travelers} people
book the home for {travelers} people
hotel vacancies on {check_in_date}
a room for {nights} days
i want the room for {nights} days
i need one room for {nights} days
just one room for {nights} days
for {nights} days from {check_in_date}
a hotel room for {nights} days starting {check_in_date}
make the reservation for {nights} days
make a reservation to check in on {check_in_date}
make a reservation from {check_in_date} to {check_out_date}
make a reservation there to check in {check_in_date}
my check in date is {check_in_date} and my check out date is {check_out_date}
with check out on {check_out_date}
with a check in {check_in_date}
book it from {check_in_date} to {check_out_date}
book it until {check_out_date}
reserve it with check in on {check_in_date}
checking in {check_in_date} for {nights} days
check in {check_in_date} for {travelers} people
i will be leaving the hotel on {check_out_date}
arriving at the hotel on {check_in_date}
i will stay until {check_out_date}
a house to stay in for {travelers} people
the house is for {travelers} people
a house for the {travelers} of us
a house there with laundry service for {travelers} people
rent a house
a home with laundry
with a rating of at least four
hotel options
hotel vacancies
find me a hotel in {location}
hotels in {location}
hotel in {location} {check_in_date}
find hotels in {location} from {check_in_date} to {check_out_date}
book a hotel room in {location}
i need a hotel room
i need a room in a hotel
i need {rooms} rooms in {location}
reserve {rooms} rooms
book {rooms} rooms for {nights} nights
{rooms} rooms for {nights} days
{rooms} rooms in a hotel for {travelers} people
a room for {travelers} in {location}
a hotel room for {travelers} guests
a double room in {location} for {nights} nights
i want to make a hotel reservation
make a reservation at the hotel
make a hotel reservation for {check_in_date}
make a reservation checking in on {check_in_date}
make a reservation for {nights} days
hotel booking
check in on {check_in_date} and check out on {check_out_date}
check in {check_in_date} check out {check_out_date}
checking in on {check_in_date}
checking out on {check_out_date}
check in date is {check_in_date}
the check out date is {check_out_date}
check out would be {check_out_date}
until {check_out_date}
staying until {check_out_date}
arriving {check_in_date} and leaving {check_out_date}
we arrive on {check_in_date}
starting {check_in_date}
starting on {check_in_date} for {nights} nights
from {check_in_date} till {check_out_date}
between {check_in_date} and {check_out_date}
stay in {location} for {nights} nights
staying {nights} days in {location}
stay for {nights} nights
i will be staying for {nights} days
for {nights} nights
a {nights} night stay
accommodation in {location}
find accommodation for {travelers}
find a place to stay in {location}
find a place to stay
somewhere to stay in {location}
where can we stay in {location}
where should i stay in {location}
where do people stay in {location}
where do visitors usually stay when they go to {location}
where are we sleeping in {location}
is there anywhere we could sleep {check_in_date}
is there somewhere i can sleep in {location}
where are we staying in {location} from {check_in_date}
a double and two singles in {location}
two doubles and a twin from {check_in_date} to {check_out_date}
somewhere to sleep in {location}
i need lodging in {location}
lodging for {travelers} people
a house to stay in {location}
find a house for {travelers} people
book a house in {location}
i want to rent a house for {travelers} in {location}
a house with laundry service
houses with a good rating
find me a home to stay in
a vacation home in {location}
a holiday house
an apartment in {location} for {travelers} adults
an airbnb in {location}
serviced apartments in {location}
a guest house in {location}
a cottage in {location}
a villa with a pool in {location}
beach resort in {location}
resorts in {location}
a safari lodge near {location}
lodges in {location}
a tented camp in {location}
a hostel in {location}
motels near {location}
bed and breakfast in {location}
a five star hotel in {location}
a {location} hotel with wifi
hotels that allow pets
a pet friendly hotel
hotel with free wifi and breakfast
a 3 star hotel
cheap hotels in {location}
luxury hotel in {location}
are there any hotels in {location}
is there a hotel near {location}
which hotels have rooms on {check_in_date}
what hotels are available in {location}
do you have hotels in {location}
how much is a hotel in {location}
how much is a room in {location} per night
a hotel under {budget} per night
rooms below {budget} in {location}
look for hotels around {location}
book me into a hotel
put us in a hotel in {location}
get us a room
get me a room for {nights} nights
reserve a room
reserve a hotel for {check_in_date}
can you book the hotel for me
can you book that hotel
book the room
book the house
i want to book that house for {nights} days
hotels near the conference hall
a bed for the night
a place in {location} for {nights} nights
a place for {nights} nights
we will need a place in {location} from {check_in_date} to {check_out_date}
something in {location} for {nights} nights
a bed near {location}
i need a bed for {check_in_date}
a bed in {location} for {nights} nights
somewhere cheap to crash in {location}
could you put us up in {location}
put me up in {location} {check_in_date}
a place for us to sleep in {location}
a place to lay my head in {location}
anything to stay at in {location}
anywhere to stay in {location}
anywhere we can stay near {location}
where should we sleep in {location}
where can my team stay in {location}
a night in a hotel in {location}
a hotel off the highway near {location}
a hotel with breakfast in {location} from {check_in_date} to {check_out_date}
check in on {check_in_date} and out on {check_out_date}
arriving {check_in_date} leaving {check_out_date} {rooms} rooms
{rooms} double rooms
{rooms} rooms for {nights} nights
one room one night
are there vacancies in {location}
are there free rooms in {location}
how much are rooms in {location}
rooms in {location} under {budget}
is the hotel full on {check_in_date}
is the hotel in {location} full
put up {travelers} people in {location}
put up {travelers} guests for {nights} nights
we need to put up {travelers} students in {location} for {nights} nights
who rents out houses in {location}
does anyone rent out villas in {location} for {travelers} people
something central in {location} for {nights} nights
{nights} nights in {location} with breakfast
{nights} nights in {location} for {travelers} with breakfast
any availability in {location} for {nights} nights
availability in {location} on {check_in_date}
got a place to sleep in {location}
a spot to sleep in {location}
where can i sleep cheaply
where can i sleep in {location}
where can we sleep
what do you have in {location} for {nights} nights
what is available in {location} for {nights} nights from {check_in_date}
do you have anything in {location} for {nights} nights
anything free in {location} from {check_in_date} to {check_out_date}
hotel, hotels, motel, hostel, guest house, guesthouse, lodge, resort, bed and breakfast, bnb, airbnb
apartment, apartments, villa, cottage, chalet, bungalow, cabin, camp site, campsite, tented camp, bandas
banda, homestay, accommodation, lodging, lodgings, suite, double room, single room, twin room, family room
dorm, room, bedroom, rooms, vacancy, vacancies, place to stay, place to sleep, somewhere to stay
somewhere to sleep, nowhere to sleep, spend the night, stay the night, overnight, hoteli, nyumba ya kulala
holiday home, vacation rental, serviced apartment, half board, full board, all inclusive, penthouse, ryokan
riad, pod hotel, boutique hotel, conference hotel, malazi
jacuzzi, hot tub, sea view, ocean view, lake view, balcony room, twin beds, double bed, king bed, bunk bed, dorm bed
aparthotel, apart hotel, condo, condominium, loft, studio apartment, studio flat, holiday let, holiday house
beach house, cottages, villas, lodges, resorts, hostels, motels, inns, chalets, cabins, campsites, camping site
camping ground, glamping, treehouse, tree house, eco lodge, safari lodge, farm stay, farmstay, country house, manor
guest rooms, guestrooms, self catering, serviced apartments, couchsurfing, backpackers hostel, pet friendly hotel
beach resort, spa resort, airbnbs, room service, room only, night stay, nights stay, place to crash
spare room, stopover hotel, airport hotel, deluxe room, executive suite, honeymoon suite, presidential suite
adjoining rooms, connecting rooms, triple room, quad room, family suite, room for the night, bed for the night, beds
anywhere to stay, nowhere to stay, where to stay, sleepover, layover hotel, quarters, boarding house, pension, gites
hacienda, hotelier, roof over our heads
per night, nightly rate, room rate, room rates
somewhere to camp, place to camp, camping, where to camp
book house, find house, need house, rent house, book home, rent home, house to stay, home to stay
with breakfast, breakfast included, en suite, ensuite, self contained, bedsitter, bed space, bedspace
walking distance, something central, put up
room to let, farmhouse, farm house, roof over my head, bunk, houseboat, yurt, hut, huts, tent, tents, home stay
hot shower, hot showers, kitchenette, sleeping place, place to rest, overnight stop, five star, four star, three star
availability, spot to sleep, stay somewhere, could sleep, can sleep, sleep over, sleeping over, stay over, staying over
"""
