"""One web and two workers on MongoDB and Redis are one Caravan."""

import asyncio
from pathlib import Path

from tests.stories.caravan import Caravan
from tests.stories.group import Simulator
from tests.stories.tell import tell
from tests.stories.test_a_group_plans_a_trip import MOMBASA


async def test_the_story_is_told_by_one_web_and_two_workers(tmp_path: Path, mongo_url: str, redis_url: str) -> None:
    settings = {
        "MONGO_URL": mongo_url, "REDIS_URL": redis_url, "SECRET_KEY": "a-secret-for-loopback-only", "SIMULATOR": "1",
        "SANDBOX_SEED": str(MOMBASA.seed),
    }  # fmt: skip
    processes = [Caravan(tmp_path / f"{n}", role, **settings) for n, role in enumerate(("web", "worker", "worker"))]
    try:
        await asyncio.gather(*(asyncio.to_thread(p.start) for p in processes))
        async with Simulator(processes[0].url) as simulator:
            teller = await tell(simulator, MOMBASA)
    finally:
        for process in processes:
            process.stop()
    assert teller.facts.checked > 100
    assert not [p.log for p in processes if "Traceback" in p.log]
