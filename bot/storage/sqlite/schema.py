"""Brings a file to the present schema: migrations by version, then tables, columns and indexes as declared."""

import sqlite3
from collections.abc import Callable, Sequence

from bot.codec import decode
from bot.errors import Misconfigured
from bot.storage.sqlite.tables import Table

Migration = Callable[[sqlite3.Connection], None]

# MIGRATIONS[0] takes a file of version 1 to version 2, and so on; never change one that was released.
MIGRATIONS: tuple[Migration, ...] = ()


def prepare(connection: sqlite3.Connection, tables: Sequence[Table], migrations: Sequence[Migration]) -> None:
    """All in one transaction; Misconfigured if a newer version wrote the file."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        _migrate(connection, migrations)
        for table in tables:
            _reconcile(connection, table)
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def _migrate(connection: sqlite3.Connection, migrations: Sequence[Migration]) -> None:
    present = len(migrations) + 1
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > present:
        raise Misconfigured(f"was written by a newer version of Caravan (schema {version}, this one knows {present})")
    for migration in migrations[version - 1 :] if version else ():
        migration(connection)
    connection.execute(f"PRAGMA user_version = {present}")


def _reconcile(connection: sqlite3.Connection, table: Table) -> None:
    connection.execute(table.create)
    name = table.kind.name
    known = {row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')}
    missing = [column for column in table.columns if column not in known]
    for column in missing:
        connection.execute(f'ALTER TABLE "{name}" ADD COLUMN {table.definition(column)}')
    if missing:
        _fill(connection, table)
    _reconcile_indexes(connection, table)


def _fill(connection: sqlite3.Connection, table: Table) -> None:
    assignments = ", ".join(f'"{column}" = ?' for column in table.columns)
    update = f'UPDATE "{table.kind.name}" SET {assignments} WHERE id = ?'
    for id, body in connection.execute(f'SELECT id, body FROM "{table.kind.name}"').fetchall():
        connection.execute(update, (*table.fields.values(decode(table.kind.type, body, 0)), id))


def _reconcile_indexes(connection: sqlite3.Connection, table: Table) -> None:
    listed = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ?", (table.kind.name,)
    )
    known, declared = {row[0] for row in listed}, table.indexes()
    for name in known - declared.keys():
        connection.execute(f'DROP INDEX "{name}"')
    for name in declared.keys() - known:
        connection.execute(declared[name])
