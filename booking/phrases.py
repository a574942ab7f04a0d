"""Example phrases by Capability name, written by hand: what people say when they want it.

Holes are parameter names. They are what the offline brain learns from, words around the holes included.
"""

_FLIGHTS = """
departure times from the airport
choose a flight
help me choose a flight
help me find a good price on flight tickets
flights departing at
layover
non stop flights
connecting flights to {destination}
book a plane to {destination}
a plane ticket to {destination}
tickets leaving from {origin} on {departure_date} by plane
flights with Jambojet
flights on Kenya Airways
prefer Qatar Airways
a flight leaving {origin}
i need a one way ticket
i want to buy a one way ticket
a round trip ticket
i want a round trip to {destination}
make a reservation for a round trip
reserve a flight
the flight on {departure_date}
change the return date to {return_date}
tickets for that flight
{travelers} tickets in economy
{travelers} economy tickets
{travelers} round trip tickets
{travelers} people travelling one way
purchase {travelers} tickets on that flight
find me a flight to {destination}
find flights from {origin} to {destination}
flights from {origin} to {destination} on {departure_date}
flights to {destination}
flight {origin} to {destination} {departure_date}
cheap flights to {destination} in {departure_date}
cheap flights
i need a flight
i need to book a flight to {destination} for {travelers} people
book flights for {travelers} from {origin} to {destination}
book {travelers} plane tickets to {destination}
i want to fly to {destination} on {departure_date}
i want to fly from {origin} to {destination} leaving {departure_date} and returning {return_date}
can we fly to {destination}
we are flying from {origin} to {destination}
flying out on {departure_date} and flying back on {return_date}
round trip flights from {origin} to {destination}
find a round trip flight
round trip tickets leaving {departure_date} coming back {return_date}
return flight to {destination}
search for one way flights
a one way flight to {destination} for {travelers}
one way ticket to {destination} by air
one way economy tickets
i need {travelers} one way tickets
i want to buy a plane ticket
i need to purchase {travelers} airline tickets
airline tickets to {destination}
what airlines fly to {destination}
which airline goes to {destination} on {departure_date}
a nonstop flight to {destination}
direct flights leaving from {origin}
flights departing from {origin} on {departure_date} and returning on {return_date}
business class flights to {destination}
economy class flight with Kenya Airways
flights with this airline
first class seats on a plane to {destination}
premium economy flights
are there any flights to {destination} {departure_date}
is there a flight from {origin} to {destination} {departure_date}
how much is a flight to {destination}
how much are flights from {origin} to {destination}
what does it cost to fly to {destination}
when is the next flight to {destination}
the earliest flight to {destination}
morning flight to {destination}
leaving from {origin}
departing from {origin}
i am flying out of {origin}
i am leaving on {departure_date} and coming back on {return_date}
i will leave {departure_date} and return {return_date}
depart {departure_date} return {return_date}
i want to depart on {departure_date} and be back by {return_date}
returning {return_date}
with a return on {return_date}
i want to come back on {return_date}
flying to {destination} with {travelers} passengers
{travelers} passengers to {destination}
there are {travelers} of us flying to {destination}
{travelers} tickets for the flight
for a group of {travelers}
plane tickets
plane to {destination}
search airfare to {destination}
i am planning a trip and need flights
i have a trip coming up and need a flight
i want to go on a trip by plane
i want to travel to {destination} by air
get me on a flight to {destination}
get me to {destination} by plane
book my flight to {destination}
check flight prices for {destination}
compare flights
low cost flights between {origin} and {destination}
i need an airline reservation
a flight under {budget} to {destination}
flights to {destination} for {travelers} below {budget}
"""

_HOTELS = """
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
"""

