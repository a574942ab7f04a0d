"""Connections break, sessions end, the store is away: what people say reaches us all the same, once and in order."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from bot.documents import Insert
from bot.errors import Misconfigured
from bot.model import ENTRIES, PLACES, THREADS, Entry, Place, Thread
from tests.channels.discord.stage import DiscordSide, made, staged
from tests.waiting import soon


def texts(side: DiscordSide) -> list[str]:
    """What was heard, each Entry once."""
    return [e.text for e in {e.id: e for e in side.heard}.values() if e.what == "message"]


async def stored(side: DiscordSide, entries: Sequence[Entry]) -> None:
    """As the core would: Place, Thread and Entries."""
    for n, entry in enumerate(entries):
        place = Place(id=entry.place, thread="t1", kind=str(entry.value["kind"]))
        private = entry.value["kind"] == "direct"
        if await side.store.get(PLACES, entry.place) is None:
            place = Place(id=entry.place, thread=f"t{entry.place}", kind=place.kind)
            thread = Thread(id=place.thread, private=private, places=(entry.place,))
            await side.store.commit([Insert(PLACES, place), Insert(THREADS, thread)])
        values = {f: getattr(entry, f) for f in Entry.__slots__} | {"thread": f"t{entry.place}", "arrival": n + 1}
        await side.store.commit([Insert(ENTRIES, Entry(**values))])


@pytest.fixture
async def side(tmp_path: Path) -> AsyncIterator[DiscordSide]:
    async with staged(tmp_path) as side:
        yield side
        assert side.emulator.gateway.wrong == []


async def test_a_cut_connection_is_resumed_and_what_comes_again_is_the_same(side: DiscordSide) -> None:
    await side.says("Ana", "one")
    await side.emulator.gateway.drop()
    for text in ("two", "three"):
        await side.people.say(side.room, "Ana", text)
    await side.hears(lambda: texts(side)[-1:] == ["three"])
    assert texts(side) == ["one", "two", "three"]
    assert (side.emulator.gateway.resumed, side.emulator.gateway.identified) == (1, 1)


async def test_half_a_letter_is_no_letter_and_stops_nothing(side: DiscordSide) -> None:
    for text in ("half \ud83d", "two halves \ud83d\ude00"):
        await side.says("Ana", text)
    assert texts(side) == ["half \N{REPLACEMENT CHARACTER}", "two halves \N{GRINNING FACE}"]
    await stored(side, side.heard)


async def test_a_reaction_that_is_replayed_is_the_same_and_a_new_one_is_not(side: DiscordSide) -> None:
    message = await side.says("Ana", "Lamu?")
    await side.reacts("Ben", message, "👍")
    await side.emulator.gateway.drop()
    await side.hears(lambda: len(side.heard) >= 3)
    await side.reacts("Ben", message, "👍")
    ids = [e.id for e in side.heard if e.what == "react"]
    assert ids[0] == ids[1] != ids[2]


async def test_discord_may_ask_to_connect_again(side: DiscordSide) -> None:
    await side.emulator.gateway.ask_to_reconnect()
    await soon(lambda: side.emulator.gateway.resumed == 1)
    await side.says("Ana", "still here")
    assert texts(side) == ["still here"]


async def test_what_was_said_while_no_session_was_there_is_read_from_the_history(side: DiscordSide) -> None:
    direct = side.people.direct("Ben")
    await side.people.say(direct, "Ben", "psst")
    await side.says("Ana", "one")
    await side.hears(lambda: len(side.heard) == 2)
    await stored(side, side.heard)
    side.emulator.gateway.refuses = 1
    await side.emulator.gateway.invalidate()
    missed = [await side.people.say(side.room, "Ben", f"missed {n}") for n in range(120)]
    await side.people.say(direct, "Ben", "only for you")
    await side.hears(lambda: len(set(texts(side))) == 123)
    await side.says("Ana", "and on")
    here = [e for e in side.heard if e.place == side.place]
    assert [e.id for e in here[1:121]] == [f"{side.place}:message:{id}" for id in missed]
    assert [e.name for e in here[-2:]] == ["Ben", "Ana"] and side.emulator.gateway.identified == 2


async def test_a_channel_in_which_nothing_was_stored_is_left_alone(side: DiscordSide) -> None:
    await side.emulator.gateway.invalidate()
    await side.people.say(side.room, "Ana", "before you came")
    await side.emulator.listening()
    await side.says("Ana", "now")
    assert texts(side) == ["now"]


async def test_while_the_store_is_away_everything_waits_in_order(side: DiscordSide) -> None:
    side.refuses = 5
    for text in ("one", "two", "three"):
        await side.people.say(side.room, "Ana", text)
    await side.hears(lambda: len(side.heard) == 3)
    assert texts(side) == ["one", "two", "three"]


async def test_without_the_privileged_intents_we_hear_less_and_go_on(tmp_path: Path) -> None:
    async with staged(tmp_path, ready=False) as side:
        side.emulator.gateway.privileged = False
        await side.emulator.gateway.drop()
        side.emulator.gateway.sessions = {}
        await side.emulator.listening()
        await side.says("Ana", "nobody is named")
        await side.says("Ana", "@Caravan hello")
        assert texts(side) == ["", "@Caravan hello"]


async def test_a_wrong_token_stops_the_start_and_names_itself(side: DiscordSide, tmp_path: Path) -> None:
    other = made(side.store, side.emulator)
    side.emulator.world.token = "another"
    with pytest.raises(Misconfigured, match="DISCORD_TOKEN"):
        await other.open(side.inbox)
    await other.close()


async def test_what_becomes_of_servers_and_channels_is_told(side: DiscordSide) -> None:
    await side.store.commit([Insert(PLACES, Place(id=side.place, thread="t1"))])
    channel = side.emulator.world.channels[side.room]
    await side.emulator.gateway.dispatch("CHANNEL_CREATE", channel)
    await side.emulator.gateway.dispatch("GUILD_DELETE", {"id": side.emulator.world.guild, "unavailable": True})
    await side.emulator.gateway.dispatch("GUILD_DELETE", {"id": side.emulator.world.guild})
    await side.emulator.gateway.dispatch("GUILD_CREATE", side.emulator.gateway.guild(side.emulator.world.guild))
    await side.emulator.gateway.dispatch("CHANNEL_DELETE", channel)
    await side.hears(lambda: len(side.heard) == 3)
    told = [(e.what, e.place, e.value["topic"]) for e in side.heard]
    assert told == [("status", side.place, t) for t in ("closed", "opened", "closed")]


async def test_events_of_any_shape_stop_nothing(side: DiscordSide) -> None:
    odd = [{}, {"id": 5}, {"channel_id": []}, {"author": "x", "id": "1", "channel_id": side.room}, {"d": None}]
    for kind in ("MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE", "GUILD_CREATE", "THREAD_MEMBERS_UPDATE",
                 "INTERACTION_CREATE", "MESSAGE_REACTION_ADD", "CHANNEL_UPDATE", "SOMETHING_NEW"):  # fmt: skip
        for content in odd:
            session = next(iter(side.emulator.gateway.sessions.values()))
            await side.emulator.gateway._event(session, kind, content)
    side.emulator.gateway.wrong.clear()
    await side.people.say(side.room, "Ana", "still here")
    await side.hears(lambda: texts(side)[-1:] == ["still here"])
