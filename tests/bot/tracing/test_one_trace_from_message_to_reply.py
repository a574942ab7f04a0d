"""One trace from what somebody says to the supplier's call and the reply, through every process in it."""

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.tracing.opentelemetry import numbers
from tests.bot.tracing.collector import Collector, Seen, collecting
from tests.servers import free_port
from tests.stories.caravan import Caravan
from tests.stories.group import Simulator
from tests.waiting import soon

SECRETIVE = "Xylophone"


@pytest.fixture
async def collector() -> AsyncIterator[Collector]:
    async with collecting() as opened:
        yield opened


def traced(folder: Path, url: str, role: str = "all", **more: str) -> Caravan:
    settings = {"OTEL_EXPORTER_OTLP_ENDPOINT": url, "OTEL_BSP_SCHEDULE_DELAY": "100", **more}
    return Caravan(folder, role, **settings)


def of(spans: list[Seen], entry: str) -> list[Seen]:
    return [s for s in spans if s.trace == f"{numbers(entry)[0]:032x}"]


async def said(running: Caravan, place: str, text: str, id: str) -> str:
    return str((await running.post("say", place=place, as_="Ana", text=text, id=id))["entry"])


def names(spans: list[Seen]) -> set[str]:
    return {s.name for s in spans}


async def test_a_search_is_one_trace(tmp_path: Path, collector: Collector) -> None:
    running = traced(tmp_path, collector.url, OTEL_SERVICE_NAME="caravan-test").start()
    try:
        place = (await running.post("places", people=["Ana"], kind="direct"))["place"]
        search = await said(running, place, "/flights from Nairobi to Mombasa on 12 March 2027", "a")
        other = await said(running, place, f"/ping {SECRETIVE}", "b")
        await collector.until(lambda spans: "turn result" in names(of(spans, search)) and len(_delivered(spans)) >= 3)
        spans = of(collector.spans, search)
        assert names(spans) >= {
            "receive", "turn command", "job call", "capability search_flights", "supplier search", "turn result",
            "deliver simulator",
        }  # fmt: skip
        assert {s.service for s in spans} == {"caravan-test"} and not any(s.failed for s in spans)
        assert len({s.trace for s in spans} | {s.trace for s in of(collector.spans, other)}) == 2
        _one_tree(spans)
        assert {s.about["caravan.supplier"] for s in spans if s.name == "supplier search"} == {"simba", "kivuko"}
        assert names(of(collector.spans, other)) == {"receive", "turn command", "capability ping", "deliver simulator"}
        assert not any(SECRETIVE.encode() in raw for raw in collector.raw), "what people say is not told"
    finally:
        running.stop()


def _delivered(spans: list[Seen]) -> list[Seen]:
    return [s for s in spans if s.name.startswith("deliver")]


def _one_tree(spans: list[Seen]) -> None:
    """One first span, and every other one has its parent among them."""
    ids = {s.id for s in spans}
    assert [s.name for s in spans if not s.parent] == ["receive"]
    assert all(s.parent in ids for s in spans if s.parent)


async def test_a_persona_turn_is_one_trace_with_what_it_thinks(tmp_path: Path, collector: Collector) -> None:
    running = traced(tmp_path, collector.url).start()
    try:
        async with Simulator(running.url) as simulator:
            group = await simulator.group("Lamu", ["Ana"])
            await group.say("Ana", "Caravan, create a persona called Zuri who loves beaches")
            while "Skip" in (await group.rest()).labels:
                await group.press("Ana", "Skip")
            answers = await group.say("Ana", "Zuri, hotels in Mombasa from 12 March 2027 for 2 nights")
            assert answers.messages

        def thought(spans: list[Seen]) -> bool:
            found = [s.trace for s in spans if s.name == "brain think"]
            return any({"turn result", "supplier search"} <= names([s for s in spans if s.trace == t]) for t in found)

        await collector.until(thought)
    finally:
        running.stop()


async def test_two_processes_tell_one_trace(
    tmp_path: Path, mongo_url: str, redis_url: str, collector: Collector
) -> None:
    shared = {
        "MONGO_URL": mongo_url, "REDIS_URL": redis_url, "SECRET_KEY": "a-secret-for-loopback-only", "SIMULATOR": "1",
    }  # fmt: skip
    web = traced(tmp_path / "web", collector.url, "web", OTEL_SERVICE_NAME="web", **shared)
    worker = traced(tmp_path / "worker", collector.url, "worker", OTEL_SERVICE_NAME="worker", **shared)
    await asyncio.gather(asyncio.to_thread(web.start), asyncio.to_thread(worker.start))
    try:
        place = (await web.post("places", people=["Ana"], kind="direct"))["place"]
        search = await said(web, place, "/flights from Nairobi to Mombasa on 12 March 2027", "a")
        await collector.until(lambda spans: {"receive", "turn result"} <= names(of(spans, search)))
        spans = of(collector.spans, search)
        assert {s.service for s in spans if s.name == "receive"} == {"web"}
        assert {s.service for s in spans if s.name != "receive"} == {"worker"}
        _one_tree(spans)
    finally:
        web.stop()
        worker.stop()


async def test_a_collector_that_is_away_stops_nobody(tmp_path: Path) -> None:
    running = traced(tmp_path, f"http://127.0.0.1:{free_port()}").start()
    place = (await running.post("places", people=["Ana"], kind="direct"))["place"]
    await said(running, place, "/ping hello", "a")

    async def answered() -> bool:
        shown = (await running.get("transcript", place=place))["entries"]
        return any(e["text"] == "pong hello" for e in shown)

    await soon(answered)
    await running.end(signal.SIGTERM, asyncio.sleep(0))