_BUSES = """
a bus journey to {destination}
the right bus to {destination}
bus times to {destination}
bus schedule to {destination}
bus station to {destination}
a seat on a coach
a greyhound to {destination}
public transport to {destination}
tickets that leave from {origin}
book me {travelers} tickets that leave from {origin}
book a ticket leaving on {departure_date}
buy a ticket leaving from {origin}
buy the tickets again i want to leave on {departure_date}
i want to leave for {destination}
i will be leaving from {origin}
i will leave from {origin}
buy a ticket to {destination}
leave from {origin} on {departure_date}
i could leave on {departure_date}
from {origin} to {destination} by bus for {travelers}
it is for {travelers} people and reserve the bus
seats on the bus
a ticket for the bus
a seat on the bus
find me a bus to {destination}
find a bus from {origin} to {destination}
buses from {origin} to {destination} on {departure_date}
bus to {destination} {departure_date}
bus {origin} to {destination} {departure_date}
i need a bus
i need a bus ticket
i need {travelers} bus tickets to {destination}
bus tickets for {travelers} people
book bus tickets from {origin} to {destination} for {travelers}
book {travelers} seats on the bus to {destination}
reserve {travelers} seats on a bus
book a bus
bus booking
buy a bus ticket leaving from {origin}
a bus for {travelers} people leaving {departure_date}
a bus leaving on {departure_date}
a bus departing from {origin}
a bus that leaves {origin} on {departure_date}
a bus going to {destination}
i want to take a bus to {destination}
i want to go to {destination} by bus
i want to travel by bus from {origin}
travel to {destination} by road
get to {destination} by bus
ride the bus to {destination}
catch a bus to {destination}
where can i catch a bus
when is the next bus to {destination}
what time does the bus leave for {destination}
what time is the first bus to {destination}
are there buses to {destination} {departure_date}
is there a bus from {origin} to {destination}
which buses go to {destination}
which bus companies go to {destination}
how much is the bus to {destination}
how much is bus fare from {origin} to {destination}
bus fare to {destination}
night bus to {destination}
overnight bus from {origin} to {destination}
coach to {destination}
a coach for {travelers} from {origin}
luxury coach tickets
shuttle from {origin} to {destination}
shuttle to {destination} {departure_date}
matatu to {destination}
matatu from {origin} to {destination} {departure_date}
matatus going to {destination}
Easy Coach to {destination}
Modern Coast bus to {destination}
sgr to {destination}
sgr tickets from {origin} to {destination} for {travelers}
book the sgr to {destination} on {departure_date}
Madaraka Express to {destination}
train to {destination}
train tickets from {origin} to {destination}
the train from {origin} to {destination} {departure_date}
when does the train to {destination} leave
i need train tickets for {travelers}
{travelers} seats to {destination}
{travelers} tickets from {origin} to {destination}
i want to buy {travelers} tickets to {destination}
flexible bus tickets
economy extra bus ticket
a bus for a group of {travelers}
for {travelers} passengers
{travelers} of us are taking the bus
there will be {travelers} of us on the bus
leaving {origin} on {departure_date}
leaving from {origin}
departing {departure_date} from {origin}
leaving for {destination} {departure_date}
i need to get to {destination} on {departure_date}
i need to get from {origin} to {destination}
i am leaving on {departure_date} from {origin}
i will be travelling on {departure_date}
i am going on a trip by bus
i am travelling to {destination} and need a bus
"""

