"""When two Persons turn out to be one: the travellers' names that one of them gave are known for the other too."""

from dataclasses import replace
from datetime import datetime

from booking.sale.travellers import TRAVELLERS
from bot.documents import Insert
from bot.errors import Conflict
from bot.ports import Store

_MOST = 1000


class BookingTakesOver:
    """bot/identity/merging.TakesOver of booking/. Orders under way keep the id under which they were given, so the
    names stay there as well; who they are now is looked up."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def take_over(self, old: str, new: str, now: datetime) -> None:
        for given in await self._store.find(TRAVELLERS, {"person": old}, limit=_MOST):
            copy = replace(given, id=f"{given.thread}:{new}", person=new, version=0)
            try:
                await self._store.commit([Insert(TRAVELLERS, copy)])
            except Conflict:  # they gave names themselves
                continue
