"""What the four networks deliver to a webhook, signed as they sign it."""

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count, cycle
from urllib.parse import parse_qs, urlencode

from bench import telegram
from bench.generator import Said
from tests.emulators import twilio
from tests.emulators.discord import server as discord
from tests.emulators.discord.world import Interaction
from tests.emulators.twilio.hooks import signed

CHATS = 50
SLACK_SECRET, _BOT = "bench-signing-secret", "U0BOT"
_JSON, _FORM = "application/json", "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One POST. `said`: what the reply names. `asked`: the interaction that the answer belongs to."""

    network: str
    said: str
    path: str
    body: bytes
    headers: dict[str, str]
    content_type: str = _JSON
    asked: Interaction | None = None


def turns(emulator: discord.Emulator, address: str) -> Iterator[Delivery]:
    """The networks in turn, each in many conversations."""
    return (next(one) for one in cycle((_telegram(), _whatsapp(address), _slack(), _discord(emulator))))


def _numbers(start: int = 0) -> Iterator[tuple[int, int]]:
    """Chat and number of the next message."""
    return (((n % CHATS), n) for n in count(start))


def _telegram() -> Iterator[Delivery]:
    post = telegram.post()
    secret = {"X-Telegram-Bot-Api-Secret-Token": telegram.SECRET}
    for chat, number in _numbers():
        said = Said(chat=f"telegram-{chat}", number=number)
        body = post.body(said)
        yield Delivery(network="telegram", said=said.id, path=post.path, body=body, headers=secret)


def _whatsapp(address: str) -> Iterator[Delivery]:
    path = "/hooks/whatsapp"
    for chat, number in _numbers():
        sid, sender = f"SM{number:032x}", f"whatsapp:+2547{chat:08d}"
        form = {
            "MessageSid": sid, "SmsMessageSid": sid, "AccountSid": twilio.SID, "From": sender, "To": twilio.FROM,
            "Body": f"/ping whatsapp-{number}", "NumMedia": "0", "ProfileName": "Ana", "WaId": sender[10:],
            "SmsStatus": "received", "MessageType": "text", "ApiVersion": "2010-04-01",
        }  # fmt: skip
        headers = {"X-Twilio-Signature": signed(twilio.TOKEN, address + path, form), "I-Twilio-Idempotency-Token": sid}
        body = urlencode(form).encode()
        yield Delivery(
            network="whatsapp", said=f"whatsapp-{number}", path=path, body=body, headers=headers, content_type=_FORM
        )


def _slack() -> Iterator[Delivery]:
    for chat, number in _numbers():
        ts = f"{1_790_000_000 + number}.000100"
        event = {
            "type": "message", "channel": f"C{chat:05d}", "channel_type": "channel", "user": f"U{chat:05d}",
            "text": f"/ping slack-{number}", "ts": ts, "event_ts": ts,
        }  # fmt: skip
        told = {
            "type": "event_callback", "team_id": "T0BENCH", "api_app_id": "A1", "event_id": f"Ev{number}",
            "event": event, "event_time": int(time.time()),
            "authorizations": [{"team_id": "T0BENCH", "user_id": _BOT, "is_bot": True}],
        }  # fmt: skip
        body, stamp = json.dumps(told).encode(), str(int(time.time()))
        made = hmac.new(SLACK_SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
        headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={made}"}
        yield Delivery(network="slack", said=f"slack-{number}", path="/hooks/slack", body=body, headers=headers)


def _discord(emulator: discord.Emulator) -> Iterator[Delivery]:
    people, rooms = emulator.people, [emulator.world.add_channel(f"room-{n}") for n in range(CHATS)]
    for chat, number in _numbers():
        option = {"name": "text", "type": 3, "value": f"discord-{number}"}
        data = {"id": "1", "name": "ping", "type": 1, "options": [option]}
        asked, told = people.interaction(2, rooms[chat], f"Ana{chat}", data)
        body = json.dumps(told).encode()
        signature = people.signed(body)
        said, path = f"discord-{number}", "/hooks/discord"
        yield Delivery(network="discord", said=said, path=path, body=body, headers=signature, asked=asked)


def said_in(body: bytes) -> str:
    """The words of a call to Slack or Twilio."""
    if body.startswith(b"{"):
        return str(json.loads(body).get("text", ""))
    form = parse_qs(body.decode())
    return (form.get("text") or form.get("Body") or [""])[0]


def slack_api(path: str, socket: str = "") -> bytes:
    """The Web API that takes everything at once. `socket`: where Socket Mode connects to."""
    known: dict[str, dict[str, object]] = {
        "auth.test": {"team_id": "T0BENCH", "team": "Bench", "user_id": _BOT, "bot_id": "B0BOT", "url": ""},
        "users.info": {"user": {"id": "U1", "name": "ana", "profile": {"display_name": "Ana"}}},
        "apps.connections.open": {"url": socket},
        "conversations.info": {"channel": {"id": "C1", "name": "lamu", "is_member": True}},
    }  # fmt: skip
    method = path.rpartition("/")[2].partition("?")[0]
    return json.dumps({"ok": True, **known.get(method, {"channel": "C1", "ts": f"{time.time():.6f}"})}).encode()


def twilio_api(numbers: Iterator[int]) -> Callable[[str], bytes]:
    """Twilio that takes everything at once."""

    def answer(path: str) -> bytes:
        sid = f"SM{next(numbers):032x}" if "Messages" in path else twilio.SID
        return json.dumps({"sid": sid, "status": "queued", "account_sid": twilio.SID}).encode()

    return answer
