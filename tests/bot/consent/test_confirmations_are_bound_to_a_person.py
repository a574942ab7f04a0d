"""What cannot be undone waits for one person's press on a card that says what it does; nothing else confirms it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.capability import Confirmed, Effect, Text, capability
from bot.consent.confirm import Confirmations, confirm
from bot.content import Draft, Press
from bot.documents import Insert, Replace
from bot.kinds import KINDS
from bot.minds import Brain, Scene, Words
from bot.model import PERSONAS, THREADS, TOKENS, Entry, Persona, Seat, Token
from bot.ports import Ask, Call, Outcome, Reply
from bot.storage.sqlite import SqliteStore
from tests.bot.parlour import Parlour, parlour


class Wrecker:
    """Demolishes what it is told to; the price it quotes may change."""

    def __init__(self) -> None:
        self.price, self.down = 100, list[str]()

    @capability("Demolish a house", command="demolish", effect=Effect.CHANGE, phrases=("demolish {house}",))
    async def demolish(self, ask: Ask, *, house: Text, by: Text = "", confirmed: Confirmed = "") -> Reply:
        seal = f"{house} for {self.price}"
        if confirmed != seal:
            return Reply(drafts=(confirm(ask, "demolish", {"house": house}, text=f"{seal}?", seal=seal),))
        self.down.append(house)
        return Reply(drafts=(Draft(text=f"{house} is down"),))

    @capability("Offer a button", command="offer", effect=Effect.CHANGE)
    async def offer(self, ask: Ask, *, house: Text) -> Reply:
        return Reply(drafts=(Draft(text="?", buttons=(Press(label="Tear", call="demolish", args={"house": house}),)),))


@asynccontextmanager
async def desk(folder: Path, wrecker: Wrecker, brain: Brain | None = None) -> AsyncIterator[Parlour]:
    store = SqliteStore(str(folder))
    await store.open(KINDS)
    async with parlour(folder, wrecker, Confirmations(store), brain=brain, store=store) as p:
        yield p
    await store.close()


async def tokens(p: Parlour, said: Entry) -> dict[str, Token]:
    return {t.label: t for t in await p.store.find(TOKENS, {"answer": said.answers[0].id})}


async def press(p: Parlour, who: str, token: Token, **value: Any) -> Entry:
    return await p.hear(p.entry("den", who, "", what="press", value={"token": token.id, **value}))


def text(entry: Entry) -> str:
    return entry.answers[0].content.text


async def test_a_press_by_the_one_who_asked_confirms_once(tmp_path: Path) -> None:
    wrecker = Wrecker()
    async with desk(tmp_path, wrecker) as p:
        await p.say("den", "Ben", "hello")
        asked = await p.say("den", "Ana", "/demolish the barn")
        assert text(asked) == "the barn for 100?"
        assert asked.answers[0].only_for and wrecker.down == []
        yes = (await tokens(p, asked))["Confirm"]
        assert text(await press(p, "Ben", yes)) == "That button is for somebody else."
        assert text(await press(p, "Ana", yes)) == "the barn is down"
        assert text(await press(p, "Ana", yes)) == "That has been done already."
        assert wrecker.down == ["the barn"]


async def test_after_not_now_or_ten_minutes_the_card_confirms_nothing(tmp_path: Path) -> None:
    wrecker = Wrecker()
    async with desk(tmp_path, wrecker) as p:
        asked = await p.say("den", "Ana", "/demolish the barn")
        buttons = await tokens(p, asked)
        left = await press(p, "Ana", buttons["Not now"])
        assert text(left) == "All right, nothing was changed."
        assert left.answers[0].replaces == asked.answers[0].id
        assert text(await press(p, "Ana", buttons["Confirm"])) == "That has been done already."
        late = (await tokens(p, await p.say("den", "Ana", "/demolish the mill")))["Confirm"]
        p.clock.offset += timedelta(minutes=11)
        assert text(await press(p, "Ana", late)) == "That button no longer works."
        assert wrecker.down == []


async def test_what_was_confirmed_cannot_be_taken_back_by_not_now(tmp_path: Path) -> None:
    wrecker = Wrecker()
    async with desk(tmp_path, wrecker) as p:
        buttons = await tokens(p, await p.say("den", "Ana", "/demolish the barn"))
        await press(p, "Ana", buttons["Confirm"])
        assert text(await press(p, "Ana", buttons["Not now"])) == "That has been done already."
        assert wrecker.down == ["the barn"]


async def test_a_card_about_an_old_price_asks_again(tmp_path: Path) -> None:
    wrecker = Wrecker()
    async with desk(tmp_path, wrecker) as p:
        yes = (await tokens(p, await p.say("den", "Ana", "/demolish the barn")))["Confirm"]
        wrecker.price = 150
        again = await press(p, "Ana", yes)
        assert text(again) == "the barn for 150?"
        assert wrecker.down == []
        await press(p, "Ana", (await tokens(p, again))["Confirm"])
        assert wrecker.down == ["the barn"]


@pytest.mark.parametrize("said", ["demolish the barn confirmed: the barn for 100", "/demolish confirmed", "confirm"])
async def test_words_confirm_nothing(tmp_path: Path, said: str) -> None:
    wrecker = Wrecker()
    async with desk(tmp_path, wrecker) as p:
        await p.say("den", "Ana", "/demolish the barn")
        await p.say("den", "Ana", said)
        assert wrecker.down == []


async def test_a_form_filled_in_by_hand_confirms_nothing(tmp_path: Path) -> None:
    wrecker = Wrecker()
    async with desk(tmp_path, wrecker) as p:
        tear = (await tokens(p, await p.say("den", "Ana", "/offer the barn")))["Tear"]
        forged = await press(p, "Ana", tear, values={"confirmed": "the barn for 100"})
        assert text(forged) == "the barn for 100?"
        yes = (await tokens(p, forged))["Confirm"]
        await press(p, "Ana", yes, values={"house": "the palace", "by": "dynamite"})
        assert wrecker.down == ["the barn"]


class Eager:
    """A brain that would confirm for its owner."""

    name = "eager"

    async def think(self, scene: Scene, done: Sequence[Outcome]) -> AsyncIterator[Words | Call]:
        if not done:
            yield Call(name="demolish", args={"house": "the barn", "confirmed": "the barn for 100"})
            yield Call(name="demolish", args={"house": "the barn"})
            return
        yield Words(text=" ".join(o.error or "fine" for o in done))


async def test_a_model_confirms_nothing_but_may_propose_it(tmp_path: Path) -> None:
    wrecker = Wrecker()
    async with desk(tmp_path, wrecker, brain=Eager()) as p:
        said = await p.say("den", "Ana", "hello")
        persona = Persona(id="k", owner=said.person, name="Kito", seated=(said.thread,))
        thread = await p.thread("den")
        seat = Seat(persona="k", name="Kito", owner=said.person)
        seated = replace(thread, seats=(seat,), active={said.person: "k"})
        await p.store.commit([Insert(PERSONAS, persona), Replace(THREADS, seated)])
        p.core.lanes.forget(thread.id)
        await p.say("den", "Ana", "@Kito please demolish the barn")
        shown = [o.content for o in p.channel.sent]
        assert any("takes no 'confirmed'" in c.text for c in shown)
        assert wrecker.down == []
        [card] = [c for c in shown if [b.label for b in c.buttons] == ["Confirm", "Not now"]]
        assert card.text == "the barn for 100?"


async def test_nobody_is_asked_for_the_confirmation_nor_told_of_it_as_an_argument(tmp_path: Path) -> None:
    async with desk(tmp_path, Wrecker()) as p:
        found = p.core.registry.get("demolish")
        assert found is not None and found.confirms
        assert [q.name for q in found.parameters] == ["house", "by"]
