"""Thinking aloud: what a brain says is shown sentence by sentence while it speaks, each only after the fact check."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from bot.codec import to_plain
from bot.facts import Known, checked, known
from bot.minds import Cost, Retract, Scene, Step, Words
from bot.ports import Call, Outcome
from bot.streams import Stream

# Networks let a message be edited about once a second.
PACE = timedelta(seconds=1)
_SENTENCES = re.compile(r"(?s).*(?:[.!?…]\s|\n)")
_log = structlog.get_logger()


class Aloud:
    """The words of one persona turn, step after step. `cost`: millionths of a US dollar so far."""

    def __init__(self, scene: Scene, stream: Stream, clock: Clock, pace: timedelta) -> None:
        self._scene, self._stream, self._clock, self._pace = scene, stream, clock, pace
        self._before: list[str] = []
        self._now: list[str] = []
        self._calls: list[Call] = []
        self._shown_at: datetime = clock.now()
        self._shown = ""
        self.cost = 0

    async def heard(self, step: Step, done: Sequence[Outcome], *, alone: bool) -> None:
        """Take in one step; `alone`: what was looked up is for the asker only, so nothing is shown yet."""
        if isinstance(step, Words):
            self._now.append(step.text)
            if not alone and step.text and self._clock.now() - self._shown_at >= self._pace:
                await self._show(done)
        elif isinstance(step, Call):
            self._calls.append(step)
        elif isinstance(step, Retract):
            self._now, self._calls = [], []
        elif isinstance(step, Cost):
            self.cost += step.micros

    def calls(self) -> list[Call]:
        """The calls of the step that has ended; its words stay."""
        calls, self._calls = self._calls, []
        self._before.append("".join(self._now).strip())
        self._now = []
        return calls

    def text(self, done: Sequence[Outcome]) -> tuple[str, int]:
        """All that was said, without what no record holds, and how many sentences that were."""
        kept, dropped = checked("\n\n".join(w for w in self._before if w), self._known(done), _recorded(done))
        if dropped:
            _log.warning("untrue sentences dropped", count=len(dropped))
        return kept, len(dropped)

    async def _show(self, done: Sequence[Outcome]) -> None:
        whole = _SENTENCES.match("\n\n".join((*self._before, "".join(self._now))))
        text = checked(whole[0], self._known(done), _recorded(done))[0] if whole else ""
        self._shown_at = self._clock.now()
        if text and text != self._shown:
            self._shown = text
            await self._stream.progress(text)

    def _known(self, done: Sequence[Outcome]) -> Known:
        """What stands in this turn's results and of people's own words; what stood in a file is nobody's word."""
        results = [o.data for o in done] + [to_plain(o.readable) for o in done]
        said = [line.text for line in self._scene.lines if line.kind == "person" and not line.read_back]
        return known(results, said)


def _recorded(done: Sequence[Outcome]) -> Known:
    """Facts with a source, and of what a change has answered."""
    facts = [f for o in done for d in o.readable if d.card for f in d.card.facts]
    return known([*(to_plain(f) for f in facts), *(o.data for o in done if "done" in o.data)], ())
