"""Any other messenger as every other channel; and what is its own: signatures, whole news, repeated requests."""

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.capability import Count, Location, Registry, capabilities_of, capability
from bot.clock import SystemClock
from bot.errors import Misconfigured, RetryLater, Undeliverable
from bot.faults import StoredFaults
from bot.kinds import KINDS
from bot.model import Entry
from bot.ports import Ask, ChannelParts, RawRequest, Receipt, Reply
from bot.storage.sqlite import SqliteStore
from channels import CHANNELS
from channels.webhook.channel import WebhookChannel
from channels.webhook.inbound import address
from channels.webhook.signing import is_signed, key_of, signed
from tests.contracts.channel_contract import ChannelContract, Seen, outgoing
from tests.emulators.webhook.__main__ import Playing
from tests.emulators.webhook.server import KEY, SECRET, Messenger, headers, running_messenger

ROOT = Path(__file__).parents[3]
HOW_TO = ROOT / "docs" / "how-to" / "add-a-channel.md"


class Offered:
    @capability("Find flights", command="flights find")
    async def flights(self, ask: Ask, *, origin: Location, people: Count = 1) -> Reply:
        return Reply()


class WebhookSide:
    """The other messenger, and our Channel beside it."""

    def __init__(self, messenger: Messenger, channel: WebhookChannel) -> None:
        self.messenger, self.channel = messenger, channel
        self.place = f"webhook:main:{messenger.conversation}"
        self.heard: list[Entry] = []

    async def tell(self, body: bytes, given: dict[str, str] | None = None) -> Receipt:
        receipt = await self.channel.receive(request(body, given or headers(body)))
        self.heard += receipt.entries
        return receipt

    async def seen(self, person: str = "Ana") -> Sequence[Seen]:
        return [
            Seen(id=m.id, author=m.author, text=m.text, deleted=m.deleted, reply_to=m.reply_to,
                 buttons=tuple(b["label"] for b in m.buttons))
            for m in self.messenger.messages.values() if not m.by
        ]  # fmt: skip

    async def says(self, person: str, text: str, *, twice: bool = False) -> str:
        id, body = self.messenger.said(person, text)
        for _ in range(1 + twice):
            await self.tell(body)
        return id

    async def edits(self, person: str, message: str, text: str) -> None:
        await self.tell(self.messenger.news(person, "edit", message=message, text=text))

    async def deletes(self, person: str, message: str) -> None:
        await self.tell(self.messenger.news(person, "delete", message=message))

    async def reacts(self, person: str, message: str, emoji: str) -> None:
        await self.tell(self.messenger.news(person, "react", message=message, emoji=emoji))

    async def presses(self, person: str, message: str, label: str) -> None:
        button = next(b for b in self.messenger.messages[message].buttons if b["label"] == label)
        await self.tell(self.messenger.news(person, "press", message=message, button=button["button"]))

    def reader(self, person: str) -> str:
        return f"webhook:u-{person.casefold()}"

    def forged(self) -> RawRequest | None:
        body = self.messenger.news("Ana", "message", text="forged")
        return request(body, headers(body, key=b"x" * 32))


def request(body: bytes, given: dict[str, str]) -> RawRequest:
    return RawRequest(method="POST", path="/hooks/webhook", query={}, headers=given, body=body)


def parts_of(store: SqliteStore, **environ: str) -> ChannelParts:
    clock = SystemClock()
    return ChannelParts(store=store, clock=clock, faults=StoredFaults(store, clock), environ=environ)


