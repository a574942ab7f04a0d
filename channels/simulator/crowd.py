"""The people's side of the simulated network: what they do is written down first, then the core hears of it."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from weakref import WeakValueDictionary

from bot.accounts.concealing import COMMAND
from bot.clock import Clock
from bot.content import Button, Content, File
from bot.documents import Insert, Op
from bot.errors import Explain, NotAllowed
from bot.model import Entry
from bot.ports import Store
from bot.redact import redact
from channels.rendering import chosen
from channels.simulator import inbound, outbound, refusals
from channels.simulator.channel import SimulatorChannel, latest_run
from channels.simulator.names import meant
from channels.simulator.network import Made
from channels.simulator.records import HAPPENED, Happened, Reaction, Shown, SimPlace
from channels.simulator.requests import Delete, Edit, Press, React, Say
from channels.simulator.uploads import Uploads, object_id

MayPress = Callable[[str, str], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something that happened: what the feed shows of it, what the core hears, what the request is answered."""

    entry: str
    news: Entry | None = None
    lines: tuple[Shown, ...] = ()
    also: tuple[Op, ...] = ()


class Crowd:
    """People who talk. `may_press(token, person)` raises NotAllowed or Explain, as the core decides."""

    def __init__(
        self, store: Store, clock: Clock, channel: SimulatorChannel, uploads: Uploads, may_press: MayPress
    ) -> None:
        self._store, self._clock, self._channel = store, clock, channel
        self._network, self._uploads, self._may_press = channel.network, uploads, may_press
        self._talking: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def say(self, request: Say) -> str:
        """A message, a command or a numbered choice; the id of the message as shown."""
        place, person = await self.present(request.place, request.person)
        if not (request.text.strip() or request.files or request.location):
            raise refusals.malformed("there is nothing in that message")
        text, reply_to = redact(request.text), request.reply_to or ""

        async def act() -> Act:
            uploaded, blobs = await self._uploads.take(place.id, request.files)
            answered = [await self._seen(place, person, reply_to)] if reply_to else None
            id = inbound.message_id(place, object_id(request.id))
            news = await self._said(place, person, request, id, text, uploaded, answered)
            if text.startswith(COMMAND):
                news, said = self._channel.concealer.conceal(news, text)
                news = replace(news, text=said)
            said = news.text if text.startswith(COMMAND) else text
            line = _person_line(place, person, id, Content(text=said, files=uploaded))
            shown = replace(line, reply_to=reply_to, location=news.location)
            return Act(entry=id, news=news, lines=(shown,), also=blobs)

        return await self.happen(place.id, "say", request.id, act)

    async def _said(
        self, place: SimPlace, person: str, request: Say, id: str, text: str, files: tuple[File, ...],
        answered: list[Shown] | None,
    ) -> Entry:  # fmt: skip
        now = self._clock.now()
        if not files and not request.location:
            run = answered or latest_run(await self._network.recent(place.id), person)
            for shown in run:
                if choice := chosen(text, shown.choices):
                    return inbound.choice(place, person, id, now, text=text, shown=shown, chosen=choice)
        spot = (request.location.lat, request.location.lon) if request.location else None
        return inbound.message(
            place, person, id, now, text=text, reply_to=request.reply_to or "", files=files, location=spot,
            language=request.language or "",
        )  # fmt: skip

    async def edit(self, request: Edit) -> str:
        """A person's own message in new words; its id."""
        if not request.text.strip():
            raise refusals.malformed("there is nothing in that message; it can be deleted instead")
        (place, person), text = await self.present(request.place, request.person), redact(request.text)

        async def act() -> Act:
            shown = await self._own(place, person, request.entry)
            changed = replace(shown, revision=shown.revision + 1, content=replace(shown.content, text=text))
            news = inbound.edit(place, person, shown, self._clock.now(), text)
            return Act(entry=shown.message, news=news, lines=(replace(changed, delivery=None),))

        return await self.happen(place.id, "edit", request.id, act)

    async def delete(self, request: Delete) -> str:
        """A person's own message taken back; its id."""
        place, person = await self.present(request.place, request.person)

        async def act() -> Act:
            shown = await self._own(place, person, request.entry)
            news = inbound.deletion(place, person, shown, self._clock.now())
            return Act(entry=shown.message, news=news, lines=(outbound.deleted_line(shown),))

        return await self.happen(place.id, "delete", request.id, act)

    async def react(self, request: React) -> str:
        """An emoji under a message, or none of this person's any more when it is empty; the message's id."""
        place, person = await self.present(request.place, request.person)
        if not self._channel.features(place.id).reactions:
            raise refusals.malformed("this network has no reactions")

        async def act() -> Act:
            shown = await self._seen(place, person, request.entry)
            reactions = _reacted(shown.reactions, person, request.emoji.strip())
            if reactions == shown.reactions:
                return Act(entry=shown.message)
            taken = next((r.emoji for r in shown.reactions if person in r.by), "")
            news = inbound.reaction(place, person, shown, self._clock.now(), request.emoji.strip(), taken)
            line = replace(shown, revision=shown.revision + 1, reactions=reactions, delivery=None)
            return Act(entry=shown.message, news=news, lines=(line,))

        return await self.happen(place.id, "react", request.id, act)

    async def press(self, request: Press) -> str:
        """A button under a message, by id or unique label; the id of the press."""
        place, person = await self.present(request.place, request.person)

        async def act() -> Act:
            shown = await self._seen(place, person, request.entry)
            token = await self._button(place, shown, request.button)
            await self._allowed(token, person)
            news = inbound.press(
                place, person, shown, self._clock.now(), object_id=object_id(request.id), token=token,
                values={name: redact(v) if isinstance(v, str) else v for name, v in request.values.items()},
            )  # fmt: skip
            return Act(entry=news.id, news=news)

        return await self.happen(place.id, "press", request.id, act)

    async def happen(self, place: str, what: str, request: str, act: Callable[[], Awaitable[Act]]) -> str:
        """Let something happen once: written down with its event, then told to the core, in order per place."""
        lock = self._talking.setdefault(place, asyncio.Lock())
        async with lock:
            event = await self._written(place, f"{place}|{what}|{request or secrets.token_hex(12)}", bool(request), act)
            await self._channel.notices.tell(event)
            return event.answer["entry"]

    async def _written(self, place: str, id: str, kept: bool, act: Callable[[], Awaitable[Act]]) -> Happened:
        event: Happened | None = None

        async def make() -> Made:
            nonlocal event
            event = await self._store.get(HAPPENED, id) if kept else None
            if event is not None:
                return (), ()
            done = await act()
            event = Happened(
                id=id, made=self._clock.tick(), answer={"entry": done.entry}, news=done.news,
                waiting=done.news is not None, kept=kept,
            )  # fmt: skip
            recorded = (Insert(HAPPENED, event),) if kept or done.news else ()
            event = replace(event, version=1)
            return done.lines, (*done.also, *recorded)

        await self._network.write(place, make)
        assert event is not None
        return event

    async def present(self, place_id: str, name: str) -> tuple[SimPlace, str]:
        """The place, and what the person is called there; refused if there is none or they are not in it."""
        place = await self._network.place(place_id)
        if place is None:
            raise refusals.no_place(place_id)
        person = meant(name, place.people)
        if person not in place.people:
            raise refusals.not_here(person)
        return place, person

    async def _seen(self, place: SimPlace, person: str, message: str) -> Shown:
        shown = await self._network.latest(place.id, message)
        if shown is None or not shown.seen_by(person):
            raise refusals.no_message(message)
        if shown.deleted:
            raise refusals.gone()
        return shown

    async def _own(self, place: SimPlace, person: str, message: str) -> Shown:
        shown = await self._seen(place, person, message)
        if shown.ours or shown.author != person:
            raise refusals.not_author()
        return shown

    async def _button(self, place: SimPlace, shown: Shown, named: str) -> str:
        """The token of a button by id or unique label."""
        found = _named(shown.content.buttons, named)
        if not found:
            earlier = await self._network.revisions(place.id, shown.message)
            if any(_named(s.content.buttons, named) for s in earlier):
                raise refusals.Refusal(410, "expired", "That button is no longer there.")
            number = next((c.number for c in shown.choices if named in (c.id, c.label)), 0)
            hint = f" Answer with its number, {number}." if number else ""
            raise refusals.Refusal(404, "unknown_button", f"There is no button {named[:100]!r} on that message.{hint}")
        if len(found) > 1:
            raise refusals.Refusal(409, "ambiguous_button", "Several buttons have that label: name one by its id.")
        if found[0].url:
            raise refusals.malformed("that button opens a link; there is nothing to press")
        return found[0].id

    async def _allowed(self, token: str, person: str) -> None:
        try:
            await self._may_press(token, person)
        except NotAllowed as no:
            raise refusals.Refusal(403, "not_yours", str(no)) from no
        except Explain as over:
            raise refusals.Refusal(410, "expired", str(over)) from over


def _person_line(place: SimPlace, person: str, id: str, content: Content) -> Shown:
    return Shown(place=place.id, message=id, revision=1, author=person, author_kind="person", content=content)


def _named(buttons: Sequence[Button], named: str) -> list[Button]:
    by_id = [b for b in buttons if b.id == named]
    return by_id or [b for b in buttons if b.label.strip().casefold() == named.strip().casefold()]


def _reacted(reactions: tuple[Reaction, ...], person: str, emoji: str) -> tuple[Reaction, ...]:
    """Reactions after a person put an emoji there, or took theirs away by an empty one."""
    if not emoji:
        rest = [replace(r, by=tuple(p for p in r.by if p != person)) for r in reactions]
        return tuple(r for r in rest if r.by)
    if not any(r.emoji == emoji for r in reactions):
        return (*reactions, Reaction(emoji=emoji, by=(person,)))
    return tuple(replace(r, by=(*r.by, person)) if r.emoji == emoji and person not in r.by else r for r in reactions)
