"""Deliveries on their way to Slack: messages, answers for one person alone, files, corrections, streams."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.clock import Clock
from bot.content import File
from bot.errors import RetryLater, Undeliverable, Unknown
from bot.files import Files
from bot.ports import Features, Outgoing
from bot.shown import ShownParts
from channels.slack.api import Api, Names
from channels.slack.errors import CLOSED, code_of
from channels.slack.inbound import address
from channels.slack.limits import RESPONSE_URL_LASTS, RESPONSE_URL_USES
from channels.slack.outbound import Said, found, messages, metadata
from channels.slack.streams import Streams
from channels.slack.workspaces import Workspace

# Part ids of what cannot be edited: seen by one person, or a file that Slack posted by itself.
ALONE, FILE = "alone:", "file:"
_AGO, _MOST, _KEPT = 6 * 3600, 200, 5_000
_NOT_IN_UPDATES = ("username", "icon_emoji", "unfurl_links", "unfurl_media")
_BY_ANSWER = CLOSED | {"user_not_in_channel"}


class Answers:
    """The response_urls of what people just did: by them we may answer where we are no member."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: OrderedDict[tuple[str, ...], tuple[str, int, int]] = OrderedDict()

    def keep(self, url: str, *keys: tuple[str, ...]) -> None:
        """An address to answer by, under whom and what it belongs to."""
        for key in keys if url else ():
            self._kept[key] = (url, RESPONSE_URL_USES, self._clock.tick() + RESPONSE_URL_LASTS * 10**9)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)

    def take(self, *key: str) -> str:
        """One use of an address, "" if there is none left."""
        url, uses, until = self._kept.get(key, ("", 0, 0))
        if not uses or until < self._clock.tick():
            self._kept.pop(key, None)
            return ""
        self._kept[key] = (url, uses - 1, until)
        return url


