"""Deliveries of the kinds in Twilio's documentation: what is kept has the payload's text, author, reply and files."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.errors import Undeliverable
from bot.shown import ShownPart
from channels.choosing import about, picked
from channels.whatsapp import inbound
from channels.whatsapp.accounts import made
from tests.channels.whatsapp.wired import wired
from tests.emulators.twilio import FROM, SID

WHO = "whatsapp:+254711000001"
NOON = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
ACCOUNT = made("main", SID, "token", FROM)
MM, ME = "MM" + "a1" * 16, "ME" + "b2" * 16
MEDIA = f"https://api.twilio.com/2010-04-01/Accounts/{SID}/Messages/{MM}/Media/{ME}"
# https://www.twilio.com/docs/messaging/guides/webhook-request, as sent for a message on WhatsApp.
PLAIN = {
    "SmsMessageSid": "SM" + "0" * 32, "NumMedia": "0", "ProfileName": "Amina Njeri", "MessageType": "text",
    "SmsSid": "SM" + "0" * 32, "WaId": "254711000001", "SmsStatus": "received", "Body": "Habari 👋🏽",
    "To": FROM, "NumSegments": "1", "ReferralNumMedia": "0", "MessageSid": "SM" + "0" * 32, "AccountSid": SID,
    "From": "whatsapp:+254711000001", "ApiVersion": "2010-04-01",
}  # fmt: skip
SITUATIONS: dict[str, tuple[dict[str, str], dict[str, Any]]] = {
    "words": ({}, {"what": "message", "text": "Habari 👋🏽", "name": "Amina Njeri", "author": WHO}),
    "a command": ({"Body": "/ping now"}, {"what": "command", "text": "/ping now"}),
    "a picture": (
        {"Body": "", "NumMedia": "1", "MediaUrl0": MEDIA, "MediaContentType0": "image/jpeg", "MessageType": "image"},
        {"text": "", "files": [("image1.jpg", "image/jpeg", f"whatsapp:main:{MM}/{ME}")]},
    ),
    "a document with words": (
        {"Body": "the plan", "NumMedia": "1", "MediaUrl0": MEDIA, "MediaContentType0": "application/pdf"},
        {"text": "the plan", "files": [("document1.pdf", "application/pdf", f"whatsapp:main:{MM}/{ME}")]},
    ),
    "a voice note": (
        {"Body": "", "NumMedia": "1", "MediaUrl0": MEDIA, "MediaContentType0": "audio/ogg; codecs=opus"},
        {"files": [("audio1.ogg", "audio/ogg", f"whatsapp:main:{MM}/{ME}")]},
    ),
    "a contact": (
        {"Body": "", "NumMedia": "1", "MediaUrl0": MEDIA, "MediaContentType0": "text/vcard", "MessageType": "contacts"},
        {"files": [("document1.vcf", "text/vcard", f"whatsapp:main:{MM}/{ME}")], "text": ""},
    ),
    "a place": (
        {"Body": "", "Latitude": "-2.2717", "Longitude": "40.9020", "MessageType": "location"},
        {"text": "", "location": (-2.2717, 40.9020)},
    ),
    "a named place": (
        {"Body": "", "Latitude": "-2.27", "Longitude": "40.9", "Label": "Lamu Fort", "Address": "Kenyatta Road, Lamu"},
        {"text": "Lamu Fort, Kenyatta Road, Lamu", "location": (-2.27, 40.9)},
    ),
    "a quoted message of their own": (
        {"OriginalRepliedMessageSid": "SM9", "OriginalRepliedMessageSender": "whatsapp:+254711000001"},
        {"reply_to": "whatsapp:main:+254711000001:message:SM9"},
    ),
    "a quick reply": (
        {"Body": "Yes", "ButtonText": "Yes", "ButtonPayload": "tok1", "MessageType": "button"},
        {"what": "press", "text": "Yes", "token": "tok1"},
    ),
    "a row of a list": (
        {"Body": "Lamu", "ListId": "tok2", "ListTitle": "Lamu", "MessageType": "interactive"},
        {"what": "press", "text": "Lamu", "token": "tok2"},
    ),
    "somebody without a number": (
        {"From": "whatsapp:US.13491208655302741918", "ExternalUserId": "US.13491208655302741918", "WaId": ""},
        {"author": "whatsapp:US.13491208655302741918", "place": "whatsapp:main:US.13491208655302741918"},
    ),
    "somebody without a name": ({"ProfileName": ""}, {"name": "+254711000001"}),
    "an answer to an advertisement": (
        {"ReferralBody": "Fly to Lamu", "ReferralSourceUrl": "https://fb.me/1", "ReferralNumMedia": "1"},
        {"text": "Habari 👋🏽", "files": []},
    ),
    "a kind that nobody here knows": ({"Body": "", "MessageType": "hologram"}, {"text": "[hologram]"}),
    "unknown fields": ({"SomethingNew": "1", "Channel": "x"}, {"text": "Habari 👋🏽"}),
    "media that is not where Twilio keeps it": (
        {"Body": "", "NumMedia": "1", "MediaUrl0": "https://evil.example/x", "MediaContentType0": "image/jpeg"},
        {"files": [("image1.jpg", "image/jpeg", "whatsapp:main:https://evil.example/x")], "text": ""},
    ),
    "media without an address": (
        {"Body": "", "NumMedia": "1", "MediaContentType0": "image/jpeg"}, {"files": [], "text": "[media]"},
    ),
    "numbers that are none": ({"NumMedia": "many", "Latitude": "north"}, {"files": [], "location": None}),
    "words from right to left, over lines": ({"Body": "שלום\nمرحبا\u202eabc"}, {"text": "שלום\nمرحبا\u202eabc"}),
}  # fmt: skip


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_kept_message_has_what_the_payload_says(situation: str) -> None:
    more, expected = SITUATIONS[situation]
    form = PLAIN | more
    entry = inbound.heard(form, ACCOUNT, inbound.native(form), NOON).entry
    assert entry.id.endswith(PLAIN["MessageSid"]) and entry.value["kind"] == "direct"
    files = [(f.name, f.mime, f.key) for f in entry.files]
    told = {"files": files, "token": entry.value.get("token")} | {
        name: getattr(entry, name) for name in expected if name not in ("files", "token")
    }
    assert {name: told[name] for name in expected} == expected


def test_a_reply_names_our_message_where_it_is_known() -> None:
    heard = inbound.heard(PLAIN | {"OriginalRepliedMessageSid": "SM9"}, ACCOUNT, "+254711000001", NOON)
    part = ShownPart(id="whatsapp:SM9", place=heard.entry.place, shown="t1:result:j/0", made=1)
    assert heard.about == "SM9" and about(heard.entry, part).reply_to == "t1:result:j/0"
    assert about(heard.entry, None).reply_to.endswith(":message:SM9")


def part(shown: str, *choices: tuple[int, str, str]) -> ShownPart:
    return ShownPart(id=f"whatsapp:{shown}", place="p", shown=shown, made=1, choices=choices)


@pytest.mark.parametrize(
    ("text", "parts", "token"),
    [
        ("2", [part("e/0", (1, "a", "Lamu"), (2, "b", "Diani"))], "b"),
        ("diani", [part("e/0", (1, "a", "Lamu"), (2, "b", "Diani"))], "b"),
        ("2", [part("whatsapp:main:ben:message:SM1"), part("e/0", (1, "a", "Lamu"), (2, "b", "Diani"))], "b"),
        ("2", [part("question/0"), part("e/0", (1, "a", "Lamu"), (2, "b", "Diani"))], None),
        ("Cancel", [part("e/0", (-1, "a", "Skip"), (-1, "b", "Cancel"))], "b"),
        ("2", [part("e/0", (-1, "a", "Skip"), (-1, "b", "Cancel"))], None),
    ],
)
def test_a_typed_answer_is_the_press_it_means_and_nothing_older(text: str, parts: Any, token: str | None) -> None:
    entry = inbound.heard(PLAIN | {"Body": text}, ACCOUNT, "+254711000001", NOON).entry
    found = picked(entry, parts)
    assert (found.what, found.value.get("token")) == (("press", token) if token else ("message", None))


@pytest.mark.parametrize(
    ("form", "is_one"),
    [
        ({"MessageSid": "SM1", "MessageStatus": "delivered", "SmsStatus": "delivered"}, True),
        ({"MessageSid": "SM1", "MessageStatus": "read", "EventType": "READ"}, True),
        ({"MessageSid": "SM1", "MessageStatus": "received", "SmsStatus": "received", "NumMedia": "0"}, False),
        (PLAIN, False),
    ],
)
def test_status_callbacks_are_told_from_messages(form: Mapping[str, str], is_one: bool) -> None:
    assert inbound.is_status(form) == is_one


async def test_files_are_fetched_from_twilio_alone_and_within_bounds(tmp_path: Path) -> None:
    async with wired(tmp_path) as here:
        await here.emulator.people.say("Ana", "look", files=[("image/jpeg", b"\xff\xd8 lamu")])
        [file] = here.heard[0].files
        assert await here.channel.fetch(file.key) == b"\xff\xd8 lamu"
        assert any("/Media/ME" in r for r in here.emulator.requests)
        for key in ("whatsapp:main:https://evil.example/x", "whatsapp:main:../../x/y", "whatsapp:other:MM1/ME1"):
            with pytest.raises(Undeliverable):
                await here.channel.fetch(key)


async def test_a_person_is_the_same_under_a_number_and_under_a_business_scoped_id(tmp_path: Path) -> None:
    async with wired(tmp_path) as here:
        ana = here.emulator.world.person("Ana")
        ana.external = "US.777"
        await here.emulator.people.say("Ana", "with my number")
        ana.address = "whatsapp:US.777"
        await here.emulator.people.say("Ana", "without it")
        first, second = here.heard
        assert first.place == second.place and first.author == second.author and first.id != second.id
