"""What a turn with Claude costs beyond the model: words in to answer shown, less the time the emulated model took."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figures import held, spread
from bench.generator import percentile
from bench.personas import make_persona
from bench.simulator import Room, by, simulator
from bench.target import Target, free_port
from bench.wire import Client
from tests.emulators.anthropic.server import KEY

BAR = 20.0
TURNS_A_ROOM = 10


@contextlib.asynccontextmanager
async def model() -> AsyncIterator[Target]:
    """The emulator in a process of its own."""
    with TemporaryDirectory(prefix="caravan-bench-") as scratch:
        port = free_port()
        target = Target(["-m", "tests.emulators.anthropic", str(port)], {}, port, Path(scratch) / "log", core=1)
        try:
            await target.start()
            yield target
        finally:
            await target.stop()


async def measured(rounds: int) -> tuple[list[float], list[float]]:
    """Milliseconds of whole turns, and of them what was not the model."""
    whole: list[float] = []
    ours: list[float] = []
    async with model() as claude:
        given = {"ANTHROPIC_API_KEY": KEY, "ANTHROPIC_BASE_URL": f"http://127.0.0.1:{claude.port}"}
        clock = Client(claude.port)
        async with simulator(given) as client:
            for n in range(rounds):
                room = await Room.open(client, f"Shore {n}", "Ana")
                await room.quiet()
                if n == 0:
                    await make_persona(room, "Zuri", "quiet beaches", "middle")
                else:
                    await room.say("Ana", "/add Zuri")
                    await room.quiet()
                for turn in range(TURNS_A_ROOM):
                    before = await taken(clock)
                    await room.say("Ana", "Zuri, show the help" if turn % 2 else "Zuri, hello")
                    took = (await room.until(by("Zuri")))[1] * 1000
                    await room.quiet()
                    whole.append(took)
                    ours.append(took - (await taken(clock) - before))
    return whole, ours


async def taken(clock: Client) -> float:
    """Milliseconds that the model has taken so far, from a request's arrival to the last byte of its answer."""
    _, body = await clock.get("/took")
    took: list[float] = json.loads(body)
    return sum(took) * 1000


def measure_claude(rounds: int, say: Callable[[str], None]) -> None:
    """Measure and print."""
    whole, ours = asyncio.run(measured(rounds))
    say(f"claude: {len(whole)} turns with an emulated Claude, every other one with a look, through the simulator")
    median = percentile(ours, 0.5)
    say(f"  words to a persona's answer {spread(whole, 1)} ms, of it not the model's time {spread(ours, 1)} ms,")
    say(f"    core overhead median {median:.1f} ms, bar {BAR:.0f} ms: {held(median < BAR)}")
