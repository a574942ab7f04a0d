"""The whole registry, as app.py fills it, against every role: denied by default, before anything is looked at."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import app
from bot.calls import Calls
from bot.capability import Capability, Effect
from bot.core import Core
from bot.errors import NotAllowed
from bot.model import Entry, Person, Thread
from bot.people import KEEPERS, ROLES
from bot.settings import Settings
from bot.turn import Turn

# A role that nobody has heard of may nothing, and neither may no role at all.
STRANGE = ("emperor", "")
NOW = datetime(2027, 3, 1, tzinfo=UTC)


@pytest.fixture
async def core(tmp_path: Path) -> AsyncIterator[Core]:
    base = app.base(Settings(data_dir=tmp_path, secret_key="a secret of some length", simulator=True))
    made = Core(base.ground("all"))
    app.furnish(base, made)
    await base.store.open(app.STORED)
    yield made
    await base.store.close()


def refusals(core: Core) -> Iterator[tuple[Capability, str]]:
    """Every Capability with every role that may not use it."""
    for found in core.registry:
        for role in (*ROLES, *STRANGE):
            if role in STRANGE or ROLES.index(role) < ROLES.index(found.role):
                yield found, role


async def test_every_capability_is_refused_to_every_lower_role_before_anything_else(core: Core) -> None:
    calls = Calls(
        core.audit._store, core.registry, None, core.people, core.history, core.pauses,  # type: ignore[arg-type]
        core.strangers.guard,
    )  # fmt: skip
    refused = list(refusals(core))
    assert len(refused) > 2 * len(list(core.registry))
    for found, role in refused:
        turn = Turn(Entry(id="e", thread="t", what="command", at=NOW), Thread(id="t"), NOW)
        with pytest.raises(NotAllowed):
            await calls.call(turn, Person(id="p1", name="Ben", role=role), found.name, {})
        assert not turn.ops and not turn.jobs and not turn.readers, (found.name, role)
        kept = found.role != "traveller" or found.recorded
        assert [n.call.name for n in turn.noted] == ([found.name] if kept else [])


async def test_every_role_may_what_the_lower_ones_may(core: Core) -> None:
    for found in core.registry:
        allowed = [role for role in ROLES if core.people.may(Person(id="p", name="x", role=role), found.role)]
        assert allowed == list(ROLES[ROLES.index(found.role) :]), found.name


async def test_what_is_for_keepers_is_told_to_the_asker_alone_and_never_offered_to_a_brain(core: Core) -> None:
    keepers = [c for c in core.registry if c.role in KEEPERS]
    assert len(keepers) > 20
    assert [c.name for c in keepers if not c.private and c.command] == []
    assert [c.name for c in keepers if c.phrases] == []
    assert [c.name for c in core.registry if c.name.startswith("admin") and c.role not in KEEPERS] == []


async def test_whatever_opens_a_way_to_pay_rests_while_spending_is_paused(core: Core) -> None:
    paying = {c.name for c in core.registry if c.pays or c.effect is Effect.SPEND}
    assert {"pay", "check_out", "open_checkout", "cover_share", "pay_open", "stand_in"} <= paying