_TRANSFERS = """
someone to drive me to {destination}
drive us to {destination}
a tuk tuk to town
a tuk tuk from {origin} to {destination}
tuk tuk
a tuk tuk ride to {destination}
a boda to {destination}
drop me at Yaya Centre
drop us off at Village Market
pick me up at Sarit Centre
pick us up at the terminus
how do i get from the airport to the hotel
how do we get from {origin} to our hotel
from the airport to our hotel by taxi
a taxi from the airport to the hotel
a ride from the station to my hotel
transport from {origin} to the hotel
how do we get to the hotel from the airport
a cab to Java House
get me a taxi to Sarit Centre
a ride to Two Rivers Mall for {travelers}
take me to Village Market
i want to go to Yaya Centre and need a cab
cab
taxi
schedule a cab for {travelers} people
get a cab on that day
transportation for {travelers} people
a cab to the museum
it is a ride for {travelers}
share a ride
get me a cab
i need a cab
i need a cab to {destination}
book a cab to {destination} for {travelers} people
call me a cab
call a taxi
get a taxi to {destination}
find a taxi from {origin} to {destination}
i need a taxi for {travelers}
order a taxi to {destination} at
book me a ride to {destination}
find a ride for {travelers} to {destination}
i need a ride to {destination}
i need a ride from {origin} to {destination}
i need a ride there
a shared ride to {destination} for {travelers}
a pool ride for {travelers}
pool ride to {destination}
a regular ride to {destination}
a luxury ride for {travelers} people
ride for a group of {travelers}
a cab with {travelers} seats
a cab for {travelers} passengers to go there
a cab to get there
an uber to {destination}
a bolt from {origin} to {destination}
a boda boda to {destination}
a tuk tuk to {destination}
airport transfer to {destination}
airport transfer from {origin}
transfer from {origin} to {destination} on {date}
transfers from {origin} to {destination}
i need an airport transfer for {travelers}
airport pickup from {origin} on {date}
airport pickup
airport drop off to {destination}
pick me up from {origin}
pick us up at {origin} and take us to {destination}
someone to pick us up from {origin}
can someone pick us up at {origin} {date}
drop me at {destination}
drop us off at {destination}
take me to {destination} by cab
get me to {destination} by taxi
how do i get from {origin} to my hotel
how do we get from {origin} to {destination}
how much is a taxi from {origin} to {destination}
how much is a cab to {destination}
how much is a transfer to {destination}
a driver to {destination}
a driver from {origin} to {destination}
a private car with a driver from {origin} to {destination}
a chauffeur to {destination}
hire a cab
hail a cab
arrange transport from {origin} to {destination}
arrange transportation for {travelers} people to {destination}
i need transportation to {destination}
we need transport from {origin} to {destination}
the address is {destination}
to the address {destination}
are there taxis in {origin}
is there a cab to {destination}
can i get a lift to {destination}
i need to go to {destination} and need a cab
i want to go to {destination} by cab
van for {travelers} people from {origin} to {destination}
"""

