"""All of payments put together for app.py: services with Capabilities, handlers of news, work of Jobs, kinds."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.clock import Clock
from bot.documents import Kind
from bot.jobs import Work
from bot.links import Links
from bot.people import People
from bot.ports import Store
from bot.router import News
from bot.turn import Turn
from payments.admin import PaymentsAdmin
from payments.collecting import Collections
from payments.errands import Errands
from payments.following import Following
from payments.hooks import BACK
from payments.ledger import BALANCES, TRANSACTIONS, Ledger
from payments.mandates import MANDATES, Mandates
from payments.model import COLLECTIONS, REFUNDS
from payments.paying import Paying
from payments.ports import PaymentGateway
from payments.steps import Desk
from payments.together.model import EXPENSES, SETTLEMENTS
from payments.together.sharing import Sharing

KINDS: tuple[Kind[Any], ...] = (COLLECTIONS, REFUNDS, TRANSACTIONS, BALANCES, MANDATES, EXPENSES, SETTLEMENTS)


class PaymentHouse:
    """`collections` is what booking calls; `services` carry the Capabilities."""

    def __init__(
        self, store: Store, clock: Clock, gateway: PaymentGateway, links: Links, people: People,
        ledger: Ledger | None = None,
    ) -> None:  # fmt: skip
        def back(about: Mapping[str, str], until: datetime) -> str:
            return links.make(BACK, about, until)

        desk = Desk(gateway=gateway, back=back)
        self.ledger = ledger or Ledger(store)
        self.collections = Collections(store, desk)
        self._errands = Errands(store, clock, gateway)
        self._following = Following(store, desk, self.ledger, people)
        self.admin = PaymentsAdmin(store, self.ledger)
        self.sharing = Sharing(store, self.ledger)
        self.services: tuple[object, ...] = (Paying(store, desk), Mandates(store, desk), self.sharing)

    def work(self) -> dict[str, Work]:
        """Job name -> what to do."""
        return self._errands.work()

    async def members_changed(self, turn: Turn) -> None:
        """Somebody came or left: what they had to pay."""
        await self._following.members_changed(turn)

    def news(self) -> dict[str, News]:
        """`"{what}:{topic}"` -> handler."""
        return self._following.news()
