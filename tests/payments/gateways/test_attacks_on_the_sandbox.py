"""Attacks on what the sandbox service shows to everybody: the checkout page and the door of its notices."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.errors import NotAllowed
from payments.gateways.sandbox.notices import SIGNATURE
from payments.gateways.sandbox.pages import checkout_routes
from tests.contracts.gateway_contract import stands, wanted
from tests.payments.till import Till, till

FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data"
NO_FORMS = {
    "a part without an end": (f"{PARTS}; boundary=x", b"--x\r\nbroken"),
    "parts without a boundary": (PARTS, b"x"),
    "letters of no alphabet": (f"{FORM}; charset=nope", b"action=pay"),
    "bytes that are no letters": (FORM, b"action=\xff\xfe"),
    "a file instead of a word": (f"{PARTS}; boundary=x", b'--x\r\nContent-Disposition: form-data; name="action"; '
                                 b'filename="pay"\r\n\r\npay\r\n--x--\r\n'),
    "a part in an unknown wrapping": (f"{PARTS}; boundary=x", b'--x\r\nContent-Disposition: form-data; name="action"'
                                      b"\r\nContent-Transfer-Encoding: nope\r\n\r\npay\r\n--x--\r\n"),
}  # fmt: skip


@pytest.fixture
async def counter() -> AsyncIterator[Till]:
    async with till() as made:
        yield made


@pytest.mark.parametrize("what", NO_FORMS)
async def test_a_body_that_is_no_form_is_refused_and_pays_nothing(counter: Till, what: str) -> None:
    asked = await counter.gateway.ask(wanted(counter))
    app = web.Application()
    app.add_routes(checkout_routes(counter.gateway))
    kind, body = NO_FORMS[what]
    async with TestClient(TestServer(app)) as client:
        answer = await client.post(f"/checkout/{asked.id}", data=body, headers={"Content-Type": kind})
        assert answer.status == 400
    assert (await stands(counter, asked)).state == "asked"


@pytest.mark.parametrize("signature", ["t=1,v1=\udcff\udcfe", "t=²,v1=é", "=,=", "t=٣,v1=", "v1=" + "é" * 9000, ",,,"])
async def test_a_signature_of_strange_letters_is_refused(counter: Till, signature: str) -> None:
    with pytest.raises(NotAllowed):
        counter.gateway.read_notification({SIGNATURE: signature}, b"{}")
