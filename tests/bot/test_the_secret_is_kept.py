"""The secret of an installation is made once, stays what it was, and is for nobody else's eyes."""

import asyncio
import os
from pathlib import Path

import pytest

from bot.errors import Misconfigured
from bot.secret import FILE, secret_key
from bot.settings import Settings

GIVEN = "0123456789abcdef"


def kept(folder: Path) -> str:
    return secret_key(Settings(secret_key="", data_dir=folder))


def mode(file: Path) -> int:
    return file.stat().st_mode & 0o777


def test_it_is_made_once_and_is_the_same_after_a_restart(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "data"
    made = kept(folder)
    assert len(made) >= 43 and made == kept(folder)
    assert mode(folder / FILE) == 0o600 and mode(folder) == 0o700
    assert [f.name for f in folder.iterdir()] == [FILE]
    assert made != kept(tmp_path / "b")


async def test_starts_at_the_same_moment_agree(tmp_path: Path) -> None:
    drawn = await asyncio.gather(*(asyncio.to_thread(kept, tmp_path) for _ in range(16)))
    assert len(set(drawn)) == 1 and os.listdir(tmp_path) == [FILE]


def test_a_given_one_wins_and_nothing_is_written(tmp_path: Path) -> None:
    for shared in (True, False):
        assert secret_key(Settings(secret_key=GIVEN, data_dir=tmp_path / "data"), shared=shared) == GIVEN
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("shared", [True, False])
def test_a_short_one_is_refused(tmp_path: Path, shared: bool) -> None:
    with pytest.raises(Misconfigured, match=r"^SECRET_KEY: .*16"):
        secret_key(Settings(secret_key="short", data_dir=tmp_path), shared=shared)


def test_where_others_need_the_same_it_must_be_given(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"^SECRET_KEY: needed with MONGO_URL or --role"):
        secret_key(Settings(secret_key="", data_dir=tmp_path), shared=True)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("damage", [b"", b"short\n", b"\xff" * 64])
def test_a_damaged_file_is_named_and_left_alone(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / FILE).write_bytes(damage)
    with pytest.raises(Misconfigured, match=r"^SECRET_KEY: .*secret-key does not hold a key$"):
        kept(tmp_path)
    assert (tmp_path / FILE).read_bytes() == damage


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(Misconfigured, match=r"^SECRET_KEY: .*secret-key cannot be read: "):
        kept(tmp_path)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file stands here")
    with pytest.raises(Misconfigured, match=r"^DATA_DIR .* cannot be written: "):
        kept(tmp_path / "data")


def test_a_file_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    made = kept(tmp_path)
    (tmp_path / FILE).chmod(0o644)
    assert kept(tmp_path) == made and mode(tmp_path / FILE) == 0o600
