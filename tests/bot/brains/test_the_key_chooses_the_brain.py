"""The table of models: which brain the settings choose, and what stops the start."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.brains import BrainParts, brain_of
from bot.brains.backed import Backed
from bot.brains.offline.brain import OfflineBrain
from bot.clock import SystemClock
from bot.errors import Misconfigured
from bot.faults import StoredFaults
from bot.settings import Settings, read_settings
from bot.storage.sqlite import SqliteStore
from tests.bot.brains.test_both_brains_keep_the_contract import offline

ROOT = Path(__file__).parents[3]


def parts(folder: Path, *, faults: bool = False, **settings: str) -> BrainParts:
    store, clock = SqliteStore(str(folder)), SystemClock()
    return BrainParts(
        settings=Settings(**settings), store=store, clock=clock,  # type: ignore[arg-type]
        faults=StoredFaults(store, clock) if faults else None, spend=1,
    )  # fmt: skip


def test_without_a_key_it_is_the_offline_brain(tmp_path: Path) -> None:
    brain = offline()
    assert brain_of(parts(tmp_path), brain) is brain
    assert isinstance(brain, OfflineBrain)


def test_without_a_key_faults_strike_it_with_itself_behind(tmp_path: Path) -> None:
    chosen = brain_of(parts(tmp_path, faults=True), offline())
    assert isinstance(chosen, Backed) and chosen.name == "offline"


def test_with_a_key_it_is_claude(tmp_path: Path) -> None:
    chosen = brain_of(parts(tmp_path, anthropic_api_key="k"), offline())
    assert isinstance(chosen, Backed) and chosen.name == "claude"


def test_the_key_is_never_shown() -> None:
    assert "hush" not in repr(Settings(anthropic_api_key="hush"))


def test_a_wrong_address_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_BASE_URL", "api.anthropic.com")
    with pytest.raises(Misconfigured, match="ANTHROPIC_BASE_URL"):
        read_settings()


def test_without_the_sdk_the_start_says_what_to_install() -> None:
    """In a process of its own, in which the SDK cannot be found."""
    code = (
        "import sys; sys.modules['anthropic'] = None\n"
        "from bot.brains import MODELS, BrainParts; from bot.settings import Settings\n"
        "from bot.errors import Misconfigured\n"
        "try: MODELS['claude'](BrainParts(settings=Settings(), store=None, clock=None, faults=None, spend=1))\n"
        "except Misconfigured as why: print(why)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "ANTHROPIC_API_KEY: needs the extra claude (make install EXTRAS=claude)"
