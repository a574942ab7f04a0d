"""The side door: what people do in the emulated Slack, and what they see. Also over HTTP, for stories and for hands."""

import re
from typing import Any

from tests.emulators.slack.deliveries import Deliveries
from tests.emulators.slack.methods import Methods
from tests.emulators.slack.strictness import event_errors
from tests.emulators.slack.world import Channel, Message, SharedFile, Workspace, World

# Slack writes emoji that people type by their names.
_TYPED = {"👋🏽": ":wave::skin-tone-4:", "👍": ":+1:", "😀": ":grinning:"}
_NAMES = {"👍": "+1", "👎": "-1", "❤️": "heart", "🎉": "tada"}
# Not message_changed and message_deleted: the types want fields in the message inside that Slack leaves out there.
_SCHEMAS = {
    "message": "GenericMessageEvent",
    "file_share": "FileShareMessageEvent", "app_mention": "AppMentionEvent", "reaction_added": "ReactionAddedEvent",
    "member_joined_channel": "MemberJoinedChannelEvent", "member_left_channel": "MemberLeftChannelEvent",
}  # fmt: skip


class People:
    """Acts as people. News goes to the app as Slack would bring it; what the app does itself comes back too."""

    def __init__(self, world: World, methods: Methods, deliveries: Deliveries) -> None:
        self._world, self._methods, self._deliveries = world, methods, deliveries
        self.wrong: list[str] = []

    async def say(
        self, ws: Workspace, channel: Channel, person: str, text: str, *, thread: str = "", broadcast: bool = False,
        files: tuple[tuple[str, str, bytes], ...] = (), twice: bool = False,
    ) -> str:  # fmt: skip
        """A message; its ts. A message that names the app comes as two events."""
        for shown, typed in _TYPED.items():
            text = text.replace(shown, typed)
        user = self._world.person(ws, person)
        said = Message(ts=self._world.ts(), user=user, text=text, thread_ts=thread, broadcast=broadcast)
        for name, mime, data in files:
            made = SharedFile(self._world.id("F"), name, mime, data, ready=True, size=len(data))
            ws.files[made.id] = made
            said.files.append(made.id)
        channel.messages[said.ts] = said
        await self.told(ws, channel, said, "message", twice=twice)
        return said.ts

    async def edit(self, ws: Workspace, channel: Channel, ts: str, text: str) -> None:
        said = channel.messages[ts]
        before = self._methods.shown(ws, said)
        said.text, said.edited = text, self._world.ts()
        await self.told(ws, channel, said, "message_changed", before=before)

    async def delete(self, ws: Workspace, channel: Channel, ts: str) -> None:
        channel.messages[ts].deleted = True
        await self.told(ws, channel, channel.messages[ts], "message_deleted")

    async def react(self, ws: Workspace, channel: Channel, person: str, ts: str, emoji: str) -> None:
        user, said, name = self._world.person(ws, person), channel.messages[ts], _NAMES.get(emoji, emoji.strip(":"))
        said.reactions.setdefault(name, []).append(user)
        item = {"type": "message", "channel": channel.id, "ts": ts}
        event = {"type": "reaction_added", "user": user, "reaction": name, "item_user": said.user, "item": item}
        await self.event(ws, {**event, "event_ts": self._world.ts()})

    async def command(self, ws: Workspace, channel: Channel, person: str, command: str, text: str = "") -> str:
        """A slash command; its trigger."""
        user = self._world.person(ws, person)
        trigger = self._world.trigger(user)
        payload = {
            "token": "t", "team_id": ws.id, "team_domain": "emulated", "channel_id": channel.id,
            "channel_name": channel.name, "user_id": user, "user_name": person.lower(), "command": command,
            "text": text, "api_app_id": "A1", "is_enterprise_install": "false",
            "response_url": self._answer_at(ws, channel, user, "none"), "trigger_id": trigger,
        }  # fmt: skip
        await self._deliveries.send("slash_commands", payload)
        return trigger

    async def press(self, ws: Workspace, channel: Channel, person: str, ts: str, label: str) -> int:
        """A button or an option of a menu by its label; how the app answered."""
        user, said = self._world.person(ws, person), channel.messages[ts]
        block, element, option = _control(said, label)
        action: dict[str, Any] = {"type": element["type"], "block_id": block, "action_id": element["action_id"]}
        action["action_ts"] = self._world.ts()
        if option is not None:
            action["selected_option"] = option
        elif "value" in element:
            action["value"] = element["value"]
        container = {"type": "message", "message_ts": ts, "channel_id": channel.id, "is_ephemeral": bool(said.alone)}
        if said.thread_ts:
            container["thread_ts"] = said.thread_ts
        payload = {
            "type": "block_actions", "user": self._user(ws, user), "api_app_id": "A1", "token": "t",
            "container": container, "trigger_id": self._world.trigger(user),
            "team": {"id": ws.id, "domain": "emulated"},
            "channel": {"id": channel.id, "name": channel.name}, "message": self._methods.shown(ws, said),
            "state": {"values": {}}, "response_url": self._answer_at(ws, channel, user, ts), "actions": [action],
        }  # fmt: skip
        return (await self._deliveries.send("interactive", payload)).answers[-1]

    async def submit(self, ws: Workspace, values: dict[str, Any]) -> None:
        """Fill in the form that was opened last and send it."""
        view = self._methods.views[-1]
        state: dict[str, Any] = {}
        for block in view["blocks"]:
            element, given = block["element"], values.get(block["block_id"])
            filled: dict[str, Any] = {"type": element["type"]}
            if element["type"] == "static_select":
                filled["selected_option"] = next((o for o in element["options"] if o["value"] == given), None)
            else:
                filled["selected_date" if element["type"] == "datepicker" else "value"] = given and str(given)
            state[block["block_id"]] = {element["action_id"]: filled}
        shown = {k: v for k, v in view.items() if k not in ("user", "team")}
        payload = {
            "type": "view_submission", "team": {"id": ws.id}, "user": self._user(ws, view["user"]),
            "view": {**shown, "state": {"values": state}},
        }  # fmt: skip
        await self._deliveries.send("interactive", payload)

    async def join(self, ws: Workspace, channel: Channel, person: str, inviter: str = "") -> None:
        user = ws.bot_user if person == "Caravan" else self._world.person(ws, person)
        channel.members.append(user)
        about = {
            "type": "member_joined_channel",
            "user": user,
            "channel": channel.id,
            "channel_type": "C",
            "team": ws.id,
        }
        by = {"inviter": self._world.person(ws, inviter)} if inviter else {}
        await self.event(ws, {**about, **by, "event_ts": self._world.ts()})

    async def leave(self, ws: Workspace, channel: Channel, person: str) -> None:
        if person == "Caravan":
            channel.members.remove(ws.bot_user)
            await self.event(ws, {"type": "channel_left", "channel": channel.id, "event_ts": self._world.ts()})
            return
        user = self._world.person(ws, person)
        channel.members.remove(user)
        about = {"type": "member_left_channel", "user": user, "channel": channel.id, "channel_type": "C", "team": ws.id}
        await self.event(ws, {**about, "event_ts": self._world.ts()})

    def seen(self, ws: Workspace, channel: Channel, person: str, thread: str = "") -> list[Message]:
        """The messages that a person sees in a channel or a thread, oldest first."""
        user = self._world.person(ws, person)
        there = (m for m in channel.messages.values() if not m.alone or m.alone == user)
        return [
            m for m in there if (m.thread_ts == thread or m.broadcast if thread else not m.thread_ts or m.broadcast)
        ]

    async def told(
        self, ws: Workspace, channel: Channel, said: Message, what: str, *, twice: bool = False,
        before: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        """The event, or two of them, of something that happened to a message."""
        now, at = self._methods.shown(ws, said), self._world.ts()
        about = {"channel": channel.id, "channel_type": channel.kind, "event_ts": at}
        if what == "message":
            kind = {"subtype": "file_share"} if said.files and not said.bot else {}
            kind |= {"subtype": "thread_broadcast"} if said.broadcast else {}
            if ws.bot_user in channel.members:
                await self.event(ws, {**now, **about, **kind, "event_ts": said.ts}, twice=twice)
            if f"<@{ws.bot_user}>" in said.text and not said.bot:
                mention = {k: v for k, v in {**now, **about}.items() if k != "channel_type"}
                await self.event(ws, {**mention, "type": "app_mention", "event_ts": said.ts})
        elif what == "message_changed":
            changed = {"message": now, "previous_message": before or now, "hidden": True, "ts": at}
            await self.event(ws, {"type": "message", "subtype": what, **changed, **about})
        else:
            gone = {"deleted_ts": said.ts, "previous_message": now, "hidden": True, "ts": at}
            await self.event(ws, {"type": "message", "subtype": what, **gone, **about})

    async def event(self, ws: Workspace, event: dict[str, Any], *, twice: bool = False) -> None:
        """An event in its envelope, held against the published types where they are at hand."""
        kind = str(event.get("subtype") or event["type"])
        if kind in _SCHEMAS and not event.get("bot_id") and not (event.get("message") or {}).get("bot_id"):
            self.wrong += [f"{kind}: {w}" for w in event_errors(_SCHEMAS[kind], event)]
        payload = {
            "token": "t", "team_id": ws.id, "api_app_id": "A1", "event": event, "type": "event_callback",
            "event_id": self._world.id("Ev"), "event_time": int(self._world.now()),
            "authorizations": [{"team_id": ws.id, "user_id": ws.bot_user, "is_bot": True}],
        }  # fmt: skip
        await self._deliveries.send("events_api", payload, again=twice)

    def _user(self, ws: Workspace, user: str) -> dict[str, str]:
        return {"id": user, "username": ws.users[user].lower(), "name": ws.users[user].lower(), "team_id": ws.id}

    def _answer_at(self, ws: Workspace, channel: Channel, user: str, ts: str) -> str:
        return f"{self._methods.url}/response/{ws.id}/{channel.id}/{user}/{ts}/{self._world.id('R')}"


def _control(said: Message, label: str) -> tuple[str, dict[str, Any], dict[str, Any] | None]:
    for block in said.blocks:
        for element in block.get("elements", ()) if block["type"] == "actions" else ():
            if element["type"] == "button" and element["text"]["text"] == label:
                return block["block_id"], element, None
            for option in element.get("options", ()):
                if option["text"]["text"] == label:
                    return block["block_id"], element, option
    raise LookupError(f"there is no {label!r} under that message")


def labels(said: Message) -> tuple[str, ...]:
    """What can be pressed under a message."""
    elements = [e for b in said.blocks if b["type"] == "actions" for e in b["elements"]]
    return tuple(
        name
        for e in elements
        for name in ([o["text"]["text"] for o in e["options"]] if "options" in e else [e["text"]["text"]])
    )


def read(said: Message) -> str:
    """The text of a message as people read it: markup drawn, entities and links as what they show."""
    if said.deleted:
        return ""
    texts = [b["text"]["text"] for b in said.blocks if b["type"] == "section"] or [said.text]
    if said.markdown:
        return re.sub(r"\*\*(.+?)\*\*", r"\1", "\n".join(texts))
    return "\n".join(map(_drawn, texts))


def _drawn(text: str) -> str:
    text = re.sub(r"<([^<>|\n]+)\|([^<>\n]+)>", r"\2", text)
    text = re.sub(r"<([^<>|\n]+)>", r"\1", text)
    text = re.sub(r"```\n?(.*?)\n?```", r"\1", text, flags=re.DOTALL)
    for mark in ("*", "_", "~", "`"):
        m = re.escape(mark)
        text = re.sub(rf"(?<![\w{m}]){m}(?=[^\s{m}\u2060])([^{m}\n]*[^\s{m}])?{m}(?![\w{m}\u2060])", r"\1", text)
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return text.replace("\u2060", "")
