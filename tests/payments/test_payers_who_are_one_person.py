"""Two payers turn out to be one person, or part again, in the middle of paying: no cent moves by it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.identity.merging import Merging
from bot.model import IDENTITIES, PEOPLE, Person
from bot.money import Money
from bot.turn import Turn
from tests.payments.counter import Counter, counter, person

KES = "KES"
STAGES = ("asked", "one has paid", "all have paid", "covered", "taken", "given back")


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Counter]:
    async with counter(tmp_path) as made:
        yield made


class NoVotes:
    async def merged(self, turn: Turn, person: Person) -> None: ...


def merging(shop: Counter) -> Merging:
    return Merging(
        shop.store, shop.clock, shop.core.people, shop.core.log, (), NoVotes(), shop.house.members_changed
    )  # fmt: skip


async def are_one(shop: Counter) -> None:
    """Anna turns out to be Ana; their Thread is told when somebody of theirs speaks."""
    ana, anna = await shop.store.get(PEOPLE, person("Ana")), await shop.store.get(PEOPLE, person("Anna"))
    assert ana is not None
    assert anna is not None
    await shop.store.commit(await merging(shop).merge(ana, anna))
    for one in (ana, anna):
        await shop.core.people.changed(one.id)
    await shop.say("mombasa", "Anna", "that was me all along")
    assert sorted(m.name for m in (await shop.thread("mombasa")).present) == ["Ana", "Ben"]


async def part_again(shop: Counter) -> None:
    """Anna's account goes its own way."""
    ana = await shop.core.people.behind("paper:Anna")
    assert ana is not None
    ops, _ = await merging(shop).part(ana, "paper:Anna", "k")
    await shop.store.commit(ops)
    await shop.core.people.changed(ana.id)
    await shop.say("mombasa", "Anna", "I am somebody else")


async def until(shop: Counter, stage: str) -> None:
    """All that happens before and at a stage."""
    await shop.opened("Ana", "Ben", "Anna", total=Money(30_000, KES))
    if stage == "asked":
        return
    await shop.pays("Anna")
    if stage == "one has paid":
        return
    await shop.pays("Ana")
    await shop.pays("Ben")
    await further(shop, STAGES[2:], stage)


async def further(shop: Counter, stages: tuple[str, ...], last: str) -> None:
    for stage in stages[1:]:
        if stages[0] == last:
            return
        if stage == "covered":
            await shop.covers()
        elif stage == "taken":
            await shop.takes(Money(30_000, KES))
        elif stage == "given back":
            await shop.refunds(Money(15_000, KES))
        if stage == last:
            return


async def finish(shop: Counter, stage: str) -> None:
    """The rest, to the last refund."""
    states = {s.person: s.state for s in (await shop.collection()).shares if s.role == "own"}
    for name in ("Ana", "Ben", "Anna"):
        if states[person(name)] in ("invited", "link_sent", "asked"):
            await shop.pays(name)
    begin = max(STAGES.index(stage), STAGES.index("all have paid"))
    await further(shop, STAGES[begin:], "taken") if stage not in ("taken", "given back") else None
    left = 15_000 if stage == "given back" else 30_000
    await shop.refunds(Money(left, KES), key="all of it")


@pytest.mark.parametrize("stage", STAGES)
async def test_a_merge_at_any_stage_leaves_every_account_as_it_must_be(shop: Counter, stage: str) -> None:
    await shop.trip("Ana", "Ben", "Anna")
    await until(shop, stage)
    await are_one(shop)
    await shop.check()
    await finish(shop, stage)
    await shop.check()
    c = await shop.collection()
    assert {s.person for s in c.shares} == {person(n) for n in ("Ana", "Ben", "Anna")}
    assert sum(s.captured for s in c.shares) == 30_000 == sum(s.refunded for s in c.shares)


@pytest.mark.parametrize("stage", STAGES)
async def test_parting_again_at_any_stage_does_not_either(shop: Counter, stage: str) -> None:
    await shop.trip("Ana", "Ben", "Anna")
    await until(shop, "asked")
    await are_one(shop)
    if stage != "asked":
        await shop.pays("Anna")
    if stage not in ("asked", "one has paid"):
        await shop.pays("Ana")
        await shop.pays("Ben")
        await further(shop, STAGES[2:], stage)
    await part_again(shop)
    await shop.check()
    await finish(shop, stage)
    await shop.check()
    assert sum(s.refunded for s in (await shop.collection()).shares) == 30_000


async def test_both_parts_are_shown_and_may_be_paid_by_either_account(shop: Counter) -> None:
    await shop.trip("Ana", "Ben", "Anna")
    await shop.opened("Ana", "Ben", "Anna")
    await are_one(shop)
    await shop.say("Anna-direct", "Anna", "/shares", value={"kind": "direct"})
    card = shop.sent("Anna-direct")[-1].content.card
    assert card is not None
    assert len(card.lines) == 2


async def test_what_two_owed_and_were_owed_is_one_sum(shop: Counter) -> None:
    await shop.trip("Ana", "Ben", "Anna")
    await shop.say("mombasa", "Ana", "/paid 900 KES taxi for Ana, Ben and Anna")
    before = await shop.house.sharing.standing(await shop.thread("mombasa"))
    await are_one(shop)
    after = await shop.house.sharing.standing(await shop.thread("mombasa"))
    assert before == {KES: {person("Ana"): 60_000, person("Ben"): -30_000, person("Anna"): -30_000}}
    assert after == {KES: {person("Ana"): 30_000, person("Ben"): -30_000}}


async def test_a_private_card_finds_its_person_under_the_id_it_was_made_for(shop: Counter) -> None:
    """The share keeps Anna's old id; what is said to it alone is read by who they are now."""
    await shop.trip("Ana", "Ben", "Anna")
    await shop.opened("Ana", "Ben", "Anna")
    await are_one(shop)
    now = await shop.core.people.get(person("Anna"))
    assert now is not None
    assert now.id == person("Ana")
    assert await shop.core.people.readers((person("Anna"),), "paper:main:x") == ("paper:Ana", "paper:Anna")
    known = await shop.store.get(IDENTITIES, "paper:Anna")
    assert known is not None
    assert known.person == now.id
