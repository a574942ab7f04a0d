"""A Thread with more than its share waits while others talk, and nothing of it is lost or swapped."""

import asyncio
from pathlib import Path

from bot.traffic import Traffic
from tests.bot.parlour import parlour

SECOND = 1_000_000_000


def said(traffic: Traffic, thread: str, times: int, now: int = 0) -> None:
    for _ in range(times):
        traffic.note(thread, now)


def test_a_thread_over_the_limit_crowds_others_and_only_where_there_are_some() -> None:
    traffic = Traffic()
    said(traffic, "flood", 31)
    assert not traffic.crowds("flood", 0)
    said(traffic, "quiet", 1)
    assert traffic.crowds("flood", 0)
    assert not traffic.crowds("quiet", 0)


def test_threads_that_are_all_over_the_limit_do_not_crowd_each_other() -> None:
    traffic = Traffic()
    for thread in ("a", "b", "c"):
        said(traffic, thread, 40)
    assert not any(traffic.crowds(thread, 0) for thread in ("a", "b", "c"))


def test_a_flood_is_forgotten_two_seconds_after_it_ended() -> None:
    traffic = Traffic()
    said(traffic, "flood", 40)
    said(traffic, "quiet", 1)
    said(traffic, "quiet", 1, SECOND)
    assert traffic.crowds("flood", SECOND)
    said(traffic, "quiet", 1, 2 * SECOND)
    assert not traffic.crowds("flood", 2 * SECOND)


async def test_others_are_answered_before_the_rest_of_a_flood_which_keeps_its_order(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        for place in ("flood", "den"):
            await p.say(place, "Ana", "/ping 0")
        flood = [p.entry("flood", "Ana", f"/ping {n}") for n in range(1, 46)]
        floods = asyncio.gather(*(p.core.log.append([entry]) for entry in flood))
        await p.core.log.append([p.entry("den", "Ben", "/ping now")])
        await floods
        await p.settled()
        order = [o.content.text for o in p.channel.sent]
        assert order.index("pong now") < order.index("pong 40")
        assert p.texts("flood") == [f"pong {n}" for n in range(46)]


async def test_a_queue_longer_than_we_keep_is_read_from_the_store(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await p.say("flood", "Ana", "/ping 0")
        flood = [p.entry("flood", "Ana", f"/ping {n}") for n in range(1, 1201)]
        await asyncio.gather(*(p.core.log.append([entry]) for entry in flood))
        await p.settled()
        assert p.texts("flood") == [f"pong {n}" for n in range(1201)]
