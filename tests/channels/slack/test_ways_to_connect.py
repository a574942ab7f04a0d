"""HTTP and Socket Mode, redelivery, installing in workspaces, other apps of ours, settings that do not fit."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from bot.clock import SystemClock
from bot.errors import Misconfigured, NotAllowed, Undeliverable
from bot.faults import StoredFaults
from bot.ports import ChannelParts
from bot.powers import AccountKeys
from bot.storage.sqlite import SqliteStore
from channels import CHANNELS
from channels.installs import INSTALLS
from channels.slack.limits import SCOPES
from tests.channels.slack.stage import SlackSide, made, staged
from tests.contracts.channel_contract import outgoing
from tests.waiting import soon


@pytest.fixture
async def socket(tmp_path: Path) -> AsyncIterator[SlackSide]:
    async with staged(tmp_path, socket=True) as side:
        await soon(lambda: side.emulator.deliveries.sockets)
        yield side


async def test_a_delivery_that_we_could_not_keep_comes_again_and_is_the_same_entry(tmp_path: Path) -> None:
    async with staged(tmp_path) as side:
        side.down = 2
        await side.says("Ana", "Hello")
        assert (side.statuses, side.heard) == ([503, 503], [])
        side.emulator.world.moved = 61
        await side.emulator.deliveries.due()
        assert (side.statuses, [e.text for e in side.heard]) == ([503, 503, 200], ["Hello"])
        side.emulator.world.moved = 400
        await side.emulator.deliveries.due()
        assert len(side.statuses) == 3


async def test_over_the_socket_everything_is_acknowledged_when_it_is_kept(socket: SlackSide) -> None:
    await socket.says("Ana", "Hello")
    await socket.says("Ana", "/caravan trips")
    assert [(e.what, e.text) for e in socket.heard] == [("message", "Hello"), ("command", "/trips")]
    assert [d.answers for d in socket.emulator.deliveries.sent] == [[200], [200]]


async def test_over_the_socket_nothing_is_acknowledged_that_could_not_be_kept(socket: SlackSide) -> None:
    socket.emulator.deliveries.wait = 0.1
    socket.down = 1
    await socket.says("Ana", "Hello")
    assert socket.emulator.deliveries.sent[0].answers == [0, 200]
    assert [e.text for e in socket.heard] == ["Hello"]


async def test_over_the_socket_what_bolt_would_stumble_over_is_kept(socket: SlackSide) -> None:
    said = {"type": "message", "channel": socket.room.id, "user": 5, "item": "x", "ts": "1700000000.000100"}
    payload = {"type": "event_callback", "team_id": socket.ws.id, "authorizations": ["x"], "event": said, "view": 7}
    delivery = await socket.emulator.deliveries.send("events_api", payload)
    assert delivery.answers == [200]
    assert [e.value["ignored"] for e in socket.heard] == ["another bot's message"]


async def test_a_connection_that_is_to_be_renewed_is_renewed(socket: SlackSide) -> None:
    deliveries = socket.emulator.deliveries
    first = deliveries.sockets[0]
    await deliveries.refresh()
    await soon(lambda: deliveries.sockets and deliveries.sockets[-1] is not first)
    await socket.says("Ana", "Still here?")
    assert [e.text for e in socket.heard] == ["Still here?"]


async def test_what_was_not_acknowledged_when_the_connection_broke_comes_again(socket: SlackSide) -> None:
    deliveries = socket.emulator.deliveries
    first = deliveries.sockets[0]
    await deliveries.cut()
    deliveries.wait = 10
    await socket.says("Ana", "Hello?")
    assert deliveries.sockets[0] is not first
    assert [e.text for e in socket.heard] == ["Hello?"]


async def test_words_said_quickly_over_the_socket_keep_their_order(socket: SlackSide) -> None:
    await asyncio.gather(*(socket.says(f"P{i}", f"word {i}") for i in range(12)))
    assert [e.text for e in socket.heard] == [f"word {i}" for i in range(12)]


async def test_words_said_quickly_over_http_keep_their_order(tmp_path: Path) -> None:
    async with staged(tmp_path) as side:
        side.emulator.faults.append(("users.info", "slow"))
        first = asyncio.create_task(side.says("Chi", "first"))
        await soon(lambda: len(side.emulator.deliveries.sent) == 1)
        await asyncio.sleep(0.02)
        await asyncio.gather(first, side.says("Dee", "second"))
        assert [e.text for e in side.heard] == ["first", "second"]


async def test_a_workspace_installs_the_app_and_takes_it_away_again(tmp_path: Path) -> None:
    async with staged(tmp_path, SLACK_CLIENT_ID="1.2", SLACK_CLIENT_SECRET="shh") as side:
        side.emulator.methods.client = ("1.2", "shh")
        team = side.emulator.world.workspace("Coast Office")
        answer = await install(side)
        assert "Coast Office" in answer and set(side.emulator.scopes_asked.split(",")) == set(SCOPES)
        [stored] = [i for i in [await side.store.get(INSTALLS, f"slack:{team.id}")] if i]
        assert team.token not in stored.token
        room = side.emulator.world.channel(team, "coast", "Dee")
        await side.emulator.people.say(team, room, "Dee", "Hello")
        place = f"slack:{team.id}:{room.id}"
        assert [(e.place, e.name) for e in side.heard] == [(place, "Dee")]
        await side.channel.send(outgoing(side, "Karibu", place=place))
        assert [m.text for m in room.messages.values()] == ["Hello", "Karibu"]
        await side.emulator.people.event(team, {"type": "app_uninstalled", "event_ts": "1.1"})
        with pytest.raises(Undeliverable) as gone:
            await side.channel.send(outgoing(side, "Karibu", place=place))
        assert gone.value.gone == "account"


async def test_an_app_that_was_taken_away_while_we_were_down_is_forgotten(tmp_path: Path) -> None:
    async with staged(tmp_path, SLACK_CLIENT_ID="1.2", SLACK_CLIENT_SECRET="shh") as side:
        await side.slack._spaces.installs.keep("T0OTHER", "revoked by now")
        envelope = {"type": "event_callback", "team_id": "T0OTHER", "event": {"type": "app_uninstalled"}}
        assert (await side.channel.receive(side.signed("events_api", envelope))).status == 200
        assert await side.store.get(INSTALLS, "slack:T0OTHER") is None
        assert side.emulator.counted("auth.test") == 1


async def test_slack_is_asked_once_who_we_are_and_never_again_for_a_request(tmp_path: Path) -> None:
    async with staged(tmp_path) as side:
        for i in range(5):
            await side.says("Ana", f"Hello {i}")
        assert (len(side.heard), side.emulator.counted("auth.test")) == (5, 1)


async def test_an_install_that_another_browser_began_is_refused(tmp_path: Path) -> None:
    async with staged(tmp_path, SLACK_CLIENT_ID="1.2", SLACK_CLIENT_SECRET="shh") as side:
        side.emulator.methods.client = ("1.2", "shh")
        assert "another browser" in await install(side, cookies=False)
        assert "old or not ours" in await page(side, "oauth_redirect?code=x&state=forged.state")
        assert side.emulator.counted("oauth.v2.access") == 0


async def test_an_install_with_letters_that_no_cookie_has_is_refused(tmp_path: Path) -> None:
    async with staged(tmp_path, SLACK_CLIENT_ID="1.2", SLACK_CLIENT_SECRET="shh") as side:
        base = side.emulator.deliveries.hook.removesuffix("/hooks/slack")
        there = f"{base}/slack/install"
        async with aiohttp.ClientSession() as browser, browser.get(there, allow_redirects=False) as sent:
            state = parse_qs(urlsplit(sent.headers["Location"]).query)["state"][0]
        asked = f"GET /slack/oauth_redirect?code=x&state={state} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(base).port)
        writer.write(asked.encode() + b"Cookie: slack_install=\xff\xfe\xed\xa0\x80\r\n\r\n")
        answer = await reader.read()
        writer.close()
        assert answer.startswith(b"HTTP/1.1 403 ") and b"another browser" in answer


async def install(side: SlackSide, cookies: bool = True) -> str:
    """Through Slack's page and back, as a browser goes; the last page."""
    base = side.emulator.deliveries.hook.removesuffix("/hooks/slack")
    jar = aiohttp.CookieJar(unsafe=True) if cookies else aiohttp.DummyCookieJar()
    async with aiohttp.ClientSession(cookie_jar=jar) as browser:
        async with browser.get(f"{base}/slack/install", allow_redirects=False) as sent:
            there = sent.headers["Location"]
        async with browser.get(there, allow_redirects=False) as agreed:
            back = agreed.headers["Location"].replace("http://127.0.0.1:1/", f"{base}/")
        async with browser.get(back) as answer:
            return await answer.text()


