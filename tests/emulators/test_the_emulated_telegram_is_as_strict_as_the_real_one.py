"""The emulator refuses what the Bot API refuses, in its words, to python-telegram-bot as it comes."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientSession
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from channels.telegram.transport import Transport
from tests.emulators.telegram import TOKEN, Emulator, running_emulator
from tests.emulators.telegram.tables import description

Way = tuple[Emulator, Bot, int]


@pytest.fixture
async def way() -> AsyncIterator[Way]:
    async with running_emulator() as emulator, ClientSession() as session:
        request: BaseRequest = Transport(lambda: session)
        bot = Bot(TOKEN, base_url=f"{emulator.url}/bot", request=request, get_updates_request=request)
        async with bot:
            yield emulator, bot, emulator.group("Lamu", "Ana", "Ben").id


def button(**about: Any) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("Go", **about)]])


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("sendMessage", {"text": "😀" * 2049}, "Message is too long"),
    ("sendMessage", {"text": " \n "}, "Message text is empty"),
    ("sendMessage", {"text": "a", "reply_markup": button(callback_data="ü" * 32 + "x")}, "Button_data_invalid"),
    ("sendMessage", {"text": "a", "reply_markup": button(url="http://localhost/pay")}, "wrong HTTP URL"),
    ("sendMessage", {"text": "a", "reply_parameters": {"message_id": 999}}, "Message to be replied not found"),
    ("sendMessage", {"text": "a", "chat_id": -5}, "Chat not found"),
    ("sendMessage", {"text": "a", "colour": "red"}, "knows no parameter"),
    ("sendMessage", {"text": "😀", "entities": [MessageEntity("bold", 0, 1)]}, "cuts a character"),
    ("sendMessage", {"text": "ab", "entities": [MessageEntity("bold", 1, 5)]}, "outside of the text"),
    ("sendMessage", {"text": "ab", "entities": [MessageEntity("bold", 0, 2), MessageEntity("code", 0, 1)]}, "code can"),
    ("sendMessage", {"text": "ab", "message_thread_id": 7}, "Message thread not found"),
    ("sendDocument", {"document": "nowhere"}, "Wrong file identifier"),
    ("sendPhoto", {"photo": "nowhere", "caption": "x" * 1025}, "Message caption is too long"),
    ("editMessageText", {"message_id": 999, "text": "x"}, "Message to edit not found"),
    ("deleteMessage", {"message_id": 999}, "Message to delete not found"),
    ("sendMessageDraft", {"draft_id": 1, "text": "x"}, "Drafts are for private chats"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "params", "words"), REFUSED, ids=lambda v: v if isinstance(v, str) else "")
async def test_it_refuses(way: Way, method: str, params: dict[str, Any], words: str) -> None:
    emulator, bot, chat = way
    with pytest.raises(BadRequest) as refused:
        await bot.do_api_request(method, {"chat_id": chat, **params})
    assert words.casefold() in str(refused.value).casefold()
    assert emulator.refused[-1][0] == method


async def test_requests_are_held_against_the_description(way: Way) -> None:
    if description() is None:
        pytest.skip("needs the API description beside this checkout: ../shared/specs/telegram")
    with pytest.raises(BadRequest, match="not as described"):
        await way[1].do_api_request("sendMessage", {"chat_id": way[2], "text": "a", "reply_markup": {"keys": []}})


async def test_who_may_be_written_to(way: Way) -> None:
    emulator, bot, chat = way
    ana = emulator.world.person("Ana")["id"]
    with pytest.raises(Forbidden, match="initiate"):
        await bot.send_message(ana, "hi")
    emulator.people.start("Ana", emulator.bot)
    assert (await bot.send_message(ana, "hi")).chat.id == ana
    emulator.people.block("Ana", emulator.bot)
    with pytest.raises(Forbidden, match="blocked"):
        await bot.send_message(ana, "hi")
    emulator.people.kick_bot(chat, "Ana", emulator.bot)
    with pytest.raises(Forbidden, match="kicked"):
        await bot.send_message(chat, "hi")


async def test_edits_and_deletions_have_their_rules(way: Way) -> None:
    emulator, bot, chat = way
    sent = await bot.send_message(chat, "7:10")
    with pytest.raises(BadRequest, match="not modified"):
        await bot.edit_message_text("7:10", chat, sent.message_id)
    with pytest.raises(BadRequest, match="no caption"):
        await bot.edit_message_caption(chat, sent.message_id, caption="x")
    theirs = emulator.people.say(chat, "Ana", "mine")
    with pytest.raises(BadRequest, match="can't be edited"):
        await bot.edit_message_text("ours", chat, theirs)
    emulator.world.offset += timedelta(hours=49)
    with pytest.raises(BadRequest, match="can't be deleted"):
        await bot.delete_message(chat, sent.message_id)


async def test_a_press_is_answered_once_and_in_time(way: Way) -> None:
    emulator, bot, chat = way
    sent = await bot.send_message(chat, "?", reply_markup=button(callback_data="token"))
    press = emulator.people.press(chat, "Ben", sent.message_id, "Go")
    with pytest.raises(BadRequest):
        await bot.answer_callback_query(press, "x" * 201)
    assert await bot.answer_callback_query(press, "x" * 200, show_alert=True)
    with pytest.raises(BadRequest, match="too old"):
        await bot.answer_callback_query(press)


async def test_updates_are_confirmed_by_their_offset(way: Way) -> None:
    emulator, bot, chat = way
    for n in range(3):
        emulator.people.say(chat, "Ana", f"{n}")
    first = await bot.get_updates(allowed_updates=["message"])
    again = await bot.get_updates()
    assert [u.update_id for u in first] == [u.update_id for u in again]
    rest = await bot.get_updates(offset=first[-1].update_id)
    assert [u.message.text for u in rest if u.message] == ["2"]
    await bot.set_webhook("https://x.example/hook", secret_token="s")
    with pytest.raises(Conflict):
        await bot.get_updates()


async def test_too_much_at_once_is_429_and_a_wrong_token_401(way: Way) -> None:
    emulator, bot, chat = way
    with pytest.raises(RetryAfter):
        for n in range(40):
            await bot.send_message(chat, f"{n}")
    emulator.bot.revoked = True
    with pytest.raises(InvalidToken):
        await bot.get_me()


async def test_troubles_take_effect_or_not_as_arranged(way: Way) -> None:
    emulator, bot, chat = way
    for kind, arrived in (("drop_before", 0), ("error", 0), ("drop_after", 1)):
        emulator.trouble("sendMessage", kind, by=502)
        with pytest.raises(TelegramError):
            await bot.send_message(chat, kind)
        assert emulator.texts(chat).count(kind) == arrived


async def test_people_act_by_the_side_door_too() -> None:
    async with running_emulator() as emulator, ClientSession() as session:

        async def act(what: str, **body: Any) -> dict[str, Any]:
            async with session.post(f"{emulator.url}/people/{what}", json=body) as answer:
                found: dict[str, Any] = await answer.json()
                return found

        chat = (await act("group", title="Lamu", people=["Ana", "Ben"]))["chat"]
        said = (await act("say", chat=chat, **{"as": "Ana"}, text="Hello"))["done"]
        await act("edit", chat=chat, **{"as": "Ana"}, message_id=said, text="Hello!")
        await act("react", chat=chat, **{"as": "Ben"}, message_id=said)
        async with session.get(f"{emulator.url}/chats/{chat}") as answer:
            messages = (await answer.json())["messages"]
        assert [m["text"] for m in messages if "text" in m] == ["Hello!"]
        kinds = [next(k for k in u if k != "update_id") for u in emulator.bot.updates]
        assert kinds == ["my_chat_member", "message", "message", "edited_message"]  # reactions have to be asked for
