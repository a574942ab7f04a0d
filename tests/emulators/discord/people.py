"""The side door: what people do in the emulated Discord, and what they see there."""

import asyncio
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import aiohttp
from nacl.signing import SigningKey

from channels.discord import limits
from tests.emulators.discord.api import Api
from tests.emulators.discord.gateway import Gateway
from tests.emulators.discord.world import DIRECT, Interaction, Json, Refused, World, public


class People:
    """`endpoint`: where interactions are brought to by HTTP, "" for the gateway. `failed`: those nobody answered in

    time or rightly. Persons are named; they come into being when they first do something."""

    def __init__(self, world: World, api: Api, gateway: Gateway) -> None:
        self.world, self.api, self.gateway = world, api, gateway
        self.endpoint = ""
        self.key = SigningKey(bytes(range(32)))
        self.failed: list[str] = []

    @property
    def public_key(self) -> str:
        return self.key.verify_key.encode().hex()

    async def say(self, channel: str, person: str, text: str, *, twice: bool = False, **more: Any) -> str:
        """A message; its id. `more`: any field of the message."""
        author = self.world.users[self.world.person(person)]
        named = text.replace("@Caravan", f"<@{self.world.me}>") if "@Caravan" in text else text
        message = self.world.add(channel, author, {"content": named}, **more)
        await self.gateway.dispatch("MESSAGE_CREATE", self._with_member(message, channel), twice=twice)
        return str(message["id"])

    async def reply(self, channel: str, person: str, message: str, text: str) -> str:
        """A message that answers another one."""
        reference = {"message_id": message, "channel_id": channel, "type": 0}
        return await self.say(channel, person, text, type=19, message_reference=reference)

    async def share(self, channel: str, person: str, text: str, name: str, mime: str, data: bytes) -> str:
        """A message with a file."""
        return await self.say(channel, person, text, attachments=[self.world.attach(name, mime, data)])

    async def edit(self, channel: str, message: str, text: str) -> None:
        found = self.world.message(channel, message)
        found |= {"content": text, "edited_timestamp": datetime.fromtimestamp(self.world.now(), UTC).isoformat()}
        await self.gateway.dispatch("MESSAGE_UPDATE", self._with_member(found, channel))

    async def delete(self, channel: str, message: str) -> None:
        self.world.messages[channel].pop(message, None)
        await self.gateway.dispatch("MESSAGE_DELETE", {"id": message, "channel_id": channel})

    async def react(self, channel: str, person: str, message: str, emoji: str, *, taken: bool = False) -> None:
        user = self.world.person(person)
        event = self.api.reaction(self.world.message(channel, message), user, emoji)
        if not taken and self.world.channels[channel]["type"] != DIRECT:
            event["member"] = self._member(user)
        await self.gateway.dispatch(f"MESSAGE_REACTION_{'REMOVE' if taken else 'ADD'}", event)

    async def leave(self, person: str) -> None:
        """Somebody leaves the server."""
        user = self.world.users[self.world.person(person)]
        await self.gateway.dispatch("GUILD_MEMBER_REMOVE", {"guild_id": self.world.guild, "user": user})

    async def command(self, channel: str, person: str, name: str, /, **options: Any) -> Interaction:
        """A slash command that is offered, with options of the types it asks for."""
        data = self._command(name, options)
        return await self._interact(2, channel, person, data)

    async def type_option(self, channel: str, person: str, name: str, option: str, start: str) -> list[Json]:
        """What is offered while somebody types an option."""
        data = self._command(name, {option: start})
        data["options"][0]["focused"] = True
        asked = await self._interact(4, channel, person, data)
        return list((asked.answer.get("data") or {}).get("choices", []))

    async def press(self, channel: str, person: str, message: str, label: str) -> Interaction:
        """A button, or a choice of a menu, by its label."""
        found = self.world.message(channel, message)
        if found.get("only_for") not in (None, self.world.person(person)):
            raise AssertionError("nobody else sees that message")
        for one in (c for row in found["components"] for c in row["components"]):
            if one["type"] == 2 and one["label"] == label and "custom_id" in one:
                data = {"component_type": 2, "custom_id": one["custom_id"], "id": 1}
                return await self._interact(3, channel, person, data, found)
            values = [o["value"] for o in one.get("options", ()) if o["label"] == label]
            if values:
                data = {"component_type": 3, "custom_id": one["custom_id"], "values": values, "id": 1}
                return await self._interact(3, channel, person, data, found)
        raise AssertionError(f"there is no {label!r} under that message")

    async def fill_in(self, channel: str, person: str, message: str, **values: str) -> Interaction:
        """The form that was opened for somebody, filled in and sent."""
        modal = self.api.modals.pop(self.world.person(person))
        components = []
        for label in modal["components"]:
            one, value = label["component"], values.get(label["component"]["custom_id"], "")
            told = {"values": [value] if value else []} if one["type"] == 3 else {"value": value}
            components.append(
                {
                    "type": 18,
                    "id": 1,
                    "component": {"type": one["type"], "id": 2, "custom_id": one["custom_id"], **told},
                }
            )
        data = {"custom_id": modal["custom_id"], "components": components}
        return await self._interact(5, channel, person, data, self.world.message(channel, message))

    def seen(self, channel: str, person: str) -> Sequence[Json]:
        """What a person sees there, oldest first."""
        user = self.world.person(person)
        return [m for m in self.world.messages[channel].values() if m.get("only_for") in (None, user)]

    def direct(self, person: str) -> str:
        """The channel of the direct conversation of a person with the bot."""
        return self.world.direct(self.world.person(person))

    def signed(self, body: bytes, at: int | None = None) -> dict[str, str]:
        """The headers of a request as Discord signs it."""
        stamp = str(int(self.world.now()) if at is None else at)
        signature = self.key.sign(stamp.encode() + body).signature.hex()
        return {"X-Signature-Ed25519": signature, "X-Signature-Timestamp": stamp, "Content-Type": "application/json",
                "User-Agent": "Discord-Interactions/1.0 (+https://discord.com)"}  # fmt: skip

    def interaction(
        self, kind: int, channel: str, person: str, data: Json, message: Json | None = None
    ) -> tuple[Interaction, Json]:
        """A new interaction and what the bot is told of it."""
        world, user = self.world, self.world.person(person)
        made = Interaction(id=world.new_id(), token="", user=user, channel=channel, made=world.now())
        made.token, made.message = f"token-{made.id}", message["id"] if message else ""
        world.interactions[made.token] = made
        about = world.channels[channel]
        direct = about["type"] == DIRECT
        told: Json = {
            "id": made.id, "application_id": world.application, "type": kind, "token": made.token, "version": 1,
            "channel_id": channel, "channel": {**about, "permissions": "0"}, "locale": "en-US", "entitlements": [],
            "authorizing_integration_owners": {}, "attachment_size_limit": limits.FILE_LIMITS[0], "data": data,
            "app_permissions": "0", "context": 1 if direct else 0,
        }  # fmt: skip
        told |= {"user": world.users[user]} if direct else {
            "guild_id": about["guild_id"], "guild_locale": "en-US",
            "member": {**self._member(user), "permissions": "0"},
            "guild": {"id": about["guild_id"], "features": [], "locale": "en-US"},
        }  # fmt: skip
        return made, {**told, **({"message": public(message)} if message else {})}

    async def _interact(
        self, kind: int, channel: str, person: str, data: Json, message: Json | None = None
    ) -> Interaction:
        made, told = self.interaction(kind, channel, person, data, message)
        await (self._by_http(made, told) if self.endpoint else self._by_gateway(made, told))
        return made

    async def _by_http(self, made: Interaction, told: Json) -> None:
        body = json.dumps(told).encode()
        try:
            async with (
                aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=self.world.answer_within)) as session,
                session.post(self.endpoint, data=body, headers=self.signed(body)) as answer,
            ):
                if answer.status != 200 or answer.content_type != "application/json":
                    raise Refused(answer.status, 0, "no answer to the interaction")
                self.api.respond(made, await answer.json())
        except (aiohttp.ClientError, TimeoutError, Refused) as why:
            made.state = "failed"
            self.failed.append(f"{told['type']} {told['data'].get('name', '')}: {why}")

    async def _by_gateway(self, made: Interaction, told: Json) -> None:
        await self.gateway.dispatch("INTERACTION_CREATE", told)
        try:
            async with asyncio.timeout(self.world.answer_within):
                await self.api.answered[made.id].wait()
        except TimeoutError:
            made.state = "failed"
            self.failed.append(f"{told['type']} {told['data'].get('name', '')}: nobody answered")

    def _command(self, name: str, options: Json) -> Json:
        found = next((c for c in self.world.commands if c["name"] == name), None)
        if found is None:
            raise AssertionError(f"/{name} is not offered")
        kinds = {o["name"]: o["type"] for o in found.get("options", ())}
        given = [{"name": k, "type": kinds[k], "value": v} for k, v in options.items()]
        return {"id": found["id"], "name": name, "type": 1, "options": given}

    def _member(self, user: str) -> Json:
        return {"user": self.world.users[user], "roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "deaf": False,
                "mute": False, "flags": 0, "nick": None}  # fmt: skip

    def _with_member(self, message: Json, channel: str) -> Json:
        if self.world.channels[channel]["type"] == DIRECT:
            return message
        return {**message, "member": {k: v for k, v in self._member(message["author"]["id"]).items() if k != "user"}}
