"""Following: the further changes of one message, each made once the one before is, so that it builds on it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.floor import job_id
from bot.model import Entry, Person
from bot.turn import Turn


def follow(turn: Turn, person: Person, rest: Sequence[Mapping[str, Any]]) -> None:
    """Make the rest of a person's changes after this Turn, or after the Job that it starts. `rest`: [{call, args}]."""
    if not rest:
        return
    if turn.jobs:
        job = turn.jobs[-1]
        turn.jobs[-1] = replace(job, args={**job.args, "rest": [*rest]})
        return
    first, *more = rest
    value = {**first, "person": person.id, "persona": "", "rest": more}
    id = f"{turn.thread.id}:call:{job_id(turn.entry.id, 'then')}"
    turn.appended.append(
        Entry(id=id, thread=turn.thread.id, what="call", at=turn.now, place=turn.entry.place, value=value)
    )  # fmt: skip
