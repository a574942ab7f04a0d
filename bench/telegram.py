"""Telegram as the bench needs it: updates of groups in, a Bot API that takes everything at once."""

import json
import time
from itertools import count
from urllib.parse import urlsplit

from bench.generator import Post, Said
from bench.receiver import Api, Receipt

TOKEN, SECRET = "4242:bench", "bench-secret"
_ME = {"id": 4242, "is_bot": True, "first_name": "Caravan", "username": "caravan_bot", "can_join_groups": True,
       "can_read_all_group_messages": True, "supports_inline_queries": False}  # fmt: skip


def environment(receiver: str, port: int) -> dict[str, str]:
    """The settings of a Caravan on Telegram whose Bot API is the receiver."""
    base = urlsplit(receiver)
    return {
        "TELEGRAM_TOKEN": TOKEN, "TELEGRAM_WEBHOOK_SECRET": SECRET, "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "TELEGRAM_API_BASE": f"{base.scheme}://{base.netloc}",
    }  # fmt: skip


def post() -> Post:
    """A group message as an update by webhook."""
    numbers = count(10_001)

    def body(said: Said) -> bytes:
        chat = int("".join(c for c in said.chat if c.isdigit()))
        person = {"id": 7000 + chat, "is_bot": False, "first_name": "Ana", "language_code": "en"}
        message = {
            "message_id": said.number + 1, "date": 1_760_000_000, "text": said.text, "from": person,
            "chat": {"id": -1_001_000_000_000 - chat, "type": "supergroup", "title": said.chat},
            "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
        }  # fmt: skip
        return json.dumps({"update_id": next(numbers), "message": message}).encode()

    secret = f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\n"
    return Post(path="/hooks/telegram", headers=lambda body: secret, body=body)


def api() -> Api:
    """The Bot API: every sendMessage is a receipt."""
    messages = count(500_001)

    def answer(path: str, body: bytes) -> tuple[bytes, Receipt | None]:
        method = path.rpartition("/")[2]
        if method != "sendMessage":
            result = {"getMe": _ME, "getMyCommands": []}.get(method, True)
            return json.dumps({"ok": True, "result": result}).encode(), None
        given, number = json.loads(body), next(messages)
        chat, text = str(given["chat_id"]), given["text"]
        receipt = Receipt(delivery=f"{number}", place=chat, text=text, at=time.monotonic())
        about = {"id": int(chat), "type": "supergroup"}
        sent = {"message_id": number, "date": 1_760_000_000, "text": text, "chat": about, "from": _ME}
        return json.dumps({"ok": True, "result": sent}).encode(), receipt

    return answer