_EVENTS = """
find me something to do in {location}
something to do in {location} {date}
find something to do around {location}
anything interesting to do in {location}
is there anything interesting to do in {location}
make a reservation to an event
make a reservation for an event
an event reservation
live performances in {location}
live performances
a musical in {location}
see a musical
an opera {date}
a ballet in {location}
an orchestra concert
hip hop events
blues events
electronic music {date}
a dj set in {location}
a food fair in {location}
a carnival in {location}
a marathon in {location} {date}
a tournament in {location}
a sports match {date}
the derby {date}
a race {date}
a book fair
a trade show in {location}
a party to go to {date}
a play {date}
some jazz {date}
in the mood for some jazz
live show {date}
catch a show {date}
catch a game {date}
tickets to see Adele
a theatre event
what is there to do
a date for a concert
the dates of the games
listen to pop {date}
what is on in {location}
what is on {date}
what is on in {location} on {date}
art exhibition in {location}
photo exhibition
festival tickets
activities to participate in
activities to take part in
activities like a concert
activities like games
an activity for {date}
interesting activities {date}
i want to see Sauti Sol in {location}
i want to see Sauti Sol
i would like to see Nyashinski {date}
i am looking for Burna Boy in {location}
tickets to Blankets and Wine
{travelers} tickets to Sauti Sol
{travelers} tickets for Gor Mahia vs Tusker
buy {travelers} tickets for Kenya vs Fiji on {date}
tickets for Gor Mahia vs Leopards
Gor Mahia vs Leopards on {date}
Kenya vs Uganda in {location}
go to Kenya vs Uganda
when is Kenya vs Uganda
find dates for Sauti Sol
i want to go to Koroga Festival
is Sauti Sol playing in {location}
is Diamond performing in {location}
are Bensoul playing {date}
Sauti Sol concerts
stuff to do
find stuff to do
a little jazz
listen to music {date}
what is going on around here
what is going on in town
the latest happenings
ticket reservation
ticket reservation for an event
game tickets for {date}
matchups in {location}
buy some tickets
i want to buy tickets
i need to buy tickets
i need tickets
i want to book tickets
can i book some tickets
book tickets for {travelers} people
buy a ticket
get me a ticket for one person
i would like to reserve a ticket
reserve tickets
tickets for {travelers} people
i need tickets for {travelers} people
i like that get me {travelers} tickets
i would like one ticket on {date}
tickets to the festival
find something interesting in {location}
find interesting things
find interesting things to do
things to do
find things to do
i am looking for things to do
i want to find things to do
some things i can do
fun things to do
a fun thing to do
what can i do {date}
what is there to do {date}
interesting activities to do {date}
interesting activities to take part in
find something to do in {location}
find something interesting to do in {location} on {date}
something fun in {location}
an outing with friends
find dates for a band
does the band perform in {location}
a sports event
do something fun {date}
find events in {location}
events in {location} on {date}
events in {location} {date}
events near {location}
what events are on in {location}
what events are happening in {location} {date}
are there any events in {location}
find me an interesting event
find an event to go to
find dates for events
i need dates for events in {location}
look up event dates
event tickets
i want to buy event tickets
buy {travelers} tickets to an event
book {travelers} tickets for the event on {date}
get me {travelers} tickets
i want {travelers} tickets
i would like to buy {travelers} tickets
i need {travelers} tickets for the show
purchase {travelers} tickets for the concert
reserve {travelers} seats for the show
reserve {travelers} seats for the event
{travelers} tickets for {date}
{travelers} tickets please
buy tickets for the game on {date}
buy tickets
get tickets
i want to buy tickets for a concert
tickets to a show
find concerts in {location}
concerts in {location} {date}
a concert in {location}
a rock concert on {date}
a pop concert
a jazz concert in {location}
a country music event
live music in {location} {date}
live bands in {location} {date}
music events in {location}
music festival in {location}
festivals in {location} {date}
cultural festival in {location}
sports events in {location}
sport events on {date}
a baseball game in {location}
basketball games in {location}
football match in {location} {date}
football games
a soccer match in {location}
rugby sevens in {location}
a rugby match on {date}
hockey game
american football game
games in {location}
games to attend
a game to go to
find a match in {location}
when is the match
who is playing in {location} {date}
when does the band play in {location}
when are they playing in {location}
is the band playing somewhere
a theatre play in {location}
theater shows in {location}
a show in {location} on {date}
shows in {location}
i want to see a show
i want to see a game
i want to see a concert
i want to watch a match
i want to attend an event
i want to go to a concert
i am going to the game and need tickets
stand up comedy in {location} {date}
comedy night in {location}
a gig in {location}
a party in {location} {date}
parties in {location}
nightlife events in {location}
performances in {location}
exhibition in {location} on {date}
what is going on in {location} {date}
what is happening in {location} {date}
what is happening this weekend in {location}
what is on in {location} {date}
anything happening in {location}
anything fun going on
anything going on {date}
is there anything happening {date}
something fun to do {date}
something to do {date}
find me something to do
find something interesting to do
find something fun to do {date}
find something entertaining
find things to do {date}
find fun stuff to do {date}
i want to go out {date}
we want to go out {date}
i want to get out and do something
i am bored find me something to do
i have free time and want to do something
any good gigs
upcoming events in {location}
happenings in {location}
a unique experience
"""

