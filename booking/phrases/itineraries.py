"""Whole trips: example phrases, written by hand; holes are parameter names. A line with commas lists
names that say by themselves what is wanted."""

PHRASES = """
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
{nights} nights in {destination} for {travelers} with {budget} each
{nights} nights in {destination} for {travelers} {budget} each
{nights} nights in {destination} {budget} per person
{nights} nights in {destination} from {departure_date} for {travelers} {budget} per head
{days} days and {nights} nights in {destination}
{destination} {days} days
{destination} {days} days arriving {departure_date}
{destination} {days} days arrive {departure_date} we love nature
{days} days in {destination} arriving {departure_date}
what should we do with a weekend in {destination}
what to do with {days} days in {destination}
what should we do with 48 hours in {destination}
see {destination} in {days} days
seeing {destination} in {days} days
{destination} {days} days {travelers} people
{destination} {days} days for {travelers} from {departure_date}
{destination} for {days} days
{destination} for {days} days with {budget}
{days} days {destination} under {budget}
{destination} from {departure_date} to {return_date} for {travelers} with {budget} each
{days} days around {destination}
{days} day tour of {destination}
we have {days} days
we have {days} days and {budget}
i have {days} days off
i have {days} days off and want to see {destination}
i have {days} free days in {departure_date}
we are going to {destination} for {days} days
i am going to {destination} for {days} days
i will be in {destination} for {days} days
we are thinking of {destination} for {days} days
we are thinking about {days} days in {destination}
thinking {destination} {days} days
we want to do {destination} for {days} days
take my family to {destination} for {days} days
take my mother to {destination} for {days} days
visit {destination} for {days} days with friends
spend {days} days in {destination}
spend a weekend in {destination}
we want to visit {destination} for {days} days
i would love a week in {destination}
a weekend away in {destination}
a weekend in {destination} hiking and good food
a long weekend in {destination} for {travelers}
plan me a long weekend in {destination}
a trip to {destination} for {travelers} people
a trip to {destination} for {days} days
a trip to {destination} this weekend {budget} each
trip to {destination} for {travelers} {budget} per person
a {days} day trip around {destination}
a {days} day trip round {destination}
what could {days} days in {destination} look like
what would {days} days in {destination} look like
suggest a {days} day trip
suggest a trip for {travelers}
suggest a plan for {days} days
put something together for {days} days
put something together for us
put a trip together
draw up a plan
draw up a plan for our trip
come up with a plan
come up with a trip for {travelers}
write us a plan for each day
a plan for each day
a route for {days} days
a nice route for each day in {destination}
what should we do each day
a programme for {days} days in {destination}
a schedule for {days} days in {destination}
a safari in {destination} for {days} days
build us a holiday in {destination} for {nights} nights
a holiday in {destination} for {nights} nights for {travelers}
a holiday for {travelers} from {departure_date}
holiday in {destination} {nights} nights {travelers} people
book us a whole trip to {destination}
arrange everything for our trip to {destination}
sort out a trip to {destination} for us
design a trip to {destination}
help us with a trip to {destination} for {days} days
we need a trip plan
we need a plan for {destination}
plan everything for {travelers} people
i want to travel to {destination} for {days} days with a budget of {budget}
our budget is {budget} each for {days} days in {destination}
max {budget} per person for {days} days
{days} days of sun and beach
{days} days of hiking near {destination}
ideas for a weekend in {destination}
ideas for a long weekend in {destination} with the kids
turn {days} days in {destination} into a plan
turn our {days} days in {destination} into a trip
sort everything
sort everything out for {destination}
arrange everything
map out {days} days in {destination}
let us go to {destination} for {days} days
see as much of {destination} as possible in {days} days
see as much as possible in {days} days
we have {budget} for a weekend in {destination}
{budget} for a romantic weekend in {destination}
itinerary, itineraries, trip, vacation, holiday, trip plan, travel plan, holiday plan, day by day, honeymoon
long weekend, weekend away, weekend trip, city break, road trip, backpacking, team retreat, family trip, group trip
day itinerary, plan trip, plan a trip, plan my trip, plan our trip, plan holiday, travel schedule, babymoon
staycation, likizo
stag weekend, hen weekend, company outing, team building, group holiday, family holiday, beach holiday
safari holiday, weekend plan, weekend getaway, plan for the weekend, agenda, travel agenda, multi day, two day trip
round trip tour, dream holiday, summer holiday, winter holiday, half term, spring break, gap year, sabbatical
anniversary trip, birthday trip, trip of a lifetime, tour package, package, holiday package, safari package
honeymoon package, package deal, getaway, solo trip, vacations, short break, mini break, city trip, first timer
complete plan, realistic plan, full plan, detailed plan, trip itinerary, sample itinerary, stay and activities
"""
