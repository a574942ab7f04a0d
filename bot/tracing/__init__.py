"""Traces: one from a message to the supplier's call and the reply. Nothing is wrapped unless a collector is named."""

from collections.abc import Mapping
from typing import Protocol, TypeVar

from bot.capability import Capability
from bot.errors import Misconfigured
from bot.jobs import Work
from bot.lane import Handle
from bot.log import ThreadLog
from bot.minds import Brain
from bot.ports import Channel, Store

T = TypeVar("T")
ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")


class Tracing(Protocol):
    """Wraps what does the work in spans; each method gives back what it was given, or something that acts the same.

    Every span of what one message leads to belongs to one trace, in whichever process it runs: its number is made of
    the id that the logs show as `trace`. Spans carry ids, names and kinds, never what people say."""

    def log(self, log: ThreadLog) -> ThreadLog:
        """`append` is a span, the first of a trace."""
        ...

    def turn(self, handle: Handle) -> Handle:
        """A span for the handling of one Entry."""
        ...

    def job(self, name: str, work: Work) -> Work:
        """A span for each try of a Job."""
        ...

    def capability(self, capability: Capability) -> Capability:
        """A span for each run."""
        ...

    def supplier(self, supplier: T) -> T:
        """A span for each question and order; anything with async methods and a `code`."""
        ...

    def brain(self, brain: Brain) -> Brain:
        """A span for each step of thinking."""
        ...

    def channel(self, channel: Channel) -> Channel:
        """A span for each delivery."""
        ...

    async def close(self) -> None:
        """Send what is still here, for two seconds at most."""
        ...


class Untraced:
    """Without a collector: everything stays as it is."""

    def log(self, log: ThreadLog) -> ThreadLog:
        return log

    def turn(self, handle: Handle) -> Handle:
        return handle

    def job(self, name: str, work: Work) -> Work:
        return work

    def capability(self, capability: Capability) -> Capability:
        return capability

    def supplier(self, supplier: T) -> T:
        return supplier

    def brain(self, brain: Brain) -> Brain:
        return brain

    def channel(self, channel: Channel) -> Channel:
        return channel

    async def close(self) -> None:
        return None


def tracing_of(environ: Mapping[str, str], store: Store) -> Tracing:
    """What the standard OTEL_* variables ask for. Misconfigured if it cannot be had."""
    named = next((name for name in ENDPOINTS if environ.get(name)), "")
    off = environ.get("OTEL_SDK_DISABLED", "").casefold() == "true" or environ.get("OTEL_TRACES_EXPORTER") == "none"
    if off or not named:
        return Untraced()
    if not environ[named].startswith(("http://", "https://")):
        raise Misconfigured(f"{named}: must be an address such as http://127.0.0.1:4318")
    try:
        from bot.tracing.opentelemetry import exporting
    except ImportError as missing:
        raise Misconfigured(f"{named}: needs the extra otel: make install EXTRAS=otel") from missing
    return exporting(store)
