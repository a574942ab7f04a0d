"""Deliveries on their way to Discord: as the bot, in a persona's voice, as the answer to a command, to one alone."""

import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

import msgspec
import structlog
from discord.http import Route

from bot.clock import Clock
from bot.content import Field
from bot.errors import CaravanError, Explain, RetryLater, Undeliverable
from bot.files import Files
from bot.ports import Features, Outgoing
from bot.shown import ShownParts
from channels.asks import Ask, Asks
from channels.discord.errors import TOO_LARGE, UNKNOWN_MESSAGE, UNKNOWN_WEBHOOK, Refused
from channels.discord.inbound import address
from channels.discord.limits import EDIT_FLOOR, TOKEN_LASTS
from channels.discord.outbound import EPHEMERAL, Body, Said, messages, nonce_of, voice
from channels.discord.payloads import Channel
from channels.discord.rooms import Rooms
from channels.discord.sdk import OneTry
from channels.growing import EditFloor
from channels.received import keep, taken
from channels.texts import say

# A part: a message of the bot's, of a webhook's (w), in somebody's direct conversation (@), seen by one alone (e).
_PART = re.compile(r"(\d+)(?:w(\d+)|@(\d+)|(e))?")
_FIND = re.compile(r"(\d+)(?:[w@]\d+|e)?$")
_NO_HOOK, _RECENT = 600.0, 50
_log = structlog.get_logger()
_Hook = tuple[str, str]


