"""Interactions: what has to be answered within three seconds, and the Entry it becomes."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.clock import Clock
from bot.errors import RetryLater, Unknown
from bot.gazetteer import Gazetteer
from bot.model import Entry
from bot.ports import Store
from channels.asks import Ask
from channels.choosing import form_of
from channels.discord import inbound
from channels.discord.bot import Bot
from channels.discord.commands import Command, typed
from channels.discord.forms import SENT, filled, modal
from channels.discord.limits import CHOICE, CHOICES
from channels.discord.outbound import EPHEMERAL, FORM, PRESS
from channels.discord.payloads import Event
from channels.suggesting import names_here, suggestions
from channels.texts import say

PING, COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 1, 2, 3, 4, 5
_LATER, _UPDATE_LATER, _OFFERED = 5, 6, 8
Answered = tuple[dict[str, Any], tuple[Entry, ...]]


class Answering:
    """`commands`: by Discord's name."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock, self._gazetteer = store, clock, Gazetteer()
        self.commands: Mapping[str, Command] = {}

    async def answer(self, bot: Bot, event: Event) -> Answered:
        """What to answer at once, and the Entries to append."""
        if event.type == AUTOCOMPLETE:
            return await self._offered(bot, event), ()
        bot.rooms.seen(event)
        about = await bot.about("INTERACTION_CREATE", event)
        if event.type == COMMAND and (command := self.commands.get(event.data.name)) is not None:
            args, words = typed(event.data, command)
            entry = inbound.command(event, about, command.spoken, args, words)
            alone = command.private and bool(event.guild_id)
            self._keep(bot, event, entry, thinking=True, alone=alone)
            return {"type": _LATER, "data": {"flags": EPHEMERAL} if alone else {}}, (entry,)
        if event.type in (COMPONENT, MODAL):
            return await self._pressed(bot, event, about)
        return _only("discord_press_again"), ()

    async def _pressed(self, bot: Bot, event: Event, about: inbound.About) -> Answered:
        pressed, values = event.data.custom_id, filled(event.data.components)
        if event.type == COMPONENT and pressed.startswith(FORM):
            return await self._opened(bot, event, pressed.removeprefix(FORM)), ()
        start = SENT if event.type == MODAL else PRESS
        token = event.data.values[0] if event.data.values and event.type == COMPONENT else pressed.removeprefix(start)
        entry = inbound.press(event, about, token, values)
        if not token:  # a form that belongs to no button is told in words
            text = "\n".join(f"{name}: {value}" for name, value in values.items())
            entry = replace(entry, id=entry.id.replace(":press:", ":message:", 1), what="message", text=text)
        self._keep(bot, event, entry)
        return {"type": _UPDATE_LATER}, (entry,)

    async def _opened(self, bot: Bot, event: Event, token: str) -> dict[str, Any]:
        """A form as a modal."""
        part = (await bot.about("", event)).parts.get(event.message.id if event.message else "", "")
        try:
            fields = bot.post.forms.get(part) or await form_of(self._store, part)
        except (RetryLater, Unknown):
            fields = ()
        return modal(token, fields) if fields else _only("discord_press_again")

    async def _offered(self, bot: Bot, event: Event) -> dict[str, Any]:
        """What to offer for the option that is being typed."""
        option = next((o for o in event.data.options if o.focused), None)
        command = self.commands.get(event.data.name)
        kind = command.kinds.get(option.name, "") if command and option else ""
        people = await names_here(self._store, inbound.place_of(bot.account, event)) if kind == "person" else ()
        start, today = str(option.value or "") if option else "", self._clock.now().date()
        found = suggestions(kind, start, today, people, lambda begins: self._gazetteer.suggest(begins, CHOICES))
        choices = [{"name": shown[:CHOICE], "value": value[:CHOICE]} for shown, value in found[:CHOICES]]
        return {"type": _OFFERED, "data": {"choices": choices}}

    def _keep(self, bot: Bot, event: Event, entry: Entry, *, thinking: bool = False, alone: bool = False) -> None:
        user = entry.author.removeprefix("discord:")
        bot.post.asks.keep(
            Ask(entry=entry.id, place=entry.place, user=user, token=event.token, thinking=thinking, alone=alone)
        )


def _only(key: str) -> dict[str, Any]:
    """Words for the one who pressed alone."""
    return {"type": 4, "data": {"content": say(key), "flags": EPHEMERAL}}
