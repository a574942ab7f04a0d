"""A network is answered 200 only for what is durable; while the Store is away it is told to come again."""

from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.metrics import metrics_of
from bot.ports import RawRequest, Receipt
from bot.web import Health, Hooks, application
from tests.bot.faulty_store import FAULTS
from tests.bot.parlour import PaperChannel, Parlour
from tests.bot.test_attacks_on_the_store import quiet, shaken


class Letterbox(PaperChannel):
    """Takes "place|who|text|id" as one message."""

    room: Parlour

    async def receive(self, request: RawRequest) -> Receipt:
        if request.body == b"forged":
            return Receipt(status=401)
        place, who, text, id = request.body.decode("utf-8", "surrogatepass").split("|")
        said = self.room.entry(place, who, text)
        return Receipt(entries=(replace(said, id=f"paper:main:{place}:message:{id}"),))


async def ready() -> dict[str, str]:
    return {}


def doors(p: Parlour) -> web.Application:
    letterbox = Letterbox()
    letterbox.room = p
    return application(Hooks({"paper": letterbox}, p.core.log), Health(ready, metrics_of(dict)))


@pytest.mark.parametrize("fault", FAULTS)
async def test_what_is_not_durable_is_asked_for_again_and_answered_once(tmp_path: Path, fault: str) -> None:
    strikes = [1]  # the first commit of the test, the insert of the Entry
    async with shaken(tmp_path, lambda kind, n, ops: fault if kind == "commit" and n in strikes else "") as (p, _):
        async with TestClient(TestServer(doors(p))) as network:
            first = await network.post("/hooks/paper", data="den|Ana|/ping one|1")
            again = await network.post("/hooks/paper/main", data="den|Ana|/ping one|1")
            assert (first.status, again.status) == (200 if fault == "unheard" else 503, 200)
            assert ("Retry-After" in first.headers) == (first.status == 503)
        await quiet(p, "den")
        assert p.texts("den") == ["pong one"]


async def test_bad_requests_have_their_status_and_leave_nothing_behind(tmp_path: Path) -> None:
    async with shaken(tmp_path, lambda kind, n, ops: "") as (p, _):
        async with TestClient(TestServer(doors(p))) as network:
            assert (await network.post("/hooks/paper", data=b"forged")).status == 401
            assert (await network.post("/hooks/nobody", data=b"x")).status == 404
            assert (await network.post("/hooks/paper", data=b"x" * (9 * 2**20))).status == 413
            assert (await network.get("/hooks/paper")).status == 405
            half = "den|Ana|/ping \ud83d|2".encode("utf-8", "surrogatepass")
            assert (await network.post("/hooks/paper", data=half)).status == 200
        await quiet(p, "den")
        assert p.texts("den") == ["pong \ufffd"]
