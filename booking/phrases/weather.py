"""The weather: example phrases, written by hand; holes are parameter names."""

PHRASES = """
weather
the weather
the weather there
and the weather there
how is the humidity in {location}
is snow expected in {location}
will it snow in {location} {date}
is there snow in {location}
is rain expected {date}
will it be windy {date}
how strong is the wind in {location}
will it be chilly {date}
is it chilly in {location}
will there be a storm {date}
will it be cloudy {date}
is it foggy in {location}
what should i wear in {location}
what should i wear {date}
what clothes should i pack for {location}
will the weather be nice {date}
i should know the weather first
help me with the weather
is the sun shining in {location}
will it be nice outside {date}
what is the climatic condition in {location}
the atmospheric conditions in {location}
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
