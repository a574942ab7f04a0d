"""Writes to a Store as fast as it can until it is killed: `python -m tests.contracts.crash_writer STORE LOCATION`.

Each task writes lists of three: two stays, and its bill, which counts its lists. It prints a line for each list
that the Store said was durable; single bills are inserted meanwhile, so that both sorts of groups are under way.
"""

import asyncio
import sys
from dataclasses import replace
from itertools import count

from bot.documents import Insert, Replace
from bot.ports import Store
from bot.storage import STORES
from tests.contracts.stays import BILLS, KINDS, STAYS, Bill, Stay

TASKS = 12


async def write(store: Store, task: int) -> None:
    """Lists without end."""
    bill = Bill(id=f"count-{task:02}")
    await store.commit([Insert(BILLS, bill)])
    for number in count(1):
        pair = [Stay(id=f"{task:02}-{number:05}-{half}") for half in "ab"]
        bill = replace(bill, minor=number, version=number)
        await store.commit([Insert(STAYS, pair[0]), Replace(BILLS, bill), Insert(STAYS, pair[1])])
        print(f"list {task} {number}", flush=True)
        await store.commit([Insert(BILLS, Bill(id=f"single-{task:02}-{number:05}"))])
        print(f"single {task} {number}", flush=True)


async def main(store: Store) -> None:
    await store.open(KINDS)
    await asyncio.gather(*(write(store, task) for task in range(TASKS)))


if __name__ == "__main__":
    asyncio.run(main(STORES[sys.argv[1]](sys.argv[2])))
