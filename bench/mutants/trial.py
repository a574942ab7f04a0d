"""One mutant on trial: a fork of a warm process imports the mutated module and runs the tests that should see it."""

import ast
import contextlib
import os
import signal
import sys
import time
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from types import ModuleType
from typing import Any

from bench.mutants.mutator import Mutant

PATIENCE = 90.0


class Planted(MetaPathFinder, Loader):
    """Imports one module from a source of its own."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant
        self._name = mutant.path.removesuffix(".py").replace("/", ".")

    def find_spec(self, name: str, path: Any, target: Any = None) -> ModuleSpec | None:
        return spec_from_loader(name, self, origin=self._mutant.path) if name == self._name else None

    def create_module(self, spec: ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        module.__file__ = self._mutant.path
        exec(compile(ast.parse(self._mutant.source), self._mutant.path, "exec"), module.__dict__)


def warm() -> None:
    """Load what every trial needs and no mutant changes."""
    for name in ("pytest", "pytest_asyncio", "hypothesis", "aiohttp.web", "pydantic", "structlog", "apscheduler",
                 "msgspec", "cryptography.fernet", "zoneinfo"):  # fmt: skip
        with contextlib.suppress(ImportError):
            __import__(name)


def survives(mutant: Mutant, tests: Sequence[str]) -> bool:
    """Whether all tests pass with it; one that hangs is found out."""
    child = os.fork()
    if child == 0:
        _tried(mutant, tests)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status) == 0
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def _tried(mutant: Mutant, tests: Sequence[str]) -> None:
    """In the child: run the tests and end with their status."""
    status = 70
    try:
        import pytest

        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (1, 2):
            os.dup2(nowhere, stream)
        sys.meta_path.insert(0, Planted(mutant))
        status = int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "--no-cov", *tests]))
    finally:
        os._exit(status)
