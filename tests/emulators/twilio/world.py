"""What the emulated Twilio knows: people and their phones, our number, messages, files, contents, approvals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import blake2b
from itertools import count
from typing import Any

from channels.whatsapp.limits import WINDOW

SID = "AC" + "0123456789abcdef" * 2
TOKEN = "12345678901234567890123456789012"
FROM = "whatsapp:+14155238886"


@dataclass(slots=True)
class Media:
    """A file that a person sent, or that was fetched from the other side."""

    sid: str
    mime: str
    data: bytes
    name: str = ""


@dataclass(slots=True)
class Person:
    """A phone. `last_wrote`: by our number, when they wrote to it last. `stopped`: numbers they want nothing from."""

    name: str
    address: str
    external: str = ""
    last_wrote: dict[str, datetime] = field(default_factory=dict)
    stopped: set[str] = field(default_factory=set)
    installed: bool = True


@dataclass(slots=True)
class Message:
    """One message. `buttons`: (label, id) as shown. `reply_to`: the message it quotes."""

    sid: str
    sender: str
    to: str
    body: str
    outbound: bool
    at: datetime
    status: str = "queued"
    error: int = 0
    media: list[Media] = field(default_factory=list)
    buttons: tuple[tuple[str, str], ...] = ()
    is_list: bool = False
    reply_to: str = ""
    callback: str = ""
    template: bool = False

    def resource(self, account: str) -> dict[str, Any]:
        """As the API gives it."""
        return {
            "sid": self.sid, "account_sid": account, "from": self.sender, "to": self.to, "body": self.body,
            "status": self.status, "direction": "outbound-api" if self.outbound else "inbound",
            "num_media": str(len(self.media)), "num_segments": "1", "error_code": self.error or None,
            "error_message": None, "api_version": "2010-04-01", "messaging_service_sid": None, "price": None,
            "price_unit": None, "date_created": format_datetime(self.at), "date_sent": format_datetime(self.at),
            "date_updated": format_datetime(self.at), "subresource_uris": {},
            "uri": f"/2010-04-01/Accounts/{account}/Messages/{self.sid}.json",
        }  # fmt: skip


@dataclass(slots=True)
class Content:
    """A Content resource and what WhatsApp says of it as a template."""

    sid: str
    name: str
    types: Mapping[str, Any]
    variables: Mapping[str, str]
    approval: str = "unsubmitted"
    rejected: str = ""


class World:
    """All of it. Time stands still at the start unless it is moved."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)
        self.people: dict[str, Person] = {}
        self.messages: dict[str, Message] = {}
        self.contents: dict[str, Content] = {}
        self.senders: dict[str, tuple[str, str]] = {FROM: (SID, TOKEN)}
        self.approves = "approved"
        self._numbers = count(1)

    def person(self, name: str) -> Person:
        """The person of that name, with a phone of their own."""
        if name not in self.people:
            digits = int.from_bytes(blake2b(name.encode(), digest_size=4).digest(), "big") % 10**8
            self.people[name] = Person(name=name, address=f"whatsapp:+2547{digits:08d}")
        return self.people[name]

    def at(self, address: str) -> Person | None:
        """Who has that address."""
        return next((p for p in self.people.values() if address in (p.address, f"whatsapp:{p.external}")), None)

    def new_id(self, prefix: str) -> str:
        """An id as Twilio's: two letters and 32 hexadecimal digits."""
        return prefix + blake2b(str(next(self._numbers)).encode(), digest_size=16).hexdigest()

    def window_open(self, person: Person, sender: str) -> bool:
        """Whether free words may be sent."""
        wrote = person.last_wrote.get(sender)
        return wrote is not None and self.now - wrote < WINDOW

    def later(self, **by: float) -> None:
        """Time passes."""
        self.now += timedelta(**by)

    def with_person(self, name: str, sender: str = FROM) -> list[Message]:
        """What a person sees, oldest first."""
        address = self.person(name).address
        return [m for m in self.messages.values() if self._shown(m) and {m.sender, m.to} == {address, sender}]

    def _shown(self, m: Message) -> bool:
        return not m.outbound or m.status not in ("failed", "undelivered")
