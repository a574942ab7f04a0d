"""What a message may hold and how it may come by Twilio, each said once; every way is tried with every content."""

# ruff: noqa: E501
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tests.channels.whatsapp.test_deliveries_become_entries import MEDIA, PLAIN
from tests.emulators.twilio import SID

Form = dict[str, str]
SM = "SM" + "7" * 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Fields of a message and what they say. `files`: names; `token`: of what was pressed."""

    name: str
    fields: Form
    text: str = ""
    files: tuple[str, ...] = ()
    spot: tuple[float, float] | None = None
    token: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How it came. `reply`: Twilio's id of what it answers; `without`: fields that are not there."""

    name: str
    fields: Form = field(default_factory=dict)
    who: str = "+254711000001"
    called: str = "Amina Njeri"
    reply: str = ""
    without: tuple[str, ...] = ()


def _media(*kinds: str, **more: str) -> Form:
    found = {"Body": "", "NumMedia": str(len(kinds)), **more}
    for n, kind in enumerate(kinds):
        found |= {f"MediaUrl{n}": MEDIA, f"MediaContentType{n}": kind}
    return found


CONTENTS = (
    Content(name="words", fields={"Body": "Lamu in März? 👋🏽 *bold* & + = %20"}, text="Lamu in März? 👋🏽 *bold* & + = %20"),
    Content(name="words over lines", fields={"Body": " one\r\n\ntwo\t\u202eשלום "}, text=" one\r\n\ntwo\t\u202eשלום "),
    Content(name="long words", fields={"Body": "é" * 4096, "NumSegments": "9"}, text="é" * 4096),
    Content(name="an emoji", fields={"Body": "👍", "MessageType": "reaction"}, text="👍"),
    Content(name="nothing", fields={"Body": ""}),
    Content(name="a picture", fields=_media("image/jpeg", MessageType="image"), files=("image1.jpg",)),
    Content(name="a picture with words", fields=_media("image/png", Body="The dhow"), text="The dhow", files=("image1.png",)),
    Content(name="several pictures", fields=_media(*["image/jpeg"] * 10), files=tuple(f"image{n}.jpg" for n in range(1, 11))),
    Content(name="a sticker", fields=_media("image/webp", MessageType="sticker"), files=("image1.webp",)),
    Content(name="a voice", fields=_media("audio/ogg; codecs=opus", MessageType="audio"), files=("audio1.ogg",)),
    Content(name="a film", fields=_media("video/mp4", MessageType="video"), files=("video1.mp4",)),
    Content(name="a document", fields=_media("application/pdf", Body="plan.pdf", MessageType="document"), text="plan.pdf", files=("document1.pdf",)),
    Content(name="contacts", fields=_media("text/vcard", MessageType="contacts"), files=("document1.vcf",)),
    Content(name="media of no kind", fields=_media(""), files=("document1.octet-stre",)),
    Content(name="media elsewhere", fields={**_media("image/gif"), "MediaUrl0": "https://cdn.example/x.gif"}, files=("image1.gif",)),
    Content(name="media that is not counted", fields={**_media("image/gif"), "NumMedia": ""}, files=("image1.gif",)),
    Content(name="media that is lost", fields={"Body": "", "NumMedia": "1", "MessageType": "image"}, text="[media]"),
    Content(name="a place", fields={"Body": "", "Latitude": "-2.2717", "Longitude": "40.902", "MessageType": "location"}, spot=(-2.2717, 40.902)),
    Content(name="a place with a name", fields={"Body": "", "Latitude": "-2.2717", "Longitude": "40.902", "Label": "Fort", "Address": "Lamu"}, text="Fort, Lamu", spot=(-2.2717, 40.902)),
    Content(name="a place with words", fields={"Body": "here", "Latitude": "1", "Longitude": "2e0"}, text="here", spot=(1.0, 2.0)),
    Content(name="a place that cannot be", fields={"Body": "", "Latitude": "91", "Longitude": "x", "MessageType": "location"}, text="[location]"),
    Content(name="a quick reply", fields={"Body": "Yes", "ButtonText": "Yes", "ButtonPayload": "tok", "ButtonType": "QUICK_REPLY", "MessageType": "button"}, text="Yes", token="tok"),
    Content(name="a quick reply without words", fields={"Body": "", "ButtonText": "Yes", "ButtonPayload": "tok", "MessageType": "button"}, text="Yes", token="tok"),
    Content(name="a button without a payload", fields={"Body": "", "ButtonText": "Call us", "MessageType": "button"}, text="Call us"),
    Content(name="a row of a list", fields={"Body": "Lamu", "ListId": "tok", "ListTitle": "Lamu", "ListDescription": "island", "MessageType": "interactive"}, text="Lamu", token="tok"),
    Content(name="a row of a list without words", fields={"Body": "", "ListId": "tok", "ListTitle": "Lamu", "MessageType": "interactive"}, text="Lamu", token="tok"),
    Content(name="a form of Meta's", fields={"Body": "", "MessageType": "interactive", "InteractiveData": '{"a":1}', "FlowData": "x"}, text="[interactive]"),
    Content(name="an order", fields={"Body": "", "MessageType": "order"}, text="[order]"),
    Content(name="what WhatsApp cannot tell", fields={"Body": "", "MessageType": "unsupported", "ErrorCode": "63005"}, text="[unsupported]"),
    Content(name="a command", fields={"Body": "/ping x"}, text="/ping x"),
)  # fmt: skip
WAYS = (
    Way(name="plainly"),
    Way(name="as an answer", fields={"OriginalRepliedMessageSid": "MM" + "3" * 32, "OriginalRepliedMessageSender": "whatsapp:+14155238886"}, reply="MM" + "3" * 32),
    Way(name="forwarded", fields={"Forwarded": "true", "FrequentlyForwarded": "true"}),
    Way(name="after an advertisement", fields={"ReferralBody": "Fly", "ReferralHeadline": "Lamu", "ReferralSourceId": "1", "ReferralSourceType": "ad", "ReferralSourceUrl": "https://fb.me/1", "ReferralNumMedia": "1", "ReferralMediaUrl0": "https://x", "ReferralMediaContentType0": "image/jpeg", "ReferralCtwaClid": "c"}),
    Way(name="from somebody without a number", fields={"From": "whatsapp:US.13491208655302741918", "ExternalUserId": "US.13491208655302741918", "WaId": ""}, who="US.13491208655302741918"),
    Way(name="from somebody without a name", fields={"From": "whatsapp:+254711000002", "WaId": "254711000002"}, who="+254711000002", called="+254711000002", without=("ProfileName",)),
    Way(name="with more about the channel", fields={"ChannelMetadata": '{"type":"whatsapp","data":{"context":{}}}', "ChannelPrefix": "whatsapp", "MessagingServiceSid": "MG" + "1" * 32, "Aura": "", "ProfilePhoto": ""}),
    Way(name="with little", without=("SmsMessageSid", "SmsSid", "NumSegments", "ReferralNumMedia", "ApiVersion", "WaId", "SmsStatus")),
    Way(name="under the old name of its id", fields={"SmsMessageSid": SM}, without=("MessageSid", "SmsSid")),
)  # fmt: skip
MISSED: tuple[Form, ...] = (
    {"MessageSid": ""}, {"From": ""}, {"From": "+254711000001"}, {"From": "messenger:1"}, {"From": "whatsapp:"},
    {"From": "whatsapp:a b"}, {"MessageSid": "../x"}, {"MessageSid": "SM"},
)  # fmt: skip
STATUSES: tuple[Form, ...] = tuple(
    {"MessageSid": SM, "SmsSid": SM, "MessageStatus": status, "SmsStatus": status, "AccountSid": SID, "To": PLAIN["From"], **more}
    for status in "queued accepted scheduled sending sent delivered read undelivered failed canceled partially_delivered receiving evaporated".split()
    for more in ({}, {"ErrorCode": "63016", "ErrorMessage": "x"}, {"EventType": "READ", "ChannelStatusMessage": "x", "ErrorCode": "many"})
)  # fmt: skip


def said() -> Iterator[tuple[Way, Content, Form]]:
    """Every content in every way, as a form with an id of its own."""
    for way in WAYS:
        for content in CONTENTS:
            yield way, content, form(content.fields | way.fields, way.without)


def form(fields: Mapping[str, str], without: tuple[str, ...] = ()) -> Form:
    """A message with these fields and without those."""
    return {
        k: v
        for k, v in {**PLAIN, "MessageSid": SM, "SmsSid": SM, "SmsMessageSid": SM, **fields}.items()
        if k not in without
    }
