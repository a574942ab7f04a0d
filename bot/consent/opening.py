"""How a vote begins: its rules, a lasting button for each choice, and the Job of its deadline."""

import secrets
from dataclasses import replace
from datetime import timedelta

from bot.consent.ballots import RUN_OFF, BallotBox
from bot.consent.cards import CLOSE, label
from bot.consent.deadlines import USUAL, deadline
from bot.consent.texts import say
from bot.consent.wording import Terms, quorum, terms, tie_rule
from bot.documents import Insert, Op
from bot.errors import AskAgain
from bot.floor import job_id
from bot.model import TOKENS, Job, Token
from bot.ports import Ask
from bot.zones import zone_of

# How long a button of a vote that is over still answers that it is.
_KEPT = timedelta(days=30)


def rules_of(ask: Ask, said: Terms, until: str, voters: str, tie: str) -> BallotBox:
    """An empty box with the rules of a request; what was said apart from the options counts first."""
    more = terms(until)
    when = more.deadline or ("" if more.quorum or more.tie else until) or said.deadline
    rule = tie_rule(tie) if tie else more.tie or said.tie or RUN_OFF
    if not rule:
        raise AskAgain("tie", say("no_tie", words=tie[:60]))
    zone = zone_of(ask.thread)
    return BallotBox(
        id="", thread=ask.thread.id, title="", choices=(), opened_by=ask.person.id, opened_at=ask.now,
        closes_at=deadline(when, ask.now, zone) if when else ask.now + USUAL, tie=rule, zone=zone,
        quorum=_quorum(ask, more.quorum or said.quorum, voters),
    )  # fmt: skip


def _quorum(ask: Ask, said: int | None, words: str) -> int | None:
    wanted = quorum(words) if words else said
    if words and wanted is None:
        raise AskAgain("quorum", say("no_quorum", words=words[:60]))
    present = len(ask.thread.present)
    if wanted is not None and wanted > present:
        raise AskAgain("quorum", say("high_quorum", quorum=wanted, present=present))
    if wanted == 0:
        raise AskAgain("quorum", say("low_quorum"))
    return present if wanted == -1 else wanted


def with_buttons(box: BallotBox) -> tuple[BallotBox, tuple[Op, ...]]:
    """The box with a lasting Token for each choice of its round, and one to close it."""
    calls = [(id, label(box, id), "vote", {"option": id}) for id in box.standing]
    calls.append((CLOSE, say("close_now"), "close_poll", {}))
    tokens = [
        Token(
            id=secrets.token_urlsafe(9), thread=box.thread, answer=box.shown, label=text, call=call,
            args={"poll": box.id, "round": box.round, **args}, until=box.closes_at + _KEPT,
        )
        for _, text, call, args in calls
    ]  # fmt: skip
    buttons = {id: token.id for (id, *_), token in zip(calls, tokens, strict=True)}
    return replace(box, buttons=buttons), tuple(Insert(TOKENS, t) for t in tokens)


def deadline_job(box: BallotBox) -> Job:
    """The Job that ends a round, once, whatever restarts meanwhile."""
    return Job(
        id=job_id(box.id, "deadline", box.round), name="poll_deadline", thread=box.thread, due_at=box.closes_at,
        args={"poll": box.id, "round": box.round},
    )  # fmt: skip
