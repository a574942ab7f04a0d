"""However a name is typed it is the same person's, and nobody looks like somebody else."""

from dataclasses import replace

import pytest

from bot.documents import Delete, Insert
from channels.simulator.names import Names, folded, look
from channels.simulator.records import NAMES, PLACES, SETTINGS, SimPlace
from tests.channels.simulator.stage import Stage

SAME = ["ana", "ANA", " Ana ", "Ａｎａ", "ａｎａ", "aNA"]


@pytest.mark.parametrize("name", SAME)
async def test_every_way_to_type_a_name_is_the_same_person(stage: Stage, name: str) -> None:
    place = await stage.place("Ana", "Ben")
    said = await stage.post("say", place=place, as_=name, text="hello")
    await stage.send(place, "only for you", reader=("simulator:Ana",))
    assert [e["author"] for e in await stage.shown(place, as_=name)] == ["Ana", "Caravan"]
    await stage.post("edit", place=place, as_=name, entry=said["entry"], text="hello all")
    await stage.post("react", place=place, as_=name, entry=said["entry"], emoji="👍")
    assert stage.heard[-1].author == "simulator:Ana" and stage.heard[-1].name == "Ana"
    assert (await stage.post("members", place=place, add=[name]))["people"] == ["Ana", "Ben"]
    other = await stage.place(name, "Chi", title="Kisumu")
    assert [p["people"] for p in (await stage.get("places", as_=name))["places"]] == [["Ana", "Ben"], ["Ana", "Chi"]]
    assert (await stage.post("members", place=other, remove=[name]))["people"] == ["Chi"]
    assert await stage.get("people", as_=name) == {"people": ["Ana", "Ben", "Chi"], "as": "Ana"}


async def test_a_name_typed_twice_in_one_request_is_one_person(stage: Stage) -> None:
    place = await stage.place("Zoë", "ZOË", "zoe\u0308")
    assert (await stage.get("places"))["places"][0]["people"] == ["Zoë"]
    direct = await stage.post("places", people=["zoë", "Zoë"], kind="direct")
    assert direct["place"] != place


async def test_names_that_differ_by_an_accent_are_two_people(stage: Stage) -> None:
    await stage.place("José", "Jose")
    assert (await stage.get("people"))["people"] == ["José", "Jose"]


@pytest.mark.parametrize("name", ["Аna", "Anа", "Αna", "Ana Иванова", "Ꭺna"])
async def test_a_name_that_mixes_alphabets_that_look_alike_is_refused(stage: Stage, name: str) -> None:
    place = await stage.place("Ana")
    for what, more in (("places", {"people": [name]}), ("members", {"place": place, "add": [name]})):
        refused = await stage.post(what, 400, **more)
        assert refused["error"] == "malformed" and "look alike" in refused["message"]
    await stage.post("say", 400, place=place, as_=name, text="hello")


@pytest.mark.parametrize("name", ["Мария", "Ελένη", "王 Ming", "ケン太", "김민준", "محمد", "Kaʻiulani", "Ana 🌍"])
async def test_names_of_any_one_alphabet_are_welcome(stage: Stage, name: str) -> None:
    place = await stage.place("Ana", name)
    await stage.post("say", place=place, as_=name, text="hello")


async def test_a_name_in_other_letters_that_looks_like_somebodys_is_refused(stage: Stage) -> None:
    place = await stage.place("Capa", "Ben")
    for what, more in (("places", {"people": ["Сара"]}), ("members", {"place": place, "add": ["Сара"]})):
        refused = await stage.post(what, 400, **more)
        assert refused["error"] == "looks_alike" and "'Capa'" in refused["message"]
    refused = await stage.post("places", 400, people=["Tom", "Тоm".replace("m", "м")])
    assert refused["error"] == "looks_alike"
    assert (await stage.get("people"))["people"] == ["Capa", "Ben"]


async def test_nobody_can_join_under_the_name_of_a_persona_that_is_there(stage: Stage) -> None:
    stage.seated = ["Zuri"]
    place = await stage.place("Ana")
    refused = await stage.post("members", 409, place=place, add=["Ben", "zURI"])
    assert refused["error"] == "name_taken" and "'Zuri'" in refused["message"]
    assert (await stage.get("places"))["places"][0]["people"] == ["Ana"]


async def test_names_of_an_earlier_version_are_taken_over_as_they_were_first_written(stage: Stage) -> None:
    await stage.store.commit([Delete(SETTINGS, found) for found in [await stage.store.get(SETTINGS, "names")] if found])
    old = SimPlace(id="p1", title="", kind="group", like="", account="main", people=("ana", "Ben"), made=1)
    later = replace(old, id="p2", people=("Ana", "Chi"), made=2)
    await stage.store.commit([Insert(PLACES, old), Insert(PLACES, later)])
    names = Names(stage.store)
    await names.adopt()
    await names.adopt()
    assert [await names.known(n) for n in ("ANA", "ben", "CHI", "Zed")] == ["ana", "Ben", "Chi", ""]
    await stage.post("say", place="p2", as_="Ana", text="both spellings of that time go on")
    assert stage.heard[-1].author == "simulator:Ana"
    assert await stage.store.get(NAMES, look("ana")) is not None


def test_what_looks_alike_and_what_is_the_same() -> None:
    assert folded("  ＡＮＡ \t B ") == "ana b" and folded("Straße") == folded("STRASSE")
    assert look("Сара") == look("Capa") != look("Sara")
    assert folded("Сара") != folded("Capa")
