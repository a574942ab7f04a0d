"""Slack as a Channel: one door for events, presses and commands, or a WebSocket."""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import structlog
from aiohttp import web
from slack_bolt.async_app import AsyncBoltRequest
from slack_sdk.signature import Clock as SignatureClock
from slack_sdk.signature import SignatureVerifier

from bot.capability import Capability
from bot.clock import Clock
from bot.documents import Kind
from bot.errors import CaravanError, Explain
from bot.files import Files
from bot.links import Links
from bot.model import Entry
from bot.pacing import Claim, Pace
from bot.ports import ChannelParts, Features, Inbox, Outgoing, RawRequest, Receipt
from bot.powers import AccountKeys
from bot.sealed import Sealer
from bot.shown import ShownParts
from channels.choosing import typed
from channels.directory import Directory
from channels.installs import INSTALLS, Installing, Installs
from channels.limits import LIMITS, MEGABYTE
from channels.received import inside, keep, opened, posted, taken, whole
from channels.slack import inbound
from channels.slack.api import Api
from channels.slack.bolt import Door, SocketMode
from channels.slack.forms import FORM, filled, modal
from channels.slack.inbound import About, address
from channels.slack.limits import METHODS, SCOPES
from channels.slack.payloads import Event, Interaction
from channels.slack.sender import ALONE, Sender, part_key
from channels.slack.workspaces import MAIN, Workspace, Workspaces

_LOOK_UP_WITHIN, _OPEN_WITHIN = 1.0, 2.0
_LARGEST_FILE = 64 * MEGABYTE
_CHANNEL = Pace(burst=5, per_second=METHODS["chat.postMessage"].per_second)
_WORKSPACE = Pace(burst=30, per_second=METHODS["chat.postMessage"].per_minute / 60, reserve=10)
_UPDATES = Pace(burst=10, per_second=METHODS["chat.update"].per_minute / 60)
_log = structlog.get_logger()


