"""Text that grows in a thread, by Slack's own streams: https://docs.slack.dev/reference/methods/chat.startStream/."""

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


class Streams:
    """What is being streamed by this process: what it shows so far, and when it began."""

    def __init__(self, api: Api, clock: Clock) -> None:
        self._api, self._clock = api, clock
        self._running: OrderedDict[tuple[str, str], tuple[str, int]] = OrderedDict()

    async def start(self, ws: Workspace, out: Outgoing, reader: str) -> str:
        """A stream in a thread, for the person who asked; its ts, or "" where Slack does not open one."""
        (_, channel, thread), text = address(out.place), out.content.text
        if not thread or not reader or len(text) > MARKDOWN_TEXT:
            return ""
        where = {"channel": channel, "thread_ts": thread, "recipient_team_id": ws.team, "recipient_user_id": reader}
        try:
            told = await self._api.call(ws.token, "chat.startStream", **where, markdown_text=text, **speaker(out))
        except Undeliverable:
            return ""
        keep(self._running, (channel, str(told["ts"])), (text, self._clock.tick()))
        return str(told["ts"])

    async def append(self, ws: Workspace, channel: str, ts: str, text: str) -> bool:
        """Go on with a stream; whether it is one. Words that do not follow from what is there wait for its end."""
        before, began = self._running.get((channel, ts), (None, 0))
        if before is None:
            return False
        fresh = self._clock.tick() - began < STREAM_LASTS * 1e9
        if fresh and text.startswith(before) and len(before) < len(text) <= MARKDOWN_TEXT:
            more = {"channel": channel, "ts": ts, "markdown_text": text[len(before) :]}
            try:
                await self._api.call(ws.token, "chat.appendStream", **more)
                self._running[channel, ts] = (text, began)
            except CaravanError:
                self._running[channel, ts] = ("\0", 0)  # it ended, or nobody knows what it says: the last edit says all
        return True

    async def stop(self, ws: Workspace, channel: str, ts: str, text: str, meta: dict[str, Any]) -> bool:
        """End a stream, if it is one; whether it now shows exactly this text and carries `meta`."""
        before, _ = self._running.pop((channel, ts), (None, 0))
        if before is None:
            return False
        follows = bool(text) and text.startswith(before) and len(text) <= MARKDOWN_TEXT
        more = {"markdown_text": text[len(before) :]} if follows and text != before else {}
        try:
            await self._api.call(ws.token, "chat.stopStream", channel=channel, ts=ts, metadata=meta, **more)
        except Undeliverable:
            return False
        return follows
