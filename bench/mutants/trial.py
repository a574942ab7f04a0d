"""Mutants on trial in one pytest session: the tests run once and are timed and traced; then each mutant is put into a

fork of the process, where the tests that come by its line run until one sees it: first those that saw the last ones of
its module, then the quickest."""

import gc
import os
import select
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from coverage import Coverage

from bench.mutants.mutator import Mutant

WORKERS = 2
SLOWEST = 8.0
WITNESSES = 6
NEEDS_SERVERS = {"mongo_server_url", "redis_server_url", "chromium", "own_redis"}
_NOWHERE = 71
_TOLD = {0: "alive", _NOWHERE: "import"}
Say = Callable[[str, Mutant], None]
Living = Mapping[tuple[str, str], Sequence[FunctionType]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """What a test took, in seconds of a processor, which are much the same while others are busy."""

    item: pytest.Item
    seconds: float


class Court:
    """A pytest plugin: instead of running the tests once it runs them for every mutant. `say`: what became of each."""

    def __init__(self, every: Sequence[Mutant], until: float, say: Say) -> None:
        self._every, self._until, self._say = every, until, say
        paths = sorted({str(Path(m.path).resolve()) for m in every})
        self._coverage = Coverage(data_file=None, include=paths, config_file=False, context="import")
        self._walks: dict[str, Walk] = {}
        self._lines: dict[str, Mapping[int, Sequence[str]]] = {}
        self.broken: list[str] = []
        self.unsound: list[str] = []
        self._trusted: set[str] = set()
        self._witnesses: dict[str, deque[str]] = {}
        self._coverage.start()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        for item in session.items:
            if not NEEDS_SERVERS & set(getattr(item, "fixturenames", ())):
                self._walk(item)
        self._coverage.stop()
        found = self._coverage.get_data()
        self._lines = {path: found.contexts_by_lineno(path) for path in found.measured_files()}
        self._try_all()
        return True

    def _walk(self, item: pytest.Item) -> None:
        self._coverage.switch_context(item.nodeid)
        began = time.process_time()
        good = _passes(item)
        if not good:
            self.broken.append(item.nodeid)
            return
        self._walks[item.nodeid] = Walk(item=item, seconds=time.process_time() - began)

    def _try_all(self) -> None:
        living = _functions(sorted(self._lines))
        gc.collect()
        gc.freeze()  # so that no fork copies what it only looks through for garbage
        waiting, running = deque(self._every), dict[int, _Trial]()
        while waiting or running:
            while waiting and len(running) < WORKERS:
                mutant = waiting.popleft()
                walks = self._coming_by(mutant)
                if walks:
                    trial = _fork(mutant, living, walks)
                    running[trial.pipe] = trial
                elif time.monotonic() < self._until:
                    self._say("import" if self._loads(mutant) else "unreached", mutant)
            for trial in _ended(running):
                if trial.by is None or self._sound(trial.by):
                    self._note(trial)
                    alone = trial.state == "alive" and self._loads(trial.mutant)
                    self._say("import" if alone else trial.state, trial.mutant)
                else:
                    waiting.appendleft(trial.mutant)
            if time.monotonic() > self._until:
                waiting.clear()

    def _note(self, trial: "_Trial") -> None:
        """Remember which test saw a bug: it may well see the next one of that module."""
        if trial.by is not None:
            seen = self._witnesses.setdefault(trial.mutant.path, deque(maxlen=WITNESSES))
            if (name := trial.by.item.nodeid) in seen:
                seen.remove(name)
            seen.append(name)

    def _sound(self, by: Walk) -> bool:
        """Whether a test that has seen a bug passes without one when it runs again; else it is asked no more."""
        name = by.item.nodeid
        if name not in self._trusted:
            trial = _fork(None, {}, [by])
            running = {trial.pipe: trial}
            while running:
                list(_ended(running))
            if trial.by is not None:
                self.unsound.append(name)
                del self._walks[name]
                return False
            self._trusted.add(name)
        return True

    def _coming_by(self, mutant: Mutant) -> list[Walk]:
        """The tests that execute a mutant's line, the likeliest first."""
        names = {c.removeprefix("import|") for c in self._contexts(mutant)}
        walks = [self._walks[name] for name in names if name in self._walks]
        seen = self._witnesses.get(mutant.path, ())
        return sorted((w for w in walks if w.seconds < SLOWEST), key=lambda w: (w.item.nodeid not in seen, w.seconds))

    def _loads(self, mutant: Mutant) -> bool:
        """Whether loading the module executes a mutant's line: what came of that then has no bug in it here."""
        return "import" in self._contexts(mutant)

    def _contexts(self, mutant: Mutant) -> set[str]:
        lines = self._lines.get(str(Path(mutant.path).resolve()), {})
        return {c for n in range(mutant.line, mutant.until + 1) for c in lines.get(n, ())}


def _passes(item: pytest.Item) -> bool:
    """Whether a test passes; it may have run before."""
    if isinstance(item, pytest.Function):
        item._initrequest()
    return not any(report.failed for report in runtestprotocol(item, nextitem=None, log=False))


@dataclass(slots=True)
class _Trial:
    """A fork that runs tests with a mutant; `last`: which of them it began last; `by`: which has seen the bug."""

    mutant: Any
    child: int
    pipe: int
    walks: Sequence[Walk]
    until: float
    last: int = 0
    state: str = ""
    by: Walk | None = None


def _fork(mutant: Mutant | None, living: Living, walks: Sequence[Walk]) -> _Trial:
    """Begin a trial; its pipe tells the number of each test that begins, and ends with it."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return _Trial(mutant=mutant, child=child, pipe=reading, walks=walks, until=_patience(walks[0]))
    status = _NOWHERE
    try:
        if mutant is not None:
            _plant(mutant, living)
        status = 0
        for n, walk in enumerate(walks):
            os.write(writing, n.to_bytes(4, "big"))
            if not _passes(walk.item):
                status = 1
                break
    finally:
        os._exit(status)


def _patience(walk: Walk) -> float:
    """Until when a test that begins now may run before it counts as one that hangs."""
    return time.monotonic() + 20 + 10 * walk.seconds


def _ended(running: dict[int, _Trial]) -> Iterator[_Trial]:
    """Wait a while; the trials that are through, or hang: that is seen as well."""
    nearest = min(trial.until for trial in running.values())
    ready, _, _ = select.select(list(running), [], [], max(0.0, nearest - time.monotonic()))
    for pipe, trial in list(running.items()):
        told = os.read(pipe, 1 << 16) if pipe in ready else None
        if told:
            trial.last = int.from_bytes(told[-4:], "big")
            trial.until = _patience(trial.walks[trial.last])
        elif told == b"" or trial.until < time.monotonic():
            if told is None:
                os.kill(trial.child, signal.SIGKILL)
            _, status = os.waitpid(trial.child, 0)
            os.close(running.pop(pipe).pipe)
            trial.state = _TOLD.get(os.waitstatus_to_exitcode(status), "seen")
            trial.by = trial.walks[trial.last] if trial.state == "seen" else None
            yield trial


def _plant(mutant: Mutant, living: Living) -> None:
    """Give the living functions of a module the code that they have with the bug."""
    path = str(Path(mutant.path).resolve())
    sound, wrong = _codes(mutant.sound, path), _codes(mutant.source, path)
    changed = 0
    for name, code in wrong.items():
        if code != sound[name]:
            for function in living[path, name]:
                function.__code__ = code
                changed += 1
    if not changed:
        os._exit(_NOWHERE)


def _codes(source: str, path: str) -> dict[str, CodeType]:
    """The functions of a module that are not within another, by qualified name (#2 for a second of that name)."""
    return dict(_named(_outermost(compile(source, path, "exec"))))


def _outermost(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            if constant.co_flags & 0x2:  # CO_NEWLOCALS: a function; a class body has it not
                yield constant
            else:
                yield from _outermost(constant)


def _named(codes: Iterator[CodeType]) -> Iterator[tuple[str, CodeType]]:
    seen: dict[str, int] = {}
    for code in codes:
        seen[code.co_qualname] = seen.get(code.co_qualname, 0) + 1
        yield f"{code.co_qualname}#{seen[code.co_qualname]}", code


def _functions(paths: Sequence[str]) -> dict[tuple[str, str], list[FunctionType]]:
    """(path, name as in _codes) -> the functions of these modules that live in this process."""
    names = {path: _codes(Path(path).read_text(), path) for path in paths}
    of = {(path, code.co_qualname, code.co_firstlineno): name for path in paths for name, code in names[path].items()}
    found: dict[tuple[str, str], list[FunctionType]] = {}
    gc.unfreeze()
    for thing in gc.get_objects():
        if isinstance(thing, FunctionType):
            code = thing.__code__
            name = of.get((code.co_filename, code.co_qualname, code.co_firstlineno))
            if name is not None:
                found.setdefault((code.co_filename, name), []).append(thing)
    return found


def try_all(every: Sequence[Mutant], tests: Sequence[str], until: float, say: Say) -> tuple[list[str], list[str]]:
    """Try mutants until a time; the tests that fail without any, and those that do so only when they run again."""
    court = Court(every, until, say)
    pytest.main(["-q", "-s", "-p", "no:cacheprovider", "-p", "no:randomly", "--no-cov", *tests], plugins=[court])
    return court.broken, court.unsound
