"""Slack as a Channel: one door for events, presses and commands, or a WebSocket."""

import asyncio
import hmac
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl
from weakref import WeakValueDictionary

import structlog
from aiohttp import web

from bot.capability import Capability
from bot.documents import Kind
from bot.errors import CaravanError, Explain, RetryLater, Undeliverable, Unknown
from bot.files import Files
from bot.links import Links
from bot.model import Entry
from bot.pacing import Claim, Pace
from bot.ports import ChannelParts, Features, Inbox, Outgoing, RawRequest, Receipt
from bot.powers import AccountKeys
from bot.sealed import Sealer
from bot.shown import ShownParts
from channels.directory import Directory
from channels.installs import INSTALLS, Installing, Installs
from channels.limits import LIMITS, MEGABYTE
from channels.received import decoded, keep, taken
from channels.rendering import Choice, chosen
from channels.slack import inbound
from channels.slack.api import Api
from channels.slack.forms import FORM, filled, modal
from channels.slack.inbound import About, address, place_of
from channels.slack.limits import METHODS, SCOPES, SIGNATURE_AGE
from channels.slack.payloads import Envelope, Event, Interaction
from channels.slack.sender import ALONE, Sender, part_key
from channels.slack.socket import SocketMode
from channels.slack.workspaces import MAIN, Workspace, Workspaces

