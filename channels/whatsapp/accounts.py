"""Our numbers on WhatsApp: the one of the settings ("main") and those added while running."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from bot.errors import Explain, Misconfigured

MAIN = "main"
PREFIX = "whatsapp:"
_SID = re.compile(r"AC[0-9a-fA-F]{32}")
_NUMBER = re.compile(r"\+[1-9][0-9]{5,14}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One number of ours. `sender`: "whatsapp:+1415..."."""

    name: str
    sid: str
    token: str = field(repr=False)
    sender: str

    def link(self, text: str = "") -> str:
        """What opens a conversation with this number, with words ready to send."""
        return f"https://wa.me/{self.sender.removeprefix(f'{PREFIX}+')}" + (f"?text={quote(text)}" if text else "")


def made(name: str, sid: str, token: str, sender: str) -> Account:
    """An account of what somebody typed; Explain says what is wrong with it."""
    number = sender.strip().removeprefix(PREFIX).replace(" ", "")
    if not _SID.fullmatch(sid):
        raise Explain("TWILIO_ACCOUNT_SID: must be AC and 32 hexadecimal digits")
    if not token:
        raise Explain("TWILIO_AUTH_TOKEN: needed to check what comes from Twilio")
    if not _NUMBER.fullmatch(number):
        raise Explain("TWILIO_WHATSAPP_FROM: must be a number such as +14155238886")
    return Account(name=name, sid=sid, token=token, sender=PREFIX + number)


def of_settings(environ: Mapping[str, str]) -> Account | None:
    """The account of the settings, None if there is none; Misconfigured names what is missing or wrong."""
    given = [environ.get(f"TWILIO_{name}", "").strip() for name in ("ACCOUNT_SID", "AUTH_TOKEN", "WHATSAPP_FROM")]
    if not any(given):
        return None
    if not urlsplit(environ.get("PUBLIC_URL", "")).hostname:
        raise Misconfigured("PUBLIC_URL: needed with TWILIO_ACCOUNT_SID: Twilio signs the address that it calls")
    try:
        return made(MAIN, *given)
    except Explain as wrong:
        raise Misconfigured(str(wrong)) from wrong
