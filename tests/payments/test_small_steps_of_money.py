"""Single steps of the money code that whole purchases do not show: a small bug in each once went unseen."""

from datetime import UTC, datetime

import pytest

from payments.ledger import Contradiction, Ledger, Posting, Transaction
from tests.payments.shelf import Shelf

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def movement(id: str, *moved: tuple[str, int], kind: str = "post", resolves: str | None = None) -> Transaction:
    postings = tuple(Posting(account=account, minor=minor, currency="KES") for account, minor in moved)
    return Transaction(
        id=id, thread="t", what="w", at=NOW, cause="e", actor="ana", postings=postings, kind=kind, resolves=resolves
    )


async def test_what_somebody_holds_ready_is_never_moved_the_other_way_not_even_one_cent() -> None:
    shelf = Shelf()
    held = movement("hold", ("payer:ana", -100), ("payer:ben", -50), ("inflight:c", 150), kind="pending")
    await shelf.commit(await Ledger(shelf).ops([held]))
    with pytest.raises(Contradiction, match="takes more than"):
        await Ledger(shelf).ops([movement("take", ("payer:ana", 1), ("payer:ben", -1), resolves="hold")])
