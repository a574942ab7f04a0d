"""What the four networks deliver to a webhook, signed as they sign it."""

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count, cycle
from urllib.parse import urlencode

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
    """One POST. `asked`: the interaction that the answer belongs to."""

    network: str
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
        body = post.body(Said(chat=f"telegram{chat}", number=number))
        yield Delivery(network="telegram", path=post.path, body=body, headers=secret)


def _whatsapp(address: str) -> Iterator[Delivery]:
    path = "/hooks/whatsapp"
    for chat, number in _numbers():
        sid, sender = f"SM{number:032x}", f"whatsapp:+2547{chat:08d}"
        form = {
            "MessageSid": sid, "SmsMessageSid": sid, "AccountSid": twilio.SID, "From": sender, "To": twilio.FROM,
            "Body": f"/ping {number}", "NumMedia": "0", "ProfileName": "Ana", "WaId": sender[10:],
            "SmsStatus": "received", "MessageType": "text", "ApiVersion": "2010-04-01",
        }  # fmt: skip
        headers = {"X-Twilio-Signature": signed(twilio.TOKEN, address + path, form), "I-Twilio-Idempotency-Token": sid}
        body = urlencode(form).encode()
        yield Delivery(network="whatsapp", path=path, body=body, headers=headers, content_type=_FORM)


def _slack() -> Iterator[Delivery]:
    for chat, number in _numbers():
        ts = f"{1_790_000_000 + number}.000100"
        event = {
            "type": "message", "channel": f"C{chat:05d}", "channel_type": "channel", "user": f"U{chat:05d}",
            "text": f"/ping {number}", "ts": ts, "event_ts": ts,
        }  # fmt: skip
        told = {
            "type": "event_callback", "team_id": "T0BENCH", "api_app_id": "A1", "event_id": f"Ev{number}",
            "event": event, "event_time": int(time.time()),
            "authorizations": [{"team_id": "T0BENCH", "user_id": _BOT, "is_bot": True}],
        }  # fmt: skip
        body, stamp = json.dumps(told).encode(), str(int(time.time()))
        made = hmac.new(SLACK_SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
        headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={made}"}
        yield Delivery(network="slack", path="/hooks/slack", body=body, headers=headers)


def _discord(emulator: discord.Emulator) -> Iterator[Delivery]:
    people, rooms = emulator.people, [emulator.world.add_channel(f"room-{n}") for n in range(CHATS)]
    for chat, number in _numbers():
        option = {"name": "text", "type": 3, "value": f"{number}"}
        data = {"id": "1", "name": "ping", "type": 1, "options": [option]}
        asked, told = people.interaction(2, rooms[chat], f"Ana{chat}", data)
        body = json.dumps(told).encode()
        yield Delivery(
            network="discord", path="/hooks/discord", body=body, headers=people.signed(body), asked=asked
        )  # fmt: skip


def slack_api(path: str, body: bytes) -> bytes:
    """The Web API that takes everything at once."""
    known: dict[str, dict[str, object]] = {
        "auth.test": {"team_id": "T0BENCH", "team": "Bench", "user_id": _BOT, "bot_id": "B0BOT", "url": ""},
        "users.info": {"user": {"id": "U1", "name": "ana", "profile": {"display_name": "Ana"}}},
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
