"""Twilio's signature over the exact public address and the sorted form fields.

https://www.twilio.com/docs/usage/security#validating-requests"""

import hmac
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha1, sha256
from urllib.parse import urlsplit

Fields = Sequence[tuple[str, str]]
_HASHES = {"HMAC_SHA1": sha1, "HMAC_SHA256": sha256}


def signature(token: str, url: str, fields: Fields, algorithm: str = "HMAC_SHA1") -> str:
    """What Twilio writes into X-Twilio-Signature for a form sent to this address."""
    said = url + "".join(name + value for name, value in sorted(set(fields)))
    made = hmac.new(token.encode(), said.encode("utf-8", "surrogatepass"), _HASHES[algorithm])
    return b64encode(made.digest()).decode()


def is_signed(token: str, url: str, fields: Fields, given: str, settings: str = "") -> bool:
    """Whether the given signature is Twilio's, in constant time; its port may or may not have been in the address."""
    algorithm = next(
        (v.strip() for n, _, v in (part.partition("=") for part in settings.split(",")) if n.strip() == "algorithm"),
        "HMAC_SHA1",
    )
    if not token or algorithm not in _HASHES:
        return False
    said = given.encode("utf-8", "surrogatepass")
    made = [signature(token, one, fields, algorithm).encode() for one in _spellings(url)]
    return sum(hmac.compare_digest(one, said) for one in made) > 0


def _spellings(url: str) -> tuple[str, ...]:
    """The address with its port and without."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return tuple(parts._replace(netloc=netloc).geturl() for netloc in (host, f"{host}:{port}"))
