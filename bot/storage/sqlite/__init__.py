"""The embedded store: one SQLite file, one writing process."""

from bot.storage.sqlite.store import SqliteStore

__all__ = ["SqliteStore"]
