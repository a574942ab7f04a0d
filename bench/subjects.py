"""The programs that are measured and killed: the bare handler, and Caravan with the bench channel."""

from dataclasses import dataclass
from pathlib import Path

from bench import slack, telegram
from bench.target import Target, free_port

SECRET = "bench-secret-key-for-loopback-only-0123456789"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A program on a store: `store` is SQLite or MongoDB, `mongo_url` where the latter is."""

    name: str
    store: str
    mongo_url: str = ""

    @property
    def title(self) -> str:
        return f"{self.name} on {self.store}"


def bare_handler(subject: Subject, receiver: str, folder: Path) -> Target:
    """bench.baseline, ready to start."""
    folder.mkdir(parents=True)
    port = free_port()
    command = ["-m", "bench.baseline", str(port), receiver, subject.mongo_url or str(folder / "baseline.db")]
    return Target(command=command, environment={}, port=port, log=folder / "log")


def caravan(subject: Subject, receiver: str, folder: Path) -> Target:
    """bench.serve: the whole application with one more channel."""
    folder.mkdir(parents=True)
    environment = caravan_environment(receiver, folder / "data", subject.mongo_url)
    return Target(command=["-m", "bench.serve"], environment=environment, port=free_port(), log=folder / "log")


def as_shipped(subject: Subject, receiver: str, folder: Path) -> Target:
    """The same with its own bounds on how much a person may ask for."""
    target = caravan(subject, receiver, folder)
    del target.environment["MESSAGES_A_MINUTE"]
    return target


def caravan_environment(receiver: str, data: Path, mongo_url: str = "", redis_url: str = "") -> dict[str, str]:
    """The settings of a Caravan under test; nothing of the caller's own settings shines through."""
    return {
        "HOST": "127.0.0.1",
        "DATA_DIR": str(data),
        "MONGO_URL": mongo_url,
        "REDIS_URL": redis_url,
        "SECRET_KEY": SECRET,
        "LOG_LEVEL": "WARNING",
        "SIMULATOR": "0",
        "BENCH_RECEIVER": receiver,
        "MESSAGES_A_MINUTE": "10000000",
        "CARAVAN_KILL_AT": "",
    }


def on_telegram(subject: Subject, receiver: str, folder: Path) -> Target:
    """The same application with its own Telegram channel, at a Bot API of the bench's own."""
    target = caravan(subject, receiver, folder)
    target.environment |= telegram.environment(receiver, target.port)
    return target


def on_slack(subject: Subject, receiver: str, folder: Path) -> Target:
    """The same with its own Slack channel."""
    target = caravan(subject, receiver, folder)
    target.environment |= slack.environment(receiver, target.port)
    return target


MAKERS = {
    "bare handler": bare_handler,
    "Caravan": caravan,
    "Caravan as shipped": as_shipped,
    "Telegram": on_telegram,
    "Slack": on_slack,
}
