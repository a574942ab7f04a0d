"""Codes that link: made, found again by their digest, and counted when they are wrong."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.documents import Insert, Op, Replace
from bot.identity.documents import GUESSES, LINKINGS, Guesses, Linking, Side
from bot.ports import Store
from bot.secret import key_for

LIVES = timedelta(minutes=10)
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_LENGTH = 8
MOST_WRONG, WITHIN, LOCKED_FOR = 5, timedelta(minutes=15), timedelta(hours=1)


class Codes:
    """Makes and finds them; the Store holds only keyed digests."""

    def __init__(self, store: Store, secret: str) -> None:
        self._store, self._key = store, key_for(secret, "identity codes")

    async def make(self, side: Side, now: datetime) -> tuple[str, list[Op]]:
        """A fresh code and the changes that make it count; codes made before no longer do."""
        code = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
        made = Linking(id=self._digest(code), asked_by=side.person, asker=side, until=now + LIVES)
        return code, [*await self._void(side.person), Insert(LINKINGS, made)]

    async def _void(self, person: str) -> list[Op]:
        before = await self._store.find(LINKINGS, {"asked_by": person}, limit=100)
        return [Replace(LINKINGS, replace(x, state="over")) for x in before if x.state in ("open", "typed")]

    async def find(self, code: str, now: datetime) -> Linking | None:
        """The Linking whose code this is, if it may still be typed."""
        found = await self._store.get(LINKINGS, self._digest("".join(code.split()).upper()))
        return found if found is not None and found.state == "open" and now < found.until else None

    async def locked(self, person: str, now: datetime) -> bool:
        """Whether a Person has guessed too often."""
        found = await self._store.get(GUESSES, person)
        return found is not None and found.locked_until is not None and now < found.locked_until

    async def wrong(self, person: str, now: datetime) -> Sequence[Op]:
        """One more wrong code."""
        found = await self._store.get(GUESSES, person)
        if found is None:
            return (Insert(GUESSES, Guesses(id=person, count=1, since=now)),)
        fresh = now - found.since > WITHIN
        count, since = (1, now) if fresh else (found.count + 1, found.since)
        until = now + LOCKED_FOR if count >= MOST_WRONG else None
        return (Replace(GUESSES, replace(found, count=count, since=since, locked_until=until)),)

    def _digest(self, code: str) -> str:
        return hmac.digest(self._key, code.encode(), hashlib.sha256).hex()[:32]
