"""What friends say to one another and to nobody else: greetings, opinions, stories, jokes. Written by hand."""

LINES = """
I loved the beach last year
my flight was awful
who is bringing snacks?
did you see the game in Chicago?
good morning everyone
hey guys
how are you all doing?
lol that's hilarious
haha same here
thanks so much!
you're welcome
I miss you all
see you tomorrow
can you believe the weather yesterday?
the weather has been terrible here
it's raining in Nairobi again
I'm so tired today
what a lovely hotel that was
the food was amazing
my sister lives in Kisumu
I used to live in Mombasa
have you ever been to Lamu?
my boss wants me to work on Friday
I can't find my passport
I need to renew my passport
I have to pack tonight
don't forget your sunscreen
who has the keys?
did you book the flights already?
have you booked the hotel yet?
what time is your flight?
I landed an hour ago
we just got to the hotel
the bus was late again
matatus are crazy in this town
traffic on Thika Road was horrible
I hate flying
I love flying
she's afraid of flying
he missed his bus
they lost my luggage
remember that restaurant in Zanzibar?
that concert was so loud
I can't wait for the trip!
so excited for this holiday
I wish we could stay longer
this place is beautiful
nice photo!
where did you take that picture?
happy birthday Ana!
congratulations on the new job
I got a promotion
my cat is sick
the kids are driving me mad
dinner was delicious, thank you
I had pizza for lunch
I'm cooking ugali tonight
do you like sushi?
what's your favourite food?
I prefer trains to planes
planes make me nervous
I think the hotel is too expensive
that is too expensive for me
I don't like that hotel
no way, too far
sounds like a plan
works for me
me too
I agree with Ben
Ben is always late
Chi said she'll come later
Ana can't come on Friday
I'm free on Saturday
I'm busy next week
maybe in April
let me think about it
I'll ask my wife
my wife hates camping
we went camping in Naivasha in 2018
my parents are visiting from London
we stayed at a resort in Diani once
I saw lions in the Mara
the elephants were my favourite
never again lol
that was the best safari ever
you should have seen the sunset
I got sunburnt on the beach
the taxi driver was so funny
our cab broke down on the highway
he drives a taxi in Nairobi
my uncle runs a restaurant in Nakuru
she works at the airport
I left my phone on the bus
did anyone pack a charger?
who wants to share a room with me?
I snore, sorry
I'll bring the speakers
can you bring your camera?
can you send me the photos?
could you call me later?
will you be at work tomorrow?
are you coming on Saturday?
are we still meeting tonight?
is everyone okay?
is Ben awake?
where are you?
where is everybody?
what are you doing this weekend?
what did you do last night?
what happened to the car?
why are flights so expensive these days?
why is it always raining?
how was your flight?
how was the concert?
how is your mum?
how old is he now?
when did you arrive?
when are you coming back?
who won the match?
who is playing tonight, I forgot
Gor Mahia lost again
what a game!
that referee was terrible
I watched a movie about Paris
I read a book about trains
my dream is to see the Eiffel Tower
I'd love to visit Japan someday
one day I will go to Machu Picchu
I wish I was in Bali right now
my grandma was born in Mombasa
I grew up in Eldoret
I studied in Manchester
Manchester United were lucky
the New York Yankees are my team
I bought a new suitcase
I need a new suitcase
I need coffee
I need a nap
I want to sleep
I want to go home
I need a drink after that day
I need to talk to you
I want to cry
we need to talk
can we talk tomorrow?
let's talk later
let's not argue
let's get serious
give me a minute
hold on
wait for me
call me when you land
text me when you get to the hotel
tell your mum I said hi
show me your tattoo
look at this picture
check this out
get well soon
take care
good night all
sleep well
safe travels!
have a good flight
enjoy your trip
asante sana
sawa sawa
poa
karibu sana
habari ya asubuhi
ok
yes
no
maybe
hmm
???
👍👍
😂😂😂
I'm allergic to seafood
I'm vegetarian btw
I don't drink
I don't eat meat
I get seasick on boats
my budget is tight this month
I'm broke until payday
payday is on Friday
the rent is due tomorrow
electricity went off again
my laptop died
the meeting was moved to Thursday
I have a dentist appointment on Monday
my flight got cancelled
our flight was delayed by two hours
they overbooked the hotel
the airline lost my bag
the wifi at the hotel was useless
the pool was closed
the room smelled of fish
the driver overcharged us
we paid too much for that tour
that museum was boring
the market was crowded
I prefer the mountains
beaches are overrated
Mombasa is too hot for me
Nairobi is cold this week
it's so hot in here
I forgot my umbrella
rain ruined our picnic
Ana is funny
you two are the worst
stop it
this bot is funny
who made this bot?
what's up?
any news?
anyone awake?
anyone seen my sunglasses?
does anybody have a pen?
is that a joke?
are you serious?
morning team, how did everyone sleep?
did you guys eat already?
my sister just got engaged!
I finished the report at last
honestly the hotel breakfast was the best part
our guide in the Mara was hilarious
the SGR was so smooth last time
I took the night bus once, never again
buses to Kisumu always break down
my uncle drives a matatu
Ben hates the beach
I think we should ask Ana first
I'd rather go in April tbh
what do you all think?
that works for everyone?
who can drive?
can Ben drive?
I can drive if you want
I'll pay you back tomorrow
did you send me the money?
can you pay me back?
I owe you 500 bob
you owe me 2000 shillings
dinner is on me
lunch was so good
the chapati at that place was heavenly
let's just relax this weekend
let's sleep on it
we should hang out more often
we should totally do this again
I can't afford that
60k is a lot of money
it costs too much
flights got so expensive
fuel prices went up again
the airport was packed
security took two hours
my visa was approved!
I need to get my yellow fever shot
need to charge my phone
want some tea?
do you want to come over?
would you like some coffee?
would you rather be rich or famous?
are you joining us for the trip?
is your brother coming too?
is Chi still asleep?
what time did you wake up?
what time do you finish work?
what's the wifi password?
what's your number?
what's for dinner?
what's wrong with your phone?
where did you buy those shoes?
where's Ben?
when is your birthday?
when do you leave for uni?
how much did you pay for it?
how many kids do you have?
how tall is she?
how do you spell that?
why are you laughing?
why not
because I said so
if only
same lol
true that
exactly!
I know right
no idea
not sure yet
I doubt it
good point
fair enough
my bad
sorry I'm late
on my way
be there in 5
almost there
just parked
stuck in traffic on Mombasa Road
running late, start without me
I'm outside
open the door
bring a jacket, it's chilly
it's so sunny today
the rain won't stop
loved the sunset last night
the stars in Samburu are unreal
Diani is my happy place
Lamu is magical
Nairobi traffic is the worst
Kisumu has the best fish
Mombasa people are so friendly
I miss Zanzibar
take me back to Watamu
Arsenal lost again
did you watch the match?
the game starts at 9
Harambee Stars are playing tonight
who do you support?
I scored twice yesterday
she sings so well
that song is stuck in my head
his concert sold out in minutes
I've got a headache
I think I have a fever
drink more water
get some rest
thank you all for coming
it was great seeing you
can't believe it's March already
time flies
happy new year!
Eid Mubarak
Merry Christmas everyone
RIP
God bless
amen
🔥🔥🔥
hahahaha
brb
gtg, talk soon
ttyl
see you at the airport!
see you in Mombasa
meet me at the hotel lobby
I'm at the restaurant already
we're at the hotel
the room is huge
my room has a balcony
the view from my room is insane
the bus is here
the taxi is waiting
the driver says five minutes
our flight boards at 6
boarding now
landed safely
just checked in
we checked out at ten
the reception lost our booking
they gave us a refund
I left a review
five stars from me
I'd give it two stars
photos are in the album
check your email
I sent you the link
did you get my message?
read the rules first
"""

CHATTER = tuple(line for line in LINES.splitlines() if line)