async def page(side: SlackSide, path: str) -> str:
    base = side.emulator.deliveries.hook.removesuffix("/hooks/slack")
    async with aiohttp.ClientSession() as browser, browser.get(f"{base}/slack/{path}") as answer:
        return await answer.text()


async def test_another_app_of_ours_has_its_own_door_and_secret(tmp_path: Path) -> None:
    async with staged(tmp_path) as side:
        other = side.emulator.world.workspace("Ana's Tours")
        keys = AccountKeys(name="tours", secrets={"bot_token": other.token, "signing_secret": "tours secret"})
        assert await side.slack.account_added(keys) == "caravan"
        room = side.emulator.world.channel(other, "tours", "Ana")
        await side.channel.send(outgoing(side, "Karibu", place=f"slack:tours:{room.id}"))
        assert [m.text for m in room.messages.values()] == ["Karibu"]
        with pytest.raises(NotAllowed):
            await side.slack.account_rotated(
                AccountKeys(name="tours", secrets={"bot_token": "x", "signing_secret": "y"})
            )
        await side.channel.send(outgoing(side, "Still", shown="a2", place=f"slack:tours:{room.id}"))
        await side.slack.account_removed("tours")
        with pytest.raises(Undeliverable):
            await side.channel.send(outgoing(side, "Gone", shown="a3", place=f"slack:tours:{room.id}"))


