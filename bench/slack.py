"""Slack as the bench needs it: signed events of channels in, a Web API that takes everything at once."""

import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from itertools import count
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bench.generator import Post, Said
from bench.receiver import Api, Receipt

SECRET, TEAM, BOT = "bench-signing-secret", "T0BENCH", "U0CARAVAN"
_TOLD: Mapping[str, Mapping[str, Any]] = {
    "auth.test": {"team_id": TEAM, "user_id": BOT, "bot_id": "B0CARAVAN", "user": "caravan"},
    "users.info": {"user": {"name": "ana", "profile": {"display_name": "Ana"}}},
    "conversations.info": {"channel": {"name": "lamu"}},
}


def environment(receiver: str, port: int) -> dict[str, str]:
    """The settings of a Caravan on Slack whose Web API is the receiver."""
    base = urlsplit(receiver)
    return {
        "SLACK_BOT_TOKEN": "xoxb-bench", "SLACK_SIGNING_SECRET": SECRET, "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "SLACK_API_BASE": f"{base.scheme}://{base.netloc}",
    }  # fmt: skip


def post() -> Post:
    """A message in a channel as an event, signed."""
    numbers = count(1)

    def body(said: Said) -> bytes:
        number, who = next(numbers), "".join(c for c in said.chat if c.isdigit())
        ts = f"{1_760_000_000 + number // 1000}.{number % 1000:06}"
        event = {
            "type": "message", "channel": f"C{who}", "channel_type": "channel", "user": f"U{who}", "text": said.text,
            "ts": ts, "event_ts": ts, "team": TEAM,
        }  # fmt: skip
        authorized = {"team_id": TEAM, "user_id": BOT, "is_bot": True, "is_enterprise_install": False}
        envelope = {
            "type": "event_callback",
            "team_id": TEAM,
            "event_id": f"Ev{number}",
            "authorizations": [authorized],
        }
        return json.dumps({**envelope, "event": event, "event_time": 1_760_000_000}).encode()

    return Post(path="/hooks/slack", headers=_signed, body=body)


def _signed(body: bytes) -> str:
    stamp = str(int(time.time()))
    made = hmac.new(SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return f"X-Slack-Request-Timestamp: {stamp}\r\nX-Slack-Signature: v0={made}\r\n"


def api() -> Api:
    """The Web API: every chat.postMessage is a receipt."""
    numbers = count(1)

    def answer(path: str, body: bytes) -> tuple[bytes, Receipt | None]:
        method = path.rpartition("/")[2]
        if method != "chat.postMessage":
            return json.dumps({"ok": True, **_TOLD.get(method, {})}).encode(), None
        given = json.loads(body) if body.startswith(b"{") else {k: v[0] for k, v in parse_qs(body.decode()).items()}
        ts, place = f"1770000000.{next(numbers):06}", str(given["channel"])
        receipt = Receipt(delivery=ts, place=place, text=str(given["text"]), at=time.monotonic())
        return json.dumps({"ok": True, "channel": place, "ts": ts}).encode(), receipt

    return answer
