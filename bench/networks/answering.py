"""How soon each network gets its answer while all four deliver to one Caravan at once."""

import asyncio
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from bench import telegram
from bench.alarm import Alarm
from bench.figures import ANSWERED_BAR, held
from bench.generator import PATIENCE, percentile
from bench.networks.deliveries import SLACK_SECRET, Delivery, slack_api, turns, twilio_api
from bench.receiver import Receipt, Receiver
from bench.subjects import Subject, caravan
from bench.target import Target
from bench.wire import Client
from tests.emulators import twilio
from tests.emulators.discord import server as discord

RATE = 300.0
Say = Callable[[str], None]


@dataclass(slots=True)
class Answers:
    """Seconds from the moment a delivery was due to its answer, by network; `refused`: those not taken."""

    client: Client
    emulator: discord.Emulator
    took: dict[str, list[float]] = field(default_factory=dict)
    refused: int = 0

    async def one(self, delivery: Delivery, due: float) -> None:
        """Deliver it; Discord is told what was answered, as it goes by that."""
        headers = "".join(f"{name}: {value}\r\n" for name, value in delivery.headers.items() if name != "Content-Type")
        status, answer = await self.client.exchange(
            "POST", delivery.path, delivery.body, headers, delivery.content_type
        )  # fmt: skip
        self.took.setdefault(delivery.network, []).append(time.monotonic() - due)
        self.refused += status != 200
        if delivery.asked is not None and status == 200:
            self.emulator.api.respond(delivery.asked, discord_answer(answer))

    async def at_rate(self, deliveries: Iterator[Delivery], per_second: float, seconds: float) -> None:
        """Each when it is due, whatever is still under way."""
        started = time.monotonic()
        with closing(Alarm()) as alarm:
            async with asyncio.timeout(seconds + PATIENCE), asyncio.TaskGroup() as trips:
                for n in range(int(per_second * seconds)):
                    due = started + n / per_second
                    await alarm.wait(due)
                    trips.create_task(self.one(next(deliveries), due))


def discord_answer(body: bytes) -> dict[str, object]:
    """The JSON of an answer to an interaction."""
    import json

    found: dict[str, object] = json.loads(body)
    return found


async def measure_answers(rounds: int, seconds: float, say: Say) -> None:
    """Print the p99 of each network and of all; the bar holds for all."""
    every: dict[str, list[list[float]]] = {}
    with tempfile.TemporaryDirectory(prefix="caravan-bench-") as scratch:
        async with AsyncExitStack() as stack:
            emulator = await stack.enter_async_context(discord.running_emulator())
            emulator.api.buckets.clear()
            receiver = Receiver(api=_api())
            target = on_four(await receiver.open(), emulator, Path(scratch) / "run")
            stack.push_async_callback(receiver.close)
            stack.push_async_callback(target.stop)
            await target.start()
            await emulator.listening()
            client, deliveries = Client(target.port), turns(emulator, f"http://127.0.0.1:{target.port}")
            await Answers(client, emulator).at_rate(deliveries, 50, 2.0)
            for _ in range(rounds):
                answers = Answers(client, emulator)
                await answers.at_rate(deliveries, RATE, 2 * seconds)
                if answers.refused:
                    say(f"  NOT TAKEN: {answers.refused} deliveries")
                for name, took in answers.took.items():
                    every.setdefault(name, []).append(took)
    for line in lines_of(every):
        say(line)


def lines_of(every: dict[str, list[list[float]]]) -> list[str]:
    """p50 and p99 of each network, the worst round of all together against the bar."""
    whole = [[t for took in round_ for t in took] for round_ in zip(*every.values(), strict=True)]
    worst = max(percentile(took, 0.99) for took in whole) * 1000
    lines = [f"answers to {RATE:.0f} deliveries a second, all four networks in turn:"]
    for name, rounds in every.items():
        took = [t for one in rounds for t in one]
        p50, p99 = (percentile(took, share) * 1000 for share in (0.5, 0.99))
        lines.append(f"  {name}: p50 {p50:.1f} ms, p99 {p99:.1f} ms of {len(took)}")
    verdict = held(worst < ANSWERED_BAR)
    return [*lines, f"  together, the worst round: p99 {worst:.1f} ms, bar {ANSWERED_BAR:.0f} ms: {verdict}"]


def on_four(receiver: str, emulator: discord.Emulator, folder: Path) -> Target:
    """Caravan on all four networks: Discord's emulator, and APIs that take everything at once for the others."""
    target = caravan(Subject(name="Caravan", store="SQLite"), receiver, folder)
    base = receiver.removesuffix("/send")
    target.environment |= telegram.environment(receiver, target.port) | emulator.environ()
    target.environment |= {
        "DISCORD_PUBLIC_KEY": emulator.people.public_key, "SLACK_BOT_TOKEN": "xoxb-bench",
        "SLACK_SIGNING_SECRET": SLACK_SECRET, "SLACK_API_BASE": base, "TWILIO_ACCOUNT_SID": twilio.SID,
        "TWILIO_AUTH_TOKEN": twilio.TOKEN, "TWILIO_WHATSAPP_FROM": twilio.FROM, "TWILIO_API_BASE": base,
    }  # fmt: skip
    return target


def _api() -> Callable[[str, bytes], tuple[bytes, Receipt | None]]:
    bot, twilio_ = telegram.api(), twilio_api(count(1))

    def answer(path: str, body: bytes) -> tuple[bytes, Receipt | None]:
        if path.startswith("/bot"):
            return bot(path, body)
        return (slack_api(path, body) if path.startswith("/api/") else twilio_(path)), None

    return answer
