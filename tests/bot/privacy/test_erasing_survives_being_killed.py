"""Erasing may be cut off after any of its commits: done again, nothing of the person is left, and the rest is whole."""

import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.codec import as_json, to_plain
from bot.content import File
from bot.core import Core
from bot.documents import Insert, Op, Replace
from bot.holdings import CoreHoldings
from bot.kinds import KINDS
from bot.model import BLOBS, ENTRIES, IDENTITIES, PEOPLE, THREADS, Blob, Job
from bot.ports import Store
from bot.privacy.erasing import Erasing
from bot.privacy.house import PrivacyHouse
from bot.privacy.subjects import Subjects
from personas.documents import KINDS as PERSONA_KINDS
from personas.holdings import PersonaHoldings
from tests.personas.salon import Salon, salon

MARKS = ("Zebediah", "Quillara", "xylophonic", "marzipanic", "brontosaur", "palimpsest")


class Killed(BaseException):
    """The process is gone."""


class Mortal:
    """A Store whose process dies before commit number `last`."""

    def __init__(self, store: Store, last: int) -> None:
        self._store, self._last, self.commits = store, last, 0
        self.get, self.find = store.get, store.find

    async def open(self, kinds: Sequence[Any]) -> None: ...
    async def close(self) -> None: ...

    async def commit(self, ops: Sequence[Op], *, hurry: bool = True) -> None:
        self.commits += 1
        if self.commits >= self._last:
            raise Killed
        await self._store.commit(ops, hurry=hurry)


@asynccontextmanager
async def room(folder: Path) -> AsyncIterator[Salon]:
    def more(core: Core) -> tuple[Sequence[object], Any, Any]:
        store, clock = core._ground.store, core._ground.clock
        house = PrivacyHouse(store, clock, core, held(store, core), "secret")
        return (house.privacy,), house.work(), house.news()

    async with salon(folder, votes="", more=more) as opened:
        yield opened


def held(store: Store, core: Core) -> tuple[PersonaHoldings, CoreHoldings]:
    return PersonaHoldings(store), CoreHoldings(store, core._ground.clock)


