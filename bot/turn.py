"""Turn: the handling of one Entry, gathered as values and written as one commit."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.capability import Capability
from bot.content import Button, Content, Draft, Press
from bot.documents import Delete, Insert, Kind, Op, Replace
from bot.hush import hushed
from bot.language import ENGLISH
from bot.model import (
    ENTRIES,
    JOBS,
    THREADS,
    TOKENS,
    Answer,
    Delivery,
    Entry,
    Job,
    Person,
    Persona,
    Thread,
    Token,
)
from bot.ports import Ask, Reply
from bot.retelling import retold
from bot.values import changed

CARAVAN = "Caravan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where an Answer may go: the Places of the Thread, and where one Person can be reached alone."""

    everywhere: tuple[str, ...]
    alone: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A call to be put on record (bot/audit.py): `person` asked for it, or `persona` for them; `told` by what ran."""

    call: Capability
    person: str
    persona: str
    args: Mapping[str, Any]
    outcome: str = "done"
    told: Mapping[str, Any] = field(default_factory=dict)


class Turn:
    """Collects what one Entry leads to. Nothing is stored before `operations` are committed.

    `against`: Person ids of those who do not want to hear its person. `hidden`: Places to which their words, and what
    personas say to them, do not go. `language`: what all are told is in it; `languages`: Person id -> what they alone
    are told is in, where it is known."""

    def __init__(self, entry: Entry, thread: Thread, now: datetime) -> None:
        self.entry = entry
        self.thread = thread
        self.now = now
        self.person: Person | None = None
        self.outcome = ""
        self.jobs: list[Job] = []
        self.ops: list[Op] = []
        self.appended: list[Entry] = []
        self.released: list[tuple[Entry, frozenset[str]]] = []
        self.noted: list[Noted] = []
        self.value: dict[str, Any] = entry.value
        self.against: frozenset[str] = frozenset()
        self.hidden: frozenset[str] = frozenset()
        self.language = ENGLISH
        self.languages: dict[str, str] = {}
        self._stored_thread = thread
        self._kept_thread = thread
        self._kept_ops = 0
        self._drafts: list[tuple[Draft, str]] = []
        self._deliveries: list[Delivery] = []

    def say(self, draft: Draft, *, answer: str = "") -> str:
        """Answer with a draft; returns the Answer's id."""
        id = answer or f"{self.entry.id}/{draft.name or len(self._drafts)}"
        self._drafts.append((draft, id))
        return id

    def take(self, reply: Reply, *, persona: str = "") -> None:
        """Adopt what a Capability answered."""
        for draft in reply.drafts:
            self.say(replace(draft, persona=persona) if persona and not draft.persona else draft)
        self.change(*reply.ops)
        self.jobs.extend(reply.jobs)
        self.appended.extend(reply.entries)
        if reply.thread is not None:
            self.thread = reply.thread
        if reply.keep:
            self.value = {**self.value, **reply.keep}
        if reply.why:
            self.because(reply.why)

    def changed_ids(self, kind: Kind[Any]) -> list[str]:
        """Ids of the documents of a kind that this Turn changes."""
        return [op.value.id for op in self.ops if op.kind is kind and not isinstance(op, Insert)]

    @property
    def readers(self) -> tuple[str, ...]:
        """Persons to whom something is said alone."""
        return tuple(dict.fromkeys(p for draft, _ in self._drafts for p in draft.only_for))

    def told(self, person: str) -> list[Draft]:
        """What is said to one Person alone."""
        return [draft for draft, _ in self._drafts if person in draft.only_for]

    def change(self, *ops: Op) -> None:
        """Change documents in the same commit; a second insert of one document is dropped."""
        there = {(op.kind.name, op.value.id) for op in self.ops if isinstance(op, Insert)}
        self.ops.extend(op for op in ops if not isinstance(op, Insert) or (op.kind.name, op.value.id) not in there)

    def release(self, entry: Entry, deliveries: frozenset[str]) -> None:
        """Deliveries of another Entry, by id, are pending (again) as it now stands: send them after the commit."""
        self.change(Replace(ENTRIES, entry))
        self.released.append((entry, deliveries))

    def end_thread(self) -> None:
        """The Thread is deleted by this Turn; leave it as it is otherwise."""
        if self._stored_thread.version:
            self.change(Delete(THREADS, self._stored_thread))

    def keep(self) -> None:
        """What was gathered so far stays even if the rest is undone."""
        self._kept_ops, self._kept_thread = len(self.ops), self.thread

    def undo(self, why: str = "undone") -> None:
        """Forget all that was gathered since `keep`; that it was tried stays on record."""
        self.noted = [replace(noted, outcome=why) for noted in self.noted]
        del self.ops[self._kept_ops :]
        self.thread = self._kept_thread
        self.jobs.clear()
        self.appended.clear()
        self.released.clear()
        self._drafts.clear()
        self.value = self.entry.value

    def because(self, why: str) -> None:
        """Note a decision and its rule for /why."""
        self.outcome = f"{self.outcome}; {why}" if self.outcome else why

    def carry(self, what: str = "send") -> None:
        """Carry the Entry itself (or an edit or deletion of an earlier one) to the Thread's other Places."""
        for place in self.thread.places:
            if place != self.entry.place:
                self._deliveries.append(Delivery(id=f"{self.entry.id}@{place}", place=place, what=what))

    def ask(self, person: Person, *, persona: Persona | None = None) -> Ask:
        """What a Capability gets to know."""
        return Ask(
            person=person, thread=self.thread, now=self.now, key=self.entry.id, place=self.entry.place,
            persona=persona, private=self.thread.private, entry=self.entry,
        )  # fmt: skip

    def finish(self, seq: int, route: Route) -> tuple[Entry, list[Op]]:
        """The Entry as handled and the operations of the one commit."""
        answers, deliveries, tokens = [], list(self._deliveries), []
        for draft, id in self._drafts:
            language = self._language(draft)
            content, made = self._content(retold(draft, language), id)
            answer = Answer(
                id=id, content=content, author=draft.persona, name=self._name(draft.persona),
                only_for=draft.only_for, replaces=draft.replaces, reply_to=draft.reply_to,
                language=language if language != self.language else "",
            )  # fmt: skip
            answers.append(answer)
            deliveries.extend(_deliveries(answer, draft, self.entry, route))
            tokens.extend(made)
        if self.hidden:
            deliveries = self._without_hidden(answers, deliveries)
        if self.thread.hushed:
            deliveries = self._hushed(answers, deliveries)
        pending = any(d.state == "pending" for d in deliveries)
        handled = changed(
            self.entry, handled=True, seq=seq, outcome=self.outcome, answers=tuple(answers), value=self.value,
            deliveries=tuple(deliveries), open=pending, person=self.person.id if self.person else "",
            thread=self.thread.id, language=self.language if self.language != ENGLISH else "",
        )  # fmt: skip
        return handled, [Replace(ENTRIES, handled), *self._documents(tokens)]

    def _without_hidden(self, answers: list[Answer], deliveries: list[Delivery]) -> list[Delivery]:
        """What a person says, and what personas answer them, does not go where they are not wanted; what concerns the
        whole trip (a vote, a bill) does."""
        shared = {a.id for a in answers if not a.author}
        return [d for d in deliveries if d.place not in self.hidden or d.answer in shared]

    def _hushed(self, answers: list[Answer], deliveries: list[Delivery]) -> list[Delivery]:
        pressed = frozenset(p for draft, _ in self._drafts for b in draft.buttons for p in b.who)
        found = hushed(self.thread, self.entry, answers, deliveries, pressed, self.now)
        self.thread = found.thread
        self.jobs.extend(found.jobs)
        return list(found.deliveries)

    def _documents(self, tokens: list[Token]) -> list[Op]:
        ops: list[Op] = [*self.ops, *(Insert(TOKENS, t) for t in tokens), *(Insert(JOBS, j) for j in self.jobs)]
        if self.thread is not self._stored_thread:
            ops.append(Replace(THREADS, self.thread))
        return ops

    def _language(self, draft: Draft) -> str:
        """What is told to one alone is in their language, all else in the Turn's."""
        return self.languages.get(draft.only_for[0], self.language) if len(draft.only_for) == 1 else self.language

    def _name(self, persona: str) -> str:
        seat = self.thread.seat(persona) if persona else None
        return seat.name if seat else CARAVAN

    def _content(self, draft: Draft, answer: str) -> tuple[Content, list[Token]]:
        made = [p for p in draft.buttons if not p.url and not p.token]
        tokens = [_token(p, answer, self.thread.id, self.now) for p in made]
        ids = iter(tokens)
        buttons = tuple(
            Button(id="" if p.url else p.token or next(ids).id, label=p.label, url=p.url) for p in draft.buttons
        )
        content = Content(
            text=draft.text, kind=draft.kind, card=draft.card, buttons=buttons, form=draft.form,
            poll=draft.poll, files=draft.files,
        )  # fmt: skip
        return content, tokens


def _token(press: Press, answer: str, thread: str, now: datetime) -> Token:
    return Token(
        id=secrets.token_urlsafe(9), thread=thread, answer=answer, label=press.label, call=press.call,
        args=press.args, who=press.who, once=press.once, until=now + timedelta(minutes=press.minutes),
    )  # fmt: skip


def _deliveries(answer: Answer, draft: Draft, entry: Entry, route: Route) -> list[Delivery]:
    """An Answer for all goes to every Place of the Thread; a private one where each reader is reached alone."""
    places = route.everywhere
    if answer.only_for:
        places = tuple(dict.fromkeys(route.alone.get(person, entry.place) for person in answer.only_for))
    return [_delivery(answer, draft.parts.get(p, ()), p) for p in places if p]


def _delivery(answer: Answer, parts: tuple[str, ...], place: str) -> Delivery:
    what = "edit" if answer.replaces or parts else "send"
    return Delivery(id=f"{answer.id}@{place}", place=place, answer=answer.id, what=what, parts=parts)
