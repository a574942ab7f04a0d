"""What Caravan says on Telegram: styles, captions, edits, deletions, streams, notes, topics, menus; nothing is lost."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.capability import Registry, capabilities_of, capability
from bot.content import Button, Content, File
from bot.errors import NotAllowed, Undeliverable
from bot.ports import Outgoing
from bot.powers import AccountKeys
from channels.telegram.limits import CAPTION, FEATURES, TEXT
from channels.telegram.outbound import formatted, notes
from tests.channels.telegram.wired import Wired, keep_blob, wired
from tests.emulators.telegram.checks import check_text, utf16
from tests.waiting import soon


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Wired]:
    async with wired(tmp_path) as made:
        made.emulator.group("Lamu", "Ana", "Ben")
        await made.settled()
        made.heard.clear()
        yield made


def group(here: Wired) -> int:
    return next(c.id for c in here.emulator.world.chats.values() if c.title == "Lamu")


def to(place: str, text: str = "Hi", **more: Any) -> Outgoing:
    about = {"id": f"a@{place}", "place": place, "what": "send", "content": Content(text=text), "shown": "a"}
    return Outgoing(**{**about, **more})


def last(here: Wired) -> dict[str, Any]:
    return list(here.emulator.world.chats[group(here)].messages.values())[-1]


async def test_markdown_is_shown_as_styles(here: Wired) -> None:
    text = "**Lamu** 🏝 _soon_ `x*y`\n[Pay](https://example.com/p)\n```\ncode\n```\n|a|b|\n|-|-|\n|1|2|"
    await here.channel.send(to(f"telegram:main:{group(here)}", text))
    shown = last(here)
    units = shown["text"].encode("utf-16-le")
    styles = [
        (e["type"], units[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le"))
        for e in shown["entities"]
    ]
    assert styles == [("bold", "Lamu"), ("italic", "soon"), ("code", "x*y"), ("text_link", "Pay"), ("pre", "code"),
                      ("pre", "|a|b|\n|-|-|\n|1|2|")]  # fmt: skip


async def test_a_persons_words_are_carried_as_they_are(here: Wired) -> None:
    text = "2*3*4 _is_ **not** `code`\n# no title"
    await here.channel.send(to(f"telegram:main:{group(here)}", text, kind="person", name="Chi"))
    assert last(here)["text"] == f"Chi: {text}"
    assert [e["type"] for e in last(here)["entities"]] == ["bold"]


async def test_links_to_this_machine_are_written_out(here: Wired) -> None:
    pay = (Button(id="", label="Pay", url="http://127.0.0.1:8080/pay"), Button(id="t", label="Later"))
    await here.channel.send(to(f"telegram:main:{group(here)}", content=Content(text="Due", buttons=pay)))
    assert "Pay: http://127.0.0.1:8080/pay" in last(here)["text"]
    assert [b["text"] for row in last(here)["reply_markup"]["inline_keyboard"] for b in row] == ["Later"]


async def test_long_words_do_not_go_under_a_file(here: Wired) -> None:
    await keep_blob(here.store, "k")
    file = File(name="plan.pdf", mime="application/pdf", key="k", size=4)
    photo = File(name="dhow.jpg", mime="image/jpeg", key="k", size=4)
    content = Content(text="x" * (CAPTION + 1), files=(file, photo), buttons=(Button(id="t", label="Ok"),))
    parts = await here.channel.send(to(f"telegram:main:{group(here)}", content=content))
    shown = list(here.emulator.world.chats[group(here)].messages.values())[-3:]
    assert len(parts) == 3 and [k for m in shown for k in ("text", "document", "photo") if k in m] == [
        "text", "document", "photo"]  # fmt: skip
    assert "reply_markup" in shown[2] and "reply_markup" not in shown[0]


async def test_an_edit_keeps_adds_and_takes_away_messages(here: Wired) -> None:
    place = f"telegram:main:{group(here)}"
    parts = await here.channel.send(to(place, "short"))
    long = " ".join(f"word{n}" for n in range(1500))
    more = await here.channel.send(to(place, long, id="b", what="edit", parts=parts))
    assert more[0] == parts[0] and len(more) > 1
    assert await here.channel.send(to(place, long, id="c", what="edit", parts=more)) == more  # nothing is different
    assert await here.channel.send(to(place, "short again", id="d", what="edit", parts=more)) == parts
    assert here.emulator.texts(group(here)) == ["short again"]


async def test_an_edit_of_what_is_gone_comes_anew_and_says_so(here: Wired) -> None:
    place = f"telegram:main:{group(here)}"
    [part] = await here.channel.send(to(place, "7:10"))
    here.emulator.world.chats[group(here)].messages[int(part)]["_deleted"] = True
    [new] = await here.channel.send(to(place, "8:20", id="b", what="edit", parts=(part,)))
    assert new != part and here.emulator.texts(group(here)) == ["(this replaces an earlier message) 8:20"]


async def test_words_under_a_file_are_edited_there(here: Wired) -> None:
    await keep_blob(here.store, "k")
    place, file = f"telegram:main:{group(here)}", File(name="p.pdf", mime="application/pdf", key="k", size=4)
    parts = await here.channel.send(to(place, content=Content(text="Plan 1", files=(file,))))
    again = Content(text="Plan 2", files=(file,))
    assert await here.channel.send(to(place, content=again, id="b", what="edit", parts=parts)) == parts
    assert await here.channel.send(to(place, "Plan 3", id="c", what="edit", parts=parts)) == parts
    assert here.emulator.texts(group(here)) == ["Plan 3"]


async def test_what_is_too_old_to_delete_says_that_it_does_not_count(here: Wired) -> None:
    place = f"telegram:main:{group(here)}"
    parts = await here.channel.send(to(place, "Wrong"))
    here.emulator.world.offset += timedelta(hours=49)
    await here.channel.send(to(place, "", id="b", what="delete", parts=parts))
    [left] = here.emulator.texts(group(here))
    assert "disregard" in left
    await here.channel.send(to(place, "", id="c", what="delete", parts=("999",)))  # gone already


async def test_a_stream_in_a_direct_chat_is_a_draft(here: Wired) -> None:
    chat = here.emulator.people.start("Ana", here.emulator.bot)
    place = f"telegram:main:{chat.id}"
    assert await here.channel.send(to(place, "Let me", partial=True)) == ()
    assert list(chat.drafts.values()) == ["Let me"]
    assert await here.channel.send(to(place, "Let me see", partial=True)) == ()  # too soon: it is left out
    assert list(chat.drafts.values()) == ["Let me"]
    [part] = await here.channel.send(to(place, "Let me see."))
    assert (chat.drafts, chat.messages[int(part)]["text"]) == ({}, "Let me see.")


async def test_where_there_are_no_drafts_a_stream_is_edited(here: Wired) -> None:
    chat = here.emulator.people.start("Ana", here.emulator.bot)
    here.emulator.world.chats[chat.id].type = "basic"
    [part] = await here.channel.send(to(f"telegram:main:{chat.id}", "Let me", partial=True))
    assert chat.messages[int(part)]["text"] == "Let me"


async def test_a_press_is_answered_and_a_short_note_is_for_the_one_who_pressed(here: Wired) -> None:
    chat, place = group(here), f"telegram:main:{group(here)}"
    content = Content(text="?", buttons=(Button(id="tok", label="Mine"),))
    [part] = await here.channel.send(to(place, content=content))
    here.emulator.people.start("Ben", here.emulator.bot)
    for name, text in (("Ana", "That **button** is not yours."), ("Ben", "Too late")):
        press = here.emulator.people.press(chat, name, int(part), "Mine")
        await here.settled()
        entry = here.heard[-1]
        if name == "Ben":
            here.emulator.world.callbacks[press]["at"] -= 1000
        note = to(place, text, id=f"{entry.id}/0@{place}", shown=f"{entry.id}/0", reader=(entry.author,))
        assert await here.channel.send(note) == ()
    assert here.emulator.world.callbacks["70001"]["answered"] == ("That button is not yours.", True)
    ben = here.emulator.world.person("Ben")["id"]
    assert here.emulator.texts(ben) == ["Too late"]
    assert here.emulator.texts(chat) == ["?"]


async def test_a_press_that_is_answered_for_all_is_answered_at_once(here: Wired) -> None:
    chat, place = group(here), f"telegram:main:{group(here)}"
    [part] = await here.channel.send(to(place, content=Content(text="?", buttons=(Button(id="tok", label="A"),))))
    press = here.emulator.people.press(chat, "Ana", int(part), "A")
    await here.settled()
    await here.channel.send(to(place, "Voted", id="b", shown=f"{here.heard[-1].id}/0"))
    assert await soon(lambda: here.emulator.world.callbacks[press]["answered"]) == ("", False)


async def test_a_topic_is_a_conversation_of_its_own(here: Wired) -> None:
    forum = here.emulator.group("Coast", "Ana", forum=True)
    topic = here.emulator.people.open_topic(forum.id, "Ana", "Boats")
    here.emulator.people.say(forum.id, "Ana", "Which boat?", topic=topic)
    await here.settled()
    said = here.heard[-1]
    assert (said.place, said.reply_to) == (f"telegram:main:{forum.id}_{topic}", "")
    [part] = await here.channel.send(to(said.place, "The dhow", shown="a9"))
    assert forum.messages[int(part)]["message_thread_id"] == topic
    here.emulator.people.react(forum.id, "Ana", int(part), "👍")
    await here.settled()
    reaction = here.heard[-1]
    assert (reaction.what, reaction.place, reaction.object) == ("react", said.place, "a9")
    forum.topics[topic]["closed"] = True
    with pytest.raises(Undeliverable):
        await here.channel.send(to(said.place, "Too late", id="x"))


async def test_who_is_not_in_the_group_gets_a_link_to_us(here: Wired) -> None:
    assert here.channel.direct_link(f"telegram:main:{group(here)}") == "https://t.me/caravan_bot?start=here"
    with pytest.raises(Undeliverable):
        await here.channel.send(to(f"telegram:main:{here.emulator.world.person('Zoe')['id']}"))


async def test_typing_is_shown(here: Wired) -> None:
    assert 3 < await here.channel.typing(f"telegram:main:{group(here)}") < 5
    assert here.emulator.world.chats[group(here)].actions == ["typing"]
    assert await here.channel.typing("telegram:main:-1") > 0


async def test_a_reaction_carried_from_elsewhere_is_ours_and_only_one(here: Wired) -> None:
    chat, place = group(here), f"telegram:main:{group(here)}"
    said = here.emulator.people.say(chat, "Ana", "Lamu?")
    for emoji in ("👍", "🔥"):
        shown = to(place, emoji, what="react", parts=(f"{place}:message:{said}",))
        await here.channel.react(shown)
    given = here.emulator.world.chats[chat].messages[said]["_reactions"]["caravan_bot"]
    assert given == [{"type": "emoji", "emoji": "🔥"}]
    await here.channel.react(to(place, "🔥", what="unreact", parts=(str(said),)))
    assert here.emulator.world.chats[chat].messages[said]["_reactions"]["caravan_bot"] == []


async def test_a_bot_is_added_rotated_and_removed_while_others_run(here: Wired) -> None:
    other = here.emulator.world.add_bot("77:second", "salims_bot")
    keys = AccountKeys(name="salim", secrets={"token": "77:second"})
    for _ in range(2):
        assert await here.channel.account_added(keys) == "@salims_bot"
    assert other.webhook["url"].endswith("/hooks/telegram/salim")
    here.emulator.people.add_bot(group(here), "Ana", other)
    await here.channel.send(to(f"telegram:salim:{group(here)}", "From Salim"))
    assert last(here)["from"]["username"] == "salims_bot"
    assert set(here.channel.ours()) == {"telegram:4242", "telegram:77"}
    same = {here.channel.conversation(f"telegram:{account}:{group(here)}") for account in ("main", "salim")}
    assert len(same) == 1 and here.channel.conversation("telegram:main:1001") == ""
    with pytest.raises(NotAllowed):
        await here.channel.account_rotated(AccountKeys(name="salim", secrets={"token": "77:wrong"}))
    await here.channel.send(to(f"telegram:salim:{group(here)}", "Still here", id="b"))
    await here.channel.account_removed("salim")
    with pytest.raises(Undeliverable) as never:
        await here.channel.send(to(f"telegram:salim:{group(here)}", "Gone", id="c"))
    assert never.value.gone == "account"
    assert here.channel.invite("K7Q2").endswith("?text=join%20K7Q2")


class Helper:
    @capability("Show what I can do", command="help")
    async def help(self, ask: object) -> None: ...

    @capability("What I hold about you " + "x" * 300, command="privacy", private=True)
    async def privacy(self, ask: object) -> None: ...

    @capability("Two words", command="admin audit")
    async def audit(self, ask: object) -> None: ...


async def test_the_menu_is_told_only_where_it_differs(here: Wired) -> None:
    commands = capabilities_of(Helper())
    for _ in range(2):
        await here.channel.publish_commands(commands)
    told = [p for m, p in here.emulator.calls if m == "setMyCommands"]
    assert [p["scope"]["type"] for p in told] == ["default", "all_private_chats", "all_group_chats"]
    assert [[c["command"] for c in p["commands"]] for p in told] == [["help", "privacy"], ["help", "privacy"], ["help"]]
    assert all(len(c["description"]) <= 256 for p in told for c in p["commands"])
    await here.channel.publish_commands([])
    assert here.emulator.bot.commands == {}


async def test_the_menu_is_told_in_swahili_where_it_is_translated(here: Wired) -> None:
    registry = Registry()
    registry.translate("sw", {"help": "Onyesha ninachoweza kufanya"})
    registry.add(*capabilities_of(Helper()))
    for _ in range(2):
        await here.channel.publish_commands(tuple(registry))
    told = [p for m, p in here.emulator.calls if m == "setMyCommands" and p.get("language_code") == "sw"]
    assert [p["scope"]["type"] for p in told] == ["default", "all_private_chats", "all_group_chats"]
    assert all(p["commands"][0]["description"] == "Onyesha ninachoweza kufanya" for p in told)


MARKED = [
    "**bold** ", "_it_ ", "`x`", "👩‍👧‍👦", "🇰🇪", "\n\n", "\n", "# T\n", "> q\n", "- i\n", "```py\nx = 1\n```\n",
    "|a|b|\n|-|-|\n|1|2|\n", "[l](https://e.com/p) ", "e\u0301",
]  # fmt: skip
PIECES = st.one_of(st.text(max_size=40), st.sampled_from(MARKED))


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=120).map("".join), st.sampled_from(["person", "persona", "system"]),
       st.booleans())  # fmt: skip
def test_the_parts_of_any_text_carry_all_of_it(text: str, kind: str, with_file: bool) -> None:
    files = (File(name="a.pdf", mime="application/pdf", key="k", size=1),) if with_file else ()
    words = f"begin {text} {' middle' * 300} {text} end"
    out = to("telegram:main:-1", content=Content(text=words, files=files), kind=kind, name="Zuri")
    shown = notes(out, FEATURES)
    for note in shown:
        if note.file is None or note.text:
            check_text(note.text, list(note.entities), caption=note.file is not None)
        assert utf16(note.text) <= TEXT
    # What a marker may be is left out of both; what is left has to be there in full and in order.
    assert _letters("".join(n.text for n in shown)).endswith(_letters(words))


def _letters(text: str) -> str:
    return "".join(c for c in text.replace("https://e.com/p", "").replace("py", "") if c.isalnum() and c.isprintable())


def test_more_styles_than_telegram_takes_lose_no_words() -> None:
    out = to("telegram:main:-1", " ".join(f"**w{n}**" for n in range(150)))
    [note] = notes(replace(out), FEATURES)
    assert len(note.entities) == 100 and "w149" in note.text
    assert formatted([]) == ("", ())
