"""The offline brain and Claude, each by the suite of the Brain port; Claude's model is emulated."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.brains.backed import Backed
from bot.brains.claude import ClaudeBrain
from bot.brains.offline.brain import OfflineBrain
from bot.brains.offline.understand import Understander
from bot.capability import Registry
from bot.clock import SystemClock
from bot.gazetteer import Gazetteer
from bot.kinds import KINDS
from bot.minds import Brain
from bot.storage.sqlite import SqliteStore
from personas.voice import VoiceBook
from tests.contracts.brain_contract import CAPABILITIES, BrainContract
from tests.emulators.anthropic import Reply, running_emulator
from tests.emulators.anthropic.replies import says, uses
from tests.emulators.anthropic.server import KEY


def offline() -> OfflineBrain:
    return OfflineBrain(Understander(Registry(CAPABILITIES), Gazetteer()), VoiceBook())


def sightseer(request: dict[str, Any]) -> Reply:
    """A model that looks when it is asked to, and speaks of what it found."""
    if len(request["messages"]) > 1:
        return says("That is what there is to see.")
    last = [b["text"] for b in request["messages"][0]["content"] if b["text"].startswith("<said")][-1:]
    return uses("see_sights", wish="all") if any("show the sights" in text for text in last) else says("Good morning.")


@pytest.fixture
async def claude(tmp_path: Path) -> AsyncIterator[Brain]:
    store = SqliteStore(str(tmp_path))
    await store.open(KINDS)
    async with running_emulator(sightseer) as emulator:
        brain = ClaudeBrain(store, KEY, emulator.url)
        yield brain
        await brain.close()
        assert emulator.refused == []
    await store.close()


class TestOffline(BrainContract):
    @pytest.fixture
    def brain(self) -> Brain:
        return offline()


class TestClaude(BrainContract):
    @pytest.fixture
    def brain(self, claude: Brain) -> Brain:
        return claude


class TestClaudeWithTheOfflineBrainBehind(BrainContract):
    @pytest.fixture
    def brain(self, claude: Brain) -> Brain:
        return Backed(claude, offline(), SystemClock(), spend=10**9)


class TestTheOfflineBrainBehindNobody(BrainContract):
    """A model that is never there."""

    @pytest.fixture
    async def brain(self, tmp_path: Path) -> AsyncIterator[Brain]:
        store = SqliteStore(str(tmp_path))
        await store.open(KINDS)
        brain = Backed(ClaudeBrain(store, KEY, "http://127.0.0.1:9"), offline(), SystemClock(), spend=10**9)
        yield brain
        await brain.close()
        await store.close()
