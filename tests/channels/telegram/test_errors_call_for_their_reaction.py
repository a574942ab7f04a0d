"""Each of Telegram's errors leads to one of our few; at the emulator, with the connection broken too."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    PassportDecryptionError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.content import Content, File
from bot.errors import RetryLater, Undeliverable, Unknown
from bot.ports import Outgoing
from channels.telegram.failures import reaction
from channels.telegram.transport import NoAnswer, NotReached
from tests.channels.telegram.wired import Wired, keep_blob, wired

TABLE: list[tuple[TelegramError, type[Exception] | str]] = [
    (RetryAfter(17), RetryLater),
    (NotReached("refused"), RetryLater),
    (NoAnswer("silent"), Unknown),
    (TimedOut(), Unknown),
    (NetworkError("Gateway Timeout (504)"), Unknown),
    (NetworkError("Bad Gateway (502)"), Unknown),
    (NetworkError("Internal Server Error: restart"), RetryLater),
    (NetworkError("Request Entity Too Large (413)"), Undeliverable),
    (TelegramError("Invalid server response"), Unknown),
    (Conflict("terminated by other getUpdates request"), RetryLater),
    (ChatMigrated(-100), RetryLater),
    (InvalidToken("Unauthorized"), "account"),
    (EndPointNotFound("Endpoint 'sendMessage' not found in Bot API"), "account"),
    (Forbidden("Forbidden: bot was blocked by the user"), "place"),
    (Forbidden("Forbidden: bot was kicked from the supergroup chat"), "place"),
    (Forbidden("Forbidden: bot is not a member of the channel chat"), "place"),
    (Forbidden("Forbidden: user is deactivated"), "place"),
    (Forbidden("Forbidden: bot can't initiate conversation with a user"), Undeliverable),
    (BadRequest("Bad Request: chat not found"), "place"),
    (BadRequest("Bad Request: not enough rights to send text messages to the chat"), "place"),
    (BadRequest("Bad Request: TOPIC_CLOSED"), "place"),
    (BadRequest("Bad Request: message thread not found"), "place"),
    (BadRequest("Bad Request: message is too long"), Undeliverable),
    (BadRequest("Bad Request: BUTTON_DATA_INVALID"), Undeliverable),
    (PassportDecryptionError("no"), RetryLater),
]


@pytest.mark.parametrize(("error", "wanted"), TABLE, ids=lambda v: str(v)[:50])
def test_the_table(error: TelegramError, wanted: type[Exception] | str) -> None:
    found = reaction(error)
    if isinstance(wanted, str):
        assert isinstance(found, Undeliverable) and found.gone == wanted
    else:
        assert type(found) is wanted and getattr(found, "gone", "") == ""


def test_no_class_of_the_sdks_errors_is_forgotten() -> None:
    def below(kind: type[TelegramError]) -> set[type[TelegramError]]:
        return {kind}.union(*(below(k) for k in kind.__subclasses__()))

    assert below(TelegramError) - {type(e) for e, _ in TABLE} == set()
    assert getattr(reaction(RetryAfter(17)), "after", 0) == 17


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Wired]:
    async with wired(tmp_path) as made:
        made.emulator.group("Lamu", "Ana", "Ben")
        made.emulator.group("Diani", "Ana")
        await made.settled()
        made.heard.clear()
        yield made


def group(here: Wired, title: str = "Lamu") -> int:
    return next(c.id for c in here.emulator.world.chats.values() if c.title == title)


def to(here: Wired, text: str = "Hi", title: str = "Lamu", **more: Any) -> Outgoing:
    place = f"telegram:main:{group(here, title)}"
    about = {"id": f"a@{place}", "place": place, "what": "send", "content": Content(text=text), "shown": "a"}
    return Outgoing(**{**about, **more})


async def test_a_flood_stops_that_chat_and_no_other(here: Wired) -> None:
    here.emulator.trouble("sendMessage", "flood", by=7)
    for _ in range(2):  # the second is not even sent
        with pytest.raises(RetryLater) as slower:
            await here.channel.send(to(here))
        assert 6 < slower.value.after <= 7
    assert here.emulator.floods.refused == 1
    assert await here.channel.send(to(here, title="Diani"))


async def test_our_own_haste_is_answered_with_429(here: Wired) -> None:
    with pytest.raises(RetryLater) as slower:
        for n in range(40):
            await here.channel.send(to(here, id=f"{n}", shown=f"{n}"))
    assert slower.value.after >= 1 and 20 <= len(here.emulator.texts(group(here))) <= 24


@pytest.mark.parametrize(("kind", "by", "wanted", "arrived"), [
    ("error", 500, RetryLater, 0), ("error", 502, Unknown, 0), ("error", 504, Unknown, 0),
    ("drop_before", 0, Unknown, 0), ("drop_after", 0, Unknown, 1),
])  # fmt: skip
async def test_trouble_on_the_way(here: Wired, kind: str, by: int, wanted: type[Exception], arrived: int) -> None:
    here.emulator.trouble("sendMessage", kind, by=by)
    with pytest.raises(wanted):
        await here.channel.send(to(here))
    assert len(here.emulator.texts(group(here))) == arrived


async def test_what_was_sent_of_several_messages_is_not_sent_again(here: Wired) -> None:
    text = "\n\n".join("word " * 500 for _ in range(4))
    whole = await here.channel.send(to(here, text, id="first", shown="first"))
    before = len(here.emulator.texts(group(here)))
    delivery = to(here, text)
    await _broken_at(here, delivery, part=2)
    parts = await here.channel.send(delivery)
    assert len(parts) == len(whole) == len(set(parts))
    assert len(here.emulator.texts(group(here))) == before + len(whole)


async def _broken_at(here: Wired, delivery: Outgoing, part: int) -> None:
    """The connection is refused from the given message on."""
    here.emulator.trouble("sendMessage", "slow", by=0, times=part - 1)
    here.emulator.trouble("sendMessage", "error", by=500, times=1)
    with pytest.raises(RetryLater):
        await here.channel.send(delivery)


async def test_a_place_that_is_closed_says_so_and_can_open_again(here: Wired) -> None:
    chat = here.emulator.world.chats[group(here)]
    chat.bots[here.emulator.bot.id] = "kicked"
    with pytest.raises(Undeliverable) as never:
        await here.channel.send(to(here))
    assert never.value.gone == "place"
    here.emulator.people.add_bot(chat.id, "Ana", here.emulator.bot)
    assert await here.channel.send(to(here, id="again"))


async def test_a_revoked_token_closes_the_account(here: Wired) -> None:
    here.emulator.bot.revoked = True
    with pytest.raises(Undeliverable) as never:
        await here.channel.send(to(here))
    assert never.value.gone == "account"


async def test_the_group_moves_while_we_write(here: Wired) -> None:
    old = here.emulator.group("Old", "Ana", kind="group")
    new = here.emulator.people.migrate(old.id, "Ana")
    await here.settled()
    moved = [e for e in here.heard if e.what == "status"]
    assert [e.value["to"] for e in moved] == [f"telegram:main:{new}"]
    place = f"telegram:main:{old.id}"
    for n in range(2):
        assert await here.channel.send(to(here, place=place, id=f"late{n}", shown=f"late{n}"))
    assert here.emulator.texts(new) == ["Hi", "Hi"]
    await here.settled()
    assert {e.id for e in here.heard if e.what == "status"} == {moved[0].id}


async def test_files_that_are_too_large_or_gone_are_refused_with_the_reason(here: Wired) -> None:
    gone = File(name="gone.pdf", mime="application/pdf", key="nowhere", size=10)
    with pytest.raises(Undeliverable, match="not there any more"):
        await here.channel.send(to(here, content=Content(text="Look", files=(gone,))))
    large = here.emulator.world.keep("film.mkv", "video/x-matroska", b"x" * (20 * 2**20 + 1))
    with pytest.raises(Undeliverable, match="File is too"):
        await here.channel.fetch(f"telegram:main:{large}")


async def test_a_file_goes_out_and_comes_in(here: Wired) -> None:
    await keep_blob(here.store, "k", b"%PDF-1.7")
    file = File(name="plan.pdf", mime="application/pdf", key="k", size=8)
    await here.channel.send(to(here, content=Content(text="Your **plan**", files=(file,))))
    here.emulator.people.send_file(group(here), "Ana", "document", b"hello", file_name="a.txt", mime_type="text/plain")
    await here.settled()
    [got] = here.heard[-1].files
    assert await here.channel.fetch(got.key) == b"hello"
    sent = list(here.emulator.world.chats[group(here)].messages.values())[-2]
    assert sent["caption"] == "Your plan" and here.emulator.world.files[sent["document"]["file_id"]][2] == b"%PDF-1.7"
    await here.channel.send(to(here, content=Content(files=(got,)), id="back"))  # by its id: nothing is uploaded again
    assert here.emulator.calls[-1][1]["document"] == got.key.rpartition(":")[2]


async def test_what_grew_by_a_correction_stands_there_once_and_in_its_last_words(here: Wired) -> None:
    words = [f"word{n}" for n in range(2000)]
    parts = await here.channel.send(to(here, "short"))
    grown = to(here, " ".join(words), id="d2", what="edit", parts=parts)
    here.emulator.trouble("sendMessage", "slow", by=0)
    here.emulator.trouble("sendMessage", "error", by=500)
    with pytest.raises(RetryLater):
        await here.channel.send(grown)
    await here.channel.send(replace(grown, content=Content(text=" ".join(words).replace("w", "W"))))
    told = " ".join(here.emulator.texts(group(here))).split()
    assert told == [word.replace("w", "W") for word in words]
