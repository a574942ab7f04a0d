"""Deliveries on their way to Discord: as the bot, in a persona's voice, as the answer to a command, to one alone."""

import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

import aiohttp
import msgspec
import structlog
from discord.http import Route

from bot.clock import Clock
from bot.content import Field
from bot.errors import CaravanError, Explain, RetryLater, Undeliverable
from bot.files import Files
from bot.ports import Features, Outgoing
from bot.shown import ShownParts
from channels.answers import Refused
from channels.asks import Ask, Asks
from channels.begun import Begun, key_of, matched
from channels.discord.inbound import address
from channels.discord.limits import ANSWER_WITHIN, EDIT_FLOOR, TOO_LARGE, UNKNOWN_MESSAGE, UNKNOWN_WEBHOOK
from channels.discord.outbound import EPHEMERAL, LOADING, Body, Said, messages, voice
from channels.discord.payloads import Room
from channels.discord.rooms import Rooms
from channels.discord.sdk import OneTry
from channels.growing import EditFloor
from channels.received import keep, taken
from channels.texts import say

# A part: a message of the bot's, of a webhook's (w), in somebody's direct conversation (@), seen by one alone (e).
_PART = re.compile(r"(\d+)(?:w(\d+)|@(\d+)|(e))?")
_NO_HOOK, _RECENT, _FIRST = 600.0, 50, "@original"
_log = structlog.get_logger()
# A webhook, or what answers an interaction: its id and its token.
_Hook = tuple[str, str]


