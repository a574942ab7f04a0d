"""The HTTP API: every request is authorised, counted against its bucket, checked, and answered as the real one does."""

import asyncio
import re
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from channels.discord import limits
from tests.emulators.discord import strictness
from tests.emulators.discord.door import Call, Door, Handler
from tests.emulators.discord.world import THREAD, Interaction, Json, Refused, World, public

Told = Callable[[str, Json], None]


class Api(Door):
    """`tell` hears what happened, for the gateway."""

    def __init__(self, world: World, tell: Told) -> None:
        super().__init__(world)
        self.tell = tell
        self.gateway_url = ""
        self.modals: dict[str, Json] = {}
        self.answered: dict[str, asyncio.Event] = defaultdict(asyncio.Event)

    def routes(self) -> list[web.RouteDef]:
        """All of it, under /api/v10, and the files."""
        found: dict[str, Handler] = {
            "GET /users/@me": self._me, "GET /oauth2/applications/@me": self._application,
            "GET /gateway": self._gateway,
            "GET /channels/{channel_id}": self._channel, "GET /channels/{channel_id}/messages": self._history,
            "POST /channels/{channel_id}/messages": self._create,
            "GET /channels/{channel_id}/messages/{message_id}": self._read,
            "PATCH /channels/{channel_id}/messages/{message_id}": self._edit,
            "DELETE /channels/{channel_id}/messages/{message_id}": self._delete,
            "POST /channels/{channel_id}/typing": self._typing,
            "PUT /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me": self._react,
            "DELETE /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me": self._unreact,
            "GET /channels/{channel_id}/webhooks": self._webhooks, "POST /channels/{channel_id}/webhooks": self._hook,
            "POST /webhooks/{webhook_id}/{webhook_token}": self._execute,
            "GET /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}": self._hook_read,
            "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}": self._hook_edit,
            "DELETE /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}": self._hook_delete,
            "POST /users/@me/channels": self._direct,
            "GET /applications/{application_id}/commands": self._commands,
            "PUT /applications/{application_id}/commands": self._overwrite,
            "POST /interactions/{interaction_id}/{interaction_token}/callback": self._callback,
        }  # fmt: skip
        made = []
        for name, handler in found.items():
            method, path = name.split(" ")
            made.append(web.route(method, f"/api/v10{path}", self.open(name, handler)))
        return [*made, web.get("/cdn/{id}/{name}", self._file)]

    async def _me(self, call: Call) -> Json:
        return {**self.world.users[self.world.me], "flags": 0, "verified": True, "mfa_enabled": False, "email": None,
                "locale": "en-US"}  # fmt: skip

    async def _application(self, call: Call) -> Json:
        return {
            "id": self.world.application, "name": "Caravan", "icon": None, "description": "", "bot_public": True,
            "bot_require_code_grant": False, "verify_key": "0" * 64, "flags": 0, "team": None, "rpc_origins": [],
            "owner": self.world.users[self.world.owner], "type": None, "flags_new": "0", "redirect_uris": [],
            "interactions_endpoint_url": None, "role_connections_verification_url": None, "approximate_guild_count": 1,
            "approximate_user_install_count": 0, "approximate_user_authorization_count": 0,
            "explicit_content_filter": 0, "eligible_oauth2_scopes": [],
        }  # fmt: skip

    async def _gateway(self, call: Call) -> Json:
        return {"url": self.gateway_url}

    async def _channel(self, call: Call) -> Json:
        found = self.world.channel(call.ids["channel_id"])
        self.world.allowed(str(found["id"]), "VIEW_CHANNEL")
        return found

    async def _history(self, call: Call) -> list[Json]:
        channel = call.ids["channel_id"]
        self.world.channel(channel)
        self.world.allowed(channel, "READ_MESSAGE_HISTORY")
        most, after = int(call.query.get("limit", "50")), int(call.query.get("after", "0"))
        if not 1 <= most <= limits.HISTORY:
            raise strictness.invalid("limit")
        there = [public(m) for id, m in self.world.messages[channel].items() if int(id) > after and "only_for" not in m]
        kept = there[:most] if after else there[-most:]
        return [{k: v for k, v in m.items() if k not in ("nonce", "guild_id", "member")} for m in reversed(kept)]

    async def _read(self, call: Call) -> Json:
        return public(self.world.message(call.ids["channel_id"], call.ids["message_id"]))

    async def _create(self, call: Call) -> Json:
        world, channel, body = self.world, call.ids["channel_id"], call.body or {}
        world.channel(channel)
        world.allowed(
            channel, "SEND_MESSAGES_IN_THREADS" if world.channels[channel]["type"] == THREAD else "SEND_MESSAGES"
        )
        strictness.check_message(body, len(call.files))
        nonce = body.get("nonce")
        if nonce is not None and body.get("enforce_nonce"):
            at, id = world.nonces.get((channel, str(nonce)), (0.0, ""))
            if world.now() - at < limits.NONCE_LASTS and id in world.messages[channel]:
                return public(world.messages[channel][id])
        reply = self._reply(channel, body)
        message = world.add(channel, world.users[world.me], body, **reply)
        message["attachments"] = self._attached(channel, call)
        if nonce is not None:
            message["nonce"] = nonce
            world.nonces[(channel, str(nonce))] = (world.now(), message["id"])
        self._announce(message, body)
        return public(message)

    def _reply(self, channel: str, body: Json) -> Json:
        reference = body.get("message_reference")
        if not reference:
            return {}
        if str(reference["message_id"]) not in self.world.messages[channel]:
            if reference.get("fail_if_not_exists", True):
                raise strictness.invalid("message_reference: Unknown message")
            return {}
        return {
            "type": 19,
            "message_reference": {"message_id": str(reference["message_id"]), "channel_id": channel, "type": 0},
        }

    def _attached(self, channel: str, call: Call) -> list[Json]:
        if call.files:
            self.world.allowed(channel, "ATTACH_FILES")
        tier = self.world.guilds.get(self.world.channels[channel].get("guild_id", ""), {}).get("premium_tier", 0)
        if any(len(f["data"]) > limits.FILE_LIMITS[tier] for f in call.files):
            raise Refused(413, 40005, "Request entity too large")
        return [self.world.attach(f["name"], f["mime"], f["data"]) for f in call.files]

    def _announce(self, message: Json, body: Json) -> None:
        """Who is told of a message, and who is pinged by it."""
        allowed = body.get("allowed_mentions")
        parse = (allowed or {}).get("parse", ["everyone", "users", "roles"] if allowed is None else [])
        if "everyone" in parse and re.search(r"@(everyone|here)", message["content"]):
            self.world.pings.append((message["id"], "everyone"))
        named = [
            u["id"] for u in message["mentions"] if "users" in parse or u["id"] in ((allowed or {}).get("users") or [])
        ]
        self.world.pings += [(message["id"], id) for id in named]
        if "only_for" not in message:
            self.tell("MESSAGE_CREATE", message)

    async def _edit(self, call: Call) -> Json:
        message = self.world.message(call.ids["channel_id"], call.ids["message_id"])
        if message["author"]["id"] != self.world.me:
            raise Refused(403, 50005, "Cannot edit a message authored by another user")
        return self._edited(message, call)

    def _edited(self, message: Json, call: Call) -> Json:
        body = call.body or {}
        strictness.check_message({**message, "attachments": [], "nonce": None, **body}, len(call.files))
        message |= {k: body[k] for k in ("content", "embeds", "components") if body.get(k) is not None}
        message["mentions"] = self.world.mentions(message)
        if call.files:
            message["attachments"] = self._attached(message["channel_id"], call)
        if not message["flags"] & 128:
            message["edited_timestamp"] = datetime.fromtimestamp(self.world.now(), UTC).isoformat()
        message["flags"] &= ~128
        if "only_for" not in message:
            self.tell("MESSAGE_UPDATE", message)
        return public(message)

    async def _delete(self, call: Call) -> None:
        message = self.world.message(call.ids["channel_id"], call.ids["message_id"])
        if message["author"]["id"] != self.world.me:
            raise Refused(403, 50003, "Cannot execute action on this channel type")
        self.deleted(message)

    def deleted(self, message: Json) -> None:
        """Take a message away and tell of it."""
        self.world.messages[message["channel_id"]].pop(message["id"], None)
        if "only_for" not in message:
            self.tell("MESSAGE_DELETE", {"id": message["id"], "channel_id": message["channel_id"]})

    async def _typing(self, call: Call) -> None:
        self.world.channel(call.ids["channel_id"])
        self.world.typed.append(call.ids["channel_id"])

    async def _react(self, call: Call) -> None:
        message, emoji = self._reacted(call)
        self.world.reactions.setdefault(message["id"], {}).setdefault(emoji, set()).add(self.world.me)
        self.tell("MESSAGE_REACTION_ADD", self.reaction(message, self.world.me, emoji))

    async def _unreact(self, call: Call) -> None:
        message, emoji = self._reacted(call)
        self.world.reactions.get(message["id"], {}).get(emoji, set()).discard(self.world.me)
        self.tell("MESSAGE_REACTION_REMOVE", self.reaction(message, self.world.me, emoji))

    def _reacted(self, call: Call) -> tuple[Json, str]:
        message = self.world.message(call.ids["channel_id"], call.ids["message_id"])
        self.world.allowed(call.ids["channel_id"], "ADD_REACTIONS")
        if call.ids["emoji_name"].isascii():
            raise Refused(400, 10014, "Unknown Emoji")
        return message, call.ids["emoji_name"]

    def reaction(self, message: Json, user: str, emoji: str) -> Json:
        """The event of a reaction."""
        return {
            "user_id": user, "channel_id": message["channel_id"], "message_id": message["id"], "burst": False,
            "emoji": {"id": None, "name": emoji}, "type": 0, "message_author_id": message["author"]["id"],
        }  # fmt: skip

    async def _webhooks(self, call: Call) -> list[Json]:
        self.world.allowed(call.ids["channel_id"], "MANAGE_WEBHOOKS")
        return [h for h in self.world.webhooks.values() if h["channel_id"] == call.ids["channel_id"]]

    async def _hook(self, call: Call) -> Json:
        there = await self._webhooks(call)
        strictness.check_voice({"username": call.body["name"]})
        if self.world.channel(call.ids["channel_id"])["type"] == THREAD:
            raise Refused(400, 50024, "Cannot execute action on this channel type")
        if len(there) >= limits.WEBHOOKS:
            raise Refused(400, 30007, "Maximum number of webhooks reached (15)")
        id = self.world.new_id()
        hook = {"id": id, "type": 1, "channel_id": call.ids["channel_id"], "name": call.body["name"], "avatar": None,
                "token": f"hook-{id}", "application_id": self.world.application}  # fmt: skip
        self.world.webhooks[id] = hook
        return hook

    async def _execute(self, call: Call) -> Json | None:
        strictness.check_message(call.body or {}, len(call.files), webhook=True)
        if call.ids["webhook_id"] == self.world.application:
            return await self._follow_up(call)
        hook = self.world.webhook(call.ids["webhook_id"], call.ids["webhook_token"])
        strictness.check_voice(call.body)
        channel = call.query.get("thread_id") or str(hook["channel_id"])
        if (self.world.channel(channel).get("parent_id") or channel) != hook["channel_id"]:
            raise Refused(400, 10003, "Unknown Channel")
        name = call.body.get("username") or hook["name"]
        author = {
            "id": hook["id"],
            "username": name,
            "discriminator": "0000",
            "avatar": None,
            "global_name": None,
            "bot": True,
        }
        message = self.world.add(
            channel, author, call.body, webhook_id=hook["id"], application_id=self.world.application
        )
        message["attachments"] = self._attached(channel, call)
        message["avatar_url"] = call.body.get("avatar_url")
        self._announce(message, call.body)
        return public(message) if call.query.get("wait") == "true" else None

    async def _follow_up(self, call: Call) -> Json:
        asked = self.world.interaction(call.ids["webhook_token"], limits.TOKEN_LASTS)
        if asked.state == "new":
            raise Refused(404, 10015, "Unknown Webhook")
        if asked.state == "thinking":  # the first one ends the wait, and is for those who saw it
            return self._completed(asked, call)
        alone = bool((call.body or {}).get("flags", 0) & 64)
        return self._told(asked, call, alone)

    def _completed(self, asked: Interaction, call: Call) -> Json:
        asked.state = "answered"
        message = self.world.message(asked.channel, asked.original)
        return self._edited(message, call)

    def _told(self, asked: Interaction, call: Call, alone: bool, **more: Any) -> Json:
        world = self.world
        only = {"only_for": asked.user} if alone else {}
        message = world.add(asked.channel, world.users[world.me], call.body or {}, application_id=world.application,
                            webhook_id=world.application, **only, **more)  # fmt: skip
        message["flags"] |= 64 if alone else 0
        message["attachments"] = self._attached(asked.channel, call)
        self._announce(message, call.body or {})
        return public(message)

    def _of_hook(self, call: Call) -> Json:
        """The message of a webhook or of an interaction."""
        ids = call.ids
        if ids["webhook_id"] == self.world.application:
            asked = self.world.interaction(ids["webhook_token"], limits.TOKEN_LASTS)
            id = asked.original if ids["message_id"] == "@original" else ids["message_id"]
            return self.world.message(asked.channel, id)
        hook = self.world.webhook(ids["webhook_id"], ids["webhook_token"])
        message = self.world.message(call.query.get("thread_id") or str(hook["channel_id"]), ids["message_id"])
        if message.get("webhook_id") != hook["id"]:
            raise Refused(404, 10008, "Unknown Message")
        return message

    async def _hook_read(self, call: Call) -> Json:
        return public(self._of_hook(call))

    async def _hook_edit(self, call: Call) -> Json:
        message = self._of_hook(call)
        self._answered(call)
        return self._edited(message, call)

    async def _hook_delete(self, call: Call) -> None:
        message = self._of_hook(call)
        self._answered(call)
        self.deleted(message)

    def _answered(self, call: Call) -> None:
        """What is done with the first answer of an interaction ends its wait."""
        if call.ids["message_id"] == "@original":
            self.world.interactions[call.ids["webhook_token"]].state = "answered"

    async def _direct(self, call: Call) -> Json:
        if call.body["recipient_id"] not in self.world.users:
            raise strictness.invalid("recipient_id")
        return self.world.channels[self.world.direct(call.body["recipient_id"])]

    async def _commands(self, call: Call) -> list[Json]:
        return self.world.commands

    async def _overwrite(self, call: Call) -> list[Json]:
        strictness.check_commands(call.body)
        self.world.overwrites += 1
        defaults: Json = {"application_id": self.world.application, "version": "1", "default_member_permissions": None,
                          "dm_permission": True, "nsfw": False, "type": 1}  # fmt: skip
        bare = [{k: v for k, v in c.items() if k != "options" or v} for c in call.body]
        self.world.commands = [{"id": self.world.new_id(), **defaults, **c} for c in bare]
        return self.world.commands

    async def _callback(self, call: Call) -> None:
        asked = self.world.interactions.get(call.ids["interaction_token"])
        if (
            asked is None
            or asked.id != call.ids["interaction_id"]
            or self.world.now() - asked.made > self.world.answer_within
        ):
            raise Refused(404, 10062, "Unknown interaction")
        self.respond(asked, call.body)

    def respond(self, asked: Interaction, answer: Json) -> None:
        """The first answer to an interaction, by whichever door."""
        if asked.state != "new":
            raise Refused(400, 40060, "Interaction has already been acknowledged.")
        data, kind = answer.get("data") or {}, answer["type"]
        asked.answer, asked.alone = answer, bool(data.get("flags", 0) & 64)
        if kind in (4, 5):
            if kind == 4:
                strictness.check_message(data, 0)
            asked.state = "answered" if kind == 4 else "new"
            call = Call(ids={}, query={}, body={"content": data.get("content", ""), "flags": 0 if kind == 4 else 128})
            asked.original = self._told(asked, call, asked.alone)["id"]
            asked.state = "answered" if kind == 4 else "thinking"
        elif kind == 9:
            strictness.check_modal(data)
            asked.state, self.modals[asked.user] = "answered", data
        elif kind in (6, 8):
            asked.state = "updating" if kind == 6 else "answered"
        else:
            raise strictness.invalid("type of the answer")
        self.answered[asked.id].set()

    async def _file(self, request: web.Request) -> web.Response:
        found = self.world.files.get(request.match_info["id"])
        return web.Response(body=found) if found is not None else web.Response(status=404)
