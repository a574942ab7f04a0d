"""Searching for what trips are made of: the Capabilities that look, and the buttons under their answers."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Annotated, Any, Literal

from booking.answers import Answered, first_by, notes, ordered, plain_rank, why_none
from booking.cards import Shown, as_data, list_card, offer_card
from booking.inventory import Inventory
from booking.offers import Offer, OfferKind
from booking.phrases import PHRASES
from booking.ports import Rank, SoldOut, TooFew
from booking.queries import Leg, Queries, Query
from booking.texts import say
from bot.arguments import typed
from bot.capability import Amount, Count, Day, Slot, Text, capabilities_of, capability
from bot.content import Draft, Press
from bot.errors import AskAgain, Explain
from bot.gazetteer import Gazetteer
from bot.minds import LastCall
from bot.ports import Ask, Reply
from bot.texts import say as core

_SHOWN = 5
_SHOWN_BOTH_WAYS = 3
_EVENT_DAYS = 7
_WEATHER_DAYS = 4
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_DETAILS = (
    "tell me more about {offer}",
    "show me the details of {offer}",
    "more about {offer}",
    "what is {offer} like",
    "details of {offer}",
)

_MORE = (
    "show more", "show me more", "show us more", "more please", "show me the others", "show us the others",
    "more options", "any other options", "other options", "are there more", "are there any others", "the next ones",
    "show me some more", "show me other ones",
)  # fmt: skip

From = Annotated[str, Slot("location", core("ask_origin"))]
To = Annotated[str, Slot("location", core("ask_destination"))]
In = Annotated[str, Slot("location", core("ask_location"))]
Leaving = Annotated[date, Slot("date", core("ask_departure_date"))]
Arriving = Annotated[date, Slot("date", core("ask_check_in_date"))]

Last = Callable[[str], Awaitable[LastCall | None]]
Order = Literal["best", "cheap", "early", "late", "nearest_first", "rated_first", "fastest_first"]
Cuisine = Literal[
    "local", "street_food", "seafood", "grill", "italian", "indian", "chinese", "japanese", "mexican", "ethiopian",
    "lebanese", "thai", "vegetarian", "cafe", "breakfast", "fine_dining", "bar",
]  # fmt: skip


class Pages:
    """What is shown of each leg now and was shown before, numbered through in that order."""

    def __init__(self, legs: Sequence[tuple[Offer, ...]], skip: int) -> None:
        self.most = _SHOWN if len(legs) == 1 else _SHOWN_BOTH_WAYS
        self.skip = skip // self.most * self.most
        starts = range(0, self.skip + 1, self.most)
        self.seen = [offer for start in starts for offers in legs for offer in offers[start : start + self.most]]

    def now(self, offers: Sequence[Offer]) -> tuple[int, tuple[Offer, ...]]:
        """The number of the first offer of a leg on this page, and the page."""
        page = tuple(offers[self.skip : self.skip + self.most])
        return (self.seen.index(page[0]) + 1 if page else 0), page


class SearchService:
    """Answers searches in the order that the asker's persona likes.

    `last`: what was last done in a Thread, so that "the second one" has a meaning.
    """

    def __init__(self, inventory: Inventory, atlas: Gazetteer, last: Last, rank: Rank = plain_rank) -> None:
        self._inventory = inventory
        self._last = last
        self._rank = rank
        ask_for = Queries(atlas)
        self._queries: dict[str, Callable[..., Query]] = {
            "search_flights": ask_for.flights,
            "search_hotels": ask_for.hotels,
            "search_buses": ask_for.buses,
            "search_transfers": ask_for.transfers,
            "search_events": partial(ask_for.local, kind=OfferKind.EVENT, days=_EVENT_DAYS),
            "search_activities": partial(ask_for.local, kind=OfferKind.ACTIVITY),
            "search_restaurants": partial(ask_for.local, kind=OfferKind.RESTAURANT),
            "get_weather": partial(ask_for.local, kind=OfferKind.WEATHER, days=_WEATHER_DAYS),
        }
        self._declared = {c.name: c for c in capabilities_of(self)}

    @capability("Find flights", command="flights", slow=True, phrases=PHRASES["search_flights"])
    async def search_flights(
        self, ask: Ask, *, origin: From, destination: To, departure_date: Leaving,
        return_date: Day | None = None, travelers: Count = 1, budget: Amount | None = None,
        order: Order = "best",
    ) -> Reply:  # fmt: skip
        """Flights there and, with a return date, back; `budget` is the most for one person and way."""
        return await self._search(
            ask, "search_flights", origin=origin, destination=destination, departure_date=departure_date,
            return_date=return_date, travelers=travelers, budget=budget, order=order,
        )  # fmt: skip

    @capability("Find hotels", command="hotels", slow=True, phrases=PHRASES["search_hotels"])
    async def search_hotels(
        self, ask: Ask, *, location: In, check_in_date: Arriving, check_out_date: Day | None = None,
        nights: Count | None = None, rooms: Count | None = None, travelers: Count = 1, budget: Amount | None = None,
        order: Order = "best",
    ) -> Reply:  # fmt: skip
        """Places to stay; `budget` is the most for one room and night."""
        return await self._search(
            ask, "search_hotels", location=location, check_in_date=check_in_date, check_out_date=check_out_date,
            nights=nights, rooms=rooms, travelers=travelers, budget=budget, order=order,
        )  # fmt: skip

    @capability("Find coaches between towns", command="buses", slow=True, phrases=PHRASES["search_buses"])
    async def search_buses(
        self, ask: Ask, *, origin: From, destination: To, departure_date: Leaving, travelers: Count = 1,
        order: Order = "best",
    ) -> Reply:  # fmt: skip
        """Coaches one way."""
        return await self._search(
            ask, "search_buses", origin=origin, destination=destination, departure_date=departure_date,
            travelers=travelers, order=order,
        )  # fmt: skip

    @capability("Find a ride", command="transfer", slow=True, phrases=PHRASES["search_transfers"])
    async def search_transfers(
        self, ask: Ask, *, destination: To, origin: From | None = None, date: Day | None = None, travelers: Count = 1,
        order: Order = "best",
    ) -> Reply:  # fmt: skip
        """Rides from an airport, across a town or to the next one."""
        return await self._search(
            ask, "search_transfers", destination=destination, origin=origin, date=date, travelers=travelers,
            order=order,
        )  # fmt: skip

    @capability("Find events", command="events", slow=True, phrases=PHRASES["search_events"])
    async def search_events(
        self, ask: Ask, *, location: In, date: Day | None = None, tastes: Text | None = None, travelers: Count = 1,
        order: Order = "best",
    ) -> Reply:  # fmt: skip
        """What happens on a day, or in the week from today; `tastes` narrows it."""
        return await self._search(
            ask, "search_events", location=location, date=date, tastes=tastes, travelers=travelers, order=order
        )  # fmt: skip

    @capability("Find things to do", command="activities", slow=True, phrases=PHRASES["search_activities"])
    async def search_activities(
        self, ask: Ask, *, location: In, date: Day | None = None, tastes: Text | None = None, travelers: Count = 1,
        order: Order = "best",
    ) -> Reply:  # fmt: skip
        """Things to do on a day (today unless said); `tastes` narrows them, such as "beach, museum"."""
        return await self._search(
            ask, "search_activities", location=location, date=date, tastes=tastes, travelers=travelers, order=order
        )  # fmt: skip

    @capability("Find restaurants", command="restaurants", slow=True, phrases=PHRASES["search_restaurants"])
    async def search_restaurants(
        self, ask: Ask, *, location: In, date: Day | None = None, cuisine: Cuisine | None = None,
        travelers: Count = 1, order: Order = "best",
    ) -> Reply:  # fmt: skip
        """Where to eat on a day (today unless said)."""
        return await self._search(
            ask, "search_restaurants", location=location, date=date, cuisine=cuisine, travelers=travelers, order=order
        )  # fmt: skip

    @capability("See the weather", command="weather", slow=True, phrases=PHRASES["get_weather"])
    async def get_weather(self, ask: Ask, *, location: In, date: Day | None = None) -> Reply:
        """The forecast of a day, or of the next days; what is usual when it is far away."""
        return await self._search(ask, "get_weather", location=location, date=date)

    @capability("Show an offer in detail", slow=True, phrases=_DETAILS)
    async def show_offer(self, ask: Ask, *, offer: Text) -> Reply:
        """One offer as it stands now; `offer` is its reference or its number in the last list."""
        found = await self._offer(ask, offer)
        return Reply(drafts=(offer_card(found),), data=await self._about(ask, found), why="asked the supplier again")

    @capability("Ask a supplier for the price again", slow=True, hidden=True)
    async def recheck_price(self, ask: Ask, *, offer: Text, was: Amount) -> Reply:
        """Whether an offer still costs what it did."""
        found = await self._offer(ask, offer)
        key = "same_price" if found.price == was else "new_price" if found.price else "no_price"
        draft = offer_card(found)
        text = say(key, title=found.title, price=found.price, was=was)
        return Reply(drafts=(Draft(text=text), draft), data={**await self._about(ask, found), "answer": text})

    @capability("Show more of a search", slow=True, hidden=True)
    async def search_again(self, ask: Ask, *, intent: Text, slots: Text, skip: Count = 0) -> Reply:
        """The same search once more; `slots` is JSON, `skip` how many were shown already."""
        declared = self._declared.get(intent)
        if declared is None or intent not in self._queries:
            raise AskAgain("intent", say("which_offer"))
        return await self._search(ask, intent, skip=max(0, skip), **typed(declared, json.loads(slots)))

    @capability("Show more of the last search", slow=True, phrases=_MORE)
    async def show_more(self, ask: Ask) -> Reply:
        """The offers of the last search that were not shown yet."""
        last = await self._last(ask.thread.id)
        if last is None or last.intent not in self._queries:
            raise Explain(say("nothing_searched"))
        slots = json.dumps(last.slots)
        reply: Reply = await self.search_again(ask, intent=last.intent, slots=slots, skip=len(last.offers))
        return reply

    @capability("Show the last search again in the order of who is active now", hidden=True)
    async def rank_again(self, ask: Ask) -> Reply:
        """The last search of the Thread as the asker's persona of now likes it; nothing if there was none.

        For the Job that a switch starts, never for a button: it is not slow only so that it announces nothing."""
        last = await self._last(ask.thread.id)
        if last is None or last.intent not in self._queries:
            return Reply(why="nothing was searched yet")
        reply: Reply = await self.search_again(ask, intent=last.intent, slots=json.dumps(last.slots))
        return reply

    async def _search(self, ask: Ask, intent: str, *, skip: int = 0, order: str = "best", **given: Any) -> Reply:
        said = {name: value for name, value in given.items() if value is not None}
        query = self._queries[intent](ask, **said)
        slots = query.slots | ({"order": order} if order != "best" else {})
        answers = await asyncio.gather(*(self._leg(ask, query, leg, order) for leg in query.legs))
        pages = Pages([answer.offers for answer in answers], skip)
        drafts = tuple(self._draft(ask, query, answer, pages, order) for answer in answers)
        data: dict[str, Any] = {"intent": intent, "slots": slots, "offers": as_data(pages.seen)}
        cannot = [why_none(query, answer) for answer in answers if not answer.offers]
        if cannot:
            data["cannot"] = cannot
        return Reply(drafts=drafts, data=data, why=f"{len(pages.seen)} offers shown")

    async def _leg(self, ask: Ask, query: Query, leg: Leg, order: str) -> Answered:
        founds = await asyncio.gather(*(self._inventory.search(wish) for wish in leg.wishes))
        offers = ordered(query, founds, self._rank, ask.persona, order)
        return Answered(leg=leg, offers=tuple(offers), founds=tuple(founds))

    def _draft(self, ask: Ask, query: Query, answer: Answered, pages: Pages, order: str) -> Draft:
        also = notes(answer.founds, ask.now)
        first, page = pages.now(answer.offers)
        if not page:
            none = say("no_more", count=len(answer.offers)) if answer.offers else why_none(query, answer)
            return Draft(text="\n".join((none, *also)))
        shown = Shown(
            title=f"{say(f'what_{query.kind}').capitalize()} {answer.leg.where} {answer.leg.when}", offers=page,
            first=first, begin=pages.skip, of=len(answer.offers), notes=also,
            buttons=(*_buttons(query, pages.skip + pages.most, len(answer.offers), order), *_vote(ask, first, page)),
        )  # fmt: skip
        return list_card(shown)

    async def offer_of(self, ask: Ask, said: str) -> Offer:
        """The offer of a reference, or of its number in the last list, as it stands now. Explain if it is gone."""
        return await self._offer(ask, said)

    async def _offer(self, ask: Ask, said: str) -> Offer:
        ref = said if self._inventory.supplier(said) else await self._counted(ask, said)
        try:
            return await self._inventory.offer(ref)
        except TooFew as few:
            raise Explain(say("too_few", title=few.offer.title, left=few.offer.left, needs=few.offer.needs)) from few
        except SoldOut as gone:
            raise Explain(say("gone")) from gone

    async def _about(self, ask: Ask, offer: Offer) -> dict[str, Any]:
        """An offer as JSON, with the search it came from: the talk goes on about that."""
        about: dict[str, Any] = {"offer": as_data([offer])[0]}
        last = await self._last(ask.thread.id)
        if last is not None and last.offers:
            about |= {"intent": last.intent, "slots": last.slots, "offers": [{"ref": ref} for ref in last.offers]}
        return about

    async def _counted(self, ask: Ask, said: str) -> str:
        """The reference of "2", "the second one", "the last" or "the cheapest" in what was shown last."""
        last = await self._last(ask.thread.id)
        if last is not None and last.offers and (order := _superlative(said)):
            return await self._first_by(last.offers, order)
        number = _number(said)
        if last is None or number is None or not last.offers or number > len(last.offers):
            raise AskAgain("offer", say("which_offer"))
        return last.offers[number - 1]

    async def _first_by(self, refs: Sequence[str], order: str) -> str:
        """The reference of the offer that comes first in an order, of those that can still be had."""
        answers = await asyncio.gather(*map(self._inventory.offer, refs), return_exceptions=True)
        offers = [a for a in answers if isinstance(a, Offer)]
        if not offers:
            raise AskAgain("offer", say("which_offer"))
        return first_by(offers, order).ref


_SUPERLATIVES = {
    "cheap": "cheap", "cheapest": "cheap", "best": "rated_first", "early": "early", "earliest": "early",
    "late": "late", "latest": "late", "fast": "fastest_first", "fastest": "fastest_first",
    "quickest": "fastest_first", "shortest": "fastest_first",
}  # fmt: skip


def _superlative(said: str) -> str:
    """The order that "the cheapest one" means, "" if there is none."""
    words = re.findall(r"[a-z]+", said.casefold())
    return next((_SUPERLATIVES[word] for word in words if word in _SUPERLATIVES), "")


def _number(said: str) -> int | None:
    """1 for "1" or "the first one", 0 for "the last"; None if there is no such word."""
    words = re.findall(r"[a-z]+|\d+", said.casefold())
    for word in words:
        if word.isdigit() and 1 <= int(word) <= 99:
            return int(word)
        if word in _ORDINALS:
            return _ORDINALS.index(word) + 1
    return 0 if "last" in words else None


def _buttons(query: Query, shown: int, count: int, order: str) -> list[Press]:
    found = []
    if shown < count:
        found.append(Press(label=say("more"), call="search_again", args={**_again(query, order), "skip": shown}))
    if order != "cheap" and count > 1 and query.kind is not OfferKind.WEATHER:
        found.append(Press(label=say("cheaper"), call="search_again", args=_again(query, "cheap")))
    return found


def _vote(ask: Ask, first: int, page: Sequence[Offer]) -> Iterator[Press]:
    """Where several people can choose: put what this page numbers to a vote."""
    bookable = len(page) > 1 and page[0].kind is not OfferKind.WEATHER
    if bookable and not ask.private and len(ask.thread.present) > 1:
        numbers = " ".join(str(n) for n in range(first, first + len(page)))
        yield Press(label=say("vote"), call="poll", args={"options": numbers})


def _again(query: Query, order: str) -> dict[str, Any]:
    slots = query.slots | ({"order": order} if order != "best" else {})
    return {"intent": query.intent, "slots": json.dumps(slots, sort_keys=True)}
