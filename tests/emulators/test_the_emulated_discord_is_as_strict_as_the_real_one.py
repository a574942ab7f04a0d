"""The emulated Discord refuses what the real one refuses, and answers as its description says."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from channels.discord import limits
from tests.emulators.discord.server import Emulator, running_emulator
from tests.emulators.discord.strictness import BUCKETS, SPECS
from tests.guards import EXCUSED

HOWTO = Path(__file__).parents[2] / "docs" / "how-to" / "discord.md"
HEADERS = {"User-Agent": "DiscordBot (https://example.com, 1)"}
BUTTON = {"type": 2, "style": 2, "label": "Go", "custom_id": "p:1"}


class Client:
    """Raw requests to the API."""

    def __init__(self, emulator: Emulator, session: aiohttp.ClientSession) -> None:
        self.emulator, self._session = emulator, session
        self.room = emulator.world.add_channel("lamu")
        self.headers = {"Authorization": f"Bot {emulator.world.token}"}

    async def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        url = f"{self.emulator.url}/api/v10{path}"
        async with self._session.request(method, url, json=body, headers={**self.headers, **headers}) as answer:
            text = await answer.text()
            return answer.status, json.loads(text) if text else None

    async def post(self, **body: Any) -> int:
        """The code with which a message is refused, 0 if it is taken."""
        status, told = await self.ask("POST", f"/channels/{self.room}/messages", body)
        return 0 if status == 200 else int(told["code"] or status)


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    async with running_emulator() as emulator, aiohttp.ClientSession(headers=HEADERS) as session:
        yield Client(emulator, session)


def row(*components: Any) -> dict[str, Any]:
    return {"type": 1, "components": list(components)}


@pytest.mark.parametrize(("body", "code"), [
    ({"content": "x" * 2000}, 0), ({"content": "x" * 2001}, 50035), ({"content": ""}, 50006), ({}, 50006),
    ({"content": "x", "nonce": "n" * 26}, 50035), ({"embeds": [{"title": "x" * 257}]}, 50035),
    ({"embeds": [{"description": "x" * 4096}, {"description": "x" * 1905}]}, 50035),
    ({"content": "x", "components": [row(BUTTON)]}, 0), ({"content": "x", "components": [row(BUTTON, BUTTON)]}, 50035),
    ({"content": "x", "components": [row()]}, 50035), ({"content": "x", "components": [BUTTON]}, 50035),
    ({"content": "x", "components": [row({**BUTTON, "custom_id": f"{i}"}) for i in range(6)]}, 50035),
    ({"content": "x", "components": [row({**BUTTON, "label": "x" * 81})]}, 50035),
    ({"content": "x", "components": [row({**BUTTON, "custom_id": "x" * 101})]}, 50035),
    ({"content": "x", "components": [row({"type": 2, "style": 5, "label": "x", "url": "ftp://x"})]}, 50035),
    ({"content": "x", "message_reference": {"message_id": "1"}}, 50035),
])  # fmt: skip
async def test_messages_are_held_to_their_limits(client: Client, body: dict[str, Any], code: int) -> None:
    assert await client.post(**body) == code


async def test_what_the_description_does_not_know_is_refused(client: Client) -> None:
    if not SPECS.exists():
        pytest.skip(f"needs {EXCUSED} beside this checkout")
    assert await client.post(content=5) == 50035
    assert await client.post(content="x", embeds={"title": "x"}) == 50035
    assert client.emulator.api.spec.checked == 2


async def test_who_asks_is_known_by_the_token(client: Client) -> None:
    client.headers = {"Authorization": "Bot wrong"}
    assert (await client.ask("GET", "/users/@me"))[0] == 401
    assert (await client.ask("GET", "/users/@me", **{"User-Agent": "curl"}))[0] == 401


async def test_a_nonce_makes_one_message_for_a_while(client: Client) -> None:
    for ahead, count in ((0.0, 1), (1.0, 1), (limits.NONCE_LASTS + 2, 2)):
        client.emulator.world.ahead = ahead
        assert await client.post(content="once", nonce="n1", enforce_nonce=True) == 0
        assert len(client.emulator.world.messages[client.room]) == count


async def test_buckets_are_told_and_kept(client: Client) -> None:
    most, seconds = BUCKETS["POST /channels/{channel_id}/messages"]
    assert [await client.post(content=f"{n}") for n in range(most + 1)] == [0] * most + [429]
    client.emulator.world.ahead = seconds + 1
    assert await client.post(content="again") == 0


@pytest.mark.parametrize("name", ["Discord Bot", "clyde", "x" * 81])
async def test_a_webhook_bears_no_forbidden_name(client: Client, name: str) -> None:
    _, hook = await client.ask("POST", f"/channels/{client.room}/webhooks", {"name": "Caravan"})
    path = f"/webhooks/{hook['id']}/{hook['token']}"
    assert (await client.ask("POST", f"{path}?wait=true", {"content": "x", "username": name}))[0] == 400
    assert (await client.ask("POST", f"{path}?wait=true", {"content": "x", "username": "Zuri"}))[0] == 200
    assert (await client.ask("POST", f"/webhooks/{hook['id']}/wrong", {"content": "x"}))[0] == 401
    assert (await client.ask("POST", f"{path}?wait=true", {"content": "x", "nonce": "1"}))[0] == 400


@pytest.mark.parametrize("command", [
    {"name": "Help", "description": "x"}, {"name": "x" * 33, "description": "x"}, {"name": "help", "description": ""},
    {"name": "help", "description": "x" * 101},
    {"name": "help", "description": "x", "options": [
        {"type": 3, "name": "a", "description": "x", "choices": [{"name": "a", "value": "a"}], "autocomplete": True}
    ]},
])  # fmt: skip
async def test_commands_are_held_to_their_limits(client: Client, command: dict[str, Any]) -> None:
    path = f"/applications/{client.emulator.world.application}/commands"
    assert (await client.ask("PUT", path, [command]))[0] == 400
    assert (await client.ask("PUT", path, [{"name": "help", "description": "x"}] * 2))[0] == 400
    assert (await client.ask("PUT", path, [{"name": "help", "description": "x"}]))[0] == 200


async def test_its_answers_are_as_described(client: Client) -> None:
    if not SPECS.exists():
        pytest.skip(f"needs {EXCUSED} beside this checkout")
    world = client.emulator.world
    asked: list[tuple[str, str, str, Any]] = [
        ("POST", "/channels/{channel_id}/messages", f"/channels/{client.room}/messages", {"content": "x"}),
        ("POST", "/channels/{channel_id}/webhooks", f"/channels/{client.room}/webhooks", {"name": "Caravan"}),
        ("PUT", "/applications/{application_id}/commands", f"/applications/{world.application}/commands",
         [{"name": "help", "description": "x"}]),
        ("GET", "/channels/{channel_id}/messages", f"/channels/{client.room}/messages", None),
        ("GET", "/channels/{channel_id}", f"/channels/{client.room}", None), ("GET", "/users/@me", "/users/@me", None),
        ("POST", "/users/@me/channels", "/users/@me/channels", {"recipient_id": world.person("Ana")}),
        ("GET", "/oauth2/applications/@me", "/oauth2/applications/@me", None),
    ]  # fmt: skip
    for method, pattern, path, body in asked:
        status, answer = await client.ask(method, path, body)
        assert (status, client.emulator.api.spec.wrong(method, pattern, answer)) == (200, []), pattern


def test_the_guide_names_the_permissions_and_the_privileged_intents() -> None:
    text = HOWTO.read_text(encoding="utf-8")
    assert f"permissions={limits.PERMISSIONS}" in text
    assert "Message Content Intent" in text and "Server Members Intent" in text
