"""The secret of an installation: given as SECRET_KEY, or made once and kept in DATA_DIR for its owner alone."""

import contextlib
import os
import secrets
from pathlib import Path

from bot.errors import Misconfigured

NAME = "secret_key"
SHORTEST = 16


def secret_key(given: str, folder: Path, *, shared: bool) -> str:
    """The key to sign with. `shared`: other processes or a store of their own need the same one, so it must be given.

    Misconfigured, naming SECRET_KEY or DATA_DIR, if there is none that can be used."""
    if given and len(given) < SHORTEST:
        raise Misconfigured(f"SECRET_KEY: must have at least {SHORTEST} characters")
    if not given and shared:
        raise Misconfigured(f"SECRET_KEY: needed with MONGO_URL or --role, at least {SHORTEST} characters")
    return given or _kept(folder)


def _kept(folder: Path) -> str:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not (folder / NAME).exists():
            _make(folder)
    except OSError as error:
        raise Misconfigured(f"DATA_DIR {folder} cannot be written: {error.strerror}") from error
    return _read(folder / NAME)


def _make(folder: Path) -> None:
    """Written whole under another name first: a start that is cut off, or a second one, leaves no half of it."""
    drawn = folder / f"{NAME}.{secrets.token_hex(8)}"
    try:
        with open(os.open(drawn, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(drawn, folder / NAME)
    finally:
        drawn.unlink(missing_ok=True)


def _read(file: Path) -> str:
    try:
        key = file.read_text("ascii").strip()
        if file.stat().st_mode & 0o077:
            file.chmod(0o600)
    except OSError as error:
        raise Misconfigured(f"SECRET_KEY: {file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise Misconfigured(f"SECRET_KEY: {file} does not hold a key") from error
    if len(key) < SHORTEST:
        raise Misconfigured(f"SECRET_KEY: {file} does not hold a key")
    return key
