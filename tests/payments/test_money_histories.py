"""The invariants of money hold after every step of random histories, and at the end nothing is left lying."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.documents import Op, Replace
from bot.money import Money
from payments.gateways.sandbox import SandboxGateway
from payments.gateways.sandbox.books import PAYMENTS
from payments.ledger import Contradiction, Ledger, Transaction
from payments.ports import Payment, Refunded
from tests.payments.histories import PEOPLE, History
from tests.payments.table import Table, table

ENDED = ("voided", "lapsed", "expired")


@pytest.mark.parametrize("block", range(4))
async def test_invariants_hold_in_random_histories(block: int) -> None:
    counts: Counter[str] = Counter()
    for seed in range(block * 20, block * 20 + 20):
        counts += await played(History.of(seed), seed)
    for what in ("authorise", "decline", "take", "release", "price rise", "kill", "clock", "refund", "cover_share"):
        assert counts[what] >= 1, (what, counts)


class Undone(History):
    """Now and then the service undoes what it had ended, and tells: money is held again."""

    async def _leaves(self) -> None:
        ended = [h for h in await self.table.store.find(PAYMENTS, {}, limit=1000) if h.state in ENDED]
        if ended:
            held = self.dice.choice(ended)
            until = self.table.clock.now() + timedelta(days=7)
            await self.table.store.commit([Replace(PAYMENTS, replace(held, state="authorized", held_until=until))])
            self.table.notice(held.id, held.about)
            self.counts["undone"] += 1


@pytest.mark.parametrize("seed", [9, 57, *range(200, 210)])
async def test_what_the_service_undoes_neither_halts_a_collection_nor_keeps_money(seed: int) -> None:
    await played(Undone.of(seed), seed)


async def played(history: History, seed: int, steps: int = 200) -> Counter[str]:
    try:
        return await history.played(steps)
    except AssertionError as broken:
        raise AssertionError(f"seed {seed}: {broken}") from broken


class LosesATransaction(Ledger):
    """Forgets every seventh thing that it is told to write."""

    told = 0

    async def ops(self, transactions: Sequence[Transaction]) -> tuple[Op, ...]:
        self.told += len(transactions)
        return await super().ops(transactions[1:] if self.told % 7 == 0 else transactions)


class Passing:
    """What our calls pass on their way to the service."""

    def __init__(self, gateway: SandboxGateway) -> None:
        self._gateway, self.name = gateway, gateway.name
        self.least, self.ask, self.capture = gateway.least, gateway.ask, gateway.capture
        self.look_up, self.look_up_key = gateway.look_up, gateway.look_up_key
        self.read_notification, self.void, self.refund = gateway.read_notification, gateway.void, gateway.refund


class NewKeyEachTime(Passing):
    """Gives every try a request key of its own, so that nobody can tell that it is the same."""

    tries = 0

    def __init__(self, gateway: SandboxGateway) -> None:
        super().__init__(gateway)
        self.refund, self.look_up_key = self.again, self.nothing

    async def again(self, payment: str, amount: Money, *, key: str) -> Refunded:
        self.tries += 1
        back = await self._gateway.refund(payment, amount, key=f"{key}:{self.tries}" if self.tries > 1 else key)
        return replace(back, key=key)

    async def nothing(self, key: str) -> Payment | Refunded | None:
        return None if ":refund:" in key else await self._gateway.look_up_key(key)


class ForgetsToLetGo(Passing):
    """Says that a hold was let go, and forgets to ask for it."""

    def __init__(self, gateway: SandboxGateway) -> None:
        super().__init__(gateway)
        self.void = self.forget

    async def forget(self, payment: str, *, key: str) -> Payment:
        found = await self._gateway.look_up(payment)
        assert found is not None
        return (
            replace(found, state="voided")
            if found.state == "authorized"
            else await self._gateway.void(payment, key=key)
        )


@pytest.mark.parametrize(
    "planted",
    [
        lambda: table(*PEOPLE, books=LosesATransaction),
        lambda: table(*PEOPLE, through=NewKeyEachTime),
        lambda: table(*PEOPLE, through=ForgetsToLetGo),
    ],
    ids=["a posting skipped", "a dedupe dropped", "a release forgotten"],
)
async def test_a_planted_bug_is_found(planted: Callable[[], Table]) -> None:
    for seed in range(60):
        try:
            await History.of(seed, planted()).played(200)
        except (AssertionError, Contradiction):
            return
    raise AssertionError("the referee found nothing")