_ACTIVITIES = """
fun things to do in {location}
top things to do in {location}
things to do around {location}
things to do in {location} {date}
some things to do in {location}
list the things to do in {location}
what things are there to do in {location}
a zoo in {location}
an aquarium
a castle
a botanical garden
a market to visit
a viewpoint near {location}
waterfalls near {location}
caves near {location}
ruins near {location}
old town walk in {location}
quad biking in {location}
camel rides in {location}
horse riding in {location}
zip lining near {location}
rock climbing near {location}
bird watching in {location}
cycling in {location}
sky diving in {location}
scuba diving in {location}
deep sea fishing in {location}
glass bottom boat in {location}
swimming with dolphins
a spa in {location}
cooking class in {location}
wine tasting in {location}
where can i take my kids in {location}
fun for kids in {location}
what should i visit in {location}
which landmarks should i see
art galleries in {location}
museums and galleries in {location}
what is there to do around here
boat trips in {location}
a boat trip in {location}
fishing trips in {location}
must see places in {location}
the must see sights of {location}
is there anything to see in {location}
anything worth seeing in {location}
day trip
day trip to {location}
a day trip from {location}
day trips
find attractions in {location}
attractions in {location}
attractions to visit
tourist attractions in {location}
find some attractions
show me attractions to visit
what attractions are there in {location}
top attractions near {location}
interesting places to visit in {location}
interesting places to visit
places to visit in {location}
places to go in {location}
places to see in {location}
cool places to go
fun places to visit
somewhere interesting to visit
somewhere to visit in {location}
somewhere fun to go
tourist spots in {location}
tourist sites
sights in {location}
sightseeing in {location}
sightseeing
go sightseeing
what is there to see in {location}
what can i see in {location}
what should we see in {location}
things to see in {location}
something to see
things to do in {location}
best things to do in {location}
what is there to do in {location}
what can we do in {location}
what to do in {location}
stuff to do in {location}
something free to do in {location}
something child friendly to do
activities in {location}
activities in {location} on {date}
activities for {travelers} people in {location}
find activities
fun activities in {location}
activities for kids in {location}
outdoor activities near {location}
water sports in {location}
snorkelling in {location}
diving in {location}
kite surfing in {location}
dolphin watching near {location}
boat ride in {location}
a dhow cruise in {location}
hiking near {location}
hikes around {location}
a safari in {location}
a game drive in {location}
game drives
a day trip to {location}
day trips from {location}
excursions from {location}
tours in {location}
a city tour of {location}
a guided tour of {location}
walking tour in {location}
museums in {location}
a museum to visit
find a museum
free museums
an art gallery in {location}
historical landmarks in {location}
a historical landmark
historical sites in {location}
a historical spot to visit
monuments in {location}
a park to visit
parks in {location}
find a park in {location}
a garden to visit
national parks near {location}
nature reserve near {location}
a natural spot
natural spots to visit
a nature preserve
a theme park
amusement parks near {location}
a place of worship to visit
churches and temples to see
a performing arts venue
a shopping area
shopping areas in {location}
shopping malls in {location}
markets in {location}
a sports venue to visit
zoos and aquariums
visit the giraffe centre
animal orphanage in {location}
beaches near {location}
the best beach in {location}
free entry attractions
attractions with no entry fee
without an entry fee
child friendly attractions
kid friendly attractions
attractions for children
family friendly places
is it good for kids
landmarks in {location}
"""

