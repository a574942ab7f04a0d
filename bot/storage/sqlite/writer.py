"""The one connection that writes: a group of lists in one transaction, each list all or nothing."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from bot.documents import Insert, Op
from bot.errors import Clash, Conflict, RetryLater
from bot.storage.sqlite.tables import Parameters, Table


@dataclass(frozen=True, slots=True)
class Step:
    """One operation, ready to run."""

    op: Op
    table: Table
    sql: str
    parameters: Parameters


class Writer:
    """Used by one operating-system thread. `commits` counts physical commits."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._cursor = connection.cursor()
        self.commits = 0

    def write(self, lists: Sequence[Sequence[Step]]) -> list[Exception | None]:
        """One transaction for all; a list that clashes is undone alone. RetryLater if nothing took effect."""
        try:
            self._cursor.execute("BEGIN IMMEDIATE")
            results = [self._apply(steps) for steps in lists]
            self._cursor.execute("COMMIT")
        except sqlite3.Error as error:
            if self._connection.in_transaction:
                self._connection.rollback()
            raise RetryLater(1.0, f"DATA_DIR cannot be written: {error}") from error
        self.commits += 1
        return results

    def _apply(self, steps: Sequence[Step]) -> Exception | None:
        if len(steps) == 1:
            return self._attempt(steps[0])
        self._cursor.execute("SAVEPOINT list")
        result = next(filter(None, map(self._attempt, steps)), None)
        if result is not None:
            self._cursor.execute("ROLLBACK TO list")
        self._cursor.execute("RELEASE list")
        return result

    def _attempt(self, step: Step) -> Exception | None:
        try:
            changed = self._cursor.execute(step.sql, step.parameters).rowcount
        except sqlite3.IntegrityError as error:
            return self._conflict(step, error)
        except sqlite3.OperationalError:
            raise  # the disk, not this list
        except (ValueError, OverflowError, sqlite3.Error) as error:
            return error
        return None if changed == 1 else self._conflict(step, None)

    def _conflict(self, step: Step, cause: Exception | None) -> Conflict:
        found = self._cursor.execute(step.table.version, (step.op.value.id,)).fetchone()
        if isinstance(step.op, Insert):
            why = "exists" if found else "unique"
        else:
            why = "missing" if not found else "unique" if cause else "version"
        conflict = Conflict(Clash(step.table.kind.name, step.op.value.id, why))
        conflict.__cause__ = cause
        return conflict
