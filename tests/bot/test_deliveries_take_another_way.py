"""Where one way to a person or a network is closed, the other is taken and it is said; owners hear of it once."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.content import Content, Poll
from bot.deliver import Deliverer
from bot.documents import Insert, Replace
from bot.errors import RetryLater, Undeliverable, Unknown
from bot.faultpoints import FaultPoints
from bot.kinds import KINDS
from bot.locking.local import LocalLocks
from bot.model import ENTRIES, PEOPLE, Answer, Delivery, Entry
from bot.people import first_id
from bot.ports import Features, Outgoing
from bot.storage.sqlite import SqliteStore
from tests.bot.parlour import ALL_POWERS, Impatient, PaperChannel, Parlour, parlour
from tests.waiting import soon

POOR = Features(buttons=3)
DIRECT = {"kind": "direct"}


async def also_on_ink(p: Parlour, who: str) -> None:
    """Their other account and its direct Place, as linking leaves them."""
    await p.say(f"ink:main:{who}", f"ink:{who}", "hello", value=DIRECT)
    person = await p.store.get(PEOPLE, first_id(f"paper:{who}"))
    assert person is not None
    both = (*person.identities, f"ink:{who}")
    linked = replace(person, identities=both, direct=(*person.direct, f"ink:main:{who}"))
    await p.store.commit([Replace(PEOPLE, linked)])
    await p.core.people.changed(person.id)


async def test_what_is_for_one_alone_goes_to_their_other_network_and_says_so(tmp_path: Path) -> None:
    async with parlour(tmp_path, channel=PaperChannel(POOR), others=[PaperChannel(POOR, "ink")]) as p:
        await p.say("ana", "Ana", "hello", value=DIRECT)
        await also_on_ink(p, "Ana")
        p.channel.shut["paper:main:ana"] = Undeliverable("blocked by the person", gone="place")
        asked = await p.say("den", "Ana", "/why")
        assert [(d.place, d.state, d.instead) for d in asked.deliveries] == [
            ("paper:main:ana", "failed", ""), ("ink:main:Ana", "sent", "paper:main:ana"),
        ]  # fmt: skip
        told = p.sent("ink:main:Ana")[-1]
        assert told.content.text.startswith("_(I could not reach you on Paper")
        assert told.content.card is not None
        assert told.reader == ("ink:Ana",)


async def test_whoever_has_no_other_way_gets_nothing_twice_and_the_rest_goes_on(tmp_path: Path) -> None:
    async with parlour(tmp_path, channel=PaperChannel(POOR)) as p:
        await p.say("ana", "Ana", "hello", value=DIRECT)
        p.channel.shut["paper:main:ana"] = Undeliverable("blocked by the person", gone="place")
        asked = await p.say("den", "Ana", "/why")
        assert [d.state for d in asked.deliveries] == ["failed"]
        await p.say("den", "Ana", "/ping still")
        assert p.texts("den")[-1] == "pong still"


async def test_a_follower_whose_direct_place_is_closed_hears_the_trip_on_their_other_network(tmp_path: Path) -> None:
    async with parlour(tmp_path, others=[PaperChannel(ALL_POWERS, "ink")]) as p:
        await p.say("den", "Ben", "/link")
        code = next(w for w in p.texts("den")[-1].split() if w.isupper() and len(w) == 8)
        await p.say("ana", "Ana", f"/link {code}", value=DIRECT)
        await also_on_ink(p, "Ana")
        p.channel.shut["paper:main:ana"] = Undeliverable("blocked by the person", gone="place")
        said = await p.say("den", "Ben", "shall we go?")
        assert [(d.place, d.state) for d in said.deliveries] == [
            ("paper:main:ana", "failed"), ("ink:main:Ana", "sent")
        ]  # fmt: skip
        assert p.sent("ink:main:Ana")[-1].name == "Ben"


async def test_a_restart_in_the_middle_takes_the_other_way_once(tmp_path: Path) -> None:
    async with parlour(tmp_path, channel=PaperChannel(POOR), others=[PaperChannel(POOR, "ink")]) as p:
        await p.say("ana", "Ana", "hello", value=DIRECT)
        await also_on_ink(p, "Ana")
        done = await p.say("den", "Ana", "/why")
        pending = tuple(replace(d, state="pending", parts=()) for d in done.deliveries)
        await p.store.commit([Replace(ENTRIES, replace(done, open=True, deliveries=pending))])
    shut = PaperChannel(POOR)
    shut.shut["paper:main:ana"] = Undeliverable("blocked by the person", gone="place")
    async with parlour(tmp_path, channel=shut, others=[PaperChannel(POOR, "ink")]) as again:
        await again.settled()
        assert len(again.sent("ink:main:Ana")) == 1


async def test_the_owner_is_told_once_of_an_account_that_was_revoked_and_again_after_it_worked(tmp_path: Path) -> None:
    async with parlour(tmp_path, others=[PaperChannel(ALL_POWERS, "ink")]) as p:
        await p.say("owner", "Owner", "hello", value=DIRECT)
        revoked = Undeliverable("token revoked", gone="account")

        async def attempts(*places: str) -> int:
            before = len(p.texts("owner"))
            for place in places:
                await p.say(place, "ink:Ben", "/ping 1")
            for _ in range(20):
                await asyncio.sleep(0.005)
                await p.settled()
            return len(p.texts("owner")) - before

        p.channels["ink"].shut = {"ink:main:a": revoked, "ink:main:b": revoked}
        assert await attempts("ink:main:a", "ink:main:b", "ink:main:a") == 1
        assert "Ink no longer lets one of our accounts in" in p.texts("owner")[-1]
        p.channels["ink"].shut = {}
        assert await attempts("ink:main:a") == 0
        p.channels["ink"].shut = {"ink:main:a": revoked}
        assert await attempts("ink:main:a", "ink:main:a") == 1


async def test_the_owner_is_told_once_of_answers_of_which_nobody_knows_and_again_after_it_worked(
    tmp_path: Path,
) -> None:
    blind = PaperChannel(replace(ALL_POWERS, idempotent_sends=False), "ink")
    async with parlour(tmp_path, others=[blind], clock=Impatient()) as p:
        await p.say("owner", "Owner", "hello", value=DIRECT)

        async def told(*answers: int) -> int:
            before = len(p.texts("owner"))
            for unanswered in answers:
                blind.trouble = [Unknown("no answer")] * unanswered
                await p.say("ink:main:a", "ink:Ben", "/ping 1")
            for _ in range(20):
                await asyncio.sleep(0.005)
                await p.settled()
            return len(p.texts("owner")) - before

        assert await told(1, 3) == 0
        assert await told(4, 4) == 1
        assert "Ink did not say whether" in p.texts("owner")[-1]
        assert await told(0) == 0
        assert await told(4) == 1


async def test_the_owner_is_told_once_of_a_group_that_threw_us_out(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await p.say("owner", "Owner", "hello", value=DIRECT)
        await p.say("den", "Ana", "hello", value={"kind": "group", "title": "Lamu"})
        p.channel.shut["paper:main:den"] = Undeliverable("kicked", gone="place")
        for _ in range(3):
            await p.say("den", "Ana", "/ping 1")
            await asyncio.sleep(0.02)
            await p.settled()
        assert len([t for t in p.texts("owner") if "Lamu" in t]) == 1


async def test_a_chain_of_replies_over_a_closed_place_keeps_its_order_and_is_understood_when_it_opens(
    tmp_path: Path,
) -> None:
    async with parlour(tmp_path) as p:
        await p.say("owner", "Owner", "hello", value=DIRECT)
        await p.say("den", "Ana", "/link")
        code = next(w for w in p.texts("den")[-1].split() if w.isupper() and len(w) == 8)
        await p.say("roof", "Ben", f"/link {code}")
        p.channel.sent.clear()
        p.channel.shut["paper:main:roof"] = Undeliverable("kicked", gone="place")
        said = [await p.say("den", "Ana", "where to?")]
        said += [await p.say("den", "Chi", f"{n}", reply_to=said[-1].id) for n in range(3)]
        assert [d.state for e in said for d in e.deliveries] == ["failed"] * 4
        await soon(lambda: len([t for t in p.texts("owner") if "kicked" in t]) == 1)
        p.channel.shut = {}
        late = await p.say("den", "Ana", "so be it", reply_to=said[-1].id)
        later = await p.say("den", "Chi", "good", reply_to=late.id)
        assert p.texts("roof") == ["↩ Chi: 2\nso be it", "good"]
        assert p.sent("roof")[-1].reply_to == late.deliveries[0].parts[0]
        assert [d.state for d in later.deliveries] == ["sent"]
        assert len([t for t in p.texts("owner") if "kicked" in t]) == 1


async def test_what_a_network_asks_us_to_wait_is_kept_to(tmp_path: Path) -> None:
    clock = Impatient()
    async with parlour(tmp_path, clock=clock) as p:
        p.channel.trouble = [RetryLater(300.0), RetryLater(0.0), RetryLater(90_000.0)]
        await p.say("den", "Ana", "/ping 1")
        asked = [s for s in clock.slept if s not in (1.0, 5.0)]
        assert asked[0] == 300.0
        assert 3600.0 in asked
        assert p.texts("den") == ["pong 1"]


class FloodedChannel(PaperChannel):
    """One place of it lets nothing through for a while."""

    flooded = False

    async def send(self, outgoing: Outgoing) -> tuple[str, ...]:
        if self.flooded and outgoing.place == "paper:main:flooded":
            raise RetryLater(30.0)
        return await super().send(outgoing)


async def test_a_flooded_place_keeps_nobody_else_waiting_not_even_in_its_own_thread(tmp_path: Path) -> None:
    channel = FloodedChannel()
    async with parlour(tmp_path, channel=channel, clock=Impatient()) as p:
        await p.say("den", "Ana", "/link")
        code = next(w for w in p.texts("den")[-1].split() if w.isupper() and len(w) == 8)
        await p.say("flooded", "Ben", f"/link {code}")
        channel.flooded = True
        for n in range(5):
            await p.core.log.append([p.entry("den", "Ana", f"/ping {n}"), p.entry("other", "Chi", f"/ping {n}")])
        await soon(lambda: p.texts("den")[-1:] == p.texts("other")[-1:] == ["pong 4"])
        assert p.texts("den")[-5:] == p.texts("other")[-5:] == [f"pong {n}" for n in range(5)]
        channel.flooded = False
        await p.settled()
        assert p.texts("flooded")[-5:] == [f"pong {n}" for n in range(5)]


def poll_edit(id: str) -> tuple[Answer, Delivery]:
    poll = Poll(options=(), closes_at=SystemClock().now(), quorum=0)
    answer = Answer(id=f"{id}/0", content=Content(text="2 votes", kind="poll", poll=poll), replaces=f"{id}/card")
    return answer, Delivery(id=f"{answer.id}@paper:main:den", place="paper:main:den", answer=answer.id, what="edit")


@pytest.mark.parametrize(
    ("kind", "sends", "state"),
    [("answer", 4, "unknown"), ("card", 4, "unknown"), ("words", 4, "unknown"), ("open vote", 1, "unknown")],
)
async def test_what_went_unanswered_is_repeated_once_and_said_so_unless_the_next_edit_repairs_it(
    tmp_path: Path, kind: str, sends: int, state: str
) -> None:
    id = "paper:main:den:message:1"
    answer = Answer(id=f"{id}/0", content=Content(text="pong"), replaces=f"{id}/card" if kind == "card" else "")
    delivery = Delivery(
        id=f"{answer.id}@paper:main:den", place="paper:main:den", answer=answer.id,
        what="edit" if kind == "card" else "send",
    )  # fmt: skip
    if kind == "words":
        delivery = replace(delivery, id=f"{id}@paper:main:den", answer="")
    if kind == "open vote":
        answer, delivery = poll_edit(id)
    entry = Entry(
        id=id, thread="t1", what="message", at=SystemClock().now(), arrival=1, place="paper:main:roof", text="hi",
        handled=True, seq=1, answers=(answer,), deliveries=(delivery,),
    )  # fmt: skip
    store, channel = SqliteStore(tmp_path), PaperChannel(replace(ALL_POWERS, idempotent_sends=False))
    await store.open(KINDS)
    await store.commit([Insert(ENTRIES, entry)])
    attempts: list[Outgoing] = []

    async def never(outgoing: Outgoing) -> tuple[str, ...]:
        attempts.append(outgoing)
        raise Unknown("no answer")

    channel.send = never  # type: ignore[method-assign]
    deliverer = Deliverer(
        store, Impatient(), LocalLocks(), {"paper": channel}, FaultPoints(), _nobody, _no_trip
    )  # fmt: skip
    deliverer.put(replace(entry, version=1))

    async def closed() -> Entry | None:
        stored = await store.get(ENTRIES, id)
        return stored if stored and not stored.open else None

    stored = await soon(closed)
    await deliverer.close()
    assert (len(attempts), stored.deliveries[0].state, stored.lost) == (sends, state, True)
    assert [o.again for o in attempts] == [False, False, True, True][:sends]
    await store.close()


async def _nobody(people: tuple[str, ...], place: str) -> tuple[str, ...]:
    return ()


async def _no_trip(thread: str, place: str) -> str:
    return ""
