"""Discord as a Channel, with interactions over HTTP and by the gateway, against the emulator."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.channels.discord.stage import DiscordSide, staged
from tests.contracts.channel_contract import ChannelContract


class TestDiscord(ChannelContract):
    http = False

    @pytest.fixture
    async def network(self, tmp_path: Path) -> AsyncIterator[DiscordSide]:
        async with staged(tmp_path, http=self.http) as side:
            yield side
            assert (side.people.failed, side.emulator.gateway.wrong) == ([], [])

    async def test_a_persons_deletion_names_the_message(self, network: DiscordSide) -> None:
        message = await network.says("Ana", "Oops")
        await network.deletes("Ana", message)
        assert [(e.what, e.object) for e in network.heard[1:]] == [("delete", f"{network.place}:message:{message}")]


class TestDiscordByHttp(TestDiscord):
    http = True
