"""What follows from a vote: the change that its winner stands for, made for whoever opened it, in the same commit."""

from dataclasses import replace
from typing import Any

from bot.arguments import typed
from bot.capability import Capability, Effect, Registry
from bot.consent.ballots import BallotBox
from bot.consent.cards import label
from bot.consent.texts import say
from bot.content import Draft, Press
from bot.errors import AskAgain, Explain, NotAllowed
from bot.floor import job_id
from bot.model import PEOPLE, Job
from bot.ports import Ask, Call, Reply, Store


class Winning:
    """Runs the winner's `then`."""

    def __init__(self, store: Store, registry: Registry) -> None:
        self._store, self._registry = store, registry

    async def followed(self, ask: Ask, box: BallotBox, told: Reply) -> Reply:
        """What was told, with what came of the winner's change; a refusal is told too and can be tried again."""
        call = next(c.then for c in box.choices if c.id == box.winner)
        found = self._registry.get(call.name) if call else None
        if call is None or found is None or found.effect is Effect.SPEND:
            return told
        try:
            return _both(told, await _run(await self._for_opener(ask, box), found, call))
        except (AskAgain, Explain, NotAllowed) as no:
            why = no.text if isinstance(no, AskAgain) else str(no)
            again = Press(label=say("try_again"), call=call.name, args=call.args, once=True)
            text = say("then_failed", winner=label(box, box.winner), why=why)
            return replace(told, drafts=(*told.drafts, Draft(text=text, buttons=(again,))))

    async def _for_opener(self, ask: Ask, box: BallotBox) -> Ask:
        """Whoever opened the vote asks for its winner; NotAllowed if they have left."""
        opener = await self._store.get(PEOPLE, box.opened_by)
        if opener is None or ask.thread.member(opener.id) is None:
            raise NotAllowed(say("opener_left"))
        return replace(ask, person=opener, persona=None, entry=None, key=f"{ask.key}:{box.id}")


async def _run(ask: Ask, found: Capability, call: Call) -> Reply:
    given: dict[str, Any] = typed(found, call.args)
    if found.slow:
        return Reply(jobs=(_job(ask, found, call),))
    if found.effect is not Effect.CHANGE:
        return Reply()
    reply: Reply = await found.run(ask, **given)
    if found.private:
        reply = replace(reply, drafts=tuple(replace(d, only_for=(ask.person.id,)) for d in reply.drafts))
    return reply


def _job(ask: Ask, found: Capability, call: Call) -> Job:
    """A change that looks outside first runs as a Job, as when it is asked for in words."""
    return Job(
        id=job_id(ask.key, found.name), name="call", thread=ask.thread.id, due_at=ask.now, busy=True,
        args={"entry": ask.key, "person": ask.person.id, "persona": "", "speaker": "", "place": ask.place,
              "call": found.name, "args": dict(call.args)},
    )  # fmt: skip


def _both(told: Reply, done: Reply) -> Reply:
    return replace(
        done, drafts=(*told.drafts, *done.drafts), ops=(*told.ops, *done.ops), jobs=(*told.jobs, *done.jobs),
        why=f"{told.why}; {done.why}" if done.why else told.why,
    )  # fmt: skip
