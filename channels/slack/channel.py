"""Slack as a Channel: one door for events, presses and commands, or a WebSocket; who is told what, and once."""

import asyncio
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl

import structlog
from aiohttp import web

from bot.capability import Capability
from bot.documents import Kind
from bot.errors import CaravanError, Explain, Misconfigured, RetryLater, Undeliverable, Unknown
from bot.files import Files
from bot.links import Links
from bot.model import Entry
from bot.pacing import Claim, Pace
from bot.ports import ChannelParts, Features, Inbox, Outgoing, RawRequest, Receipt
from bot.sealed import Sealer
from bot.shown import ShownParts
from channels.limits import LIMITS, MEGABYTE
from channels.rendering import Choice, chosen
from channels.slack import inbound
from channels.slack.api import Api, Names
from channels.slack.errors import CLOSED
from channels.slack.forms import FORM, filled, modal
from channels.slack.inbound import About, address
from channels.slack.limits import METHODS, SIGNATURE_AGE
from channels.slack.manifest import ANY
from channels.slack.payloads import Command, Envelope, Event, Interaction, decoded, taken
from channels.slack.sender import ALONE, Sender, part_key
from channels.slack.socket import SocketMode
from channels.slack.workspaces import INSTALLS, MAIN, Installing, Workspace, Workspaces, revoked