class Sender:
    """Sends to one workspace at a time. `asked`: who spoke last in a Place, for whom a stream is shown."""

    def __init__(self, api: Api, files: Files, shown: ShownParts, names: Names, clock: Clock) -> None:
        self._api, self._stored, self._shown, self._names, self._clock = api, files, shown, names, clock
        self._streams = Streams(api, clock)
        self._begun: OrderedDict[str, dict[int, str]] = OrderedDict()
        self.answers = Answers(clock)
        self.asked: OrderedDict[str, str] = OrderedDict()

    async def send(self, ws: Workspace, outgoing: Outgoing, features: Features) -> tuple[str, ...]:
        """As `Channel.send`."""
        channel = address(outgoing.place)[1]
        if outgoing.reader and not channel.startswith("D"):
            return await self._alone(ws, outgoing, features)
        if outgoing.what == "delete":
            return await self._taken_back(ws, outgoing)
        if outgoing.what == "edit" and outgoing.parts:
            return await self._corrected(ws, outgoing, features)
        if outgoing.partial and (ts := await self._stream(ws, outgoing)):
            return self._noted(ws, outgoing, (ts,), ())
        said = self._messages(ws, outgoing, features)
        return self._noted(ws, outgoing, await self._posted(ws, outgoing, said), said[-1].choices)

    async def look_up(self, ws: Workspace, outgoing: Outgoing) -> tuple[str, ...] | None:
        """The parts of a Delivery that arrived whole, else None; what arrived of it is not sent again."""
        _, channel, thread = address(outgoing.place)
        if outgoing.reader or outgoing.what == "delete":
            return None
        asked: dict[str, Any] = {"channel": channel, "limit": _MOST, "include_all_metadata": True}
        asked["oldest"] = f"{self._clock.tick() // 10**9 - _AGO}.000000"
        if thread:
            told = await self._api.call(ws.token, "conversations.replies", ts=thread, **asked)
        else:
            told = await self._api.call(ws.token, "conversations.history", **asked)
        there = found(told.get("messages") or [], outgoing.id)
        if not there:
            return None
        of = int(there.pop(-1))
        if len(there) < of:
            self._begun[outgoing.id] = there
            return None
        return self._noted(ws, outgoing, tuple(there[i] for i in range(of)), ())

    def _messages(
        self, ws: Workspace, outgoing: Outgoing, features: Features, changed: bool = False
    ) -> tuple[Said, ...]:
        return messages(outgoing, features, self._names.people(ws.account), changed)

    def _noted(
        self, ws: Workspace, outgoing: Outgoing, parts: Sequence[str], choices: Sequence[tuple[int, str, str]]
    ) -> tuple[str, ...]:
        self._begun.pop(outgoing.id, None)
        channel = address(outgoing.place)[1]
        self._shown.note([part_key(ws.account, channel, p) for p in parts], outgoing.place, outgoing.shown, choices)
        return tuple(parts)

    async def _posted(self, ws: Workspace, outgoing: Outgoing, said: Sequence[Said]) -> list[str]:
        """Post what has not been posted of it yet."""
        begun = self._begun.setdefault(outgoing.id, {})
        if len(self._begun) > _KEPT:
            self._begun.popitem(last=False)
        for i, one in enumerate(said):
            if i not in begun:
                begun[i] = await self._post(ws, outgoing, one)
        return [begun[i] for i in range(len(said))]

    async def _post(self, ws: Workspace, outgoing: Outgoing, one: Said) -> str:
        if not one.files:
            return await self._message(ws, outgoing, one)
        if not one.args["blocks"]:
            return await self._files(ws, outgoing, one.files, one.args)
        ts = await self._message(ws, outgoing, one)
        await self._files(ws, outgoing, one.files, {})
        return ts

    async def _message(self, ws: Workspace, outgoing: Outgoing, one: Said) -> str:
        where = _where(outgoing)
        try:
            told = await self._api.call(ws.token, "chat.postMessage", **where, **one.args)
        except Undeliverable as never:
            url = self.answers.take(ws.account, where["channel"]) if code_of(never.__cause__) in _BY_ANSWER else ""
            if not url:
                raise
            shown = {"text": one.args["text"], "blocks": one.args["blocks"]}
            await self._api.respond(url, {"response_type": "in_channel", **shown})
            return f"{ALONE}{outgoing.id}"
        return str(told["ts"])

    async def _alone(self, ws: Workspace, outgoing: Outgoing, features: Features) -> tuple[str, ...]:
        """Seen by its readers only. What Slack cannot change any more is said anew; what it cannot take back stays."""
        earlier = [p for p in outgoing.parts if p.startswith(ALONE)]
        if outgoing.what == "delete":
            for part in earlier:
                if url := self.answers.take(ws.account, part):
                    await self._api.respond(url, {"delete_original": True})
            return outgoing.parts
        if outgoing.partial:
            return outgoing.parts
        replaces = self.answers.take(ws.account, earlier[0]) if len(earlier) == 1 else ""
        said = self._messages(ws, outgoing, features, changed=bool(earlier) and not replaces)
        if replaces:
            shown = {"text": said[-1].args["text"], "blocks": said[-1].args["blocks"]}
            await self._api.respond(replaces, {"replace_original": True, **shown})
            return outgoing.parts
        readers = [r.removeprefix("slack:") for r in outgoing.reader if r.startswith("slack:")]
        if not readers:
            raise Undeliverable("none of its readers is on Slack")
        parts = [await self._whispered(ws, outgoing, user, one) for user in readers for one in said]
        return self._noted(ws, outgoing, parts, said[-1].choices)

    async def _whispered(self, ws: Workspace, outgoing: Outgoing, user: str, one: Said) -> str:
        where, shown = _where(outgoing), {"text": one.args["text"], "blocks": one.args["blocks"]}
        speaks = {k: v for k, v in one.args.items() if k in ("username", "icon_emoji")}
        try:
            told = await self._api.call(ws.token, "chat.postEphemeral", user=user, **where, **shown, **speaks)
        except Undeliverable as never:
            url = self.answers.take(ws.account, where["channel"], user)
            if not url or code_of(never.__cause__) not in _BY_ANSWER:
                raise
            await self._api.respond(url, {"response_type": "ephemeral", **shown})
            return f"{ALONE}{outgoing.id}:{user}"
        for file in one.files:
            await self._api.call(ws.token, "chat.postEphemeral", user=user, **where, text=f"📎 {file.name}")
        return f"{ALONE}{told.get('message_ts')}"

    async def _taken_back(self, ws: Workspace, outgoing: Outgoing) -> tuple[str, ...]:
        channel = address(outgoing.place)[1]
        for ts in (p for p in outgoing.parts if not p.startswith((ALONE, FILE))):
            await self._streams.stop(ws, channel, ts, "", metadata(outgoing, 0, 1))
            try:
                await self._api.call(ws.token, "chat.delete", channel=channel, ts=ts)
            except Undeliverable as never:
                if code_of(never.__cause__) != "message_not_found":
                    raise
        return outgoing.parts

    async def _corrected(self, ws: Workspace, outgoing: Outgoing, features: Features) -> tuple[str, ...]:
        channel, first = address(outgoing.place)[1], outgoing.parts[0]
        text = outgoing.content.text
        if outgoing.partial:
            streamed = await self._streams.append(ws, channel, first, text)
            if streamed or not self._streams.may_edit(channel, first):
                return outgoing.parts
        said = self._messages(ws, outgoing, features)
        whole = len(said) == 1 and said[0].markdown == text and not said[0].args["blocks"] and not said[0].files
        if await self._streams.stop(ws, channel, first, text if whole else "", metadata(outgoing, 0, len(said))):
            return self._noted(ws, outgoing, outgoing.parts, ())
        parts = list(outgoing.parts[: len(said)])
        for i, ts in enumerate(parts):
            await self._updated(ws, channel, ts, said[i].args)
        more = [await self._post(ws, outgoing, one) for one in said[len(parts) :]]
        if len(outgoing.parts) > len(said):
            await self._taken_back(ws, replace(outgoing, parts=outgoing.parts[len(said) :]))
        return self._noted(ws, outgoing, (*parts, *more), said[-1].choices)

    async def _updated(self, ws: Workspace, channel: str, ts: str, args: Mapping[str, Any]) -> None:
        if ts.startswith((ALONE, FILE)):
            return
        new = {k: v for k, v in args.items() if k not in _NOT_IN_UPDATES}
        try:
            await self._api.call(ws.token, "chat.update", channel=channel, ts=ts, **new)
        except Undeliverable as never:
            if code_of(never.__cause__) != "streaming_state_conflict":
                raise
            await self._streams.end_unknown(ws, channel, ts)
            await self._api.call(ws.token, "chat.update", channel=channel, ts=ts, **new)

    async def _stream(self, ws: Workspace, outgoing: Outgoing) -> str:
        _, channel, thread = address(outgoing.place)
        reader = self.asked.get(outgoing.place, "")
        return await self._streams.start(ws, channel, thread, reader, outgoing, outgoing.content.text)

    async def _files(self, ws: Workspace, outgoing: Outgoing, files: Sequence[File], args: Mapping[str, Any]) -> str:
        """Files under one comment; the ts of the message that Slack makes of them, where it says so."""
        sent = [{"id": await self._uploaded(ws, file), "title": file.name} for file in files]
        name = f"*{args['username']}:* " if args.get("username") else ""
        where = {"channel_id" if k == "channel" else k: v for k, v in _where(outgoing).items()}
        comment = {"initial_comment": f"{name}{args['text']}"} if args.get("text") else {}
        try:
            await self._api.call(ws.token, "files.completeUploadExternal", files=sent, **where, **comment)
        except Unknown:
            if not await self._shared_at(ws, outgoing, sent[0]["id"]):
                raise
        return await self._shared_at(ws, outgoing, sent[0]["id"]) or f"{FILE}{sent[0]['id']}"

    async def _uploaded(self, ws: Workspace, file: File) -> str:
        data = await self._stored.read(file)
        asked = {"filename": file.name, "length": len(data)}
        told = await self._api.call(ws.token, "files.getUploadURLExternal", **asked)
        await self._api.upload(str(told["upload_url"]), data)
        return str(told["file_id"])

    async def _shared_at(self, ws: Workspace, outgoing: Outgoing, file: str) -> str:
        """Under which ts a file stands in this Place, "" while it does not."""
        try:
            told = (await self._api.call(ws.token, "files.info", file=file)).get("file") or {}
        except (RetryLater, Undeliverable):
            return ""
        shares = [s for kind in (told.get("shares") or {}).values() for s in kind.get(address(outgoing.place)[1], ())]
        return str(shares[0].get("ts") or "") if shares else ""


def part_key(account: str, channel: str, part: str) -> str:
    """What a message of ours is called over all networks."""
    return f"slack:{account}:{channel}:{part}"


def _where(outgoing: Outgoing) -> dict[str, str]:
    _, channel, thread = address(outgoing.place)
    return {"channel": channel, "thread_ts": thread} if thread else {"channel": channel}
