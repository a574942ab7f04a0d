"""The weather: example phrases, written by hand; holes are parameter names. A line with commas lists
names that say by themselves what is wanted."""

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
what is the weather like
is there a storm or a typhoon in {location}
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
do we need jackets in {location}
will we need jackets {date}
will i need a jacket in {location} {date}
should i carry an umbrella to {location}
should we carry raincoats
should i pack a sweater
what should i pack for {location}
what should we wear in {location} {date}
is {date} the rainy season in {location}
is it the rainy season in {location}
when does it rain in {location}
when is it warmest in {location}
when is the best weather in {location}
how cold does it get in {location}
how cold does {location} get at night
how hot does it get in {location} in {date}
is the sea warm in {location}
will the sea be warm in {location} {date}
is the water warm enough to swim in {location}
hot or cold in {location} {date}
is it hot or cold in {location}
will it be warm {date}
will it be dry {date}
will it be clear {date}
will it be a clear night in {location}
will the sky be clear {date}
are clouds expected {date}
will it be wet {date}
is it wet in {location}
temp in {location} {date}
temperatures in {location} in {date}
how many degrees is it in {location}
how many degrees will it be {date}
are there storms coming
is a storm coming in {location}
any chance of snow in {location}
any rain in {location} {date}
any rain expected {date}
sunny in {location} {date}
rain in {location} {date}
sunshine in {location} {date}
weather update for {location}
is the sky clear in {location}
is it freezing in {location}
will it freeze {date}
how is the sky in {location} {date}
will the sun be out in {location} {date}
will the sun shine in {location} {date}
will the sun come out {date}
is it going to be nice in {location} {date}
will it be nice in {location} {date}
is it clear enough to see the mountain
is it clear enough to see {location}
are we going to get wet in {location} {date}
will we get wet {date}
how is it going to be outside in {location} {date}
how is it outside in {location}
what is it like outside in {location} {date}
weather, forecast, temperature, rain, raining, rainy, rainfall, rain season, rainy season, dry season, sunny
sunshine, sun shine, cloudy, wind, windy, storm, storms, stormy, thunderstorm, snow, snowing, snowy, fog
foggy, humid, humidity, chilly, degrees, celsius, fahrenheit, climate, umbrella, raincoat, sweater
warm clothes, heatwave, hurricane, cyclone, monsoon, drizzle, sunscreen, uv index, mvua, baridi, joto
hali ya hewa, sea temperature, hot or cold, what to wear, should wear, should pack
freeze, freezing, frost, frosty, colder, coldest, hotter, hottest, warmer, warmest, wetter, wettest, cooler, driest
too hot, too cold, so hot, so cold, hot enough, warm enough, muggy, damp, mist, misty, haze, hail, sleet, blizzard
ice storm, lightning, thunder, thunderstorms, showers, downpour, floods, flooding, typhoon, tornado, tropical storm
heat, heat wave, cold snap, gale, breeze, breezy, windier, overcast, clear skies, clear sky, cloudless
sunshine hours, sunrise time, sunset time, sun or rain, rain or sun, rain or shine, rains, rainwear, poncho
gumboots, wellies, warm jacket, thick jacket, thermals, mittens, gloves, scarf, snow boots, mosquito season
high tide, tide, tides, pollen, air quality, uv, long rains, short rains, weather forecast, weather report
cold season, hot season, cold month, hot month, pack clothes, what clothes, rain jacket, coldest month
hottest month, wettest month, weather wise, masika, vuli
clear night, clear nights, starry, clear weather, bad weather, good weather, nice weather
pouring, drizzly, scorching, sweltering, sunny spells, visibility, clear enough, weather warning, gusts, gusty
dew point, wet season, centigrade, thermometer, el nino, drought, dry spell, cold front, sandstorm, dust storm
icy, hailstorm, nippy, rough sea, rough seas, sea conditions, low tide, sun hat, sunblock, sun cream
beach weather, swimming weather, dry enough, cool enough, calm enough, sunny enough
boiling, too windy
get wet, get rained on, getting wet, kind of clothes, clothes for, which clothes
"""