_LOOK_UP_WITHIN, _OPEN_WITHIN = 1.0, 2.0
_KEPT = 20_000
_LARGEST_FILE = 64 * MEGABYTE
_CHANNEL = Pace(burst=3, per_second=METHODS["chat.postMessage"].per_second)
_WORKSPACE = Pace(burst=30, per_second=METHODS["chat.postMessage"].per_minute / 60, reserve=10)
_UPDATES = Pace(burst=10, per_second=METHODS["chat.update"].per_minute / 60)
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The SLACK_* settings."""

    bot_token: str = ""
    signing_secret: str = ""
    app_token: str = ""
    client_id: str = ""
    client_secret: str = ""
    api_base: str = ""

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> "Settings | None":
        """None if Slack is not configured; Misconfigured names what is missing."""
        found = cls(**{name: environ.get(f"SLACK_{name.upper()}", "").strip() for name in cls.__dataclass_fields__})
        if found == cls(api_base=found.api_base):
            return None
        if found.app_token and not found.bot_token:
            raise Misconfigured("SLACK_BOT_TOKEN: needed with SLACK_APP_TOKEN")
        if found.app_token and found.client_id:
            raise Misconfigured("SLACK_CLIENT_ID: installing in several workspaces needs HTTP, not SLACK_APP_TOKEN")
        if not found.app_token and not found.signing_secret:
            raise Misconfigured(
                "SLACK_SIGNING_SECRET: needed to hear Slack over HTTP (or SLACK_APP_TOKEN for Socket Mode)"
            )
        if bool(found.client_id) != bool(found.client_secret):
            raise Misconfigured("SLACK_CLIENT_SECRET: needed together with SLACK_CLIENT_ID")
        if not found.bot_token and not found.client_id:
            raise Misconfigured("SLACK_BOT_TOKEN: needed (or SLACK_CLIENT_ID to install in workspaces)")
        return found


class SlackChannel:
    """One app in one or more workspaces; `account` is "main" for the one of the settings, else the team id."""

    name = "slack"
    kinds: tuple[Kind[Any], ...] = (INSTALLS,)

    def __init__(self, parts: ChannelParts, settings: Settings) -> None:
        self._settings, self._clock = settings, parts.clock
        self._api = Api(settings.api_base)
        self._names = Names(self._api)
        self._shown = ShownParts(parts.store, parts.clock)
        self._workspaces = Workspaces(parts.store, self._api, Sealer(parts.secret), settings.bot_token)
        self._sender = Sender(self._api, parts.files or Files(parts.store), self._shown, self._names, parts.clock)
        self._threads: dict[str, str] = {}
        links = Links(parts.secret, parts.address, parts.clock)
        given = settings.client_id, settings.client_secret
        self._installing = Installing(self._workspaces, self._api, links, parts.clock, *given) if given[0] else None
        self._socket = SocketMode(self._api, settings.app_token, self._from_socket) if settings.app_token else None
        self._inbox: Inbox | None = None
        if parts.files is not None:
            parts.files.fetchers[self.name] = self.fetch

    def features(self, place: str) -> Features:
        return LIMITS["slack"].direct if address(place)[1].startswith("D") else LIMITS["slack"].group

    def paces(self, outgoing: Outgoing) -> Sequence[Claim]:
        """Budgets of the channel and the workspace; corrections have one of their own."""
        account, channel, _ = address(outgoing.place)
        if outgoing.what != "send" and outgoing.parts:
            return ((f"slack:{account}:update", _UPDATES),)
        return ((f"slack:{account}:{channel}", _CHANNEL), (f"slack:{account}", _WORKSPACE))

    def routes(self) -> Sequence[web.RouteDef]:
        """Pages that install the app in a workspace."""
        return self._installing.routes() if self._installing else ()

    async def open(self, inbox: Inbox) -> None:
        self._inbox = inbox
        await self._workspaces.open()
        if self._socket is not None:
            await self._socket.open()

    async def close(self) -> None:
        if self._socket is not None:
            await self._socket.close()
        await self._shown.close()
        await self._api.close()

    async def publish_commands(self, capabilities: Sequence[Capability]) -> None:
        """Slack learns of commands from the app manifest only (manifest.py), when the app is made or changed."""

    async def send(self, outgoing: Outgoing) -> tuple[str, ...]:
        account = address(outgoing.place)[0]
        try:
            ws = await self._workspaces.of(account)
            return await self._sender.send(ws, outgoing, self.features(outgoing.place))
        except Explain as late:
            raise Undeliverable(str(late)) from late
        except Undeliverable as never:
            await self._trouble(outgoing.place, str(never))
            raise

    async def look_up(self, outgoing: Outgoing) -> tuple[str, ...] | None:
        """The parts of a Delivery that arrived whole, by what each message carries unseen; else None."""
        try:
            return await self._sender.look_up(await self._workspaces.of(address(outgoing.place)[0]), outgoing)
        except Undeliverable:
            return None

    async def fetch(self, key: str) -> bytes:
        """The bytes of a file that somebody shared; key `slack:{account}:{file id}`."""
        _, account, file = key.split(":", 2)
        ws = await self._workspaces.of(account)
        told = (await self._api.call(ws.token, "files.info", file=file)).get("file") or {}
        url = str(told.get("url_private_download") or told.get("url_private") or "")
        return await self._api.download(ws.token, url, _LARGEST_FILE)

    async def receive(self, request: RawRequest) -> Receipt:
        if request.method != "POST":
            return Receipt(status=405, body=b"POST only")
        if self._socket is not None or not self._signed(request):
            return Receipt(status=401, body=b"not signed by Slack")
        kind, found = _read(request)
        if found is None:
            return Receipt(status=400, body=b"not understood")
        if found.get("type") == "url_verification":
            return Receipt(body=str(found.get("challenge", "")).encode())
        try:
            return Receipt(entries=tuple(await self._heard(kind, found)))
        except (RetryLater, Unknown):
            return Receipt(status=503, body=b"not now")

    def _signed(self, request: RawRequest) -> bool:
        """https://docs.slack.dev/authentication/verifying-requests-from-slack/, over the raw bytes, constant time."""
        headers = {k.lower(): v for k, v in request.headers.items()}
        stamp = headers.get("x-slack-request-timestamp", "")
        if not (stamp.isascii() and stamp.isdecimal() and len(stamp) < 15):
            return False
        made = hmac.new(self._settings.signing_secret.encode(), b"v0:" + stamp.encode() + b":" + request.body, sha256)
        given = headers.get("x-slack-signature", "").encode("utf-8", "surrogatepass")
        fresh = abs(self._clock.tick() // 10**9 - int(stamp)) <= SIGNATURE_AGE
        return hmac.compare_digest(b"v0=" + made.hexdigest().encode(), given) and fresh

    async def _from_socket(self, kind: str, payload: Mapping[str, Any]) -> None:
        assert self._inbox is not None
        if entries := await self._heard(kind, payload):
            await self._inbox(entries)

    async def _heard(self, kind: str, found: Mapping[str, Any]) -> Sequence[Entry]:
        """The Entries of what came; none where nothing has to be kept."""
        try:
            if kind == "slash_commands" and (command := taken(Command, found)) is not None:
                return await self._command(command)
            if kind == "interactive" and (done := taken(Interaction, found)) is not None:
                return await self._interaction(done)
            if kind == "events_api" and (envelope := taken(Envelope, found)) is not None:
                return await self._event(envelope)
        except Undeliverable as elsewhere:
            _log.info("nothing to do with it", why=str(elsewhere))
            return ()
        _log.warning("Slack sent something of another shape", kind=kind, type=str(found.get("type"))[:40])
        return ()

    async def _event(self, envelope: Envelope) -> Sequence[Entry]:
        team = next((a.team_id for a in envelope.authorizations or () if a.team_id), envelope.team_id) or ""
        event = taken(Event, envelope.event)
        if envelope.event.get("type") in ("app_uninstalled", "tokens_revoked"):
            return await self._left(team, str(envelope.event["type"]))
        ws = await self._workspaces.of_team(team)
        if event is None:
            return (_misshapen(envelope, ws, self._now()),)
        if event.type == "user_change" and isinstance(event.user, dict):
            self._names.forget(ws.account, str(event.user.get("id")))
            return ()
        about = await self._about(ws, event)
        return [await self._typed(ws, self._remembered(e)) for e in inbound.entries_of(event, about)]

    async def _about(self, ws: Workspace, event: Event) -> About:
        """What has to be known of an event: asked of Slack once, with a deadline, else by its id."""
        wanted = inbound.wanted(event)
        found = [await self._shown.find(part_key(ws.account, wanted.channel, ts)) for ts in wanted.messages]
        parts = {ts: one.shown for ts, one in zip(wanted.messages, found, strict=True) if one}
        threads = {ts: address(one.place)[2] for ts, one in zip(wanted.messages, found, strict=True) if one}
        asked = {ts: self._threads[ts] for ts in (*wanted.messages, event.deleted_ts or "") if ts in self._threads}
        names, title = await self._called(ws, wanted.users, wanted.channel)
        return About(
            account=ws.account, bot_user=ws.bot_user, bot_id=ws.bot_id, at=self._now(), names=names,
            titles={wanted.channel: title}, parts=parts, threads={**asked, **threads},
        )  # fmt: skip

    async def _called(self, ws: Workspace, users: Sequence[str], channel: str) -> tuple[dict[str, str], str]:
        try:
            async with asyncio.timeout(_LOOK_UP_WITHIN):
                title = await self._names.channel(ws.account, ws.token, channel) if channel else ""
                asked = [u for u in users if u != ws.bot_user]
                found = await asyncio.gather(*(self._names.person(ws.account, ws.token, u) for u in asked))
                return {ws.bot_user: "Caravan", **dict(zip(asked, found, strict=True))}, title
        except TimeoutError:
            return {ws.bot_user: "Caravan", **{u: self._names.kept(ws.account, u) or u for u in users}}, ""

    def _remembered(self, entry: Entry) -> Entry:
        """Note in which thread something was said, and by whom last."""
        thread = address(entry.place)[2]
        if entry.what in ("message", "command") and thread:
            self._threads[entry.id.rpartition(":")[2]] = thread
            while len(self._threads) > _KEPT:
                del self._threads[next(iter(self._threads))]
        if entry.author:
            self._sender.asked[entry.place] = entry.author.removeprefix("slack:")
            while len(self._sender.asked) > _KEPT:
                self._sender.asked.popitem(last=False)
        return entry

    async def _typed(self, ws: Workspace, entry: Entry) -> Entry:
        """A number or label that answers what we said last is a press."""
        last = await self._shown.last(entry.place) if entry.what == "message" and len(entry.text) <= 200 else None
        choices = [Choice(number=n, id=id, label=label) for n, id, label in last.choices] if last else []
        picked = chosen(entry.text, choices) if choices else None
        return inbound.chosen(entry, picked.id, last.shown) if picked and last else entry

    async def _command(self, given: Command) -> Sequence[Entry]:
        if given.ssl_check:
            return ()
        ws = await self._workspaces.of_team(given.team_id)
        self._sender.answers.keep(
            given.response_url, (ws.account, given.channel_id, given.user_id), (ws.account, given.channel_id)
        )
        names, _ = await self._called(ws, (given.user_id,), "")
        names = {k: v for k, v in names.items() if v != k}
        title = "" if given.channel_id.startswith("D") else given.channel_name
        about = About(
            account=ws.account, bot_user=ws.bot_user, bot_id=ws.bot_id, at=self._now(), names=names,
            titles={given.channel_id: title},
        )  # fmt: skip
        return (self._remembered(inbound.command(given, about, {ANY: ""})),)

    async def _interaction(self, done: Interaction) -> Sequence[Entry]:
        ws = await self._workspaces.of_team(done.team.id if done.team else "")
        names, _ = await self._called(ws, (done.user.id,), "")
        about = About(account=ws.account, bot_user=ws.bot_user, bot_id=ws.bot_id, at=self._now(), names=names)
        if done.type == "view_submission" and done.view is not None and done.view.callback_id == FORM:
            return self._submitted(done, about)
        if done.type != "block_actions" or done.container is None or not done.actions:
            return ()
        return await self._pressed(ws, done, about)

    async def _pressed(self, ws: Workspace, done: Interaction, about: About) -> Sequence[Entry]:
        action, where = done.actions[0], done.container
        assert where is not None
        channel = where.channel_id or (done.channel.id if done.channel else "")
        self._sender.answers.keep(
            done.response_url, (ws.account, channel, done.user.id), (ws.account, channel),
            *(((ws.account, f"{ALONE}{where.message_ts}"),) if where.is_ephemeral else ()),
        )  # fmt: skip
        thread = where.thread_ts or (done.message.thread_ts if done.message else "")
        place = inbound.place_of(ws.account, channel, where.message_ts, thread)
        shown = action.block_id.rpartition("|")[0]
        if not shown:
            known = await self._shown.find(part_key(ws.account, channel, where.message_ts))
            shown = known.shown if known else ""
        value = action.selected_option.value if action.selected_option else action.value or ""
        if not value:
            return ()  # a link: the browser has opened it
        about_form = {"place": place, "shown": shown, "ts": where.message_ts}
        if value.startswith("{") and (view := modal(value, about_form)) is not None:
            await self._open_form(ws, done, view)
            return ()
        press = inbound.press(
            about, place, done.user.id, where.message_ts, action.action_ts, shown=shown, token=value, values={}
        )  # fmt: skip
        return (self._remembered(press),)

    async def _open_form(self, ws: Workspace, done: Interaction, view: Mapping[str, Any]) -> None:
        """A Query: Slack takes the form within three seconds or not at all; then the person is asked to press again."""
        try:
            async with asyncio.timeout(_OPEN_WITHIN):
                await self._api.call(ws.token, "views.open", trigger_id=done.trigger_id, view=view)
        except (CaravanError, TimeoutError) as late:
            _log.info("a form did not open", error=str(late))
            if isinstance(late, Explain) and done.response_url:
                again = {"response_type": "ephemeral", "replace_original": False, "text": str(late)}
                await self._api.respond(done.response_url, again)

    def _submitted(self, done: Interaction, about: About) -> Sequence[Entry]:
        assert done.view is not None
        told = decoded(done.view.private_metadata) or {}
        place, shown, ts, token = (str(told.get(k) or "") for k in ("place", "shown", "ts", "token"))
        values = filled(done.view)
        if not place.startswith(f"slack:{about.account}:"):
            return ()
        press = inbound.press(about, place, done.user.id, ts, done.view.id, shown=shown, token=token, values=values)
        if token:
            return (press,)
        text = "\n".join(f"{name}: {value}" for name, value in values.items())
        return (replace(press, id=press.id.replace(":press:", ":message:", 1), what="message", text=text),)

    async def _left(self, team: str, why: str) -> Sequence[Entry]:
        try:
            ws = await self._workspaces.of_team(team)
        except CaravanError:
            ws = Workspace(account=team, token="")
        await self._workspaces.drop(ws.account)
        _log.error("a workspace is closed to us", account=ws.account, why=why)
        return ()

    async def _trouble(self, place: str, why: str) -> None:
        """A channel or a workspace that is closed to us is said once; the rest goes on."""
        account = address(place)[0]
        if revoked(why) or why in CLOSED:
            _log.error("Slack does not let us speak", place=account if revoked(why) else place, why=why)

    def _now(self) -> datetime:
        return self._clock.now()


def _read(request: RawRequest) -> tuple[str, dict[str, Any] | None]:
    """What a signed request is, and its content."""
    headers = {k.lower(): v for k, v in request.headers.items()}
    if not headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return "events_api", decoded(request.body)
    try:
        form = dict(parse_qsl(request.body.decode(), keep_blank_values=True, max_num_fields=100))
    except (UnicodeDecodeError, ValueError):
        return "", None
    if "payload" in form:
        return "interactive", decoded(form["payload"])
    return "slash_commands", form if form.get("command") or form.get("ssl_check") else None


def _misshapen(envelope: Envelope, ws: Workspace, at: datetime) -> Entry:
    """An event that has another shape than any we know: kept with the reason."""
    found = envelope.event.get("channel")
    place = inbound.place_of(ws.account, found if isinstance(found, str) else ws.team or MAIN)
    id = f"{place}:notice:{envelope.event_id or int(at.astimezone(UTC).timestamp())}"
    return Entry(
        id=id, thread="", what="notice", at=at, place=place, value={"kind": "group", "ignored": "another shape"}
    )
