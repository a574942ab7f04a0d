"""`python -m tests.emulators.discord [PORT]`: a server to play with. Each line "Ana: words" is said in #lamu-trip;

"Ana presses Label" presses the newest button of that name; "Ana /help" runs a command. What the bot says is printed."""

import asyncio
import sys

from tests.emulators.discord.server import Emulator, running_emulator
from tests.emulators.discord.world import Json


async def main(port: int) -> None:
    """Until the end of the input."""
    async with running_emulator(port) as emulator:
        channel = emulator.world.add_channel("lamu-trip")
        print("\n".join(f"{name}={value}" for name, value in emulator.environ().items()))
        print(f"(interactions by HTTP: set DISCORD_PUBLIC_KEY={emulator.people.public_key} and type: endpoint URL)")
        seen: set[str] = set()
        printing = asyncio.create_task(_print(emulator, channel, seen))
        loop = asyncio.get_running_loop()
        while line := await loop.run_in_executor(None, sys.stdin.readline):
            try:
                await _do(emulator, channel, line.strip())
            except AssertionError as why:
                print(f"  ! {why}")
        printing.cancel()


async def _do(emulator: Emulator, channel: str, line: str) -> None:
    people = emulator.people
    if line.startswith("endpoint "):
        people.endpoint = line.removeprefix("endpoint ")
    elif " presses " in line:
        name, _, label = line.partition(" presses ")
        newest = [m["id"] for m in people.seen(channel, name) if label in str(m["components"])]
        await people.press(channel, name, newest[-1] if newest else "", label)
    elif " /" in line.split(":")[0]:
        name, _, rest = line.partition(" /")
        command, _, words = rest.partition(" ")
        known = next((c for c in emulator.world.commands if c["name"] == command), {})
        option = next((o["name"] for o in known.get("options", ()) if o["name"] == "words"), None)
        first = option or next((o["name"] for o in known.get("options", ())), "")
        await people.command(channel, name, command, **({first: words} if words else {}))
    elif ": " in line:
        name, _, text = line.partition(": ")
        await people.say(channel, name, text)


async def _print(emulator: Emulator, channel: str, seen: set[str]) -> None:
    while True:
        for message in (m for there in emulator.world.messages.values() for m in list(there.values())):
            shown = _shown(message)
            if shown not in seen:
                seen.add(shown)
                print(shown, flush=True)
        await asyncio.sleep(0.1)


def _shown(message: Json) -> str:
    cards = " ".join(f"[{e.get('title')}] {e.get('description', '')}" for e in message["embeds"])
    labels = [c.get("label", "menu") for row in message["components"] for c in row["components"]]
    only = " (only for one)" if message.get("only_for") else ""
    return f"{message['author']['username']}{only}: {message['content']} {cards} {labels or ''}"


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 4030))
