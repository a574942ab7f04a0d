"""The sandbox's hosted page, where a payer pays, declines or walks away."""

from html import escape
from pathlib import Path
from string import Template

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from bot.errors import RetryLater, Undeliverable, Unknown
from bot.language import accepted, speak, spoken
from payments.gateways.sandbox.books import Held
from payments.gateways.sandbox.gateway import SandboxGateway
from payments.hooks import POLICY
from payments.texts import say

_PAGE = Template(Path(__file__).with_name("checkout.html").read_text())
_FORM = """<form method="post">
    <button name="action" value="pay">{pay}</button>
    <button name="action" value="decline">{decline}</button>
  </form>"""


def checkout_routes(gateway: SandboxGateway) -> list[web.RouteDef]:
    """`GET /checkout/{id}` shows the page, `POST` with action=pay|decline answers 303 to where the payer came from."""
    pages = _Pages(gateway)
    return [web.get("/checkout/{id}", pages.show), web.post("/checkout/{id}", pages.decide)]


class _Pages:
    def __init__(self, gateway: SandboxGateway) -> None:
        self._gateway = gateway

    async def show(self, request: web.Request) -> web.Response:
        speak(accepted(request.headers.get("Accept-Language", "")))
        held = await self._gateway.page(request.match_info["id"])
        return _page(held) if held else web.Response(status=404, text=say.plain("page_none"))

    async def decide(self, request: web.Request) -> web.Response:
        speak(accepted(request.headers.get("Accept-Language", "")))
        id, action = request.match_info["id"], await _action(request)
        if action not in ("pay", "decline"):
            return web.Response(status=400, text=say.plain("page_action"))
        try:
            held = await (self._gateway.pay(id) if action == "pay" else self._gateway.decline(id))
        except Undeliverable:
            return web.Response(status=404, text=say.plain("page_none"))
        except RetryLater:
            return web.Response(status=503, text=say.plain("page_down"))
        except Unknown:
            return web.Response(status=504, text=say.plain("page_unknown"))
        return web.Response(status=303, headers={"Location": held.back})


async def _action(request: web.Request) -> object:
    """What the form says; None for a body that is no form."""
    try:
        return (await request.post()).get("action")
    except (ValueError, LookupError, RuntimeError, HttpProcessingError):
        return None


def _page(held: Held) -> web.Response:
    amount, open_page = escape(str(held.amount)), held.state in ("asked", "declined")
    text = _PAGE.substitute(
        title=escape(held.title), amount=amount, status=escape(say(f"page_{held.state}")),
        back=escape(held.back), lang=spoken(), sandbox=escape(say("page_sandbox")), leave=escape(say("page_leave")),
        form=_FORM.format(pay=escape(say("pay", amount=held.amount)), decline=escape(say("page_decline")))
        if open_page else "",
    )  # fmt: skip
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    return web.Response(text=text, content_type="text/html", headers=headers)
