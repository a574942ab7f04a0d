"""`python -m bench`: the bars, side by side; the parts are in PARTS. It ends within 10 minutes."""

import argparse
import asyncio
import gc
from contextlib import ExitStack
from dataclasses import replace

from bench.buying import measure_bookings
from bench.claude import measure_claude
from bench.figures import lines_of
from bench.isolation import SHIPPED, measure_isolation
from bench.itinerary import measure_itineraries
from bench.messages import measure
from bench.networks import NETWORKS
from bench.networks.answering import measure_answers
from bench.networks.flooding import measure_flood
from bench.personas import measure_personas
from bench.searching import measure_searches
from bench.start import measure_starts
from bench.subjects import Subject
from bench.target import pin
from tests.mongod import Unavailable
from tests.servers import start_mongod


def say(line: str) -> None:
    """Print at once."""
    print(line, flush=True)


def messages(options: argparse.Namespace) -> None:
    """Message in to reply out, on the stores asked for."""
    with ExitStack() as stack:
        subjects = []
        if "sqlite" in options.store:
            subjects += [Subject(name="bare handler", store="SQLite"), Subject(name="Caravan", store="SQLite")]
        if "mongo" in options.store:
            subjects += mongo_subjects(stack)
        say(f"messages: {options.rounds} interleaved rounds of {options.seconds:g} s a load; target on core 0,")
        say("  generator, receiver and mongod on core 1; a round trip ends when the receiver has the reply")
        running = asyncio.run(measure(subjects, options.rounds, options.seconds, say))
        for bare, ours in zip(running[::2], running[1::2], strict=True):
            for line in lines_of(ours, bare):
                say(line)


def networks(options: argparse.Namespace) -> None:
    """A group message in to the reply out on a real network's channel, against the bare handler on the same work."""
    bare = Subject(name="bare handler", store="SQLite")
    subjects = [bare, *(Subject(name=name, store="SQLite") for name in ("Caravan", *NETWORKS))]
    running = asyncio.run(measure(subjects, options.rounds, options.seconds, say))
    for one in running[1:]:
        say(f"{one.subject.name}, without the network's own pace:")
        for line in lines_of(one, running[0]):
            say(line)
    asyncio.run(measure_flood(options.rounds, options.seconds, say))
    asyncio.run(measure_answers(options.rounds, options.seconds, say))


def isolation(options: argparse.Namespace) -> None:
    """What one chat in trouble does to all others."""
    with ExitStack() as stack:
        subjects = [Subject(name="Caravan", store="SQLite")] if "sqlite" in options.store else []
        subjects += mongo_subjects(stack)[1:] if "mongo" in options.store else []
        subjects += [
            replace(subject, name=SHIPPED, mongo_url=subject.mongo_url.replace("/caravan", "/shipped"))
            for subject in subjects
        ]
        asyncio.run(measure_isolation(subjects, options.rounds, options.seconds, say))


def mongo_subjects(stack: ExitStack) -> list[Subject]:
    """Both programs on a mongod of the bench's own, none where there is no mongod."""
    try:
        url = stack.enter_context(start_mongod()).url
    except Unavailable as missing:
        say(f"MongoDB skipped: {missing}")
        return []
    bare = Subject(name="bare handler", store="MongoDB", mongo_url=url.replace("/caravan", "/bare"))
    return [bare, Subject(name="Caravan", store="MongoDB", mongo_url=url)]


def start(options: argparse.Namespace) -> None:
    """Time to ready and memory."""
    measure_starts(options.rounds, say)


def search(options: argparse.Namespace) -> None:
    """A first search against a cached one, and the way to an itinerary."""
    measure_searches(options.rounds, say)
    measure_itineraries(options.rounds, say)


def personas(options: argparse.Namespace) -> None:
    """A persona's answer and a switch."""
    measure_personas(options.rounds, say)


def claude(options: argparse.Namespace) -> None:
    """A turn with Claude, less the model's time."""
    measure_claude(options.rounds, say)


def booking(options: argparse.Namespace) -> None:
    """From the payment to the confirmation."""
    measure_bookings(options.rounds, say)


PARTS = {
    "messages": messages,
    "networks": networks,
    "isolation": isolation,
    "start": start,
    "personas": personas,
    "claude": claude,
    "search": search,
    "booking": booking,
}


def options_from_command_line() -> argparse.Namespace:
    """Part, stores, rounds and seconds a load."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("part", nargs="?", choices=["all", *PARTS], default="all")
    parser.add_argument("--store", action="append", choices=["sqlite", "mongo"], help="both when left out")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0)
    options = parser.parse_args()
    options.store = options.store or ["sqlite", "mongo"]
    return options


def main() -> None:
    """Run the part asked for; it reports, it does not judge by its exit code."""
    options = options_from_command_line()
    pin(1)
    gc.disable()  # The generator's own collections would be measured as latency of the target.
    for name, part in PARTS.items():
        if options.part in ("all", name):
            part(options)


if __name__ == "__main__":
    main()
