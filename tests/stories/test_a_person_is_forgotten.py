"""Somebody sees what is held about them, takes it away, is erased, and comes back as a stranger."""

import asyncio
import base64
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import aiohttp
from pymongo import MongoClient

from tests.stories.caravan import Caravan
from tests.stories.group import Group, Simulator
from tests.waiting import soon

NAME, PERSONA = "Zebediah", "Quillara"
WORDS = {
    "message": "xylophonic", "memory": "marzipanic", "file": "brontosaur", "file name": "zygomorph",
    "edit": "halcyonix", "deleted": "obsidianum", "form": "vermilionix", "direct": "quixotical",
    "ping": "palimpsest", "afar": "zirconious",
    "location": "-3.98765",
}  # fmt: skip
# The simulated network's own register of who is where; a real network keeps it, not we.
REGISTER = ("sim_places", "sim_names")


Documents = Callable[[], Iterator[tuple[str, str, bytes]]]


def in_sqlite(folder: Path) -> Documents:
    """Every stored document of the embedded store: kind, id, body."""

    def read() -> Iterator[tuple[str, str, bytes]]:
        with sqlite3.connect(f"file:{folder / 'caravan.sqlite'}?mode=ro", uri=True) as file:
            for (kind,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                for id, body in file.execute(f'SELECT id, body FROM "{kind}"').fetchall():
                    yield kind, id, body

    return read


def in_mongo(url: str) -> Documents:
    """The same of MongoDB."""

    def read() -> Iterator[tuple[str, str, bytes]]:
        with MongoClient[dict[str, Any]](url) as client:
            for kind in (database := client.get_default_database()).list_collection_names():
                for found in database[kind].find({}):
                    if "body" in found:
                        yield (
                            kind,
                            str(found["_id"]),
                            bytes(found["body"], "utf-8") if isinstance(found["body"], str) else bytes(found["body"]),
                        )

    return read


def mentions(documents: Documents, word: str) -> list[str]:
    """Where a word is stored, in files too; but for the simulated network's own register."""
    found = []
    for kind, id, body in documents():
        told = json.loads(body)
        file = base64.b64decode(told.get("data", "")) if kind == "blobs" else b""
        text = f"{id} {json.dumps(told, ensure_ascii=False)} {file.decode(errors='replace')}"
        if kind not in REGISTER and word in text:
            found.append(f"{kind}/{id}")
    return found


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


async def farewell(caravan: Caravan, documents: Documents) -> None:
    """Seen, taken away, erased; nothing is left; a stranger comes back."""
    async with Simulator(caravan.url) as simulator:
        group, alone = await life(simulator, caravan)
        everything = (NAME, PERSONA, *WORDS.values())
        assert [word for word in everything if not mentions(documents, word)] == []
        said = await alone.say(NAME, "/privacy")
        assert "Messages" in said.words and "Personas" in said.words
        held = await exported(caravan, alone)
        assert [word for word in everything if word not in held and word != WORDS["form"]] == []
        for label in ("Erase…", "Erase", "Yes, erase me for good"):
            await alone.press(NAME, label)

        async def gone() -> bool:
            return not mentions(documents, NAME)

        await soon(gone)
        assert {word: found for word in everything if (found := mentions(documents, word))} == {}
        members = await group.say("Ana", "/members")
        assert NAME not in members.words and "Ana" in members.words
        again = await alone.say(NAME, "/persona")
        assert "no persona" in again.words.casefold()
        assert "pong" in (await group.say(NAME, "/ping")).words
        assert NAME in (await group.say("Ana", "/members")).words


async def exported(caravan: Caravan, alone: Group) -> str:
    """All texts in the archive that the button brings."""
    answers = await alone.press(NAME, "Export")
    (file,) = [f for m in answers.messages for f in m.raw["files"]]
    async with aiohttp.ClientSession() as session, session.get(caravan.url + file["url"]) as answer:
        archive = zipfile.ZipFile(io.BytesIO(await answer.read()))
    assert "index.html" in archive.namelist()
    return "\n".join(archive.read(name).decode(errors="replace") for name in archive.namelist())


async def test_all_of_a_person_can_be_seen_taken_away_and_erased(own_caravan: Caravan) -> None:
    await farewell(own_caravan, in_sqlite(own_caravan.folder / "data"))


async def test_with_a_web_and_a_worker_on_mongodb_it_is_the_same(
    tmp_path: Path, mongo_url: str, redis_url: str
) -> None:
    settings = {
        "MONGO_URL": mongo_url, "REDIS_URL": redis_url, "SECRET_KEY": "a-secret-for-loopback-only", "SIMULATOR": "1",
    }  # fmt: skip
    processes = [Caravan(tmp_path / f"{n}", role, **settings) for n, role in enumerate(("web", "worker"))]
    try:
        await asyncio.gather(*(asyncio.to_thread(p.start) for p in processes))
        await farewell(processes[0], in_mongo(mongo_url))
    finally:
        for process in processes:
            process.stop()
    assert not [p.log for p in processes if "Traceback" in p.log]
