"""Tell the story of a group that plans a trip: `python -m tests.stories.tell --city Mombasa --origin Nairobi ...`.

It starts a Caravan of its own (or talks to the one at --url), prints what everybody says, and checks it on the way.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from tests.stories import buying, chapters
from tests.stories.caravan import Caravan
from tests.stories.group import Simulator
from tests.stories.journey import Journey, Teller


async def gather(simulator: Simulator, journey: Journey, told: Callable[[str], None] = lambda line: None) -> Teller:
    """Ana opens a thread with Ben and invites Chi; they are welcomed."""
    group = await simulator.group(f"Trip to {journey.city}", ["Ana", "Ben"])
    group.told = told
    for message in group.messages.values():
        told(str(message))
    await simulator.post("members", {"place": group.place, "add": ["Chi"]})
    await group.rest()
    return Teller(group, journey)


async def tell(simulator: Simulator, journey: Journey, told: Callable[[str], None] = lambda line: None) -> Teller:
    """The whole story; AssertionError where something is not as it should be."""
    teller = await gather(simulator, journey, told)
    for chapter in (
        chapters.people_and_personas, chapters.friends_talk, chapters.searches, chapters.tastes_differ,
        chapters.follow_ups, chapters.plan, chapters.opinions, chapters.edits, chapters.silence_and_remove,
        chapters.dislikes, chapters.memory, chapters.the_house, buying.votes, buying.buys, buying.gives_back,
        chapters.a_second_place,
    ):  # fmt: skip
        told(f"\n— {(chapter.__doc__ or '').strip()} —")
        await chapter(teller)
    assert teller.facts.checked
    return teller


def _asked(arguments: Sequence[str]) -> tuple[Journey, str]:
    parser = argparse.ArgumentParser(prog="tests.stories.tell", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--city", default="Mombasa")
    parser.add_argument("--origin", default="Nairobi")
    parser.add_argument("--from", dest="start", type=date.fromisoformat, default=date(2027, 3, 1))
    parser.add_argument("--days", type=int, default=3)
    parser.add_argument("--party", type=int, default=4)
    parser.add_argument("--budget", default="60000", help="each traveller's, in major units")
    parser.add_argument("--currency", default="KES")
    parser.add_argument("--personas", nargs=3, default=("Zuri", "Kito", "Momo"), metavar="NAME")
    parser.add_argument("--seed", type=int, default=7, help="of the sandbox world")
    parser.add_argument("--url", default="", help="of a Caravan that runs already (its seed counts)")
    given = vars(parser.parse_args(arguments))
    url = given.pop("url")
    return Journey(**{**given, "personas": tuple(given["personas"])}), url


async def _tell(url: str, journey: Journey) -> int:
    async with Simulator(url) as simulator:
        teller = await tell(simulator, journey, print)
    return teller.facts.checked


def main(arguments: Sequence[str]) -> None:
    """Print the story; the exit status is 1 where a check fails."""
    journey, url = _asked(arguments)
    with tempfile.TemporaryDirectory(prefix="caravan-story-") as folder:
        own = None if url else Caravan(Path(folder), SANDBOX_SEED=str(journey.seed)).start()
        try:
            checked = asyncio.run(_tell(url or own.url if own else url, journey))
        finally:
            if own is not None:
                own.stop()
    print(f"\n{checked} facts were held against the suppliers' own records.")


if __name__ == "__main__":
    main(sys.argv[1:])
