"""Malformed, oversize, hostile and unknown: the right status, a kind sentence, nothing half done, never a 500."""

import asyncio
import base64
import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content import Button, Content
from tests.channels.simulator.stage import Stage

POSTS = ("places", "members", "say", "edit", "delete", "react", "press", "clock", "faults")


async def raw(stage: Stage, what: str, body: bytes, **headers: str) -> int:
    async with stage.client.post(f"/simulator/{what}", data=body, headers=headers) as answer:
        found = await answer.json()
        if answer.status != 200:
            assert set(found) == {"error", "message"} and found["message"]
        return answer.status


@pytest.mark.parametrize("what", POSTS)
async def test_what_is_not_the_json_we_want_is_refused(stage: Stage, what: str) -> None:
    bodies = [
        b"", b"{", b"[]", b"null", b"1", b"\xff\xfe", b'"text"', b"{}x", b"[" * 100_000, b'{"a":' * 50_000,
        b'{"place":1}', b'{"id":{}}', b'{"place":"p","as":"Ana","text":"\\ud800"}', b"\x00", b'{"nope":1}',
    ]  # fmt: skip
    for body in bodies:
        assert await raw(stage, what, body) == 400, body[:40]
    assert stage.heard == []


@pytest.mark.parametrize("what", POSTS)
async def test_ten_megabytes_are_too_much(stage: Stage, what: str) -> None:
    assert await raw(stage, what, b'{"text":"' + b"a" * 10_000_000 + b'"}') == 413


async def test_unknown_fields_are_named(stage: Stage) -> None:
    place = await stage.place()
    answer = await stage.post("say", 400, place=place, as_="Ana", text="Hi", shout=True)
    assert "'shout'" in answer["message"]


async def test_unknown_places_people_messages_and_addresses(stage: Stage) -> None:
    place = await stage.place()
    for what, more in (
        ("say", {"text": "Hi"}), ("edit", {"entry": "e", "text": "Hi"}), ("delete", {"entry": "e"}),
        ("react", {"entry": "e", "emoji": "👍"}), ("press", {"entry": "e", "button": "b"}),
    ):  # fmt: skip
        assert (await stage.post(what, 404, place="nowhere", as_="Ana", **more))["error"] == "unknown_place"
        assert (await stage.post(what, 403, place=place, as_="Zed", **more))["error"] == "not_in_place"
        if "entry" in more:
            assert (await stage.post(what, 404, place=place, as_="Ana", **more))["error"] == "unknown_message"
    await stage.post("members", 404, place="nowhere", add=["Ana"])
    await stage.get("transcript", 404, place="nowhere")
    await stage.get("nothing", 404)
    await stage.post("transcript", 404)
    assert len(stage.heard) == 1


async def test_empty_and_oversize_texts(stage: Stage) -> None:
    place = await stage.place()
    said = await stage.post("say", place=place, as_="Ana", text="a" * 20_000)
    await stage.post("say", 413, place=place, as_="Ana", text="a" * 20_001)
    for empty in ("", "   ", "\n\t"):
        await stage.post("say", 400, place=place, as_="Ana", text=empty)
        await stage.post("edit", 400, place=place, as_="Ana", entry=said["entry"], text=empty)
    await stage.post("say", 400, place=place, as_="Ana")
    assert len(await stage.shown(place)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "\u202eevil",
        "e\u0301" * 50,
        "👨‍👩‍👧‍👦🏳️‍🌈🇰🇪",
        "\u200b",
        "\ufeffhi",
        "\U0010ffff",
        "ﷺ",
        "Z̸̢̛͖͎̲̈́͐a",
        "<script>",
        "' OR 1=1 --",
        "{}%s$where",
    ],
)
async def test_strange_writing_is_kept_as_it_is(stage: Stage, text: str) -> None:
    place = await stage.place()
    await stage.post("say", place=place, as_="Ana", text=text)
    assert (await stage.shown(place))[0]["text"] == text == stage.heard[-1].text


