"""Rides: example phrases, written by hand; holes are parameter names. A line with commas lists
names that say by themselves what is wanted."""

PHRASES = """
transportation to the restaurant
a cab to the restaurant
a cab to the venue for {travelers}
a ride to the concert
a taxi to the museum
i need to be driven to {destination}
a cab to the movie
a car to the airport
someone to drive me to {destination}
drive us to {destination}
driven to {destination}
a tuk tuk to town
how do we get there from the airport
how do i get from the airport to {destination}
taxi
uber
cab
book an auto from {origin}
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
send a car to {origin}
send a car to pick me up
can a driver take us to {destination}
can somebody take us to {destination}
someone to collect us from {origin}
collect us from {origin} at 4 pm
collect my parents from the airport
fetch us from {origin}
meet us at the airport and drive us to {destination}
pick up my parents from {origin}
pick up grandma from {origin}
pick me from {origin}
bring them to {destination}
drive me to {destination} and back
we land at {origin} and need a ride to the hotel
a driver at the airport
transport from the airport into {destination}
transport to the airport
how do i get to the airport
how do i get to the airport from {origin}
what would a cab to {destination} cost
a car for {travelers} to {destination}
a minibus from the airport for {travelers}
a lift to {destination}
i need a lift from {origin} to {destination}
transfer needed from {origin} to {destination}
a transfer for {travelers} people
shared rides going to {destination}
the easiest way to reach {destination} from {origin}
what is the best way from the airport to {destination}
drop them in {destination}
drop them at {destination}
pick up my kids from {origin} and drop them at {destination}
get us from {origin} to the hotel
get us from the terminus to {destination}
take us from {origin} to {destination}
shuttle from the airport to {destination}
a shuttle from {origin} airport to the hotel
a ride home from {origin}
i need to be at {destination}
pick me up at {origin}
who can pick me up at {origin} on {date}
a driver to pick up my colleague at {origin}
my train arrives at {origin} i need a ride
a ride home i am at {origin}
a cab to {destination} on {date}
a ride to {destination} {date} for {travelers}
a car from {origin} to {destination} on {date}
organise a car from our hotel to {destination}
send a driver to {destination}
the hotel car to {destination}
i need to get from {origin} to my hotel
i need to get from the airport to my hotel in {destination}
get from {origin} to our hotel in {destination}
taxi, taxis, cab, cabs, uber, lyft, boda, bodaboda, boda boda, tuktuk, tuk tuk, rickshaw, airport transfer
airport pickup, airport pick up, drop off, dropped off, driver, chauffeur, ride share, rideshare, limo
limousine, minivan, private transfer, private car, car service, a ride, ride, shared ride, teksi, pick me
pick us, collect me, collect us, drop me, drop us, drive me, drive us, fetch me, fetch us, town car
airport taxi, airport cab, airport shuttle service, airport ride, taxi fare, cab fare, cab ride, taxi ride
uber ride, private driver, driver for the day, car and driver, car with driver, drivers, dropoff, drop us off
drop me off, pickup time, picked up, pick up from, picked up from, airport pick-up, hotel pick-up, hotel pickup
collected from, met at the airport, meet and greet, shuttle to the airport, lift from, a lift, boda boda ride
motorbike taxi, uber xl, wasili, little cab, wheelchair taxi, taxi van, maxi taxi, mini van, people carrier
suv with driver, suv with driver
transfer, transfers, hospital ride, airport run
airport place, airport to hotel, from the airport to
airport shuttle, airport shuttles, airport run
pickup, cabbie, taxi service, taxi stand, indrive, yego, safeboda, nduthi, motorcycle taxi, pikipiki, bajaj
bajaji, minicab, hotel shuttle, hotel transfer, hotel transfers, airport lift, airport transport
airport collection, carpool, ride hailing, ride home, lift home, seven seater, people carrier
send a driver, organise a car, hotel car
motorbike, motorcycle, motorbike ride
"""
