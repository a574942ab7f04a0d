"""What was committed goes out: in order, retried by the kind of failure, taken up after a restart."""

import asyncio
from dataclasses import replace
from pathlib import Path

from bot.documents import Replace
from bot.errors import RetryLater, Undeliverable, Unknown
from bot.model import ENTRIES
from bot.ports import Features, Outgoing
from tests.bot.parlour import ALL_POWERS, PaperChannel, parlour


async def test_a_busy_network_is_tried_again_and_order_is_kept(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        p.channel.trouble = [RetryLater(0.01), RetryLater(0.01)]
        await p.core.log.append([p.entry("den", "Ana", f"/ping {n}") for n in range(3)])
        await p.settled()
        assert p.texts("den") == ["pong 0", "pong 1", "pong 2"]
        assert p.core.deliverer.counts["retried"] == 2


async def test_what_can_never_arrive_is_failed_with_its_reason_and_the_rest_goes_on(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        p.channel.trouble = [Undeliverable("blocked by the person")]
        lost = await p.say("den", "Ana", "/ping 1")
        await p.say("den", "Ana", "/ping 2")
        assert [(d.state, d.why) for d in lost.deliveries] == [("failed", "blocked by the person")]
        assert p.texts("den") == ["pong 2"]


async def test_an_unknown_send_is_repeated_once_with_the_same_id(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        p.channel.trouble = [Unknown("no answer")]
        entry = await p.say("den", "Ana", "/ping 1")
        assert [d.state for d in entry.deliveries] == ["sent"]
        assert p.channel.sent[0].id == f"{entry.id}/0@paper:main:den"


async def test_where_a_second_one_is_recognised_it_is_sent_until_it_is_known(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        p.channel.trouble = [Unknown("no answer"), Unknown("no answer")]
        entry = await p.say("den", "Ana", "/ping 1")
        assert [d.state for d in entry.deliveries] == ["sent"]


async def test_two_unknown_sends_end_as_unknown_and_are_not_repeated_blindly(tmp_path: Path) -> None:
    blind = PaperChannel(replace(ALL_POWERS, idempotent_sends=False))
    async with parlour(tmp_path, channel=blind) as p:
        p.channel.trouble = [Unknown("no answer"), Unknown("no answer")]
        entry = await p.say("den", "Ana", "/ping 1")
        assert [d.state for d in entry.deliveries] == ["unknown"]
        assert p.channel.sent == []


class ClosedUnderway(PaperChannel):
    """Is closed while it sends, as channels are when everything ends."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.closed = asyncio.Event(), asyncio.Event()

    async def send(self, outgoing: Outgoing) -> tuple[str, ...]:
        if not self.closed.is_set():
            self.asked.set()
            await self.closed.wait()
            raise RuntimeError("Session is closed")
        return await super().send(outgoing)


async def test_what_was_on_its_way_when_the_channel_was_closed_goes_after_the_next_start(tmp_path: Path) -> None:
    channel = ClosedUnderway()
    async with parlour(tmp_path, channel=channel) as p:
        await p.core.log.append([p.entry("den", "Ana", "/ping 1")])
        await channel.asked.wait()
        p.core.deliverer.stopping = True
        channel.closed.set()
    async with parlour(tmp_path, channel=channel) as p:
        await p.settled()
        assert p.texts("den") == ["pong 1"]


class LookingChannel(PaperChannel):
    """Knows what arrived although its answers are lost."""

    def __init__(self) -> None:
        super().__init__()
        self.arrived: dict[str, tuple[str, ...]] = {}

    async def send(self, outgoing: Outgoing) -> tuple[str, ...]:
        parts = await super().send(outgoing)
        self.arrived[outgoing.id] = parts
        if outgoing.content.text == "pong lost":
            raise Unknown("the answer was lost")
        return parts

    async def look_up(self, outgoing: Outgoing) -> tuple[str, ...] | None:
        return self.arrived.get(outgoing.id)


async def test_where_the_network_can_tell_it_is_asked_before_anything_is_sent_again(tmp_path: Path) -> None:
    channel = LookingChannel()
    async with parlour(tmp_path, channel=channel) as p:
        entry = await p.say("den", "Ana", "/ping lost")
        assert [d.state for d in entry.deliveries] == ["sent"]
        assert p.texts("den") == ["pong lost"]


async def test_a_restart_sends_what_was_pending_and_handles_what_was_open(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        done = await p.say("den", "Ana", "/ping done")
        pending = replace(
            done, open=True, deliveries=tuple(replace(d, state="pending", parts=()) for d in done.deliveries)
        )
        await p.store.commit([Replace(ENTRIES, pending)])
        p.core.log.heard = p.core.log.begin = lambda entry: None
        await p.core.log.append([p.entry("den", "Ana", "/ping open")])
    async with parlour(tmp_path) as again:
        await again.settled()
        assert again.texts("den") == ["pong done", "pong open"]
        assert again.channel.sent[0].id == done.deliveries[0].id
        assert not await again.store.find(ENTRIES, {"open": True})


async def test_an_answer_for_one_goes_to_that_ones_direct_place_where_the_group_cannot_whisper(tmp_path: Path) -> None:
    channel = PaperChannel(Features(private_replies=False, buttons=3))
    async with parlour(tmp_path, channel=channel) as p:
        await p.say("den", "Ana", "/why")
        assert "something for you alone" in p.texts("den")[0]
        await p.say("ana", "Ana", "hello", value={"kind": "direct"})
        channel.sent.clear()
        await p.say("den", "Ana", "/why")
        assert [o.place for o in channel.sent] == ["paper:main:ana"]


async def test_what_came_again_goes_on_before_what_follows_it(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await p.say("den", "Ana", "/ping 0")
        keep, p.core.log.heard, p.core.log.begin = p.core.log.heard, lambda entry: None, lambda entry: None
        missed = p.entry("den", "Ana", "/ping 1")
        await p.core.log.append([missed])  # as if its process had died before it handled it
        p.core.log.heard = keep
        await p.core.log.append([missed])
        await p.say("den", "Ana", "/ping 2")
        assert p.texts("den") == ["pong 0", "pong 1", "pong 2"]