@pytest.mark.parametrize("name", ["", "  ", "A\nB", "A\0", "\u202eanA", "a" * 81, 7, None, ["Ana"]])
async def test_names_that_nobody_can_have(stage: Stage, name: Any) -> None:
    status = 413 if name == "a" * 81 else 200 if name == "A\nB" else 400
    await stage.post("places", status, title="Lamu", people=[name])


@pytest.mark.parametrize(
    "name", ["Ana\u200b", "A\u200dna", "\u00adAna", "\u3164", "\u2800", "\u200b", "Caravan", "cARAVAN "]
)
async def test_names_that_look_like_somebody_elses(stage: Stage, name: str) -> None:
    place = await stage.place("Ana")
    await stage.post("places", 400, title="Lamu", people=[name])
    await stage.post("members", 400, place=place, add=[name])
    await stage.post("say", 400, place=place, as_=name, text="hello")


@pytest.mark.parametrize("name", ["👩‍👩‍👧", "می‌خواهم", "क्‍ष", "Zoë", "❤️"])
async def test_names_whose_letters_need_joiners_are_welcome(stage: Stage, name: str) -> None:
    place = await stage.place(name)
    await stage.post("say", place=place, as_=name, text="hello")
    assert len(await stage.shown(place, as_=unicodedata.normalize("NFD", name))) == 1


async def test_card_numbers_are_taken_out_of_titles_file_names_and_reactions(stage: Stage) -> None:
    card = "4111 1111 1111 1111"
    place = await stage.place("Ana", title=f"my {card}")
    file = {"name": f"{card}.txt", "mime": "text/plain", "base64": ""}
    said = await stage.post("say", place=place, as_="Ana", text="hello", files=[file])
    await stage.post("react", place=place, as_="Ana", entry=said["entry"], emoji=card)
    places = (await stage.get("places"))["places"]
    assert card not in json.dumps([await stage.shown(place), places])


@pytest.mark.parametrize(
    "wrong",
    [
        {"people": []}, {"kind": "channel"}, {"like": "pigeons"}, {"account": "a:b"}, {"account": ""},
        {"people": ["x"] * 201}, {"people": "Ana"}, {"title": "\0"}, {"id": ""}, {"id": 1.5}, {"account": "a~b"},
    ],
)  # fmt: skip
async def test_places_that_cannot_be(stage: Stage, wrong: dict[str, Any]) -> None:
    await stage.post("places", 400, **{"title": "Lamu", "people": ["Ana"]} | wrong)
    assert (await stage.get("places"))["places"] == []


@pytest.mark.parametrize(
    ("status", "wrong"),
    [
        (400, {"files": [{"name": "a", "mime": "text/plain", "base64": "not base64!"}]}),
        (400, {"files": [{"name": "a", "mime": "text", "base64": ""}]}),
        (400, {"files": [{"name": "", "mime": "text/plain", "base64": ""}]}),
        (400, {"files": [{"name": "a", "mime": "a/b\r\nX: y", "base64": ""}]}),
        (400, {"files": [{"name": "a", "mime": "text/plain", "base64": ""}] * 11}),
        (413, {"files": [{"name": "a", "mime": "text/plain", "base64": base64.b64encode(b"a" * 5_300_000).decode()}]}),
        (400, {"location": {"lat": 91, "lon": 0}}),
        (400, {"location": {"lat": "1", "lon": 0}}),
        (400, {"text": 5}),
        (400, {"text": None}),
        (400, {"text": "\0"}),
    ],
)
async def test_messages_that_cannot_be(stage: Stage, status: int, wrong: dict[str, Any]) -> None:
    place = await stage.place()
    await stage.post("say", status, **{"place": place, "as": "Ana", "text": "Hi"} | wrong)
    assert await stage.shown(place) == []


async def test_a_place_outside_the_world_and_numbers_that_are_none(stage: Stage) -> None:
    place = await stage.place()
    body = b'{"place":"%s","as":"Ana","location":{"lat":NaN,"lon":1e999}}' % place.encode()
    assert await raw(stage, "say", body) == 400


