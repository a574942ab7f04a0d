"""Signed links: addresses that carry their own proof, so that a page opens only for whom we gave it to."""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from datetime import datetime
from hashlib import blake2b, sha256

from bot.clock import Clock
from bot.errors import NotAllowed
from bot.texts import say

_PROOF = 18  # bytes of the signature that a link carries


class Links:
    """Makes and reads them. `base`: the address that people's browsers reach us by, without a slash at its end."""

    def __init__(self, secret: str, base: str, clock: Clock) -> None:
        self._key = blake2b(secret.encode(), person=b"caravan links").digest()
        self._clock = clock
        self.base = base.rstrip("/")

    def make(self, purpose: str, about: Mapping[str, str], until: datetime) -> str:
        """An address `{base}/{purpose}/{token}` that says what it is about and holds until then."""
        told = json.dumps({"about": dict(about), "until": int(until.timestamp())}, sort_keys=True).encode()
        return f"{self.base}/{purpose}/{_text(told)}.{_text(self._proof(purpose, told))}"

    def read(self, purpose: str, token: str) -> dict[str, str]:
        """What a token is about; NotAllowed if it is forged, for another purpose, or over."""
        told, _, proof = token.partition(".")
        try:
            body, given = urlsafe_b64decode(told + "=="), urlsafe_b64decode(proof + "==")
        except ValueError as cause:
            raise NotAllowed(say("bad_link")) from cause
        if not hmac.compare_digest(given, self._proof(purpose, body)):
            raise NotAllowed(say("bad_link"))
        read = json.loads(body)
        if read["until"] < self._clock.now().timestamp():
            raise NotAllowed(say("old_link"))
        return dict(read["about"])

    def _proof(self, purpose: str, told: bytes) -> bytes:
        return hmac.new(self._key, purpose.encode() + b"\0" + told, sha256).digest()[:_PROOF]


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")
