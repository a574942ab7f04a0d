"""What people do over HTTP is shown in the place and told to the core, once."""

import asyncio
import base64
from pathlib import Path

from bot.content import Button, Content
from tests.channels.simulator.stage import NOT_YOURS, OVER, Stage, staged


async def test_a_new_place_tells_the_core_who_is_in_it(stage: Stage) -> None:
    made = await stage.post("places", title="Lamu Trip", people=["Ana", "Ben", "Ana"])
    assert made["place"] == "simulator:main:lamu-trip"
    assert made["thread"] == "thread of simulator:main:lamu-trip"
    [entry] = stage.heard
    assert entry.what == "member"
    assert entry.author == "simulator:Ana"
    assert entry.value["added"] == [
        {"identity": "simulator:Ana", "name": "Ana"},
        {"identity": "simulator:Ben", "name": "Ben"},
    ]
    assert (entry.value["kind"], entry.value["title"]) == ("group", "Lamu Trip")


async def test_two_places_with_one_title_are_two_places(stage: Stage) -> None:
    assert await stage.place() != await stage.place()
    assert [p["title"] for p in (await stage.get("places"))["places"]] == ["Lamu", "Lamu"]


async def test_a_title_without_plain_letters_still_makes_a_place(stage: Stage) -> None:
    assert (await stage.place(title="🏝️")) == "simulator:main:place"


async def test_what_is_said_is_shown_and_heard_under_the_same_id(stage: Stage) -> None:
    place = await stage.place()
    said = await stage.post("say", place=place, as_="Ana", text="Hello, Ben 👋🏽")
    [shown] = await stage.shown(place)
    assert shown["id"] == said["entry"] == stage.heard[-1].id
    assert (shown["author"], shown["author_kind"], shown["kind"]) == ("Ana", "person", "message")
    assert shown["text"] == stage.heard[-1].text == "Hello, Ben 👋🏽"
    assert (shown["n"], shown["revision"], shown["buttons"], shown["files"], shown["partial"]) == (1, 1, [], [], False)


async def test_words_that_begin_with_a_slash_are_a_command(stage: Stage) -> None:
    place = await stage.place()
    await stage.post("say", place=place, as_="Ana", text="/help")
    assert stage.heard[-1].what == "command"


async def test_the_same_id_twice_is_one_event(stage: Stage) -> None:
    place = await stage.place()
    first = await stage.post("say", place=place, as_="Ana", text="Hello", id="m-1")
    again = await stage.post("say", place=place, as_="Ana", text="Hello", id="m-1")
    assert first == again == {"entry": f"{place}:message:m-1"}
    assert len(await stage.shown(place)) == 1
    assert [e.id for e in stage.heard].count(f"{place}:message:m-1") == 1


async def test_the_same_id_makes_one_place(stage: Stage) -> None:
    first = await stage.post("places", title="Lamu", people=["Ana"], id="p")
    again = await stage.post("places", title="Lamu", people=["Ana"], id="p")
    assert first == again
    assert len((await stage.get("places"))["places"]) == 1


async def test_an_edit_comes_again_with_a_higher_revision_and_a_new_number(stage: Stage) -> None:
    place = await stage.place()
    said = await stage.post("say", place=place, as_="Ana", text="Three days")
    await stage.post("edit", place=place, as_="Ana", entry=said["entry"], text="Four days")
    first, second = await stage.shown(place)
    assert (second["id"], second["revision"], second["n"], second["text"]) == (first["id"], 2, 2, "Four days")
    heard = stage.heard[-1]
    assert (heard.what, heard.object, heard.text) == ("edit", said["entry"], "Four days")
    assert heard.id == f"{place}:edit:{said['entry']}:2"


async def test_a_deletion_takes_the_words_away(stage: Stage) -> None:
    place = await stage.place()
    said = await stage.post("say", place=place, as_="Ana", text="Oops")
    await stage.post("delete", place=place, as_="Ana", entry=said["entry"])
    last = (await stage.shown(place))[-1]
    assert (last["id"], last["kind"], last["text"], last["revision"]) == (said["entry"], "deleted", "", 2)
    assert stage.heard[-1].what == "delete"
    await stage.post("delete", 410, place=place, as_="Ana", entry=said["entry"])


