"""How updates reach a bot: its webhook, with redelivery until it says 2xx and in order within a chat; or getUpdates."""

import asyncio
import contextlib
import itertools
import random
from typing import Any

import aiohttp

from tests.emulators.telegram.tables import Refused, update_validator
from tests.emulators.telegram.world import Bot, Json

_BY_DEFAULT_OFF = {"chat_member", "message_reaction", "message_reaction_count"}
_AGAIN = 0.03


class Hooks:
    """`twice`: every update comes two times. `shuffled`: those of different chats overtake each other.

    `answers`: the status of every webhook answer. `took`: seconds until it came."""

    def __init__(self) -> None:
        self.twice = False
        self.shuffled = False
        self.answers: list[int] = []
        self.took: list[float] = []
        self._ids = itertools.count(500_001)
        self._chats: dict[tuple[int, int], asyncio.Queue[tuple[Bot, Json]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._polls: dict[int, int] = {}
        self._news: dict[int, asyncio.Event] = {}
        self._session: aiohttp.ClientSession | None = None
        self._random = random.Random(1)

    def put(self, bot: Bot, chat: int, kind: str, payload: Json) -> None:
        """An update for a bot, if it wants that kind."""
        allowed = bot.webhook.get("allowed_updates")
        if kind not in allowed if allowed else kind in _BY_DEFAULT_OFF:
            return
        update = {"update_id": next(self._ids), kind: payload}
        if (validator := update_validator()) is not None:
            wrong = next(iter(validator.iter_errors(update)), None)
            assert wrong is None, f"the emulator sends what the description does not know: {wrong.message}"
        bot.updates.append(update)
        if bot.webhook.get("url"):
            self._queue(bot, chat, update)
        self._news.setdefault(bot.id, asyncio.Event()).set()

    def _queue(self, bot: Bot, chat: int, update: Json) -> None:
        self._waiting += 1
        queue = self._chats.get((bot.id, chat))
        if queue is None:
            queue = self._chats[bot.id, chat] = asyncio.Queue()
            self._keep(self._drain(queue))
        queue.put_nowait((bot, update))

    def _keep(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _drain(self, queue: asyncio.Queue[tuple[Bot, Json]]) -> None:
        while True:
            bot, update = await queue.get()
            if self.shuffled:
                await asyncio.sleep(self._random.random() * 0.02)
            for _ in range(2 if self.twice else 1):
                while bot.webhook.get("url") and not await self.post(bot, update):  # noqa: ASYNC110
                    await asyncio.sleep(_AGAIN)
            if update in bot.updates:
                bot.updates.remove(update)
            self._waiting -= 1

    async def post(self, bot: Bot, update: Json | bytes, **headers: str) -> bool:
        """One delivery to the webhook; whether it was taken."""
        if self._session is None:
            self._session = aiohttp.ClientSession()
        if bot.webhook.get("secret_token"):
            headers = {"X-Telegram-Bot-Api-Secret-Token": bot.webhook["secret_token"], **headers}
        body = {"data": update} if isinstance(update, bytes) else {"json": update}
        began = asyncio.get_running_loop().time()
        try:
            async with self._session.post(bot.webhook["url"], headers=headers, **body) as answer:
                self.answers.append(answer.status)
        except (TimeoutError, aiohttp.ClientError):
            self.answers.append(0)
        self.took.append(asyncio.get_running_loop().time() - began)
        return 200 <= self.answers[-1] < 300

    async def settled(self) -> None:
        """Until every update has been taken."""
        while self._waiting:  # noqa: ASYNC110
            await asyncio.sleep(0.005)

    def restart(self, bot: Bot) -> None:
        """A webhook was set: what waits is delivered there."""
        for update in list(bot.updates):
            self._queue(bot, 0, update)

    async def poll(self, bot: Bot, asked: Json) -> list[Json]:
        """getUpdates: asking from an offset confirms all before it; negative counts from the end."""
        if bot.webhook.get("url"):
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first")
        if asked.get("allowed_updates") is not None:
            bot.webhook["allowed_updates"] = asked["allowed_updates"]
        offset = int(asked.get("offset") or 0)
        if offset > 0:
            bot.confirmed = offset - 1
            bot.updates = [u for u in bot.updates if u["update_id"] >= offset]
        mine = self._polls[bot.id] = self._polls.get(bot.id, 0) + 1
        deadline = asyncio.get_running_loop().time() + min(float(asked.get("timeout") or 0), 5.0)
        while not bot.updates and (left := deadline - asyncio.get_running_loop().time()) > 0:
            news = self._news.setdefault(bot.id, asyncio.Event())
            news.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(news.wait(), min(left, 0.2))
            if self._polls[bot.id] != mine:
                raise Refused(409, "Conflict: terminated by other getUpdates request; one bot instance only")
        return bot.updates[: int(asked.get("limit") or 100)]

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
