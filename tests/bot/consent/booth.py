"""A group that votes in a parlour: short ways to open a vote, to press and to read the card."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.capability import Effect, Text, capability
from bot.clock import SystemClock
from bot.consent.ballots import POLLS, BallotBox
from bot.content import Card, Content, Draft, Fact, Poll
from bot.errors import Explain
from bot.model import TOKENS, Entry
from bot.ports import Ask, Call, Outgoing, Reply, Store
from tests.bot.parlour import Parlour, parlour

PLACE = "den"
TRIO = ("Ana", "Ben", "Cy")


class Inn:
    """Shows numbered offers, and takes the one that won; `full`: refuses it."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, str]] = []
        self.full = ""
        self.prices = {"inn:a": 300, "inn:b": 200, "inn:c": 200}

    @capability("Show rooms", command="rooms", slow=True)
    async def rooms(self, ask: Ask) -> Reply:
        offers = [{"ref": ref, "title": f"Room {ref[-1].upper()}", "kind": "room"} for ref in self.prices]
        facts = tuple(
            Fact(
                label=f"{n} · Price", value=f"KES {p}.00", source="Inn", ref=r, fetched_at=ask.now, minor=p * 100,
                currency="KES",
            )
            for n, (r, p) in enumerate(self.prices.items(), 1)
        )  # fmt: skip
        return Reply(drafts=(Draft(card=Card(title="Rooms", facts=facts)),), data={"intent": "rooms", "offers": offers})

    @capability("Ask for a room first", slow=True, hidden=True)
    async def ask_and_take(self, ask: Ask, *, offer: Text) -> Reply:
        return Reply(then=Call(name="take", args={"offer": offer}))

    @capability("Take a room", effect=Effect.CHANGE)
    async def take(self, ask: Ask, *, offer: Text) -> Reply:
        if self.full:
            raise Explain(self.full)
        self.taken.append((ask.person.name, offer))
        return Reply(drafts=(Draft(text=f"{offer} is taken for {ask.person.name}"),), why="took a room")


class Booth:
    """One group in one place."""

    def __init__(self, p: Parlour, inn: Inn) -> None:
        self.p, self.inn = p, inn

    async def gather(self, *people: str) -> None:
        named = [{"identity": f"paper:{x}", "name": x} for x in people]
        await self.p.hear(self.p.entry(PLACE, people[0], "", what="member", value={"kind": "group", "added": named}))

    async def leaves(self, *people: str) -> None:
        named = [{"identity": f"paper:{x}", "name": x} for x in people]
        await self.p.hear(self.p.entry(PLACE, people[0], "", what="member", value={"kind": "group", "removed": named}))

    async def say(self, who: str, text: str) -> str:
        return told(await self.p.say(PLACE, who, text))

    async def token(self, label: str) -> tuple[str, str]:
        """(id of the newest button of that label that is still shown, the message it stands under)."""
        now: dict[str, Outgoing] = {o.shown: o for o in self.p.channel.sent}
        for sent in reversed(list(now.values())):
            for button in sent.content.buttons:
                if button.label == label:
                    return button.id, sent.shown
        raise AssertionError(f"nobody shows {label!r}")

    async def press(self, who: str, label: str, **more: Any) -> str:
        return told(await self.p.hear(await self.pressing(who, label, **more)))

    async def pressing(self, who: str, label: str, **more: Any) -> Entry:
        token, shown = await self.token(label)
        return self.p.entry(PLACE, who, "", what="press", object=shown, value={"token": token}, **more)

    async def box(self) -> BallotBox:
        thread = await self.p.thread(PLACE)
        found = [b for s in ("open", "tie", "closed", "no_quorum")
                 for b in await self.p.store.find(POLLS, {"thread": thread.id, "state": s})]  # fmt: skip
        return max(found, key=lambda b: b.opened_at)

    def now(self) -> dict[str, Content]:
        """Every message as it stands now."""
        return {o.shown: o.content for o in self.p.channel.sent}

    def cards(self) -> dict[str, Poll]:
        """Every poll card as it stands now, by message."""
        return {o.shown: o.content.poll for o in self.p.channel.sent if o.content.poll}

    @property
    def card(self) -> Poll:
        return list(self.cards().values())[-1]

    @property
    def counts(self) -> dict[str, int]:
        return {o.label: o.votes for o in self.card.options}

    async def once(self, label: str) -> int:
        """How many tokens there ever were for a label."""
        return len([t for t in await self.p.store.find(TOKENS, {}, limit=1000) if t.label == label])


def told(entry: Entry) -> str:
    """What was said in answer to one thing; a private word is marked with a star."""
    return "\n".join(("*" if a.only_for else "") + a.content.text for a in entry.answers if a.content.text)


@asynccontextmanager
async def booth(
    folder: Path, *people: str, store: Store | None = None, clock: SystemClock | None = None, then: str = "take"
) -> AsyncIterator[Booth]:
    inn = Inn()
    async with parlour(folder, inn, votes=then, store=store, clock=clock) as p:
        made = Booth(p, inn)
        await made.gather(*(people or TRIO))
        yield made
