"""Web and worker on one bot: one hears the gateway, another goes on after it, whoever sends answers what was asked."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from bot.capability import Registry, capabilities_of, capability
from bot.locking.local import LocalLocks
from bot.model import Entry
from bot.ports import Ask, Reply
from channels.discord.channel import DiscordChannel
from tests.channels.discord.stage import DiscordSide, made, staged
from tests.channels.discord.test_the_gateway_misses_nothing import stored, texts
from tests.channels.test_one_process_listens import Generous
from tests.contracts.channel_contract import outgoing
from tests.waiting import soon


class Offered:
    @capability("What is on the way", command="trips")
    async def trips(self, ask: Ask) -> Reply:
        return Reply()

    @capability("Why was it so", command="why", private=True)
    async def why(self, ask: Ask) -> Reply:
        return Reply()


COMMANDS = list(Registry(capabilities_of(Offered())))


@pytest.fixture(params=[False, True], ids=["gateway", "http"])
async def side(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[DiscordSide]:
    """The first process: it hears the gateway."""
    async with staged(tmp_path, http=request.param, locks=LocalLocks()) as side:
        await side.channel.publish_commands(COMMANDS)
        await soon(lambda: side.emulator.world.commands)
        yield side
        assert (side.people.failed, side.emulator.gateway.wrong) == ([], [])


@pytest.fixture
async def other(side: DiscordSide) -> AsyncIterator[DiscordChannel]:
    """The second one, beside it."""
    other = made(side.store, side.emulator, side.by_http, locks=side.channel._parts.locks)
    await other.open(side.inbox)
    await other.publish_commands(COMMANDS)
    yield other
    await other.close()


async def test_of_two_processes_one_hears_and_everything_is_told_once(side: DiscordSide, other: DiscordChannel) -> None:
    message = await side.says("Ana", "Lamu?")
    await side.reacts("Ben", message, "👍")
    await side.people.command(side.room, "Ana", "trips")
    await side.says("Ben", "and on")
    assert [e.what for e in side.heard] == ["message", "react", "command", "message"]
    assert (side.emulator.gateway.listeners, side.emulator.gateway.identified) == (1, 1)
    assert not side.emulator.api.refused


async def test_when_the_one_that_hears_ends_the_other_goes_on_where_it_stopped(
    side: DiscordSide, other: DiscordChannel
) -> None:
    await side.says("Ana", "one")
    await stored(side, side.heard)
    await side.channel.close()
    await side.people.say(side.room, "Ana", "two")
    await soon(lambda: side.emulator.gateway.identified == 2)
    await side.emulator.listening()
    await side.people.say(side.room, "Ana", "three")
    await soon(lambda: texts(side)[-1:] == ["three"])
    assert (texts(side), side.emulator.gateway.listeners) == (["one", "two", "three"], 1)


async def test_what_one_process_was_asked_another_one_answers_in_its_place(
    side: DiscordSide, other: DiscordChannel
) -> None:
    asked = await side.people.command(side.room, "Ana", "trips")
    await soon(lambda: side.heard)
    parts = await other.send(outgoing(side, "None yet", shown=f"{side.heard[0].id}/0"))
    assert ([s.text for s in await side.seen()], asked.original, asked.state) == (["None yet"], parts[0], "answered")


async def test_what_is_for_one_alone_is_told_so_by_any_process(side: DiscordSide, other: DiscordChannel) -> None:
    await side.people.command(side.room, "Ana", "why")
    await soon(lambda: side.heard)
    shown, reader = f"{side.heard[0].id}/0", (side.reader("Ana"),)
    [first] = await other.send(outgoing(side, "Because", shown=shown, reader=reader))
    [more] = await side.channel.send(outgoing(side, "And so", shown=f"{side.heard[0].id}/1", reader=reader))
    told = [(s.id, s.text) for s in await side.seen("Ana")]
    assert (told, first[-1], more[-1]) == ([(first, "Because"), (more, "And so")], "e", "e")
    assert await side.seen("Ben") == []


async def test_who_ends_a_wait_takes_no_answer_of_another_process_away(
    side: DiscordSide, other: DiscordChannel
) -> None:
    await side.people.command(side.room, "Ana", "trips")
    await soon(lambda: side.heard)
    ask = side.channel._bots["main"].post.asks.of_person(side.place, side.reader("Ana").removeprefix("discord:"))
    assert ask is not None
    await other.send(outgoing(side, "None yet", shown=f"{side.heard[0].id}/0"))
    ask.used = ""  # as if the news of the answer had been lost on its way
    await side.channel._bots["main"].post.resolve(ask)
    assert [s.text for s in await side.seen()] == ["None yet"]


@pytest.mark.parametrize("by_http", [False, True], ids=["gateway", "http"])
async def test_while_nobody_knows_who_listens_all_do_and_what_they_hear_has_the_same_ids(
    tmp_path: Path, by_http: bool
) -> None:
    """The lock service is away: what two processes append is the same Entries, of which the store takes each once."""
    locks = Generous()
    locks.deaf = True
    async with staged(tmp_path, http=by_http, locks=locks) as side:
        other, also = made(side.store, side.emulator, by_http, locks=locks), list[Entry]()

        async def inbox(entries: Sequence[Entry]) -> None:
            also.extend(entries)

        await other.open(inbox)
        for channel in (side.channel, other):
            await channel.publish_commands(COMMANDS)
        await soon(lambda: side.emulator.gateway.listeners == 2 and side.emulator.world.commands)
        said = await side.says("Ana", "Lamu?")
        await side.people.reply(side.room, "Ben", said, "Lamu!")
        await side.edits("Ana", said, "Lamu, then?")
        await side.deletes("Ana", said)
        await side.people.command(side.room, "Ana", "trips")
        await side.says("Ben", "and on")
        kinds = ["message", "message", "edit", "delete", "command", "message"]
        both = [e for e in side.heard if not by_http or e.what != "command"]  # over HTTP one of them is asked
        await soon(lambda: len(also) == len(both) and len(side.heard) == len(kinds))
        assert sorted(e.what for e in side.heard) == sorted(kinds)
        assert {e.id for e in also} == {e.id for e in both} and len({e.id for e in also}) == len(also)
        assert side.people.failed == []
        await other.close()


async def test_a_reaction_has_no_id_at_discord_and_asks_for_no_answer(tmp_path: Path) -> None:
    """Heard by two it is told twice; the other networks then have it once, as they do when it is repeated."""
    locks = Generous()
    locks.deaf = True
    async with staged(tmp_path, locks=locks) as side:
        other = made(side.store, side.emulator, locks=locks)
        await other.open(side.inbox)
        await soon(lambda: side.emulator.gateway.listeners == 2)
        said = await side.says("Ana", "Lamu?")
        await side.people.react(side.room, "Ben", said, "👍")
        await soon(lambda: [e.what for e in side.heard].count("react") == 2)
        first, again = (e for e in side.heard if e.what == "react")
        assert (first.object, first.text, first.author) == (again.object, again.text, again.author)
        await other.close()
