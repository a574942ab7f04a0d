"""What the channel keeps: whom it may write to and until when, how far each message came, which contents exist."""

from dataclasses import dataclass
from datetime import datetime

from bot.documents import Index, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person as one of our numbers knows them; id is their Place.

    `address`: what Twilio calls them now. `external`: their business-scoped id. `last_in`: their last message, None if
    the window is closed. `opted`: in or out, with when and by which words. `asked_at`: when a template asked them to
    answer, None once they did. `shut`: why nothing reaches them, until they write again. `latest`: their last message's
    id."""

    id: str
    account: str
    address: str
    name: str = ""
    external: str = ""
    last_in: datetime | None = None
    opted: str = "in"
    opted_at: datetime | None = None
    opted_by: str = ""
    asked_at: datetime | None = None
    shut: str = ""
    latest: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """How far a message of ours came; id is Twilio's. `delivery`: whose part it is; `error`: Twilio's code."""

    id: str
    place: str
    delivery: str
    status: str
    part: int = 0
    error: int = 0
    at: datetime | None = None
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A Content resource at Twilio; id is `"{account}:{hash of what it says}"`. `approval`: WhatsApp's word on it, ""
    where none is needed."""

    id: str
    account: str
    sid: str
    approval: str = ""
    asked_at: datetime | None = None
    version: int = 0


CONTACTS = Kind("whatsapp_contacts", Contact, (Index(("account",)), Index(("external",))))
PASSAGES = Kind("whatsapp_passages", Passage, (Index(("place",)), Index(("delivery",))))
TEMPLATES = Kind("whatsapp_templates", Template, (Index(("account",)),))
KINDS = (CONTACTS, PASSAGES, TEMPLATES)
