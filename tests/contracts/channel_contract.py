"""What every Channel promises, and that each claim of its Features is true. A subclass gives the fixture `network`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import pytest

from bot.content import Content
from bot.errors import Undeliverable
from bot.model import Entry
from bot.ports import Channel, Features, Outgoing, RawRequest
from channels.splitting import size
from tests.contracts.channel_controls_contract import ChannelControlsContract
from tests.contracts.channel_door_contract import ChannelDoorContract


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A message as people see it now. `buttons`: labels of native ones; `files`: names; `form`: field names."""

    id: str
    author: str
    text: str
    deleted: bool = False
    reply_to: str = ""
    buttons: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    form: tuple[str, ...] = ()


class NetworkSide(Protocol):
    """The other end of a Channel: an emulator or the simulator, with Ana and Ben in one group.

    `heard`: every Entry that came by the inbox or in a Receipt, repetitions included.
    """

    channel: Channel
    place: str
    heard: list[Entry]

    async def seen(self, person: str = "Ana") -> Sequence[Seen]:
        """What a person sees in the place, oldest first."""
        ...

    async def says(self, person: str, text: str, *, twice: bool = False) -> str:
        """A message, which the network may deliver twice; its id there."""
        ...

    async def edits(self, person: str, message: str, text: str) -> None: ...
    async def deletes(self, person: str, message: str) -> None: ...
    async def reacts(self, person: str, message: str, emoji: str) -> None: ...
    async def presses(self, person: str, message: str, label: str) -> None: ...
    def reader(self, person: str) -> str:
        """A person's identity key."""
        ...

    def forged(self) -> RawRequest | None:
        """A request as from the network but with a wrong signature; None where there is no webhook."""
        ...


def outgoing(network: NetworkSide, content: Content | str, **more: object) -> Outgoing:
    """A Delivery to the place; `shown` makes its ids."""
    content = Content(text=content) if isinstance(content, str) else content
    shown = str(more.setdefault("shown", "answer1"))
    about = {"id": f"{shown}@{network.place}", "place": network.place, "what": "send", "content": content}
    return Outgoing(**{**about, **more})  # type: ignore[arg-type]


