"""Two networks of paper, people on both, and short ways to link them."""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from bot.consent.polls import Polls
from bot.core import Core
from bot.identity.house import IdentityHouse
from bot.identity.merging import TakesOver
from bot.model import Entry, Person
from bot.ports import Features, Outgoing, Store
from bot.router import MEMBERS_CHANGED
from bot.turn import Turn
from tests.bot.parlour import ALL_POWERS, PaperChannel, Parlour, full, parlour

DIRECT = {"kind": "direct"}
SECRET = "a secret of the house that is long"


@asynccontextmanager
async def pair(
    folder: Path, *, paper: Features = ALL_POWERS, ink: Features = ALL_POWERS, takers: Sequence[TakesOver] = (),
    store: Store | None = None,
) -> AsyncIterator[Parlour]:  # fmt: skip
    """A core on two networks, with votes and linking."""

    def more(core: Core):  # type: ignore[no-untyped-def]
        polls = Polls(core.log._store, core.log._clock, core.history, core.registry)

        async def changed(turn: Turn) -> None:
            await polls.members_changed(turn)

        house = IdentityHouse(core.log._store, core.log._clock, core, SECRET, takers, polls, changed)
        return (house.service,), house.work(), {**house.news(), MEMBERS_CHANGED: changed}

    channels = PaperChannel(paper), PaperChannel(ink, "ink")
    async with parlour(folder, channel=channels[0], others=channels[1:], votes="", more=more, store=store) as p:
        yield p


async def direct(p: Parlour, who: str, text: str = "hello") -> Entry:
    """Words of an account in its direct Place: "paper:Ana"."""
    channel, _, name = who.partition(":")
    return await p.say(f"{channel}:main:d-{name}", who, text, value=DIRECT)


def told(p: Parlour, who: str) -> list[Outgoing]:
    """What stands in the direct Place of an account."""
    channel, _, name = who.partition(":")
    return p.sent(f"{channel}:main:d-{name}")


async def code_of(p: Parlour, who: str) -> str:
    await direct(p, who, "/me link")
    found = re.search(r"/me link (\w{8})", told(p, who)[-1].content.text)
    assert found, told(p, who)[-1].content.text
    return found[1]


async def press(p: Parlour, out: Outgoing, who: str, label: str) -> Entry:
    """A press by an account on a button that was sent."""
    button = next(b for b in out.content.buttons if b.label == label)
    value = {"kind": "direct" if ":d-" in out.place else "group", "token": button.id}
    return await p.say(out.place, who, "", what="press", object=out.shown, value=value)


async def asked(p: Parlour, who: str) -> Outgoing:
    """The last question with a yes that an account was asked alone."""
    return next(o for o in reversed(told(p, who)) if any(b.label == "Yes, that is me" for b in o.content.buttons))


async def link(p: Parlour, first: str, second: str) -> None:
    """All of it, as honest people do."""
    code = await code_of(p, first)
    await direct(p, second, f"/me link {code}")
    await press(p, await asked(p, second), second, "Yes, that is me")
    await press(p, await asked(p, first), first, "Yes, that is me")


async def person(p: Parlour, identity: str) -> Person:
    """Who stands behind an account now."""
    found = await p.core.people.behind(identity)
    assert found is not None
    return found


__all__ = ["asked", "code_of", "direct", "full", "link", "pair", "person", "press", "told"]
