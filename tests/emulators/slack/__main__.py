"""`python -m tests.emulators.slack PORT [HOOK]`: Slack to play with; says which settings Caravan needs.

Act as people by POST /people/{say,command,press,edit,delete,react,join,leave} and look at GET /people/seen."""

import sys
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from tests.emulators.slack.people import labels, read
from tests.emulators.slack.server import APP_TOKEN, Emulator

Acts = dict[str, Callable[..., Awaitable[Any]]]


def side_door(emulator: Emulator) -> list[web.RouteDef]:
    """What people do, as JSON: {"channel": name, "as": person, ...}. A channel that is new has them in it."""

    async def act(request: web.Request) -> web.Response:
        asked: dict[str, Any] = await request.json()
        ws = next(iter(emulator.world.workspaces.values()))
        name, person = str(asked.pop("channel")), str(asked.pop("as"))
        room = next((c for c in ws.channels.values() if c.name == name), None)
        if room is None:
            room = emulator.world.channel(ws, name, person)
        if emulator.world.person(ws, person) not in room.members:
            room.members.append(emulator.world.person(ws, person))
        people, what = emulator.people, request.match_info["what"]
        by_message: Acts = {"edit": people.edit, "delete": people.delete}
        if what in by_message:
            done: Any = await by_message[what](ws, room, **asked)
        else:
            acts: Acts = {"say": people.say, "command": people.command, "press": people.press, "react": people.react}
            acts |= {"join": people.join, "leave": people.leave}
            done = await acts[what](ws, room, person, **asked)
        return web.json_response({"done": done})

    async def seen(request: web.Request) -> web.Response:
        ws = next(iter(emulator.world.workspaces.values()))
        room = next(c for c in ws.channels.values() if c.name == request.query["channel"])
        found = emulator.people.seen(ws, room, request.query.get("as", ""))
        told = [
            {"ts": m.ts, "author": m.username or ws.users[m.user], "text": read(m), "buttons": labels(m)} for m in found
        ]
        return web.json_response({"messages": told})

    return [web.post("/people/{what}", act), web.get("/people/seen", seen)]


def main(port: int, hook: str) -> None:
    emulator = Emulator()
    ws = emulator.world.workspace(token="xoxb-emulated")
    emulator.at(f"http://127.0.0.1:{port}")
    emulator.deliveries.hook, emulator.deliveries.use_sockets = hook, not hook
    app = emulator.application()
    app.add_routes(side_door(emulator))
    door = f"SLACK_SIGNING_SECRET={emulator.deliveries.secret}" if hook else f"SLACK_APP_TOKEN={APP_TOKEN}"
    print(f"SLACK_API_BASE={emulator.url} SLACK_BOT_TOKEN={ws.token} {door}", flush=True)
    web.run_app(app, host="127.0.0.1", port=port, print=None)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
