"""Things to see and do: example phrases, written by hand; holes are parameter names."""

PHRASES = """
attractions
some monuments
places of interest in {location}
points of interest in {location}
explore the city
i want to explore {location}
a playground in {location}
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