def erasing(opened: Salon, store: Store) -> Erasing:
    core = opened.room.core
    return Erasing(store, opened.room.clock, core.people, core.log, lambda: core.lanes, held(store, core))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def life(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which Zebediah has lived, with Ana, in a group and alone."""
    folder = tmp_path_factory.mktemp("life")
    async with room(folder) as r:
        await r.say("trip", "Ana", "/ping")
        await r.make("trip", "Zebediah", "Quillara")
        await r.say("trip", "Zebediah", "a xylophonic evening, please")
        await r.say("trip", "Zebediah", "/remember I am allergic to marzipanic things")
        await r.say("trip", "Zebediah", "/ping palimpsest")
        await r.say("home", "Zebediah", "/ping palimpsest", value={"kind": "direct"})
        blob = Blob(id="b1", thread=(await r.room.thread("trip")).id, name="x", mime="text/plain", data=b"brontosaur")
        await r.store.commit([Insert(BLOBS, blob)])
        entry = (await r.store.find(ENTRIES, {"thread": blob.thread}, order="-seq", limit=1))[0]
        file = File(name="brontosaur.txt", mime="text/plain", key="b1", size=10)
        await r.store.commit([Replace(ENTRIES, replace(entry, files=(file,)))])
        await r.say("trip", "Ana", "/history")
        await r.say("trip", "Ana", "/members")
        await r.say("trip", "Ana", "/export")
        await r.say("trip", "Zebediah", "/privacy")
    return folder


async def all_stored(r: Salon) -> str:
    found = []
    for kind in (*KINDS, *PERSONA_KINDS):
        for document in await r.store.find(kind, {}, order="id", limit=5000):
            raw = document.data.decode(errors="replace") if isinstance(document, Blob) else ""
            found.append(f"{kind.name} {as_json(to_plain(document)).decode()} {raw}")
    return "\n".join(found)


async def subject_of(r: Salon) -> Any:
    people = await r.store.find(PEOPLE, {"name": "Zebediah"}, limit=1)
    return await Subjects(r.store, r.room.core.pseudonyms).of(people[0])


def job_of(r: Salon, subject: Any, thread: str) -> Job:
    return Job(id="e1", name="erase", thread=thread, due_at=r.room.clock.now(), args={"subject": to_plain(subject)})


async def test_what_was_lived_is_there_before(life: Path, tmp_path: Path) -> None:
    shutil.copytree(life, tmp_path / "copy")
    async with room(tmp_path / "copy") as r:
        told = await all_stored(r)
        assert [m for m in MARKS if m not in told] == []


@pytest.mark.parametrize("last", [1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 16, 20])
async def test_killed_before_any_commit_it_is_finished_later(life: Path, tmp_path: Path, last: int) -> None:
    shutil.copytree(life, tmp_path / "copy")
    async with room(tmp_path / "copy") as r:
        subject = await subject_of(r)
        job = job_of(r, subject, subject.shared[0])
        try:
            await erasing(r, Mortal(r.store, last)).erase(job)
        except Killed:
            await r.room.settled()
        await erasing(r, r.store).erase(job)
        await erasing(r, r.store).erase(job)
        await r.room.settled()
        told = await all_stored(r)
        assert [m for m in MARKS if m in told] == []
        assert subject.person not in told and subject.pseudonym in told
        assert await r.store.find(IDENTITIES, {"person": subject.person}) == []
        await whole(r, subject.shared[0])


async def whole(r: Salon, thread: str) -> None:
    """What was Ana's is there, in order; the conversation goes on."""
    entries = await r.store.find(ENTRIES, {"thread": thread}, order="seq", limit=500)
    assert [e.seq for e in entries] == list(range(1, len(entries) + 1))
    found = await r.store.get(THREADS, thread)
    assert found is not None and [m.name for m in found.present] == ["Ana"] and not found.seats
    assert (await r.say("trip", "Ana", "/ping still here")).handled
    assert r.room.texts("trip")[-1] == "pong still here"
    assert [e for e in entries if e.name == "Ana" and e.text == "/history"]


async def test_whoever_comes_back_is_a_stranger(life: Path, tmp_path: Path) -> None:
    shutil.copytree(life, tmp_path / "copy")
    async with room(tmp_path / "copy") as r:
        subject = await subject_of(r)
        await erasing(r, r.store).erase(job_of(r, subject, subject.shared[0]))
        await r.say("home", "Zebediah", "/ping again", value={"kind": "direct"})
        assert r.room.texts("home")[-1] == "pong again"
        await r.say("home", "Zebediah", "/memory", value={"kind": "direct"})
        assert "nothing" in r.text("home").casefold()
        again = await subject_of(r)
        assert again.pseudonym == subject.pseudonym and again.personas == {} and again.shared == ()
        await r.say("trip", "Zebediah", "hello, I am new")
        assert [m.name for m in (await r.room.thread("trip")).present] == ["Ana", "Zebediah"]


async def test_it_asks_twice_and_only_the_person_can_answer(life: Path, tmp_path: Path) -> None:
    shutil.copytree(life, tmp_path / "copy")
    async with room(tmp_path / "copy") as r:
        await r.say("trip", "Zebediah", "/privacy")
        await r.press("trip", "Zebediah", "Erase…")
        assert "Erase everything about you?" in r.text("trip")
        assert "not" in (await r.press("trip", "Ana", "Erase")).outcome.casefold()
        await r.press("trip", "Zebediah", "Erase")
        assert "last question" in r.text("trip")
        assert await r.store.find(PEOPLE, {"name": "Zebediah"}, limit=1)
        await r.press("trip", "Zebediah", "Yes, erase me for good")
        assert await r.store.find(PEOPLE, {"name": "Zebediah"}, limit=1) == []
        told = await all_stored(r)
        assert [m for m in MARKS if m in told] == []


async def test_the_only_admin_is_warned_and_nobody_takes_over_after_them(life: Path, tmp_path: Path) -> None:
    shutil.copytree(life, tmp_path / "copy")
    async with room(tmp_path / "copy") as r:
        await r.say("trip", "Ana", "/privacy")
        await r.press("trip", "Ana", "Erase…")
        assert "only admin" in r.text("trip")
        await r.press("trip", "Ana", "Erase")
        await r.press("trip", "Ana", "Yes, erase me for good")
        for name in ("Ana", "Mallory"):
            await r.say("trip", name, "/ping")
        people = await r.store.find(PEOPLE, {}, order="name", limit=10)
        assert {p.name: p.role for p in people} == dict.fromkeys(("Ana", "Mallory", "Zebediah"), "traveller")


async def test_an_export_is_removed_after_a_day(life: Path, tmp_path: Path) -> None:
    shutil.copytree(life, tmp_path / "copy")
    async with room(tmp_path / "copy") as r:
        await r.say("trip", "Zebediah", "/privacy export")
        (file,) = r.shown("trip")[0].files
        blob = await r.store.get(BLOBS, file.key)
        assert blob is not None and blob.data.startswith(b"PK")
        await r.room.later(hours=25)
        assert await r.store.get(BLOBS, file.key) is None


class Debts:
    """A package in which somebody still owes."""

    kinds = ()

    async def export(self, subject: Any) -> dict[str, Sequence[Any]]:
        return {}

    async def erase(self, subject: Any) -> None:
        raise AssertionError("nobody may be erased who owes")

    async def blocks(self, subject: Any) -> Sequence[str]:
        return ("You owe Ana KES 500.",)


async def test_open_obligations_come_first(life: Path, tmp_path: Path) -> None:
    shutil.copytree(life, tmp_path / "copy")

    def more(core: Core) -> tuple[Sequence[object], Any, Any]:
        store = core._ground.store
        house = PrivacyHouse(store, core._ground.clock, core, (Debts(), *held(store, core)), "secret")
        return (house.privacy,), house.work(), house.news()

    async with salon(tmp_path / "copy", votes="", more=more) as r:
        await r.say("trip", "Zebediah", "/privacy")
        await r.press("trip", "Zebediah", "Erase…")
        assert "You owe Ana KES 500." in r.text("trip") and r.labels("trip") == []
