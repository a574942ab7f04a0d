"""Whole trips: example phrases, written by hand; holes are parameter names."""

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
"""
