"""What was committed goes out: in order, retried by the kind of failure, taken up after a restart."""

import asyncio
from dataclasses import replace
from functools import partial
from pathlib import Path

from bot.afterwards import undelivered
from bot.documents import Replace
from bot.errors import RetryLater, Undeliverable, Unknown
from bot.model import ENTRIES
from bot.ports import Features, Outgoing
from bot.texts import say
from tests.bot.parlour import ALL_POWERS, Impatient, PaperChannel, parlour
from tests.waiting import soon


async def test_a_busy_network_is_tried_again_and_order_is_kept(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        p.channel.trouble = [RetryLater(0.01), RetryLater(0.01)]
        await p.core.log.append([p.entry("den", "Ana", f"/ping {n}") for n in range(3)])
        await p.settled()
        assert p.texts("den") == ["pong 0", "pong 1", "pong 2"]
        assert p.core.deliverer.counts["retried"] == 2


async def test_what_can_never_arrive_is_failed_with_its_reason_and_the_rest_goes_on(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        p.channel.trouble = [Undeliverable("the words were refused")]
        lost = await p.say("den", "Ana", "/ping 1")
        await p.say("den", "Ana", "/ping 2")
        assert [(d.what, d.state, d.why) for d in lost.deliveries] == [
            ("send", "failed", "the words were refused"), ("missing", "sent", ""),
        ]  # fmt: skip
        assert p.texts("den") == [say("missing"), "pong 2"]


async def test_a_place_that_takes_nothing_is_not_told_what_is_missing_and_no_line_of_ours_is_missed(
    tmp_path: Path,
) -> None:
    async with parlour(tmp_path) as p:
        p.channel.shut["paper:main:den"] = Undeliverable("kicked", gone="place")
        closed = await p.say("den", "Ana", "/ping 1")
        p.channel.shut["paper:main:den"] = Undeliverable("refused")
        refused = await p.say("den", "Ana", "/ping 2")
        assert [d.state for d in closed.deliveries] == ["failed"]
        assert [(d.what, d.state) for d in refused.deliveries] == [("send", "failed"), ("missing", "failed")]


async def test_what_one_alone_should_have_read_is_missed_by_that_one_alone(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        p.channel.trouble = [Undeliverable("refused")]
        await p.say("den", "Ana", "/why")
        [told] = p.sent("den")
        assert (told.content.text, told.reader) == (say("missing"), ("paper:Ana",))


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


async def test_what_went_unanswered_twice_is_told_once_more_and_says_so(tmp_path: Path) -> None:
    blind = PaperChannel(replace(ALL_POWERS, idempotent_sends=False))
    async with parlour(tmp_path, channel=blind, clock=Impatient()) as p:
        p.channel.trouble = [Unknown("no answer"), Unknown("no answer")]
        entry = await p.say("den", "Ana", "/ping 1")
        await p.say("den", "Ana", "/ping 2")
        assert [(d.state, d.again, d.parts) for d in entry.deliveries] == [("sent", True, (f"{entry.id}/0",))]
        assert p.texts("den") == [f"{say('perhaps_again')}\n\npong 1", "pong 2"]


async def test_where_nobody_ever_answers_it_ends_as_unknown_and_is_not_repeated_blindly(tmp_path: Path) -> None:
    blind = PaperChannel(replace(ALL_POWERS, idempotent_sends=False))
    async with parlour(tmp_path, channel=blind, clock=Impatient()) as p:
        p.channel.trouble = [Unknown("no answer")] * 4
        entry = await p.say("den", "Ana", "/ping 1")
        assert [d.state for d in entry.deliveries] == ["unknown"]
        assert p.channel.sent == []


async def test_a_network_that_tells_what_came_is_asked_for_as_long_as_one_that_is_down(tmp_path: Path) -> None:
    async with parlour(tmp_path, clock=Impatient()) as p:
        p.channel.trouble = [Unknown("no answer")] * 59
        entry = await p.say("den", "Ana", "/ping 1")
        assert [(d.state, d.again) for d in entry.deliveries] == [("sent", False)]
        p.channel.trouble = [Unknown("no answer")] * 60
        entry = await p.say("den", "Ana", "/ping 2")
        assert [d.state for d in entry.deliveries] == ["unknown"]


class TwoPlaces(PaperChannel):
    """Nobody knows what came; one of its Places is slow."""

    def __init__(self) -> None:
        super().__init__(replace(ALL_POWERS, idempotent_sends=False))
        self.busy, self.free = asyncio.Event(), asyncio.Event()

    async def send(self, outgoing: Outgoing) -> tuple[str, ...]:
        if outgoing.place == "paper:main:slow" and self.busy.is_set():
            await self.free.wait()
        return await super().send(outgoing)


async def test_what_could_come_twice_is_written_down_before_the_others_have_arrived(tmp_path: Path) -> None:
    channel = TwoPlaces()
    async with parlour(tmp_path, channel=channel) as p:
        await p.say("den", "Ana", "/link")
        code = next(w for w in p.texts("den")[-1].split() if w.isupper() and len(w) == 8)
        await p.say("slow", "Ben", f"/link {code}")
        channel.busy.set()
        said = p.entry("den", "Ana", "/ping 1")
        await p.core.log.append([said])

        async def states() -> list[str]:
            entry = await p.store.get(ENTRIES, said.id)
            return [d.state for d in entry.deliveries] if entry else []

        async def half() -> bool:
            return await states() == ["sent", "pending"]

        await soon(half)
        channel.free.set()
        await p.settled()
        assert await states() == ["sent", "sent"]
        assert [e.id for e in await p.store.find(ENTRIES, {"open": True}, limit=5)] == []


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


async def test_what_a_network_tells_of_one_stands_when_the_others_arrive(tmp_path: Path) -> None:
    """One Place has its message, the network says later that it was lost there, and then the slow Place is done."""
    channel = TwoPlaces()
    async with parlour(tmp_path, channel=channel) as p:
        await p.say("den", "Ana", "/link")
        code = next(w for w in p.texts("den")[-1].split() if w.isupper() and len(w) == 8)
        await p.say("slow", "Ben", f"/link {code}")
        channel.busy.set()
        said = p.entry("den", "Ana", "/ping 1")
        await p.core.log.append([said])

        async def states() -> list[str]:
            entry = await p.store.get(ENTRIES, said.id)
            return [d.state for d in entry.deliveries] if entry else []

        async def stands(*wanted: str) -> bool:
            return await states() == list(wanted)

        await soon(partial(stands, "sent", "pending"))
        den, now = "paper:main:den", p.clock.now()
        lost = undelivered(den, "n1", now, delivery=f"{said.id}/0@{den}", part=0, again=False, why="lost on its way")
        await p.core.log.append([lost])
        await soon(partial(stands, "failed", "pending"))
        channel.free.set()
        await p.settled()
        assert await states() == ["failed", "sent"]
