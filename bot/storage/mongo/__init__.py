"""The shared store: a MongoDB replica set, any number of processes."""

from bot.storage.mongo.store import MongoStore

__all__ = ["MongoStore"]
