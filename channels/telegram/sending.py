"""Deliveries on their way to Telegram: several messages in a row, edits, deletions, streams, notes over a group."""

import hashlib
import re
from collections.abc import Callable, Sequence
from typing import Any

from telegram.error import BadRequest, ChatMigrated, RetryAfter, TelegramError

from bot.clock import Clock
from bot.errors import RetryLater, Undeliverable, Unknown
from bot.ports import Outgoing
from bot.shown import ShownParts
from channels.begun import Begun
from channels.growing import EditFloor
from channels.markdown import plain
from channels.telegram import outbound
from channels.telegram.client import Client
from channels.telegram.failures import FIXED, GONE, NO_TEXT, NOT_A_FILE, UNCHANGED, reaction, says
from channels.telegram.inbound import key
from channels.telegram.limits import ALERT, EDIT_FLOOR, FEATURES, GROUP_EDIT_FLOOR
from channels.telegram.outbound import Note, Request, Target
from channels.texts import say

# Seconds for an answer to the question whether anybody is there.
_PATIENCE = 5.0
_PRESS = re.compile(r":press:\d+:([^:/]+)/")


class Sending:
    """Sends through one bot. `moved(place, chat)` hears that a group goes on as another chat."""

    def __init__(self, client: Client, clock: Clock, parts: ShownParts, moved: Callable[[str, int], None]) -> None:
        self._client, self._clock, self._parts, self._moved = client, clock, parts, moved
        self._begun = Begun()
        self._flooded: dict[int, int] = {}
        self._floors = {True: EditFloor(clock, EDIT_FLOOR), False: EditFloor(clock, GROUP_EDIT_FLOOR)}
        self._chats: dict[int, int] = {}
        self._drafts, self._silent = True, False

    async def react(self, o: Outgoing) -> None:
        """As bot.powers.Reacts."""
        for part in filter(None, (outbound.native(part, o.place) for part in o.parts)):
            await self._ask(o, outbound.react(self._to(o), part, o.content.text if o.what == "react" else ""))

    def _to(self, o: Outgoing) -> Target:
        to = outbound.target(o.place)
        return Target(account=to.account, chat=self._chats.get(to.chat, to.chat), topic=to.topic)

    async def deliver(self, o: Outgoing) -> tuple[str, ...]:
        """As Channel.send. What was sent before an error is not sent again when this Delivery is repeated."""
        to = self._to(o)
        if o.reader and not to.direct:
            return await self._over_the_group(o)
        if o.what == "delete":
            for part in o.parts:
                await self._deleted(to, o, part)
            return o.parts
        if o.partial:
            return await self._streamed(to, o)
        return await self._whole(to, o)

    async def _whole(self, to: Target, o: Outgoing) -> tuple[str, ...]:
        wanted = outbound.notes(o, FEATURES, changed=False)
        if o.what != "edit" or not o.parts:
            return await self._sent(to, o, wanted, outbound.native(o.reply_to, o.place))
        more, now = self._begun.of(o.id), len(o.parts)  # of an earlier attempt, perhaps with other words
        there = (*o.parts, *more)
        kept = [await self._corrected(to, o, part, note) for part, note in zip(there, wanted, strict=False)]
        more[:] = kept[now:]
        for part in there[len(wanted) :]:
            await self._deleted(to, o, part)
        return (*kept[:now], *await self._sent(to, o, wanted[now:]))

    async def _sent(self, to: Target, o: Outgoing, wanted: Sequence[Note], reply_to: str = "") -> tuple[str, ...]:
        if not wanted:
            return ()
        begun = f"{o.id}?" if o.again else o.id
        done = self._begun.of(begun)
        for note in wanted[len(done) :]:
            message = await self._ask(o, outbound.send(to, note, "" if done else reply_to))
            done.append(str(message["message_id"]))
        self._begun.done(o.id, begun)
        self._note(to, o, done, wanted[-1])
        return tuple(done)

    def _note(self, to: Target, o: Outgoing, sent: Sequence[str], last: Note) -> None:
        chat = self._chats.get(to.chat, to.chat)
        choices = [(c.number, c.id, c.label) for c in last.choices]
        kept = bool(last.buttons or choices or o.kind != "system")  # of the rest a reply itself says that it is ours
        self._parts.note([key(to.account, chat, part) for part in sent], o.place, o.shown, choices, kept=kept)

    async def _corrected(self, to: Target, o: Outgoing, part: str, note: Note) -> str:
        """A message in its new words; where it cannot be changed any more, another that says so."""
        for caption in (note.file is not None, note.file is None):
            try:
                await self._ask(o, outbound.edit(to, part, note, caption=caption))
                return part
            except Undeliverable as refused:
                if says(refused, UNCHANGED):
                    return part
                if says(refused, (*NOT_A_FILE, *GONE, *FIXED)):
                    break
                if not says(refused, NO_TEXT):
                    raise
        if note.file is not None:
            await self._deleted(to, o, part)
        again = note if note.file else outbound.notes(o, FEATURES, changed=True)[0]
        message = await self._ask(o, outbound.send(to, again, outbound.native(part, o.place)))
        self._note(to, o, [str(message["message_id"])], note)
        return str(message["message_id"])

    async def _deleted(self, to: Target, o: Outgoing, part: str) -> None:
        """Taken away; what is too old for that says that it does not count any more."""
        try:
            await self._ask(o, outbound.delete(to, part))
        except Undeliverable as refused:
            if says(refused, GONE):
                return
            if not says(refused, FIXED):
                raise
            await self._ask(o, outbound.edit(to, part, Note(text=plain(say("withdrawn")))))

    async def _streamed(self, to: Target, o: Outgoing) -> tuple[str, ...]:
        """Words that are still being written: a draft in a direct conversation, else edits with time between."""
        if not self._floors[to.direct].passed(str(to.chat)) and (o.parts or to.direct):
            return o.parts
        if to.direct and self._drafts and not o.parts:
            try:
                await self._ask(o, outbound.draft(to, _draft_id(o.shown), outbound.notes(o, FEATURES)[-1]))
                return ()
            except Undeliverable:
                self._drafts = False
        return await self._whole(to, o)

    async def _over_the_group(self, o: Outgoing) -> tuple[str, ...]:
        """A note for the one who pressed; else where that person alone reads it, if they have written to us."""
        press = press_of(o.shown)
        if not press:
            raise Undeliverable("Telegram shows nothing in a group to one person alone")
        text = plain(o.content.text).strip()[:ALERT]
        try:
            await self._client.send(outbound.alert(press, text))
        except BadRequest:
            for reader in o.reader:
                direct = Target(account=self._client.me.account, chat=int(reader.removeprefix("telegram:")))
                for note in outbound.notes(o, FEATURES):
                    await self._ask(o, outbound.send(direct, note))
        except TelegramError as error:
            raise reaction(error) from error
        return ()

    async def _ask(self, o: Outgoing, request: Request) -> Any:
        """A call about a conversation; errors by the reaction they call for. A flooded one waits by itself."""
        chat = int(request.params["chat_id"])
        if (until := self._flooded.get(chat, 0)) and (left := until - self._clock.tick()) > 0:
            raise RetryLater(left / 1e9, "Telegram has asked us to slow down here")
        if self._silent:
            await self._hears_us()
        try:
            return await self._client.send(request)
        except ChatMigrated as moved:
            self._chats[chat] = moved.new_chat_id
            self._moved(o.place, moved.new_chat_id)
            request.params["chat_id"] = moved.new_chat_id
            return await self._ask(o, request)
        except RetryAfter as flood:
            slower = reaction(flood)
            if isinstance(slower, RetryLater):
                self._flooded[chat] = self._clock.tick() + int(slower.after * 1e9)
            raise slower from flood
        except TelegramError as error:
            failed = reaction(error)
            self._silent = self._silent or isinstance(failed, Unknown)
            raise failed from error

    async def _hears_us(self) -> None:
        """After a call went unanswered nothing more is sent into the silence, until Telegram answers a question."""
        try:
            await self._client.ask("getMe", {}, _PATIENCE)
        except TelegramError as error:
            failed = reaction(error)
            raise (RetryLater(1.0, "Telegram is silent") if isinstance(failed, Unknown) else failed) from error
        self._silent = False


def press_of(shown: str) -> str:
    """The press that a message of ours answers, by the network's id, or ""."""
    found = _PRESS.search(shown)
    return found[1] if found else ""


def _draft_id(shown: str) -> int:
    return int.from_bytes(hashlib.blake2b(shown.encode(), digest_size=4).digest(), "big") % (2**31 - 1) + 1
