"""The audit: what is put on record, and that nothing in it can be altered, taken out, put in, moved or cut off."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.audit import AUDIT_HEADS, AUDITS, Audit
from bot.capability import Effect, Text, capability
from bot.documents import Delete, Insert, Op, Replace
from bot.errors import Explain
from bot.model import Entry
from bot.ports import Ask, Reply
from tests.bot.admin.back_office import Office, office


class Shelf:
    """Something that a persona can change for people."""

    @capability("Put something on the shelf", effect=Effect.CHANGE)
    async def put(self, ask: Ask, *, what: Text, times: int = 1) -> Reply:
        if what == "nothing":
            raise Explain("There is nothing to put.")
        return Reply(why=f"put {what}")


async def records(o: Office) -> list[Audit]:
    found = await o.store.find(AUDITS, {}, order="at", limit=100)
    return sorted(found, key=lambda r: (r.thread, r.n))


async def for_persona(o: Office, **args: Any) -> Entry:
    thread = await o.room.thread("group")
    person = await o.person("Ben")
    value = {"call": "put", "args": args, "person": person.id, "persona": "zuri"}
    entry = Entry(
        id=f"{thread.id}:call:{o.room.clock.tick()}", thread=thread.id, what="call", at=o.room.clock.now(), value=value
    )
    return await o.room.hear(entry)


async def test_what_keepers_do_and_what_personas_change_is_on_record(tmp_path: Path) -> None:
    async with office(tmp_path, Shelf()) as o:
        await o.say("group", "Ana", "/admin people")
        await for_persona(o, what="my secret words", times=2)
        await for_persona(o, what="nothing")
        await o.say("group", "Ben", "/admin people")
        found = await records(o)
        assert [(r.action, r.outcome, r.persona) for r in found] == [
            ("admin_people", "done", ""), ("put", "done", "zuri"), ("put", "Explain", "zuri"),
            ("admin_people", "NotAllowed", ""),
        ]  # fmt: skip
        assert [r.n for r in found] == [1, 2, 3, 4]
        ana, ben = await o.person("Ana"), await o.person("Ben")
        assert [r.actor for r in found] == [o.room.core.pseudonyms.of(p.id) for p in (ana, ben, ben, ben)]
        assert found[1].args is not None and found[1].args["times"] == 2
        assert "secret" not in str(found) and ben.id not in str(found)
        assert await o.room.core.audit.verify_all() == (4, [])


async def test_what_people_do_themselves_with_their_own_rights_is_not(tmp_path: Path) -> None:
    async with office(tmp_path, Shelf()) as o:
        await o.say("group", "Ben", "/help")
        assert await records(o) == []


async def written(o: Office) -> list[Audit]:
    for n in range(5):
        await for_persona(o, what=f"thing {n}")
    return await records(o)


async def touched(o: Office, *ops: Op) -> list[str]:
    await o.store.commit(ops)
    _, wrong = await o.room.core.audit.verify_all()
    return wrong


@pytest.mark.parametrize(
    "change",
    [
        {"actor": "somebody"}, {"action": "took"}, {"outcome": "NotAllowed"}, {"args": {}}, {"persona": ""},
        {"about": ("threads:t1",)}, {"mac": "0" * 64}, {"prev": "0" * 64}, {"entry": "#0"},
    ],
)  # fmt: skip
async def test_an_altered_record_is_found(tmp_path: Path, change: dict[str, Any]) -> None:
    async with office(tmp_path, Shelf()) as o:
        third = (await written(o))[2]
        wrong = await touched(o, Replace(AUDITS, replace(third, **change)))
        assert wrong[0] == f"{third.thread}: record 3 was altered"


async def test_a_removed_record_is_found(tmp_path: Path) -> None:
    async with office(tmp_path, Shelf()) as o:
        third = (await written(o))[2]
        assert await touched(o, Delete(AUDITS, third)) == [f"{third.thread}: record 3 is missing or out of place"]


async def test_a_removed_record_is_found_when_those_after_it_move_up(tmp_path: Path) -> None:
    async with office(tmp_path, Shelf()) as o:
        found = await written(o)
        ops: list[Op] = [Delete(AUDITS, r) for r in found[2:]]
        ops += [
            Insert(AUDITS, replace(r, id=f"{r.thread}:{r.n - 1}", n=r.n - 1, version=0)) for r in found[3:]
        ]  # fmt: skip
        assert await touched(o, *ops)


async def test_two_records_that_change_places_are_found(tmp_path: Path) -> None:
    async with office(tmp_path, Shelf()) as o:
        a, b = (await written(o))[1:3]
        swapped = (replace(b, id=a.id, n=a.n, version=a.version), replace(a, id=b.id, n=b.n, version=b.version))
        assert await touched(o, *(Replace(AUDITS, r) for r in swapped))


async def test_an_inserted_record_is_found(tmp_path: Path) -> None:
    async with office(tmp_path, Shelf()) as o:
        last = (await written(o))[-1]
        more = replace(last, id=f"{last.thread}:{last.n + 1}", n=last.n + 1, prev=last.mac, version=0)
        assert await touched(o, Insert(AUDITS, more))


async def test_a_cut_tail_is_found_even_with_the_end_moved_back(tmp_path: Path) -> None:
    async with office(tmp_path, Shelf()) as o:
        found = await written(o)
        wrong = await touched(o, *(Delete(AUDITS, r) for r in found[3:]))
        assert wrong == [f"{found[0].thread}: 2 records are missing at the end"]
        head = await o.store.get(AUDIT_HEADS, found[0].thread)
        assert head is not None
        back = replace(head, n=3, last=found[2].mac)
        assert await touched(o, Replace(AUDIT_HEADS, back)) == [f"{head.id}: the end of the chain was altered"]
        gone = await o.store.get(AUDIT_HEADS, found[0].thread)
        assert gone is not None
        assert await touched(o, Delete(AUDIT_HEADS, gone)) == [f"{head.id}: the end of the chain is missing"]


async def test_the_chain_goes_on_after_a_restart(tmp_path: Path) -> None:
    async with office(tmp_path, Shelf()) as o:
        await for_persona(o, what="one")
    async with office(tmp_path, Shelf()) as o:
        await for_persona(o, what="two")
        assert [r.n for r in await records(o)] == [1, 2]
        assert await o.room.core.audit.verify_all() == (2, [])