async def test_nobody_changes_what_others_said(stage: Stage) -> None:
    place = await stage.place()
    said = await stage.post("say", place=place, as_="Ana", text="Mine")
    await stage.send(place, "Ours", shown="a1")
    await stage.post("edit", 403, place=place, as_="Ben", entry=said["entry"], text="Yours")
    await stage.post("delete", 403, place=place, as_="Ben", entry=said["entry"])
    await stage.post("edit", 403, place=place, as_="Ben", entry="a1", text="Yours")
    assert len(await stage.shown(place)) == 2


async def test_reactions_gather_under_a_message_and_can_be_taken_back(stage: Stage) -> None:
    place = await stage.place()
    await stage.send(place, "Beach or hills?", shown="a1")
    for person in ("Ana", "Ben", "Ben"):
        await stage.post("react", place=place, as_=person, entry="a1", emoji="👍")
    [shown] = await stage.now_shown(place)
    assert shown["reactions"] == [{"emoji": "👍", "by": ["Ana", "Ben"]}]
    assert shown["revision"] == 3
    assert [(e.what, e.object, e.text) for e in stage.heard[1:]] == [("react", "a1", "👍")] * 2
    await stage.post("react", place=place, as_="Ana", entry="a1", emoji="")
    assert (await stage.now_shown(place))[0]["reactions"] == [{"emoji": "👍", "by": ["Ben"]}]


async def test_a_reply_names_what_it_answers(stage: Stage) -> None:
    place = await stage.place()
    await stage.send(place, "Where to?", shown="a1")
    await stage.post("say", place=place, as_="Ana", text="Lamu", reply_to="a1")
    assert stage.heard[-1].reply_to == "a1"
    assert (await stage.shown(place))[-1]["reply_to"] == "a1"
    await stage.post("say", 404, place=place, as_="Ana", text="Lamu", reply_to="a2")


async def test_a_location_alone_is_a_message(stage: Stage) -> None:
    place = await stage.place()
    await stage.post("say", place=place, as_="Ana", location={"lat": -2.27, "lon": 40.9})
    assert stage.heard[-1].location == (-2.27, 40.9)


async def test_a_file_is_stored_and_served_as_a_download(stage: Stage) -> None:
    place = await stage.place()
    page = b"<script>alert(1)</script>"
    files = [{"name": "my 'plan'.html", "mime": "text/html", "base64": base64.b64encode(page).decode()}]
    await stage.post("say", place=place, as_="Ana", files=files)
    [shown] = (await stage.shown(place))[0]["files"]
    assert (shown["name"], shown["mime"]) == ("my 'plan'.html", "text/html")
    answer = await stage.client.get(shown["url"])
    assert await answer.read() == page
    assert answer.content_type == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''my%20%27plan%27.html"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    [file] = stage.heard[-1].files
    assert (file.size, shown["url"]) == (len(page), f"/simulator/files/{file.key}")
    assert (await stage.client.get("/simulator/files/nothing")).status == 404


async def test_the_same_file_twice_is_kept_once(stage: Stage) -> None:
    place = await stage.place()
    files = [{"name": "a.txt", "mime": "text/plain", "base64": "aGk="}]
    for _ in range(2):
        await stage.post("say", place=place, as_="Ana", files=files)
    first, second = await stage.shown(place)
    assert first["files"] == second["files"]


async def test_card_numbers_are_not_written_down(stage: Stage) -> None:
    place = await stage.place()
    said = await stage.post("say", place=place, as_="Ana", text="Take 4111 1111 1111 1111")
    await stage.post("edit", place=place, as_="Ana", entry=said["entry"], text="or 4111-1111-1111-1111")
    for shown in await stage.shown(place):
        assert "1111" not in shown["text"]
    assert not any("1111" in e.text for e in stage.heard)