_LOOK_UP_WITHIN, _OPEN_WITHIN = 1.0, 2.0
_FORM = "application/x-www-form-urlencoded"
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
        self._spaces = Workspaces(self._api, installs, bot_token)
        self._sender = Sender(self._api, self._spaces, files, self._shown, self._directory, parts.clock)
        self.react, self.look_up, self.ours = self._sender.react, self._sender.look_up, self._spaces.ours
        self._threads: OrderedDict[str, str] = OrderedDict()
        self._socket = SocketMode(self._api, app_token, self._from_socket)
        self._inbox: Inbox | None = None
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
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
        self._inbox = inbox
        await self._spaces.open()
        await self._socket.open()

    async def close(self) -> None:
        await self._socket.close()
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
        kind, found = _read(request)
        if found is None:
            return Receipt(status=400, body=b"not understood")
        if found.get("type") == "url_verification":
            return Receipt(body=str(found.get("challenge", "")).encode())
        try:
            return Receipt(entries=tuple(await self._heard(kind, found, request.account)))
        except (RetryLater, Unknown):
            return Receipt(status=503, body=b"not now")

    def _signed(self, request: RawRequest) -> bool:
        """https://docs.slack.dev/authentication/verifying-requests-from-slack/, over the raw bytes, constant time."""
        headers = {k.lower(): v for k, v in request.headers.items()}
        stamp, secret = headers.get("x-slack-request-timestamp", ""), self._secrets.get(request.account, "")
        if not secret or not (stamp.isascii() and stamp.isdecimal() and len(stamp) < 15):
            return False
        made = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + request.body, sha256)
        given = headers.get("x-slack-signature", "").encode("utf-8", "surrogatepass")
        fresh = abs(self._clock.tick() // 10**9 - int(stamp)) <= SIGNATURE_AGE
        return hmac.compare_digest(b"v0=" + made.hexdigest().encode(), given) and fresh

    async def _from_socket(self, kind: str, payload: Mapping[str, Any]) -> None:
        assert self._inbox is not None
        if entries := await self._heard(kind, payload, MAIN):
            await self._inbox(entries)

    async def _heard(self, kind: str, found: Mapping[str, Any], account: str) -> Sequence[Entry]:
        """The Entries of what came to an account's door, each channel's in order however long a look-up takes."""
        async with self._turns.setdefault(_about_channel(found), asyncio.Lock()):
            try:
                if kind == "slash_commands":
                    return await self._command(found, account)
                if kind == "interactive" and (done := taken(Interaction, found)) is not None:
                    return await self._interaction(done, account)
                if kind == "events_api" and (envelope := taken(Envelope, found)) is not None:
                    return await self._event(envelope, account)
            except Undeliverable as elsewhere:
                _log.info("nothing to do with it", why=str(elsewhere))
            return ()

    async def _event(self, envelope: Envelope, account: str) -> Sequence[Entry]:
        team = next((str(a["team_id"]) for a in envelope.authorizations if a.get("team_id")), envelope.team_id)
        ws, event = await self._spaces.of_team(team, account), taken(Event, envelope.event) or Event()
        if event.type in ("app_uninstalled", "tokens_revoked"):
            await self._spaces.drop(ws.account)
        elif event.type == "user_change" and isinstance(event.user, dict):
            self._directory.forget(ws.account, str(event.user.get("id")))
        entries = inbound.entries_of(event, await self._about_event(ws, event))
        return [await self._typed(self._remembered(entry)) for entry in entries]

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
        ids, known = [*users, *([channel] if channel and not channel.startswith("D") else [])], self._directory
        try:
            async with asyncio.timeout(_LOOK_UP_WITHIN):
                for id in ids:
                    ask = self._api.channel if id == channel else self._api.person
                    await known.find(ws.account, id, partial(ask, ws.token, id))
        except TimeoutError:
            _log.warning("Slack is slow to say who somebody is")
        found = {id: known.kept(ws.account, id) for id in ids}
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

    async def _typed(self, entry: Entry) -> Entry:
        """A number or label that answers what we said last is a press."""
        last = await self._shown.last(entry.place) if entry.what == "message" and len(entry.text) <= 200 else None
        choices = [Choice(number=n, id=id, label=label) for n, id, label in last.choices] if last else []
        picked = chosen(entry.text, choices) if choices else None
        return inbound.chosen(entry, picked.id, last.shown) if picked and last else entry

    async def _command(self, given: Mapping[str, str], account: str) -> Sequence[Entry]:
        if "command" not in given:  # Slack looks whether our certificate is good
            return ()
        ws = await self._spaces.of_team(given.get("team_id", ""), account)
        user, channel = given.get("user_id", ""), given.get("channel_id", "")
        self._sender.answers.keep(given.get("response_url", ""), (ws.account, channel), (ws.account, channel, user))
        about = replace(await self._about(ws, (user,)), titles={channel: given.get("channel_name", "")})
        return (self._remembered(inbound.command(given, about)),)

    async def _interaction(self, done: Interaction, account: str) -> Sequence[Entry]:
        ws = await self._spaces.of_team(str(done.team.get("id", "")), account)
        about = await self._about(ws, (user := str(done.user.get("id", "")),))
        if done.type == "view_submission" and done.view.get("callback_id") == FORM:
            return _submitted(done, about, user)
        return await self._pressed(ws, done, about, user) if done.type == "block_actions" and done.actions else ()

    async def _pressed(self, ws: Workspace, done: Interaction, about: About, user: str) -> Sequence[Entry]:
        action, where = done.actions[0], done.container
        ts, channel = str(where.get("message_ts", "")), str(where.get("channel_id") or done.channel.get("id", ""))
        here, alone = (ws.account, channel), ((ws.account, f"{ALONE}{ts}"),) if where.get("is_ephemeral") else ()
        self._sender.answers.keep(done.response_url, here, (*here, user), *alone)
        thread = where.get("thread_ts") or (done.message.thread_ts if done.message else "")
        place = place_of(ws.account, channel, ts, thread)
        shown = str(action.get("block_id", "")).rpartition("|")[0]
        if not shown and (known := await self._shown.find(part_key(ws.account, channel, ts))):
            shown = known.shown
        value = str((action.get("selected_option") or action).get("value") or "")
        if (view := modal(value, {"place": place, "shown": shown, "ts": ts})) is not None:
            return await self._open_form(ws, done, view)
        if not value:  # a link, which the browser has opened
            return ()
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


def _submitted(done: Interaction, about: About, user: str) -> Sequence[Entry]:
    """A form that was sent: the press of its button, or words where it has none."""
    told, values = decoded(str(done.view.get("private_metadata", ""))) or {}, filled(done.view)
    place, shown, ts, token = (str(told.get(k) or "") for k in ("place", "shown", "ts", "token"))
    if not place.startswith(f"slack:{about.account}:"):
        return ()
    unique = f"{ts}:{user}:{done.view.get('id', '')}"
    press = inbound.press(about, place, user, unique, shown=shown, token=token, values=values)
    text = "\n".join(f"{name}: {value}" for name, value in values.items())
    return (press if token else replace(press, id=f"{place}:message:{unique}", what="message", text=text),)


def _about_channel(found: Mapping[str, Any]) -> str:
    inside = found["event"] if isinstance(found.get("event"), dict) else found
    channel = inside.get("channel") or inside.get("channel_id") or inside.get("item")
    return str((channel.get("id") or channel.get("channel")) if isinstance(channel, dict) else channel)


def _read(request: RawRequest) -> tuple[str, dict[str, Any] | None]:
    """What a signed request is, and its content."""
    kind, found = "events_api", None
    if any(v.startswith(_FORM) for k, v in request.headers.items() if k.lower() == "content-type"):
        try:
            found = dict(parse_qsl(request.body.decode(), keep_blank_values=True, max_num_fields=100))
        except (UnicodeDecodeError, ValueError):
            return kind, None
        kind = "interactive" if "payload" in found else "slash_commands"
    if kind != "slash_commands":
        found = decoded(found["payload"] if found else request.body)
    return kind, found if isinstance(found, dict) and found else None
