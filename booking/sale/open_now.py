"""What a Thread is paying for just now: told to who wants to pay once more, with the ways there are to change it."""

from collections.abc import Iterator, Sequence

from booking.sale.bookings import CHECKOUTS, Checkout
from booking.sale.opening import LINK
from booking.sale.payers import payers_of
from booking.sale.texts import say
from bot.capability import Effect, Text, capability
from bot.content import Draft, Press
from bot.documents import In
from bot.errors import AskAgain, Explain
from bot.language import listed
from bot.members import require_member
from bot.model import JOBS
from bot.ports import Ask, Reply, Store
from bot.reading import all_of
from payments.cards import standing
from payments.collecting import Collections
from payments.covering import may_divide
from payments.model import Collection, Payer

BUSY = ("open", "pricing", "placing", "settling")


class OpenNow:
    """Reads checkouts under way; `pay_otherwise` asks other people for the same money."""

    def __init__(self, store: Store, collections: Collections) -> None:
        self._store, self._collections = store, collections

    async def checkouts(self, thread: str) -> list[Checkout]:
        """Those of a Thread that are not over, the newest first."""
        found = await all_of(self._store, CHECKOUTS, {"thread": thread, "state": In(BUSY)})
        return sorted(found, key=lambda c: c.at, reverse=True)

    async def asked(self, thread: str, currency: str) -> bool:
        """Whether suppliers are just being asked about the cart, because somebody has pressed Pay."""
        jobs = await all_of(self._store, JOBS, {"thread": thread, "state": In(("due", "claimed"))})
        calls = [j.args for j in jobs if j.name == "call" and j.args.get("call") == "check_out"]
        return any(args["args"].get("currency") == currency for args in calls)

    async def draft(self, ask: Ask, who: str = "") -> Draft | None:
        """What is being paid for, by whom, and how that can be changed to `who`; None if nothing is."""
        for checkout in await self.checkouts(ask.thread.id):
            collection = await self._collections.of(checkout.id)
            if collection is not None:
                return _open(ask, checkout, collection, who) if checkout.state == "open" else _busy(checkout)
        return None

    @capability("Have others pay what is being paid for", effect=Effect.CHANGE, hidden=True, pays=True)
    async def pay_otherwise(self, ask: Ask, *, checkout: Text, who: Text) -> Reply:
        """`who`: as for `pay`. Only while nobody has paid; the links of those who were asked before are closed."""
        require_member(ask.thread, ask.person)
        found, collection = await self._store.get(CHECKOUTS, checkout), await self._collections.of(checkout)
        if found is None or collection is None or found.thread != ask.thread.id:
            raise Explain(say("open_already"))
        if found.state != "open":
            raise Explain(say("too_late_to_change", title=found.title, state=say(f"checkout_{found.state}")))
        payers = payers_of(who, ask.thread, ask.person.id)
        if _same(collection, payers):
            raise Explain(say("pays_so", title=found.title))
        if len(payers) > 1 and collection.deadline - ask.now < LINK:
            raise Explain(say("too_late_to_split", title=found.title))
        step = self._collections.divided(ask, collection, payers)
        text = say("pays_otherwise", name=ask.person.name, title=found.title, payers=listed(p.name for p in payers))
        reply = step.reply
        return Reply(
            drafts=(Draft(text=text, notice=True), *reply.drafts), ops=reply.ops, jobs=reply.jobs,
            entries=reply.entries, why=f"other payers; {reply.why}",
        )  # fmt: skip


def _open(ask: Ask, checkout: Checkout, collection: Collection, who: str) -> Draft:
    told = standing(collection)
    paid = say("have_paid", names=listed(told["paid"])) if told["paid"] else say("nobody_has_paid")
    names = listed([*told["paid"], *told["waiting"]])
    lines = [say("pays_now", title=checkout.title, total=collection.total, names=names, paid=paid)]
    ways = tuple(_ways(ask, checkout, collection, who)) if may_divide(collection) else ()
    if not may_divide(collection):
        lines.append(say("pays_as_is"))
    show = Press(label=say("who_has_paid"), call="who_has_paid")
    who_may = (checkout.organiser,) if ask.thread.member(checkout.organiser) is not None else ()
    off = Press(label=say("call_off"), call="call_off", args={"checkout": checkout.id}, who=who_may)
    return Draft(text="\n".join(lines), buttons=(*ways, show, off))


def _busy(checkout: Checkout) -> Draft:
    return Draft(text=say("is_busy", title=checkout.title, state=say(f"checkout_{checkout.state}")))


def _ways(ask: Ask, checkout: Checkout, collection: Collection, who: str) -> Iterator[Press]:
    """The payers that were asked for, else all alike or one alone, where that is another way than now."""
    for words in [who] if who else ["split", "me"]:
        try:
            payers = payers_of(words, ask.thread, ask.person.id)
        except AskAgain:
            continue
        if _same(collection, payers) or (len(payers) > 1 and collection.deadline - ask.now < LINK):
            continue
        label = say("pay_so", payers=listed(p.name for p in payers))[:60]
        named = words if words == "split" else ", ".join(f"{p.name} {p.weight}" for p in payers)
        yield Press(label=label, call="pay_otherwise", args={"checkout": checkout.id, "who": named})


def _same(collection: Collection, payers: Sequence[Payer]) -> bool:
    """Whether these are asked already, in these parts."""
    own = [s for s in collection.shares if s.role == "own" and s.state != "voided" and not s.letting_go]
    return {(s.person, s.weight) for s in own} == {(p.person, p.weight) for p in payers}
