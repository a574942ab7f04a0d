"""Somebody sees what is held about them, takes it away, is erased, and comes back as a stranger."""

import base64
import io
import json
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import aiohttp

from tests.stories.caravan import Caravan, soon
from tests.stories.group import Group, Simulator

NAME, PERSONA = "Zebediah", "Quillara"
WORDS = {
    "message": "xylophonic", "memory": "marzipanic", "file": "brontosaur", "file name": "zygomorph",
    "edit": "halcyonix", "deleted": "obsidianum", "form": "vermilionix", "direct": "quixotical",
    "ping": "palimpsest", "afar": "zirconious",
    "location": "-3.98765",
}  # fmt: skip
# The simulated network's own register of who is where; a real network keeps it, not we.
REGISTER = ("sim_places", "sim_names")


def stored(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Every stored document: kind, id, body with the bytes of files decoded."""
    with sqlite3.connect(f"file:{folder / 'caravan.sqlite'}?mode=ro", uri=True) as file:
        kinds = [row[0] for row in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for kind in kinds:
            for id, body in file.execute(f'SELECT id, body FROM "{kind}"'):
                told = json.loads(body)
                data = base64.b64decode(told.get("data", "")) if kind == "blobs" else b""
                yield kind, id, f"{id} {json.dumps(told, ensure_ascii=False)} {data.decode(errors='replace')}"


def mentions(folder: Path, word: str) -> list[str]:
    return [f"{k}/{i}" for k, i, text in stored(folder) if k not in REGISTER and word in text]


async def life(simulator: Simulator, caravan: Caravan) -> tuple[Group, Group]:
    """Everything that Zebediah ever does: a persona, a memory, messages, files, an edit, a form, a vote, likes."""
    group = await simulator.group("Coast 2027", ["Ana", NAME])
    direct = await simulator.post("places", {"title": "alone", "people": [NAME], "kind": "direct"})
    alone = Group(simulator, direct["place"], direct["thread"])
    await alone.rest()
    await group.say(NAME, "/persona new")
    for said in (PERSONA, "warm", f"beaches and {WORDS['form']}", "low", "relaxed"):
        await group.say(NAME, said)
    await group.say(NAME, f"{PERSONA}, remember that I am allergic to {WORDS['memory']}")
    await group.say(NAME, f"I would love a {WORDS['message']} evening")
    await group.say(NAME, f"/ping {WORDS['ping']}")
    file = {"name": f"{WORDS['file name']}.txt", "mime": "text/plain"}
    content = base64.b64encode(WORDS["file"].encode()).decode()
    await group.say(NAME, "look at this", files=[{**file, "base64": content}])
    await group.say(NAME, "I am here", location={"lat": -3.98765, "lon": 39.7})
    sent = await caravan.post("say", place=group.place, as_=NAME, text="a first try")
    await caravan.post("edit", place=group.place, as_=NAME, entry=sent["entry"], text=f"an {WORDS['edit']} try")
    sent = await caravan.post("say", place=group.place, as_=NAME, text=f"{WORDS['deleted']} is nothing for here")
    await caravan.post("delete", place=group.place, as_=NAME, entry=sent["entry"])
    await group.say(NAME, "/poll beach or museum")
    await group.say(NAME, "Caravan, things to do in Mombasa")
    await group.say("Ana", "/history")
    await group.say("Ana", "/members")
    await group.say("Ana", "/export")
    await group.say("Ana", f"{PERSONA}, what do you think?")
    await alone.say(NAME, f"my {WORDS['direct']} secret")
    await alone.say(NAME, "/trips")
    await alone.press(NAME, "Coast 2027")
    await alone.say(NAME, f"a {WORDS['afar']} greeting to the trip")
    await group.say("Ana", f"how nice, {NAME}")
    return group, alone


async def test_all_of_a_person_can_be_seen_taken_away_and_erased(own_caravan: Caravan) -> None:
    async with Simulator(own_caravan.url) as simulator:
        group, alone = await life(simulator, own_caravan)
        folder = own_caravan.folder / "data"
        assert all(mentions(folder, word) for word in (NAME, PERSONA, *WORDS.values()))

        said = await alone.say(NAME, "/privacy")
        assert "Messages" in said.words and "Personas" in said.words
        exported = await alone.press(NAME, "Export")
        (file,) = [f for m in exported.messages for f in m.raw["files"]]
        async with aiohttp.ClientSession() as session, session.get(own_caravan.url + file["url"]) as answer:
            archive = zipfile.ZipFile(io.BytesIO(await answer.read()))
        held = "\n".join(archive.read(name).decode(errors="replace") for name in archive.namelist())
        kept = [word for what, word in WORDS.items() if what != "form"]
        assert all(word in held for word in (NAME, PERSONA, *kept))
        assert "index.html" in archive.namelist()

        await alone.press(NAME, "Erase…")
        await alone.press(NAME, "Erase")
        await alone.press(NAME, "Yes, erase me for good")

        async def gone() -> bool:
            return not mentions(folder, NAME)

        await soon(gone)
        for word in (NAME, PERSONA, *WORDS.values()):
            assert mentions(folder, word) == [], word

        members = await group.say("Ana", "/members")
        assert NAME not in members.words and "Ana" in members.words
        again = await alone.say(NAME, "/persona")
        assert "no persona" in again.words.casefold()
        assert "pong" in (await group.say(NAME, "/ping")).words
        assert NAME in (await group.say("Ana", "/members")).words
