"""24 hours, templates, STOP and START, status callbacks late, doubled and out of order, sends that go unanswered."""

import asyncio
from pathlib import Path

import pytest

from bot.content import Button, Content
from bot.errors import RetryLater, Undeliverable, Unknown, Waits
from bot.language import speaking
from bot.pacing import Paced
from bot.ports import Outgoing
from bot.powers import AccountKeys, HasAccounts, Invites, KnowsItself, Types
from channels.whatsapp.records import CONTACTS, PASSAGES
from tests.channels.whatsapp.test_messages_of_ours import ana, out
from tests.channels.whatsapp.wired import Wired, wired
from tests.emulators.twilio import FROM, TOKEN
from tests.emulators.twilio.world import Message


def to_ana(here: Wired, text: str, **more: object) -> Outgoing:
    id = str(more.pop("id", "whatsapp:main:x:message:1/0"))
    return out(text, id=f"{id}@{here.place('Ana')}", place=here.place("Ana"), **more)


def seen(here: Wired) -> list[Message]:
    return [m for m in here.emulator.world.with_person("Ana") if m.outbound]


def topics(here: Wired) -> list[str]:
    return [str(e.value.get("topic")) for e in here.heard if e.what == "status"]


async def test_out_of_the_window_a_template_asks_once_and_an_answer_opens_it(tmp_path: Path) -> None:
    async with wired(tmp_path) as here:
        await ana(here)
        await here.later(hours=25)
        for n in range(3):
            with pytest.raises(Waits) as waits:
                await here.channel.send(to_ana(here, "the ferry is late", id=f"d{n}", trip="Lamu 2026"))
            assert waits.value.asked
        [asked] = seen(here)
        assert asked.template and "Ana" in asked.body and "Lamu 2026" in asked.body
        assert asked.buttons == (("Read it", "caravan-open"),)
        await here.emulator.people.press("Ana", asked.sid, "Read it")
        assert [(e.what, e.value.get("topic")) for e in here.heard[-2:]] == [("status", "reachable"), ("notice", None)]
        assert "tap" in str(here.heard[-1].value["ignored"])
        await here.channel.send(to_ana(here, "the ferry is late"))
        assert seen(here)[-1].body == "the ferry is late"


async def test_without_an_approved_template_another_way_is_asked_for(tmp_path: Path) -> None:
    async with wired(tmp_path) as here:
        here.emulator.world.approves = "pending"
        for content in here.emulator.world.contents.values():
            content.approval = "pending"
        await ana(here)
        await here.later(hours=25)
        with pytest.raises(Waits) as waits:
            await here.channel.send(to_ana(here, "news"))
        assert not waits.value.asked and seen(here) == []
        for content in here.emulator.world.contents.values():
            content.approval = "approved"
        await here.later(minutes=11)
        with pytest.raises(Waits) as waits:
            await here.channel.send(to_ana(here, "news"))
        assert waits.value.asked and len(seen(here)) == 1


async def test_who_is_out_of_the_window_is_written_to_in_their_language(tmp_path: Path) -> None:
    async with wired(tmp_path) as here:
        await ana(here)
        await here.later(hours=25)
        with speaking("sw"), pytest.raises(Waits):
            await here.channel.send(to_ana(here, "habari"))
        [sent] = seen(here)
        assert sent.body.startswith("Habari Ana, kuna habari kuhusu safari yako")


async def test_the_templates_are_made_and_submitted_once(tmp_path: Path) -> None:
    async with wired(tmp_path) as here:
        assert here.emulator.approvals_asked == 6 and len(here.emulator.world.contents) == 6
        await here.channel.open(_nobody)
        await here.channel.prepared()
        assert here.emulator.approvals_asked == 6 and len(here.emulator.world.contents) == 6
        assert {c.approval for c in here.emulator.world.contents.values()} == {"approved"}


async def test_the_network_knows_better_when_the_window_closed(tmp_path: Path) -> None:
    async with wired(tmp_path) as here:
        await ana(here)
        here.emulator.world.later(hours=25)
        delivery = to_ana(here, "news")
        [sid] = await here.channel.send(delivery)
        await here.emulator.hooks.settled()
        [failed] = [e for e in here.heard if e.value.get("topic") == "undelivered"]
        assert failed.value["delivery"] == delivery.id and failed.value["again"] and "63016" in failed.value["why"]
        with pytest.raises(Waits):
            await here.channel.send(delivery)
        passage = await here.store.get(PASSAGES, sid)
        assert passage is not None and (passage.status, passage.error) == ("undelivered", 63016)


