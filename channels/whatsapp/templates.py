"""Content resources at Twilio: made once for each shape of message, and the few that WhatsApp approves for use outside

the window. https://www.twilio.com/docs/content/using-variables-with-content-api"""

import asyncio
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import product
from typing import Any

import structlog

from bot.clock import Clock
from bot.errors import CaravanError
from bot.language import ENGLISH, spoken
from bot.ports import Outgoing, Store
from channels.keeping import kept
from channels.whatsapp.limits import CONTROL_ID, ITEM, LIST_BUTTON, OPENING, TITLE
from channels.whatsapp.outbound import Message, is_list, one_line
from channels.whatsapp.records import TEMPLATES, Template
from channels.whatsapp.texts import TEMPLATE_SAMPLES, say
from channels.whatsapp.texts import TEMPLATES as WORDS

_ASK_AGAIN = timedelta(minutes=10)
_TOPICS = ((":supplier:", "booking"), (":payment:", "payment"))
_SPACES = re.compile(r" {5,}")
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A message with buttons as Twilio takes it: the resource it needs, and what fills the resource's variables."""

    types: Mapping[str, Any]
    values: Mapping[str, str]

    @property
    def key(self) -> str:
        """The same for all messages that can share a resource."""
        return _digest(self.types)


def shape(message: Message) -> Shape:
    """Every line, label and id is a variable, so that one resource serves all messages with as many of them."""
    values: dict[str, str] = {}

    def variable(text: str) -> str:
        values[str(len(values) + 1)] = text
        return f"{{{{{len(values)}}}}}"

    body = "\n".join(variable(_value(line)) if line.strip() else "" for line in message.text.split("\n"))
    if is_list(message.buttons):
        items = [
            {"item": variable(one_line(b.label, ITEM)), "id": variable(b.id[:CONTROL_ID])} for b in message.buttons
        ]
        types = {"twilio/list-picker": {"body": body, "button": say("list_button")[:LIST_BUTTON], "items": items}}
        return Shape(types=types, values=values)
    actions = [
        {"type": "QUICK_REPLY", "title": variable(one_line(b.label, TITLE)), "id": variable(b.id[:CONTROL_ID])}
        for b in message.buttons
    ]
    return Shape(types={"twilio/quick-reply": {"body": body, "actions": actions}}, values=values)


def utility(key: str, language: str = ENGLISH) -> Mapping[str, Any]:
    """The resource of a template that WhatsApp has to approve."""
    words, button = WORDS[language]
    action = {"type": "QUICK_REPLY", "title": button, "id": OPENING}
    return {"twilio/quick-reply": {"body": words[key], "actions": [action]}}


def topic(outgoing: Outgoing) -> str:
    """Which template tells somebody that this Delivery waits for them."""
    return next((t for word, t in _TOPICS if word in outgoing.shown), "news")


class Templates:
    """Finds and makes Content resources; what was made is kept in the Store, and found again at Twilio by its name."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock
        self._known: dict[str, Template] = {}
        self._making = asyncio.Lock()

    async def of_message(self, twilio: Any, message: Message) -> tuple[str, str]:
        """Resource id and variables for a message with buttons; errors as of client.Twilio."""
        wanted = shape(message)
        samples = dict.fromkeys(wanted.values, "x")
        found = await self._made(twilio, wanted.key, wanted.types, samples)
        return found.sid, json.dumps(wanted.values, ensure_ascii=False)

    async def approved(self, twilio: Any, outgoing: Outgoing, name: str) -> tuple[str, str] | None:
        """Resource id and variables of the approved template that fits best, in the language of what waits where that
        one is approved; None while WhatsApp has approved none."""
        fitting = product(dict.fromkeys((spoken(), ENGLISH)), dict.fromkeys((topic(outgoing), "news")))
        for language, key in fitting:
            found = await self._utility(twilio, key, language)
            if found.approval == "approved":
                values = {"1": _name(name) or say("friend"), "2": _name(outgoing.trip) or say("your_trip")}
                return found.sid, json.dumps(values, ensure_ascii=False)
        return None

    async def prepare(self, twilio: Any) -> None:
        """Make the utility templates and ask for approval, so that they are there when they are needed."""
        for language, key in ((language, key) for language, (words, _) in WORDS.items() for key in words):
            try:
                await self._utility(twilio, key, language)
            except CaravanError as away:
                _log.warning("a WhatsApp template is not there yet", template=key, error=str(away))

    async def _utility(self, twilio: Any, key: str, language: str) -> Template:
        types = utility(key, language)
        found = await self._made(twilio, _digest(types), types, TEMPLATE_SAMPLES, language)
        now = self._clock.now()
        if found.approval == "approved" or (found.asked_at and now - found.asked_at < _ASK_AGAIN):
            return found
        said = await twilio.approval(found.sid)
        if said == "unsubmitted":
            said = await twilio.submit(found.sid, f"caravan_{key}_{found.id.rpartition(':')[2]}")
        if said != found.approval and said in ("rejected", "paused", "disabled"):
            _log.error("WhatsApp does not approve a template", template=key, word=said)
        return await self._kept(replace(found, approval=said, asked_at=now))

    async def _made(
        self, twilio: Any, key: str, types: Mapping[str, Any], samples: Mapping[str, str], language: str = ENGLISH
    ) -> Template:
        id = f"{twilio.account.name}:{key}"
        found = self._known.get(id) or await self._store.get(TEMPLATES, id)
        if found is None:
            async with self._making:
                found = self._known.get(id) or await self._store.get(TEMPLATES, id)
                if found is None:
                    found = await self._new(twilio, id, types, samples, language)
        self._known[id] = found
        return found

    async def _new(
        self, twilio: Any, id: str, types: Mapping[str, Any], samples: Mapping[str, str], language: str
    ) -> Template:
        sid = await twilio.content(f"caravan_{id.rpartition(':')[2]}", types, samples, language)
        return await self._kept(Template(id=id, account=twilio.account.name, sid=sid))

    async def _kept(self, found: Template) -> Template:
        """As stored; where another process has made the same meanwhile, theirs."""

        def change(before: Template | None) -> Template:
            return replace(before, approval=found.approval, asked_at=found.asked_at) if before else found

        stored = (await kept(self._store, TEMPLATES, found.id, change))[1] or found
        self._known[found.id] = stored
        return stored


def _digest(types: Mapping[str, Any]) -> str:
    return hashlib.blake2b(json.dumps(types, sort_keys=True).encode(), digest_size=8).hexdigest()


def _value(line: str) -> str:
    """One line as the value of a variable: neither tabs nor long runs of spaces, which Twilio refuses."""
    line = line.rstrip().replace("\t", "    ")
    return _SPACES.sub(lambda found: "\u00a0" * len(found[0]), line)


def _name(text: str) -> str:
    return " ".join(text.split())[:60]
