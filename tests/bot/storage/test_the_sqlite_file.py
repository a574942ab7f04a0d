"""The file in DATA_DIR: held by one process, migrated from older versions, refused with its name when it is no use."""

import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.documents import Index, Insert, Kind, Replace
from bot.errors import Misconfigured, RetryLater
from bot.storage import STORES
from bot.storage.sqlite import SqliteStore
from bot.storage.sqlite.file import NAME, connect
from bot.storage.sqlite.schema import Migration, prepare
from bot.storage.sqlite.tables import Table
from bot.storage.sqlite.writer import Step, Writer
from tests.contracts.stays import BILLS, NOON, STAYS, Bill, Stay, ids, stay

HOLD = "import asyncio, sys; from bot.storage import STORES; s = STORES['sqlite'](sys.argv[1]); asyncio.run(s.open(()))"


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)


async def why_not(store: SqliteStore) -> str:
    """The one line that stops the start."""
    with pytest.raises(Misconfigured) as refused:
        await store.open((STAYS, BILLS))
    assert "\n" not in str(refused.value)
    return str(refused.value)


async def test_the_folder_is_made_and_the_file_is_found_again(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"
    for nights in (0, 1):
        store = STORES["sqlite"](str(folder))
        await store.open((STAYS,))
        if nights == 0:
            await store.commit([Insert(STAYS, stay(1))])
        assert await store.get(STAYS, "stay-001") == stay(1, version=1)
        await store.close()
    assert (folder / NAME).exists()


async def test_a_second_process_is_refused_until_the_first_has_closed(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path)
    await store.open((STAYS,))
    second = run(HOLD, str(tmp_path))
    assert second.returncode != 0
    assert f"Misconfigured: DATA_DIR {tmp_path} is held by another process" in second.stderr
    assert "held by another process" in await why_not(SqliteStore(tmp_path))
    await store.close()
    assert run(HOLD, str(tmp_path)).returncode == 0


async def test_a_refused_store_lets_go_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"not a database" * 100)
    store = SqliteStore(tmp_path)
    assert await why_not(store) == f"DATA_DIR {tmp_path} cannot be used: file is not a database"
    await store.close()
    (tmp_path / NAME).unlink()
    await store.open((STAYS,))
    await store.close()


async def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path)
    await store.open((STAYS,))
    await store.commit([Insert(STAYS, stay(n)) for n in range(100)])
    await store.close()
    whole = (tmp_path / NAME).read_bytes()
    (tmp_path / NAME).write_bytes(whole[:100] + b"\xff" * 4000 + whole[4100:])
    assert f"DATA_DIR {tmp_path} cannot be used" in await why_not(SqliteStore(tmp_path))


async def test_a_folder_that_cannot_be_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for folder in (tmp_path / "file", tmp_path / "file" / "data"):
        assert f"DATA_DIR {folder} cannot be written" in await why_not(SqliteStore(folder))


async def test_a_file_of_a_newer_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / NAME) as connection:
        connection.execute("PRAGMA user_version = 99")
    assert f"DATA_DIR {tmp_path} was written by a newer version" in await why_not(SqliteStore(tmp_path))
    with sqlite3.connect(tmp_path / NAME) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)


def an_old_file(folder: Path) -> None:
    """As an imaginary first version wrote it: amounts in whole units under another name, no column for nights."""
    with sqlite3.connect(folder / NAME) as connection:
        connection.execute("CREATE TABLE bills (id TEXT PRIMARY KEY, version INTEGER NOT NULL, body BLOB NOT NULL)")
        connection.execute("""INSERT INTO bills VALUES ('b', 3, '{"id": "b", "amount": 12}')""")
        connection.execute("PRAGMA user_version = 1")


def name_minor_units(connection: sqlite3.Connection) -> None:
    connection.execute("""UPDATE bills SET body = json_object('id', id, 'minor', body ->> 'amount')""")


def count_minor_units(connection: sqlite3.Connection) -> None:
    connection.execute("""UPDATE bills SET body = json_set(body, '$.minor', (body ->> 'minor') * 100)""")


