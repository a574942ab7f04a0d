"""Votes of a Thread: opening one, voting, closing it, and what is done with the winner."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Annotated

from bot.capability import Confirmed, Count, Effect, Registry, Slot, Text, capability
from bot.clock import Clock
from bot.consent.ballots import (
    POLLS,
    RUN_OFF,
    BallotBox,
    Choice,
    Ended,
    Tally,
    moved,
    one_ballot,
    outcome,
    run_off,
    tally,
    voted,
)
from bot.consent.cards import label, most, said_over, said_run_off, vote_card
from bot.consent.confirm import card_of, confirm
from bot.consent.deadlines import USUAL, written
from bot.consent.offered import choices, kinds, offered
from bot.consent.opening import deadline_job, rules_of, with_buttons
from bot.consent.texts import say
from bot.consent.winning import Winning
from bot.consent.wording import check_count, free_options, numbers, terms
from bot.content import Draft
from bot.documents import Insert, Replace
from bot.errors import AskAgain, Explain, NotAllowed
from bot.floor import job_id
from bot.glossary import kind_named
from bot.history import History
from bot.jobs import Work
from bot.members import require_member
from bot.model import Entry, Job, Person, Thread
from bot.places import shown_entry
from bot.ports import Ask, Reply, Store
from bot.router import MEMBERS_CHANGED, News
from bot.turn import Turn

RUN_OFF_LONGEST = timedelta(hours=12)
_OPEN, _LOOK_BACK = 5, 60

What = Annotated[str, Slot("text", say("ask_options"))]
Until = Annotated[str, Slot("text", say("ask_deadline"))]
Voters = Annotated[str, Slot("text", say("ask_quorum"))]
TieRule = Annotated[str, Slot("text", say("ask_tie"))]


class Polls:
    """Capabilities of votes. `then`: the Capability, with one text parameter `offer`, that a winning offer is given
    to, if it is registered."""

    def __init__(self, store: Store, clock: Clock, history: History, registry: Registry, then: str = "") -> None:
        self._store, self._clock, self._history, self._registry, self._then = store, clock, history, registry, then
        self._winning = Winning(store, registry)

    def work(self) -> Mapping[str, Work]:
        """Name of a Job -> who does it."""
        return {"poll_deadline": self.ring}

    def news(self) -> Mapping[str, News]:
        """What an Entry of our own is -> who handles it."""
        return {"timer:poll": self.closed_by_time, MEMBERS_CHANGED: self.members_changed}

    @capability(
        "Put choices to a vote", command="poll", effect=Effect.CHANGE,
        phrases=(
            "let's vote on {options}", "let us vote on {options}", "let's vote: {options}", "let us vote: {options}",
            "let's vote", "vote on {options}", "vote: {options}", "shall we vote on {options}",
            "should we vote on {options}", "can we vote on {options}", "start a vote", "start a vote on {options}",
            "start a poll", "start a poll: {options}", "start a poll on {options}", "open a poll: {options}",
            "open a poll on {options}", "make a poll: {options}", "make a poll on {options}",
            "make a poll of {options}",
            "poll {options}", "poll: {options}", "have a vote on {options}", "take a vote on {options}",
            "let the group vote on {options}", "let the group decide between {options}", "ask the group: {options}",
            "put {options} to a vote", "put {options} to the vote", "put {options} to a vote, {deadline}",
            "put {options} to a vote {deadline}",
        ),
    )  # fmt: skip
    async def poll(
        self, ask: Ask, *, options: What = "", deadline: Until = "", quorum: Voters = "", tie: TieRule = ""
    ) -> Reply:
        """Offers of the last list by number, or free choices ("beach or museum"); rules may stand among the options.

        `deadline` like "until 18:00", `quorum` a number of voters, `tie` "run-off", "opener" or "cheapest"."""
        require_member(ask.thread, ask.person)
        if ask.thread.private:
            raise Explain(say("alone"))
        said = terms(options)
        open_ones = await self._store.find(POLLS, {"thread": ask.thread.id, "state": "open"}, limit=_OPEN)
        if not said.what and open_ones and not deadline:
            return self._shown_again(ask, open_ones)
        if not said.what:
            raise AskAgain("options", say("ask_options"))
        if len(open_ones) >= _OPEN:
            raise Explain(say("many_open", count=len(open_ones)))
        title, chosen = await self._choices(ask, said.what)
        rules = rules_of(ask, said, deadline, quorum, tie)
        return self._opened(ask, replace(rules, title=title, choices=chosen))

    @capability("Vote", effect=Effect.CHANGE, hidden=True)
    async def vote(self, ask: Ask, *, poll: Text, option: Text, round: Count) -> Reply:
        """A press on a choice: the asker's one vote, changed, or taken back by the same press again."""
        require_member(ask.thread, ask.person)
        box = await self._box(ask.thread, poll)
        _check_round(box, round)
        if (ask.entry.at if ask.entry else ask.now) >= box.closes_at and box.state == "open":
            raise Explain(say("late", at=written(box.closes_at, box.zone)))
        if box.choice(option) is None:
            raise Explain(say("no_option"))
        box = voted(box, ask.person.id, option)
        counted = _counted(box, ask.thread)
        if counted.complete:
            return await self._over(ask, box, counted)
        why = f"{counted.ballots} of {counted.present} have voted"
        return Reply(ops=(Replace(POLLS, box),), drafts=(vote_card(box, counted, replaces=box.shown),), why=why)

    @capability("Close a vote", effect=Effect.CHANGE, hidden=True)
    async def close_poll(self, ask: Ask, *, poll: Text, round: Count, confirmed: Confirmed = "") -> Reply:
        """Before its deadline, by whoever opened it, after a second press."""
        require_member(ask.thread, ask.person)
        box = await self._box(ask.thread, poll)
        _check_round(box, round)
        moved(box, "vote")
        _check_opener(box, ask)
        counted = _counted(box, ask.thread)
        if not confirmed:
            text = say("sure", ballots=counted.ballots, present=counted.present, needed=counted.needed)
            about = {"poll": poll, "round": round}
            return Reply(drafts=(confirm(ask, "close_poll", about, text=text, label=say("close_now"), alone=False),))
        told = Draft(text=say("closed_by", name=ask.person.name), notice=True, replaces=await card_of(self._store, ask))
        reply = await self._over(ask, box, counted)
        return replace(reply, drafts=(told, *reply.drafts))

    @capability("Decide a tie", effect=Effect.CHANGE, hidden=True)
    async def decide_poll(self, ask: Ask, *, poll: Text, option: Text, round: Count) -> Reply:
        """The press of whoever opened the vote (of anybody, if they have left) on one of the tied choices."""
        require_member(ask.thread, ask.person)
        box = await self._box(ask.thread, poll)
        _check_opener(box, ask)
        decided = moved(box, "decide", winner=option)
        last = box.ended[-1].counts
        if last.get(option) != max(last.values()) or box.round != round:
            raise Explain(say("not_tied"))
        told = Draft(text=say("won_decided", name=ask.person.name, winner=label(box, option)))
        counted = replace(_counted(box, ask.thread), counts=last)
        return await self._with_card(ask, decided, counted, told)

    @capability("Repeat a vote", effect=Effect.CHANGE, hidden=True)
    async def vote_again(self, ask: Ask, *, poll: Text) -> Reply:
        """The same choices and rules once more, after too few had voted."""
        require_member(ask.thread, ask.person)
        box = await self._box(ask.thread, poll)
        if box.state != "no_quorum" or box.again:
            raise Explain(say("done_already"))
        fits = box.quorum is None or box.quorum <= len(ask.thread.present)
        fresh = replace(
            box, closes_at=ask.now + USUAL, votes={}, ended=(), round=1, quorum=box.quorum if fits else None, version=0
        )  # fmt: skip
        reply = self._opened(ask, fresh)
        again = Replace(POLLS, replace(box, again=job_id(ask.key, "poll")))
        return replace(reply, ops=(*reply.ops, again))

    async def ring(self, job: Job) -> Entry:
        """The Job of a deadline: it ends in an Entry that the lane handles by `closed_by_time`."""
        return Entry(
            id=f"{job.thread}:timer:{job.id}", thread=job.thread, what="timer", at=self._clock.now(),
            value={"topic": "poll", "poll": job.args["poll"], "round": job.args["round"]},
        )  # fmt: skip

    async def closed_by_time(self, turn: Turn) -> None:
        """The deadline of a round has come; nothing is left to do if it was over before."""
        value = turn.entry.value
        box = await self._store.get(POLLS, value["poll"])
        if box is None or (box.state, box.round) != ("open", value["round"]):
            turn.because("the vote was over already")
            return
        turn.because("the vote's time is up")
        turn.take(await self._over(turn.ask(_nobody(box)), box, _counted(box, turn.thread)))

    async def members_changed(self, turn: Turn) -> None:
        """Who has left no longer counts: that may be all that a vote waited for."""
        for box in await self._store.find(POLLS, {"thread": turn.thread.id, "state": "open"}, limit=2 * _OPEN):
            counted = _counted(box, turn.thread)
            if counted.complete:
                turn.take(await self._over(turn.ask(_nobody(box)), box, counted))
            else:
                turn.say(vote_card(box, counted, replaces=box.shown))

    async def merged(self, turn: Turn, person: Person) -> None:
        """Two of those who voted are one Person: one ballot, their own before the one under a former id."""
        for box in await self._store.find(POLLS, {"thread": turn.thread.id, "state": "open"}, limit=2 * _OPEN):
            one = one_ballot(box, person)
            if one is box:
                continue
            counted = _counted(one, turn.thread)
            if counted.complete:
                turn.take(await self._over(turn.ask(_nobody(one)), one, counted))
            else:
                turn.change(Replace(POLLS, one))
                turn.say(vote_card(one, counted, replaces=one.shown))

    async def _box(self, thread: Thread, id: str) -> BallotBox:
        box = await self._store.get(POLLS, id)
        if box is None or box.thread != thread.id:
            raise Explain(say("no_poll"))
        return box

    async def _choices(self, ask: Ask, what: str) -> tuple[str, tuple[Choice, ...]]:
        """The question and what is voted on: offers that were shown, or words."""
        entries = await self._seen(ask)
        called = kinds(entries)
        kind = next((called[w] for w in what.casefold().split() if w in called), "")
        shown = offered(entries, kind)
        chosen = numbers(what, len(shown) or 99, called)
        if chosen is None:
            title, labels = free_options(what)
            return title or say("which"), tuple(Choice(id=str(n), label=x) for n, x in enumerate(labels, 1))
        if not shown:
            raise AskAgain("options", say("nothing_shown"))
        picked = [shown[n - 1] for n in chosen]
        found = choices(picked, self._then if self._registry.get(self._then) else "")
        check_count(len(found))
        same = {o.kind for o in picked}
        return (say("which_kind", kind=kind_named(same.pop())) if len(same) == 1 else say("which")), found

    async def _seen(self, ask: Ask) -> Sequence[Entry]:
        """Where a list may stand: the message whose button was pressed, else what was said lately."""
        recent = await self._history.recent(ask.thread.id, _LOOK_BACK)
        pressed = ask.entry is not None and ask.entry.what == "press"
        about = await shown_entry(self._store, ask.entry.object) if ask.entry is not None and pressed else None
        if about is None or about.thread != ask.thread.id:
            return recent
        return [e for e in recent if (e.seq or 0) < (about.seq or 0)] + [about]

    def _opened(self, ask: Ask, box: BallotBox) -> Reply:
        """A new box with its card, its buttons and its deadline."""
        box = replace(
            box, id=job_id(ask.key, "poll"), thread=ask.thread.id, opened_by=ask.person.id, opened_at=ask.now,
            state="open", standing=tuple(c.id for c in box.choices), shown=f"{ask.key}/poll",
        )  # fmt: skip
        box, tokens = with_buttons(box)
        labels = [c.label for c in box.choices]
        return Reply(
            drafts=(vote_card(box, _counted(box, ask.thread), name="poll"),), ops=(Insert(POLLS, box), *tokens),
            jobs=(deadline_job(box),), data={"poll": {"title": box.title, "choices": labels}}, why="opened a vote",
        )  # fmt: skip

    def _shown_again(self, ask: Ask, boxes: Sequence[BallotBox]) -> Reply:
        """The cards of the open votes once more, further down; what stood above points there."""
        here = [replace(box, shown=f"{ask.key}/poll-{n}") for n, box in enumerate(boxes)]
        away = [Draft(text=say("further_down", title=box.title), notice=True, replaces=box.shown) for box in boxes]
        drafts = [vote_card(box, _counted(box, ask.thread), name=f"poll-{n}") for n, box in enumerate(here)]
        ops = tuple(Replace(POLLS, box) for box in here)
        return Reply(drafts=(*away, *drafts), ops=ops, why="showed the open votes")

    async def _over(self, ask: Ask, box: BallotBox, counted: Tally) -> Reply:
        """A round is over: its winner, a tie with what follows from it, or too few ballots."""
        move, winner = outcome(box, counted)
        ended = (*box.ended, Ended(round=box.round, counts=counted.counts))
        after = moved(box, move, winner=winner, ended=ended)
        if after.state == "tie" and after.tie == RUN_OFF and after.round == 1:
            return self._runs_off(ask, after, counted)
        return await self._with_card(ask, after, counted, said_over(after, counted, _decider(after, ask.thread)))

    async def _with_card(self, ask: Ask, box: BallotBox, counted: Tally, told: Draft) -> Reply:
        """The last form of a card, what is said about it, and what follows for a winner."""
        drafts, ops = (vote_card(box, counted, replaces=box.shown), told), (Replace(POLLS, box),)
        reply = Reply(drafts=drafts, ops=ops, why=f"the vote is {box.state.replace('_', ' ')}")
        return await self._winning.followed(ask, box, reply) if box.winner else reply

    def _runs_off(self, ask: Ask, box: BallotBox, counted: Tally) -> Reply:
        length = min(box.closes_at - box.opened_at, RUN_OFF_LONGEST)
        name = f"run-off-{box.id}"
        second = run_off(
            box, counted.leaders, opened_at=ask.now, closes_at=ask.now + length, shown=f"{ask.key}/{name}",
        )  # fmt: skip
        second, tokens = with_buttons(second)
        card = vote_card(
            second, _counted(second, ask.thread), name=name, text=said_run_off(second, most(counted))
        )  # fmt: skip
        return Reply(
            drafts=(vote_card(box, counted, replaces=box.shown), card), ops=(Replace(POLLS, second), *tokens),
            jobs=(deadline_job(second),), why="the vote goes to a run-off",
        )  # fmt: skip


def _counted(box: BallotBox, thread: Thread) -> Tally:
    return tally(box, {m.person for m in thread.present})


def _check_round(box: BallotBox, round: int) -> None:
    if box.round != round and box.state == "open":
        raise Explain(say("round_over"))


def _check_opener(box: BallotBox, ask: Ask) -> None:
    """NotAllowed unless it is their vote; whoever is present may see to one whose opener has left."""
    opener = ask.thread.member(box.opened_by)
    if opener is not None and opener.person != ask.person.id:
        raise NotAllowed(say("not_opener", name=opener.name))


def _decider(box: BallotBox, thread: Thread) -> str:
    opener = thread.member(box.opened_by)
    return opener.name if opener else say("somebody")


def _nobody(box: BallotBox) -> Person:
    """Whom a timer asks for: nobody but the opener, of whom it knows the id."""
    return Person(id=box.opened_by, name="")
