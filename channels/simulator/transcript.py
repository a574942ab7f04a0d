"""The change feed of a place as people read it over HTTP, with long polling."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from bot.content import Card, Fact, Field, File, Poll
from channels.simulator.network import Network
from channels.simulator.records import Shown
from channels.simulator.requests import LONGEST_WAIT

ThreadOf = Callable[[str], Awaitable[str]]
Idle = Callable[[str], Awaitable[bool]]
Json = dict[str, Any]
_READERS = 2000
# Instead of a number of events: the Thread was not at rest.
_BUSY = -1


class Reader:
    """Reads places. `idle(thread)`: nothing of that Thread is open or running."""

    def __init__(self, network: Network, thread_of: ThreadOf, idle: Idle) -> None:
        self._network, self._thread_of, self._idle = network, thread_of, idle
        self._told: OrderedDict[tuple[str, str, int], int] = OrderedDict()

    async def read(self, place: str, person: str, after: int, wait: float) -> Json:
        """What that person ("" for everything) can see after n: {"next", "entries", "idle"}.

        Waits until there is something, or until the Thread has come to rest after what happened here since this
        reader was last told that it was, at most `wait` seconds.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + min(wait, LONGEST_WAIT)
        thread = await self._thread_of(place)
        known = self._told.pop((place, person, after), self._network.heard(place))
        while True:
            bell = self._network.bell(place)
            heard = self._network.heard(place)
            idle = await self._idle(thread)  # before the lines: what it was busy with is then among them
            lines = await self._network.feed(place, after)
            seen = [entry(s) for s in lines if s.seen_by(person)]
            after = lines[-1].n if lines else after
            left = until - loop.time()
            if seen or left <= 0 or (idle and known != heard) or self._network.closing:
                self._remember((place, person, after), heard if idle else _BUSY)
                return {"next": after, "entries": seen, "idle": idle}
            known = known if idle else _BUSY
            await self._network.wait(bell, left if idle else min(left, 0.05))

    def _remember(self, reader: tuple[str, str, int], heard: int) -> None:
        """How things stood when a reader was last answered, so that the next wait knows what happened in between."""
        self._told[reader] = heard
        if len(self._told) > _READERS:
            self._told.popitem(last=False)


def entry(shown: Shown) -> Json:
    """One line of the feed; what does not apply is left out."""
    content = shown.content
    found: Json = {
        "n": shown.n, "id": shown.message, "revision": shown.revision, "author": shown.author,
        "author_kind": shown.author_kind, "kind": "deleted" if shown.deleted else content.kind,
        "text": content.text, "partial": shown.partial,
        "buttons": [_without_empty({"id": b.id, "label": b.label, "url": b.url}) for b in content.buttons],
        "files": [_file(f) for f in content.files],
    }  # fmt: skip
    return found | _without_empty(
        {
            "card": _card(content.card) if content.card else None,
            "form": [_field(f) for f in content.form],
            "only_for": list(shown.only_for),
            "reply_to": shown.reply_to,
            "reactions": [{"emoji": r.emoji, "by": list(r.by)} for r in shown.reactions],
            "poll": _poll(content.poll) if content.poll else None,
            "at": moment(shown.at) if shown.at else None,
            "location": dict(zip(("lat", "lon"), shown.location, strict=True)) if shown.location else None,
        }
    )


def moment(at: datetime) -> str:
    """A time as ISO 8601 in UTC with a Z, so that it can stand in an address as it is."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _card(card: Card) -> Json:
    return {"title": card.title, "lines": list(card.lines), "facts": [_fact(f) for f in card.facts]}


def _fact(fact: Fact) -> Json:
    amount = {} if fact.minor is None else {"minor": fact.minor, "currency": fact.currency}
    origin = {"source": fact.source, "ref": fact.ref, "fetched_at": moment(fact.fetched_at)}
    return {"label": fact.label, "value": fact.value, **amount, **origin}


def _field(field: Field) -> Json:
    return _without_empty({"name": field.name, "type": field.type, "options": list(field.options)})


def _file(file: File) -> Json:
    return {"name": file.name, "mime": file.mime, "url": f"/simulator/files/{file.key}"}


def _poll(poll: Poll) -> Json:
    options = [
        _without_empty({"id": o.id, "label": o.label, "votes": o.votes, "detail": o.detail}) for o in poll.options
    ]
    about = {"options": options, "closes_at": moment(poll.closes_at), "quorum": poll.quorum, "state": poll.state}
    return about | _without_empty({"winner": poll.winner})


def _without_empty(values: Json) -> Json:
    return {name: value for name, value in values.items() if value not in (None, "", [])}