_RESTAURANTS = """
make a reservation at 7 pm
make a reservation at 8 in the evening {date}
make a reservation for 7 pm {date}
make a reservation for {travelers} people at 1 pm
make a reservation at Lotus Garden for {travelers} people
make a reservation for {travelers} people on {date}
make a reservation on {date} for {travelers} people
make a reservation for {date} at 8 pm
make a reservation at The Talisman on {date}
reserve a table at 7 pm
book a table for half past 7
craving sushi
craving some noodles
i feel like having a burger
i want to try Ethiopian food
a nice cafe
a cafe near here
a good cafe in {location}
a bar with live music
a pub in {location}
a rooftop bar in {location}
a bakery in {location}
a food court
a buffet in {location}
a grill
tapas bar
halal food in {location}
samosas in {location}
biryani in {location}
pilau in {location}
fish and chips
tilapia in {location}
ice cream in {location}
japanese restaurant
korean food
thai food
french restaurant in {location}
greek food
lebanese food
american food
a sandwich place
steak in {location}
tacos
dim sum
a wine bar
brunch place
book dinner for {travelers} {date}
book lunch for {travelers}
a spot for dinner
dine out {date}
a place to dine
asian fusion
make a reservation at Talisman for {travelers}
book a table at Java House
reserve a table at Mama Oliech
a reservation at Carnivore on {date}
place a restaurant reservation
a nice restaurant
restaurant reservation
what can i have for breakfast
fusion food
not very costly
get some grub
find a table for {travelers} in {location}
i need a table for {travelers} on {date}
i need a reservation for {travelers} people at a restaurant
make a reservation for lunch
make a reservation for dinner at
make a reservation for {travelers} at
reserve a table for {travelers} people {date}
a restaurant to eat at
find a restaurant in {location}
restaurants in {location}
find me a restaurant
good restaurants in {location}
best restaurants near {location}
a restaurant for {travelers} people
reserve a table for {travelers}
book a table for {travelers} on {date}
book a table
reserve a table at a restaurant
a table for {travelers} at {location}
table for {travelers} {date}
make a restaurant reservation
make a reservation at a restaurant for {travelers}
make a reservation for {travelers} people
make a reservation for {travelers} in {location}
make a dinner reservation
make a lunch reservation for {travelers}
make a reservation
make reservations
reservations in {location}
get a reservation in {location}
book a spot at a restaurant
a dinner reservation on {date}
find a place to eat
find a place to eat in {location}
places to eat in {location}
find somewhere to eat
somewhere to eat in {location}
somewhere nice to eat
where can we eat in {location}
where can i get dinner in {location}
where should we eat
where should we have lunch in {location}
something to eat
find something to eat
find food in {location}
good food in {location}
places with good food
i want to eat
i want to eat out
i want to go eat
i want to go out to eat
i want to go out for dinner
we want to have dinner in {location}
we want to have lunch
take a friend out for dinner
meet for lunch and need a place
i am hungry and want to eat
i am hungry find me something
i am starving
i am hungry
grab a bite in {location}
grab something to eat
a quick meal
a good meal
have a meal and a drink
i want some chinese food
i feel like eating indian food
i want thai cuisine
italian restaurant in {location}
indian restaurants in {location}
mexican food in {location}
swahili food in {location}
ethiopian restaurant in {location}
vegetarian restaurants
vegan food
seafood in {location}
seafood restaurant
sushi place
ramen place
pizza place in {location}
pizza near {location}
burger joint
a steak house
nyama choma in {location}
where can i get nyama choma in {location}
kuku choma joint
barbecue place
pasta restaurant
curry house
fast food
a diner in {location}
a cafe in {location}
a coffee shop
a bistro
an eatery in {location}
eateries with live music
eating places
dining in {location}
fine dining in {location}
a dining place
a moderately priced restaurant
an inexpensive restaurant
a cheap place to eat
an expensive restaurant
restaurants that serve alcohol
a bar and grill in {location}
breakfast in {location}
brunch in {location} {date}
lunch in {location}
dinner in {location} {date}
a place for dinner
a place for lunch
a place for breakfast
a cuisine
a restaurant with outdoor seating
"""

_WEATHER = """
know the weather on {date}
the climate there on {date}
should i pack a sweater for {location}
should i pack warm clothes for {location}
do i need a raincoat in {location}
what is it like outside
what is it like outside in {location}
how is it outside
what is the weather in {location}
what is the weather like in {location} on {date}
what will the weather be like in {location} {date}
what will the weather be {date}
what is the weather going to be {date}
how is the weather in {location}
how is the weather {date}
how will the weather be on {date}
weather in {location}
weather {location} {date}
{location} weather
the weather for {date}
weather forecast
weather forecast for {location} on {date}
the weather forecast for {date}
check the weather in {location} for {date}
check the weather
tell me the weather in {location}
find out the weather
look up the weather
weather conditions in {location}
weather report for {location}
forecast for {location}
is the weather good in {location} {date}
will it rain in {location} {date}
will it rain {date}
is it going to rain {date}
is it raining in {location}
does it rain in {location} in {date}
will it be sunny in {location} {date}
will it be hot in {location} {date}
will it be cold {date}
is it hot in {location}
how hot is it in {location}
how hot will it be {date}
how cold is {location} in {date}
is it cold in {location} {date}
do i need an umbrella {date}
should i bring an umbrella to {location}
do i need a jacket in {location}
should i take a coat {date}
what is the temperature in {location}
what will the temperature be on {date}
temperature in {location} {date}
how warm is it in {location}
how windy is it in {location}
chance of rain in {location} {date}
how humid is it in {location}
what is the climate like in {location} in {date}
rain forecast for {location}
"""

