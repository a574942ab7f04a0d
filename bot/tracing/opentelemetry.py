"""Traces by OpenTelemetry. Every process makes the same trace of the same message: its numbers are hashes of the id."""

import asyncio
import hashlib
import threading
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import replace
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any, TypeVar, cast

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, OTELResourceDetector, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.sdk.trace.sampling import Decision
from opentelemetry.trace import NonRecordingSpan, Span, SpanContext, SpanKind, Status, StatusCode, TraceFlags

from bot.capability import Capability
from bot.errors import CaravanError
from bot.jobs import Work, result_id
from bot.lane import Handle
from bot.log import ThreadLog
from bot.minds import Brain, Scene, Step
from bot.model import ENTRIES, JOBS, Entry, Job
from bot.ports import Channel, Outcome, Outgoing, Store
from bot.turn import Route, Turn

T = TypeVar("T")
_KEPT = 20_000
_ENDING = 2.0
_SUPPLIERS = frozenset(("search", "reprice", "reserve", "cancel", "look_up", "quote_cancel", "confirm", "hold"))
_FIRST: ContextVar[tuple[int, int] | None] = ContextVar("first span of a trace", default=None)


class _Ids(RandomIdGenerator):
    """The numbers of a first span come from the message, all others are drawn."""

    def generate_trace_id(self) -> int:
        given = _FIRST.get()
        return given[0] if given else super().generate_trace_id()

    def generate_span_id(self) -> int:
        given = _FIRST.get()
        return given[1] if given else super().generate_span_id()


def provider(exporter: SpanExporter) -> TracerProvider:
    """Spans in batches to an exporter; service and sampler come from the standard variables."""
    named = Resource({SERVICE_NAME: "caravan"}).merge(OTELResourceDetector().detect())
    made = TracerProvider(resource=named, id_generator=_Ids(), shutdown_on_exit=False)
    made.add_span_processor(BatchSpanProcessor(exporter))
    return made


def exporting(store: Store) -> "Traces":
    """Traces to the collector that the standard variables name."""
    return Traces(provider(OTLPSpanExporter()), store)


def numbers(root: str) -> tuple[int, int]:
    """The trace of a message and its first span, by the message's id."""
    digest = hashlib.blake2b(root.encode(), digest_size=24).digest()
    return int.from_bytes(digest[:16]), int.from_bytes(digest[16:])


