"""The Bot API's methods, as strict as the server: https://core.telegram.org/bots/api."""

from typing import Any

from channels.telegram.limits import ALERT, COMMANDS, DELETE_HOURS, DESCRIPTION, DOWNLOAD
from tests.emulators.telegram.checks import check_keyboard, check_text
from tests.emulators.telegram.hooks import Hooks
from tests.emulators.telegram.tables import bad
from tests.emulators.telegram.world import Bot, Chat, Json, World

_PRESS_SECONDS = 60
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content"
    " and reply markup of the message"
)


class Methods:
    """Every method takes the bot and its typed parameters, and returns its result; Refused otherwise."""

    def __init__(self, world: World, hooks: Hooks) -> None:
        self._world, self._hooks = world, hooks

    async def call(self, bot: Bot, method: str, params: Json) -> Any:
        return await getattr(self, method)(bot, params)

    async def getMe(self, bot: Bot, params: Json) -> Json:  # noqa: N802
        return bot.user | {"can_join_groups": True, "can_read_all_group_messages": not bot.privacy,
                           "supports_inline_queries": False, "can_connect_to_business": False,
                           "has_main_web_app": False}  # fmt: skip

    async def getUpdates(self, bot: Bot, params: Json) -> list[Json]:  # noqa: N802
        return await self._hooks.poll(bot, params)

    async def setWebhook(self, bot: Bot, params: Json) -> bool:  # noqa: N802
        bot.webhook = dict(params)
        self._hooks.restart(bot)
        return True

    async def deleteWebhook(self, bot: Bot, params: Json) -> bool:  # noqa: N802
        bot.webhook = {k: v for k, v in bot.webhook.items() if k == "allowed_updates"}
        return True

    async def getWebhookInfo(self, bot: Bot, params: Json) -> Json:  # noqa: N802
        return {"url": bot.webhook.get("url", ""), "has_custom_certificate": False,
                "pending_update_count": len(bot.updates)}  # fmt: skip

    async def sendMessage(self, bot: Bot, params: Json) -> Json:  # noqa: N802
        check_text(params["text"], params.get("entities", []))
        return self._put(bot, params, text=params["text"], entities=params.get("entities", []))

    async def sendPhoto(self, bot: Bot, params: Json) -> Json:  # noqa: N802
        return self._file(bot, params, "photo")

    async def sendDocument(self, bot: Bot, params: Json) -> Json:  # noqa: N802
        return self._file(bot, params, "document")

    def _file(self, bot: Bot, params: Json, kind: str) -> Json:
        check_text(params.get("caption", ""), params.get("caption_entities", []), caption=True)
        given = params[kind]
        if isinstance(given, tuple):
            given = self._world.keep(*given)
        if given not in self._world.files:
            raise bad("wrong file identifier/HTTP URL specified")
        name, mime, data = self._world.files[given]
        media: Json = {"file_id": given, "file_unique_id": f"u{given}", "file_size": len(data)}
        media |= {"width": 90, "height": 60} if kind == "photo" else {"file_name": name, "mime_type": mime}
        words = {"caption": params["caption"]} if params.get("caption") else {}
        return self._put(bot, params, **{kind: [media] if kind == "photo" else media}, **words, _names=[name])

    def _put(self, bot: Bot, params: Json, **content: Any) -> Json:
        topic = params.get("message_thread_id", 0)
        chat = self._world.writable(bot, params["chat_id"], topic)
        check_keyboard(params.get("reply_markup"))
        reply = params.get("reply_parameters")
        if reply:
            quoted = chat.messages.get(reply["message_id"])
            if quoted is not None and not quoted.get("_deleted"):
                content["reply_to_message"] = {k: v for k, v in quoted.items() if k != "reply_to_message"}
            elif not reply.get("allow_sending_without_reply"):
                raise bad("message to be replied not found")
        if topic:
            content |= {"message_thread_id": topic, "is_topic_message": True}
        if params.get("reply_markup"):
            content["reply_markup"] = params["reply_markup"]
        chat.drafts.clear()
        return _public(self._world.put(chat, bot.user, **content))

    async def sendMessageDraft(self, bot: Bot, params: Json) -> bool:  # noqa: N802
        chat = self._world.writable(bot, params["chat_id"])
        if chat.type != "private" or not params["draft_id"]:
            raise bad("drafts are for private chats, under a number that is not 0")
        if params.get("text"):
            check_text(params["text"], params.get("entities", []))
        chat.drafts[params["draft_id"]] = params.get("text", "")
        return True

    async def sendChatAction(self, bot: Bot, params: Json) -> bool:  # noqa: N802
        self._world.writable(bot, params["chat_id"], params.get("message_thread_id", 0)).actions.append(
            params["action"]
        )
        return True

    async def editMessageText(self, bot: Bot, params: Json) -> Json:  # noqa: N802
        check_text(params["text"], params.get("entities", []))
        chat, message = self._own(bot, params, "edit")
        if "text" not in message:
            raise bad("there is no text in the message to edit")
        return self._changed(chat, message, params, text=params["text"], entities=params.get("entities", []))

    async def editMessageCaption(self, bot: Bot, params: Json) -> Json:  # noqa: N802
        check_text(params.get("caption", ""), params.get("caption_entities", []), caption=True)
        chat, message = self._own(bot, params, "edit")
        if "text" in message:
            raise bad("there is no caption in the message to edit")
        return self._changed(chat, message, params, caption=params.get("caption", ""))

    def _changed(self, chat: Chat, message: Json, params: Json, **words: Any) -> Json:
        check_keyboard(params.get("reply_markup"))
        new = {**words, "reply_markup": params.get("reply_markup")}
        if all(message.get(k) == v or (not message.get(k) and not v) for k, v in new.items()):
            raise bad(_NOT_MODIFIED)
        message |= {k: v for k, v in new.items() if v is not None} | {"edit_date": self._world.now()}
        if not params.get("reply_markup"):
            message.pop("reply_markup", None)
        return _public(message)

    async def deleteMessage(self, bot: Bot, params: Json) -> bool:  # noqa: N802
        _, message = self._own(bot, params, "delete")
        if self._world.now() - message["date"] > DELETE_HOURS * 3600:
            raise bad("message can't be deleted")
        message["_deleted"] = True
        return True

    def _own(self, bot: Bot, params: Json, what: str) -> tuple[Chat, Json]:
        chat = self._world.writable(bot, params["chat_id"])
        message = chat.messages.get(params["message_id"])
        if message is None or message.get("_deleted"):
            raise bad(f"message to {what} not found")
        if message["from"]["id"] != bot.id:
            raise bad(f"message can't be {what}ed".replace("deleteed", "deleted"))
        return chat, message

    async def answerCallbackQuery(self, bot: Bot, params: Json) -> bool:  # noqa: N802
        press = self._world.callbacks.get(params["callback_query_id"])
        if press is None or press["answered"] is not None or self._world.now() - press["at"] > _PRESS_SECONDS:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        if len(params.get("text", "")) > ALERT:
            raise bad("MESSAGE_TOO_LONG")
        press["answered"] = (params.get("text", ""), bool(params.get("show_alert")))
        return True

    async def setMessageReaction(self, bot: Bot, params: Json) -> bool:  # noqa: N802
        chat = self._world.writable(bot, params["chat_id"])
        message = chat.messages.get(params["message_id"])
        if message is None:
            raise bad("message to react not found")
        if len(params.get("reaction") or []) > 1:
            raise bad("REACTIONS_TOO_MANY")
        message.setdefault("_reactions", {})[bot.username] = params.get("reaction") or []
        return True

    async def getFile(self, bot: Bot, params: Json) -> Json:  # noqa: N802
        found = self._world.files.get(params["file_id"])
        if found is None:
            raise bad("wrong file_id or the file is temporarily unavailable")
        if len(found[2]) > DOWNLOAD:
            raise bad("file is too big")
        id = params["file_id"]
        return {"file_id": id, "file_unique_id": f"u{id}", "file_size": len(found[2]), "file_path": f"files/{id}"}

    async def setMyCommands(self, bot: Bot, params: Json) -> bool:  # noqa: N802
        if not 1 <= len(params["commands"]) <= COMMANDS:
            raise bad("BOT_COMMANDS_TOO_MUCH")
        for c in params["commands"]:
            name, words = c["command"], c["description"]
            if not (1 <= len(name) <= 32 and name.replace("_", "").isalnum() and name == name.lower()):
                raise bad("BOT_COMMAND_INVALID")
            if not 1 <= len(words) <= DESCRIPTION:
                raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
        bot.commands[_menu(params)] = params["commands"]
        return True

    async def getMyCommands(self, bot: Bot, params: Json) -> list[Json]:  # noqa: N802
        return bot.commands.get(_menu(params), [])

    async def deleteMyCommands(self, bot: Bot, params: Json) -> bool:  # noqa: N802
        bot.commands.pop(_menu(params), None)
        return True


def _menu(params: Json) -> str:
    scope = params.get("scope") or {"type": "default"}
    return ":".join((scope["type"], str(scope.get("chat_id", "")), params.get("language_code", "")))


def _public(message: Json) -> Json:
    return {k: v for k, v in message.items() if not k.startswith("_") and v != []}
