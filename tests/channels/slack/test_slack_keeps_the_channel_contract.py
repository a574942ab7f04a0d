"""Slack as a Channel, over HTTP and over the WebSocket, against the emulator."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.channels.slack.stage import SlackSide, staged
from tests.contracts.channel_contract import ChannelContract
from tests.waiting import soon


class TestSlack(ChannelContract):
    @pytest.fixture
    async def network(self, tmp_path: Path) -> AsyncIterator[SlackSide]:
        async with staged(tmp_path) as side:
            yield side
            assert side.emulator.people.wrong == []

    async def test_a_persons_deletion_names_the_message(self, network: SlackSide) -> None:
        message = await network.says("Ana", "Oops")
        await network.deletes("Ana", message)
        assert [(e.what, e.object) for e in network.heard[1:]] == [("delete", f"{network.place}:message:{message}")]


class TestSlackOverTheSocket(TestSlack):
    @pytest.fixture
    async def network(self, tmp_path: Path) -> AsyncIterator[SlackSide]:
        async with staged(tmp_path, socket=True) as side:
            await soon(lambda: side.emulator.deliveries.sockets)
            yield side
