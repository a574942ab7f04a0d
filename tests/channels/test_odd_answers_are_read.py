"""Answers of HTTP APIs that are odd: too many requests at an address that is no method, limits that are no numbers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bot.errors import RetryLater, Undeliverable, Unknown
from channels.answers import reaction
from channels.asking import Asking
from channels.slack.api import Api


@asynccontextmanager
async def answering(status: int, **headers: str) -> AsyncIterator[str]:
    """A server that answers everything alike."""

    async def answer(request: web.Request) -> web.Response:
        return web.json_response({}, status=status, headers={k.replace("_", "-"): v for k, v in headers.items()})

    app = web.Application()
    app.add_routes([web.route("*", "/{any:.*}", answer)])
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/x"
    finally:
        await runner.cleanup()


@pytest.mark.parametrize(
    ("status", "wanted"), [(429, RetryLater), (503, Unknown), (404, Undeliverable), (302, Undeliverable)]
)
async def test_a_response_url_that_is_asked_too_often_is_asked_later(status: int, wanted: type[Exception]) -> None:
    async with answering(status, Retry_After="7") as url:
        api = Api()
        with pytest.raises(wanted) as raised:
            await api.respond(url, {"text": "for you alone"})
        assert getattr(raised.value, "after", 7) == 7 and getattr(raised.value, "gone", "") == ""
        await api.close()


@pytest.mark.parametrize(("told", "waits"), [("soon", 0), ("", 0), ("9", 9), ("1e999", 3600)])
async def test_a_limit_that_is_no_number_makes_no_failure_of_what_was_done(told: str, waits: int) -> None:
    async with answering(200, X_RateLimit_Remaining="0", X_RateLimit_Reset_After=told) as url:
        asking = Asking("Discord", lambda answer: reaction(answer, {}, ()))
        assert await asking.ask("POST", url, route="r") == {}
        if waits:
            with pytest.raises(RetryLater) as raised:
                await asking.ask("POST", url, route="r")
            assert round(raised.value.after) == waits
        await asking.end()
