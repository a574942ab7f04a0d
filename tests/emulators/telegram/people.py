"""What people do in the emulated network, by their first names; each act becomes the updates that come of it."""

import itertools
from typing import Any

from tests.emulators.telegram.hooks import Hooks
from tests.emulators.telegram.world import Bot, Chat, Json, World


class People:
    """Acts as people. Messages are named by their number in their chat."""

    def __init__(self, world: World, hooks: Hooks) -> None:
        self._world, self._hooks = world, hooks
        self._presses = itertools.count(70_001)

    def start(self, name: str, bot: Bot, payload: str = "") -> Chat:
        """A person opens the bot: from now on it may write to them."""
        chat = self._world.direct(name, bot)
        if chat.blocked:
            self.unblock(name, bot)
        self.say(chat.id, name, f"/start {payload}".strip())
        return chat

    def block(self, name: str, bot: Bot) -> None:
        chat = self._world.direct(name, bot)
        chat.blocked = True
        self._standing(chat, name, bot, "member", "kicked")

    def unblock(self, name: str, bot: Bot) -> None:
        chat = self._world.direct(name, bot)
        chat.blocked = False
        self._standing(chat, name, bot, "kicked", "member")

    def add_bot(self, chat_id: int, name: str, bot: Bot, status: str = "member") -> None:
        """Somebody adds the bot to a group."""
        chat = self._world.chats[chat_id]
        before = chat.bots.get(bot.id, "left")
        chat.bots[bot.id] = status
        self._standing(chat, name, bot, before, status)
        self._service(chat, name, new_chat_members=[bot.user])

    def kick_bot(self, chat_id: int, name: str, bot: Bot) -> None:
        chat = self._world.chats[chat_id]
        chat.bots[bot.id] = "kicked"
        self._standing(chat, name, bot, "member", "kicked")

    def say(self, chat_id: int, name: str, text: str, **more: Any) -> int:
        """Words; `topic`, `reply_to` by number, `twice` for a second delivery. More fields go along as they are."""
        chat, reply_to = self._world.chats[chat_id], more.pop("reply_to", 0)
        content: Json = {"text": text} if text else {}
        if topic := more.pop("topic", 0):
            content |= {"message_thread_id": topic, "is_topic_message": True}
            content["reply_to_message"] = self._quoted(chat, topic) if topic in chat.messages else {}
        if reply_to:
            content["reply_to_message"] = self._quoted(chat, reply_to)
        if text.startswith("/"):
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        message = self._world.put(chat, self._world.person(name), **content, **more)
        self._tell(chat, "message", message)
        return int(message["message_id"])

    def send_file(self, chat_id: int, name: str, kind: str, data: bytes, *, caption: str = "", **about: Any) -> int:
        """A photo, document, voice, video ... with its bytes."""
        mime = about.get("mime_type", "image/jpeg" if kind == "photo" else "")
        id = self._world.keep(about.get("file_name", kind), mime, data)
        size = about.pop("file_size", len(data))
        media: Any = {"file_id": id, "file_unique_id": f"u{id}", "file_size": size, **_MUST.get(kind, {}), **about}
        if kind == "photo":
            media = [media | {"width": 90, "height": 60, "file_id": "thumb", "file_size": 900}, media]
        caption_part = {"caption": caption} if caption else {}
        return self.say(chat_id, name, "", **{kind: media}, **caption_part)

    def edit(self, chat_id: int, name: str, message_id: int, text: str) -> None:
        chat = self._world.chats[chat_id]
        message = chat.messages[message_id]
        assert message["from"]["first_name"] == name, "people edit their own messages"
        message |= {"caption" if "caption" in message else "text": text, "edit_date": self._world.now()}
        self._tell(chat, "edited_message", message)

    def press(self, chat_id: int, name: str, message_id: int, label: str) -> str:
        """A button of a message by its label; the press's id."""
        chat = self._world.chats[chat_id]
        message = chat.messages[message_id]
        rows = message["reply_markup"]["inline_keyboard"]
        button = next(b for row in rows for b in row if b["text"] == label)
        assert "callback_data" in button, "that button opens a link"
        id = str(next(self._presses))
        self._world.callbacks[id] = {"chat": chat_id, "answered": None, "at": self._world.now()}
        bot = next(b for b in self._world.bots.values() if b.id == message["from"]["id"])
        query = {"id": id, "from": self._world.person(name), "message": message, "chat_instance": str(chat_id),
                 "data": button["callback_data"]}  # fmt: skip
        self._hooks.put(bot, chat_id, "callback_query", query)
        return id

    def react(self, chat_id: int, name: str, message_id: int, *emoji: str) -> None:
        """A person's reactions to a message from now on. Bots hear of it as administrators only."""
        chat, user = self._world.chats[chat_id], self._world.person(name)
        given = chat.messages[message_id].setdefault("_reactions", {})
        old, new = given.get(name, []), [{"type": "emoji", "emoji": e} for e in emoji]
        given[name] = new
        change = {"chat": chat.about, "message_id": message_id, "user": user, "date": self._world.now(),
                  "old_reaction": old, "new_reaction": new}  # fmt: skip
        for bot in self._bots(chat):
            if chat.type == "private" or chat.bots[bot.id] == "administrator":
                self._hooks.put(bot, chat_id, "message_reaction", change)

    def join(self, chat_id: int, name: str, *, by: str = "") -> None:
        chat, user = self._world.chats[chat_id], self._world.person(name)
        chat.members.add(user["id"])
        self._service(chat, by or name, new_chat_members=[user])

    def leave(self, chat_id: int, name: str) -> None:
        chat, user = self._world.chats[chat_id], self._world.person(name)
        self._service(chat, name, left_chat_member=user)
        chat.members.discard(user["id"])

    def open_topic(self, chat_id: int, name: str, title: str) -> int:
        """A topic of a forum; its number."""
        chat = self._world.chats[chat_id]
        number = self._service(chat, name, forum_topic_created={"name": title, "icon_color": 7322096})
        chat.topics[number] = {"name": title}
        chat.messages[number] |= {"message_thread_id": number, "is_topic_message": True}
        return number

    def migrate(self, chat_id: int, name: str) -> int:
        """A group becomes a supergroup: the new chat's id."""
        old = self._world.chats[chat_id]
        new = self._world.group(old.title, kind="supergroup")
        new.members, new.bots = set(old.members), dict(old.bots)
        self._service(old, name, migrate_to_chat_id=new.id)
        old.migrated_to = new.id
        self._service(new, name, migrate_from_chat_id=old.id)
        return new.id

    def service(self, chat_id: int, name: str, **what: Any) -> int:
        """Any service message."""
        return self._service(self._world.chats[chat_id], name, **what)

    def _service(self, chat: Chat, name: str, **what: Any) -> int:
        message = self._world.put(chat, self._world.person(name), **what)
        self._tell(chat, "message", message, service=True)
        return int(message["message_id"])

    def _standing(self, chat: Chat, name: str, bot: Bot, before: str, after: str) -> None:
        change = {"chat": chat.about, "from": self._world.person(name), "date": self._world.now(),
                  "old_chat_member": _member(bot, before), "new_chat_member": _member(bot, after)}  # fmt: skip
        self._hooks.put(bot, chat.id, "my_chat_member", change)

    def _tell(self, chat: Chat, kind: str, message: Json, *, service: bool = False) -> None:
        for bot in self._bots(chat):
            if service or self._may_see(bot, chat, message):
                self._hooks.put(bot, chat.id, kind, {k: v for k, v in message.items() if not k.startswith("_")})

    def _bots(self, chat: Chat) -> list[Bot]:
        here = ("member", "administrator")
        return [b for b in self._world.bots.values() if chat.bots.get(b.id) in here and not chat.blocked]

    def _may_see(self, bot: Bot, chat: Chat, message: Json) -> bool:
        """Privacy mode: https://core.telegram.org/bots/features#privacy-mode."""
        if chat.type == "private" or not bot.privacy or chat.bots[bot.id] == "administrator":
            return True
        text, replied = message.get("text", ""), message.get("reply_to_message", {})
        command = text.split()[0] if text.startswith("/") else ""
        for_it = command and ("@" not in command or command.endswith(f"@{bot.username}"))
        return bool(for_it) or replied.get("from", {}).get("id") == bot.id

    def _quoted(self, chat: Chat, message_id: int) -> Json:
        found = chat.messages[message_id]
        return {k: v for k, v in found.items() if k != "reply_to_message" and not k.startswith("_")}


_MUST: dict[str, Json] = {
    "photo": {"width": 900, "height": 600}, "voice": {"duration": 3}, "audio": {"duration": 3},
    "video": {"duration": 3, "width": 90, "height": 60}, "video_note": {"duration": 3, "length": 60},
    "animation": {"duration": 3, "width": 90, "height": 60},
}  # fmt: skip


def _member(bot: Bot, status: str) -> Json:
    rights = dict.fromkeys(
        ("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
         "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
         "can_edit_stories", "can_delete_stories"), False
    ) if status == "administrator" else {"until_date": 0} if status == "kicked" else {}  # fmt: skip
    return {"user": bot.user, "status": status, **rights}
