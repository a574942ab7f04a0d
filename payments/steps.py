"""Step: what one move of a collection leads to, gathered as values: Jobs, news, drafts, ledger transactions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.codec import to_plain
from bot.content import Draft
from bot.documents import Insert, Op, Replace
from bot.model import Entry, Job, Thread
from bot.ports import Reply
from payments.ledger import Posting, Transaction
from payments.model import COLLECTIONS, Collection, Share, collection_moved, share_moved
from payments.ports import PaymentGateway, Wanted

WATCH = timedelta(minutes=1)
LONGEST_PAGE = timedelta(hours=23, minutes=30)

Back = Callable[[Mapping[str, str], datetime], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What every step may need: the payment service, and `back`: the address a payer returns to."""

    gateway: PaymentGateway
    back: Back


@dataclass(slots=True)
class Step:
    """One step of one collection, in the lane of its Thread. `cause`: the Entry that is handled.

    `answers`: the step that started the Job whose answer it is."""

    desk: Desk
    collection: Collection
    thread: Thread
    now: datetime
    cause: str
    new: bool = False
    answers: int = 0
    jobs: list[Job] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    transactions: list[Transaction] = field(default_factory=list)
    ops: list[Op] = field(default_factory=list)
    why: list[str] = field(default_factory=list)

    @property
    def reply(self) -> Reply:
        """All of it but the ledger, to be merged into a Reply or a Turn."""
        change: Op = (Insert if self.new else Replace)(COLLECTIONS, self.collection)
        return Reply(
            drafts=tuple(self.drafts), ops=(change, *self.ops), jobs=tuple(self.jobs), entries=tuple(self.entries),
            why="; ".join(self.why),
        )  # fmt: skip

    def show(self, draft: Draft) -> None:
        """Show something; of one card only the last state."""
        for n, earlier in enumerate(self.drafts):
            if draft.replaces and draft.replaces == earlier.replaces:
                self.drafts[n] = draft
                return
            if earlier.name and draft.replaces == f"{self.cause}/{earlier.name}":
                self.drafts[n] = replace(draft, replaces="", name=earlier.name)
                return
        self.drafts.append(draft)

    def move(self, to: str, why: str = "") -> None:
        """Move the collection by its table."""
        self.collection = collection_moved(self.collection, to, why)
        self.why.append(f"{self.collection.title}: {to}")

    def put(self, share: Share) -> Share:
        """Keep a share as changed."""
        self.collection = self.collection.with_share(share)
        return share

    def move_share(self, share: Share, to: str, why: str = "", **changes: Any) -> Share:
        """Move a share by its table, with other changes of it."""
        if to == "voided":
            changes["over_at"] = self.collection.steps
        return self.put(replace(share_moved(share, to, why), **changes))

    def add_share(self, **fields: Any) -> Share:
        """One more share, asked for at once."""
        share = Share(id=f"{self.collection.id}:{len(self.collection.shares) + 1}", **fields)
        self.put(share)
        return self.ask(share)

    def ask(self, share: Share) -> Share:
        """Have a page opened for a share."""
        until = min(self.page_until(share), self.now + LONGEST_PAGE)
        about = {"thread": self.collection.thread, "collection": self.collection.id, "share": share.id}
        wanted = Wanted(
            key=share.key, amount=share.amount, title=self.collection.title[:200], until=until,
            back=self.desk.back(about, until), about=about,
        )  # fmt: skip
        self.job("ask_payment", share=share.id, wanted=to_plain(wanted))
        return share

    def page_until(self, share: Share) -> datetime:
        """When the page of a share closes: with the collection, unless it pays what is open after it."""
        return self.now + LONGEST_PAGE if share.role == "debt" else self.collection.deadline

    def renew(self, share: Share) -> Share:
        """Another page for a share whose page or hold is over."""
        if share.state not in ("invited", "auth_expired"):
            share = share_moved(share, "invited")
        share = self.put(replace(share, attempt=share.attempt + 1, payment="", url="", held_until=None))
        return self.ask(share)

    def void(self, share: Share, payment: str) -> None:
        """Have a page closed or a hold let go; each time anew, in case the service had undone the last time."""
        key = f"{share.id}:void:{payment}:{self.collection.steps}"
        self.job("void_payment", share=share.id, payment=payment, key=key)

    def let_go(self, share: Share, why: str = "") -> Share:
        """End a share that has not been captured: at once if the service holds nothing of it, else when it says so."""
        if share.letting_go:
            return share
        if share.state in ("invited", "auth_expired") or not share.payment:
            return self.move_share(share, "voided", why)
        self.void(share, share.payment)
        return self.put(replace(share, letting_go=True, why=why or share.why))

    def capture(self, share: Share, minor: int) -> None:
        """Have a part of what is held taken."""
        self.put(replace(share, taking=minor))
        amount = to_plain(replace(share.amount, minor=minor))
        self.job(
            "capture_payment", share=share.id, payment=share.payment, amount=amount, key=f"{share.id}:capture:1"
        )  # fmt: skip

    def job(self, name: str, *, due: datetime | None = None, **args: Any) -> None:
        """Start a Job about this collection, now or at a time."""
        id = f"{self.collection.id}:{name}:{self._next()}"
        args = {"collection": self.collection.id, "step": self.collection.steps, **args}
        self.jobs.append(Job(id=id, name=name, thread=self.collection.thread, due_at=due or self.now, args=args))

    def watch(self) -> None:
        """From now on look at intervals how what is open stands, for notices that were lost."""
        self.job("payments_watch", due=self.now + WATCH, n=0)

    def news(self, topic: str, **value: Any) -> None:
        """Tell those above us, by an Entry of the Thread."""
        c = self.collection
        value = {"topic": topic, "collection": c.id, "about": c.about, **value}
        id = f"{c.thread}:payment:{c.id}:{topic}:{self._next()}"
        self.entries.append(Entry(id=id, thread=c.thread, what="payment", at=self.now, value=value))

    def _next(self) -> int:
        self.collection = replace(self.collection, steps=self.collection.steps + 1)
        return self.collection.steps

    def post(
        self, id: str, what: str, postings: Mapping[str, int], *, actor: str, kind: str = "post", resolves: str = ""
    ) -> None:
        """Write into the ledger: account -> minor units; accounts that get nothing are left out."""
        currency = self.collection.total.currency
        lines = tuple(Posting(account=a, minor=m, currency=currency) for a, m in postings.items() if m)
        if lines or kind == "void":
            self.transactions.append(
                Transaction(
                    id=id, thread=self.collection.thread, what=what, at=self.now, cause=self.cause, actor=actor,
                    postings=lines, kind=kind, resolves=resolves or None, about=self.collection.id,
                    title=self.collection.title,
                )
            )  # fmt: skip
