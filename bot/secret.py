"""The installation's secret, keys made of it for one purpose each, and the pseudonyms that erased people keep."""

import contextlib
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from bot.errors import Misconfigured
from bot.settings import Settings

FILE = "secret-key"
SHORTEST = 16


def secret_key(settings: Settings, *, shared: bool = False) -> str:
    """`SECRET_KEY`; without it the one kept in `DATA_DIR`, made at the first start and readable by its owner alone.

    `shared`: other processes need the same one, so it must be given. Misconfigured names what is wrong."""
    given = settings.secret_key
    if given and len(given) < SHORTEST:
        raise Misconfigured(f"SECRET_KEY: must have at least {SHORTEST} characters")
    if not given and shared:
        raise Misconfigured(f"SECRET_KEY: needed with MONGO_URL or --role, at least {SHORTEST} characters")
    return given or _kept(settings.data_dir)


def _kept(folder: Path) -> str:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make(folder / FILE)
    except OSError as error:
        raise Misconfigured(f"DATA_DIR {folder} cannot be written: {error.strerror}") from error
    return _read(folder / FILE)


def _make(path: Path) -> None:
    """Once: written beside and linked into place, so that nobody ever reads a half of it."""
    if path.exists():
        return
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(32))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def _read(path: Path) -> str:
    try:
        kept = path.read_text(encoding="ascii").strip()
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
    except OSError as error:
        raise Misconfigured(f"SECRET_KEY: {path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise Misconfigured(f"SECRET_KEY: {path} does not hold a key") from error
    if len(kept) < SHORTEST:
        raise Misconfigured(f"SECRET_KEY: {path} does not hold a key")
    return kept


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