class Post:
    """Sends through one bot. `me`, `application`: ids that are known after the login."""

    def __init__(self, account: str, http: OneTry, rooms: Rooms, shown: ShownParts, files: Files, clock: Clock) -> None:
        self.account, self.me, self.application, self.asks = account, "", "", Asks(clock, TOKEN_LASTS)
        self._http, self._rooms, self._shown, self._files, self._clock = http, rooms, shown, files, clock
        self._hooks: dict[str, tuple[_Hook | None, int]] = {}
        self._begun: OrderedDict[str, list[str]] = OrderedDict()
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
        begun = self._progress(out.id)
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
        path, asked = "/channels/{channel_id}/messages", {"params": {"limit": str(_RECENT)}}
        there = await self._http.ask("GET", path, given=asked, channel_id=channel)
        ours = (self.me, hook[0]) if hook else (self.me,)
        mine = [m for m in reversed(there) if m["author"]["id"] in ours and await self._unclaimed(m["id"], out)]
        found = self._begun[out.id] = []
        for one in said:
            match = next((m for m in mine if _is(m, one.body, voice(out) if hook else {})), None)
            if match is None:
                return None
            mine.remove(match)
            found.append(f"{match['id']}w{hook[0]}" if hook else str(match["id"]))
        return self._noted(out, found, said)

    async def _spoken(self, out: Outgoing, features: Features) -> tuple[_Hook | None, tuple[Said, ...]]:
        """In whose voice it is said, and the messages."""
        _, channel, direct = address(out.place)
        hook = await self._hook(channel) if voice(out) and not direct else None
        return hook, messages(out, _as(features, hook), self._rooms.speakers.people(channel))

    async def _unclaimed(self, message: str, out: Outgoing) -> bool:
        known = await self._shown.find(f"discord:{message}")
        return known is None or known.shown == out.shown

    async def react(self, out: Outgoing) -> None:
        """As `bot.powers.Reacts`."""
        path, method = "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me", "PUT"
        about = {"channel_id": address(out.place)[1], "message_id": _message(out.parts[0]), "emoji": out.content.text}
        await self._http.request(Route(method if out.what == "react" else "DELETE", path, **about))

    async def resolve(self, ask: Ask) -> None:
        """Nothing more comes as the answer of an interaction: people see no longer that we think."""
        ask.used = ask.used or "-"
        with suppress(CaravanError):
            await self._http.request(self._of_ask(ask, "DELETE"))

    async def direct(self, user: str) -> str:
        """The channel of the direct conversation with somebody."""
        asked = {"json": {"recipient_id": user}, "repeats": True}
        return str((await self._http.ask("POST", "/users/@me/channels", given=asked))["id"])

    async def _answered(self, ask: Ask, out: Outgoing, first: Said, hook: _Hook | None) -> list[str]:
        """The first message in place of "is thinking"; none where it has to be said in another voice."""
        if hook is not None:
            await self.resolve(ask)
            return []
        ask.used = out.id
        try:
            told = await self._call(self._of_ask(ask, "PATCH"), first.body, first)
        except (Refused, Explain):
            return []
        return [str(told["id"])]

    async def _posted(self, out: Outgoing, one: Said, i: int, channel: str, hook: _Hook | None) -> str:
        if hook is None:
            body = {**one.body, "nonce": nonce_of(out, i), "enforce_nonce": True}
            if out.reply_to and i == 0:
                body["message_reference"] = {"message_id": _message(out.reply_to), "fail_if_not_exists": False}
            route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel)
            return str((await self._call(route, body, one))["id"])
        route = Route("POST", "/webhooks/{webhook_id}/{webhook_token}", webhook_id=hook[0], webhook_token=hook[1])
        try:
            told = await self._call(route, {**one.body, **voice(out)}, one, wait="true", **self._in_thread(channel))
        except Refused as gone:
            if gone.code != UNKNOWN_WEBHOOK:
                raise
            self._hooks.pop(self._rooms.parent(channel) or channel, None)
            raise RetryLater(0.1, "the webhook was deleted") from gone
        return f"{told['id']}w{hook[0]}"

    async def _told_alone(self, out: Outgoing, features: Features, changed: bool = False) -> tuple[str, ...]:
        """Seen by its readers only: as the answer to what they just did here, else in their direct conversation."""
        said = messages(out, _as(features, None), {}, changed=changed)
        parts: list[str] = []
        for user in (key.removeprefix("discord:") for key in out.reader):
            ask = self.asks.of_person(out.place, user)
            begun = self._progress(f"{out.id} {user}")
            with suppress(Refused, Explain):  # the interaction is over: their direct conversation is left
                for one in said[len(begun) :]:
                    if ask:
                        begun.append(await self._whispered(ask, out, one))
            channel = await self.direct(user) if len(begun) < len(said) else ""
            for i in range(len(begun), len(said)):
                alone = replace(out, reader=(user,), reply_to="")
                begun.append(f"{await self._posted(alone, said[i], i, channel, None)}@{channel}")
            parts += begun
        return self._noted(out, parts, said)

    async def _whispered(self, ask: Ask, out: Outgoing, one: Said) -> str:
        if ask.thinking and not ask.used and not ask.alone:
            await self.resolve(ask)  # what was begun for all to see cannot go on for one alone
        first = ask.thinking and ask.alone and not self._begun.get(f"{out.id} {ask.user}")
        route = self._of_ask(ask, "PATCH" if first and ask.used in ("", out.id) else "POST")
        ask.used = ask.used or out.id
        told = await self._call(route, {**one.body, "flags": EPHEMERAL} if route.method == "POST" else one.body, one)
        keep(self._alone, str(told["id"]), ask)
        return f"{told['id']}e"

    async def _corrected(self, out: Outgoing, features: Features) -> tuple[str, ...]:
        if not self._floor.passed(out.parts[0]) and out.partial:
            return out.parts
        channel = address(out.place)[1]
        hook = await self._hook(channel) if "w" in out.parts[0] else None
        said = messages(out, _as(features, hook), self._rooms.speakers.people(channel))
        parts, private = list(out.parts), bool(out.reader) and not address(out.place)[2]
        if private and len(said) != len(parts):  # what is for one alone never goes on where all can read it
            await self._taken_back(out)
            return await self._told_alone(replace(out, what="send", parts=()), features, changed=True)
        try:
            for part, one in zip(parts, said, strict=False):
                route = await self._route(part, out.place, "PATCH")
                await self._call(route, one.body, one, **self._in_thread(channel, part))
        except Explain:  # seen by one alone, and too late to change it
            return await self._told_alone(replace(out, what="send", parts=()), features, changed=True)
        parts += [await self._posted(out, said[i], i, channel, hook) for i in range(len(parts), len(said))]
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
        hook = await self._hook(address(place)[1]) if hook_id else None
        if alone:
            ask = self._alone.get(message)
            if ask is None or self.asks.of_person(ask.place, ask.user) is None:
                raise Explain("too late")
            hook = (self.application, ask.token)
        path, ids = "/channels/{channel_id}/messages/{message_id}", {"channel_id": direct or address(place)[1]}
        if hook is not None:
            path = "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}"
            ids = {"webhook_id": hook[0], "webhook_token": hook[1]}
        return Route(method, path, message_id=message, **ids)

    def _of_ask(self, ask: Ask, method: str) -> Route:
        """The first answer of an interaction, or (POST) one more."""
        path = "/webhooks/{webhook_id}/{webhook_token}" + ("" if method == "POST" else "/messages/@original")
        return Route(method, path, webhook_id=self.application, webhook_token=ask.token)

    def _in_thread(self, channel: str, part: str = "w") -> dict[str, str]:
        return {"thread_id": channel} if "w" in part and self._rooms.parent(channel) else {}

    async def _call(self, route: Route, body: Body, said: Said, **params: str) -> Any:
        if not said.files:
            return await self._http.request(route, json=body, params=params)
        listed = [{"id": str(i), "filename": f.name} for i, f in enumerate(said.files)]
        payload = msgspec.json.encode({**body, "attachments": listed}).decode()
        form: list[dict[str, Any]] = [{"name": "payload_json", "value": payload, "content_type": "application/json"}]
        for i, file in enumerate(said.files):
            data = await self._files.read(file)
            form.append({"name": f"files[{i}]", "value": data, "filename": file.name, "content_type": file.mime})
        try:
            return await self._http.request(route, form=form, params=params)
        except Refused as refused:
            if refused.code != TOO_LARGE and refused.status != 413:
                raise
            told = "\n".join([body["content"], *(say("file_refused", name=f.name) for f in said.files)]).strip()
            return await self._call(route, {**body, "content": told}, replace(said, files=()), **params)

    async def _hook(self, channel: str) -> _Hook | None:
        """The webhook of a channel that speaks for personas, made once; None where we may not have one."""
        if self._rooms.find(channel) is None:
            told = await self._http.ask("GET", "/channels/{channel_id}", channel_id=channel)
            self._rooms.channel(taken(Channel, told) or Channel(id=channel))
        parent = self._rooms.parent(channel) or channel
        kept, until = self._hooks.get(parent, (None, 0))
        if kept is None and until < self._clock.tick():
            kept = await self._found_or_made(parent)
            self._hooks[parent] = (kept, self._clock.tick() + int(_NO_HOOK * 1e9))
        return kept

    async def _found_or_made(self, channel: str) -> _Hook | None:
        path, asked = "/channels/{channel_id}/webhooks", {"json": {"name": "Caravan"}, "repeats": True}
        try:
            there = await self._http.ask("GET", path, channel_id=channel)
            mine = [h for h in there if h.get("application_id") == self.application and h.get("token")]
            made = mine[0] if mine else await self._http.ask("POST", path, given=asked, channel_id=channel)
        except Refused as never:
            _log.warning("no webhook, so personas write their name before their words", channel=channel, why=str(never))
            return None
        return str(made["id"]), str(made["token"])

    def _progress(self, id: str) -> list[str]:
        return keep(self._begun, id, self._begun.get(id, []))

    def _noted(self, out: Outgoing, parts: Sequence[str], said: Sequence[Said]) -> tuple[str, ...]:
        for id in (out.id, *(f"{out.id} {key.removeprefix('discord:')}" for key in out.reader)):
            self._begun.pop(id, None)
        choices = said[-1].choices if said else ()
        if said and said[-1].form:
            keep(self.forms, out.shown, said[-1].form)
        self._shown.note([f"discord:{_message(p)}" for p in parts], out.place, out.shown, choices)
        return tuple(parts)


def _as(features: Features, hook: _Hook | None) -> Features:
    return replace(features, own_names=hook is not None)


def _message(shown: str) -> str:
    """The network's id in a part or in the id of an Entry."""
    found = _FIND.search(shown)
    return found[1] if found else "0"


def _is(message: Mapping[str, Any], body: Body, voice: Mapping[str, str]) -> bool:
    """Whether a message in the history says what a body says, in that voice."""
    titles = [e["title"] for e in message.get("embeds", ()) if e.get("title")]
    same = message["content"].strip() == body["content"].strip() and titles == [e["title"] for e in body["embeds"]]
    return same and message["author"]["username"] == voice.get("username", message["author"]["username"])
