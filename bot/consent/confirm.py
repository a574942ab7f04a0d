"""Confirmations: before something that cannot be undone, one Person presses a button, once, within minutes.

A Capability declares `confirmed: Confirmed = ""` (bot/capability.py) and stops at a card while it is empty:

    @capability("Cancel a booking", effect=Effect.CHANGE)
    async def cancel_booking(self, ask: Ask, *, booking: Text, confirmed: Confirmed = "") -> Reply:
        if confirmed != str(refund):
            about = {"booking": booking}
            return Reply(drafts=(confirm(ask, "cancel_booking", about, card=quote, seal=str(refund)),))
        ...

`confirmed` is no parameter: words, forms, models and commands cannot give it. The core passes it on from the pressed
button alone, and it says what the card said (`seal`), so that a card about an old figure confirms nothing. The
Capability must not be slow: its call to the outside is a Job that follows.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.calls import CONFIRMED
from bot.capability import Effect, capability
from bot.consent.texts import say
from bot.content import Card, Draft, Press
from bot.documents import Replace
from bot.errors import Explain
from bot.model import TOKENS
from bot.places import shown_entry
from bot.ports import Ask, Reply, Store

MINUTES = 10


def confirm(
    ask: Ask, call: str, args: Mapping[str, Any], *, text: str = "", card: Card | None = None, label: str = "",
    seal: str = "yes", minutes: int = MINUTES, alone: bool = True,
) -> Draft:  # fmt: skip
    """What is asked of the asker, with a button that calls again, confirmed, and one that leaves things as they are.

    `label`: what the button does, such as "Cancel and refund". `alone`: nobody else sees it."""
    if not seal:
        raise ValueError("a seal cannot be empty: that is how nothing was confirmed")
    bound: dict[str, Any] = {"who": (ask.person.id,), "once": True, "minutes": minutes}
    yes = Press(label=label or say("confirm"), call=call, args={**args, CONFIRMED: seal}, **bound)
    no = Press(label=say("not_now"), call="not_now", **bound)
    return Draft(text=text, card=card, buttons=(yes, no), only_for=(ask.person.id,) if alone else ())


async def card_of(store: Store, ask: Ask) -> str:
    """The Answer under which the pressed button stands, to be replaced by what came of it; "" if none was pressed."""
    token = await store.get(TOKENS, str(ask.entry.value.get("token", ""))) if ask.entry else None
    return token.answer if token else ""


class Confirmations:
    """The other button of every confirmation."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @capability("Leave things as they are", effect=Effect.CHANGE, hidden=True)
    async def not_now(self, ask: Ask) -> Reply:
        """The card no longer confirms anything, unless it has."""
        card = await card_of(self._store, ask)
        if not card or ask.entry is None:
            return Reply()
        asked = [t for t in await self._store.find(TOKENS, {"answer": card}) if CONFIRMED in t.args]
        if any(t.used_by for t in asked):
            raise Explain(say("done_already"))
        over = tuple(Replace(TOKENS, replace(t, used_by=ask.entry.id)) for t in asked)
        return Reply(ops=over, drafts=(await self._instead_of(card),))

    async def _instead_of(self, answer: str) -> Draft:
        """What stands in the card's place, for those who saw it."""
        entry = await shown_entry(self._store, answer)
        only = next((a.only_for for a in entry.answers if a.id == answer), ()) if entry else ()
        return Draft(text=say("left"), notice=True, replaces=answer, only_for=only)
