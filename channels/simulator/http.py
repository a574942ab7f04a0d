"""The simulator over HTTP (design section 8): people talk, read, press, move the clock and arrange faults."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

import aiohttp
from aiohttp import web

from bot.clock import Clock
from bot.codec import as_json
from bot.controls import Fault, SandboxControls
from bot.errors import AskAgain, Explain, NotAllowed, RetryLater, Unknown
from bot.ports import Store
from channels.simulator import requests
from channels.simulator.channel import SEND_FAULTS, SimulatorChannel
from channels.simulator.crowd import Crowd, MayPress
from channels.simulator.durations import duration
from channels.simulator.gatherings import Gatherings
from channels.simulator.hosts import Hosts
from channels.simulator.names import meant
from channels.simulator.notices import FAULTS as NOTICE_FAULTS
from channels.simulator.pages import Handler, file_answer, page_routes
from channels.simulator.published import ClockOffset
from channels.simulator.records import SimPlace
from channels.simulator.refusals import Refusal, malformed, no_place, not_here, too_large
from channels.simulator.transcript import Idle, Reader, ThreadOf, moment
from channels.simulator.uploads import Uploads

Advance = Callable[[timedelta], Awaitable[None]]
BODY_LIMIT = 2**20
FILES_BODY_LIMIT = 8 * 2**20


class World(Protocol):
    """The sandbox suppliers' own records."""

    async def record(self, ref: str, at: datetime) -> dict[str, Any] | None:
        """The record of that ref as it was at that time, or None."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulator:
    """What the HTTP interface works with. The callables are the core's:

    `thread_of(place)` the Thread's id; `may_press(token, person)` raises NotAllowed or Explain;
    `idle(thread)`; `advance(by)` moves the clock of this process and runs the timers that are due;
    `personas(thread)` the names of those who sit there; `language_of(person)` what they are written to in, "" if they

    are not known. `hosts`: the names we answer to.
    """

    store: Store
    clock: Clock
    channel: SimulatorChannel
    thread_of: ThreadOf
    may_press: MayPress
    idle: Idle
    advance: Advance
    faults: SandboxControls
    world: World | None = None
    personas: Callable[[str], Awaitable[Sequence[str]]] | None = None
    language_of: Callable[[str], Awaitable[str]] | None = None
    hosts: Hosts = field(default_factory=Hosts)


def routes(simulator: Simulator) -> list[web.RouteDef]:
    """Everything under /simulator/, and the page at / with its files under /page/."""
    doors = Doors(simulator)
    post = {
        "places": doors.open_place, "members": doors.members, "say": doors.say, "edit": doors.edit,
        "delete": doors.delete, "react": doors.react, "press": doors.press, "clock": doors.advance,
        "faults": doors.add_fault,
    }  # fmt: skip
    get = {
        "places": doors.places, "transcript": doors.transcript, "clock": doors.clock, "faults": doors.faults,
        "world": doors.world, "commands": doors.commands, "people": doors.people,
        "files/{key}": doors.file,
    }  # fmt: skip
    guarded = partial(kindly, hosts=simulator.hosts)
    return [
        *(web.post(f"/simulator/{name}", guarded(handler)) for name, handler in post.items()),
        *(web.get(f"/simulator/{name}", guarded(handler)) for name, handler in get.items()),
        web.delete("/simulator/faults", guarded(doors.clear_faults)),
        web.route("*", "/simulator/{rest:.*}", guarded(_nothing_here)),
        *page_routes(guarded),
    ]


def kindly(handler: Handler, hosts: Hosts) -> Handler:
    """Every refusal as {"error", "message"} with its status."""

    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            hosts.check(request.headers)
            _same_origin(request)
            return await handler(request)
        except Refusal as no:
            return _json({"error": no.code, "message": str(no)}, no.status)
        except AskAgain as wrong:
            return _json({"error": "malformed", "message": wrong.text}, 400)
        except (NotAllowed, Explain) as no:
            return _json({"error": "refused", "message": str(no)}, 403 if isinstance(no, NotAllowed) else 400)
        except (RetryLater, Unknown) as busy:
            return _json({"error": "busy", "message": str(busy)}, 503)

    return answer


class Doors:
    """One handler for each address."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator
        self._network, self._clock = simulator.channel.network, simulator.clock
        self._uploads = Uploads(simulator.store, simulator.thread_of)
        self._crowd = Crowd(simulator.store, simulator.clock, simulator.channel, self._uploads, simulator.may_press)
        self._names = simulator.channel.names
        self._gatherings = Gatherings(self._network, self._crowd, simulator.clock, self._names, self._personas)
        self._reader = Reader(self._network, simulator.thread_of, simulator.idle)
        self._offset = ClockOffset(simulator.store)
        self._arranged: dict[str, str] = {}

    async def open_place(self, request: web.Request) -> web.Response:
        place = await self._gatherings.open(requests.parse(requests.NewPlace, await _body(request)))
        return _json({"place": place, "thread": await self._simulator.thread_of(place)})

    async def places(self, request: web.Request) -> web.Response:
        person = requests.parse_query(requests.Viewer, dict(request.query)).person
        found = [p for p in await self._network.places() if not person or meant(person, p.people) in p.people]
        return _json({"places": [await self._described(p) for p in found]})

    async def _described(self, place: SimPlace) -> dict[str, Any]:
        personas = await self._personas(place.id)
        return {
            "place": place.id, "thread": await self._simulator.thread_of(place.id), "title": place.title,
            "kind": place.kind, "like": place.like,
            "account": place.account, "people": list(place.people), "personas": list(personas),
            "n": await self._network.newest(place.id),
        }  # fmt: skip

    async def _personas(self, place: str) -> Sequence[str]:
        if self._simulator.personas is None:
            return ()
        return await self._simulator.personas(await self._simulator.thread_of(place))

    async def people(self, request: web.Request) -> web.Response:
        """Everybody, what the one who asks is called ("" if new), and the language they are written to in, if known."""
        asked = requests.parse_query(requests.Viewer, dict(request.query)).person
        names = dict.fromkeys(name for p in await self._network.places() for name in p.people)
        called = await self._names.known(asked) if asked not in names else asked
        language = await self._simulator.language_of(called) if self._simulator.language_of and called else ""
        return _json({"people": list(names), "as": called, **({"language": language} if language else {})})

    async def members(self, request: web.Request) -> web.Response:
        place = await self._gatherings.change(requests.parse(requests.Members, await _body(request)))
        return _json({"place": place.id, "people": list(place.people)})

    async def say(self, request: web.Request) -> web.Response:
        body = await _body(request, FILES_BODY_LIMIT)
        said = requests.parse(requests.Say, body)
        if len(body) > BODY_LIMIT and not said.files:
            raise too_large("a message without files is 1 MB at most")
        return _json({"entry": await self._crowd.say(said)})

    async def edit(self, request: web.Request) -> web.Response:
        return _json({"entry": await self._crowd.edit(requests.parse(requests.Edit, await _body(request)))})

    async def delete(self, request: web.Request) -> web.Response:
        return _json({"entry": await self._crowd.delete(requests.parse(requests.Delete, await _body(request)))})

    async def react(self, request: web.Request) -> web.Response:
        return _json({"entry": await self._crowd.react(requests.parse(requests.React, await _body(request)))})

    async def press(self, request: web.Request) -> web.Response:
        return _json({"entry": await self._crowd.press(requests.parse(requests.Press, await _body(request)))})

    async def transcript(self, request: web.Request) -> web.Response:
        asked = requests.parse_query(requests.Transcript, dict(request.query))
        place = await self._network.place(asked.place)
        if place is None:
            raise no_place(asked.place)
        person = meant(asked.person, place.people)
        if person and person not in place.people:
            raise not_here(person)
        return _json(await self._reader.read(place.id, person, asked.after, asked.wait))

    async def clock(self, request: web.Request) -> web.Response:
        return _json({"now": moment(self._clock.now())})

    async def advance(self, request: web.Request) -> web.Response:
        asked = requests.parse(requests.Advance, await _body(request))
        try:
            by = duration(asked.advance)
        except ValueError as wrong:
            raise malformed(str(wrong)) from wrong
        if await self._offset.advance(by, asked.id):
            await self._simulator.advance(by)
        return _json({"now": moment(self._clock.now())})

    async def add_fault(self, request: web.Request) -> web.Response:
        asked = requests.parse(requests.NewFault, await _body(request))
        if asked.target == "channel" and asked.kind not in (*SEND_FAULTS, *NOTICE_FAULTS):
            raise malformed(f"a channel can be {', '.join((*SEND_FAULTS, *NOTICE_FAULTS))}")
        known = self._arranged.get(asked.id) if asked.id else None
        id = known or await self._simulator.faults.add(
            asked.target, asked.kind, match=asked.match, times=asked.times, by=asked.by
        )  # fmt: skip
        if asked.id:
            self._arranged[asked.id] = id
        return _json({"fault": id})

    async def faults(self, request: web.Request) -> web.Response:
        return _json({"faults": [_fault(f) for f in await self._simulator.faults.list()]})

    async def clear_faults(self, request: web.Request) -> web.Response:
        await self._simulator.faults.clear()
        return _json({"faults": []})

    async def world(self, request: web.Request) -> web.Response:
        asked = requests.parse_query(requests.Lookup, dict(request.query))
        found = await self._simulator.world.record(asked.ref, asked.at) if self._simulator.world else None
        if found is None:
            raise Refusal(404, "unknown_record", "The sandbox suppliers have no such record.")
        return _json(found)

    async def commands(self, request: web.Request) -> web.Response:
        return _json({"commands": await self._simulator.channel.published.commands()})

    async def file(self, request: web.Request) -> web.Response:
        blob = await self._uploads.get(request.match_info["key"])
        if blob is None:
            raise Refusal(404, "unknown_file", "There is no such file.")
        return file_answer(blob)


