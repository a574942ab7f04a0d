"""Buses and trains: example phrases, written by hand; holes are parameter names. A line with commas lists
names that say by themselves what is wanted."""

PHRASES = """
buses
a direct bus to {destination}
a bus with room for luggage
additional luggage on the bus
make a bus reservation
make a reservation for the bus
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
is it possible to go by train to {destination}
is it possible to get to {destination} by bus
the last bus out of {origin}
the first train out of {origin} {departure_date}
a train between {origin} and {destination}
buses between {origin} and {destination}
which sacco goes to {destination}
which matatu goes to {destination} from {origin}
how long does the bus to {destination} take
how long is the train ride to {destination}
are the buses to {destination} running {departure_date}
do buses go to {destination}
i would rather take the train
we prefer the train
i am scared of flying find me a train
cheapest road transport to {destination}
{travelers} on the overnight bus to {destination}
{travelers} on the train to {destination} {departure_date}
{travelers} places on the bus to {destination}
{travelers} places on the shuttle to {destination} {departure_date}
sgr first class to {destination}
a first class seat on the train to {destination}
i need to be at {destination} by bus
{travelers} berths on the train to {destination}
{travelers} berths on the sleeper train
bus, buses, coach, coaches, minibus, shuttle, matatu, matatus, train, trains, railway, rail, sgr
sleeper train, bus ticket, train ticket, coach ticket, bus station, bus stop, bus fare, by road, by bus
by train, by rail, sacco, express train, bus company, road transport, intercity, ferry, basi, treni, reli
greyhound, flixbus
bus seats, bus tickets, train tickets, train seats, train times, train timetable, bus timetable, timetable for buses
by coach, by matatu, overland, night train, high speed train, eurostar, tgv, amtrak, intercity train, metro, tram
subway, express bus, night bus, shuttle bus, mini bus, coach hire, bus hire, bus lines, bus route, bus routes
stage for buses, public transport, public transportation, easy coach, modern coast, guardian bus, mash poa
dreamline, tahmeed, sleeper bus, railway station, train station, platform, ferries, long distance bus
matatu fare, train fare, nganya, madaraka express, standard gauge
bus ride, bus rides, train ride, train journey, bus journey, bus trip, train trip
window seat, aisle seat, simba coach, simba coaches, mololine, ena coach, tawakal, bus operator, commuter train
megabus, national express, trenitalia, shinkansen, bullet train, light rail, ferry crossing, psv, probox
bus stage, shuttle bus
first class, second class
ground transport, land transport
"""
