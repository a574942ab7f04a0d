"""Claude as a Brain: a scene becomes one streamed request to the Messages API, its answer words and calls."""

import asyncio
import re
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from typing import Any

import anthropic
import httpx2
from anthropic.types import ToolParam

from bot.brains.claude.conversation import messages_of, readable, resumable, said
from bot.brains.claude.errors import translated
from bot.brains.claude.hearing import Hearing
from bot.brains.claude.models import DEFAULT_MODEL, Bill, model_of
from bot.brains.claude.prompt import SUMMARY, system_of
from bot.brains.claude.summaries import READ_BACK, Summaries, parted
from bot.brains.claude.tools import tools_of
from bot.errors import CaravanError, RetryLater, Undeliverable
from bot.minds import Cost, Line, Retract, Scene, Step, Words
from bot.ports import Outcome, Store

_SUMMARY_SECONDS = 5.0
_SENTENCES = re.compile(r"(?s).*[.!?…](?=\s|$)")


class ClaudeBrain:
    """`base_url` "" is Anthropic's own. Nothing is asked twice: who calls decides what follows a failure."""

    name = "claude"

    def __init__(self, store: Store, key: str, base_url: str = "", model: str = "") -> None:
        self._client = anthropic.AsyncAnthropic(api_key=key, base_url=base_url or None, max_retries=0, timeout=60.0)
        self._id = model or DEFAULT_MODEL
        self._model = model_of(self._id)
        self._summaries = Summaries(store)
        self._tools: dict[tuple[str, ...], list[ToolParam]] = {}

    async def think(self, scene: Scene, done: Sequence[Outcome]) -> AsyncIterator[Step]:
        """RetryLater: not now. Undeliverable: not this (refused, cut, malformed, calls of another brain in `done`)."""
        if not resumable(done):
            raise Undeliverable("another brain has begun this turn")
        older, lines = parted(readable(scene, await scene.past(READ_BACK) if scene.past else scene.lines))
        costs: list[Cost] = []
        summaries = await self._summaries.of(scene, older, lambda told: self._summarised(told, costs))
        for cost in costs:
            yield cost
        request = self._request(
            system=system_of(scene), tools=self._tools_of(scene),
            messages=messages_of(scene, lines, summaries, done),
        )  # fmt: skip
        async with aclosing(self._answer(request)) as steps:
            async for step in steps:
                yield step

    async def close(self) -> None:
        """Close the connections to the API."""
        await self._client.close()

    def _tools_of(self, scene: Scene) -> list[ToolParam]:
        names = tuple(c.name for c in scene.capabilities)
        if names not in self._tools:
            self._tools[names] = tools_of(scene.capabilities)
        return self._tools[names]

    def _request(self, **given: Any) -> dict[str, Any]:
        kept = {name: value for name, value in given.items() if value}
        return {"model": self._id, "max_tokens": self._model.most, **self._model.settings, **kept}

    async def _answer(self, request: dict[str, Any]) -> AsyncGenerator[Step]:
        hearing = Hearing(Bill(self._model))
        try:
            async with await self._client.messages.create(**request, stream=True) as events:
                async for event in events:
                    for step in hearing.heard(event):
                        yield step
        except (anthropic.APIError, httpx2.HTTPError, ValueError, CaravanError) as error:
            yield hearing.cut()
            raise _ours(error) from error
        for step in hearing.ended():
            yield step
        if hearing.too_long:
            whole = _SENTENCES.match(hearing.text)
            if whole is None:
                raise Undeliverable("an answer without an end")
            yield Retract()
            yield Words(text=whole[0])

    async def _summarised(self, lines: Sequence[Line], costs: list[Cost]) -> str:
        """A chapter in a few sentences; "" where that fails, so that it never holds up an answer."""
        told = "\n".join(said(line) for line in lines)
        request = self._request(system=SUMMARY, messages=[{"role": "user", "content": told}]) | {"max_tokens": 1024}
        words: list[str] = []
        try:
            async with asyncio.timeout(_SUMMARY_SECONDS), aclosing(self._answer(request)) as steps:
                async for step in steps:
                    if isinstance(step, Cost):
                        costs.append(step)
                    elif isinstance(step, Words):
                        words.append(step.text)
                    elif isinstance(step, Retract):
                        words.clear()
        except (CaravanError, TimeoutError):
            return ""
        return "".join(words).strip()


def _ours(error: Exception) -> CaravanError:
    if isinstance(error, CaravanError):
        return error
    if isinstance(error, anthropic.APIError):
        return translated(error)
    if isinstance(error, httpx2.HTTPError):
        return RetryLater(5.0, f"the line to Claude broke: {type(error).__name__}")
    return Undeliverable("Claude's answer was not readable")
