"""Summaries: older lines are summarised once, a chapter at a time, and kept for a Thread and a persona."""

import hashlib
from collections.abc import Awaitable, Callable, Sequence
from itertools import groupby

from bot.brains.claude.conversation import CHAPTER
from bot.documents import Insert, Op, Replace
from bot.errors import Conflict
from bot.minds import Line, Scene
from bot.model import SUMMARIES, Summary
from bot.ports import Store

# How many chapters before the lines are remembered, and how many are summarised in one turn at most.
CHAPTERS, AT_ONCE = 4, 1
READ_BACK = CHAPTER * (CHAPTERS + 2)
Summarise = Callable[[Sequence[Line]], Awaitable[str]]


class Summaries:
    """Keeps them in the Store. One whose lines were edited, deleted or forgotten is made anew from what is left."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def of(self, scene: Scene, lines: Sequence[Line], summarise: Summarise) -> list[str]:
        """The texts for chapters of lines, oldest first; `summarise` is asked for the newest that is missing."""
        texts, made = [], 0
        chapters = [(n, list(told)) for n, told in groupby(lines, key=lambda line: line.seq // CHAPTER)]
        for number, told in reversed(chapters):
            kept = await self._store.get(SUMMARIES, f"{scene.thread.id}:{scene.persona.id}:{number}")
            digest = digest_of(told)
            if kept is not None and kept.digest == digest:
                texts.append(kept.text)
            elif made < AT_ONCE:
                made += 1
                texts.append(await self._made(scene, number, digest, kept, await summarise(told)))
        return [text for text in reversed(texts) if text]

    async def _made(self, scene: Scene, number: int, digest: str, kept: Summary | None, text: str) -> str:
        if text:
            summary = Summary(
                id=f"{scene.thread.id}:{scene.persona.id}:{number}", thread=scene.thread.id, persona=scene.persona.id,
                digest=digest, text=text, at=scene.now, version=kept.version if kept else 0,
            )  # fmt: skip
            await self._keep(Replace(SUMMARIES, summary) if kept else Insert(SUMMARIES, summary))
        return text

    async def _keep(self, op: Op) -> None:
        try:
            await self._store.commit([op])
        except Conflict:
            return  # another turn has just kept its own


def parted(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The chapters that are summarised, and what is told line by line: the chapter that runs, the one before it, and
    the last line, which is the one to answer. The border moves once in a chapter, so that what a model reads begins
    the same way for as long as possible."""
    newest = max((line.seq for line in lines), default=0) // CHAPTER
    told = [line for n, line in enumerate(lines, 1) if n == len(lines) or line.seq // CHAPTER >= newest - 1]
    oldest = newest - 1 - CHAPTERS
    return [line for line in lines[:-1] if oldest <= line.seq // CHAPTER < newest - 1], told


def digest_of(lines: Sequence[Line]) -> str:
    """What stands for exactly these lines."""
    told = "\x1e".join(f"{line.author}\x1f{line.kind}\x1f{line.text}" for line in lines)
    return hashlib.blake2b(told.encode(errors="replace"), digest_size=12).hexdigest()
