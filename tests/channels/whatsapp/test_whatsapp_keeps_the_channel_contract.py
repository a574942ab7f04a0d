"""WhatsApp as every other channel, at the emulator of Twilio. Its Places are direct: Ana is alone with us."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from bot.errors import Undeliverable
from bot.model import Entry
from bot.ports import Features, RawRequest
from channels.whatsapp.channel import WhatsAppChannel
from tests.channels.whatsapp.wired import Wired, wired
from tests.contracts.channel_contract import ChannelContract, NetworkSide, Seen, outgoing
from tests.emulators.twilio.world import FROM, Message


class WhatsAppSide:
    """Ana's conversation with our number. Whoever else is named is her: nobody else can be there."""

    def __init__(self, here: Wired) -> None:
        self.here = here
        self.channel: WhatsAppChannel = here.channel
        self.place = here.place("Ana")

    @property
    def heard(self) -> list[Entry]:
        return self.here.heard

    async def seen(self, person: str = "Ana") -> Sequence[Seen]:
        return [_seen(m) for m in self.here.emulator.world.with_person(person) if m.outbound]

    async def says(self, person: str, text: str, *, twice: bool = False) -> str:
        return await self.here.emulator.people.say("Ana", text, twice=twice)

    async def edits(self, person: str, message: str, text: str) -> None:
        raise NotImplementedError("WhatsApp tells us of no edits")

    async def deletes(self, person: str, message: str) -> None:
        raise NotImplementedError("WhatsApp tells us of no deletions")

    async def reacts(self, person: str, message: str, emoji: str) -> None:
        raise NotImplementedError("Twilio tells us of no reactions")

    async def presses(self, person: str, message: str, label: str) -> None:
        await self.here.emulator.people.press("Ana", message, label)

    def reader(self, person: str) -> str:
        return f"whatsapp:{self.here.emulator.world.person(person).address.removeprefix('whatsapp:')}"

    def forged(self) -> RawRequest | None:
        body = b"MessageSid=SM1&From=whatsapp%3A%2B1&To=whatsapp%3A%2B2&Body=hi&NumMedia=0"
        headers = {"x-twilio-signature": "Zm9yZ2Vk"}
        return RawRequest(method="POST", path="/hooks/whatsapp", query={}, headers=headers, body=body)


def _seen(m: Message) -> Seen:
    files = tuple(f.name for f in m.media)
    return Seen(id=m.sid, author=FROM, text=m.body, buttons=tuple(label for label, _ in m.buttons), files=files)


class TestWhatsApp(ChannelContract):
    presser = "Ana"

    @pytest.fixture
    async def network(self, tmp_path: Path) -> AsyncIterator[WhatsAppSide]:
        async with wired(tmp_path) as here:
            await here.emulator.people.say("Ana", "hello")
            here.heard.clear()
            here.emulator.world.messages.clear()
            await here.keep_blob("k")
            yield WhatsAppSide(here)
            assert here.emulator.refused == []

    async def test_a_persons_edit_names_the_message(self, network: NetworkSide) -> None:
        """Twilio tells of no edits; should it begin to, the words are kept."""
        assert isinstance(network, WhatsAppSide)
        await network.here.emulator.people.say("Ana", "", MessageType="edited")
        assert [(e.what, e.text) for e in network.heard] == [("message", "[edited]")]

    async def test_what_is_for_one_person(self, network: NetworkSide, features: Features) -> None:
        await network.channel.send(outgoing(network, "You owe 500", reader=(network.reader("Ana"),)))
        assert [s.text for s in await network.seen()] == ["You owe 500"]
        with pytest.raises(Undeliverable):
            await network.channel.send(outgoing(network, "Not for Ana", reader=(network.reader("Ben"),)))
        assert len(await network.seen()) == 1
