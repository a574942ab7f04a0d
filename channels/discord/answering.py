"""Interactions: what has to be answered within three seconds, and the Entry it becomes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.clock import Clock
from bot.model import Entry
from bot.ports import Store
from channels.choosing import form_of
from channels.discord import inbound
from channels.discord.bot import Bot
from channels.discord.limits import CHOICE, CHOICES
from channels.discord.outbound import EPHEMERAL, FORM, PRESS, SENT, modal
from channels.discord.payloads import Event, Named
from channels.offering import Command
from channels.suggesting import Suggesting
from channels.texts import say

PING, COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 1, 2, 3, 4, 5
_TOLD, _LATER, _UPDATE_LATER, _OFFERED = 4, 5, 6, 8
Answered = tuple[dict[str, Any], tuple[Entry, ...]]


class Answering:
    """`commands`: by Discord's name."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._suggesting = store, Suggesting(store, clock)
        self.commands: Mapping[str, Command] = {}

    async def answer(self, bot: Bot, event: Event) -> Answered:
        """What to answer at once, and the Entries to append."""
        if event.type == AUTOCOMPLETE:
            return await self._offered(bot, event), ()
        bot.rooms.seen(event)
        about = await bot.about("INTERACTION_CREATE", event)
        if event.type in (COMPONENT, MODAL):
            return await self._pressed(bot, event, about)
        if event.type != COMMAND or not event.data.name:
            return _press_again(), ()
        told = {option.name: "text" for option in event.data.options}
        command = self.commands.get(event.data.name) or Command(spoken=event.data.name, private=False, kinds=told)
        entry = about.command(event, command)
        alone = command.private and bool(event.guild_id)
        bot.post.asks.keep(entry, event.token, thinking=True, alone=alone)
        return {"type": _LATER, "data": {"flags": EPHEMERAL} if alone else {}}, (entry,)

    async def _pressed(self, bot: Bot, event: Event, about: inbound.About) -> Answered:
        pressed, message = event.data.custom_id, event.message.id if event.message else ""
        if event.type == COMPONENT and pressed.startswith(FORM):
            shown = part.shown if (part := about.shown.get(message)) else ""
            fields = bot.post.forms.get(shown) or await form_of(self._store, shown)
            return modal(pressed.removeprefix(FORM), fields) if fields else _press_again(), ()
        values = {name: value for name, value in _inputs(event.data.components, 0) if value not in (None, "")}
        token = next(iter(event.data.values), pressed.removeprefix(SENT if event.type == MODAL else PRESS))
        entry = about.press(event, token, values)
        bot.post.asks.keep(entry, event.token)
        return {"type": _UPDATE_LATER}, (entry,)

    async def _offered(self, bot: Bot, event: Event) -> dict[str, Any]:
        """What to offer for the option that is being typed."""
        option = next((o for o in event.data.options if o.focused), Named())
        command = self.commands.get(event.data.name)
        kind, place = command.kinds.get(option.name, "") if command else "", inbound.place_of(bot.account, event)
        found = await self._suggesting.offered(kind, str(option.value or ""), place, CHOICES)
        choices = [{"name": shown[:CHOICE], "value": value[:CHOICE]} for shown, value in found]
        return {"type": _OFFERED, "data": {"choices": choices}}


def _press_again() -> dict[str, Any]:
    """Words for the one who pressed alone."""
    return {"type": _TOLD, "data": {"content": say("discord_press_again"), "flags": EPHEMERAL}}


def _inputs(components: Sequence[Any], depth: int) -> Iterator[tuple[str, Any]]:
    """What was filled in, by the name of each input, however deep it stands."""
    for one in (c for c in components if depth < 4 and isinstance(c, Mapping)):
        if isinstance(one.get("custom_id"), str) and one.get("type") in (3, 4):
            chosen = one.get("values")
            yield one["custom_id"], str(chosen[0]) if isinstance(chosen, list) and chosen else one.get("value")
        inside = one.get("components")
        yield from _inputs(inside if isinstance(inside, list) else [one.get("component")], depth + 1)
