"""Any history of commits leaves a Store as it would leave a dictionary."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.documents import Delete, Insert, Op, Replace
from bot.errors import Clash, Conflict
from bot.ports import Store
from tests.contracts.stays import STAYS, Stay, StoreSuite

Model = dict[str, Stay]

_STAYS = st.builds(
    Stay,
    id=st.sampled_from("abcd"),
    hotel=st.sampled_from(["Acacia", "Baobab"]),
    room=st.sampled_from([None, "1", "2"]),
    nights=st.integers(min_value=0, max_value=3),
    held=st.booleans(),
    guests=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=4), max_size=2).map(tuple),
    version=st.integers(min_value=1, max_value=3),
)
_OPS = st.builds(lambda op, value: op(STAYS, value), st.sampled_from([Insert, Insert, Replace, Delete]), _STAYS)
# Each history begins with an empty store, and each kind of store has histories of its own.
_ONE_STORE_FOR_ALL = [HealthCheck.function_scoped_fixture, HealthCheck.differing_executors]
_HISTORIES = st.lists(st.lists(_OPS, min_size=1, max_size=4), min_size=1, max_size=8)


def applied(model: Model, ops: Sequence[Op]) -> Model | Clash:
    """The model after a commit, or the first clash."""
    after = dict(model)
    for op in ops:
        value: Stay = op.value
        if why := _clash(after, op):
            return Clash("stays", value.id, why)
        if isinstance(op, Delete):
            del after[value.id]
        else:
            after[value.id] = replace(value, version=1 if isinstance(op, Insert) else value.version + 1)
    return after


def _clash(model: Model, op: Op) -> str:
    stored = model.get(op.value.id)
    if isinstance(op, Insert) and stored:
        return "exists"
    if not isinstance(op, Insert) and stored is None:
        return "missing"
    if not isinstance(op, Insert) and stored and stored.version != op.value.version:
        return "version"
    taken = {(s.hotel, s.room) for s in model.values() if s.room is not None and s.id != op.value.id}
    return "unique" if not isinstance(op, Delete) and (op.value.hotel, op.value.room) in taken else ""


async def commit(store: Store, ops: Sequence[Op]) -> Clash | None:
    try:
        await store.commit(ops)
    except Conflict as conflict:
        return conflict.clash
    return None


class StoreModelContract(StoreSuite):
    @settings(max_examples=25, deadline=None, suppress_health_check=_ONE_STORE_FOR_ALL)
    @given(history=_HISTORIES)
    async def test_any_history_of_commits_reads_like_a_dictionary(self, store: Store, history: list[list[Op]]) -> None:
        for leftover in await store.find(STAYS, {}):
            await store.commit([Delete(STAYS, leftover)])
        model: Model = {}
        for ops in history:
            expected = applied(model, ops)
            clash = await commit(store, ops)
            assert clash == (expected if isinstance(expected, Clash) else None)
            model = model if isinstance(expected, Clash) else expected
            assert await store.find(STAYS, {}, order="id") == [model[id] for id in sorted(model)]
        await self._check_finds(store, model)

    async def _check_finds(self, store: Store, model: Model) -> None:
        for hotel in ("Acacia", "Baobab"):
            there = sorted((s for s in model.values() if s.hotel == hotel), key=lambda s: (s.nights, s.id))
            assert await store.find(STAYS, {"hotel": hotel}, order="nights") == there
            held = [s for s in there if s.held]
            assert await store.find(STAYS, {"held": True, "hotel": hotel}, order="-nights") == held[::-1]
