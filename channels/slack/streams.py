"""Text that grows: Slack's own streams where there is a thread to answer in, edits at a measured pace elsewhere."""

from collections import OrderedDict
from typing import Any

from bot.clock import Clock
from bot.errors import CaravanError, Undeliverable
from bot.ports import Outgoing
from channels.received import keep
from channels.slack.api import Api
from channels.slack.inbound import address
from channels.slack.limits import MARKDOWN_TEXT, STREAM_LASTS
from channels.slack.outbound import speaker
from channels.slack.workspaces import Workspace

_EDIT_EVERY = 1.2


class Streams:
    """What is being streamed by this process: what it shows so far and when it began; and when what was edited."""

    def __init__(self, api: Api, clock: Clock) -> None:
        self._api, self._clock = api, clock
        self._running: OrderedDict[str, tuple[str, int]] = OrderedDict()
        self._edited: OrderedDict[str, int] = OrderedDict()

    async def start(self, ws: Workspace, outgoing: Outgoing, reader: str) -> str:
        """A stream in a thread, for the person who asked; its ts, or "" where Slack does not open one."""
        _, channel, thread = address(outgoing.place)
        text = outgoing.content.text
        if not thread or not reader or len(text) > MARKDOWN_TEXT:
            return ""
        try:
            told = await self._api.call(
                ws.token, "chat.startStream", channel=channel, thread_ts=thread, markdown_text=text,
                recipient_team_id=ws.team, recipient_user_id=reader, **speaker(outgoing),
            )  # fmt: skip
        except Undeliverable:
            return ""
        ts = str(told["ts"])
        keep(self._running, f"{channel}:{ts}", (text, self._clock.tick()))
        return ts

    def may_edit(self, channel: str, ts: str) -> bool:
        """Whether a growing message may be edited now; the next edit brings what this one leaves out."""
        now = self._clock.tick()
        if now - self._edited.get(f"{channel}:{ts}", 0) < _EDIT_EVERY * 1e9:
            return False
        keep(self._edited, f"{channel}:{ts}", now)
        return True

    async def append(self, ws: Workspace, channel: str, ts: str, text: str) -> bool:
        """Go on with a stream; whether it is one. Words that do not follow from what is there wait for its end."""
        if (key := f"{channel}:{ts}") not in self._running:
            return False
        before, began = self._running[key]
        fresh = self._clock.tick() - began < STREAM_LASTS * 1e9
        if fresh and text.startswith(before) and len(before) < len(text) <= MARKDOWN_TEXT:
            try:
                more = text[len(before) :]
                await self._api.call(ws.token, "chat.appendStream", channel=channel, ts=ts, markdown_text=more)
                self._running[key] = (text, began)
            except CaravanError:
                self._running[key] = (before, 0)  # it ended by itself: the last edit says all
        return True

    async def stop(self, ws: Workspace, channel: str, ts: str, text: str, meta: dict[str, Any]) -> bool:
        """End a stream, if it is one; whether it now shows exactly this text and carries `meta`."""
        before, _ = self._running.pop(f"{channel}:{ts}", (None, 0))
        if before is None:
            return False
        follows = bool(text) and text.startswith(before) and len(text) <= MARKDOWN_TEXT
        more = {"markdown_text": text[len(before) :]} if follows and text != before else {}
        try:
            await self._api.call(ws.token, "chat.stopStream", channel=channel, ts=ts, metadata=meta, **more)
        except Undeliverable:
            return False
        return follows
