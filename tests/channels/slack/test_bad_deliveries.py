"""What must not get in, and what gets in but is left alone with its reason."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.ports import RawRequest
from channels.slack.limits import SIGNATURE_AGE
from tests.channels.slack.stage import SlackSide, staged

VECTOR = (
    "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar"
    "&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com"
    "%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
    "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
)
SIGNED = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
KINDS = ("message", "app_mention", "reaction_added", "member_joined_channel", "channel_rename", "x")
FIELDS = (
    "text user ts thread_ts subtype files item channel message previous_message bot_id edited attachments event_ts"
    " deleted_ts reaction inviter".split()
)
AROUND = (
    "type event team enterprise authorizations user channel view item message previous_message response_url"
    " response_urls actions container command ssl_check assistant_thread function_data is_ext_shared_channel".split()
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture
async def side(tmp_path: Path) -> AsyncIterator[SlackSide]:
    async with staged(tmp_path) as side:
        yield side


def said(side: SlackSide, **more: Any) -> dict[str, Any]:
    """A message event of Ana's."""
    about = {"type": "message", "channel": side.room.id, "channel_type": "channel", "ts": "1700000000.000100"}
    user = side.reader("Ana").removeprefix("slack:")
    return {**about, "user": user, "text": "Hi", "event_ts": "1700000000.000100", **more}


async def test_slacks_own_example_of_a_signature_is_true(side: SlackSide) -> None:
    signed = {"X-Slack-Request-Timestamp": "1531420618", "X-Slack-Signature": SIGNED}
    request = RawRequest(method="POST", path="/hooks/slack", query={}, headers=signed, body=VECTOR.encode())
    side.slack._secrets["main"] = "8f742231b10e8888abcd99yyyzzz85a5"

    class Then:
        def tick(self) -> int:
            return 1531420618 * 10**9

    now = side.slack._clock
    side.slack._clock = Then()  # type: ignore[assignment]
    assert side.slack._signed(request)
    assert not side.slack._signed(replace(request, body=VECTOR.encode() + b" "))
    side.slack._clock = now
    assert not side.slack._signed(request)


@pytest.mark.parametrize(("age", "status"), [(0, 200), (SIGNATURE_AGE - 2, 200), (SIGNATURE_AGE + 2, 401), (-400, 401)])
async def test_a_signature_is_good_for_five_minutes(side: SlackSide, age: int, status: int) -> None:
    stamp = int(side.emulator.world.now()) - age
    request = side.signed("events_api", {"type": "url_verification", "challenge": "c"}, stamp)
    assert (await side.channel.receive(request)).status == status


async def test_the_handshake_is_answered_and_nothing_is_kept(side: SlackSide) -> None:
    receipt = await side.channel.receive(side.signed("events_api", {"type": "url_verification", "challenge": "abc"}))
    assert (receipt.status, receipt.body, receipt.entries) == (200, b'{"challenge": "abc"}', ())


@pytest.mark.parametrize("header", ["", "v0=", "v0=zz", "v1=" + "0" * 64, "ÿ", "v0=" + "0" * 64])
async def test_a_forged_signature_is_refused(side: SlackSide, header: str) -> None:
    genuine = side.signed("events_api", {"type": "event_callback", "team_id": side.ws.id, "event": said(side)})
    headers = {**genuine.headers, "X-Slack-Signature": header}
    receipt = await side.channel.receive(replace(genuine, headers=headers))
    assert (receipt.status, receipt.entries) == (401, ())


@pytest.mark.parametrize("stamp", ["", "x", "１７", "9" * 40, "-1", "1e9"])
async def test_a_time_that_is_none_is_refused(side: SlackSide, stamp: str) -> None:
    genuine = side.signed("events_api", {"type": "event_callback"})
    headers = {**genuine.headers, "X-Slack-Request-Timestamp": stamp}
    assert (await side.channel.receive(replace(genuine, headers=headers))).status == 401


async def test_a_delivery_that_was_cut_off_is_refused(side: SlackSide) -> None:
    genuine = side.signed("events_api", {"type": "event_callback", "team_id": side.ws.id, "event": said(side)})
    assert (await side.channel.receive(replace(genuine, body=genuine.body[:-9]))).status == 401
    body = b'{"type": "event_callback", "event": {'
    headers = {"Content-Type": "application/json", **side.emulator.deliveries.signed(body)}
    receipt = await side.channel.receive(replace(genuine, body=body, headers=headers))
    assert (receipt.status, receipt.entries) == (400, ())


async def test_what_we_say_ourselves_is_never_inbound(side: SlackSide) -> None:
    assert await side.event(said(side, user=side.ws.bot_user)) == ()
    assert await side.event(said(side, bot_id=side.ws.bot_id, subtype="bot_message", username="Zuri", user=None)) == ()
    assert await side.event({"type": "reaction_added", "user": side.ws.bot_user, "reaction": "+1", "item": {}}) == ()


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"bot_id": "B0OTHER", "subtype": "bot_message", "user": None}, "another bot's message"),
        ({"bot_id": "B0OTHER"}, "another bot's message"), ({"user": "USLACKBOT"}, "another bot's message"),
        ({"subtype": "channel_join"}, "told as a change of members"), ({"subtype": "pinned_item"}, "a service message"),
        ({"subtype": "channel_topic"}, "a service message"), ({"user": None}, "another bot's message"),
    ],
)  # fmt: skip
async def test_what_is_left_alone_says_why(side: SlackSide, more: dict[str, Any], why: str) -> None:
    [entry] = await side.event(said(side, **more))
    assert (entry.what, entry.author, entry.value["ignored"]) == ("notice", "", why)


