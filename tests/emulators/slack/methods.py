"""The Web API's methods: what each answers and changes."""

import json
import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from channels.slack.limits import BLOCKS, STREAM_LASTS
from tests.emulators.slack.strictness import check_blocks
from tests.emulators.slack.world import Channel, Message, Refused, SharedFile, Workspace, World

Args = Mapping[str, Any]
Told = Callable[[Workspace, Channel, Message, str], Awaitable[None]]


class Methods:
    """One method for each of Slack's, with dots as underscores. `told(ws, channel, message, what)`: news for apps."""

    def __init__(self, world: World, told: Told) -> None:
        self._world, self._told = world, told
        self.url = ""
        self.views: list[dict[str, Any]] = []
        self.codes: dict[str, Workspace] = {}
        self.client = ("", "")

    async def auth_test(self, ws: Workspace, args: Args) -> dict[str, Any]:
        told = {"team": ws.name, "team_id": ws.id, "user": "caravan", "user_id": ws.bot_user, "bot_id": ws.bot_id}
        return {"url": f"{self.url}/", **told, "is_enterprise_install": False}

    async def chat_postMessage(self, ws: Workspace, args: Args) -> dict[str, Any]:  # noqa: N802
        channel = self._speakable(ws, args)
        said = self._message(ws, channel, args)
        channel.messages[said.ts] = said
        await self._told(ws, channel, said, "message")
        return {"channel": channel.id, "ts": said.ts, "message": self.shown(ws, said)}

    async def chat_postEphemeral(self, ws: Workspace, args: Args) -> dict[str, Any]:  # noqa: N802
        channel = self._speakable(ws, args)
        if args["user"] not in ws.users:
            raise Refused("user_not_found")
        if args["user"] not in channel.members:
            raise Refused("user_not_in_channel")
        said = self._message(ws, channel, args)
        said.alone = str(args["user"])
        channel.messages[said.ts] = said
        return {"message_ts": said.ts}

    async def chat_update(self, ws: Workspace, args: Args) -> dict[str, Any]:
        channel, said = self._own(ws, args, "cant_update_message")
        if said.streaming > self._world.now():
            raise Refused("streaming_state_conflict")
        if "blocks" in args:
            said.blocks = list(args["blocks"])
        said.text, said.edited = str(args.get("text", said.text)), self._world.ts()
        said.metadata, said.markdown = args.get("metadata", said.metadata), False
        await self._told(ws, channel, said, "message_changed")
        return {"channel": channel.id, "ts": said.ts, "text": said.text, "message": self.shown(ws, said)}

    async def chat_delete(self, ws: Workspace, args: Args) -> dict[str, Any]:
        channel, said = self._own(ws, args, "cant_delete_message")
        if said.streaming > self._world.now():
            raise Refused("cant_delete_message")
        said.deleted = True
        await self._told(ws, channel, said, "message_deleted")
        return {"channel": channel.id, "ts": said.ts}

    async def chat_startStream(self, ws: Workspace, args: Args) -> dict[str, Any]:  # noqa: N802
        channel = self._speakable(ws, args)
        for needed in ("recipient_team_id", "recipient_user_id"):
            if not channel.direct and not args.get(needed):
                raise Refused(f"missing_{needed}")
        said = self._message(ws, channel, {**args, "text": args.get("markdown_text", "")})
        said.streaming, said.markdown = self._world.now() + STREAM_LASTS, True
        channel.messages[said.ts] = said
        await self._told(ws, channel, said, "message")
        return {"channel": channel.id, "ts": said.ts}

    async def chat_appendStream(self, ws: Workspace, args: Args) -> dict[str, Any]:  # noqa: N802
        channel, said = self._streaming(ws, args)
        said.text += str(args.get("markdown_text", ""))
        return {"channel": channel.id, "ts": said.ts}

    async def chat_stopStream(self, ws: Workspace, args: Args) -> dict[str, Any]:  # noqa: N802
        channel, said = self._streaming(ws, args)
        said.text += str(args.get("markdown_text", ""))
        said.blocks, said.metadata = list(args.get("blocks") or said.blocks), args.get("metadata", said.metadata)
        said.streaming = 0.0
        await self._told(ws, channel, said, "message_changed")
        return {"channel": channel.id, "ts": said.ts, "message": self.shown(ws, said)}

    async def conversations_history(self, ws: Workspace, args: Args) -> dict[str, Any]:
        channel = self._channel(ws, args)
        found = [m for m in channel.messages.values() if not m.thread_ts or m.thread_ts == m.ts or m.broadcast]
        return self._page(ws, found[::-1], args)

    async def conversations_replies(self, ws: Workspace, args: Args) -> dict[str, Any]:
        channel = self._channel(ws, args)
        found = [m for m in channel.messages.values() if args["ts"] in (m.ts, m.thread_ts)]
        if not found:
            raise Refused("thread_not_found")
        return self._page(ws, found, args)

    async def conversations_info(self, ws: Workspace, args: Args) -> dict[str, Any]:
        channel = self._channel(ws, args)
        about = {"id": channel.id, "name": channel.name, "is_im": channel.direct, "is_archived": channel.archived}
        return {"channel": {**about, "is_member": ws.bot_user in channel.members}}

    async def users_info(self, ws: Workspace, args: Args) -> dict[str, Any]:
        name = ws.users.get(str(args["user"]))
        if name is None:
            raise Refused("user_not_found")
        profile = {"display_name": name, "real_name": f"{name} of {ws.name}"}
        bot = args["user"] == ws.bot_user
        return {"user": {"id": args["user"], "team_id": ws.id, "name": name.lower(), "is_bot": bot, "profile": profile}}

    async def reactions_add(self, ws: Workspace, args: Args) -> dict[str, Any]:
        given = self._reactions(ws, args)
        if ws.bot_user in given.setdefault(str(args["name"]), []):
            raise Refused("already_reacted")
        given[str(args["name"])].append(ws.bot_user)
        return {}

    async def reactions_remove(self, ws: Workspace, args: Args) -> dict[str, Any]:
        given = self._reactions(ws, args)
        if ws.bot_user not in given.get(str(args["name"]), ()):
            raise Refused("no_reaction")
        given[str(args["name"])].remove(ws.bot_user)
        return {}

    def _reactions(self, ws: Workspace, args: Args) -> dict[str, list[str]]:
        found = self._channel(ws, args).messages.get(str(args["timestamp"]))
        if found is None or found.deleted:
            raise Refused("message_not_found")
        return found.reactions

    async def views_open(self, ws: Workspace, args: Args) -> dict[str, Any]:
        user = self._world.use_trigger(str(args.get("trigger_id", "")))
        view = {**args["view"], "id": self._world.id("V"), "user": user, "team": ws.id}
        self.views.append(view)
        return {"view": {k: v for k, v in view.items() if k not in ("user", "team")}}

    async def files_getUploadURLExternal(self, ws: Workspace, args: Args) -> dict[str, Any]:  # noqa: N802
        if int(args["length"]) <= 0:
            raise Refused("invalid_arguments")
        made = SharedFile(
            id=self._world.id("F"), name=str(args["filename"]), mime="application/octet-stream",
            size=int(args["length"]),
        )  # fmt: skip
        ws.files[made.id] = made
        return {"upload_url": f"{self.url}/upload/{ws.id}/{made.id}", "file_id": made.id}

    async def files_completeUploadExternal(self, ws: Workspace, args: Args) -> dict[str, Any]:  # noqa: N802
        given = json.loads(args["files"]) if isinstance(args["files"], str) else args["files"]
        files = [ws.files.get(str(f["id"])) for f in given]
        if not files or any(f is None or not f.ready for f in files):
            raise Refused("file_not_found")
        if "channel_id" in args:
            channel = self._speakable(ws, {**args, "channel": args["channel_id"]})
            said = self._message(ws, channel, {"text": args.get("initial_comment", ""), **_thread(args)})
            said.files = [f.id for f in files if f]
            for f in files:
                if f:
                    f.shares[channel.id] = said.ts
            channel.messages[said.ts] = said
            await self._told(ws, channel, said, "message")
        return {"files": [{"id": f.id, "title": f.name} for f in files if f]}

    async def files_info(self, ws: Workspace, args: Args) -> dict[str, Any]:
        found = ws.files.get(str(args["file"]))
        if found is None:
            raise Refused("file_not_found")
        return {"file": found.told(self.url)}

    async def oauth_v2_access(self, args: Args) -> dict[str, Any]:
        """The one method that needs no token."""
        if (args["client_id"], args["client_secret"]) != self.client:
            raise Refused("bad_client_secret")
        ws = self.codes.pop(str(args.get("code", "")), None)
        if ws is None:
            raise Refused("invalid_code")
        team = {"id": ws.id, "name": ws.name}
        return {"access_token": ws.token, "token_type": "bot", "bot_user_id": ws.bot_user, "team": team, "app_id": "A1"}

    def shown(self, ws: Workspace, said: Message) -> dict[str, Any]:
        """A message as it stands in answers and events."""
        told: dict[str, Any] = {"type": "message", "ts": said.ts, "text": said.text, "user": said.user}
        if said.bot:
            told |= {"bot_id": ws.bot_id, "app_id": "A1", "bot_profile": {"id": ws.bot_id, "name": "Caravan"}}
        if said.username:
            told |= {"username": said.username, "subtype": "bot_message", "icons": {"emoji": said.icon}}
        if said.thread_ts:
            told["thread_ts"] = said.thread_ts
        if said.blocks:
            told["blocks"] = said.blocks
        if said.files:
            told["files"] = [ws.files[f].told(self.url) for f in said.files]
        if said.edited:
            told["edited"] = {"user": said.user, "ts": said.edited}
        return told

    def _message(self, ws: Workspace, channel: Channel, args: Args) -> Message:
        thread = str(args.get("thread_ts") or "")
        if thread and (thread not in channel.messages or channel.messages[thread].alone):
            raise Refused("thread_not_found" if args.get("markdown_text") else "cannot_reply_to_message")
        if (args.get("username") or args.get("icon_emoji")) and "chat:write.customize" not in ws.scopes:
            raise Refused("missing_scope", needed="chat:write.customize", provided=",".join(sorted(ws.scopes)))
        return Message(
            ts=self._world.ts(), user=ws.bot_user, text=str(args.get("text") or ""), bot=True, thread_ts=thread,
            blocks=list(args.get("blocks") or ()), username=str(args.get("username") or ""),
            icon=str(args.get("icon_emoji") or ""), metadata=args.get("metadata"),
        )  # fmt: skip

    def _channel(self, ws: Workspace, args: Args) -> Channel:
        found = ws.channels.get(str(args.get("channel") or ""))
        if found is None:
            raise Refused("channel_not_found")
        return found

    def _speakable(self, ws: Workspace, args: Args) -> Channel:
        channel = self._channel(ws, args)
        if channel.archived:
            raise Refused("is_archived")
        if ws.bot_user not in channel.members:
            raise Refused("not_in_channel")
        return channel

    def _own(self, ws: Workspace, args: Args, not_ours: str) -> tuple[Channel, Message]:
        channel = self._channel(ws, args)
        said = channel.messages.get(str(args["ts"]))
        if said is None or said.deleted or said.alone:
            raise Refused("message_not_found")
        if not said.bot:
            raise Refused(not_ours)
        return channel, said

    def _streaming(self, ws: Workspace, args: Args) -> tuple[Channel, Message]:
        channel, said = self._own(ws, args, "message_not_owned_by_app")
        if said.streaming <= self._world.now():
            raise Refused("message_not_in_streaming_state")
        return channel, said

    def _page(self, ws: Workspace, found: list[Message], args: Args) -> dict[str, Any]:
        oldest, latest = float(args.get("oldest") or 0), float(args.get("latest") or "inf")
        kept = [m for m in found if oldest <= float(m.ts) <= latest and not m.deleted and not m.alone]
        limit = int(args.get("limit") or 100)
        messages = [self.shown(ws, m) | self._meta(m, args) for m in kept[:limit]]
        return {"messages": messages, "has_more": len(kept) > limit}

    @staticmethod
    def _meta(said: Message, args: Args) -> dict[str, Any]:
        asked = str(args.get("include_all_metadata")).lower() in ("1", "true")
        return {"metadata": said.metadata} if asked and said.metadata else {}


def _thread(args: Args) -> dict[str, Any]:
    return {"thread_ts": args["thread_ts"]} if args.get("thread_ts") else {}


def respond(ws: Workspace, channel: Channel, user: str, about: str, body: Mapping[str, Any], world: World) -> None:
    """A message to a response_url: new, in the place of the one that was pressed, or taking that one away."""
    check_blocks(list(body.get("blocks") or ()), BLOCKS)
    pressed = channel.messages.get(about)
    if body.get("delete_original") and pressed:
        pressed.deleted = True
        return
    if body.get("replace_original") and pressed:
        pressed.text, pressed.blocks = str(body.get("text", "")), list(body.get("blocks") or ())
        return
    said = Message(ts=world.ts(), user=ws.bot_user, text=str(body.get("text", "")), bot=True)
    said.blocks = list(body.get("blocks") or ())
    said.alone = "" if body.get("response_type") == "in_channel" else user
    channel.messages[said.ts] = said


def code() -> str:
    """What a person brings back from the install page."""
    return secrets.token_hex(12)
