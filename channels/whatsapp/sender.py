"""Deliveries on their way to a person on WhatsApp: several messages in a row, templates outside the window."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Any

from bot.clock import Clock
from bot.errors import Undeliverable, Unknown, Waits
from bot.file_links import FileLinks
from bot.ports import Outgoing
from bot.shown import ShownParts
from channels.begun import Begun, matched
from channels.whatsapp.accounts import PREFIX
from channels.whatsapp.client import Twilio
from channels.whatsapp.contacts import Contacts
from channels.whatsapp.limits import MEDIA_LINK, VALIDITY, WINDOW
from channels.whatsapp.outbound import Message, messages
from channels.whatsapp.records import Contact
from channels.whatsapp.templates import Templates

# What the status callback of a template names in place of a Delivery.
KNOCK = "knock@"


def shown_id(sid: str) -> str:
    """The name of a message over all networks."""
    return f"whatsapp:{sid}"


class Sender:
    """Sends for all our numbers. `address`: what Twilio reaches us by; `media`: links to our files."""

    def __init__(
        self, contacts: Contacts, templates: Templates, shown: ShownParts, media: FileLinks, clock: Clock, address: str
    ) -> None:
        self._contacts, self._templates, self._shown, self._media = contacts, templates, shown, media
        self._clock, self._address = clock, address.rstrip("/")
        self._begun = Begun()

    async def deliver(self, twilio: Twilio, o: Outgoing) -> tuple[str, ...]:
        """As Channel.send. What was sent before an error is not sent again when this Delivery is repeated."""
        contact = await self._reached(twilio, o)
        wanted = messages(o, self._media.link)
        done = self._begun.of(o.id)
        if not done and o.what == "send":
            done += o.parts[: len(wanted)]
        for n, message in enumerate(wanted):
            if n == len(done):
                done.append("")
            if not done[n]:
                done[n] = await self._one(twilio, contact, o, n, message)
        return self._noted(o, done, wanted)

    async def look_up(self, twilio: Twilio, o: Outgoing) -> tuple[str, ...] | None:
        """The ids of a Delivery that arrived whole, by their words among the last messages to that person; what arrived
        of it is not sent again."""
        contact = await self._contacts.find(o.place)
        if contact is None:
            return None
        wanted, there = messages(o, self._media.link), await twilio.recent(contact.address)
        free = [m for m in reversed(there) if not await self._shown.taken(shown_id(m.sid), o.shown)]
        found = self._begun.of(o.id)
        found[:] = [str(m.sid) for m in matched(wanted, free, _says)]
        return self._noted(o, found, wanted) if len(found) == len(wanted) else None

    def _noted(self, o: Outgoing, sids: Sequence[str], wanted: Sequence[Message]) -> tuple[str, ...]:
        self._begun.done(o.id)
        self._shown.note([shown_id(sid) for sid in sids], o.place, o.shown, wanted[-1].choices)
        return tuple(sids)

    async def _reached(self, twilio: Twilio, o: Outgoing) -> Contact:
        """The person at a Place if free words reach them; else they are asked to answer, or it says why not."""
        contact = await self._contacts.find(o.place)
        if contact is None:
            raise Undeliverable("nobody has written to us from there", gone="place")
        if o.reader and PREFIX + contact.id.split(":", 2)[2] not in o.reader:
            raise Undeliverable("it is for somebody else")
        if contact.opted == "out":
            raise Undeliverable("they asked for no more messages", gone="place")
        if contact.shut:
            raise Undeliverable(contact.shut, gone="place")
        if not self._contacts.window_open(contact):
            raise await self._knocked(twilio, contact, o)
        return contact

    async def _one(self, twilio: Twilio, contact: Contact, o: Outgoing, n: int, message: Message) -> str:
        more: dict[str, Any] = {"status_callback": self._callback(contact, o.id, n), "validity_period": VALIDITY}
        if message.buttons:
            sid, variables = await self._templates.of_message(twilio, message)
            more |= {"content_sid": sid, "content_variables": variables}
        if message.file is not None:
            more["media_url"] = [self._media.link(message.file, MEDIA_LINK)]
        if message.text and not message.buttons:
            more["body"] = message.text
        try:
            return await twilio.create(contact.address, **more)
        except Waits:
            await self._contacts.closed(contact.id)
            raise await self._knocked(twilio, contact, o) from None
        except Undeliverable as never:
            if never.gone == "place":
                await self._contacts.unreachable(contact.id, str(never))
            raise

    async def _knocked(self, twilio: Twilio, contact: Contact, o: Outgoing) -> Waits:
        """Ask a person out of the window to answer, at most once a day; what waits goes when they do."""
        now = self._clock.now()
        if contact.asked_at is not None and now - contact.asked_at < WINDOW:
            return Waits("they were asked to answer", asked=True)
        found = await self._templates.approved(twilio, o, contact.name)
        if found is None:
            return Waits("outside the window, and no template is approved yet")
        try:
            await twilio.create(
                contact.address, content_sid=found[0], content_variables=found[1], validity_period=VALIDITY,
                status_callback=self._callback(contact, f"{KNOCK}{contact.id}", 0),
            )  # fmt: skip
        except Unknown:
            pass  # it may have been sent: one a day is enough
        except Undeliverable as never:
            if never.gone:
                raise
            return Waits(f"outside the window, and the template was refused: {never}")
        await self._contacts.asked(contact.id, now)
        return Waits("asked to answer by a template", asked=True)

    def _callback(self, contact: Contact, delivery: str, part: int) -> str:
        """Where Twilio tells how far a message came; it names the Delivery, in case nobody answers the send, and when
        that was, in milliseconds: what is told late of it is no news of a person who has written since."""
        sent = round(self._clock.now().timestamp() * 1000)
        return f"{self._address}/hooks/whatsapp/{contact.account}?d={reference(delivery)}&p={part}&t={sent}"


def reference(delivery: str) -> str:
    """A Delivery's id as a plain word."""
    return urlsafe_b64encode(delivery.encode()).decode().rstrip("=")


def delivery_of(word: str) -> str:
    """The Delivery's id of a word, "" if it is none."""
    try:
        return urlsafe_b64decode(word.encode() + b"==").decode()
    except ValueError:
        return ""


def _says(there: Any, message: Message) -> bool:
    """Whether one of Twilio's messages is this one, going by its words and how many files it has."""
    same = " ".join(str(there.body or "").split()) == " ".join(message.text.split())
    return same and int(there.num_media or 0) == (message.file is not None)
