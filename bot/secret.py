"""The installation's secret, keys made of it for one purpose each, and the pseudonyms that erased people keep."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from bot.errors import Misconfigured
from bot.settings import Settings

_FILE = "secret-key"


def secret_key(settings: Settings) -> str:
    """`SECRET_KEY`; without it the one kept in `DATA_DIR`, made at the first start and readable by its owner alone."""
    if settings.secret_key:
        return settings.secret_key
    path = settings.data_dir / _FILE
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        _make(path)
        kept = path.read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        raise Misconfigured(f"DATA_DIR: {path.name} cannot be used: {error}") from error
    if len(kept) < 16:
        raise Misconfigured(f"DATA_DIR: {path.name} is damaged")
    return kept


def _make(path: Path) -> None:
    """Once: written beside and linked into place, so that nobody ever reads a half of it."""
    if path.exists():
        return
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(32))
    try:
        os.link(beside, path)
    except FileExistsError:
        pass
    finally:
        beside.unlink()


def key_for(secret: str, purpose: str) -> bytes:
    """32 bytes that are good for one purpose; who has them knows nothing of the others."""
    return hmac.digest(secret.encode(), f"caravan {purpose}".encode(), hashlib.sha256)


class Pseudonyms:
    """Person ids as they stand in records that outlive the Person: stable in one installation, keyed, no way back."""

    def __init__(self, secret: str) -> None:
        self._key = key_for(secret, "pseudonyms")

    def of(self, person: str) -> str:
        """The pseudonym of a Person id; a pseudonym stays what it is."""
        if person.startswith("erased-"):
            return person
        return f"erased-{hmac.digest(self._key, person.encode(), hashlib.sha256).hex()[:20]}"
