"""Signed deliveries, both ways alike: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md."""

import hmac
from base64 import b64decode, b64encode
from collections.abc import Mapping
from hashlib import sha256

# Seconds that the time of a delivery may be away.
AGE = 300


def key_of(secret: str) -> bytes:
    """The key in a secret of the form whsec_<base64>; ValueError if it is none, or shorter than 24 bytes."""
    key = b64decode(secret.removeprefix("whsec_"), validate=True)
    if not secret.startswith("whsec_") or len(key) < 24:
        raise ValueError("whsec_ and the base64 of at least 24 bytes")
    return key


def signed(key: bytes, id: str, seconds: int, body: bytes) -> dict[str, str]:
    """The three headers of a delivery."""
    made = hmac.new(key, f"{id}.{seconds}.".encode(errors="surrogateescape") + body, sha256).digest()
    return {"webhook-id": id, "webhook-timestamp": f"{seconds}", "webhook-signature": f"v1,{b64encode(made).decode()}"}


def is_signed(key: bytes, headers: Mapping[str, str], body: bytes, now: int) -> bool:
    """Whether one of the signatures (several while a secret is changed) is ours, over fresh and raw bytes."""
    id, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not (id and stamp.isascii() and stamp.isdecimal() and len(stamp) < 15) or abs(now - int(stamp)) > AGE:
        return False
    wanted = signed(key, id, int(stamp), body)["webhook-signature"].encode()
    given = headers.get("webhook-signature", "").encode(errors="replace").split(b" ")
    return any(hmac.compare_digest(wanted, one) for one in given)
