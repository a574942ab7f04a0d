"""Deliveries on their way to Slack: messages, answers for one person alone, files, corrections, streams, reactions."""

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
from channels.directory import Directory
from channels.emoji import name_of
from channels.growing import EditFloor
from channels.received import keep
from channels.slack.api import Api, code_of
from channels.slack.inbound import address
from channels.slack.limits import CLOSED, RESPONSE_URL_LASTS, RESPONSE_URL_USES
from channels.slack.mrkdwn import escaped
from channels.slack.outbound import Choices, Said, found, messages, metadata, speaker
from channels.slack.streams import Streams
from channels.slack.workspaces import Workspace, Workspaces
from channels.vouchers import Vouchers

# Part ids of what cannot be edited: seen by one person, or a file that Slack posted by itself.
ALONE, FILE = "alone:", "file:"
_AGO, _MOST, _EDIT_EVERY = 6 * 3600, 200, 1.2
_UNFURLS = {"unfurl_links": False, "unfurl_media": False}
_BY_ANSWER = CLOSED | {"user_not_in_channel"}


class Sender:
    """`asked`: who spoke last in a Place, for whom a stream is shown; `answers`: the response_urls of late."""

    def __init__(
        self, api: Api, spaces: Workspaces, files: Files, shown: ShownParts, directory: Directory, clock: Clock
    ) -> None:
        self._api, self._spaces, self._stored, self._clock = api, spaces, files, clock
        self._shown, self._directory = shown, directory
        self._streams, self._floor = Streams(api, clock), EditFloor(clock, _EDIT_EVERY)
        self._begun: OrderedDict[str, dict[int, str]] = OrderedDict()
        self.answers = Vouchers(clock, RESPONSE_URL_USES, RESPONSE_URL_LASTS)
        self.asked: OrderedDict[str, str] = OrderedDict()

    async def send(self, out: Outgoing, features: Features) -> tuple[str, ...]:
        """As `Channel.send`."""
        ws = await self._spaces.of(address(out.place)[0])
        if out.reader and not address(out.place)[1].startswith("D"):
            return await self._alone(ws, out, features)
        if out.what == "delete":
            return await self._taken_back(ws, out)
        if out.what == "edit" and out.parts:
            return await self._corrected(ws, out, features)
        if out.partial and (ts := await self._streams.start(ws, out, self.asked.get(out.place, ""))):
            return self._noted(ws, out, (ts,))
        said = self._messages(ws, out, features)
        return self._noted(ws, out, await self._posted(ws, out, said, {}), said[-1].choices)

    async def react(self, out: Outgoing) -> None:
        """As `Reacts.react`."""
        ws = await self._spaces.of(address(out.place)[0])
        name, ts = name_of(out.content.text), out.parts[0].rpartition(":")[2]
        if not name:
            raise Undeliverable("Slack has no such emoji")
        method, where = f"reactions.{'add' if out.what == 'react' else 'remove'}", {"channel": address(out.place)[1]}
        known = ("already_reacted", "no_reaction")
        await self._api.call(ws.token, method, besides=known, **where, timestamp=ts, name=name)

    async def look_up(self, out: Outgoing) -> tuple[str, ...] | None:
        """The parts of a Delivery that arrived whole, else None; what arrived of it is not sent again."""
        account, channel, thread = address(out.place)
        ws = await self._spaces.of(account)
        if out.reader or out.what not in ("send", "edit"):
            return None
        oldest = f"{self._clock.tick() // 10**9 - _AGO}.000000"
        asked: dict[str, Any] = {"channel": channel, "limit": _MOST, "include_all_metadata": True, "oldest": oldest}
        method = "conversations.replies" if thread else "conversations.history"
        told = await self._api.call(ws.token, method, **asked, **({"ts": thread} if thread else {}))
        of, there = found(told.get("messages") or (), out.id)
        if not there or len(there) < of:
            keep(self._begun, out.id, there)
            return None
        return self._noted(ws, out, tuple(there[i] for i in sorted(there)))

    def _messages(self, ws: Workspace, out: Outgoing, features: Features, changed: bool = False) -> tuple[Said, ...]:
        return messages(out, features, self._directory.people(ws.account) if "@" in out.content.text else {}, changed)

    def _noted(self, ws: Workspace, out: Outgoing, parts: Sequence[str], choices: Choices = ()) -> tuple[str, ...]:
        self._begun.pop(out.id, None)
        keys = [part_key(ws.account, address(out.place)[1], part) for part in parts]
        self._shown.note(keys, out.place, out.shown, choices)
        return tuple(parts)

    async def _posted(
        self, ws: Workspace, out: Outgoing, said: Sequence[Said], there: Mapping[int, str], to: Sequence[str] = ("",)
    ) -> list[str]:
        """Post what has not been posted of it yet, to all or to each reader alone; `there`: what stands there."""
        key, wanted = f"{out.id}{'?' * out.again}", [(user, one) for user in to for one in said]
        begun = keep(self._begun, key, {**there, **self._begun.get(key, {})})
        for i, (user, one) in enumerate(wanted):
            if i not in begun:
                begun[i] = await (self._message(ws, out, one, user) if user else self._post(ws, out, one))
        return [begun[i] for i in range(len(wanted))]

    async def _post(self, ws: Workspace, out: Outgoing, one: Said) -> str:
        if one.files and not one.shown["blocks"]:
            return await self._files(ws, out, one.files, one.shown["text"])
        ts = await self._message(ws, out, one)
        if one.files:
            await self._files(ws, out, one.files, "")
        return ts

    async def _message(self, ws: Workspace, out: Outgoing, one: Said, user: str = "") -> str:
        """Say it to all, or to one of them; by the address of what they just did where we are no member."""
        where, seen_by = _where(out), {"user": user} if user else {}
        method, more = ("chat.postEphemeral", {}) if user else ("chat.postMessage", {**one.unseen, **_UNFURLS})
        try:
            told = await self._api.call(ws.token, method, **where, **one.shown, **speaker(out), **more, **seen_by)
        except Undeliverable as never:
            url = self.answers.take(ws.account, where["channel"], *seen_by.values())
            if not url or code_of(never) not in _BY_ANSWER:
                raise
            await self._api.respond(url, {"response_type": "ephemeral" if user else "in_channel", **one.shown})
            return f"{ALONE}{out.id}:{user}"
        return f"{ALONE}{told['message_ts']}" if user else str(told["ts"])

    async def _alone(self, ws: Workspace, out: Outgoing, features: Features) -> tuple[str, ...]:
        """Seen by its readers only. What Slack cannot change any more is said anew; what it cannot take back stays."""
        earlier = [p for p in out.parts if p.startswith(ALONE)]
        url = self.answers.take(ws.account, earlier[0]) if len(earlier) == 1 and not out.partial else ""
        if out.what == "delete" and url:
            await self._api.respond(url, {"delete_original": True})
        if out.partial or out.what == "delete":
            return out.parts
        said = self._messages(ws, out, features, changed=bool(earlier) and not url)
        readers = [r.removeprefix("slack:") for r in out.reader if r.startswith("slack:")]
        if not readers or any(one.files for one in said):
            raise Undeliverable("none of its readers is on Slack, or it has a file, which all would see")
        if url:
            await self._api.respond(url, {"replace_original": True, **said[0].shown})
        parts = await self._posted(ws, out, said, dict(enumerate(out.parts if url else ())), readers)
        return self._noted(ws, out, parts, said[-1].choices)

    async def _taken_back(self, ws: Workspace, out: Outgoing) -> tuple[str, ...]:
        channel = address(out.place)[1]
        for ts in (p for p in out.parts if not p.startswith((ALONE, FILE))):
            await self._streams.stop(ws, channel, ts, "", metadata(out, 0, 1))
            await self._api.call(ws.token, "chat.delete", besides=("message_not_found",), channel=channel, ts=ts)
        return out.parts

    async def _corrected(self, ws: Workspace, out: Outgoing, features: Features) -> tuple[str, ...]:
        channel, first, text = address(out.place)[1], out.parts[0], out.content.text
        if out.partial and (
            await self._streams.append(ws, channel, first, text) or not self._floor.passed(f"{channel}:{first}")
        ):
            return out.parts
        said = self._messages(ws, out, features)
        whole = len(said) == 1 and said[0].markdown == text and not said[0].shown["blocks"] and not said[0].files
        if await self._streams.stop(ws, channel, first, text if whole else "", metadata(out, 0, len(said))):
            return self._noted(ws, out, out.parts)
        there = {**self._begun.get(out.id, {}), **dict(enumerate(out.parts))}
        for i in sorted(there.keys() & range(len(said))):
            await self._updated(ws, channel, there[i], {**said[i].shown, **said[i].unseen})
        parts = await self._posted(ws, out, said, there)
        if len(out.parts) > len(said):
            await self._taken_back(ws, replace(out, parts=out.parts[len(said) :]))
        return self._noted(ws, out, parts, said[-1].choices)

    async def _updated(self, ws: Workspace, channel: str, ts: str, args: Mapping[str, Any]) -> None:
        if ts.startswith((ALONE, FILE)):
            return
        new: dict[str, Any] = {**args, "channel": channel, "ts": ts}
        if (await self._api.call(ws.token, "chat.update", besides=("streaming_state_conflict",), **new)).get("error"):
            await self._api.call(ws.token, "chat.stopStream", channel=channel, ts=ts)  # left open before a restart
            await self._api.call(ws.token, "chat.update", **new)

    async def _files(self, ws: Workspace, out: Outgoing, files: Sequence[File], text: str) -> str:
        """Files under one comment; the ts of the message that Slack makes of them, where it says so."""
        sent = [await self._uploaded(ws, file) for file in files]
        name = f"*{escaped(out.name)}:* " if out.kind != "system" else ""
        where = {"channel_id" if k == "channel" else k: v for k, v in _where(out).items()}
        comment = {"initial_comment": f"{name}{text}"} if text else {}
        try:
            await self._api.call(ws.token, "files.completeUploadExternal", files=sent, **where, **comment)
        except Unknown:
            if not await self._shared_at(ws, out, sent[0]["id"]):
                raise
        return await self._shared_at(ws, out, sent[0]["id"]) or f"{FILE}{sent[0]['id']}"

    async def _uploaded(self, ws: Workspace, file: File) -> dict[str, str]:
        data, method = await self._stored.read(file), "files.getUploadURLExternal"
        told = await self._api.call(ws.token, method, filename=file.name, length=len(data))
        await self._api.upload(str(told["upload_url"]), data)
        return {"id": str(told["file_id"]), "title": file.name}

    async def _shared_at(self, ws: Workspace, out: Outgoing, file: str) -> str:
        """Under which ts a file stands in this Place, "" while it does not."""
        try:
            told = (await self._api.call(ws.token, "files.info", file=file)).get("file") or {}
        except (RetryLater, Undeliverable):
            return ""
        shares = [s for kind in (told.get("shares") or {}).values() for s in kind.get(address(out.place)[1], ())]
        return str(shares[0].get("ts") or "") if shares else ""


def part_key(account: str, channel: str, part: str) -> str:
    """What a message of ours is called over all networks."""
    return f"slack:{account}:{channel}:{part}"


def _where(out: Outgoing) -> dict[str, str]:
    _, channel, thread = address(out.place)
    return {"channel": channel, "thread_ts": thread} if thread else {"channel": channel}
