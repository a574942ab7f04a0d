"""Things to see and do: example phrases, written by hand; holes are parameter names. A line with commas lists
names that say by themselves what is wanted."""

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
spiritual places in {location}
religious places to see
different places to visit
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
what would you recommend seeing in {location}
what do you recommend doing in {location}
what is worth doing in {location} if we have a day
what should we see in {location}
things to see in {location}
something to see
things to do in {location}
best things to do in {location}
what is there to do in {location}
what can we do in {location}
what can we do {date} in {location}
what can we do on {date} in {location}
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
how do people spend their time in {location}
how can we spend a day in {location}
how can we spend a {date} in {location}
what to see in {location}
what to see at {location}
what to see in {location} in one day
what is worth seeing in {location}
is the museum open {date}
is {location} open {date}
is {location} closed on {date}
opening hours of {location}
when does the museum open
what is {location} famous for
what is worth visiting in {location}
what else is there in {location}
what else is in {location}
is it worth visiting
what can we do with the kids in {location}
must see spots in {location}
must-see places in {location}
romantic places for a couple in {location}
fun places for kids in {location}
spots to visit in {location}
cool spots in {location}
the best sights of {location}
show us the sights of {location}
see elephants near {location}
see lions in {location}
see gorillas near {location}
learn to surf in {location}
surfing lessons in {location}
swimming lessons
a lesson in {location}
a class in {location}
a boat ride on the lake
arrange a boat ride for {travelers}
indoor activities in {location}
something indoors in {location}
something for the children in {location}
rafting near {location}
adventure in {location}
looking for adventure near {location}
free stuff to see in {location}
somewhere to go bowling in {location}
gallery or museum in {location}
play golf in {location}
a massage in {location}
visit the zoo in {location}
visit parks in {location}
visit a temple in {location}
where can we swim in {location}
where can i go running in {location}
where can we shop in {location}
we only have an afternoon in {location}
what can we visit near {location}
a boat to see dolphins in {location}
feed the animals in {location}
what do tourists visit in {location}
what do people visit in {location}
what should we see
activities {location} {date}
activities in {location} {date}
what can we do there
what can we see there
what is there to do in {location} when it rains
what is there to visit in {location}
what is there for tourists in {location}
what is there to see
how do i see animals near {location}
what can people do for fun in {location}
what can teenagers do in {location}
learn to cook local food in {location}
learn how to cook swahili food
learn how to surf in {location}
lessons for beginners in {location}
we are at {location} and bored
see how coffee is made in {location}
see how tea is grown near {location}
what is there for me in {location}
what is there for us in {location}
what does {location} have for history lovers
attraction, attractions, sight, sights, sightseeing, landmark, landmarks, museum
museums, gallery, art gallery, monument, monuments, castle, ruins, cathedral, temple, mosque, national park
game reserve, nature reserve, marine park, safari, game drive, bush walk, hike, hiking, trail, trails, trek
trekking, climbing, waterfall, waterfalls, viewpoint, cave, caves, snorkel, snorkelling, snorkeling, diving
scuba, surf, surfing, kitesurf, kitesurfing, kite surfing, rafting, kayak, kayaking, canoe, canoeing, bungee
zipline, zip line, ziplining, paragliding, skydiving, quad bike, quad biking, go kart, karting, bowling, ski
skiing, snowboarding, ice skating, yoga, spa, sauna, hot spring, hot springs, cooking class, pottery class
boat ride, boat trip, boat tour, bus tour, city tour, food tour, dhow trip, dhow, dhow cruise, cruise
balloon ride, air balloon, helicopter ride, camel ride, horse ride, horse riding, bike ride, bike tour
cycling, walking tour, guided tour, guided walk, tour, tours, tour guide, excursion, excursions, day trip
day trips, wine tasting, aquarium, water park, theme park, amusement park, playground, planetarium
botanical garden, orphanage, gorilla, gorillas, gorilla trekking, dolphins, whale watching, bird watching
birdwatching, souvenir, souvenirs, old town, thing to see, things to see
worth seeing, worth visiting, tourist spot, tourist site, tourist place, tourist places, places to go
fishing trip, sunset cruise, escape room, indoor activity, outdoor activity, see wildlife, wildlife
hippo, hippos, rhino, rhinos, elephant, elephants, lion, lions, leopard, cheetah, giraffes, zebra, zebras, crocodile
crocodiles, crocodile farm, snake park, snakes, monkeys, chimpanzees, chimps, flamingo, flamingos, birds, birding
turtle, turtles, whale, whales, whale shark, whale sharks, sharks, manta rays, dolphin, dolphin watching, penguins
wildebeest, big five, animal orphanage, elephant orphanage, butterfly farm, farm visit, tea farm, coffee farm
vineyard, winery, distillery tour, brewery tour, swim, swimming, swimming pool open to the public, tubing, jet ski
jet skiing, parasailing, paddle board, paddleboarding, wakeboarding, windsurfing, sailing, yacht, catamaran, fishing
deep sea fishing, sport fishing, speedboat, glass bottom boat, ferry ride, rowing, pedal boat, canyoning, abseiling
rock climbing, caving, mountain biking, biking, cycling tour, bike rental, segway, scooter tour, atv, off road
dune bashing, sandboarding, desert safari, night safari, walking safari, bush dinner, sunrise hike, day hike
nature walk, nature trail, canopy walk, treetop walk, picnic, picnic spot, camp fire, stargazing, sunrise
northern lights, snowshoeing, sledding, ice rink, skating, paintball, laser tag, archery, shooting range, hang gliding
trampoline park, arcade, mini golf, golfing, tennis court, horseback, pony ride, skydive, bungee jump, bungee jumping
microlight, helicopter tour, scenic flight, hop on hop off, sightseeing bus, free walking tour, guided tours
private guide, local guide, tour operator, half day tour, full day tour, historic sites, historical sites
heritage site, world heritage, unesco, ancient ruins, pyramids, tombs, fortress, fort jesus, lighthouse, observatory
tower, statue, memorial, cemetery, cathedrals, churches, temples, mosques, synagogue, shrine, shrines, monastery
palaces, castles, galleries, exhibits, science museum, science centre, aquariums, zoos, parks, gardens, arboretum
forest, rainforest, mangroves, crater, volcano, canyon, gorge, geyser, lagoon, reef, coral reef, islands, islets
beaches, best beach, sandbank, flea market, craft market, souk, bazaar, maasai market, street art, murals, art walk
photo tour, photography tour, craft workshop, workshop, pottery, painting class, dance class, dance lessons
salsa lessons, cooking lessons, surf lessons, ski lessons, diving course, padi, language class, meditation, pilates
hammam, thermal baths, wellness day, tourist trap, tourist traps, tourist attractions, hidden gems
off the beaten track, free day, kids activities, family activities, famous for, instagram spots, photo spots
playgrounds, soft play, funfair
performing arts venue, arts venue, sports venue, safaris, hot air balloon
walking trail, forest walk, glass bottom, dive centre, dive center, scuba diving, game viewing, rope course
ropes course, obstacle course, kart racing, paint ball, horse back riding, horseback riding, camel safari
elephant sanctuary, giraffe centre, snake farm, butterfly garden, safari park, game park, game parks
conservancy, sanctuary, public pool, swimming lessons, tennis lessons, golf lessons, golf course, golf courses
yoga class, art class, art classes, bomas, city walk, rent a bike, bike hire, bicycle hire
hire a bike, rent bikes, sea kayaking, stand up paddle, jet skis, water sports, watersports, water slides
waterpark, trampoline, bowling alley, roller skating, skate park, climbing wall, arcade games, massage, massages
spa treatment, facial, manicure, sights to see, place to visit, places to visit, places of interest, points of interest
scenic spots, picnic site, picnic sites, fun park, beach walk, sunbathing, ballooning, sky diving
language lessons, volunteering
learn to cook, learn how to cook, learn to surf, learn to dive, learn to swim, teach me to
indian ocean, entrance fee, entrance fees, entry fee, entry fees, park fees, admission, entrance
"""
