"""A start that cannot be says in one line which setting is to blame; an end loses nothing."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import free_port
from tests.stories.caravan import OWN_SETTINGS, ROOT, Caravan
from tests.stories.group import Simulator

PATIENCE = 120


def refused(folder: Path, **given: str) -> str:
    """The one line on standard error of a start that ends with status 2."""
    settings = {name: value for name, value in os.environ.items() if name not in OWN_SETTINGS}
    settings |= {"PORT": str(free_port()), "DATA_DIR": str(folder / "data")} | given
    ended = subprocess.run([sys.executable, "app.py"], cwd=ROOT, env=settings, capture_output=True, timeout=PATIENCE)
    lines = ended.stderr.decode().strip().splitlines()
    assert ended.returncode == 2, lines
    assert len(lines) == 1, lines
    return lines[0]


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Caravan]:
    started = Caravan(tmp_path).start()
    yield started
    started.stop()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("SANDBOX_SEED", "dice"),
        ("LOG_LEVEL", "LOUD"),
        ("MONGO_URL", "localhost:27017"),
        ("REDIS_URL", "localhost"),
        ("SIMULATOR", "perhaps"),
    ],
)
def test_a_malformed_setting_is_named(tmp_path: Path, name: str, value: str) -> None:
    assert refused(tmp_path, **{name: value}).startswith(f"{name}:")


def test_a_missing_secret_is_named(tmp_path: Path) -> None:
    assert refused(tmp_path, MONGO_URL="mongodb://127.0.0.1:1/caravan").startswith("SECRET_KEY:")


def test_a_secret_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    Caravan(tmp_path).start().stop()
    kept = tmp_path / "data" / "secret-key"
    made = kept.read_text()
    assert len(made) >= 43 and kept.stat().st_mode & 0o777 == 0o600
    Caravan(tmp_path).start().stop()
    assert kept.read_text() == made
    kept.write_text("")
    assert refused(tmp_path).startswith("SECRET_KEY:")


def test_a_busy_port_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert refused(tmp_path, PORT=str(taken.getsockname()[1])).startswith("PORT:")


def test_a_folder_that_another_process_holds_is_named(running: Caravan) -> None:
    line = refused(running.folder, PORT=str(free_port()))
    assert line.startswith("DATA_DIR") and "another process" in line


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file stands here")
    assert refused(tmp_path).startswith("DATA_DIR")


def test_data_of_a_newer_version_is_left_alone_and_named(tmp_path: Path) -> None:
    Caravan(tmp_path).start().stop()
    (file,) = (tmp_path / "data").glob("*.sqlite")
    with sqlite3.connect(file) as newer:
        newer.execute("PRAGMA user_version = 9999")
    newer.close()
    line = refused(tmp_path)
    assert line.startswith("DATA_DIR") and "newer" in line


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
async def test_told_to_end_it_ends_although_somebody_waits_and_goes_on_where_it_was(
    running: Caravan, how: signal.Signals
) -> None:
    async with Simulator(running.url) as simulator:
        group = await simulator.group("Long", ["Ana", "Ben"])
        await group.say("Ana", "before the end")
        for n in range(5):
            await simulator.post("say", {"place": group.place, "as": "Ana", "text": f"/ping {n}", "id": f"last-{n}"})
        waiting = simulator.get("transcript", place=group.place, after=10_000, wait=25)
        await running.end(how, waiting)
        running.start()
        answers = await group.rest()
        assert [m.words for m in answers.messages if m.words.startswith("pong")] == [f"pong {n}" for n in range(5)]
        again = await simulator.post("say", {"place": group.place, "as": "Ana", "text": "/ping 0", "id": "last-0"})
        assert again and not (await group.rest()).messages, "what was said before the end is not said again"
