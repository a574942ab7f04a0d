"""One history: steps drawn by dice, steered to what happened too rarely, judged after each; at its end all is over."""

from collections import Counter, deque
from collections.abc import Mapping
from pathlib import Path
from random import Random

from bench.histories.auditor import without_cause, wrong, wrong_at_the_end
from bench.histories.books import OURS, READ, Books
from bench.histories.moves import GROWS, MOVES, Move
from bench.histories.street import NAMES, Street
from bench.histories.town import Mishaps, Town
from bot.model import JOBS
from payments.gateways.sandbox.books import PAYMENTS

EACH = 20
_STEERED, _LOOK_EVERY = 0.15, 20
# Hours after which all must be over: before any hold lapses by itself, and after that.
_ENDING = (32, 24 * 8)


class BrokenError(AssertionError):
    """An invariant does not hold: what, after which step of which history, and what happened before."""


class History:
    """`minimum`: how often each of GROWS should have happened at the end of `steps` steps."""

    def __init__(
        self, folder: Path, *, seed: int, steps: int, mongo_url: str = "", minimum: int = EACH // 10,
        moves: Mapping[Move, int] = MOVES,
    ) -> None:  # fmt: skip
        self.seed, self.steps, self._minimum, self._moves = seed, steps, minimum, moves
        self.street = Street(Town(folder, mongo_url=mongo_url), Random(seed))
        self.done = 0
        self._mishaps = Mishaps()
        self._books = Books({kind.name: [] for kind in READ})
        self._last: deque[str] = deque(maxlen=8)
        self._seen: Counter[str] = Counter()

    async def play(self) -> Counter[str]:
        """From the beginning to the end; the counts. BrokenError as soon as something is wrong."""
        with self._mishaps.noticed():
            await self.street.town.open()
            try:
                await self.street.gather(*NAMES[:3])
                for _ in range(self.steps):
                    await self.step()
                return await self._end()
            finally:
                await self.street.town.close()

    async def step(self) -> None:
        """One thing happens, and everybody's books are read."""
        move = self._drawn()
        self._last.append(move.__name__)
        try:
            await move(self.street)
            await self.street.town.quiet()
            found = [*await self._judged(), *self._mishaps]
        except Exception as error:
            raise self._broken([f"{type(error).__name__}: {error}"]) from error
        if found:
            raise self._broken(found)
        self.done += 1
        if self.done % _LOOK_EVERY == 0:
            self._seen = self._books.counts() + self.street.counts

    async def _judged(self) -> list[str]:
        """What is wrong in the Threads that this step has touched; now and then, in all of them."""
        town, books = self.street.town, self._books
        touched = {kind: set(ids) for kind, ids in town.touched.items()}
        town.touched.clear()
        await books.refresh(town.store, touched)
        if self.done % _LOOK_EVERY == 0:
            return await wrong(books)
        changed = {d.thread for kind in OURS for d in books.found[kind.name] if d.id in touched.get(kind.name, ())}
        changed |= {p.about.get("thread", "") for p in books.payments if p.id in touched.get(PAYMENTS.name, ())}
        return await wrong(books.of(changed)) if changed else []

    def _drawn(self) -> Move:
        dice = self.street.dice
        wanted = -(-self._minimum * (self.done + 100) // self.steps)
        lagging = [move for what, move in GROWS.items() if self._seen[what] < wanted]
        if lagging and dice.random() < _STEERED:
            return dice.choice(lagging)
        return dice.choices(list(self._moves), list(self._moves.values()))[0]

    async def _end(self) -> Counter[str]:
        """The bad days are over, and all that was to come has come."""
        town = self.street.town
        await town.faults.clear()
        for hours in _ENDING:
            await town.passes(hours=hours)
            books = await Books.read(town.store, JOBS)
            if found := [*await wrong_at_the_end(books), *await without_cause(town.store, books), *self._mishaps]:
                raise self._broken([f"in the end, {hours} hours on", *found])
        return books.counts() + self.street.counts

    def _broken(self, found: list[str]) -> BrokenError:
        told = "\n    ".join(found[:6])
        return BrokenError(f"seed {self.seed}, step {self.done}, after {', '.join(self._last)}:\n    {told}")