class Traces:
    """`Tracing` with spans. It remembers which message our own news and Jobs come from, or asks the Store."""

    def __init__(self, provider: TracerProvider, store: Store) -> None:
        self._provider, self._store = provider, store
        self._tracer = provider.get_tracer("caravan")
        self._roots: OrderedDict[str, str] = OrderedDict()

    def log(self, log: ThreadLog) -> ThreadLog:
        append = log.append

        async def received(entries: Sequence[Entry]) -> None:
            for entry in entries:
                with self._first(entry):
                    await append((entry,))

        return cast(ThreadLog, _Proxy(log, {"append": received}))

    def turn(self, handle: Handle) -> Handle:
        async def handled(turn: Turn) -> Route:
            root, entry = await self._of_entry(turn.entry), turn.entry
            with self._span(f"turn {entry.what}", self._under(root), {"entry": entry.id, "thread": entry.thread}):
                return await handle(turn)

        return handled

    def job(self, name: str, work: Work) -> Work:
        async def done(job: Job) -> Entry | None:
            root = await self._of_job(job)
            about: dict[str, str | int] = {"job": job.id, "thread": job.thread, "attempt": job.attempts}
            with self._span(f"job {name}", self._under(root), about):
                return await work(job)

        return done

    def capability(self, capability: Capability) -> Capability:
        return replace(capability, run=self._around(capability.run, f"capability {capability.name}"))

    def supplier(self, supplier: T) -> T:
        about = {"supplier": str(getattr(supplier, "code", type(supplier).__name__))}
        return cast(T, _Proxy(supplier, self._methods(supplier, _SUPPLIERS, "supplier", about)))

    def brain(self, brain: Brain) -> Brain:
        async def think(scene: Scene, done: Sequence[Outcome]) -> AsyncIterator[Step]:
            span = self._tracer.start_span("brain think", attributes=_named({"brain": brain.name, "round": len(done)}))
            try:
                async for step in brain.think(scene, done):
                    yield step
            except Exception as error:
                span.set_status(Status(StatusCode.ERROR, type(error).__name__))
                raise
            finally:
                span.end()

        return cast(Brain, _Proxy(brain, {"think": think}))

    def channel(self, channel: Channel) -> Channel:
        async def send(outgoing: Outgoing) -> tuple[str, ...]:
            context = None if outgoing.partial else self._under(await self._root(_entry_of(outgoing)))
            about = {"delivery": outgoing.id, "what": outgoing.what}
            with self._span(f"deliver {channel.name}", context, about, SpanKind.CLIENT):
                return await channel.send(outgoing)

        return cast(Channel, _Proxy(channel, {"send": send}))

    async def close(self) -> None:
        """In a thread of its own that nobody waits for longer: a collector may be away."""
        ending = threading.Thread(target=self._provider.shutdown, daemon=True)
        ending.start()
        await asyncio.to_thread(ending.join, _ENDING)

    @contextmanager
    def _first(self, entry: Entry) -> Iterator[Span]:
        told = entry.value.get("entry")
        root = told if isinstance(told, str) else entry.id
        about = {"entry": entry.id, "what": entry.what}
        if root != entry.id:
            with self._span("receive", self._under(root), about) as span:
                yield span
            return
        token = _FIRST.set(numbers(root))
        try:
            span = self._tracer.start_span("receive", Context(), SpanKind.SERVER, _named(about))
        finally:
            _FIRST.reset(token)
        with _ending(span), trace.use_span(span, record_exception=False, set_status_on_exception=False):
            yield span

    @contextmanager
    def _span(
        self, name: str, context: Context | None, about: Mapping[str, str | int], kind: SpanKind = SpanKind.INTERNAL
    ) -> Iterator[Span]:
        span = self._tracer.start_span(name, context, kind, _named(about))
        with _ending(span), trace.use_span(span, record_exception=False, set_status_on_exception=False):
            yield span

    def _under(self, root: str) -> Context:
        """Below the first span of a message's trace, wherever that was made; sampled as that was."""
        number, first = numbers(root)
        decision = self._provider.sampler.should_sample(None, number, "receive").decision
        flags = TraceFlags(TraceFlags.SAMPLED if decision is Decision.RECORD_AND_SAMPLE else TraceFlags.DEFAULT)
        parent = SpanContext(number, first, is_remote=True, trace_flags=flags)
        return trace.set_span_in_context(NonRecordingSpan(parent), Context())

    def _methods(
        self, target: object, names: frozenset[str], what: str, about: Mapping[str, str | int]
    ) -> dict[str, Callable[..., Any]]:
        found = {name: getattr(target, name) for name in names if iscoroutinefunction(getattr(target, name, None))}
        return {name: self._around(method, f"{what} {name}", about) for name, method in found.items()}

    def _around(
        self, method: Callable[..., Awaitable[Any]], name: str, about: Mapping[str, str | int] | None = None
    ) -> Callable[..., Awaitable[Any]]:
        @wraps(method)
        async def traced(*args: Any, **given: Any) -> Any:
            with self._span(name, None, about or {}):
                return await method(*args, **given)

        return traced

    async def _of_entry(self, entry: Entry) -> str:
        """The message that an Entry comes from: itself, what it is an answer to, or what its Job was for."""
        known, told = self._roots.get(entry.id), entry.value.get("entry")
        if known is None and isinstance(told, str) and told != entry.id:
            known = await self._root(told)
        elif known is None and ":call:" in entry.id:
            known = await self._of_caller(entry.id.rpartition(":call:")[2].partition(".")[0])
        return self._keep(entry.id, known or entry.id)

    async def _of_caller(self, id: str) -> str | None:
        if id in self._roots:
            return self._roots[id]
        with suppress(CaravanError):
            job = await self._store.get(JOBS, id)
            return await self._of_job(job) if job else None
        return None

    async def _of_job(self, job: Job) -> str:
        told = job.args.get("entry")
        root = await self._root(told) if isinstance(told, str) and told else job.id
        self._keep(result_id(job), root)
        return self._keep(job.id, root)

    async def _root(self, id: str) -> str:
        """The message that an Entry of this id comes from; the Store is asked only about our own news."""
        if id in self._roots:
            return self._roots[id]
        if ":result:" not in id and ":call:" not in id:
            return id
        with suppress(CaravanError):
            entry = await self._store.get(ENTRIES, id)
            return await self._of_entry(entry) if entry else id
        return id

    def _keep(self, id: str, root: str) -> str:
        if id != root:
            self._roots[id] = root
            if len(self._roots) > _KEPT:
                self._roots.popitem(last=False)
        return root


class _Proxy:
    """Something with a few of its methods replaced."""

    __slots__ = ("_methods", "_target")

    def __init__(self, target: object, methods: Mapping[str, Callable[..., Any]]) -> None:
        self._target, self._methods = target, methods

    def __getattr__(self, name: str) -> Any:
        return self._methods.get(name) or getattr(self._target, name)


@contextmanager
def _ending(span: Span) -> Iterator[None]:
    """Ends it; an error is told by its kind alone, for its words may be somebody's."""
    try:
        yield
    except Exception as error:
        span.set_status(Status(StatusCode.ERROR, type(error).__name__))
        raise
    finally:
        span.end()


def _named(about: Mapping[str, str | int]) -> dict[str, str | int]:
    return {f"caravan.{name}": value for name, value in about.items()}


def _entry_of(outgoing: Outgoing) -> str:
    """The Entry whose Answer (`{entry}/{n}`) or whose own words are delivered; a Delivery is `{what}@{place}`."""
    shown = outgoing.id.rpartition(f"@{outgoing.place}")[0]
    entry, _, number = shown.rpartition("/")
    return entry if entry and number.isdigit() else shown
