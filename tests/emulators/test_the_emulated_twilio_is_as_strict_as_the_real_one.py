"""What the real Twilio refuses is refused here, with its code and its form of error; what it does late is late here."""

import base64
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.emulators.twilio import FROM, SID, TOKEN, Emulator, running_emulator
from tests.emulators.twilio.strictness import SPECS, Refused, check_approval, check_message, filled

LIST = {"twilio/list-picker": {"body": "{{1}}", "button": "Choose", "items": [{"item": "{{2}}", "id": "a"}]}}
QUICK = {"twilio/quick-reply": {"body": "{{1}}", "actions": [{"type": "QUICK_REPLY", "title": "Yes", "id": "y"}]}}


@pytest.fixture
async def twilio() -> AsyncIterator[Emulator]:
    async with running_emulator() as emulator:
        yield emulator


async def post(t: Emulator, path: str, token: str = TOKEN, **more: Any) -> tuple[int, dict[str, Any]]:
    headers = {"Authorization": "Basic " + base64.b64encode(f"{SID}:{token}".encode()).decode()}
    async with aiohttp.ClientSession(headers=headers) as session, session.post(t.url + path, **more) as answer:
        return answer.status, await answer.json()


async def create(t: Emulator, **form: str) -> tuple[int, dict[str, Any]]:
    given = {"From": FROM, "To": t.world.person("Ana").address, **form}
    return await post(t, f"/2010-04-01/Accounts/{SID}/Messages.json", data=given)


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({}, 21619),
        ({"Body": "x" * 1601}, 21617),
        ({"Body": "x", "body": "y"}, 20001),
        ({"Body": "x", "ValidityPeriod": "99999"}, 21718),
        ({"Body": "x", "From": "whatsapp:+15550000000"}, 63007),
        ({"Body": "x", "To": "+15550000000"}, 21211),
        ({"Body": "x", "StatusCallback": "https://under_score.example/x"}, 21609),
        ({"ContentSid": "HX" + "0" * 32}, 21655),
        ({"ContentSid": "HX" + "0" * 32, "Body": "x"}, 21655),
        ({"MediaUrl": "http://127.0.0.1:1/nothing"}, 21620),
    ],
)
async def test_a_message_that_is_not_right_is_refused_with_its_code(
    twilio: Emulator, form: dict[str, str], code: int
) -> None:
    status, said = await create(twilio, **form)
    assert (status, said["code"], said["status"]) == (400, code, 400)
    assert said["more_info"].endswith(str(code)) and said["message"]


async def test_strangers_get_nothing(twilio: Emulator) -> None:
    status, said = await post(twilio, f"/2010-04-01/Accounts/{SID}/Messages.json", token="wrong", data={"Body": "x"})
    assert (status, said["code"]) == (401, 20003)
    status, _ = await post(twilio, f"/2010-04-01/Accounts/AC{'f' * 32}/Messages.json", data={"Body": "x"})
    assert status == 401


async def test_out_of_the_window_is_accepted_and_fails_later(twilio: Emulator) -> None:
    status, said = await create(twilio, Body="hello")
    assert status == 201 and said["status"] in ("queued", "undelivered")
    message = twilio.world.messages[said["sid"]]
    assert (message.status, message.error) == ("undelivered", 63016)
    assert twilio.world.with_person("Ana") == []


async def test_one_who_said_stop_is_refused_at_once(twilio: Emulator) -> None:
    twilio.world.person("Ana").stopped.add(FROM)
    status, said = await create(twilio, Body="hello")
    assert (status, said["code"]) == (400, 21610)


async def test_too_many_in_a_second_are_refused(twilio: Emulator) -> None:
    twilio.per_second = 2
    answers = [await create(twilio, Body="x") for _ in range(8)]
    assert 429 in [status for status, _ in answers]
    assert {said.get("code") for status, said in answers if status == 429} == {20429}


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"friendly_name": "a", "language": "en", "types": {}},
        {"friendly_name": "a", "language": "en", "types": {"twilio/quick-reply": {"body": "x", "actions": []}}},
        {"friendly_name": "a", "language": "en", "types": QUICK, "variables": {}},
        {"friendly_name": "a", "language": "en", "types": QUICK, "variables": {"1": "x"}, "surprise": 1},
    ],
)
async def test_a_content_that_is_not_right_is_refused(twilio: Emulator, wanted: dict[str, Any]) -> None:
    status, said = await post(twilio, "/v1/Content", json=wanted)
    assert (status, said["code"]) == (400, 20001)


@pytest.mark.parametrize(
    "variables",
    ["no json", '["a"]', '{"1": ""}', '{"1": null}', '{"1": "two\\nlines"}', '{"1": "a\\tb"}', '{"1": "a     b"}'],
)  # fmt: skip
def test_variables_are_texts_of_one_line(variables: str) -> None:
    with pytest.raises(Refused) as refused:
        filled(QUICK, variables, {"1": "x"})
    assert refused.value.code == 21656


def test_templates_are_rejected_as_whatsapp_does() -> None:
    wanted = {"name": "caravan_x", "category": "UTILITY"}
    assert "start" in check_approval(wanted, QUICK)
    assert "list" in check_approval(wanted, LIST)
    good = {"twilio/quick-reply": {"body": "Hi {{1}}, news.", "actions": [{"title": "Yes"}]}}
    assert check_approval(wanted, good) == ""
    with pytest.raises(Refused):
        check_approval({"name": "Not This", "category": "UTILITY"}, good)


def test_fields_of_a_message_are_those_of_twilios_own_description() -> None:
    if not SPECS.exists():
        pytest.skip("needs ../shared beside this checkout")
    from tests.emulators.twilio.strictness import MESSAGE_FIELDS, _schema

    path = "/2010-04-01/Accounts/{AccountSid}/Messages.json"
    found = _schema("twilio_api_v2010", path, "application/x-www-form-urlencoded")
    assert found is not None and set(found[0]["properties"]) == MESSAGE_FIELDS
    check_message({"To": ["whatsapp:+254711000001"], "From": [FROM], "Body": ["x"]})


async def test_the_door_for_people_answers(twilio: Emulator) -> None:
    async with aiohttp.ClientSession() as session:
        answer = await session.post(f"{twilio.url}/people/clock", json={"hours": 25})
        assert answer.status == 200
        seen = await (await session.get(f"{twilio.url}/people/Ana")).json()
        assert seen == []
