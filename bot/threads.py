"""Threads as people handle them: members, a second place by /link, the trip one speaks to, history, export."""

import secrets
from dataclasses import replace
from datetime import timedelta
from itertools import count

from bot.capability import Effect, Text, capability
from bot.clock import Clock
from bot.content import Card, Draft, Press
from bot.documents import Insert, Op, Replace
from bot.errors import AskAgain, Explain
from bot.history import History
from bot.invites import Invites
from bot.language import formed
from bot.members import followed, require_member, unfollowed, with_member, without_all_of
from bot.minds import Line
from bot.model import PLACES, THREADS, Entry, Member, Person, Place, Thread
from bot.people import People
from bot.places import Places, own_thread
from bot.ports import Ask, Reply, Store
from bot.texts import say
from bot.turn import Turn
from bot.zones import clock_of, zone_of

CODE_LIVES = timedelta(minutes=10)
_PAGE = 500
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


class Threads:
    """Capabilities about a Thread's people, Places and past."""

    def __init__(
        self, store: Store, clock: Clock, places: Places, people: People, history: History,
        invites: Invites | None = None,
    ) -> None:  # fmt: skip
        self._store, self._clock, self._places = store, clock, places
        self._people, self._history, self._invites = people, history, invites or Invites({})

    @capability(
        "Show who is here", command="members",
        phrases=("who is here", "who is in this trip", "show the members", "which personas are here"),
    )  # fmt: skip
    async def members(self, ask: Ask) -> Reply:
        people = [f"🧑 {m.name}" for m in ask.thread.present]
        seats = [f"✨ {s.name}{say('quiet_mark') if s.quiet else ''}" for s in ask.thread.seats]
        title = ask.thread.title or say("members_title")
        return Reply(drafts=(Draft(card=Card(title=title, lines=(*people, *seats))),))

    @capability("Let a second place join this trip", command="link", effect=Effect.CHANGE, phrases=("link this chat",))
    async def link(self, ask: Ask, *, code: Text = "") -> Reply:
        """Without a code: make one, for ten minutes. With one: this Place joins the Thread that made it."""
        if code.strip():
            return await self._join(ask, code.strip().upper())
        require_member(ask.thread, ask.person)
        made = "".join(secrets.choice(_LETTERS) for _ in range(8))
        lines = (say("link_code", code=made), *self._invites.lines(made))
        until = ask.now + CODE_LIVES
        if not ask.thread.private:
            thread = replace(ask.thread, link_code=made, link_until=until)
            return Reply(thread=thread, drafts=(Draft(text="\n".join(lines)),))
        place = await self._places.get(ask.place)
        if place is None or self._invites.has_groups(ask.place):
            raise Explain(say("link_private"))
        trip = replace(new_trip(ask, place.id), link_code=made, link_until=until)
        text = "\n".join((say("trip_made", title=trip.title), *lines))
        ops: tuple[Op, ...] = (Insert(THREADS, trip), Replace(PLACES, followed(place, trip.id)))
        return Reply(ops=ops, drafts=(Draft(text=text),))

    async def _join(self, ask: Ask, code: str) -> Reply:
        found = await self._store.find(THREADS, {"link_code": code}, limit=2)
        if not found or not found[0].link_until or found[0].link_until <= ask.now or found[0].private:
            raise AskAgain("code", say("link_bad"))
        target = found[0]
        if ask.place in target.places:
            raise Explain(say("link_already"))
        news = Entry(
            id=f"{target.id}:call:link:{code}:{ask.key}", thread=target.id, what="join", at=ask.now, place=ask.place,
            value={"code": code, "place": ask.place, "people": await self._who_joins(ask)},
        )  # fmt: skip
        return Reply(entries=(news,), drafts=(Draft(text=say("link_joining", title=target.title or say("a_trip"))),))

    async def _who_joins(self, ask: Ask) -> list[str]:
        """Those who are here by this very Place; in a direct one its one person, whatever the focus."""
        place = await self._places.get(ask.place)
        if place is None or place.kind == "direct":
            return [ask.person.id]
        return list(dict.fromkeys((ask.person.id, *(m.person for m in ask.thread.present if place.id in m.places))))

    async def joined(self, turn: Turn) -> None:
        """A Place joins this Thread: value {"code", "place", "people"}; the code works once."""
        value = turn.entry.value
        place = await self._store.get(PLACES, value["place"])
        if place is None or turn.thread.link_code != value["code"] or not await self._holds(turn):
            turn.because("the code is used up")
            if place is not None:
                turn.appended.append(_parted(turn, place, joined=False))
            return
        turn.thread = replace(
            turn.thread, places=(*turn.thread.places, place.id), link_code="", link_until=None
        )  # fmt: skip
        await self._move(turn, place)
        for id in value["people"]:
            person = await self._people.get(id)
            if person is not None:
                turn.thread = with_member(turn.thread, person, turn)
        turn.because("a place joined by its code")
        turn.say(Draft(text=say("link_joined", title=turn.thread.title or say("a_trip")), notice=True))

    async def _holds(self, turn: Turn) -> bool:
        """Whether a Place still belongs to this Thread; it is held there while another one joins, so that two trips

        that join each other at the same moment do not change places."""
        for id in turn.thread.places:
            place = await self._store.get(PLACES, id)
            if place is not None and turn.thread.id in (place.thread, *place.trips):
                turn.change(Replace(PLACES, place))
                return True
        return False

    async def _move(self, turn: Turn, place: Place) -> None:
        """A group Place belongs to one Thread and leaves the one before; a direct one keeps its own, with a focus."""
        if place.kind == "direct":
            moved = followed(place, turn.thread.id)
        else:
            moved = replace(place, thread=turn.thread.id)
            turn.appended.append(_parted(turn, place, joined=True))
        turn.change(Replace(PLACES, moved))

    async def parted(self, turn: Turn) -> None:
        """A Place of this Thread has joined another one, or found its code used up: value {"joined"}."""
        if not turn.entry.value["joined"]:
            turn.because("the code was used by somebody else")
            turn.say(Draft(text=say("link_bad"), notice=True))
            return
        turn.thread = without_all_of(turn.thread, turn.entry.place)
        turn.because("a place went to another trip")

    @capability("Show your trips and switch between them", command="trips", private=True, phrases=("my trips",))
    async def trips(self, ask: Ask) -> Reply:
        mine = await self._mine(ask.person)
        buttons = tuple(
            Press(label=t.title or say("a_trip"), call="focus", args={"trip": t.id}, who=(ask.person.id,)) for t in mine
        )
        here = await self._places.get(ask.place)
        if here is not None and here.kind == "direct" and here.focus:
            alone = Press(label=say("own_chat"), call="focus", args={"trip": here.thread}, who=(ask.person.id,))
            buttons = (*buttons, alone)
        text = say("trips", count=len(mine)) if mine else say("trips_none")
        return Reply(drafts=(Draft(text=text, buttons=buttons),))

    async def _mine(self, person: Person) -> list[Thread]:
        """Shared Threads the Person is in, found through the places they came by."""
        mine: list[Thread] = []
        for offset in count(0, _PAGE):
            threads = await self._store.find(THREADS, {"private": False}, limit=_PAGE, offset=offset)
            mine += [t for t in threads if t.member(person.id)]
            if len(threads) < _PAGE:
                break
        return mine

    @capability("Speak to a trip from here", effect=Effect.CHANGE, hidden=True)
    async def focus(self, ask: Ask, *, trip: Text) -> Reply:
        """Plain text of this direct Place goes to that Thread from now on."""
        place = await self._places.get(ask.place)
        if place is not None and place.kind == "direct" and trip == place.thread:
            back = Replace(PLACES, replace(place, focus=""))
            return Reply(ops=(back,), drafts=(Draft(text=say("focus_own"), only_for=(ask.person.id,)),))
        target = await self._store.get(THREADS, trip)
        if place is None or place.kind != "direct" or target is None or target.member(ask.person.id) is None:
            raise Explain(say("focus_no"))
        ops: tuple[Op, ...] = (Replace(PLACES, followed(place, target.id)),)
        news = Entry(
            id=f"{target.id}:call:focus:{ask.key}", thread=target.id, what="focus", at=ask.now, place=place.id,
            value={"person": ask.person.id},
        )  # fmt: skip
        return Reply(ops=ops, entries=(news,), drafts=(Draft(text=say("focus", title=target.title)),))

    async def focused(self, turn: Turn) -> None:
        """A direct Place speaks to this Thread and hears it, unless its person was removed meanwhile."""
        if turn.thread.member(turn.entry.value["person"]) is None:
            place = await self._store.get(PLACES, turn.entry.place)
            if place is not None:
                turn.change(Replace(PLACES, unfollowed(place, turn.thread.id)))
            turn.because("no member follows this trip")
            return
        if turn.entry.place not in turn.thread.places:
            turn.thread = replace(turn.thread, places=(*turn.thread.places, turn.entry.place))
        turn.because("a direct place follows this trip")

    @capability(
        "Show or search what was said", command="history", private=True,
        phrases=("show the history", "what did we say about {words}", "search for {words} in this chat"),
    )  # fmt: skip
    async def history(self, ask: Ask, *, words: Text = "") -> Reply:
        require_member(ask.thread, ask.person)
        lines = await self._history.lines(ask.thread.id, ask.person.id, limit=200)
        wanted = words.casefold().split()
        found = [line for line in lines if all(w in line.text.casefold() for w in wanted) and not _is(ask, line)]
        clock = clock_of(zone_of(ask.thread))
        shown = tuple(
            f"**{_who(x)}** {formed(x.at.astimezone(clock), '%d %b %H:%M')}: {in_one_line(x.text)}" for x in found[-15:]
        )
        zone = f"{ask.now.astimezone(clock):%Z}"
        title = say("history_found", words=words, count=len(found)) if words else say("history_title", zone=zone)
        return Reply(drafts=(Draft(card=Card(title=title, lines=shown or (say("history_none"),))),))


def new_trip(ask: Ask, place: str) -> Thread:
    """A shared Thread that begins in one's own chat, on a network without groups."""
    member = Member(person=ask.person.id, name=ask.person.name, joined_at=ask.now, places=(place,))
    title = say("trip_of", name=ask.person.name)
    return Thread(id=own_thread(f"{ask.key}/trip"), title=title, places=(place,), members=(member,))


def _parted(turn: Turn, place: Place, *, joined: bool) -> Entry:
    """News for the Thread that a Place belonged to."""
    return Entry(
        id=f"{place.thread}:call:parted:{turn.entry.id}", thread=place.thread, what="part", at=turn.now,
        place=place.id, value={"joined": joined},
    )  # fmt: skip


def in_one_line(text: str, most: int = 160) -> str:
    """A text without line ends and stress, cut at a word where it is long."""
    line = " ".join(text.replace("**", "").split())
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0]}…"


def _who(line: Line) -> str:
    return say("read_back", author=line.author) if line.read_back else line.author


def _is(ask: Ask, line: Line) -> bool:
    return ask.entry is not None and line.text == ask.entry.text and line.at == ask.entry.at