@pytest.mark.parametrize("error", [63016, 63003])
async def test_what_is_told_late_of_an_earlier_message_closes_no_way_that_they_have_opened_since(
    tmp_path: Path, error: int
) -> None:
    async with wired(tmp_path) as here:
        await ana(here)
        here.emulator.hooks.keep_statuses = True
        await here.channel.send(to_ana(here, "news"))
        early = seen(here)[-1]
        await here.later(minutes=6)
        await here.emulator.people.say("Ana", "here I am")
        await failed(here, early, error)
        assert here.heard[-1].value["topic"] == "undelivered" and here.heard[-1].value["again"]
        await here.channel.send(to_ana(here, "more news", id="d2"))
        await failed(here, seen(here)[-1], error)
        with pytest.raises((Waits, Undeliverable)):
            await here.channel.send(to_ana(here, "last news", id="d3"))


async def failed(here: Wired, message: Message, error: int) -> None:
    """Twilio tells that a message did not reach its person."""
    form = {"MessageSid": message.sid, "MessageStatus": "undelivered", "ErrorCode": str(error)}
    assert (await here.emulator.hooks.deliver(message.callback, TOKEN, form)).status == 200


async def test_whoever_says_stop_gets_nothing_until_they_say_start(tmp_path: Path) -> None:
    async with wired(tmp_path) as here:
        await ana(here)
        await here.emulator.people.say("Ana", "Stop")
        assert "no more messages" in here.emulator.hooks.answers[-1].body
        assert (here.heard[-1].what, here.heard[-1].value["ignored"]) == ("notice", "they asked for no more messages")
        with pytest.raises(Undeliverable) as never:
            await here.channel.send(to_ana(here, "news"))
        assert never.value.gone == "place" and seen(here) == []
        contact = await here.store.get(CONTACTS, here.place("Ana"))
        assert contact is not None and (contact.opted, contact.opted_by) == ("out", "Stop")
        await here.emulator.people.say("Ana", "are you there?")
        assert here.heard[-1].text == "are you there?" and "START" in here.emulator.hooks.answers[-1].body
        await here.emulator.people.say("Ana", "START")
        assert "reachable" in topics(here)
        await here.channel.send(to_ana(here, "news"))
        assert [m.body for m in seen(here)] == ["news"]


async def test_a_first_word_is_an_opt_in_on_record_and_start_is_then_only_a_word(tmp_path: Path) -> None:
    async with wired(tmp_path) as here:
        await here.emulator.people.say("Ana", "start")
        contact = await here.store.get(CONTACTS, here.place("Ana"))
        assert contact is not None and contact.opted == "in" and contact.opted_at is not None
        assert [(e.what, e.text) for e in here.heard] == [("message", "start")]


async def test_steps_only_move_forward_whatever_their_order(tmp_path: Path) -> None:
    async with wired(tmp_path) as here:
        await ana(here)
        here.emulator.hooks.keep_statuses, here.emulator.hooks.steps = True, ("queued", "sent", "delivered", "read")
        [sid] = await here.channel.send(to_ana(here, "news"))
        await here.emulator.hooks.release([2, 0, 1, 2, 3, 0, 2])
        passage = await here.store.get(PASSAGES, sid)
        assert passage is not None and passage.status == "read"
        assert topics(here) == [] and {a.status for a in here.emulator.hooks.answers} == {200}


@pytest.mark.parametrize(
    ("code", "again", "then"), [(63018, True, "sent"), (63024, True, "gone"), (63005, False, "sent")]
)
async def test_what_fails_later_goes_again_if_that_can_help(tmp_path: Path, code: int, again: bool, then: str) -> None:
    async with wired(tmp_path) as here:
        await ana(here)
        here.emulator.fails = [code]
        await here.channel.send(to_ana(here, "news"))
        await here.emulator.hooks.settled()
        [failed] = [e for e in here.heard if e.value.get("topic") == "undelivered"]
        assert failed.value["again"] == again
        if then == "gone":
            with pytest.raises(Undeliverable) as never:
                await here.channel.send(to_ana(here, "more"))
            assert never.value.gone == "place"
            await here.emulator.people.say("Ana", "I am back")
        assert await here.channel.send(to_ana(here, "more"))


async def test_a_part_that_failed_three_times_is_left(tmp_path: Path) -> None:
    async with wired(tmp_path) as here:
        await ana(here)
        here.emulator.fails = [63018] * 3
        for _ in range(3):
            await here.channel.send(to_ana(here, "news"))
            await here.emulator.hooks.settled()
        assert [e.value["again"] for e in here.heard if e.value.get("topic") == "undelivered"] == [True, True, False]


async def test_only_the_failed_part_goes_again(tmp_path: Path) -> None:
    async with wired(tmp_path) as here:
        await ana(here)
        long = to_ana(here, "one " * 350 + "\n\n" + "two " * 300)
        first, second = await here.channel.send(long)
        again = to_ana(here, long.content.text, parts=(first, ""))
        assert (await here.channel.send(again))[0] == first
        assert [m.body.split()[0] for m in seen(here)] == ["one", "two", "two"] and second


