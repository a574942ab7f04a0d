"""How a vote looks: the live card with its buttons, and what is said when it is over."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.consent.ballots import BallotBox, Tally
from bot.consent.deadlines import written
from bot.consent.texts import say
from bot.content import Card, Draft, Fact, Option, Poll, Press
from bot.language import listed

CLOSE = "close"
MONTH = 60 * 24 * 30


def vote_card(box: BallotBox, counted: Tally, *, name: str = "", replaces: str = "", text: str = "") -> Draft:
    """The card as it stands: options with counts, buttons while there is something to press."""
    state = box.state
    poll = Poll(
        options=tuple(_options(box, counted)), closes_at=box.closes_at, quorum=counted.needed, state=state,
        winner=box.winner, zone=box.zone,
    )  # fmt: skip
    lines = (say("how"), say(f"rule_{box.tie}" if box.round == 1 else "rule_run_off")) if state == "open" else ()
    card = Card(title=_title(box), lines=lines, facts=tuple(_facts(box)))
    return Draft(text=text, card=card, poll=poll, buttons=_buttons(box), name=name, replaces=replaces)


def said_over(box: BallotBox, counted: Tally, decider: str) -> Draft:
    """What is said to all when a round is over; `decider`: the name of who decides a tie."""
    if box.state == "closed":
        return Draft(text=_said_won(box, counted))
    if box.state == "no_quorum":
        text = say("fell_short", ballots=counted.ballots, needed=counted.needed)
        again = Press(label=say("again"), call="vote_again", args={"poll": box.id}, once=True, minutes=MONTH)
        return Draft(text=text, buttons=(again,))
    text = say("tied", tied=_and([label(box, c) for c in counted.leaders]), votes=_votes(most(counted)), name=decider)
    return Draft(text=text, buttons=tuple(_decision(box, c) for c in counted.leaders))


def _said_won(box: BallotBox, counted: Tally) -> str:
    if len(counted.leaders) > 1:
        return say("won_cheapest", winner=label(box, box.winner), votes=_votes(most(counted)))
    return say("won", winner=label(box, box.winner), votes=_votes(most(counted)), of=counted.ballots)


def said_run_off(box: BallotBox, votes: int) -> str:
    """What is said when the tied go on alone."""
    tied = _and([label(box, c) for c in box.standing])
    return say("runs_off", tied=tied, votes=_votes(votes), closes=written(box.closes_at, box.zone))


def most(counted: Tally) -> int:
    """The votes of the leaders."""
    return max(counted.counts.values())


def label(box: BallotBox, id: str) -> str:
    """What people call a choice of any round."""
    return next(c.label for c in box.choices if c.id == id)


def _decision(box: BallotBox, choice: str) -> Press:
    args = {"poll": box.id, "option": choice, "round": box.round}
    return Press(label=label(box, choice), call="decide_poll", args=args, minutes=MONTH)


def _options(box: BallotBox, counted: Tally) -> Iterator[Option]:
    for id in box.standing:
        choice = box.choice(id)
        if choice is not None:
            yield Option(id=id, label=choice.label, detail=choice.detail, votes=counted.counts[id])


def _buttons(box: BallotBox) -> tuple[Press, ...]:
    if box.state != "open":
        return ()
    options = [Press(label=label(box, id), token=box.buttons[id]) for id in box.standing]
    return (*options, Press(label=say("close_now"), token=box.buttons[CLOSE]))


def _facts(box: BallotBox) -> Iterator[Fact]:
    for n, id in enumerate(box.standing, 1):
        choice = box.choice(id)
        if choice is not None and choice.fact is not None:
            yield replace(choice.fact, label=f"{n} · {choice.fact.label.rpartition('· ')[2]}")


def _title(box: BallotBox) -> str:
    return box.title if box.round == 1 else say("run_off_title", title=box.title)


def _votes(count: int) -> str:
    return say("one_vote") if count == 1 else say("some_votes", count=count)


def _and(words: Sequence[str]) -> str:
    return listed(f"**{word}**" for word in words)
