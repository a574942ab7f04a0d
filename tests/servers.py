"""Real MongoDB and Redis servers for tests and benchmarks, on loopback, in a scratch folder, ended by their own id.

`python -m tests.servers prepare` fetches what the tests need, so that their own time is not spent on it.
"""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tests.mongod import Unavailable, find_mongod, locked

# Ends a server whose owner is gone without having stopped it (a run that was killed).
WATCH = '(while kill -0 "$2"; do kill -0 "$1" || { kill -9 "$2"; exit; }; sleep 0.5; done) &'
PATIENCE = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """How to run one kind of server: its command line for a port and a folder, and how to know that it is ready."""

    name: str
    command: Callable[[int, Path], list[str]]
    environment: dict[str, str]
    ready: Callable[[int], bool]
    url: str


class Server:
    """One server process of ours. `kill` is a power cut; `restart` brings it back on its port with what it kept."""

    def __init__(self, program: Program, folder: Path, owner: int | None = None) -> None:
        self.program, self.folder, self.owner = program, folder, owner or os.getpid()
        self.port = free_port()
        self.url = program.url.format(port=self.port)
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The process id. RuntimeError when it does not run."""
        if self.process is None:
            raise RuntimeError(f"{self.program.name} is not running")
        return self.process.pid

    def start(self) -> "Server":
        """Starts it and waits until it serves. RuntimeError with its last words when it ends instead."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "log").open("ab") as log:
            self.process = _spawn(
                self.program.command(self.port, self.folder), log, os.environ | self.program.environment
            )
        _spawn(["sh", "-c", WATCH, "watch", str(self.owner), str(self.pid)], subprocess.DEVNULL, {}).wait()
        deadline = time.monotonic() + PATIENCE
        while not self.program.ready(self.port):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{self.program.name} did not start:\n{(self.folder / 'log').read_text()[-2000:]}")
            time.sleep(0.05)
        return self

    def kill(self) -> None:
        """SIGKILL, and wait for its end."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """SIGTERM, and wait for its end."""
        self._end(signal.SIGTERM)

    def restart(self) -> None:
        """Brings a killed or stopped server back."""
        self.start()

    def _end(self, how: signal.Signals) -> None:
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait()
            self.process = None


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def redis_program() -> Program:
    """redis-server that keeps nothing on disk. Raises Unavailable."""
    path = shutil.which("redis-server")
    if path is None:
        raise Unavailable("needs redis-server: set REDIS_URL, or apt install redis-server / brew install redis")

    def command(port: int, folder: Path) -> list[str]:
        options = {"port": str(port), "bind": "127.0.0.1", "dir": str(folder), "save": "", "appendonly": "no"}
        return [path, *(word for name, value in options.items() for word in (f"--{name}", value))]

    url = "redis://127.0.0.1:{port}/0"
    return Program(name="redis-server", command=command, environment={}, ready=_answers_ping, url=url)


def mongod_program() -> Program:
    """mongod as a replica set of one node. Raises Unavailable."""
    path, environment = find_mongod()

    def command(port: int, folder: Path) -> list[str]:
        options = {"--port": str(port), "--bind_ip": "127.0.0.1", "--dbpath": str(folder), "--replSet": "rs0"}
        small = {"--wiredTigerCacheSizeGB": "0.25", "--oplogSize": "128"}
        quiet = ["--quiet", "--nounixsocket", "--setParameter", "diagnosticDataCollectionEnabled=false"]
        return [path, *(word for pair in (options | small).items() for word in pair), *quiet]

    url = "mongodb://127.0.0.1:{port}/caravan?replicaSet=rs0"
    return Program(name="mongod", command=command, environment=environment, ready=_is_primary, url=url)


@contextlib.contextmanager
def start_redis() -> Iterator[Server]:
    """A Redis of one's own for as long as the block lasts. Raises Unavailable."""
    yield from _private(redis_program())


@contextlib.contextmanager
def start_mongod() -> Iterator[Server]:
    """A MongoDB of one's own for as long as the block lasts. Raises Unavailable."""
    yield from _private(mongod_program())


def shared_url(run: Path, name: str) -> str:
    """The server that all workers of a test run share; the first to ask starts it. Raises Unavailable."""
    if given := os.environ.get(f"TEST_{name}_URL"):
        return given
    note = run / f"{name}.json"
    with locked(run / f"{name}.lock"):
        if not note.exists():
            program = {"MONGO": mongod_program, "REDIS": redis_program}[name]()
            server = Server(program, run / name, owner=int(run.joinpath("owner").read_text())).start()
            note.write_text(json.dumps({"url": server.url, "pid": server.pid}))
    return str(json.loads(note.read_text())["url"])


def stop_shared(run: Path) -> None:
    """Ends what `shared_url` started in a run and removes its folder."""
    for note in run.glob("*.json"):
        pid = json.loads(note.read_text())["pid"]
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    shutil.rmtree(run, ignore_errors=True)


def _private(program: Program) -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="caravan-", ignore_cleanup_errors=True) as folder:
        server = Server(program, Path(folder))
        try:
            yield server.start()
        finally:
            server.kill()


def _spawn(command: list[str], output: IO[bytes] | int, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    nothing, same = subprocess.DEVNULL, subprocess.STDOUT
    return subprocess.Popen(command, stdin=nothing, stdout=output, stderr=same, env=environment, start_new_session=True)


def _answers_ping(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
        connection.sendall(b"PING\r\n")
        return connection.recv(16).startswith(b"+PONG")
    return False


def _is_primary(port: int) -> bool:
    from pymongo import MongoClient
    from pymongo.errors import OperationFailure, PyMongoError

    members = [{"_id": 0, "host": f"127.0.0.1:{port}"}]
    with MongoClient[dict[str, object]](
        "127.0.0.1", port, directConnection=True, serverSelectionTimeoutMS=1000
    ) as client:
        try:
            with contextlib.suppress(OperationFailure):
                client.admin.command("replSetInitiate", {"_id": "rs0", "members": members})
            return bool(client.admin.command("hello").get("isWritablePrimary"))
        except PyMongoError:
            return False


def main() -> None:
    """`prepare`: fetch what can be fetched; what cannot is said by the tests that need it."""
    if sys.argv[1:] != ["prepare"]:
        sys.exit("usage: python -m tests.servers prepare")
    with contextlib.suppress(Unavailable):
        if not os.environ.get("MONGO_URL"):
            find_mongod()


if __name__ == "__main__":
    main()