async def test_a_lost_answer_is_found_by_looking_and_by_the_callback(tmp_path: Path) -> None:
    async with wired(tmp_path) as here:
        await ana(here)
        here.emulator.trouble = ["lost"]
        delivery = to_ana(here, "**did** it arrive?")
        with pytest.raises(Unknown):
            await here.channel.send(delivery)
        [there] = seen(here)
        assert await here.channel.look_up(delivery) == (there.sid,)
        assert await here.channel.look_up(to_ana(here, "something else", id="d2", shown="e2/0")) is None
        other = to_ana(here, "**did** it arrive?", id="d3", shown="e3/0")
        assert await here.channel.look_up(other) is None, "that one is known to be another Delivery's"


async def test_what_arrived_before_a_failure_in_the_middle_is_not_sent_twice(tmp_path: Path) -> None:
    async with wired(tmp_path) as here:
        await ana(here)
        delivery = to_ana(here, "one " * 350 + "\n\n" + "two " * 300)
        here.emulator.trouble = ["", (429, 20429)]
        with pytest.raises(RetryLater):
            await here.channel.send(delivery)
        assert len(await here.channel.send(delivery)) == 2 == len(seen(here))
        here.emulator.trouble = ["", "lost"]
        third = to_ana(here, " ".join(f"word{n}" for n in range(600)), id="d3", shown="e3/0")
        with pytest.raises(Unknown):
            await here.channel.send(third)
        assert await here.channel.look_up(third) is None, "two of its three parts are there"
        assert len(await here.channel.send(third)) == 3
        assert " ".join(m.body for m in seen(here)[2:]) == third.content.text


async def test_a_connection_that_drops_before_anything_is_tried_again(tmp_path: Path) -> None:
    async with wired(tmp_path) as here:
        await ana(here)
        here.emulator.trouble = ["drop"]
        delivery = to_ana(here, "hello")
        with pytest.raises(Unknown):
            await here.channel.send(delivery)
        assert await here.channel.look_up(delivery) is None and seen(here) == []
        assert len(await here.channel.send(delivery)) == 1


async def test_typing_marks_the_last_message_as_read(tmp_path: Path) -> None:
    async with wired(tmp_path) as here:
        sid = await here.emulator.people.say("Ana", "hello")
        assert isinstance(here.channel, Types) and 20 < await here.channel.typing(here.place("Ana")) <= 25
        assert here.emulator.typed == [sid]
        assert await here.channel.typing(here.place("Nobody")) > 0


async def test_a_second_number_listens_and_speaks_until_it_is_taken_away(tmp_path: Path) -> None:
    async with wired(tmp_path) as here:
        sid, sender = "AC" + "9" * 32, "whatsapp:+447700900123"
        here.emulator.world.senders[sender] = (sid, "second-token")
        keys = AccountKeys(
            name="zoe", secrets={"account_sid": sid, "auth_token": "second-token", "number": "+447700900123"}
        )  # fmt: skip
        assert isinstance(here.channel, HasAccounts)
        assert await here.channel.account_added(keys) == await here.channel.account_added(keys) == "+447700900123"
        here.emulator.people.webhook = f"{here.url}/hooks/whatsapp/zoe"
        await here.emulator.people.say("Ana", "hello Zoe", to=sender)
        [entry] = here.heard
        assert entry.place == here.place("Ana", "zoe") and entry.author == here.place("Ana").replace(":main", "")
        await here.channel.send(out("from Zoe", place=entry.place))
        assert here.emulator.world.with_person("Ana", sender)[-1].body == "from Zoe"
        assert isinstance(here.channel, KnowsItself) and len(set(here.channel.ours())) == 2
        await here.channel.account_removed("zoe")
        with pytest.raises(Undeliverable) as never:
            await here.channel.send(out("again", place=entry.place))
        assert never.value.gone == "account"


async def test_an_invitation_opens_the_conversation_with_its_code(tmp_path: Path) -> None:
    async with wired(tmp_path) as here:
        assert isinstance(here.channel, Invites) and isinstance(here.channel, Paced)
        number = FROM.removeprefix("whatsapp:+")
        assert here.channel.invite("K7MABCDE") == f"https://wa.me/{number}?text=join%20K7MABCDE"
        assert here.channel.direct_link(here.place("Ana")) == f"https://wa.me/{number}"
        assert len(here.channel.paces(to_ana(here, "x"))) == 2


async def test_secrets_are_shown_to_nobody(tmp_path: Path) -> None:
    async with wired(tmp_path) as here:
        assert TOKEN not in repr(here.channel.__dict__["_accounts"]["main"].account)


async def test_many_at_once_make_one_resource(tmp_path: Path) -> None:
    async with wired(tmp_path) as here:
        await ana(here)
        before = len(here.emulator.world.contents)
        content = Content(text="Shall we?", buttons=(Button(id="t", label="Yes"),))
        sends = [here.channel.send(out(content, id=f"d{n}", place=here.place("Ana"))) for n in range(6)]
        await asyncio.gather(*sends)
        assert len(here.emulator.world.contents) == before + 1 and here.emulator.refused == []


async def _nobody(entries: object) -> None: ...
