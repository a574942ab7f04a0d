"""What the simulated network shows of a Person. It keeps its own register of places and names, as a real one would."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from bot.codec import from_plain, to_plain
from bot.content import Content
from bot.model import THREADS
from bot.places import shown_entry
from bot.ports import Store, Subject
from bot.privacy.scrubbing import ERASED, Scrubber, commit_changes, lines_in, pages
from channels.simulator.records import KINDS, SHOWN, Shown

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)")
_OURS = "simulator:"
Left = Mapping[str, frozenset[str] | None]


class SimulatorHoldings:
    """Holdings of the simulator: what was said and shown goes; what Caravan still stands by stays, without their name.

    Runs after the core has erased its Entries: a line whose Entry or Answer is gone is gone here too."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(k.name for k in KINDS)

    async def blocks(self, subject: Subject) -> Sequence[str]:
        return ()

    async def export(self, subject: Subject) -> Mapping[str, Sequence[Any]]:
        """Nothing of its own: all that it shows comes from Entries."""
        return {}

    async def erase(self, subject: Subject) -> None:
        scrub = Scrubber(subject)
        for place in subject.places:
            if place.startswith(_OURS):
                await self._place(place, scrub, everything=True)
        for id in subject.shared:
            thread = await self._store.get(THREADS, id)
            for place in thread.places if thread else ():
                if place.startswith(_OURS):
                    await self._place(place, scrub, everything=False)

    async def _place(self, place: str, scrub: Scrubber, *, everything: bool) -> None:
        async for page in pages(self._store, SHOWN, {"place": place}, "n"):
            gone = {s.id for s in page if everything or await self._erased(s, scrub)}
            left = {s.id: await self._left(s) for s in page if s.ours and s.id not in gone}
            await commit_changes(self._store, SHOWN, page, partial(_cleared, frozenset(gone), left, scrub))

    async def _left(self, shown: Shown) -> frozenset[str] | None:
        """The lines that the core has left of an Answer in which it has erased some; None if it has not."""
        entry = await shown_entry(self._store, shown.message)
        answer = next((a for a in entry.answers if a.id == shown.message), None) if entry else None
        lines = lines_in(to_plain(answer.content)) if answer else set()
        return frozenset(lines) if any(ERASED in line for line in lines) else None

    async def _erased(self, shown: Shown, scrub: Scrubber) -> bool:
        """Whether a line is what they said, what was for them alone, or what the core has erased."""
        accounts = {i.partition(":")[2] for i in scrub.subject.identities}
        if (shown.author_kind == "person" and shown.author in accounts) or (
            shown.only_for and set(shown.only_for) <= accounts
        ):
            return True
        entry = await shown_entry(self._store, shown.message)
        if entry is None:
            return scrub.ids(shown.message) != shown.message
        answer = next((a for a in entry.answers if a.id == shown.message), None)
        return (answer.content.text if answer else entry.text) == ERASED


def _cleared(gone: frozenset[str], left: Left, scrub: Scrubber, shown: Shown) -> Shown:
    return _blank(shown, scrub) if shown.id in gone else _without(shown, left.get(shown.id), scrub)


def _blank(shown: Shown, scrub: Scrubber) -> Shown:
    bare = replace(
        shown, content=Content(text=""), deleted=True, author=ERASED, choices=(), location=None, reactions=(),
        only_for=tuple(ERASED for _ in shown.only_for),
    )  # fmt: skip
    return _moved(bare, scrub)


def _without(shown: Shown, left: frozenset[str] | None, scrub: Scrubber) -> Shown:
    """A line of others: their own words stay but for the names, ours lose every line with one; reactions of the Person
    are gone."""
    accounts = {i.partition(":")[2] for i in scrub.subject.identities}
    reactions = tuple(replace(r, by=tuple(b for b in r.by if b not in accounts)) for r in shown.reactions)
    each = scrub.words if shown.ours else scrub.within
    if left is not None:
        each = partial(_only, left)
    content = replace(from_plain(scrub.plain(to_plain(shown.content), each), Content), kind=shown.content.kind)
    bare = replace(
        shown, content=content, reactions=tuple(r for r in reactions if r.by), author=scrub.words(shown.author)
    )
    return _moved(bare, scrub)


def _only(left: frozenset[str], text: str) -> str:
    """An earlier or later state of a card has moments of its own; they name nobody."""
    return "\n".join(line if line in left or _MOMENT.fullmatch(line) else ERASED for line in text.split("\n"))


def _moved(shown: Shown, scrub: Scrubber) -> Shown:
    delivery = scrub.ids(shown.delivery) if shown.delivery else shown.delivery
    return replace(
        shown, message=scrub.ids(shown.message), reply_to=scrub.ids(shown.reply_to), delivery=delivery
    )  # fmt: skip
