"""A file that a network does not take is saved through an address that nobody can make up."""

from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.clock import SystemClock
from bot.content import File
from bot.documents import Insert
from bot.file_links import FileLinks
from bot.files import Files
from bot.kinds import KINDS
from bot.links import Links
from bot.model import BLOBS, Blob
from bot.storage.sqlite import SqliteStore

PAGE = File(name="Ünder <b>.html", mime="text/html", key="k1", size=8)


@pytest.fixture
async def world(tmp_path: Path):  # type: ignore[no-untyped-def]
    store, clock = SqliteStore(tmp_path), SystemClock()
    await store.open(KINDS)
    blob = Blob(id="k1", thread="t", name=PAGE.name, mime=PAGE.mime, data=b"<script>")
    await store.commit([Insert(BLOBS, blob)])
    links = FileLinks(Files(store), Links("a secret of the house", "", clock), clock)
    app = web.Application()
    app.add_routes(links.routes())
    async with TestClient(TestServer(app)) as client:
        yield client, links, clock
    await store.close()


async def test_the_link_saves_the_file_and_shows_nothing_of_it(world) -> None:  # type: ignore[no-untyped-def]
    client, links, _ = world
    answer = await client.get(links.link(PAGE))
    assert (answer.status, await answer.read()) == (200, b"<script>")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%C3%9Cnder%20%3Cb%3E.html")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


async def test_forged_changed_and_old_links_open_nothing(world) -> None:  # type: ignore[no-untyped-def]
    client, links, clock = world
    good = links.link(PAGE)
    told, _, proof = good.rpartition("/")[2].partition(".")
    for bad in (f"/files/{told}.AAAA", f"/files/{told[:-2]}.{proof}", "/files/x", f"/files/{told}"):
        assert (await client.get(bad)).status == 403, bad
    clock.offset = timedelta(days=8)
    assert (await client.get(good)).status == 403


@pytest.mark.parametrize(
    ("told", "given"),
    [("text/charset", ""), ("a/b\r\nx: y", ""), ("a/\udcff", ""), ("a/b c", ""), ("Image/PNG; q=1", "image/png")],
)
async def test_whatever_a_network_calls_a_file_it_is_saved(world, told: str, given: str) -> None:  # type: ignore[no-untyped-def]
    client, links, _ = world
    answer = await client.get(links.link(File(name="\udcff\r\n.pdf", mime=told, key="k1", size=8)))
    assert (answer.status, answer.headers["Content-Type"]) == (200, given or "application/octet-stream")
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''%3F%0D%0A.pdf"


async def test_a_file_that_is_gone_is_not_there(world) -> None:  # type: ignore[no-untyped-def]
    client, links, _ = world
    gone = File(name="x", mime="text/plain", key="gone", size=1)
    assert (await client.get(links.link(gone))).status == 404
