"""How soon each network gets its answer while all four deliver to one Caravan at once: by webhooks, and by sockets."""

import asyncio
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from bench import telegram
from bench.alarm import Alarm
from bench.figures import ANSWERED_BAR, held
from bench.generator import PATIENCE, percentile
from bench.networks.deliveries import SLACK_SECRET, Delivery, said_in, slack_api, turns, twilio_api
from bench.networks.sockets import slack_socket
from bench.receiver import Receipt, Receiver
from bench.subjects import Subject, caravan
from bench.target import Target
from bench.wire import Client
from tests.emulators import twilio
from tests.emulators.discord import server as discord

RATE = 300.0
Say = Callable[[str], None]
# Brings a delivery: the status of its answer, and what was answered where Discord goes by that.
Bring = Callable[[Delivery], Awaitable[tuple[int, bytes]]]


@dataclass(slots=True)
class Answers:
    """Seconds from the moment a delivery was due to its answer, and to the reply at the network, by network.

    `refused`: deliveries that were not taken."""

    bring: Bring
    emulator: discord.Emulator
    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    replied: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    refused: int = 0
    _due: dict[str, float] = field(default_factory=dict)

    def arrived(self, text: str) -> None:
        """Something is said at a network."""
        network, _, id = text.removeprefix("pong ").partition("-")
        due = self._due.pop(f"{network}-{id}", None)
        if due is not None:
            self.replied[network].append(time.monotonic() - due)

    async def one(self, delivery: Delivery, due: float) -> None:
        """Deliver it; Discord is told what was answered, as it goes by that."""
        self._due[delivery.said] = due
        status, answer = await self.bring(delivery)
        self.took[delivery.network].append(time.monotonic() - due)
        self.refused += status != 200
        if delivery.asked is not None and answer and status == 200:
            told = json.loads(answer)
            self.emulator.api.respond(delivery.asked, told)
            self.arrived(str((told.get("data") or {}).get("content", "")))

    async def at_rate(self, deliveries: Iterator[Delivery], per_second: float, seconds: float) -> None:
        """Each when it is due, whatever is still under way; then a moment for the last replies."""
        started = time.monotonic()
        with closing(Alarm()) as alarm:
            async with asyncio.timeout(seconds + PATIENCE), asyncio.TaskGroup() as trips:
                for n in range(int(per_second * seconds)):
                    due = started + n / per_second
                    await alarm.wait(due)
                    trips.create_task(self.one(next(deliveries), due))
        for _ in range(100):
            if self._due:
                await asyncio.sleep(0.02)


async def measure_answers(rounds: int, seconds: float, say: Say) -> None:
    """Print the p99 of each network's answers and of all, which the bar is for, and how soon replies are out; first

    with all by webhooks, then with Slack by Socket Mode and Discord by its gateway."""
    for by_sockets in (False, True):
        with tempfile.TemporaryDirectory(prefix="caravan-bench-") as scratch:
            async with _four(Path(scratch), by_sockets) as (emulator, receiver, target, bring):
                deliveries, measured = turns(emulator, f"http://127.0.0.1:{target.port}"), list[Answers]()
                await Answers(bring, emulator).at_rate(deliveries, 50, 2.0)
                for _ in range(rounds):
                    measured.append(answers := Answers(bring, emulator))
                    receiver.heard = lambda receipt, now=answers: now.arrived(receipt.text)
                    heard_on_discord(emulator, answers)
                    await answers.at_rate(deliveries, RATE, 2 * seconds)
        for line in lines_of(measured, "Slack and Discord by sockets" if by_sockets else "all by webhooks"):
            say(line)


@asynccontextmanager
async def _four(
    scratch: Path, by_sockets: bool
) -> AsyncIterator[tuple[discord.Emulator, Receiver, Target, Bring]]:  # fmt: skip
    """Caravan on all four networks, and how it is told of what happens there."""
    async with AsyncExitStack() as stack:
        emulator = await stack.enter_async_context(discord.running_emulator())
        emulator.api.buckets.clear()
        sockets = await stack.enter_async_context(slack_socket()) if by_sockets else None
        receiver = Receiver(api=_api(sockets.url if sockets else ""))
        target = on_four(await receiver.open(), emulator, scratch / "run")
        if sockets is not None:
            target.environment |= {
                "SLACK_APP_TOKEN": "xapp-bench",
                "SLACK_SIGNING_SECRET": "",
                "DISCORD_PUBLIC_KEY": "",
            }
        stack.push_async_callback(receiver.close)
        stack.push_async_callback(target.stop)
        await target.start()
        await emulator.listening()
        webhooks = by_webhook(Client(target.port))
        if sockets is not None:
            await sockets.connected()
        yield emulator, receiver, target, webhooks if sockets is None else sockets.bring(emulator, webhooks)


def by_webhook(client: Client) -> Bring:
    """As the networks POST."""

    async def bring(delivery: Delivery) -> tuple[int, bytes]:
        headers = "".join(f"{name}: {value}\r\n" for name, value in delivery.headers.items() if name != "Content-Type")
        return await client.exchange("POST", delivery.path, delivery.body, headers, delivery.content_type)

    return bring


def heard_on_discord(emulator: discord.Emulator, answers: Answers) -> None:
    """What is written into an answer that was put off."""
    edit = emulator.api.spec.check

    def check(method: str, path: str, kind: str, body: Any) -> None:
        edit(method, path, kind, body)
        if isinstance(body, dict):
            answers.arrived(str((body.get("data") or body).get("content") or ""))

    emulator.api.spec.check = check  # type: ignore[method-assign]


def lines_of(measured: Sequence[Answers], how: str) -> list[str]:
    """Each network over all rounds, and the worst round of all together against the bar."""
    worst = max(percentile([t for took in a.took.values() for t in took], 0.99) for a in measured) * 1000
    lines = [f"{RATE:.0f} deliveries a second, all four networks in turn, {how}, without their own pace:"]
    for name in measured[0].took:
        took, replied = ([t for a in measured for t in getattr(a, what)[name]] for what in ("took", "replied"))
        answer = " ".join(f"p{share} {percentile(took, share / 100) * 1000:.1f}" for share in (50, 99))
        reply = " ".join(f"p{share} {percentile(replied, share / 100) * 1000:.1f}" for share in (50, 95))
        lines.append(f"  {name}: answered {answer} ms; {len(replied)} of {len(took)} replies out, {reply} ms")
    if refused := sum(a.refused for a in measured):
        lines.append(f"  NOT TAKEN: {refused} deliveries")
    verdict = held(worst < ANSWERED_BAR)
    return [*lines, f"  together, the worst round: answered p99 {worst:.1f} ms, bar {ANSWERED_BAR:.0f} ms: {verdict}"]


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


def _api(socket: str) -> Callable[[str, bytes], tuple[bytes, Receipt | None]]:
    bot, twilio_ = telegram.api(), twilio_api(count(1))

    def answer(path: str, body: bytes) -> tuple[bytes, Receipt | None]:
        if path.startswith("/bot"):
            return bot(path, body)
        said = said_in(body) if path.endswith(("/chat.postMessage", "/Messages.json")) else ""
        receipt = Receipt(delivery=said, place="", text=said, at=time.monotonic()) if said else None
        return (slack_api(path, socket) if path.startswith("/api/") else twilio_(path)), receipt

    return answer
