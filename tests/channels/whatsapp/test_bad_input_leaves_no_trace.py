"""What is forged, stale, cut off or about somebody else is refused, and nothing of it is stored."""

from pathlib import Path
from urllib.parse import urlencode

import pytest

from bot.errors import Misconfigured
from bot.ports import RawRequest, Receipt
from channels.whatsapp.accounts import of_settings
from channels.whatsapp.records import CONTACTS
from channels.whatsapp.signing import is_signed, signature
from tests.channels.whatsapp.test_deliveries_become_entries import PLAIN
from tests.channels.whatsapp.wired import Wired, wired
from tests.emulators.twilio import FROM, SID, TOKEN
from tests.emulators.twilio.hooks import signed

GIVEN = {
    "TWILIO_ACCOUNT_SID": SID, "TWILIO_AUTH_TOKEN": TOKEN, "TWILIO_WHATSAPP_FROM": FROM, "PUBLIC_URL": "https://x.test",
}  # fmt: skip


async def deliver(
    here: Wired, form: dict[str, str], *, url: str = "", token: str = TOKEN, body: bytes | None = None,
    query: dict[str, str] | None = None,
) -> Receipt:  # fmt: skip
    path = "/hooks/whatsapp"
    headers = {"X-Twilio-Signature": signed(token, url or here.url + path, form)}
    return await here.channel.receive(
        RawRequest(
            method="POST", path=path, query=query or {}, headers=headers,
            body=urlencode(form).encode() if body is None else body,
        )
    )  # fmt: skip


def test_the_signatures_of_twilios_own_documentation() -> None:
    """The vector of the SDK's RequestValidator tests."""
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    fields = [("CallSid", "CA1234567890ABCDE"), ("Caller", "+14158675309"), ("Digits", "1234"),
              ("From", "+14158675309"), ("To", "+18005551212")]  # fmt: skip
    assert signature("12345", url, fields) == "RSOYDt4T1cUTdK1PDd93/VVr8B8="
    assert is_signed("12345", url, fields, "RSOYDt4T1cUTdK1PDd93/VVr8B8=")
    assert is_signed("12345", url.replace(".com", ".com:443"), fields, "RSOYDt4T1cUTdK1PDd93/VVr8B8=")
    assert not is_signed("12345", url + "3", fields, "RSOYDt4T1cUTdK1PDd93/VVr8B8=")
    assert not is_signed("", url, fields, signature("", url, fields))
    assert not is_signed("12345", url, fields, "RSOYDt4T1cUTdK1PDd93/VVr8B8=", "key=k,algorithm=MD5")
    settings = "key=k,algorithm=HMAC_SHA256"
    assert is_signed("12345", url, fields, signature("12345", url, fields, "HMAC_SHA256"), settings)


async def test_what_is_not_signed_for_this_address_is_refused(tmp_path: Path) -> None:
    async with wired(tmp_path) as here:
        assert (await deliver(here, PLAIN)).status == 200
        refused = [
            await deliver(here, PLAIN, token="another"),
            await deliver(here, PLAIN, url="https://elsewhere.example/hooks/whatsapp"),
            await deliver(here, PLAIN, body=urlencode(PLAIN | {"Body": "changed"}).encode()),
            await deliver(here, PLAIN, body=urlencode(PLAIN).encode()[:-9]),
            await deliver(here, PLAIN, query={"d": "x"}),
            await deliver(here, PLAIN, body=b"\xff\xfe"),
        ]
        assert [r.status for r in refused] == [403] * len(refused)
        assert all(r.entries == () for r in refused)
        request = RawRequest(method="POST", path="/", query={}, headers={}, body=b"a=b", account="nobody")
        assert (await here.channel.receive(request)).status == 404


async def test_what_cannot_be_used_is_refused_although_it_is_signed(tmp_path: Path) -> None:
    async with wired(tmp_path) as here:
        for more in ({"MessageSid": "", "SmsSid": "", "SmsMessageSid": ""}, {"From": ""}, {"From": "+254711000001"},
                     {"From": "whatsapp:../../x y"}, {"MessageSid": "DROP TABLE"}):  # fmt: skip
            receipt = await deliver(here, PLAIN | more)
            assert (receipt.status, receipt.entries) == (400, ())
        status = {"MessageSid": "SM1", "MessageStatus": "exploded", "AccountSid": SID}
        assert [(await deliver(here, status | more)).status for more in ({}, {"MessageSid": "x"})] == [200, 400]
        assert await here.store.find(CONTACTS, {"account": "main"}) == []


async def test_our_own_words_are_never_inbound(tmp_path: Path) -> None:
    async with wired(tmp_path) as here:
        receipt = await deliver(here, PLAIN | {"From": FROM, "To": "whatsapp:+254711000001"})
        assert (receipt.status, receipt.entries) == (200, ())
        assert here.channel.ours() == {FROM}


async def test_statuses_of_what_we_never_sent_change_nothing(tmp_path: Path) -> None:
    async with wired(tmp_path) as here:
        for query in ({}, {"d": "!!!", "p": "x"}, {"d": "c29tZXRoaW5n", "p": "99999"}):
            form = {"MessageSid": "SM" + "1" * 32, "MessageStatus": "failed", "ErrorCode": "63016"}
            url = here.url + "/hooks/whatsapp" + (f"?{urlencode(query)}" if query else "")
            receipt = await deliver(here, form, url=url, query=query)
            assert (receipt.status, receipt.entries) == (200, ())


@pytest.mark.parametrize(
    ("missing", "named"),
    [
        ({"TWILIO_ACCOUNT_SID": ""}, "TWILIO_ACCOUNT_SID"),
        ({"TWILIO_ACCOUNT_SID": "AC1"}, "TWILIO_ACCOUNT_SID"),
        ({"TWILIO_AUTH_TOKEN": ""}, "TWILIO_AUTH_TOKEN"),
        ({"TWILIO_WHATSAPP_FROM": "415"}, "TWILIO_WHATSAPP_FROM"),
        ({"PUBLIC_URL": ""}, "PUBLIC_URL"),
    ],
)
def test_it_refuses_to_start_without_what_it_needs(missing: dict[str, str], named: str) -> None:
    with pytest.raises(Misconfigured, match=named):
        of_settings(GIVEN | missing)


def test_without_settings_there_is_no_channel() -> None:
    assert of_settings({}) is None and of_settings({"PUBLIC_URL": "https://x.test"}) is None
