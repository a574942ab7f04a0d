"""A malformed setting, a busy port or a place that cannot be listened on stops the start with one line naming it."""

import socket

import pytest
from aiohttp import web

from bot.errors import Misconfigured
from bot.serve import serve
from bot.settings import read_settings

MALFORMED = [
    ("PORT", "abc"), ("PORT", "70000"), ("PORT", "-1"), ("PORT", "80.5"), ("LOG_LEVEL", "LOUD"), ("SIMULATOR", "maybe"),
    ("SANDBOX_SEED", "x"), ("MONGO_URL", "http://x"), ("REDIS_URL", "nonsense"), ("PUBLIC_URL", "nonsense"),
    ("PUBLIC_URL", "ftp://x"), ("PUBLIC_URL", "https://"), ("OWNERS", "nonsense"), ("OWNERS", "telegram:1,:2"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), MALFORMED)
def test_a_malformed_setting_is_named_in_one_line(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(Misconfigured) as wrong:
        read_settings()
    assert str(wrong.value).startswith(f"{name}: ")
    assert "\n" not in str(wrong.value)


@pytest.mark.parametrize(("name", "value"), [("OWNERS", "telegram:1, simulator:Ana "), ("PUBLIC_URL", "https://a.b/c")])
def test_a_proper_setting_is_taken(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    assert getattr(read_settings(), name.lower()) == value


@pytest.mark.parametrize(("name", "value"), [(n, "") for n in ("PORT", "SIMULATOR", "OWNERS", "PUBLIC_URL", "HOST")])
def test_an_empty_setting_counts_as_absent(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    assert (read_settings().port, read_settings().host) == (8080, "127.0.0.1")


async def nothing() -> None: ...


async def test_a_busy_port_is_named() -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        with pytest.raises(Misconfigured, match=r"^PORT: cannot listen on 127\.0\.0\.1:"):
            await serve(web.Application(), "127.0.0.1", busy.getsockname()[1], nothing)


async def test_a_host_that_is_not_ours_is_named() -> None:
    with pytest.raises(Misconfigured, match=r"^HOST: cannot listen on 192\.0\.2\.1:8080 "):
        await serve(web.Application(), "192.0.2.1", 8080, nothing)


@pytest.mark.parametrize(
    ("host", "asked", "runs"), [("127.0.0.1", None, True), ("0.0.0.0", None, False), ("0.0.0.0", "1", True)]
)
def test_the_simulator_runs_for_this_machine_alone_unless_asked_for(
    monkeypatch: pytest.MonkeyPatch, host: str, asked: str | None, runs: bool
) -> None:
    monkeypatch.setenv("HOST", host)
    if asked:
        monkeypatch.setenv("SIMULATOR", asked)
    assert read_settings().simulated is runs
