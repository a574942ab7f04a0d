"""Flights: example phrases, written by hand; holes are parameter names. A line with commas lists
names that say by themselves what is wanted."""

PHRASES = """
flights
flights with checked bags
a flight with one checked bag
an evening flight
the outbound flight on {departure_date} and the inbound flight on {return_date}
refundable tickets
what time are the flights to {destination}
make a flight reservation
make a reservation for a round trip
make a reservation for a flight
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
what would it cost to fly to {destination} on {departure_date}
business class seats to {destination}
seats in business class from {origin} to {destination}
first class to {destination}
is there anything flying to {destination} {departure_date}
anything flying from {origin} to {destination}
fly my parents from {origin} to {destination}
fly us to {destination}
fly out of {origin} on {departure_date}
fly out on {departure_date} and come back on {return_date}
flying from {origin} on {departure_date} back on {return_date}
{travelers} of us flying from {origin}
get there by air from {origin}
travel to {destination} by plane
a seat on a plane to {destination}
are there seats left on planes to {destination}
when do planes leave {origin} for {destination}
what time do planes leave for {destination}
the next plane to {destination}
how early is the first flight to {destination}
a oneway to {destination} {departure_date}
oneway to {destination} whatever airline is cheapest
i prefer to fly
we would rather fly
sort out our flights to {destination}
the cheapest way to fly to {destination}
cheapest airline to {destination}
hop over to {destination} by plane
red eye from {origin} to {destination}
flights out of {origin}
flights out of {origin} to {destination}
a flight out of {origin} {departure_date}
get to {destination} by air
get us to {destination} by air {departure_date}
who flies to {destination}
who flies direct to {destination} from {origin}
a flight on to {destination}
i need to be in {destination} by {departure_date}
fly me to {destination}
leave {origin} for {destination} on {departure_date}
get back on {return_date}
i need to be at {destination} by plane
flight, airfare, air fare, plane, planes, aeroplane, airplane, aircraft, airline, airlines, air ticket
plane ticket, flight ticket, red eye, redeye, nonstop, non stop, layover, stopover, business class
first class, premium economy, fly, flying, flown, by air, by plane, fly out, fly back, fly home, fly direct
jet, connecting flight, direct flight, round trip ticket, return flight, one way flight, charter, ndege
airfares, air fares, air tickets, plane seats, seats on a plane, aeroplanes, airplanes, charter flight, private jet
domestic flight, international flight, overnight flight, morning flight, evening flight, late flight, early flight
last flight, first flight, next flight, flight home, flights home, fly us, fly me, fly my, fly there, fly to
fly from, in the air, airborne, layovers, stopovers, baggage allowance, checked bag, legroom, window seat
frequent flyer, ryanair, easyjet, emirates, lufthansa, jambojet, kenya airways, safarilink, airkenya, air france
klm, qatar, qatar airways, ethiopian airlines, british airways, delta airlines, far apart, flights out, airlines fly
fly in, flying in
promo fare, promo fares, cheap fare, cheap fares, plane fare, plane fares, air travel, airways, long haul
short haul, rwandair, etihad
skyward, precision air, turkish airlines, american airlines, air india, japan airlines
"""