def fail(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM bills")
    connection.execute("SELECT * FROM nowhere")


async def test_an_old_file_is_migrated_once_step_by_step(tmp_path: Path) -> None:
    an_old_file(tmp_path)
    steps: list[Migration] = [name_minor_units, count_minor_units]
    for _ in range(2):
        store = SqliteStore(tmp_path, migrations=steps)
        await store.open((STAYS, BILLS))
        assert await store.get(BILLS, "b") == Bill(id="b", minor=1200, version=3)
        await store.close()
    with sqlite3.connect(tmp_path / NAME) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (3,)


async def test_a_file_in_between_gets_only_the_steps_it_misses(tmp_path: Path) -> None:
    an_old_file(tmp_path)
    store = SqliteStore(tmp_path, migrations=[name_minor_units])
    await store.open((BILLS,))
    await store.close()
    store = SqliteStore(tmp_path, migrations=[fail, count_minor_units])
    await store.open((BILLS,))
    assert await store.get(BILLS, "b") == Bill(id="b", minor=1200, version=3)
    await store.close()


async def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    an_old_file(tmp_path)
    assert "cannot be used: no such table" in await why_not(SqliteStore(tmp_path, migrations=[name_minor_units, fail]))
    with sqlite3.connect(tmp_path / NAME) as connection:
        assert connection.execute("SELECT body FROM bills").fetchone() == ('{"id": "b", "amount": 12}',)
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)


async def test_a_new_file_needs_no_migration(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path, migrations=[fail])
    await store.open((BILLS,))
    await store.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierStay:
    """A Stay before somebody wanted to find it."""

    id: str
    hotel: str = "Baobab"
    nights: int = 1
    version: int = 0


async def test_an_index_declared_later_finds_what_was_stored_before(tmp_path: Path) -> None:
    earlier = Kind("stays", EarlierStay, (Index(("nights",)),))
    store = SqliteStore(tmp_path)
    await store.open((earlier,))
    await store.commit([Insert(earlier, EarlierStay(id=f"stay-{n:03}", nights=n)) for n in (2, 1)])
    await store.close()
    store = SqliteStore(tmp_path)
    await store.open((STAYS,))
    assert await ids(store, {"hotel": "Baobab"}, order="nights") == ["stay-001", "stay-002"]
    await store.commit([Replace(STAYS, Stay(id="stay-002", nights=2, arrives=NOON, version=1))])
    assert await ids(store, {"arrives": NOON}) == ["stay-002"]
    await store.close()
    with sqlite3.connect(tmp_path / NAME) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}
    assert "stays__nights" not in names and "stays__hotel__room__unique" in names


@pytest.mark.parametrize(
    ("where", "order", "index"),
    [
        ({"hotel": "Baobab", "room": "1"}, "", "stays__hotel__room__unique"),
        ({"hotel": "Baobab"}, "-nights", "stays__hotel__nights"),
        ({"held": True, "hotel": "Baobab"}, "nights", "stays__held__hotel__nights__only_held"),
        ({"held": True}, "hotel", "stays__held__hotel__nights__only_held"),
        ({}, "arrives", "stays__arrives"),
        ({"id": "stay-001"}, "", "sqlite_autoindex_stays_1"),
    ],
)
def test_a_find_uses_its_declared_index(tmp_path: Path, where: dict[str, str], order: str, index: str) -> None:
    connection, table = connect(tmp_path), Table(STAYS)
    prepare(connection, [table], ())
    sql, parameters = table.find(where, order, 10, 0)
    plan = " ".join(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", parameters))
    assert f"INDEX {index}" in plan
    connection.close()


def test_a_full_disk_writes_nothing_and_asks_to_come_again_later(tmp_path: Path) -> None:
    connection, table = connect(tmp_path), Table(STAYS)
    prepare(connection, [table], ())
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    writer = Writer(connection)

    def inserts(notes: Sequence[str]) -> list[list[Step]]:
        ops = [Insert(STAYS, replace(stay(n), notes={"text": text})) for n, text in enumerate(notes)]
        return [[Step(op, table, *table.statement(op))] for op in ops]

    with pytest.raises(RetryLater, match="DATA_DIR cannot be written: database or disk is full"):
        writer.write(inserts(["small", "x" * 100_000]))
    assert connection.execute("SELECT count(*) FROM stays").fetchone() == (0,) and writer.commits == 0
    assert writer.write(inserts(["small"])) == [None] and writer.commits == 1
    connection.close()


async def test_what_cannot_be_read_now_is_asked_for_later(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path)
    await store.open((STAYS,))
    with sqlite3.connect(tmp_path / NAME) as other:
        other.execute(f'DROP TABLE "{STAYS.name}"')
    for question in (store.get(STAYS, "stay-001"), store.find(STAYS, {}), store.find(STAYS, {}, limit=500)):
        with pytest.raises(RetryLater, match="DATA_DIR cannot be read"):
            await question
    await store.close()


async def test_a_new_folder_is_for_its_owner_alone(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "data")
    await store.open(())
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
    await store.close()
