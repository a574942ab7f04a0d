"""The table of stores: name -> factory, which takes DATA_DIR or MONGO_URL. Only the chosen one is imported."""

from collections.abc import Callable, Mapping

from bot.ports import Store


def _sqlite(folder: str) -> Store:
    from bot.storage.sqlite import SqliteStore

    return SqliteStore(folder)


def _mongo(url: str) -> Store:
    from bot.storage.mongo import MongoStore

    return MongoStore(url)


STORES: Mapping[str, Callable[[str], Store]] = {"sqlite": _sqlite, "mongo": _mongo}