_ITINERARY = """
{days} days {destination} for {travelers}
{days} days {destination} for {travelers} in {departure_date}
a holiday for a family of {travelers}
for my family of {travelers}
for a group of {travelers}
for {travelers}
{travelers} friends want a weekend in {destination}
plan a weekend in {destination} for {travelers}
plan a weekend
plan a trip to {destination}
plan a trip
plan my trip to {destination} for {travelers}
plan a {days} day trip to {destination}
plan our holiday in {destination} in {departure_date}
plan a holiday
plan a weekend in {destination}
plan a weekend getaway
plan a honeymoon in {destination}
plan a vacation in {destination} for {travelers} people with {budget}
plan {days} days in {destination} for {travelers} in {departure_date}
plan us a safari of {days} days
help us plan a trip to {destination}
help me plan {nights} nights in {destination}
{days} days in {destination}
{days} days in {destination} for {travelers} in {departure_date}
{days} days in {destination} for {travelers} in {departure_date} {tastes} not more than {budget} each
{days} days in {destination} from {origin} under {budget}
{nights} nights in {destination} for {travelers}
{nights} nights in {destination} from {departure_date} with {budget} per person
a week in {destination} for {travelers}
a weekend in {destination} for {travelers} with {budget}
a {days} day itinerary for {destination}
a {days} day trip to {destination}
a {days} day safari in {destination} for {travelers}
a {nights} night getaway to {destination}
make an itinerary for {destination}
make me a {days} day itinerary
create an itinerary for {days} days in {destination}
create a trip to {destination}
create a day by day plan for {destination}
build an itinerary
build me an itinerary for {destination}
draw up an itinerary
suggest an itinerary for {destination} in {departure_date}
give me an itinerary
give us a plan for {days} days in {destination}
an itinerary for {travelers} people
a travel plan for {destination}
a trip plan for {destination}
a full trip to {destination} with flights and hotels
organise a trip to {destination} for {travelers}
organise our trip to {destination}
organize a holiday for {travelers} people
arrange a trip to {destination} for {travelers} people
arrange a holiday in {destination}
put together a trip to {destination}
put together {days} days in {destination}
we want to spend {days} days in {destination}
we want to spend {days} days in {destination} with {budget}
i want to spend {nights} nights in {destination}
we would like a {days} day trip to {destination} in {departure_date}
we want a holiday in {destination} from {departure_date} to {return_date}
we want to go on holiday to {destination} for {days} days
i want to go on vacation to {destination} for {days} days
we have {days} days and {budget} for {destination}
we have {days} days in {destination} what should we do
what should we do with {days} days in {destination}
how should we spend {days} days in {destination}
family holiday in {destination} for {days} days
beach holiday in {destination} for {travelers}
a getaway to {destination} for {travelers} below {budget}
itinerary for {destination}
road trip to {destination} for {days} days
a team retreat in {destination} for {travelers}
new trip to {destination}
"""

_BUDGET = """
show the budget
show our budget
what is our budget
what is the budget for the trip
how much have we spent
how much have we spent so far
how much is left
how much money is left in the budget
how much is left in the budget
are we over budget
are we within budget
what does the trip cost so far
what does the whole trip cost
break down the costs
show the costs of the trip
set the budget to {amount}
"""

_HELP = """
help
show help
what can you do
what can you help with
what can i do here
how does this work
how do i use this
what commands are there
list the commands
show me the commands
show me what you can do
"""


def _lines(block: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in block.strip().splitlines() if line.strip())


PHRASES: dict[str, tuple[str, ...]] = {
    "search_flights": _lines(_FLIGHTS),
    "search_hotels": _lines(_HOTELS),
    "search_buses": _lines(_BUSES),
    "search_transfers": _lines(_TRANSFERS),
    "search_events": _lines(_EVENTS),
    "search_activities": _lines(_ACTIVITIES),
    "search_restaurants": _lines(_RESTAURANTS),
    "get_weather": _lines(_WEATHER),
    "create_itinerary": _lines(_ITINERARY),
    "budget": _lines(_BUDGET),
    "help": _lines(_HELP),
}
