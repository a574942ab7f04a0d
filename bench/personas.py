"""A persona's answer, and a switch of persona until its re-ranked card, as people in the simulator see them."""

import asyncio
from collections.abc import Callable

from bench.figures import held, spread
from bench.generator import percentile
from bench.simulator import Room, by, simulator, titled

TURN_BAR, SWITCH_BAR = 20.0, 500.0
TURNS_A_ROOM = 10


async def make_persona(room: Room, name: str, tastes: str, budget: str) -> None:
    """Through the wizard, as a person does."""
    await room.say("Ana", f"/persona new {name}")
    asked, _ = await room.until(by("Caravan"))
    await room.press("Ana", asked, "Skip")
    await room.until(by("Caravan"))
    await room.say("Ana", tastes)
    asked, _ = await room.until(by("Caravan"))
    await room.press("Ana", asked, budget)
    asked, _ = await room.until(by("Caravan"))
    await room.press("Ana", asked, "Skip")
    await room.until(titled(name))
    await room.quiet()


async def persona_turns(room: Room, times: int) -> list[float]:
    """Milliseconds from "Zuri, hello" to Zuri's answer."""
    took = []
    for _ in range(times):
        await room.say("Ana", "Zuri, hello")
        took.append((await room.until(by("Zuri")))[1] * 1000)
        await room.quiet()
    return took


async def switches(room: Room, times: int) -> list[float]:
    """Milliseconds from the press that switches to the last search in the other persona's order."""
    await room.say("Ana", "/hotels Mombasa from 12 to 15 December")
    await room.until(titled("Hotels"))
    await room.quiet()
    took = []
    for n in range(times):
        await room.say("Ana", "/persona")
        chooser, _ = await room.until(lambda shown: bool(shown["buttons"]))
        await room.press("Ana", chooser, f"Switch to {('Biko', 'Zuri')[n % 2]}")
        took.append((await room.until(titled("Hotels")))[1] * 1000)
        await room.quiet()
    return took


async def measured(rounds: int) -> tuple[list[float], list[float]]:
    """Persona turns and switches in milliseconds, on a fresh application."""
    turns: list[float] = []
    switched: list[float] = []
    async with simulator() as client:
        for n in range(rounds):
            room = await Room.open(client, f"Coast {n}", "Ana")
            await room.quiet()
            if n == 0:
                await make_persona(room, "Zuri", "quiet beaches", "middle")
                await make_persona(room, "Biko", "nightlife, cheap", "low")
            else:
                for name in ("Zuri", "Biko"):
                    await room.say("Ana", f"/add {name}")
                    await room.quiet()
            turns += await persona_turns(room, TURNS_A_ROOM)
            switched += await switches(room, TURNS_A_ROOM)
    return turns, switched


def measure_personas(rounds: int, say: Callable[[str], None]) -> None:
    """Measure and print."""
    turns, switched = asyncio.run(measured(rounds))
    say(f"personas: {len(turns)} turns with the offline brain and {len(switched)} switches, through the simulator")
    median = percentile(turns, 0.5)
    say(f"  words to a persona's answer {spread(turns, 1)} ms, the brain's own time included;")
    say(f"    core overhead median below {median:.1f} ms, bar {TURN_BAR:.0f} ms: {held(median < TURN_BAR)}")
    p95 = percentile(switched, 0.95)
    say(f"  switch to the re-ranked card {spread(switched, 1)} ms, p95 {p95:.1f} ms,")
    say(f"    bar {SWITCH_BAR:.0f} ms: {held(p95 < SWITCH_BAR)}")
