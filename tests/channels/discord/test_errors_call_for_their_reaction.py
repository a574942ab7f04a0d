"""Each of Discord's answers by its status and code: wait, never again, not sure, or ask the person to press again."""

import aiohttp
import pytest

from bot.errors import CaravanError, Explain, RetryLater, Undeliverable, Unknown
from channels.answers import Answer, failed
from channels.discord.limits import BUSY, CLOSED, LATE
from channels.discord.sdk import translated


def of(status: int, code: int = 0, *, repeats: bool = False, **more: object) -> CaravanError:
    return translated(Answer(status=status, body={"code": code, "message": "x", **more}, repeats=repeats))


@pytest.mark.parametrize("code", sorted(BUSY))
def test_codes_that_mean_later(code: int) -> None:
    error = of(403, code)
    assert isinstance(error, RetryLater) and error.after == BUSY[code]


def test_how_long_to_wait_is_what_discord_says_first_in_the_body() -> None:
    headers = {"Retry-After": "9", "X-RateLimit-Reset-After": "8"}
    body = {"retry_after": 0.25, "global": False}
    assert translated(Answer(status=429, body=body, headers=headers)).after == 0.25  # type: ignore[attr-defined]
    assert translated(Answer(status=429, body="<html>", headers=headers)).after == 9.0  # type: ignore[attr-defined]
    assert translated(Answer(status=429)).after == 5.0  # type: ignore[attr-defined]


@pytest.mark.parametrize(("body", "headers", "everywhere"), [
    ({"global": True}, {}, True), ({"global": False}, {}, False),
    ("x", {"X-RateLimit-Global": "true"}, True), (None, {}, False),
])  # fmt: skip
def test_whose_limit_it_is(body: object, headers: dict[str, str], everywhere: bool) -> None:
    assert Answer(status=429, body=body, headers=headers).everywhere is everywhere


@pytest.mark.parametrize("status", [500, 502, 503, 504, 524, 408])
def test_a_server_that_fails_leaves_a_send_unknown_and_an_edit_to_be_repeated(status: int) -> None:
    assert isinstance(of(status), Unknown)
    assert isinstance(of(status, repeats=True), RetryLater)


@pytest.mark.parametrize("code", sorted(LATE))
def test_an_interaction_that_is_over_is_explained(code: int) -> None:
    assert isinstance(of(404, code), Explain)


@pytest.mark.parametrize("code", sorted(CLOSED))
def test_a_closed_place_is_named_as_such(code: int) -> None:
    error = of(403, code)
    assert isinstance(error, Undeliverable) and error.gone == "place"


@pytest.mark.parametrize(
    ("status", "code"), [(400, 50035), (400, 50006), (403, 50007), (404, 10008), (413, 40005), (400, 77)]
)
def test_everything_else_will_never_be(status: int, code: int) -> None:
    error = of(status, code)
    assert isinstance(error, Undeliverable) and error.gone == ""


def test_a_refused_token_closes_the_account() -> None:
    error = of(401)
    assert isinstance(error, Undeliverable) and error.gone == "account"


def test_a_connection_that_never_was_sent_nothing() -> None:
    refused = aiohttp.ClientConnectorError(None, OSError())  # type: ignore[arg-type]
    assert isinstance(failed("Discord", refused, repeats=False), RetryLater)
    assert isinstance(failed("Discord", TimeoutError(), repeats=False), Unknown)
    assert isinstance(failed("Discord", TimeoutError(), repeats=True), RetryLater)