class TestWebhook(ChannelContract):
    @pytest.fixture
    async def network(self, tmp_path: Path) -> AsyncIterator[WebhookSide]:
        async with running_messenger() as messenger:
            store = SqliteStore(tmp_path)
            await store.open(KINDS)
            channel = CHANNELS["webhook"](parts_of(store, WEBHOOK_URL=messenger.url, WEBHOOK_SECRET=SECRET))
            assert isinstance(channel, WebhookChannel)
            side = WebhookSide(messenger, channel)
            yield side
            await channel.close()
            await store.close()
            assert messenger.wrong == []

    async def test_a_persons_deletion_names_the_message(self, network: WebhookSide) -> None:
        message = await network.says("Ana", "Oops")
        await network.deletes("Ana", message)
        assert [(e.what, e.object) for e in network.heard[1:]] == [("delete", f"{network.place}:message:{message}")]

    @pytest.mark.parametrize("kind", ["sticker", "edit", "react", "press", ""])
    async def test_what_is_not_known_or_not_whole_is_kept_with_the_reason(
        self, network: WebhookSide, kind: str
    ) -> None:
        await network.tell(network.messenger.news("Ana", kind))
        [entry] = network.heard
        assert (entry.what, entry.author, "missing" in str(entry.value["ignored"])) == ("notice", "", True)

    async def test_people_come_and_go(self, network: WebhookSide) -> None:
        for kind in ("joined", "left"):
            await network.tell(network.messenger.news("Ben", kind))
        came, went = network.heard
        ben = [{"identity": network.reader("Ben"), "name": "Ben"}]
        assert [came.value["added"], came.value["removed"], went.value["added"], went.value["removed"]] == [
            ben, [], [], ben
        ]  # fmt: skip

    async def test_a_reply_to_ours_and_to_another_names_what_it_answers(self, network: WebhookSide) -> None:
        [ours] = await network.channel.send(outgoing(network, "Lamu?"))
        for message in (ours, "m77"):
            await network.tell(network.messenger.said("Ana", "yes", reply_to=message)[1])
        assert [e.reply_to for e in network.heard] == ["answer1", f"{network.place}:message:m77"]

    async def test_a_conversation_with_one_person_is_a_direct_place(self, network: WebhookSide) -> None:
        await network.tell(network.messenger.news("Ana", "message", text="psst", direct=True))
        [entry] = network.heard
        assert (entry.place, entry.value["kind"]) == ("webhook:main:@lamu", "direct")
        await network.channel.send(outgoing(network, "You owe 500", place=entry.place, reader=(entry.author,)))
        assert [m.text for m in await network.seen()] == ["You owe 500"]

    async def test_a_group_whose_id_begins_like_a_direct_place_gets_nothing_private(self, network: WebhookSide) -> None:
        body = network.messenger.news("Ana", "message", text="hi").replace(b'"lamu"', b'"@lamu"')
        await network.tell(body)
        [entry] = network.heard
        assert (entry.place, entry.value["kind"]) == ("webhook:main:#@lamu", "group")
        assert address(entry.place) == ("@lamu", False)
        with pytest.raises(Undeliverable):
            await network.channel.send(outgoing(network, "You owe 500", place=entry.place, reader=(entry.author,)))

    async def test_headers_of_any_bytes_are_refused(self, network: WebhookSide) -> None:
        body = network.messenger.news("Ana", "message", text="hi")
        for name in ("webhook-id", "webhook-timestamp", "webhook-signature"):
            assert (await network.tell(body, {**headers(body), name: "\udcff"})).status == 401

    async def test_a_moment_without_a_zone_is_of_utc(self, network: WebhookSide) -> None:
        await network.tell(network.messenger.news("Ana", "message", text="hi", at="2026-11-20T10:00:00"))
        assert network.heard[0].at == datetime(2026, 11, 20, 10, tzinfo=UTC)

    @pytest.mark.parametrize("away", [-301, 301])
    async def test_what_is_too_old_or_too_new_is_refused(self, network: WebhookSide, away: int) -> None:
        body = network.messenger.news("Ana", "message", text="old")
        at = datetime.now(UTC).timestamp() + away
        assert (await network.tell(body, headers(body, at))).status == 401
        assert (await network.tell(body + b" ", headers(body))).status == 401
        assert network.heard == []

    async def test_while_a_secret_is_changed_one_good_signature_is_enough(self, network: WebhookSide) -> None:
        body = network.messenger.news("Ana", "message", text="hi")
        good, old = headers(body), headers(body, key=b"o" * 32)
        both = {**good, "webhook-signature": f"{old['webhook-signature']} {good['webhook-signature']}"}
        assert (await network.tell(body, both)).status == 200

    @pytest.mark.parametrize("body", [b'{"id":"1"}', b'{"id":"a:b","conversation":"c","person":{"id":"u"}}', b"[]"])
    async def test_signed_news_that_does_not_say_who_and_where_is_bad(self, network: WebhookSide, body: bytes) -> None:
        assert (await network.tell(body)).status == 400

    async def test_a_request_whose_answer_is_lost_is_repeated_and_is_one_message(self, network: WebhookSide) -> None:
        network.messenger.lost = True
        delivery = outgoing(network, "Once")
        with pytest.raises(RetryLater):
            await network.channel.send(delivery)
        await network.channel.send(delivery)
        assert [m.text for m in await network.seen()] == ["Once"]

    @pytest.mark.parametrize(("status", "kind"), [(429, RetryLater), (503, RetryLater), (400, Undeliverable)])
    async def test_each_answer_calls_for_its_reaction(
        self, network: WebhookSide, status: int, kind: type[Exception]
    ) -> None:
        network.messenger.fails = [status]
        with pytest.raises(kind):
            await network.channel.send(outgoing(network, "Hi"))

    async def test_who_does_not_know_a_conversation_closes_it(self, network: WebhookSide) -> None:
        with pytest.raises(Undeliverable) as closed:
            await network.channel.send(outgoing(network, "Hi", place="webhook:main:nowhere"))
        assert closed.value.gone == "place"

    async def test_a_longer_edit_adds_messages_and_a_shorter_one_takes_them_away(self, network: WebhookSide) -> None:
        parts = await network.channel.send(outgoing(network, "short"))
        long = " ".join(f"word{n}" for n in range(1200))
        edit = outgoing(network, long, id="d2", what="edit", parts=parts)
        more = await network.channel.send(edit)
        assert (more[0], len(more) > 1) == (parts[0], True)
        await network.channel.send(replace(edit, id="d3", content=outgoing(network, "short").content, parts=more))
        assert [m.text for m in await network.seen() if not m.deleted] == ["short"]

    async def test_a_command_with_arguments_is_offered_and_keeps_each_by_name(self, network: WebhookSide) -> None:
        await network.channel.publish_commands(list(Registry(capabilities_of(Offered()))))
        assert [(c["command"], c["arguments"]) for c in network.messenger.commands] == [
            ("flights-find", {"origin": "location", "people": "count"})
        ]
        given = {"command": "flights-find", "values": {"origin": "Nairobi", "people": 2}}
        await network.tell(network.messenger.news("Ana", "command", **given))
        await network.tell(network.messenger.news("Ana", "command", command="nothing"))
        command, unknown = network.heard
        assert (command.what, command.text) == ("command", "/flights find origin: Nairobi people: 2")
        assert (command.value["args"], unknown.what) == ({"origin": "Nairobi", "people": "2"}, "notice")

    async def test_a_reaction_of_another_network_is_shown(self, network: WebhookSide) -> None:
        message = await network.says("Ana", "Lamu?")
        react = outgoing(network, "👍", what="react", parts=(f"{network.place}:message:{message}",))
        await network.channel.react(react)
        assert network.messenger.reactions == [("react", message, "👍")]


