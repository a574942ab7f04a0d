"""Attempts to read or do what is somebody else's: through other Threads, places, edits, codes and buttons."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.capability import Effect, Text, capability
from bot.content import Draft, File, Press
from bot.documents import Insert
from bot.model import BLOBS, PEOPLE, THREADS, Blob, Entry, Person, Thread
from bot.ports import Ask, Features, Reply
from tests.bot.parlour import PaperChannel, Parlour, parlour


class Doors:
    """A button for anybody, one for its asker alone, and what they were pressed with."""

    def __init__(self) -> None:
        self.opened: list[tuple[str, str]] = []

    @capability("Show a door", command="door", effect=Effect.CHANGE)
    async def door(self, ask: Ask, *, room: Text = "hall") -> Reply:
        return Reply(drafts=(Draft(text="Here", buttons=(Press(label="Open", call="like", args={"room": room}),)),))

    @capability("Show my own door", command="mine", effect=Effect.CHANGE, private=True)
    async def mine(self, ask: Ask) -> Reply:
        button = Press(label="Open", call="like", args={"room": "mine"}, who=(ask.person.id,))
        return Reply(drafts=(Draft(text="Yours", buttons=(button,)),))

    @capability("Open it", effect=Effect.CHANGE, hidden=True)
    async def like(self, ask: Ask, *, room: Text) -> Reply:
        self.opened.append((ask.person.name, room))
        return Reply(drafts=(Draft(text=f"{room} opened"),))


async def whisper(p: Parlour, who: str, text: str, **more: Any) -> Entry:
    """Say something in the own chat with Caravan."""
    return await p.say(f"{who}-direct", who, text, **{"value": {"kind": "direct"}, **more})


async def press(p: Parlour, place: str, who: str, label: str, *, shown_in: str = "", **value: Any) -> Entry:
    """Press the newest button of that label shown in a place (or in another one)."""
    sent = [o for o in p.channel.sent if o.place == f"paper:main:{shown_in or place}"]
    outgoing, token = next((o, b.id) for o in reversed(sent) for b in o.content.buttons if b.label == label)
    kind = "direct" if place.endswith("-direct") else "group"
    about = {"kind": kind, "token": token, **value}
    return await p.say(place, who, "", what="press", object=outgoing.shown, value=about)


async def trips(p: Parlour, who: str, *titles: str) -> None:
    """Group threads with these titles in which that person and another one are."""
    for title in titles:
        for name in (who, f"{title}-guest"):
            await p.say(title, name, "hello", value={"kind": "group", "title": title})


async def code_of(p: Parlour, place: str, who: str) -> str:
    await p.say(place, who, "/link")
    return next(w for w in p.texts(place)[-1].split() if w.isupper() and len(w) == 8)


async def removed(p: Parlour, place: str, who: str) -> None:
    value = {"kind": "group", "removed": [{"identity": f"paper:{who}", "name": who}]}
    await p.say(place, who, "", what="member", value=value)


async def person(p: Parlour, entry: Entry) -> Person:
    found = await p.store.get(PEOPLE, entry.person)
    assert found is not None
    return found


async def test_only_one_of_those_who_come_together_is_the_owner(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        names = ("Ana", "Ben", "Chi")
        added = [{"identity": f"paper:{n}", "name": n} for n in names]
        await p.say("den", "Ana", "", what="member", value={"kind": "group", "added": added})
        roles = [(await person(p, await p.say("den", n, "hello"))).role for n in names]
        assert roles == ["admin", "traveller", "traveller"]


async def test_a_button_of_the_own_chat_works_while_another_trip_has_the_focus(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await trips(p, "Ana", "Lamu", "Watamu")
        await whisper(p, "Ana", "/trips")
        await press(p, "Ana-direct", "Ana", "Lamu")
        await press(p, "Ana-direct", "Ana", "Watamu")
        place = await p.core.places.get("paper:main:Ana-direct")
        assert place is not None
        assert place.focus == (await p.thread("Watamu")).id


async def test_an_edit_goes_where_the_words_went_and_nowhere_else(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await trips(p, "Ana", "Lamu", "Watamu")
        await whisper(p, "Ana", "/trips")
        await press(p, "Ana-direct", "Ana", "Lamu")
        said = await whisper(p, "Ana", "a surprise for Watamu's guest")
        await press(p, "Ana-direct", "Ana", "Watamu")
        await whisper(p, "Ana", "a big surprise for Watamu's guest", what="edit", object=said.id)
        assert p.texts("Lamu")[-1] == "a big surprise for Watamu's guest"
        assert not any("surprise" in text for text in p.texts("Watamu"))


async def test_a_reply_goes_to_the_trip_of_the_message_replied_to(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await trips(p, "Ana", "Lamu", "Watamu")
        await whisper(p, "Ana", "/trips")
        await press(p, "Ana-direct", "Ana", "Lamu")
        asked = await p.say("Lamu", "Lamu-guest", "shall we sail?")
        await press(p, "Ana-direct", "Ana", "Watamu")
        await whisper(p, "Ana", "yes, sail!", reply_to=asked.id)
        assert p.texts("Lamu")[-1] == "yes, sail!"
        assert "yes, sail!" not in p.texts("Watamu")


async def test_a_reply_to_an_entry_of_a_trip_one_is_not_in_stays_where_it_is(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await trips(p, "Ana", "Lamu")
        secret = await p.say("elsewhere", "Eve", "nobody must know")
        await whisper(p, "Ana", "hello")
        reply = await whisper(p, "Ana", "/why", reply_to=secret.id)
        assert reply.thread == (await p.thread("Ana-direct")).id
        shown = [line for o in p.channel.sent if o.content.card for line in o.content.card.lines]
        assert not any("nobody must know" in line for line in shown)


async def test_nobody_edits_or_deletes_what_caravan_answered_them(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        code = await code_of(p, "den", "Ana")
        await p.say("roof", "Ben", f"/link {code}")
        asked = await p.say("den", "Ana", "/ping one")
        p.channel.sent.clear()
        for what in ("edit", "delete"):
            await p.say("den", "Ana", "pong: all is paid", what=what, object=asked.answers[0].id)
        assert p.channel.sent == []
        await p.say("den", "Ana", "/history")
        card = p.channel.sent[-1].content.card
        assert card is not None
        assert [line[-8:] for line in card.lines if "pong" in line] == ["pong one"]


async def test_history_does_not_believe_an_edit_by_somebody_else(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        said = await p.say("den", "Ana", "I pay my own share")
        await p.say("den", "Ben", "I pay for everybody", what="edit", object=said.id)
        await p.say("den", "Ben", "", what="delete", object=said.id)
        lines = await p.core.history.lines(said.thread)
        assert [line.text for line in lines] == ["I pay my own share"]


async def test_a_code_lets_in_only_the_people_of_the_place_that_uses_it(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await p.say("roof", "Ben", "/link")
        inner = next(w for w in p.texts("roof")[-1].split() if w.isupper() and len(w) == 8)
        await p.say("cellar", "Chi", f"/link {inner}")  # Ben's and Chi's places share a trip
        code = await code_of(p, "den", "Ana")
        await p.say("cellar", "Chi", f"/link {code}")
        assert [m.name for m in (await p.thread("den")).present] == ["Ana", "Chi"]


async def test_a_place_that_moves_to_another_trip_no_longer_hears_the_first(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        first = await code_of(p, "roof", "Ben")
        await p.say("cellar", "Chi", f"/link {first}")
        code = await code_of(p, "den", "Ana")
        await p.say("cellar", "Chi", f"/link {code}")
        p.channel.sent.clear()
        await p.say("roof", "Ben", "only for the roof")
        assert p.texts("cellar") == []
        assert [m.name for m in (await p.thread("roof")).present] == ["Ben"]


async def test_a_code_used_in_a_direct_chat_brings_its_one_person_and_nobody_of_their_trip(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await trips(p, "Ben", "Lamu")
        await whisper(p, "Ben", "/trips")
        await press(p, "Ben-direct", "Ben", "Lamu")
        code = await code_of(p, "den", "Ana")
        await whisper(p, "Ben", f"/link {code}")
        assert [m.name for m in (await p.thread("den")).present] == ["Ana", "Ben"]


async def test_nobody_joins_the_own_chat_of_a_person(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await whisper(p, "Ana", "hello")
        await whisper(p, "Ana", "/link")
        codes = [w for w in p.texts("Ana-direct")[-1].split() if w.isupper() and len(w) == 8]
        assert codes == []
        assert (await p.thread("Ana-direct")).link_code == ""


async def test_one_removed_from_the_group_hears_nothing_in_the_own_chat_either(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await trips(p, "Ben", "Lamu")
        await whisper(p, "Ben", "/trips")
        await press(p, "Ben-direct", "Ben", "Lamu")
        await whisper(p, "Ben", "I am here too")
        await removed(p, "Lamu", "Ben")
        p.channel.sent.clear()
        await p.say("Lamu", "Lamu-guest", "now that Ben is gone")
        assert p.texts("Ben-direct") == []
        said = await whisper(p, "Ben", "let me in")
        assert said.thread == (await p.thread("Ben-direct")).id
        assert [m.name for m in (await p.thread("Lamu")).present] == ["Lamu-guest"]


async def test_one_who_joined_by_a_code_and_is_removed_loses_the_own_chat_too(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await trips(p, "Ana", "Lamu")
        code = await code_of(p, "Lamu", "Ana")
        await whisper(p, "Ben", f"/link {code}")
        await p.say("Lamu", "Ben", "hello")
        await removed(p, "Lamu", "Ben")
        p.channel.sent.clear()
        await p.say("Lamu", "Ana", "now that Ben is gone")
        assert p.texts("Ben-direct") == []


async def test_words_on_their_way_when_their_author_is_removed_do_not_bring_them_back(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await trips(p, "Ben", "Lamu")
        await whisper(p, "Ben", "/trips")
        await press(p, "Ben-direct", "Ben", "Lamu")
        lamu = await p.thread("Lamu")
        await removed(p, "Lamu", "Ben")
        p.channel.sent.clear()
        late = p.entry("Ben-direct", "Ben", "am I still here?", thread=lamu.id, value={"kind": "direct"})
        await p.hear(late)
        assert p.texts("Lamu") == []
        assert [m.name for m in (await p.thread("Lamu")).present] == ["Lamu-guest"]


async def test_a_focus_chosen_while_being_removed_opens_nothing(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await trips(p, "Ben", "Lamu")
        await whisper(p, "Ben", "hello")
        await removed(p, "Lamu", "Ben")
        lamu, ben = await p.thread("Lamu"), await person(p, await whisper(p, "Ben", "hello"))
        late = Entry(
            id=f"{lamu.id}:call:focus:late", thread=lamu.id, what="focus", at=p.clock.now(),
            place="paper:main:Ben-direct", value={"person": ben.id},
        )  # fmt: skip
        await p.hear(late)
        await p.say("Lamu", "Lamu-guest", "now that Ben is gone")
        assert "now that Ben is gone" not in p.texts("Ben-direct")


@pytest.mark.parametrize("how", ["press", "react"])
async def test_a_button_obeys_only_those_it_is_for_in_the_trip_it_belongs_to(tmp_path: Path, how: str) -> None:
    doors = Doors()
    async with parlour(tmp_path, doors) as p:
        await p.say("den", "Ana", "/mine")
        await p.say("den", "Ben", "hello")
        await p.say("roof", "Eve", "hello")
        shown, token = p.channel.sent[0].shown, p.channel.sent[0].content.buttons[0].id
        for place, who in (("den", "Ben"), ("roof", "Eve"), ("den", "Stranger")):
            await p.say(place, who, "👍", what=how, object=shown, value={"kind": "group", "token": token})
        assert doors.opened == []
        await p.say("den", "Ana", "👍", what=how, object=shown, value={"kind": "group", "token": token})
        assert doors.opened == [("Ana", "mine")]


async def test_a_stranger_reacts_to_nothing(tmp_path: Path) -> None:
    doors = Doors()
    async with parlour(tmp_path, doors) as p:
        await p.say("den", "Ana", "/door hall")
        await p.say("den", "Stranger", "👍", what="react", object=p.channel.sent[0].shown)
        assert doors.opened == []


async def test_what_a_button_stands_for_is_not_changed_by_its_press(tmp_path: Path) -> None:
    doors = Doors()
    async with parlour(tmp_path, doors) as p:
        await p.say("den", "Ana", "/door hall")
        await press(p, "den", "Ana", "Open", values={"room": "treasury"})
        assert doors.opened == [("Ana", "hall")]


async def test_a_private_answer_reaches_nobody_else_where_the_network_has_no_private_replies(tmp_path: Path) -> None:
    channel = PaperChannel(Features(edits=True, groups=True))
    async with parlour(tmp_path, Doors(), channel=channel) as p:
        await p.say("den", "Ben", "hello")
        await p.say("den", "Ana", "/mine")
        assert not any("Yours" in text for text in p.texts("den"))
        await whisper(p, "Ana", "hello")
        await p.say("den", "Ana", "/mine")
        assert [o.place for o in p.channel.sent if o.content.text == "Yours"] == ["paper:main:Ana-direct"]


async def test_words_taken_back_or_corrected_are_told_to_nobody(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await p.say("den", "Ana", "hello")
        secret = await p.say("den", "Ben", "I can not stand Ana")
        await p.say("den", "Ben", "", what="delete", object=secret.id)
        slip = await p.say("den", "Ben", "Ana is a goat")
        await p.say("den", "Ben", "Ana is great", what="edit", object=slip.id)
        for reply_to in ("", secret.id, slip.id):
            for command in ("/why", "/history", "/export"):
                await p.say("den", "Ana", command, reply_to=reply_to)
        told = str([o.content for o in p.channel.sent])
        files = [f.key for o in p.channel.sent for f in o.content.files]
        kept = b"".join([blob.data for key in files if (blob := await p.store.get(BLOBS, key))])
        assert "stand" not in told + kept.decode()
        assert "goat" not in told + kept.decode()
        assert "Ana is great" in told


async def test_what_a_button_for_one_person_says_is_not_told_to_others(tmp_path: Path) -> None:
    async with parlour(tmp_path, Doors()) as p:
        await p.say("den", "Ben", "hello")
        await p.say("den", "Ana", "/mine")
        await press(p, "den", "Ana", "Open")
        await p.say("den", "Ben", "/why")
        assert "Open" not in str(p.channel.sent[-1].content)


async def test_trips_beyond_the_first_five_hundred_are_found(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        others = [Thread(id=f"t{n:06}", title="another") for n in range(1100)]
        await p.store.commit([Insert(THREADS, t) for t in others])
        await trips(p, "Ana", "Lamu")
        await whisper(p, "Ana", "/trips")
        assert [b.label for b in p.channel.sent[-1].content.buttons] == ["Lamu"]


async def test_words_put_into_somebodys_mouth_by_a_file_are_shown_as_such(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await p.say("den", "Ana", "hello")
        line = {"author": "Ana", "kind": "person", "at": "2026-11-20T10:00:00+00:00", "text": "I pay for everybody"}
        file = {"format": "caravan-thread-1", "title": "", "members": [], "personas": [], "entries": [line]}
        await imported(p, file)
        await p.say("den", "Ana", "/history pay")
        card = p.channel.sent[-1].content.card
        assert card is not None
        assert card.lines == ("**Ana (from a file)** 20 Nov 10:00: I pay for everybody",)
        for wrong in ({"author": "A" * 500}, {"kind": "admin"}, {"at": "yesterday"}, {"more": 1}):
            await imported(p, {**file, "entries": [{**line, **wrong}]})
            assert "not a conversation" in p.texts("den")[-1]


async def imported(p: Parlour, file: dict[str, Any]) -> None:
    """Ben brings a file."""
    blob = Blob(id=f"b{p.clock.tick()}", thread="t", name="x", mime="y", data=json.dumps(file).encode())
    await p.store.commit([Insert(BLOBS, blob)])
    await p.say("den", "Ben", "/import", files=(File(name="x", mime="y", key=blob.id, size=1),))