async def test_a_kind_of_message_that_nobody_has_seen_is_kept(side: SlackSide) -> None:
    [entry] = await side.event(said(side, subtype="hologram_share", hologram={"x": 1}, text="Look"))
    assert (entry.what, entry.text, entry.name) == ("message", "Look", "Ana")


async def test_a_field_of_another_shape_is_left_out_and_the_rest_is_kept(side: SlackSide) -> None:
    [entry] = await side.event(said(side, files={"new": "shape"}, attachments="none", edited=7, text="Look"))
    assert (entry.text, entry.files) == ("Look", ())


async def test_a_forwarded_message_is_read_from_what_it_carries(side: SlackSide) -> None:
    [entry] = await side.event(said(side, text="", attachments=[{"text": "Hotel &amp; pool", "is_share": True}]))
    assert entry.text == "Hotel & pool"


async def test_an_edit_of_a_message_we_never_heard_names_it_all_the_same(side: SlackSide) -> None:
    now = {**said(side), "text": "New", "edited": {"user": "U1", "ts": "1700000005.000000"}}
    changed = {"type": "message", "subtype": "message_changed", "channel": side.room.id, "message": now, "hidden": True}
    [entry] = await side.event({**changed, "ts": "1700000005.000100", "event_ts": "1700000005.000100"})
    assert (entry.what, entry.text, entry.object) == ("edit", "New", f"{side.place}:message:1700000000.000100")
    [note] = await side.event({**changed, "previous_message": now, "ts": "1700000006.1", "event_ts": "1700000006.1"})
    assert note.value["ignored"] == "no other words than before"


async def test_a_deleted_head_of_a_thread_is_a_deletion(side: SlackSide) -> None:
    gone = {
        "type": "message",
        "subtype": "tombstone",
        "ts": "1700000000.000100",
        "text": "deleted",
        "user": "USLACKBOT",
    }
    event = {"type": "message", "subtype": "message_changed", "channel": side.room.id, "message": gone}
    [entry] = await side.event(
        {**event, "previous_message": said(side), "ts": "1700000009.1", "event_ts": "1700000009.1"}
    )
    assert (entry.what, entry.object) == ("delete", f"{side.place}:message:1700000000.000100")


async def test_news_of_a_workspace_we_are_not_in_is_taken_and_left(tmp_path: Path) -> None:
    async with staged(tmp_path, SLACK_CLIENT_ID="1.2", SLACK_CLIENT_SECRET="shh") as side:
        envelope = {"type": "event_callback", "team_id": "T0STRANGE", "event": said(side)}
        receipt = await side.channel.receive(side.signed("events_api", envelope))
        assert (receipt.status, receipt.entries) == (200, ())


async def test_an_app_of_one_workspace_hears_all_that_is_signed_for_it(side: SlackSide) -> None:
    envelope = {"type": "event_callback", "team_id": "T0ELSEWHERE", "enterprise_id": "E1", "event": said(side)}
    [entry] = (await side.channel.receive(side.signed("events_api", envelope))).entries
    assert (entry.place, entry.text) == (side.place, said(side)["text"])


async def test_a_press_under_a_message_without_anything_of_ours_is_no_error(side: SlackSide) -> None:
    for payload in (
        {"type": "block_actions"},
        {"type": "view_submission", "view": {"callback_id": "form"}},
        {"type": "x"},
    ):
        receipt = await side.channel.receive(side.signed("interactive", payload))
        assert (receipt.status, receipt.entries) == (200, ())


async def test_slacks_look_at_our_certificate_is_answered_and_nothing_is_kept(side: SlackSide) -> None:
    receipt = await side.channel.receive(side.signed("slash_commands", {"ssl_check": "1", "token": "t"}))
    assert (receipt.status, receipt.body, receipt.entries) == (200, b"", ())


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(("events_api", "interactive")), st.dictionaries(st.sampled_from(AROUND), JSON))
async def test_no_body_of_any_shape_raises(side: SlackSide, kind: str, fields: dict[str, Any]) -> None:
    side.emulator.world.moved = 0
    body = {"type": "block_actions" if kind == "interactive" else "event_callback", "team_id": side.ws.id, **fields}
    receipt = await side.channel.receive(side.signed(kind, body))
    assert receipt.status == 200
    assert all(e.place.startswith("slack:main:") for e in receipt.entries)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(KINDS), st.dictionaries(st.sampled_from(FIELDS), JSON))
async def test_no_event_of_any_shape_raises(side: SlackSide, kind: str, fields: dict[str, Any]) -> None:
    side.emulator.world.moved = 0
    envelope = {"type": "event_callback", "team_id": side.ws.id, "event": {**said(side), **fields, "type": kind}}
    receipt = await side.channel.receive(side.signed("events_api", envelope))
    assert receipt.status == 200
    assert all(e.place.startswith("slack:main:") and e.what for e in receipt.entries)