class SlackChannel:
    """Our app in one or more workspaces, and other apps of ours. `account`: "main", an app's name, or a team's id."""

    name = "slack"
    kinds: tuple[Kind[Any], ...] = (INSTALLS,)
    account_secrets = ("bot_token", "signing_secret")

    def __init__(
        self, parts: ChannelParts, *, bot_token: str, signing_secret: str, app_token: str, client_id: str,
        client_secret: str, api_base: str,
    ) -> None:  # fmt: skip
        self._clock, self._api, self._secrets = parts.clock, Api(api_base), {MAIN: signing_secret}
        files, self._directory = parts.files or Files(parts.store), Directory()
        files.fetchers[self.name] = self.fetch
        self._shown = ShownParts(parts.store, parts.clock)
        installs = Installs(parts.store, Sealer(parts.secret), parts.clock, self.name)
        self._spaces = Workspaces(self._api, installs, bot_token, not client_id)
        self._sender = Sender(self._api, self._spaces, files, self._shown, self._directory, parts.clock)
        self.react, self.look_up, self.ours = self._sender.react, self._sender.look_up, self._spaces.ours
        self._threads: OrderedDict[str, str] = OrderedDict()
        self._door = Door(self._api.base, self._spaces, self._heard)
        self._app_token = app_token
        self._socket: SocketMode | None = None
        given = {"client_id": client_id, "client_secret": client_secret}
        self._installing = Installing(
            self.name, f"{self._api.base}/oauth/v2/authorize", {"client_id": client_id, "scope": ",".join(SCOPES)},
            Links(parts.secret, parts.address, parts.clock), parts.clock,
            lambda code, address: self._spaces.exchange(given, code, address),
        )  # fmt: skip
        self.routes = self._installing.routes if client_id else list[web.RouteDef]

    def features(self, place: str) -> Features:
        return LIMITS["slack"].direct if address(place)[1].startswith("D") else LIMITS["slack"].group

    def paces(self, outgoing: Outgoing) -> Sequence[Claim]:
        """Budgets of the channel and the workspace; corrections have one of their own."""
        account, channel, _ = address(outgoing.place)
        if outgoing.what != "send" and outgoing.parts:
            return ((f"slack:{account}:update", _UPDATES),)
        return ((f"slack:{account}:{channel}", _CHANNEL), (f"slack:{account}", _WORKSPACE))

    async def open(self, inbox: Inbox) -> None:
        self._door.inbox = inbox
        await self._spaces.open()
        self._socket = SocketMode(self._api, self._app_token, self._door) if self._app_token else None

    async def close(self) -> None:
        if self._socket is not None:
            await self._socket.close_async()
        await self._shown.close()
        await self._api.close()

    async def publish_commands(self, capabilities: Sequence[Capability]) -> None:
        """Slack learns of commands from the app manifest only (manifest.py), when the app is made or changed."""

    async def account_added(self, keys: AccountKeys) -> str:
        """Another app of ours, with its own door /hooks/slack/{name}."""
        called = await self._spaces.add(keys)
        self._secrets[keys.name] = keys.secrets["signing_secret"]
        return called

    account_rotated = account_added

    async def account_removed(self, name: str) -> None:
        self._secrets.pop(name, None)
        await self._spaces.drop(name)

    async def send(self, outgoing: Outgoing) -> tuple[str, ...]:
        return await self._sender.send(outgoing, self.features(outgoing.place))

    async def fetch(self, key: str) -> bytes:
        """The bytes of a file that somebody shared; key `slack:{account}:{file id}`."""
        _, account, file = key.split(":", 2)
        ws = await self._spaces.of(account)
        told = (await self._api.call(ws.token, "files.info", file=file)).get("file") or {}
        url = str(told.get("url_private_download") or told.get("url_private") or "")
        return await self._api.download(ws.token, url, _LARGEST_FILE)

    async def receive(self, request: RawRequest) -> Receipt:
        if request.method != "POST":
            return Receipt(status=405, body=b"POST only")
        if not self._signed(request):
            return Receipt(status=401, body=b"not signed by Slack")
        kind = next((v for k, v in request.headers.items() if k.lower() == "content-type"), "")
        if (body := posted(request.body, kind, "payload")) is None:
            return Receipt(status=400, body=b"not understood")
        answer, entries = await self._door.asked(body, request.account)
        kind = answer.headers["content-type"][0].partition(";")[0]
        return Receipt(entries=tuple(entries), status=answer.status, body=answer.body.encode(), content_type=kind)

    def _signed(self, request: RawRequest) -> bool:
        """The SDK's check over the raw bytes, before anything reads them, by our Clock."""
        try:
            check = SignatureVerifier(self._secrets.get(request.account, ""), _Time(self._clock))
            return check.is_valid_request(request.body, dict(request.headers))
        except (TypeError, ValueError):  # no secret, a time that is no number, letters that cannot be
            return False

    async def _heard(self, asked: AsyncBoltRequest, ws: Workspace | None) -> Sequence[Entry]:
        """The Entries of a request. `ws`: None where Slack says that we are there no more."""
        body, user = asked.body, str(asked.context.user_id or "")
        if ws is None:
            await self._spaces.left(str(asked.context.team_id or ""), asked.context.get("account", MAIN))
            return ()
        if body.get("type") in ("block_actions", "view_submission"):
            return await self._interaction(ws, taken(Interaction, body) or Interaction(), user)
        if "command" in body and "event" not in body:
            return await self._command(ws, {k: whole(v) for k, v in body.items() if isinstance(v, str)}, user)
        return await self._event(ws, taken(Event, body.get("event")) or Event())

    async def _event(self, ws: Workspace, event: Event) -> Sequence[Entry]:
        if event.type == "user_change" and isinstance(event.user, dict):
            self._directory.forget(ws.account, str(event.user.get("id")))
        entries = inbound.entries_of(event, await self._about_event(ws, event))
        return [await typed(self._shown, self._remembered(entry)) for entry in entries]

    async def _about_event(self, ws: Workspace, event: Event) -> About:
        (users, messages), channel = inbound.wanted(event), inbound.channel_of(event)
        about = await self._about(ws, users, channel)
        parts, threads = dict[str, str](), dict[str, str]()
        for ts in (*messages, event.deleted_ts):
            threads[ts] = self._threads.get(f"{channel}:{ts}", "")
            if (one := await self._shown.find(part_key(ws.account, channel, ts))) is not None:
                parts[ts], threads[ts] = one.shown, address(one.place)[2]
        return replace(about, parts=parts, threads=threads)

    async def _about(self, ws: Workspace, users: Sequence[str], channel: str = "") -> About:
        """What has to be known of people and a channel: asked of Slack once, with a deadline, else their ids."""
        ids = [*users, *([channel] if channel and not channel.startswith("D") else [])]
        ask = {id: partial(self._api.channel if id == channel else self._api.person, ws.token, id) for id in ids}
        found = await self._directory.find_all(ws.account, ask, _LOOK_UP_WITHIN)
        return About(
            account=ws.account, bot_user=ws.bot_user, bot_id=ws.bot_id, at=self._clock.now(),
            names={**{id: one.name or id for id, one in found.items()}, ws.bot_user: "Caravan"},
            pictures={id: one.picture for id, one in found.items()}, titles={id: found[id].name for id in ids},
        )  # fmt: skip

    def _remembered(self, entry: Entry) -> Entry:
        """Note in which thread something was said, and by whom last."""
        _, channel, thread = address(entry.place)
        if thread and entry.what in ("message", "command"):
            keep(self._threads, f"{channel}:{entry.id.rpartition(':')[2]}", thread)
        if entry.author:
            keep(self._sender.asked, entry.place, entry.author.removeprefix("slack:"))
        return entry

    async def _command(self, ws: Workspace, given: Mapping[str, str], user: str) -> Sequence[Entry]:
        channel = given.get("channel_id", "")
        self._sender.answers.keep(given.get("response_url", ""), (ws.account, channel), (ws.account, channel, user))
        about = replace(await self._about(ws, (user,)), titles={channel: given.get("channel_name", "")})
        return (self._remembered(inbound.command(given, about)),) if channel and user else ()

    async def _interaction(self, ws: Workspace, done: Interaction, user: str) -> Sequence[Entry]:
        about = await self._about(ws, (user,))
        if done.type == "view_submission" and done.view.get("callback_id") == FORM:
            return _submitted(done, about, user)
        return await self._pressed(ws, done, about, user) if done.type == "block_actions" and done.actions else ()

    async def _pressed(self, ws: Workspace, done: Interaction, about: About, user: str) -> Sequence[Entry]:
        action, where = done.actions[0], done.container
        ts, channel = str(where.get("message_ts", "")), str(where.get("channel_id") or done.channel.get("id", ""))
        here, alone = (ws.account, channel), ((ws.account, f"{ALONE}{ts}"),) if where.get("is_ephemeral") else ()
        self._sender.answers.keep(done.response_url, here, (*here, user), *alone)
        thread = where.get("thread_ts") or (done.message.thread_ts if done.message else "")
        place = inbound.place_of(ws.account, channel, ts, thread)
        shown = str(action.get("block_id", "")).rpartition("|")[0]
        if not shown and (known := await self._shown.find(part_key(ws.account, channel, ts))):
            shown = known.shown
        value = str((inside(action, "selected_option") or action).get("value") or "")
        if not value or not channel:  # a link, which the browser has opened; what stands in a view
            return ()
        if (view := modal(value, {"place": place, "shown": shown, "ts": ts})) is not None:
            return await self._open_form(ws, done, view)
        unique = f"{ts}:{user}:{action.get('action_ts')}"
        return (self._remembered(inbound.press(about, place, user, unique, shown=shown, token=value, values={})),)

    async def _open_form(self, ws: Workspace, done: Interaction, view: Mapping[str, Any]) -> Sequence[Entry]:
        """A Query: Slack takes the form within three seconds or not at all; then the person is to press again."""
        try:
            async with asyncio.timeout(_OPEN_WITHIN):
                await self._api.call(ws.token, "views.open", trigger_id=done.trigger_id, view=view)
        except (CaravanError, TimeoutError) as late:
            _log.info("a form did not open", error=str(late))
            if isinstance(late, Explain) and done.response_url:
                again = {"response_type": "ephemeral", "replace_original": False, "text": str(late)}
                await self._api.respond(done.response_url, again)
        return ()


@dataclass(frozen=True, slots=True)
class _Time(SignatureClock):
    clock: Clock

    def now(self) -> float:
        return self.clock.tick() // 10**9


def _submitted(done: Interaction, about: About, user: str) -> Sequence[Entry]:
    """A form that was sent: the press of its button, or words where it has none."""
    told, values = opened(str(done.view.get("private_metadata", ""))), filled(done.view)
    place, shown, ts, token = (str(told.get(k) or "") for k in ("place", "shown", "ts", "token"))
    if not place.startswith(f"slack:{about.account}:"):
        return ()
    unique = f"{ts}:{user}:{done.view.get('id', '')}"
    return (inbound.press(about, place, user, unique, shown=shown, token=token, values=values),)
