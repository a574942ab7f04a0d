"""Text that grows: Slack's own streams where there is a thread to answer in, edits at a measured pace elsewhere."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from bot.clock import Clock
from bot.errors import CaravanError, Undeliverable
from channels.slack.api import Api
from channels.slack.limits import MARKDOWN_TEXT, STREAM_LASTS
from channels.slack.outbound import speaker
from channels.slack.workspaces import Workspace

_EDIT_EVERY = 1.2
_KEPT = 5_000
Where = tuple[str, str]


@dataclass(slots=True)
class _Running:
    text: str
    began: int


class Streams:
    """What is being streamed by this process, and when a growing message was last edited."""

    def __init__(self, api: Api, clock: Clock) -> None:
        self._api, self._clock = api, clock
        self._running: OrderedDict[Where, _Running] = OrderedDict()
        self._edited: OrderedDict[Where, int] = OrderedDict()

    async def start(self, ws: Workspace, channel: str, thread: str, reader: str, outgoing: Any, text: str) -> str:
        """A stream in a thread, for the person who asked; its ts, or "" where Slack does not open one."""
        if not thread or not reader or len(text) > MARKDOWN_TEXT:
            return ""
        try:
            told = await self._api.call(
                ws.token, "chat.startStream", channel=channel, thread_ts=thread, markdown_text=text,
                recipient_team_id=ws.team, recipient_user_id=reader, **speaker(outgoing),
            )  # fmt: skip
        except Undeliverable:
            return ""
        ts = str(told.get("ts") or "")
        self._running[channel, ts] = _Running(text, self._clock.tick())
        if len(self._running) > _KEPT:
            self._running.popitem(last=False)
        return ts

    def may_edit(self, channel: str, ts: str) -> bool:
        """Whether a growing message may be edited now; the next edit brings what this one leaves out."""
        now, before = self._clock.tick(), self._edited.get((channel, ts), 0)
        if now - before < _EDIT_EVERY * 1e9:
            return False
        self._edited[channel, ts] = now
        if len(self._edited) > _KEPT:
            self._edited.popitem(last=False)
        return True

    async def append(self, ws: Workspace, channel: str, ts: str, text: str) -> bool:
        """Go on with a stream; whether it is one. Words that do not follow from what is there wait for its end."""
        running = self._running.get((channel, ts))
        if running is None:
            return False
        more = text.removeprefix(running.text) if text.startswith(running.text) else ""
        if more and len(text) <= MARKDOWN_TEXT and not self._old(running):
            try:
                await self._api.call(ws.token, "chat.appendStream", channel=channel, ts=ts, markdown_text=more)
                running.text = text
            except CaravanError:
                running.began = 0  # it ended by itself: the last edit says all
        return True

    async def stop(self, ws: Workspace, channel: str, ts: str, text: str, meta: dict[str, Any]) -> bool:
        """End a stream, if it is one; whether it now shows exactly this text and carries `meta`."""
        running = self._running.pop((channel, ts), None)
        if running is None:
            return False
        follows = text.startswith(running.text) and len(text) <= MARKDOWN_TEXT and bool(text)
        more = {"markdown_text": text[len(running.text) :]} if follows and text != running.text else {}
        try:
            await self._api.call(ws.token, "chat.stopStream", channel=channel, ts=ts, metadata=meta, **more)
        except Undeliverable:
            return False
        return follows

    async def end_unknown(self, ws: Workspace, channel: str, ts: str) -> None:
        """End a stream that another process, or this one before a restart, left open."""
        await self._api.call(ws.token, "chat.stopStream", channel=channel, ts=ts)

    def _old(self, running: _Running) -> bool:
        return self._clock.tick() - running.began > STREAM_LASTS * 1e9
