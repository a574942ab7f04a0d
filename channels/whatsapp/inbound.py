"""What Twilio's webhook says, as Entries. Pure; what of ours a reply or press is about is filled in by `about`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.content import File
from bot.model import Entry
from channels.choosing import noticed
from channels.texts import say
from channels.whatsapp.accounts import PREFIX, Account
from channels.whatsapp.limits import OPENING, START_WORDS, STATUSES, STOP_WORDS

_MEDIA = re.compile(
    r"/2010-04-01/Accounts/AC[0-9a-fA-F]{32}/Messages/([A-Z]{2}[0-9a-fA-F]{32})/Media/(ME[0-9a-fA-F]{32})"
)
_SID = re.compile(r"[A-Z]{2}[0-9a-zA-Z]{1,64}")
_MOST_FILES = 10
_EXTENSIONS = {"image/jpeg": "jpg", "audio/ogg": "ogg", "audio/mpeg": "mp3", "text/vcard": "vcf", "image/webp": "webp"}
# What has a text or a file of its own, or none of either and is nothing to keep a name of.
_PLAIN_KINDS = frozenset(("", "text", "image", "audio", "voice", "video", "document"))

Form = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What an inbound message comes to. `about`: Twilio's id of the message it answers. `leaves`, `returns`: it is a
    word by which a person opts out or in. `opens`: only the tap on a template's button."""

    entry: Entry
    about: str = ""
    leaves: bool = False
    returns: bool = False
    opens: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """One step of a message of ours. `error`: Twilio's code, 0 for none."""

    sid: str
    status: str
    error: int = 0


def is_status(form: Form) -> bool:
    """Whether a form is a status callback; an inbound message says "received"."""
    status = form.get("MessageStatus", "")
    return bool(status) and status != "received" and form.get("SmsStatus", "") != "received" and "NumMedia" not in form


def status_of(form: Form) -> Status | None:
    """A status callback; None if it is not one that can be used."""
    sid, status = form.get("MessageSid") or form.get("SmsSid", ""), form.get("MessageStatus", "").casefold()
    if not _SID.fullmatch(sid) or status not in STATUSES:
        return None
    return Status(sid=sid, status=status, error=_number(form.get("ErrorCode", "")))


def native(form: Form) -> str:
    """Who writes, as the network names them: a number or a business-scoped id; "" if it cannot be told."""
    said = form.get("From", "").strip()
    found = said.removeprefix(PREFIX)
    return found if said.startswith(PREFIX) and re.fullmatch(r"[+\w.\-]{1,128}", found) else ""


def sid_of(form: Form) -> str:
    """Twilio's id of an inbound message, "" if there is none."""
    sid = form.get("MessageSid") or form.get("SmsMessageSid") or form.get("SmsSid", "")
    return sid if _SID.fullmatch(sid) else ""


def place_of(account: str, address: str) -> str:
    """The Place of one person at one of our numbers."""
    return f"whatsapp:{account}:{address}"


def heard(form: Form, account: Account, address: str, now: datetime) -> Heard:
    """The Entry of a message. `address`: who it is to us, whatever Twilio calls them now."""
    body, files = form.get("Body", ""), files_of(form, account.name)
    word = " ".join(body.casefold().split()) if not files else ""
    leaves = form.get("OptOutType") == "STOP" or word in STOP_WORDS
    returns = form.get("OptOutType") == "START" or word in START_WORDS
    entry = _entry(form, account, address, now)
    reply = form.get("OriginalRepliedMessageSid", "")
    token = form.get("ButtonPayload") or form.get("ListId", "")
    if token:
        return replace(_pressed(entry, form, token), about=reply)
    spot = _location(form)
    named = ", ".join(filter(None, (form.get("Label", ""), form.get("Address", "")))) if spot else ""
    text = body or named or form.get("ButtonText", "") or ("" if spot else _other(form, files))
    what = "command" if text.startswith("/") else "message"
    about = f"{entry.place}:message:{reply}" if reply else ""
    entry = replace(entry, what=what, text=text, files=files, location=spot, reply_to=about)
    return Heard(entry=entry, about=reply, leaves=leaves, returns=returns)


def files_of(form: Form, account: str) -> tuple[File, ...]:
    """The files of a message, however many it says it has. Twilio tells neither names nor sizes."""
    return tuple(f for f in (_file(form, account, n) for n in range(_MOST_FILES)) if f is not None)


def _file(form: Form, account: str, n: int) -> File | None:
    url = form.get(f"MediaUrl{n}", "").strip()
    if not url:
        return None
    link = _MEDIA.fullmatch(url.removeprefix("https://api.twilio.com"))
    mime = form.get(f"MediaContentType{n}", "").partition(";")[0].strip() or "application/octet-stream"
    kind, _, ending = mime.partition("/")
    name = f"{'document' if kind in ('application', 'text') else kind}{n + 1}.{_EXTENSIONS.get(mime, ending)[:10]}"
    return File(name=name, mime=mime, key=f"whatsapp:{account}:{f'{link[1]}/{link[2]}' if link else url}", size=0)


def _pressed(entry: Entry, form: Form, token: str) -> Heard:
    text = form.get("Body") or form.get("ButtonText") or form.get("ListTitle", "")
    if token == OPENING:
        return Heard(entry=noticed(replace(entry, text=text), "the tap on a template"), opens=True)
    id = entry.id.replace(":message:", ":press:", 1)
    value = {**entry.value, "token": token[:200], "values": {}}
    return Heard(entry=replace(entry, id=id, what="press", text=text, value=value))


def _entry(form: Form, account: Account, address: str, now: datetime) -> Entry:
    place = place_of(account.name, address)
    name = form.get("ProfileName", "").strip() or address
    told = {k: v[:1000] for k, v in form.items() if k.startswith("Referral") and v not in ("", "0")}
    ad = {"referral": told} if told else {}
    return Entry(
        id=f"{place}:message:{sid_of(form)}", thread="", what="message", at=now, place=place,
        author=PREFIX + address, name=name[:200], value={"kind": "direct", "title": "", **ad},
    )  # fmt: skip


def _location(form: Form) -> tuple[float, float] | None:
    try:
        spot = float(form["Latitude"]), float(form["Longitude"])
    except (KeyError, ValueError):
        return None
    return spot if abs(spot[0]) <= 90 and abs(spot[1]) <= 180 else None


def _other(form: Form, files: tuple[File, ...]) -> str:
    """What a message was that has no words."""
    kind = form.get("MessageType", "").casefold()
    lost = _number(form.get("NumMedia", "")) and not files
    if lost or (kind not in _PLAIN_KINDS and not files):
        return say("sent_other", kind="media" if kind in _PLAIN_KINDS else kind)
    return ""


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