class Post:
    """Sends through one bot. `me`, `application`: ids that are known after the login."""

    def __init__(self, http: OneTry, rooms: Rooms, shown: ShownParts, files: Files, clock: Clock, asks: Asks) -> None:
        self.me, self.application, self.asks = "", "", asks
        self._http, self._rooms, self._shown, self._files, self._clock = http, rooms, shown, files, clock
        self._hooks: dict[str, tuple[_Hook | None, int]] = {}
        self._begun = Begun()
        self._alone: OrderedDict[str, Ask] = OrderedDict()
        self._floor = EditFloor(clock, EDIT_FLOOR)
        self.forms: OrderedDict[str, Sequence[Field]] = OrderedDict()

    async def send(self, out: Outgoing, features: Features) -> tuple[str, ...]:
        """As `Channel.send`."""
        _, channel, direct = address(out.place)
        if out.what == "delete":
            return await self._taken_back(out)
        if out.what == "edit" and out.parts:
            return await self._corrected(out, features)
        if out.reader and not direct:
            return await self._told_alone(out, features)
        hook, said = await self._spoken(out, features)
        begun = self._begun.of(out.id)
        if not begun and (ask := self.asks.of_answer(out)):
            begun += await self._answered(ask, out, said[0], hook)
        for i in range(len(begun), len(said)):
            begun.append(await self._posted(out, said[i], i, channel, hook))
        return self._noted(out, begun, said)

    async def look_up(self, out: Outgoing, features: Features) -> tuple[str, ...] | None:
        """The parts of a Delivery that arrived whole: messages of ours that say so and are no other Delivery's."""
        _, channel, direct = address(out.place)
        if out.what != "send" or (out.reader and not direct):
            return None
        hook, said = await self._spoken(out, features)
        there: Sequence[Any] = await self._http.logs_from(channel, _RECENT)
        ours, another = (self.me, hook[0]) if hook else (self.me,), self._shown.taken
        mine = [m for m in reversed(there) if m["author"]["id"] in ours]
        free = [m for m in mine if not await another(f"discord:{m['id']}", out.shown)]
        spoken = voice(out) if hook else {}
        found = self._begun.of(out.id)
        found[:] = [_part(m, hook) for m in matched(said, free, lambda m, one: _is(m, one.body, spoken))]
        return self._noted(out, found, said) if len(found) == len(said) else None

    async def _spoken(self, out: Outgoing, features: Features) -> tuple[_Hook | None, tuple[Said, ...]]:
        """In whose voice it is said, and the messages."""
        _, channel, direct = address(out.place)
        hook = await self._hook(channel) if voice(out) and not direct else None
        return hook, self._said(out, features, hook)

    def _said(self, out: Outgoing, features: Features, hook: _Hook | None) -> tuple[Said, ...]:
        people = self._rooms.speakers.people(address(out.place)[1])
        return messages(out, replace(features, own_names=hook is not None), people)

    async def react(self, out: Outgoing) -> None:
        """As `bot.powers.Reacts`."""
        react = self._http.add_reaction if out.what == "react" else self._http.remove_own_reaction
        await react(address(out.place)[1], _message(out.parts[0]), out.content.text)

    async def resolve(self, ask: Ask) -> None:
        """Nothing more comes as the answer of an interaction: people see no longer that we think."""
        self.asks.use(ask, "-")
        with suppress(CaravanError):
            shown = await self._http.request(self._of_ask(ask, "GET"))
            if isinstance(shown, dict) and shown.get("flags", 0) & LOADING:
                await self._http.request(self._of_ask(ask, "DELETE"))

    async def _answered(self, ask: Ask, out: Outgoing, first: Said, hook: _Hook | None) -> list[str]:
        """The first message in place of "is thinking"; none where it has to be said in another voice."""
        if hook is not None:
            await self.resolve(ask)
            return []
        self.asks.use(ask, out.id)
        with suppress(Refused, Explain):
            return [await self._by_ask(ask, "PATCH", first)]
        return []

    async def _by_ask(self, ask: Ask, method: str, one: Said) -> str:
        """The first answer of an interaction (PATCH) or one more; later if Discord does not know yet that we think."""
        try:
            return str((await self._call(self._of_ask(ask, method), one.body, one))["id"])
        except Refused as refused:
            if refused.status == 404 and self.asks.age(ask) < ANSWER_WITHIN:
                raise RetryLater(0.2, "the interaction is not deferred yet") from refused
            raise

    async def _posted(self, out: Outgoing, one: Said, i: int, channel: str, hook: _Hook | None) -> str:
        if hook is None:
            body = {**one.body, "nonce": key_of(out, i), "enforce_nonce": True}
            if out.reply_to and i == 0:
                body["message_reference"] = {"message_id": _message(out.reply_to), "fail_if_not_exists": False}
            route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel)
            return _part(await self._call(route, body, one), None)
        try:
            told = await self._call(
                _of_hook("POST", hook), {**one.body, **voice(out)}, one, wait="true", **self._in_thread(channel)
            )
        except Refused as gone:
            if gone.code != UNKNOWN_WEBHOOK:
                raise
            self._hooks.pop(self._rooms.parent(channel) or channel, None)
            raise RetryLater(0.1, "the webhook was deleted") from gone
        return _part(told, hook)

    async def _told_alone(self, out: Outgoing, features: Features, changed: bool = False) -> tuple[str, ...]:
        """Seen by its readers only: as the answer to what they just did here, else in their direct conversation."""
        said = messages(out, replace(features, own_names=False), {}, changed=changed)
        parts: list[str] = []
        for user in (key.removeprefix("discord:") for key in out.reader):
            ask = self.asks.of_person(out.place, user)
            begun = self._begun.of(f"{out.id} {user}")
            with suppress(Refused, Explain):  # the interaction is over: their direct conversation is left
                while ask and len(begun) < len(said):
                    begun.append(await self._whispered(ask, out, said[len(begun)]))
            channel = str((await self._http.start_private_message(user))["id"]) if len(begun) < len(said) else ""
            for i in range(len(begun), len(said)):
                alone = replace(out, reader=(user,), reply_to="")
                begun.append(f"{await self._posted(alone, said[i], i, channel, None)}@{channel}")
            parts += begun
        return self._noted(out, parts, said)

    async def _whispered(self, ask: Ask, out: Outgoing, one: Said) -> str:
        if ask.thinking and not ask.used and not ask.alone:
            await self.resolve(ask)  # what was begun for all to see cannot go on for one alone
        first = ask.thinking and ask.alone and not self._begun.of(f"{out.id} {ask.user}")
        method = "PATCH" if first and ask.used in ("", out.id) else "POST"
        self.asks.use(ask, out.id)
        alone = {"flags": EPHEMERAL} if method == "POST" else {}
        message = await self._by_ask(ask, method, replace(one, body={**one.body, **alone}))
        keep(self._alone, message, ask)
        return f"{message}e"

    async def _corrected(self, out: Outgoing, features: Features) -> tuple[str, ...]:
        if not self._floor.passed(out.parts[0]) and out.partial:
            return out.parts
        _, channel, direct = address(out.place)
        hook = await self._hook(channel) if "w" in out.parts[0] else None
        said, parts = self._said(out, features, hook), self._begun.of(out.id)
        parts += out.parts[len(parts) :]
        if out.reader and not direct and len(said) != len(parts):  # never goes on where all can read it
            await self._taken_back(out)
            return await self._told_alone(out, features, changed=True)
        try:
            for part, one in zip(parts, said, strict=False):
                route = await self._route(part, out.place, "PATCH")
                await self._call(route, one.body, one, **self._in_thread(channel, part))
        except Explain:  # seen by one alone, and too late to change it
            return await self._told_alone(out, features, changed=True)
        for i in range(len(parts), len(said)):
            parts.append(await self._posted(out, said[i], i, channel, hook))
        await self._taken_back(replace(out, parts=tuple(parts[len(said) :])))
        return self._noted(out, parts[: len(said)], said)

    async def _taken_back(self, out: Outgoing) -> tuple[str, ...]:
        for part in out.parts:
            try:
                route = await self._route(part, out.place, "DELETE")
                await self._http.request(route, params=self._in_thread(address(out.place)[1], part))
            except (Refused, Explain) as gone:
                if isinstance(gone, Refused) and gone.code not in (UNKNOWN_MESSAGE, UNKNOWN_WEBHOOK):
                    raise
        return out.parts

    async def _route(self, part: str, place: str, method: str) -> Route:
        """Where a part is changed; Explain if it was for one alone and is out of reach."""
        found = _PART.fullmatch(part)
        if found is None:
            raise Undeliverable("not a message of ours")
        message, hook_id, direct, alone = found.groups()
        if alone:
            ask = self._alone.get(message)
            if ask is None or self.asks.of_person(ask.place, ask.user) is None:
                raise Explain("too late")
            return _of_hook(method, (self.application, ask.token), message)
        channel = direct or address(place)[1]
        if hook_id and (hook := await self._hook(channel)):
            return _of_hook(method, hook, message)
        path = "/channels/{channel_id}/messages/{message_id}"
        return Route(method, path, channel_id=channel, message_id=message)

    def _of_ask(self, ask: Ask, method: str) -> Route:
        """The first answer of an interaction, or (POST) one more."""
        return _of_hook(method, (self.application, ask.token), "" if method == "POST" else _FIRST)

    def _in_thread(self, channel: str, part: str = "w") -> dict[str, str]:
        return {"thread_id": channel} if "w" in part and self._rooms.parent(channel) else {}

    async def _call(self, route: Route, body: Body, said: Said, **params: str) -> Any:
        if not said.under.files:
            return await self._http.request(route, json=body, params=params)
        listed = [{"id": str(i), "filename": f.name} for i, f in enumerate(said.under.files)]
        payload, form = msgspec.json.encode({**body, "attachments": listed}), aiohttp.FormData(quote_fields=False)
        form.add_field("payload_json", payload.decode(), content_type="application/json")
        for i, file in enumerate(said.under.files):
            data = await self._files.read(file)
            form.add_field(f"files[{i}]", data, filename=file.name, content_type=file.mime)
        try:
            return await self._http.request(route, data=form, params=params)
        except Refused as refused:
            if refused.code != TOO_LARGE and refused.status != 413:
                raise
            told = "\n".join([body["content"], *(say("file_refused", name=f.name) for f in said.under.files)]).strip()
            return await self._call(route, {**body, "content": told}, Said(body=said.body), **params)

    async def _hook(self, channel: str) -> _Hook | None:
        """The webhook of a channel that speaks for personas, made once; None where we may not have one."""
        if not self._rooms.find(channel).id:
            self._rooms.keep(taken(Room, await self._http.get_channel(channel)) or Room(id=channel))
        parent = self._rooms.parent(channel) or channel
        kept, until = self._hooks.get(parent, (None, 0))
        if kept is None and until < self._clock.tick():
            kept = await self._found_or_made(parent)
            self._hooks[parent] = (kept, self._clock.tick() + int(_NO_HOOK * 1e9))
        return kept

    async def _found_or_made(self, channel: str) -> _Hook | None:
        try:
            there: Sequence[Any] = await self._http.channel_webhooks(channel)
            mine = [h for h in there if h.get("application_id") == self.application and h.get("token")]
            made = mine[0] if mine else await self._http.create_webhook(channel, name="Caravan")
        except Refused as never:
            _log.warning("no webhook, so personas write their name before their words", channel=channel, why=str(never))
            return None
        return str(made["id"]), str(made["token"])

    def _noted(self, out: Outgoing, parts: Sequence[str], said: Sequence[Said]) -> tuple[str, ...]:
        self._begun.done(out.id, *(f"{out.id} {key.removeprefix('discord:')}" for key in out.reader))
        under = said[-1].under
        if under.form:
            keep(self.forms, out.shown, under.form)
        choices = [(c.number, c.id, c.label) for c in under.choices]
        self._shown.note([f"discord:{_message(p)}" for p in parts], out.place, out.shown, choices)
        return tuple(parts)


def _of_hook(method: str, hook: _Hook, message: str = "") -> Route:
    """A message of a webhook, "" for a new one."""
    path = {"": "", _FIRST: f"/messages/{_FIRST}"}.get(message, "/messages/{message_id}")
    ids = {"webhook_id": hook[0], "webhook_token": hook[1], "message_id": message}
    return Route(method, "/webhooks/{webhook_id}/{webhook_token}" + path, **ids)


def _part(message: Mapping[str, Any], hook: _Hook | None) -> str:
    return f"{message['id']}w{hook[0]}" if hook else str(message["id"])


def _message(shown: str) -> str:
    """The network's id in a part or in the id of an Entry."""
    found = _PART.fullmatch(shown.rpartition(":")[2])
    return found[1] if found else "0"


def _is(message: Mapping[str, Any], body: Body, voice: Mapping[str, str]) -> bool:
    """Whether a message in the history says what a body says, in that voice."""
    titles = [e["title"] for e in message.get("embeds", ()) if e.get("title")]
    same = message["content"].strip() == body["content"].strip() and titles == [e["title"] for e in body["embeds"]]
    return same and message["author"]["username"] == voice.get("username", message["author"]["username"])