BAD = [
    ({"SLACK_BOT_TOKEN": "x"}, "SLACK_SIGNING_SECRET"),
    ({"SLACK_SIGNING_SECRET": "x"}, "SLACK_BOT_TOKEN"),
    ({"SLACK_APP_TOKEN": "x"}, "SLACK_BOT_TOKEN"),
    ({"SLACK_CLIENT_ID": "x", "SLACK_SIGNING_SECRET": "x"}, "SLACK_CLIENT_SECRET"),
    ({"SLACK_CLIENT_ID": "x", "SLACK_APP_TOKEN": "x", "SLACK_BOT_TOKEN": "x"}, "SLACK_CLIENT_ID"),
]


@pytest.mark.parametrize(("environ", "named"), BAD)
def test_settings_that_do_not_fit_are_named(tmp_path: Path, environ: dict[str, str], named: str) -> None:
    with pytest.raises(Misconfigured, match=f"^{named}: "):
        made(SqliteStore(tmp_path), environ)


def test_without_settings_there_is_no_slack(tmp_path: Path) -> None:
    store, clock = SqliteStore(tmp_path), SystemClock()
    parts = ChannelParts(store=store, clock=clock, faults=StoredFaults(store, clock), environ={"SLACK_API_BASE": "x"})
    assert CHANNELS["slack"](parts) is None


async def test_a_token_that_slack_refuses_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"^SLACK_BOT_TOKEN: "):
        async with staged(tmp_path, SLACK_BOT_TOKEN="xoxb-wrong"):
            raise AssertionError("it started")


async def test_a_slack_that_is_away_at_the_start_is_asked_again(tmp_path: Path) -> None:
    async with staged(tmp_path, SLACK_API_BASE="http://127.0.0.1:9") as side:
        receipt = await side.channel.receive(side.signed("slash_commands", {"command": "/caravan", "team_id": "T1"}))
        assert (receipt.status, receipt.entries) == (503, ())


async def test_half_a_letter_by_the_socket_is_no_letter(socket: SlackSide) -> None:
    for text in ("half \ud83d", "/ping half \ud83d"):
        await socket.says("Ana", text)
    assert [e.text for e in socket.heard] == [f"{said} \N{REPLACEMENT CHARACTER}" for said in ("half", "/ping half")]
