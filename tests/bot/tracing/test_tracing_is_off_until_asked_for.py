"""Without a collector nothing is wrapped and nothing is loaded; what is asked for is had or refused by name."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import pytest

from bot.errors import Misconfigured
from bot.ports import Store
from bot.tracing import Untraced, tracing_of
from bot.tracing.opentelemetry import Traces
from tests.stories.caravan import ROOT

ENDPOINT = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9"}
STORE = cast(Store, object())


@pytest.mark.parametrize(
    "environ",
    [{}, {"OTEL_EXPORTER_OTLP_ENDPOINT": ""}, ENDPOINT | {"OTEL_SDK_DISABLED": "true"},
     ENDPOINT | {"OTEL_TRACES_EXPORTER": "none"}, {"OTEL_SERVICE_NAME": "x"}],
)  # fmt: skip
def test_nothing_is_wrapped_unless_a_collector_is_named(environ: Mapping[str, str]) -> None:
    tracing = tracing_of(environ, STORE)
    thing: Any = object()
    for wrap in (tracing.log, tracing.turn, tracing.capability, tracing.supplier, tracing.brain, tracing.channel):
        assert wrap(thing) is thing
    assert tracing.job("call", thing) is thing
    assert isinstance(tracing, Untraced)


@pytest.mark.parametrize("name", ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"])
async def test_a_collector_is_asked_for_by_either_variable(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "http://127.0.0.1:9")
    tracing = tracing_of({name: "http://127.0.0.1:9"}, STORE)
    assert isinstance(tracing, Traces)
    await tracing.close()


def test_an_address_that_is_none_is_named() -> None:
    with pytest.raises(Misconfigured, match=r"^OTEL_EXPORTER_OTLP_ENDPOINT: must be an address"):
        tracing_of({"OTEL_EXPORTER_OTLP_ENDPOINT": "localhost:4318"}, STORE)


def test_without_the_extra_the_start_says_how_to_get_it(tmp_path: Path) -> None:
    script = "import sys; sys.modules['opentelemetry.sdk'] = None; import app; sys.exit(app.main([]))"
    settings = {"PATH": "/usr/bin:/bin", "DATA_DIR": str(tmp_path), **ENDPOINT}
    ended = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=settings, capture_output=True, timeout=120)
    assert ended.returncode == 2
    lines = ended.stderr.decode().strip().splitlines()
    assert lines == ["OTEL_EXPORTER_OTLP_ENDPOINT: needs the extra otel: make install EXTRAS=otel"]


def test_a_start_without_a_collector_loads_none_of_it() -> None:
    script = "import sys, app; print(any(m.startswith('opentelemetry') for m in sys.modules))"
    said = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, timeout=120, check=True)
    assert said.stdout.decode().strip() == "False"
