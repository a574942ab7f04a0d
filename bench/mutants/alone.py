"""`python -m bench.mutants.alone <name> <path> <tests>`: one mutant of what runs while a module is loaded."""

import ast
import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bench.mutants.mutator import Mutant, mutants


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


def main(name: str, path: str, *tests: str) -> int:
    """The status of the tests with the bug."""
    (mutant,) = (m for m in mutants(path, Path(path).read_text()) if m.name == name)
    sys.meta_path.insert(0, Planted(mutant))
    return int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "--no-cov", *tests]))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
