"""Places to eat: example phrases, written by hand; holes are parameter names. A line with commas lists
names that say by themselves what is wanted."""

PHRASES = """
i feel hungry
hungry
restaurants
in the mood for mexican
in the mood for seafood
a place with outdoor seating
vegetarian options
places that serve breakfast
cheap eats in {location}
an izakaya
help me with a restaurant reservation
make a reservation at 7 pm
make a reservation at 8 in the evening {date}
make a reservation for 7 pm {date}
make a reservation for {travelers} people at 1 pm
make a reservation at Lotus Garden for {travelers} people
make a reservation for {travelers} people on {date}
make a reservation on {date} for {travelers} people
make a reservation for {date} at 8 pm
make a reservation at The Talisman on {date}
reserve a table at 7 pm
is there a reservation available at Talisman {date}
what reservations are available for {travelers} people
book a reservation for {travelers} at Talisman
book a table for half past 7
craving sushi
craving some noodles
i feel like having a burger
i want to try Ethiopian food
a nice cafe
a cafe near here
a good cafe in {location}
a bar with live music
a pub in {location}
a rooftop bar in {location}
a bakery in {location}
a food court
a buffet in {location}
a grill
tapas bar
halal food in {location}
samosas in {location}
biryani in {location}
pilau in {location}
fish and chips
tilapia in {location}
ice cream in {location}
japanese restaurant
korean food
thai food
french restaurant in {location}
greek food
lebanese food
american food
a sandwich place
steak in {location}
tacos
dim sum
a wine bar
brunch place
book dinner for {travelers} {date}
book lunch for {travelers}
a spot for dinner
dine out {date}
a place to dine
asian fusion
make a reservation at Talisman for {travelers}
book a table at Java House
reserve a table at Mama Oliech
a reservation at Carnivore on {date}
place a restaurant reservation
a nice restaurant
restaurant reservation
what can i have for breakfast
fusion food
not very costly
get some grub
find a table for {travelers} in {location}
i need a table for {travelers} on {date}
i need a reservation for {travelers} people at a restaurant
make a reservation for lunch
make a reservation for dinner at
make a reservation for {travelers} at
reserve a table for {travelers} people {date}
a restaurant to eat at
find a restaurant in {location}
restaurants in {location}
a restaurant not too far from {location}
lunch not far from {location}
find me a restaurant
good restaurants in {location}
best restaurants near {location}
a restaurant for {travelers} people
reserve a table for {travelers}
book a table for {travelers} on {date}
book a table
reserve a table at a restaurant
a table for {travelers} at {location}
table for {travelers} {date}
make a restaurant reservation
make a reservation at a restaurant for {travelers}
make a reservation for {travelers} people
make a reservation for {travelers} in {location}
make a dinner reservation
make a lunch reservation for {travelers}
make a reservation
make reservations
reservations in {location}
get a reservation in {location}
book a spot at a restaurant
a dinner reservation on {date}
find a place to eat
find a place to eat in {location}
places to eat in {location}
find somewhere to eat
somewhere to eat in {location}
somewhere nice to eat
where can we eat in {location}
where can i get dinner in {location}
where should we eat
where should we have lunch in {location}
something to eat
find something to eat
find food in {location}
good food in {location}
places with good food
i want to eat
i want to eat out
i want to go eat
i want to go out to eat
i want to go out for dinner
we want to have dinner in {location}
we want to have lunch
take a friend out for dinner
meet for lunch and need a place
i am hungry and want to eat
i am hungry find me something
i am starving
i am hungry
grab a bite in {location}
grab something to eat
a quick meal
a good meal
have a meal and a drink
i want some chinese food
i feel like eating indian food
i want thai cuisine
italian restaurant in {location}
indian restaurants in {location}
mexican food in {location}
swahili food in {location}
ethiopian restaurant in {location}
vegetarian restaurants
vegan food
seafood in {location}
seafood restaurant
sushi place
ramen place
pizza place in {location}
pizza near {location}
burger joint
a steak house
nyama choma in {location}
where can i get nyama choma in {location}
kuku choma joint
barbecue place
pasta restaurant
curry house
fast food
a diner in {location}
a cafe in {location}
a coffee shop
a bistro
an eatery in {location}
eateries with live music
eating places
dining in {location}
fine dining in {location}
a dining place
a moderately priced restaurant
an inexpensive restaurant
a cheap place to eat
an expensive restaurant
restaurants that serve alcohol
a bar and grill in {location}
breakfast in {location}
brunch in {location} {date}
lunch in {location}
dinner in {location} {date}
a place for dinner
a place for lunch
a place for breakfast
a cuisine
a restaurant with outdoor seating
good coffee in {location}
where is good coffee in {location}
where do locals eat in {location}
where do people eat in {location}
where is the best food in {location}
the best food in {location}
a kid friendly restaurant in {location}
a kid friendly pizza place
a quiet place for dinner in {location}
somewhere quiet for dinner
any place open late for food
anywhere open for food in {location}
i fancy sushi
i fancy a curry
i would kill for a burger
i could eat a steak
eat fish in {location}
fresh fish in {location}
drinks and dinner in {location}
drinks in {location} {date}
a bar in {location}
a bite to eat in {location}
lunch spots in {location}
breakfast spots in {location}
a dinner spot in {location}
a snack in {location}
a table in {location} {date}
a table for {travelers} {date}
which restaurants are open in {location}
which restaurants are safe for allergies
is there anywhere to eat near {location}
what can we eat in {location}
something spicy in {location}
what food is {location} famous for
what food is {location} known for
where can i get breakfast before work in {location}
i could eat a horse
restaurant, restaurants, eatery, eateries, cafe, coffee shop, bistro, diner, pizzeria, steakhouse, steak house
table for, table at, table available, tables available, free table, free tables
italian, ethiopian, chinese, thai, mexican, japanese, korean, vietnamese, lebanese, peruvian, brazilian, argentinian
moroccan, indonesian, malaysian, persian, eritrean, somali, cajun, creole, latin american, cantonese, punjabi, gujarati
middle eastern, asian fusion, indian, turkish, greek, syrian, filipino, georgian food, west african food, tex mex
latin american food, caribbean food, wine, wines, indulgent meal, a meal, nice meal
curry house, food court, bakery, patisserie, ice cream, gelato, tapas, buffet, brunch, lunch, dinner, supper
breakfast, meals, eat out, dine, dining, street food, cuisine, sushi, ramen, pizza, burger, burgers, tacos
steak, curry, noodles, pasta, biryani, pilau, nyama choma, choma, ugali, samosa, seafood, fish and chips
barbecue, bbq, grill, kebab, shawarma, falafel, dim sum, vegan, vegetarian, halal, kosher, gluten free, hungry
starving, famished, peckish, table for, book table, reserve table, rooftop bar, wine bar, cocktails, grub
chow, takeaway, take away, takeout, nut allergy, michelin, dessert, chakula, mkahawa, njaa, tea house
coffee, fish restaurant, good food, vegans, pizzerias
oysters, lobster, prawns, shrimp, crab, calamari, octopus, tilapia, salmon, mbuzi, mbuzi choma, kuku choma
chicken wings, fried chicken, roast chicken, grilled fish, fried fish, goat meat, chapati, mandazi, mutura, githeri
matoke, pizzas, lasagna, risotto, gnocchi, paella, croissant, pancakes, waffles, bagels, sandwiches, sandwich, wraps
burrito, burritos, nachos, enchiladas, quesadilla, pho, pad thai, tikka, masala, naan, tandoori, dosa, thali
curries, dumplings, peking duck, poke bowl, bento, tempura, udon, teppanyaki, injera, jollof, fufu, suya, couscous
tagine, hummus, meze, gyros, souvlaki, moussaka, schnitzel, bratwurst, fondue, raclette, crepes, cheesecake
cupcakes, doughnuts, pastries, desserts, smoothies, milkshake, juice bar, cocktail, cocktail bar, craft beer
beer garden, brewery, sundowners, sundowner, happy hour, high tea, afternoon tea, wine list, espresso, cappuccino
food truck, food stall, hawker, canteen, gastropub, trattoria, brasserie, teahouse, bakeries, buffets, sunday roast
dairy free, lactose, pescatarian, allergy, allergies, menu, menus, tasting menu, fine dining, white wine, red wine
italian food, indian food, chinese food, ethiopian food, swahili food, thai food, mexican food, japanese food
lunchtime, dinnertime, midnight snack, feed us, feed me, ethiopian place, indian place, italian place, chinese place
thai place, mexican place, korean place, lunch place, dinner place, brunch place, cafes, bars, pubs, bistros, diners
rooftop restaurant, dinner reservation, lunch reservation, table reservation
eat fish, eat out, eat lunch, eat dinner, eat something, eat good food, fish place, eat there
ribs, spare ribs, beer, beers, fries, chips and chicken, spaghetti, lasagne, cake shop, donuts, omelette, salad
salads, soup, bhajia, chapatis, biriani, sukuma wiki, mukimo, doro wat, kitfo, roast meat, omena
seafood platter, hot pot, korean barbecue, braai, grill house, a la carte, set menu, food joint, food joints
sports bar, tea room, tearoom, coffee house, latte, munchies, vegetarian food, vegan food
vegan restaurant, java house, java, artcaffe, art caffe, kfc, chicken inn, pizza inn, mcdonalds, burger king
starbucks, nandos, galitos, pizza hut, dominos, michelin, sit down meal, eating places
quick bite, rooftop dining
sea food, date night, business lunch, somali food, turkish food, greek food, spanish food, lebanese food, korean food
"""
