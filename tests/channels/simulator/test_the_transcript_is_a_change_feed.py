"""Reading a place: what is new, for whom, waiting for it, and when all is at rest."""

import asyncio
from pathlib import Path

from bot.content import Button, Content
from tests.channels.simulator.stage import Stage, staged


async def test_reading_goes_on_after_the_last_number(stage: Stage) -> None:
    place = await stage.place()
    await stage.send(place, "1")
    first = await stage.get("transcript", place=place)
    await stage.send(place, "2")
    second = await stage.get("transcript", place=place, after=first["next"])
    assert [e["text"] for e in second["entries"]] == ["2"]
    assert (first["next"], second["next"]) == (1, 2)
    third = await stage.get("transcript", place=place, after=2)
    assert (third["entries"], third["next"], third["idle"]) == ([], 2, True)


async def test_a_long_history_is_read_whole(stage: Stage) -> None:
    place = await stage.place()
    for i in range(230):
        await stage.send(place, str(i))
    assert [e["text"] for e in await stage.shown(place)] == [str(i) for i in range(230)]


async def test_a_waiting_reader_is_woken_by_what_is_said(stage: Stage) -> None:
    place = await stage.place()
    reading = asyncio.create_task(stage.get("transcript", place=place, wait=25))
    await asyncio.sleep(0.05)
    assert not reading.done()
    await stage.send(place, "Awake")
    assert [e["text"] for e in (await reading)["entries"]] == ["Awake"]


async def test_a_waiting_reader_is_told_when_all_comes_to_rest(stage: Stage) -> None:
    place = await stage.place()
    stage.resting = False
    assert (await stage.get("transcript", place=place))["idle"] is False
    reading = asyncio.create_task(stage.get("transcript", place=place, wait=25))
    await asyncio.sleep(0.05)
    stage.resting = True
    assert await reading == {"next": 0, "entries": [], "idle": True}


async def test_nobody_waits_for_an_answer_that_does_not_come(stage: Stage) -> None:
    place = await stage.place()
    await stage.post("say", place=place, as_="Ana", text="just talk")
    said = await stage.get("transcript", place=place, as_="Ana", wait=25)
    assert (len(said["entries"]), said["idle"]) == (1, True)
    stage.resting = False
    await stage.post("press", 404, place=place, as_="Ana", entry=said["entries"][0]["id"], button="none")
    assert (await stage.get("transcript", place=place, as_="Ana", after=1))["idle"] is False
    stage.resting = True
    rested = await asyncio.wait_for(stage.get("transcript", place=place, as_="Ana", after=1, wait=25), 20)
    assert rested == {"next": 1, "entries": [], "idle": True}


async def test_what_shows_nothing_is_noticed_by_its_rest_once(stage: Stage) -> None:
    place = await stage.place()
    await stage.send(place, Content(text="Well?", buttons=(Button(id="b1", label="Yes"),)), shown="a1")
    first = await stage.get("transcript", place=place, as_="Ana", wait=25)
    await stage.post("press", place=place, as_="Ana", entry="a1", button="Yes")
    rested = await asyncio.wait_for(stage.get("transcript", place=place, as_="Ana", after=first["next"], wait=25), 20)
    assert rested == {"next": 1, "entries": [], "idle": True}
    reading = asyncio.create_task(stage.get("transcript", place=place, as_="Ana", after=1, wait=25))
    await asyncio.sleep(0.05)
    assert not reading.done(), "at rest and told so, a reader waits for what is new"
    await stage.post("press", place=place, as_="Ana", entry="a1", button="Yes")
    assert (await asyncio.wait_for(reading, 20))["idle"] is True


async def test_rest_is_not_told_before_the_core_has_handled_it(stage: Stage) -> None:
    place = await stage.place()
    assert (await stage.get("transcript", place=place, as_="Ana"))["idle"] is True
    stage.resting = False
    await stage.post("say", place=place, as_="Ben", text="/look")
    first = await stage.get("transcript", place=place, as_="Ana", wait=25)
    reading = asyncio.create_task(stage.get("transcript", place=place, as_="Ana", after=first["next"], wait=25))
    await asyncio.sleep(0.08)
    assert not reading.done()
    await stage.send(place, "found it")
    stage.resting = True
    answer = await reading
    assert [e["text"] for e in answer["entries"]] == ["found it"]


async def test_a_reader_is_not_woken_by_what_is_not_theirs(stage: Stage) -> None:
    place = await stage.place()
    reading = asyncio.create_task(stage.get("transcript", place=place, as_="Ana", wait=25))
    await stage.send(place, "For Ben", reader=("simulator:Ben",))
    await asyncio.sleep(0.05)
    assert not reading.done()
    await stage.send(place, "For all")
    answer = await reading
    assert ([e["text"] for e in answer["entries"]], answer["next"]) == (["For all"], 2)


async def test_closing_sends_waiting_readers_home(stage: Stage) -> None:
    place = await stage.place()
    reading = asyncio.create_task(stage.get("transcript", place=place, wait=25))
    await asyncio.sleep(0.05)
    await stage.channel.close()
    assert (await reading)["entries"] == []


async def test_a_restart_keeps_the_record(stage: Stage, tmp_path: Path) -> None:
    place = await stage.place()
    await stage.post("say", place=place, as_="Ana", text="Still there?")
    await stage.send(place, "Still here.")
    async with staged(tmp_path) as later:
        assert [e["text"] for e in await later.shown(place)] == ["Still there?", "Still here."]
        await later.send(place, "And on", shown="later")
        assert [e["n"] for e in await later.shown(place)] == [1, 2, 3]
