"""Events: example phrases, written by hand; holes are parameter names. A line with commas lists
names that say by themselves what is wanted."""

PHRASES = """
i am bored
i feel bored
events
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
what is going down in {location}
what is popping in {location} {date}
what is cooking in {location} {date}
anything fun going down {date}
who is performing in {location} {date}
who is performing at the club {date}
who is singing in {location}
is anyone performing {date}
is the band playing near {location}
catch a live band {date}
watch a match in {location}
watch football in {location}
see a football match
take the kids to the circus
something cultural {date}
a poetry evening in {location}
a party for new year in {location}
parties in {location} {date}
i want to party {date}
where is the party {date}
where can we dance in {location}
where can i watch the game
tickets for the rugby
tickets for the play {date}
how much are tickets for the festival
what plays are on in {location}
{travelers} passes for the marathon
{travelers} passes for the festival
event, events, concert, concerts, gig, gigs, festival, festivals, live band, live music, band, comedy
comedian, stand up, standup, theatre, theater, opera, ballet, musical, circus, magic performance, match
football match, derby, football, soccer, rugby, basketball, baseball, cricket, hockey, tennis match
tournament, race, rally, marathon, exhibition, exhibitions, expo, trade fair, conference, parade
carnival, nightlife, clubbing, nightclub, dj, jazz, reggae, hip hop, poetry, spoken word, open mic
karaoke night, film screening, premiere, ballgame, fashion show, fashion performance, church service, choir
orchestra, symphony, performance, performing, gala, rave, happenings
what is on, fixture, boxing, wrestling, mma, grand prix, formula one, game night, quiz night, art opening
book launch, street party, fireworks, tamasha
entertainment, night out, nights out, live show, live shows, live act, live performance, cabaret, burlesque
drag show, improv, improv night, stand up night, comedy club, musicals, plays, matinee, broadway show, west end
recital, choir concert, carol concert, carol service, gospel concert, gospel music, afrobeats, amapiano, bongo
benga, rhumba, rumba, salsa night, dance night, dance nights, techno, house music, edm, punk, metal concert
rock band, rock bands, jazz night, jazz club, blues night, folk music, classical music, chamber music, dj set
dj events, club night, club nights, silent disco, disco, beach party, boat party, pool party, house party
foam party, beer festival, oktoberfest, food festival, film festival, wine festival, book festival
literary festival, music festival, light festival, cultural night, night market, christmas market, pop up market
auction, car show, motor show, air show, boat show, tech conference, summit, seminar, hackathon, meetup
networking event, job fair, career fair, charity run, fun run, half marathon, triathlon, cycling race, regatta
horse race, horse racing, polo match, rodeo, wrestling show, ufc, title fight, world cup, champions league
premier league, afcon, six nations, sevens, super bowl, nba, nfl, nhl, mlb, formula 1, f1, motogp, rallycross
home game, away game, cup final, friendly match, play off, kick off time, who is playing, playing live, perform live
see live, live gig, world tour, tour dates, ticket price, art show, art fair, photo exhibition, open day
story night, poetry slam, film night, movie night, outdoor cinema, cinema, movie screening, movies, film showing
puppet show, ice show, magic show, light show, drum circle, festivities, celebrations, new year party
halloween party, christmas party, street festival, mardi gras, pride parade, bonfire
headlining, headliner, headliners, line up, lineup, line-up, support act, nightlife, night life
dinner theatre, live performances, concert tickets, match tickets, festival tickets, theatre tickets
groove, grooves, koroga, safari rally, rhino charge, netball, volleyball, athletics, golf tournament, box office
drama festival, comedy night, comedy show, comedy nights, book fair, craft fair, craft fairs, agricultural show
trade show, street parade, fashion week, pageant, crusade, worship night, trivia night, pub quiz
festival passes, lion king, match day, karaoke, live jazz, live reggae
"""
