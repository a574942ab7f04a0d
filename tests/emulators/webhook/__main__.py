"""`python -m tests.emulators.webhook [PORT]`: play the people of another messenger against a Caravan of your own."""

import json
import sys
from dataclasses import asdict

import aiohttp
from aiohttp import web

from tests.emulators.webhook.server import SECRET, Messenger, headers

HOOK = "http://127.0.0.1:8080/hooks/webhook"
_HELP = """Another messenger on http://127.0.0.1:{port}. Start Caravan with it:
  WEBHOOK_URL=http://127.0.0.1:{port}/from-caravan WEBHOOK_SECRET={secret} python app.py
Then be people:
  curl -d '{{"as":"Ana","text":"/ping"}}' http://127.0.0.1:{port}/people/say
  curl -d '{{"as":"Ana","message":"m...","label":"Yes"}}' http://127.0.0.1:{port}/people/press
  curl http://127.0.0.1:{port}/messages
"""


class Playing:
    """What people do by HTTP is news for the Caravan at `hook`."""

    def __init__(self, messenger: Messenger, hook: str = HOOK) -> None:
        self.messenger, self.hook = messenger, hook

    def application(self) -> web.Application:
        """The messenger with its people."""
        app = web.Application()
        app.add_routes([
            web.post("/from-caravan", self.messenger.take), web.get("/messages", self.messages),
            web.post("/people/say", self.say), web.post("/people/press", self.press),
        ])  # fmt: skip
        return app

    async def say(self, request: web.Request) -> web.Response:
        """ "as" says "text"."""
        asked = json.loads(await request.read())
        return await self._told(self.messenger.said(asked["as"], asked["text"])[1])

    async def press(self, request: web.Request) -> web.Response:
        """ "as" presses the button called "label" under "message", or under the newest that has one."""
        asked = json.loads(await request.read())
        shown = [m for m in self.messenger.messages.values() if asked.get("message", m.id) == m.id and not m.deleted]
        found = [
            (m.id, b["button"]) for m in shown for b in m.buttons if b["label"] == asked["label"] and "button" in b
        ]
        if not found:
            return web.Response(status=404, text="no such button")
        message, button = found[-1]
        return await self._told(self.messenger.news(asked["as"], "press", message=message, button=button))

    async def messages(self, request: web.Request) -> web.Response:
        """All that is shown."""
        return web.json_response([asdict(m) for m in self.messenger.messages.values() if not m.deleted])

    async def _told(self, body: bytes) -> web.Response:
        given = headers(body, id=json.loads(body)["id"])
        async with aiohttp.ClientSession() as session, session.post(self.hook, data=body, headers=given) as answer:
            return web.json_response({"caravan": answer.status}, status=200 if answer.ok else 502)


if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8185
    print(_HELP.format(port=port, secret=SECRET))
    web.run_app(Playing(Messenger()).application(), host="127.0.0.1", port=port, print=None)