async def test_the_emulator_is_played_with_by_http() -> None:
    """`make emulators`: what a person does there is signed news, and only a button that is shown can be pressed."""
    heard: list[tuple[Mapping[str, str], bytes]] = []

    async def hook(told: web.Request) -> web.Response:
        heard.append((told.headers, await told.read()))
        return web.Response()

    caravan = web.Application()
    caravan.add_routes([web.post("/hooks/webhook", hook)])
    async with TestServer(caravan) as ours:
        playing = Playing(Messenger(), str(ours.make_url("/hooks/webhook")))
        async with TestClient(TestServer(playing.application())) as people:
            assert (await people.post("/people/say", json={"as": "Ana", "text": "/ping"})).status == 200
            pressed = await people.post("/people/press", json={"as": "Ana", "label": "Yes"})
            shown = await (await people.get("/messages")).json()
    given, body = heard[0]
    assert is_signed(KEY, given, body, int(given["webhook-timestamp"])) and b"/ping" in body
    assert (pressed.status, [m["text"] for m in shown], len(heard)) == (404, ["/ping"], 1)


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_c2hvcnQ=", "no base64", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYX"])
def test_a_secret_that_is_none_stops_the_start(tmp_path: Path, secret: str) -> None:
    parts = parts_of(SqliteStore(tmp_path), WEBHOOK_URL="http://127.0.0.1:1/", WEBHOOK_SECRET=secret)
    with pytest.raises(Misconfigured, match="WEBHOOK_SECRET"):
        CHANNELS["webhook"](parts)


def test_the_signature_is_that_of_the_published_example() -> None:
    """https://docs.svix.com/receiving/verifying-payloads/how-manual, from which the specification came."""
    key, id = key_of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), "msg_p5jXN8AQM9LWM0D4loKWxJek"
    made = signed(key, id, 1_614_265_330, body := b'{"test": 2432232314}')
    assert made["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert is_signed(key, made, body, 1_614_265_330) and not is_signed(key, made, body + b" ", 1_614_265_330)


def test_the_sample_stays_small_and_the_how_to_shows_files_that_are_there() -> None:
    sample = sum(
        len(path.read_text(encoding="utf-8").splitlines()) for path in (ROOT / "channels/webhook").glob("*.py")
    )
    named = re.findall(r"`((?:channels|tests|bot|docs)/[\w/.-]+)`", HOW_TO.read_text(encoding="utf-8"))
    assert sample <= 300 and len(named) > 10
    assert [name for name in named if not (ROOT / name).exists()] == []