async def _nothing_here(request: web.Request) -> web.StreamResponse:
    raise Refusal(404, "unknown_address", f"There is no {request.method} {request.path[:200]}.")


async def _body(request: web.Request, limit: int = BODY_LIMIT) -> bytes:
    """The body; refused with 413 above the limit, before it is all read."""
    if (request.content_length or 0) > limit:
        raise too_large(f"{limit // 2**20} MB is the most")
    body = bytearray()
    try:
        async for chunk in request.content.iter_any():
            body += chunk
            if len(body) > limit:
                raise too_large(f"{limit // 2**20} MB is the most")
    except (aiohttp.ClientPayloadError, web.RequestPayloadError) as cause:
        raise malformed("the body cannot be read") from cause
    return bytes(body)


def _same_origin(request: web.Request) -> None:
    """Other sites' pages may not act here through a visitor's browser."""
    origin = request.headers.get("Origin")
    if origin and origin.partition("://")[2] != request.host:
        raise Refusal(403, "other_origin", "The simulator answers its own page only.")


def _fault(fault: Fault) -> dict[str, Any]:
    about = {"fault": fault.id, "target": fault.target, "kind": fault.kind}
    return about | {"match": fault.match, "times": fault.times, "by": fault.by}


def _json(body: dict[str, Any], status: int = 200) -> web.Response:
    return web.Response(body=as_json(body), status=status, content_type="application/json")
