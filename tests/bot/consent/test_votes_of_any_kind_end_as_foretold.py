"""Random histories of votes (presses at once, twice, changes, leavers, deadlines) against a model of twenty lines."""

import asyncio
import random
from pathlib import Path

import pytest

from tests.bot.consent.booth import PLACE, Booth, booth

PEOPLE = ("Ana", "Ben", "Cy", "Dee", "Eve")
LABELS = ("tea", "coffee", "juice")


class Foretold:
    """One round as it must go: who is present, who holds which ballot."""

    def __init__(self) -> None:
        self.present, self.held = set(PEOPLE), dict[str, str]()

    def press(self, who: str, label: str) -> None:
        if who in self.present:
            taken_back = self.held.pop(who, "") == label
            self.held |= {} if taken_back else {who: label}

    @property
    def counting(self) -> dict[str, str]:
        return {who: label for who, label in self.held.items() if who in self.present}

    @property
    def counts(self) -> dict[str, int]:
        return {x: list(self.counting.values()).count(x) for x in LABELS}

    @property
    def complete(self) -> bool:
        return set(self.counting) == self.present

    @property
    def ends(self) -> str:
        if len(self.counting) < len(self.present) // 2 + 1:
            return "no_quorum"
        most = max(self.counts.values())
        return "closed" if list(self.counts.values()).count(most) == 1 else "tie"


async def presses(b: Booth, model: Foretold, dice: random.Random) -> None:
    """Several people press at the same moment, and every press is delivered twice."""
    pressing = dice.sample(PEOPLE, dice.randint(1, 4))
    while model.present - {*model.counting, *pressing} == set():
        pressing = pressing[:-1]
    chosen = {who: dice.choice(LABELS) for who in pressing}
    entries = [await b.pressing(who, label) for who, label in chosen.items()]
    dice.shuffle(entries)
    await asyncio.gather(*(b.p.core.log.append([e]) for e in (*entries, *entries)))
    await b.p.settled()
    for who, label in chosen.items():
        model.press(who, label)


async def comings(b: Booth, model: Foretold, dice: random.Random) -> None:
    """Somebody leaves or comes back, never the last one whose ballot is missing nor the opener."""
    who = dice.choice(PEOPLE[1:])
    if who not in model.present:
        model.present.add(who)
        await b.gather(who)
    elif model.present - {*model.counting, who} and len(model.present) > 2:
        model.present.discard(who)
        await b.leaves(who)


@pytest.mark.parametrize("seed", range(12))
async def test_a_vote_ends_as_foretold(tmp_path: Path, seed: int) -> None:
    dice, model = random.Random(seed), Foretold()
    async with booth(tmp_path, *PEOPLE) as b:
        await b.say("Ana", f"/poll {' or '.join(LABELS)} in 1 hour")
        for _ in range(12):
            await dice.choice((presses, presses, comings))(b, model, dice)
            assert b.counts == model.counts
            assert b.card.state == "open" and not model.complete
        await b.p.later(hours=1)
        first = next(iter(b.cards().values()))
        assert (first.state, {o.label: o.votes for o in first.options}) == (model.ends, model.counts)
        assert len([t for t in b.p.texts(PLACE) if t.startswith(("The vote is over", "It is a tie"))]) == 1
