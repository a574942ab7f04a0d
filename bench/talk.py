"""Many chats talking at once to a target that may die at any moment, as networks would deliver them."""

import asyncio
from datetime import date, timedelta
from random import Random

from bench.generator import HOOK, Said
from bench.receiver import Receipt
from bench.referee import Diary
from bench.wire import Client


class Talk:
    """Each chat says bursts of numbered messages, one after the other's 200, and waits for a burst's answers.

    A message without a 200 is sent again under its id until it has one, before the chat says anything else.
    `looks`: every so many-th message is a search, 0 none.
    `up`: set while the target should answer. `cut_off`: ids whose request was out when the other side went away."""

    def __init__(self, client: Client, *, chats: int, seed: int, looks: int = 0) -> None:
        self.diary = Diary()
        self.up = asyncio.Event()
        self.cut_off: set[str] = set()
        self._client = client
        self._looks = looks
        self._today = date.today()
        self._random = Random(seed)
        self._unanswered: dict[str, int] = dict.fromkeys((f"chat{n}" for n in range(chats)), 0)
        self._all_answered = {chat: asyncio.Event() for chat in self._unanswered}
        self._enough = False

    def arrived(self, receipt: Receipt) -> None:
        """A first receipt. An answer that comes twice is the referee's business, not ours."""
        chat = receipt.place.rpartition(":")[2]
        if chat in self._unanswered:
            self._unanswered[chat] -= 1
            if self._unanswered[chat] <= 0:
                self._all_answered[chat].set()

    def finish(self) -> None:
        """Every chat ends after the burst it is in."""
        self._enough = True

    async def run(self) -> None:
        """Talk until `finish`, then until every burst is answered."""
        async with asyncio.TaskGroup() as chats:
            for chat in self._unanswered:
                chats.create_task(self._chat(chat))

    async def _chat(self, chat: str) -> None:
        number = 0
        while not self._enough:
            burst = [self._said(chat, number + n) for n in range(self._random.choice((1, 1, 2, 3, 5, 10)))]
            number += len(burst)
            self._unanswered[chat] = len(burst)
            self._all_answered[chat].clear()
            for said in burst:
                await self._deliver(said)
            await self._all_answered[chat].wait()
            await asyncio.sleep(self._random.uniform(0, 0.05))

    def _said(self, chat: str, number: int) -> Said:
        """Every `looks`-th message of a chat is a search, each for another day."""
        turn, rest = divmod(number, self._looks) if self._looks else (0, 1)
        return Said(chat=chat, number=number, look=self._today + timedelta(days=10 + turn % 300) if not rest else None)

    async def _deliver(self, said: Said) -> None:
        self.diary.said[said.id] = said
        while not await self._accepted(said):
            self.diary.resent[said.id] += 1
            await asyncio.sleep(self._random.uniform(0.001, 0.02))
        self.diary.acknowledged.add(said.id)

    async def _accepted(self, said: Said) -> bool:
        await self.up.wait()
        try:
            return await self._client.post(HOOK, said.body) == 200
        except ConnectionResetError:
            self.cut_off.add(said.id)
        except OSError:
            pass
        return False