@pytest.mark.parametrize(
    "query",
    [
        "", "place=", "place=%s&after=-1", "place=%s&after=x", "place=%s&after=99999999999999999999",
        "place=%s&wait=-1", "place=%s&wait=nan", "place=%s&wait=inf",
        "place=%s&as=%%00", "place=%%ff%%fe", "place=%%00",
    ],
)  # fmt: skip
async def test_queries_that_cannot_be(stage: Stage, query: str) -> None:
    place = await stage.place()
    path = f"/simulator/transcript?{query % place if '%s' in query else query.replace('%%', '%')}"
    async with stage.client.get(path) as answer:
        assert answer.status in (400, 404)
        assert set(await answer.json()) == {"error", "message"}


async def test_other_sites_may_not_act_through_a_visitors_browser(stage: Stage) -> None:
    body = json.dumps({"title": "Lamu", "people": ["Ana"]}).encode()
    assert await raw(stage, "places", body, Origin="https://evil.example") == 403
    assert await raw(stage, "places", body, Origin="null") == 403
    here = str(stage.client.make_url("")).rstrip("/")
    assert await raw(stage, "places", body, Origin=here) == 200


async def test_a_body_that_does_not_unpack_is_refused(stage: Stage) -> None:
    headers = {"Content-Encoding": "gzip", "Content-Type": "application/json"}
    async with stage.client.post("/simulator/say", data=b"no gzip", headers=headers) as answer:
        assert answer.status == 400


async def test_ids_may_be_any_text_or_number(stage: Stage) -> None:
    place = await stage.place()
    for id in (7, "a:b/c d#é", "x" * 200):
        first = await stage.post("say", place=place, as_="Ana", text="Hi", id=id)
        assert first == await stage.post("say", place=place, as_="Ana", text="Hi", id=id)
        await stage.post("react", place=place, as_="Ana", entry=first["entry"], emoji="👍")
    assert len({e["id"] for e in await stage.shown(place)}) == 3
    await stage.post("say", 413, place=place, as_="Ana", text="Hi", id="x" * 201)


def odd_values(place: str, entry: str) -> st.SearchStrategy[Any]:
    """JSON of any shape, with some that is right among it."""
    right = st.sampled_from([place, entry, "Ana", "Yes", "PT5M", "channel", "down", "👍", [], {}, "aGk="])
    plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | right
    return st.recursive(
        plain,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
        max_leaves=6,
    )


FIELDS = {
    "places": ("title", "people", "kind", "like", "account", "id"),
    "members": ("place", "add", "remove", "id"),
    "say": ("place", "as", "text", "reply_to", "files", "location", "id"),
    "edit": ("place", "as", "entry", "text", "id"),
    "delete": ("place", "as", "entry", "id"),
    "react": ("place", "as", "entry", "emoji", "id"),
    "press": ("place", "as", "entry", "button", "values", "id"),
    "clock": ("advance", "id"),
    "faults": ("target", "kind", "match", "times", "by", "id"),
}


def test_no_json_makes_it_fail(tmp_path: Path) -> None:
    """Whatever is posted, the answer is a status of the interface and JSON."""
    with asyncio.Runner() as runner:
        stage = Stage(tmp_path)
        runner.run(stage.open())
        place = runner.run(stage.place())
        runner.run(stage.send(place, Content(text="Well?", buttons=(Button(id="t", label="Yes"),)), shown="a1"))
        values = odd_values(place, "a1")

        @settings(max_examples=150, deadline=None)
        @given(st.sampled_from(POSTS), st.data())
        def post_anything(what: str, data: st.DataObject) -> None:
            body = data.draw(st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS[what], values)))
            assert runner.run(raw(stage, what, json.dumps(body).encode())) in (200, 400, 403, 404, 409, 410, 413)

        post_anything()
        runner.run(stage.close())