class ChannelContract(ChannelControlsContract, ChannelDoorContract):
    @pytest.fixture
    def features(self, network: NetworkSide) -> Features:
        return network.channel.features(network.place)

    async def test_what_is_said_becomes_an_entry(self, network: NetworkSide) -> None:
        message = await network.says("Ana", "Hello 👋🏽")
        [entry] = network.heard
        assert (entry.what, entry.text, entry.name, entry.place) == ("message", "Hello 👋🏽", "Ana", network.place)
        assert entry.id.startswith(f"{network.place}:message:") and message in entry.id
        assert (entry.author, entry.thread) == (network.reader("Ana"), "")
        assert network.place.startswith(f"{network.channel.name}:") and entry.at.tzinfo is not None

    async def test_a_slash_makes_it_a_command(self, network: NetworkSide) -> None:
        await network.says("Ana", "/ping now")
        assert [(e.what, e.text) for e in network.heard] == [("command", "/ping now")]

    async def test_what_the_network_delivers_twice_has_one_id(self, network: NetworkSide) -> None:
        await network.says("Ana", "Hello", twice=True)
        await network.says("Ana", "Hello")
        first, again, other = (e.id for e in network.heard)
        assert first == again != other

    async def test_a_persons_edit_names_the_message(self, network: NetworkSide) -> None:
        message = await network.says("Ana", "Three")
        await network.edits("Ana", message, "Four")
        said, edit = network.heard
        assert (edit.what, edit.text, edit.object) == ("edit", "Four", said.id)
        assert edit.id not in (said.id, "")

    async def test_a_message_of_ours_is_seen_and_has_an_id(self, network: NetworkSide) -> None:
        parts = await network.channel.send(outgoing(network, "Karibu"))
        [seen] = await network.seen()
        assert ([seen.id], seen.text) == (list(parts), "Karibu")
        assert network.heard == []

    async def test_a_delivery_sent_twice(self, network: NetworkSide, features: Features) -> None:
        delivery = outgoing(network, "Once")
        first, again = await network.channel.send(delivery), await network.channel.send(delivery)
        assert (first == again) == features.idempotent_sends
        assert len(await network.seen()) == (1 if features.idempotent_sends else 2)

    async def test_looking_up_a_delivery(self, network: NetworkSide, features: Features) -> None:
        look_up = getattr(network.channel, "look_up", None)
        assert (look_up is not None) == features.looks_up_sends
        if look_up is None:
            return
        delivery = outgoing(network, "Here?")
        assert await look_up(delivery) is None
        parts = await network.channel.send(delivery)
        assert await look_up(delivery) == parts

    async def test_an_edit_of_ours(self, network: NetworkSide, features: Features) -> None:
        parts = await network.channel.send(outgoing(network, "7:10"))
        edit = outgoing(network, "8:20", id="d2", what="edit", parts=parts)
        new = await network.channel.send(edit)
        seen = await network.seen()
        if features.edits:
            assert (new, [(s.id, s.text) for s in seen]) == (parts, [(parts[0], "8:20")])
        else:
            assert seen[0].text == "7:10" and seen[1].text.endswith("8:20") and seen[1].text != "8:20"
            assert new == (seen[1].id,)

    async def test_a_deletion_of_ours(self, network: NetworkSide, features: Features) -> None:
        parts = await network.channel.send(outgoing(network, "Wrong"))
        await network.channel.send(outgoing(network, "", id="d2", what="delete", parts=parts))
        left = [s.text for s in await network.seen() if not s.deleted]
        assert left == [] if features.deletes else (left[0] == "Wrong" and "disregard" in left[1])

    async def test_whose_words_they_are(self, network: NetworkSide, features: Features) -> None:
        await network.channel.send(outgoing(network, "Karibu", name="Zuri", kind="persona"))
        [seen] = await network.seen()
        if features.own_names:
            assert (seen.author, seen.text) == ("Zuri", "Karibu")
        else:
            assert seen.author != "Zuri" and "Zuri" in seen.text and seen.text.endswith("Karibu")

    async def test_the_name_of_the_trip_comes_first(self, network: NetworkSide) -> None:
        await network.channel.send(outgoing(network, "Karibu", trip="Lamu 2026"))
        [seen] = await network.seen()
        assert "Lamu 2026" in seen.text and seen.text.endswith("Karibu")

    async def test_an_answer_to_a_message(self, network: NetworkSide, features: Features) -> None:
        message = await network.says("Ana", "Where?")
        await network.channel.send(outgoing(network, "There", reply_to=message))
        assert (await network.seen())[-1].reply_to == (message if features.replies else "")

    async def test_what_is_for_one_person(self, network: NetworkSide, features: Features) -> None:
        private = outgoing(network, "You owe 500", reader=(network.reader("Ben"),))
        if not features.private_replies:
            with pytest.raises(Undeliverable):
                await network.channel.send(private)
            assert list(await network.seen("Ben")) == []
            return
        await network.channel.send(private)
        assert [s.text for s in await network.seen("Ben")] == ["You owe 500"]
        assert list(await network.seen("Ana")) == []

    async def test_a_stream(self, network: NetworkSide, features: Features) -> None:
        parts = await network.channel.send(outgoing(network, "Let", id="s", partial=True))
        assert [s.text for s in await network.seen()] == (["Let"] if features.streams else [])
        more = outgoing(network, "Let me", id="s", what="edit", parts=parts, partial=True)
        parts = await network.channel.send(more)
        parts = await network.channel.send(outgoing(network, "Let me see.", id="s", what="edit", parts=parts))
        assert [(s.id, s.text) for s in await network.seen()] == [(parts[0], "Let me see.")]

    async def test_long_text_loses_nothing(self, network: NetworkSide, features: Features) -> None:
        words = [f"wörd{i}😀" for i in range(features.text_limit // 3)]
        parts = await network.channel.send(outgoing(network, " ".join(words)))
        seen = await network.seen()
        assert [s.id for s in seen] == list(parts) and len(parts) > 1
        assert " ".join(s.text for s in seen).split() == words
        assert all(size(s.text, features.text_unit) <= features.text_limit for s in seen)

    async def test_there_is_nobody_to_send_to(self, network: NetworkSide) -> None:
        with pytest.raises(Undeliverable):
            await network.channel.send(outgoing(network, "Hi", place=f"{network.channel.name}:main:nowhere"))
