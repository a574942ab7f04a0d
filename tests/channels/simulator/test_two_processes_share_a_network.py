"""Several processes show one network: nothing twice, no gap in the numbers, every reader hears of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.channels.simulator.stage import Stage, staged


@pytest.fixture(params=["sqlite", "mongo"])
async def pair(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[Stage, Stage]]:
    """Two processes on the same data."""
    where = tmp_path if request.param == "sqlite" else request.getfixturevalue("mongo_url")
    async with AsyncExitStack() as stack:
        yield await stack.enter_async_context(staged(where)), await stack.enter_async_context(staged(where))


async def test_one_delivery_is_shown_once_and_numbers_have_no_gaps(pair: tuple[Stage, Stage]) -> None:
    one, other = pair
    place = await one.place()
    same = [one.outgoing(place, f"Answer {i}") for i in range(8)]
    parts = await asyncio.gather(*(s.channel.send(o) for o in same for s in pair))
    assert sorted({p for (p,) in parts}) == sorted(o.shown for o in same)
    assert [e["n"] for e in await other.shown(place)] == list(range(1, 9))
    assert sorted(e["id"] for e in await one.shown(place)) == sorted(o.shown for o in same)


async def test_one_request_posted_to_both_is_one_event(pair: tuple[Stage, Stage]) -> None:
    one, other = pair
    place = await one.place()
    said = await asyncio.gather(
        *(s.post("say", place=place, as_="Ana", text="Hi", id=f"{i}") for i in range(4) for s in pair)
    )
    assert {s["entry"] for s in said} == {f"{place}:message:{i}" for i in range(4)}
    assert len(await other.shown(place)) == 4
    made = await asyncio.gather(*(s.post("places", title="Diani", people=["Ana"], id="p") for s in pair))
    assert made[0] == made[1]
    assert len((await one.get("places"))["places"]) == 2


async def test_all_reactions_and_members_are_kept(pair: tuple[Stage, Stage]) -> None:
    one, other = pair
    people = [f"P{i}" for i in range(6)]
    place = await one.place("Ana")
    await asyncio.gather(*(s.post("members", place=place, add=[p]) for p, s in zip(people, pair * 3, strict=True)))
    assert sorted((await other.get("places"))["places"][0]["people"]) == ["Ana", *people]
    await one.send(place, "Lamu?", shown="a1")
    reactions = (
        s.post("react", place=place, as_=p, entry="a1", emoji="👍") for p, s in zip(people, pair * 3, strict=True)
    )
    await asyncio.gather(*reactions)
    [shown] = await one.now_shown(place)
    assert (sorted(shown["reactions"][0]["by"]), shown["revision"]) == (people, 7)


async def test_a_reader_of_one_is_woken_by_the_other(pair: tuple[Stage, Stage]) -> None:
    one, other = pair
    place = await one.place()
    reading = asyncio.create_task(one.get("transcript", place=place, wait=25))
    await asyncio.sleep(0.05)
    await other.send(place, "From afar")
    assert [e["text"] for e in (await reading)["entries"]] == ["From afar"]
