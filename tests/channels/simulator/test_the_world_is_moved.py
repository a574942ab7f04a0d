"""The clock, the faults, the supplier's record, the lists and the page."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.capability import Registry, capabilities_of, capability
from channels.simulator.durations import duration
from channels.simulator.published import ClockOffset
from tests.channels.simulator.stage import Stage, staged


async def test_the_clock_is_moved_and_says_so(stage: Stage) -> None:
    before = (await stage.get("clock"))["now"]
    after = (await stage.post("clock", advance="P1DT30M"))["now"]
    moved = datetime.fromisoformat(after) - datetime.fromisoformat(before)
    assert timedelta(days=1, minutes=30) <= moved < timedelta(days=1, minutes=31)
    assert stage.moved == [timedelta(days=1, minutes=30)]
    assert before.endswith("Z")


async def test_the_same_id_moves_the_clock_once(stage: Stage) -> None:
    for _ in range(2):
        await stage.post("clock", advance="PT1H", id="c")
    assert stage.moved == [timedelta(hours=1)]


async def test_the_offset_is_kept_for_every_process(stage: Stage, tmp_path: Path) -> None:
    await stage.post("clock", advance="PT1H")
    await stage.post("clock", advance="PT0.5S")
    async with staged(tmp_path) as other:
        assert await ClockOffset(other.store).read() == timedelta(hours=1, seconds=0.5)


@pytest.mark.parametrize("wrong", ["", "P", "PT", "P1DT", "P1M", "P1Y", "-PT5M", "PT-5M", "30", "PT5", "P1D ", "pt5m"])
async def test_what_is_no_duration_is_refused(stage: Stage, wrong: str) -> None:
    await stage.post("clock", 400, advance=wrong)
    assert stage.moved == []


async def test_the_clock_has_an_end(stage: Stage) -> None:
    await stage.post("clock", 400, advance="P99999D")
    assert stage.moved == []


def test_durations_add_up() -> None:
    assert duration("P2W1DT1H2M3.5S") == timedelta(weeks=2, days=1, hours=1, minutes=2, seconds=3.5)


async def test_faults_are_arranged_listed_and_cleared(stage: Stage) -> None:
    made = await stage.post("faults", target="inventory", kind="price_up", match="coast", times=2, by=10, id="f")
    assert made == await stage.post(
        "faults", target="inventory", kind="price_up", match="coast", times=2, by=10, id="f"
    )
    expected = {
        "fault": made["fault"],
        "target": "inventory",
        "kind": "price_up",
        "match": "coast",
        "times": 2,
        "by": 10,
    }
    assert (await stage.get("faults"))["faults"] == [expected]
    for wrong in ({"target": "weather"}, {"kind": "explode"}, {"times": 0}, {"by": -1}):
        await stage.post("faults", 400, **{"target": "inventory", "kind": "down"} | wrong)
    async with stage.client.delete("/simulator/faults") as answer:
        assert answer.status == 200
    assert (await stage.get("faults"))["faults"] == []


async def test_the_record_of_a_fact_is_read_from_the_world(tmp_path: Path) -> None:
    asked: list[tuple[str, datetime]] = []

    class World:
        async def record(self, ref: str, at: datetime) -> dict[str, object] | None:
            asked.append((ref, at))
            return {"price": 4500} if ref == "f1" else None

    async with staged(tmp_path, World()) as with_world:
        assert await with_world.get("world", ref="f1", at="2026-03-12T12:00:00Z") == {"price": 4500}
        assert await with_world.get("world", ref="f1", at="2026-03-12T12:00:00 00:00") == {"price": 4500}
        assert {at for _, at in asked} == {datetime(2026, 3, 12, 12, tzinfo=UTC)}
        await with_world.get("world", 404, ref="f2", at="2026-03-12T12:00:00Z")
        await with_world.get("world", 400, ref="f1", at="yesterday")
        await with_world.get("world", 400, ref="f1", at="2026-03-12T12:00:00")
        await with_world.get("world", 400, ref="f1")


class Greeter:
    @capability("Say hello", command="hello")
    async def greet(self, ask: object, *, whom: str) -> None: ...

    @capability("Nobody sees this", command="secret", hidden=True)
    async def hide(self, ask: object) -> None: ...


async def test_published_commands_are_offered(stage: Stage) -> None:
    await stage.channel.publish_commands(list(Registry(capabilities_of(Greeter()))))
    whom = {"name": "whom", "kind": "text", "required": True, "choices": []}
    assert (await stage.get("commands"))["commands"] == [
        {"name": "hello", "summary": "Say hello", "parameters": [whom]}
    ]


async def test_places_are_listed_for_the_one_who_asks(stage: Stage) -> None:
    lamu = await stage.place("Ana", "Ben")
    diani = await stage.place("Chi", title="Diani", like="telegram")
    await stage.send(lamu, "Hi")
    listed = (await stage.get("places", as_="Ben"))["places"]
    assert listed == [
        {
            "place": lamu, "thread": f"thread of {lamu}", "title": "Lamu", "kind": "group", "like": "",
            "account": "main", "people": ["Ana", "Ben"], "personas": [], "n": 1,
        }
    ]  # fmt: skip
    assert [p["place"] for p in (await stage.get("places"))["places"]] == [lamu, diani]
    assert (await stage.get("people"))["people"] == ["Ana", "Ben", "Chi"]


async def test_the_page_is_served_and_nothing_beside_it(stage: Stage) -> None:
    index = await stage.client.get("/")
    assert (index.status, index.content_type) == (200, "text/html")
    assert "script-src 'self'" in index.headers["Content-Security-Policy"]
    script = await stage.client.get("/page/api.js")
    assert (script.status, script.content_type) == (200, "text/javascript")
    for wrong in ("/page/..%2fhttp.py", "/page/http.py", "/page/nothing.js", "/page/%00.js"):
        assert (await stage.client.get(wrong)).status == 404
