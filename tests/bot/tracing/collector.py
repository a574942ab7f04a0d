"""A collector of traces: takes OTLP over HTTP on a free port and keeps the spans."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web
from aiohttp.test_utils import TestServer
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from tests.waiting import soon


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A span as it came in."""

    name: str
    trace: str
    id: str
    parent: str
    service: str
    failed: str
    about: dict[str, str]


@dataclass(slots=True)
class Collector:
    """Its address and what it was sent."""

    url: str = ""
    spans: list[Seen] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        self.raw.append(body)
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            service = next(a.value.string_value for a in resource.resource.attributes if a.key == "service.name")
            self.spans += [_seen(s, service) for scope in resource.scope_spans for s in scope.spans]
        return web.Response(content_type="application/x-protobuf")

    async def until(self, enough: Callable[[list[Seen]], bool]) -> list[Seen]:
        """The spans when there are enough; AssertionError after ten seconds."""

        async def check() -> bool:
            return enough(self.spans)

        await soon(check)
        return list(self.spans)


def _seen(span: object, service: str) -> Seen:
    about = {a.key: a.value.string_value or str(a.value.int_value) for a in span.attributes}  # type: ignore[attr-defined]
    return Seen(
        name=span.name, trace=span.trace_id.hex(), id=span.span_id.hex(), parent=span.parent_span_id.hex(),  # type: ignore[attr-defined]
        service=service, failed=span.status.message, about=about,  # type: ignore[attr-defined]
    )  # fmt: skip


@asynccontextmanager
async def collecting() -> AsyncIterator[Collector]:
    """A collector that listens."""
    collector, app = Collector(), web.Application(client_max_size=2**26)
    app.add_routes([web.post("/v1/traces", collector.take)])
    async with TestServer(app) as server:
        collector.url = str(server.make_url("/")).rstrip("/")
        yield collector