async def test_people_come_and_go(stage: Stage) -> None:
    place = await stage.place("Ana")
    await stage.post("say", 403, place=place, as_="Chi", text="Hi")
    changed = await stage.post("members", place=place, add=["Chi", "Ben", "Ana"], remove=["Dan"])
    assert changed["people"] == ["Ana", "Chi", "Ben"]
    assert [a["name"] for a in stage.heard[-1].value["added"]] == ["Chi", "Ben"]
    await stage.post("say", place=place, as_="Chi", text="Hi")
    await stage.post("members", place=place, remove=["Chi"])
    assert stage.heard[-1].value["removed"] == [{"identity": "simulator:Chi", "name": "Chi"}]
    await stage.post("say", 403, place=place, as_="Chi", text="Hi")
    await stage.get("transcript", 403, place=place, as_="Chi")
    assert (await stage.get("people"))["people"] == ["Ana", "Ben"]


async def test_a_direct_place_has_one_person_for_ever(stage: Stage) -> None:
    place = await stage.place("Ana", kind="direct")
    assert stage.heard[-1].value["kind"] == "direct"
    await stage.post("members", 409, place=place, add=["Ben"])
    await stage.post("places", 400, title="Two", people=["Ana", "Ben"], kind="direct")


async def test_a_button_is_pressed_by_its_id_or_its_label(stage: Stage) -> None:
    place = await stage.place()
    buttons = (Button(id="t1", label="Book it"), Button(id="t2", label="Later"))
    await stage.send(place, Content(text="A flight", buttons=buttons), shown="a1")
    for named in ("t1", " book IT"):
        pressed = await stage.post("press", place=place, as_="Ana", entry="a1", button=named, values={"seats": 2})
        heard = stage.heard[-1]
        assert (heard.what, heard.object, heard.id) == ("press", "a1", pressed["entry"])
        assert heard.value == {"kind": "group", "title": "Lamu", "token": "t1", "values": {"seats": 2}}


async def test_buttons_that_are_not_there_not_clear_not_yours_or_over(stage: Stage) -> None:
    place = await stage.place()
    buttons = tuple(Button(id=f"t{i}", label=label) for i, label in enumerate(("Yes", "Yes", "No", "Pay", "Old")))
    link = Button(id="l", label="Read", url="https://example.com")
    parts = await stage.send(place, Content(text="Well?", buttons=(*buttons, link)), shown="a1")
    stage.forbidden = {"t2": NOT_YOURS, "t3": OVER}
    press = {"place": place, "as_": "Ana", "entry": "a1"}
    before = len(stage.heard)
    await stage.post("press", 404, **press, button="Maybe")
    await stage.post("press", 409, **press, button="Yes")
    await stage.post("press", 403, **press, button="No")
    await stage.post("press", 410, **press, button="Pay")
    await stage.post("press", 400, **press, button="Read")
    await stage.post("press", 404, **press | {"entry": "a2"}, button="Yes")
    await stage.send(place, "Too late", what="edit", parts=parts, shown="a1")
    await stage.post("press", 410, **press, button="Old")
    assert len(stage.heard) == before


async def test_what_the_core_did_not_take_is_told_again_until_it_does(stage: Stage) -> None:
    place = await stage.place()
    stage.asleep = True
    answer = await stage.client.post("/simulator/say", json={"place": place, "as": "Ana", "text": "Hi", "id": "1"})
    assert answer.status == 500
    await asyncio.sleep(0.02)
    assert len(stage.heard) == 1
    stage.asleep = False
    await stage.hears(f"{place}:message:1")
    await stage.post("say", place=place, as_="Ana", text="Hi", id="1")
    assert len(await stage.shown(place)) == 1
    assert [e.id for e in stage.heard[1:]] == [f"{place}:message:1"]


async def test_what_the_core_did_not_take_is_told_after_a_restart(stage: Stage, tmp_path: Path) -> None:
    place = await stage.place()
    stage.asleep = True
    await stage.client.post("/simulator/say", json={"place": place, "as": "Ana", "text": "Hi", "id": "1"})
    await stage.channel.close()
    async with staged(tmp_path) as later:
        assert later.heard[-1].id == f"{place}:message:1"
