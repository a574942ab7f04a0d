"""Each of Twilio's error codes by the reaction it calls for; no answer at all; answers of another shape."""

import aiohttp
import pytest
from twilio.base.exceptions import TwilioRestException

from bot.errors import RetryLater, Undeliverable, Unknown, Waits
from channels.whatsapp.errors import CODES, Reaction, reaction, translated

LATER = {20429, 14107, 30022, 63018, 63017, 30001, 63001, 63012, 63022, 63051}
PERSON = {21610, 21211, 21214, 21217, 21614, 63003, 63015, 63024, 63032, 63033, 63049}


def error(status: int, code: int) -> TwilioRestException:
    return TwilioRestException(status, "/Messages.json", "no", code)


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_of_the_table(code: int) -> None:
    found = translated(error(400, code))
    if code in LATER:
        assert isinstance(found, RetryLater) and found.after > 0
    elif code == 63016:
        assert isinstance(found, Waits) and not found.asked
    else:
        assert isinstance(found, Undeliverable)
        assert (found.gone == "place") == (code in PERSON)
    assert str(code) in str(found)


def test_what_is_not_in_the_table_is_about_the_message_alone() -> None:
    found = translated(error(400, 21999))
    assert reaction(21999) is Reaction.MESSAGE and isinstance(found, Undeliverable) and not found.gone


def test_who_we_are_is_refused() -> None:
    for status, code in ((401, 20003), (403, 0), (400, 63007)):
        found = translated(error(status, code))
        assert isinstance(found, Undeliverable) and found.gone == "account"


def test_servers_in_trouble() -> None:
    assert isinstance(translated(error(429, 20429)), RetryLater)
    assert isinstance(translated(error(503, 20503)), RetryLater)
    assert isinstance(translated(error(500, 20500)), Unknown)
    assert isinstance(translated(error(500, 20500), repeats=True), RetryLater)


@pytest.mark.parametrize("gone", [TimeoutError(), aiohttp.ServerDisconnectedError(), OSError("reset")])
def test_no_answer_is_unknown_unless_it_may_be_repeated(gone: Exception) -> None:
    assert isinstance(translated(gone), Unknown)
    assert isinstance(translated(gone, repeats=True), RetryLater)
