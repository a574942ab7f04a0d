"""A way that is closed for now: what is said there is held and follows; what did not arrive goes again."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.documents import Replace
from bot.errors import RetryLater, Waits
from bot.model import ENTRIES, Delivery, Entry
from bot.ports import Outgoing
from tests.bot.parlour import PaperChannel, Parlour, parlour
from tests.waiting import soon


async def joined(p: Parlour) -> None:
    await p.say("den", "Ana", "hello")
    await p.say("den", "Ana", "/link")
    code = next(w for w in p.texts("den")[-1].split() if w.isupper() and len(w) == 8)
    await p.say("roof", "Ben", f"/link {code}", value={"kind": "direct"})
    p.channel.sent.clear()


async def status(p: Parlour, topic: str, **value: Any) -> Entry:
    value = {"topic": topic, "kind": "direct", **value}
    return await p.hear(p.entry("roof", "", "", what="status", author="", value=value))


async def delivery(p: Parlour, entry: Entry, place: str = "roof") -> Delivery:
    found = await p.store.get(ENTRIES, entry.id)
    assert found is not None
    return next(d for d in found.deliveries if d.place == f"paper:main:{place}")


async def test_what_cannot_be_said_now_is_held_and_follows_in_order(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await joined(p)
        p.channel.trouble += [Waits("asleep", asked=True), Waits("asleep", asked=True)]
        said = [await p.say("den", "Ana", text) for text in ("one", "two")]
        states = [await delivery(p, e) for e in said]
        assert [(d.state, d.why) for d in states] == [("held", "asleep")] * 2 and p.texts("roof") == []
        await p.say("den", "Ana", "three")
        await status(p, "reachable")
        assert p.texts("roof") == ["three", "one", "two"]
        assert [(await delivery(p, e)).state for e in said] == ["sent"] * 2
        await status(p, "reachable")
        assert p.texts("roof") == ["three", "one", "two"]


class SlowToRefuse(PaperChannel):
    """Takes its time before it says that the way is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.refuse = asyncio.Event(), asyncio.Event()

    async def send(self, outgoing: Outgoing) -> tuple[str, ...]:
        if outgoing.content.text == "one" and not self.refuse.is_set():
            self.asked.set()
            await self.refuse.wait()
            raise Waits("asleep", asked=True)
        return await super().send(outgoing)


async def test_who_writes_while_it_is_found_that_they_cannot_be_reached_gets_it_all_the_same(tmp_path: Path) -> None:
    channel = SlowToRefuse()
    async with parlour(tmp_path, channel=channel) as p:
        await joined(p)
        await p.core.log.append([p.entry("den", "Ana", "one")])
        await channel.asked.wait()
        came = p.entry("roof", "", "", what="status", author="", value={"topic": "reachable", "kind": "direct"})
        await p.core.log.append([came])
        await asyncio.sleep(0.05)
        channel.refuse.set()
        await soon(lambda: p.texts("roof") == ["one"])


async def test_why_tells_what_waits(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await joined(p)
        p.channel.trouble.append(Waits("asleep", asked=True))
        await p.say("den", "Ana", "one")
        await p.say("roof", "Ben", "/mute", value={"kind": "direct"})
        await p.say("den", "Ana", "two")
        await p.say("den", "Ana", "/why")
        card = next(o.content.card for o in reversed(p.channel.sent) if o.content.card)
        assert next(line for line in card.lines if "“one”" in line).endswith("(1 waiting until they write)")
        assert next(line for line in card.lines if "“two”" in line).endswith("(1 for a digest)")


async def test_what_was_overwritten_meanwhile_goes_in_its_last_words_only(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await joined(p)
        p.channel.trouble += [Waits("asleep", asked=True)] * 3
        first = await p.say("den", "Ana", "at 7")
        await p.say("den", "Ana", "at 8", what="edit", object=first.id)
        await p.say("den", "Ana", "bring water")
        await status(p, "reachable")
        assert p.texts("roof") == ["at 8", "bring water"]
        assert (await delivery(p, first)).state == "dropped"


async def test_a_failed_part_goes_again_and_the_others_do_not(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await joined(p)
        said = await p.say("den", "Ana", "one")
        sent = p.channel.sent[-1]
        await status(p, "undelivered", delivery=sent.id, part=0, again=True, why="busy")
        assert p.texts("roof") == ["one", "one"]
        await status(p, "undelivered", delivery=sent.id, part=0, again=False, why="no")
        last = await delivery(p, said)
        assert (last.state, last.why) == ("failed", "no")
        assert p.texts("roof") == ["one", "one"]


async def test_a_message_that_went_unanswered_counts_as_sent_when_the_network_says_so(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await joined(p)
        said = await p.say("den", "Ana", "one")
        stored = await p.store.get(ENTRIES, said.id)
        assert stored is not None
        await status(p, "arrived", delivery=stored.deliveries[0].id, part=0, id="SM1")
        assert (await delivery(p, said)).state == "sent"


async def test_news_of_unknown_deliveries_changes_nothing(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await joined(p)
        for topic in ("undelivered", "arrived"):
            heard = await status(p, topic, delivery="nobody@paper:main:roof", part=3)
            assert heard.handled and "known" in heard.outcome
        assert p.channel.sent == []


async def test_with_another_way_to_its_person_it_goes_there_unless_they_were_asked(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await joined(p)
        await p.say("cellar", "Ben", "hello", value={"kind": "direct"})
        p.channel.sent.clear()
        p.channel.trouble.append(Waits("asleep"))
        said = await p.say("den", "Ana", "one")
        assert (await delivery(p, said)).state == "failed"
        assert [t.split("\n")[-1] for t in p.texts("cellar")] == ["one"] and p.texts("roof") == []
        p.channel.trouble.append(Waits("asleep", asked=True))
        said = await p.say("den", "Ana", "two")
        assert (await delivery(p, said)).state == "held" and len(p.texts("cellar")) == 1


async def test_what_others_write_of_an_entry_meanwhile_survives_its_mark(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await joined(p)
        p.channel.trouble.append(Waits("asleep", asked=True))
        said = await p.say("den", "Ana", "one")
        stored = await p.store.get(ENTRIES, said.id)
        assert stored is not None and stored.held and not stored.open and not stored.lost
        p.channel.trouble.append(RetryLater(0.3))
        await p.core.log.append([p.entry("roof", "", "", what="status", author="", value={"topic": "reachable"})])

        async def opened() -> Entry | None:
            latest = await p.store.get(ENTRIES, said.id)
            return latest if latest is not None and latest.open else None

        await p.store.commit([Replace(ENTRIES, replace(await soon(opened), outcome="noted meanwhile"))])
        await p.settled()
        latest = await p.store.get(ENTRIES, said.id)
        assert latest is not None and latest.deliveries[0].state == "sent" and not latest.held
        assert latest.outcome == "noted meanwhile"
