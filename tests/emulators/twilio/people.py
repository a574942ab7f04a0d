"""Acting as people on WhatsApp: writing, quoting, pressing, sending files and places, leaving and coming back."""

from collections.abc import Sequence
from typing import Any

from tests.emulators.twilio.hooks import Answer, Hooks
from tests.emulators.twilio.world import FROM, Media, Message, World

_KINDS = {"image": "image", "audio": "audio", "video": "video"}


class People:
    """`webhook`: the address that the number's incoming messages go to, set in the Console."""

    def __init__(self, world: World, hooks: Hooks) -> None:
        self.world, self._hooks = world, hooks
        self.webhook = ""
        self.base = "https://api.twilio.com"

    async def say(
        self, name: str, text: str, *, to: str = FROM, reply_to: str = "", twice: bool = False,
        files: Sequence[tuple[str, bytes]] = (), location: tuple[float, float] | None = None, **more: str,
    ) -> str:  # fmt: skip
        """A message; its id. `files`: (content type, bytes). `more`: further fields of the webhook."""
        message = self._new(name, text, to)
        message.media = [Media(sid=self.world.new_id("ME"), mime=mime, data=data) for mime, data in files]
        message.reply_to = reply_to
        form = self._form(name, message)
        if reply_to:
            form |= {"OriginalRepliedMessageSid": reply_to, "OriginalRepliedMessageSender": to}
        if location:
            form |= {"MessageType": "location", "Latitude": str(location[0]), "Longitude": str(location[1])}
        await self._sent(message, form | more, twice)
        return message.sid

    async def press(self, name: str, message: str, label: str) -> str:
        """A quick reply or a row of a list under a message of ours; the press's own id."""
        shown = self.world.messages[message]
        id = next(i for text, i in shown.buttons if text == label)
        pressed = self._new(name, label, shown.sender)
        pressed.reply_to = message
        form = self._form(name, pressed) | {
            "OriginalRepliedMessageSid": message, "OriginalRepliedMessageSender": shown.sender,
        }  # fmt: skip
        if shown.is_list:
            form |= {"MessageType": "interactive", "ListId": id, "ListTitle": label}
        else:
            form |= {"MessageType": "button", "ButtonText": label, "ButtonPayload": id}
        await self._sent(pressed, form, False)
        return pressed.sid

    def _new(self, name: str, text: str, to: str) -> Message:
        person, world = self.world.person(name), self.world
        message = Message(
            sid=world.new_id("SM"), sender=person.address, to=to, body=text, outbound=False, at=world.now,
            status="received",
        )  # fmt: skip
        world.messages[message.sid] = message
        person.last_wrote[to] = world.now
        return message

    def _form(self, name: str, message: Message) -> dict[str, str]:
        person, account = self.world.person(name), self.world.senders[message.to][0]
        kind = _KINDS.get(message.media[0].mime.split("/")[0], "document") if message.media else "text"
        form: dict[str, Any] = {
            "SmsMessageSid": message.sid, "SmsSid": message.sid, "MessageSid": message.sid, "SmsStatus": "received",
            "NumMedia": len(message.media), "ProfileName": name, "MessageType": kind, "Body": message.body,
            "WaId": person.address.removeprefix("whatsapp:+"), "From": person.address, "To": message.to,
            "AccountSid": account, "NumSegments": 1, "ReferralNumMedia": 0, "ApiVersion": "2010-04-01",
            "ChannelMetadata": '{"type":"whatsapp","data":{"context":{"ProfileName":"' + name + '"}}}',
        }  # fmt: skip
        if person.external:
            form["ExternalUserId"] = person.external
        for n, media in enumerate(message.media):
            form[f"MediaContentType{n}"] = media.mime
            path = f"/2010-04-01/Accounts/{account}/Messages/{message.sid}/Media/{media.sid}"
            form[f"MediaUrl{n}"] = self.base + path
        return {k: str(v) for k, v in form.items()}

    async def _sent(self, message: Message, form: dict[str, str], twice: bool) -> Answer:
        token = self.world.senders[message.to][1]
        word = message.body.strip().casefold()
        person = self.world.at(message.sender)
        if person is not None and word in ("stop", "unsubscribe"):
            person.stopped.add(message.to)
        if person is not None and word == "start":
            person.stopped.discard(message.to)
        return await self._hooks.deliver(self.webhook, token, form, twice=twice)
