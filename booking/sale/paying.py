"""The Capabilities that turn a cart into a checkout: who pays, the travellers' names, the look, and the opening."""

from collections.abc import Sequence
from dataclasses import replace

from booking.sale.cart import Cart, Carts, Line, Quotation, shares, totals
from booking.sale.cart_cards import titles
from booking.sale.open_now import OpenNow
from booking.sale.opening import Opening
from booking.sale.payers import payers_of
from booking.sale.pricing import Pricing
from booking.sale.texts import say
from booking.sale.travellers import Names, names_card, needed, read_names
from booking.texts import count
from bot.capability import Effect, Text, capability
from bot.content import Draft, Press
from bot.errors import AskAgain, Explain
from bot.floor import job_id
from bot.language import both, listed
from bot.model import Job
from bot.money import Money
from bot.ports import Ask, Call, Reply, Store

_PAY = (
    "pay", "let us pay", "pay for the cart", "pay for our cart", "check out", "go to checkout", "buy the cart",
    "pay for it now", "book the cart", "split the payment", "pay {who}", "split it between {who}",
)  # fmt: skip


class Paying:
    """From the cart to the payers' links."""

    def __init__(
        self, store: Store, pricing: Pricing, names: Names, opening: Opening, open_now: OpenNow
    ) -> None:  # fmt: skip
        self._carts, self._pricing, self._names, self._opening = Carts(store), pricing, names, opening
        self._open_now = open_now

    @capability("Pay for what is in the cart", effect=Effect.CHANGE, command="pay", phrases=_PAY, pays=True)
    async def pay(self, ask: Ask, *, who: Text = "", currency: Text = "") -> Reply:
        """`who`: "split", "me", or names with parts such as "Ana 2, Ben". Nothing is paid before each payer has
        pressed on a page that shows the amount."""
        return await self._pay(ask, who, currency)

    async def _pay(self, ask: Ask, who: str, currency: str, known: int | None = None) -> Reply:
        return await self.go_on(ask, await self._carts.of(ask.thread.id), currency, who, known)

    async def go_on(self, ask: Ask, cart: Cart, currency: str, who: str = "", known: int | None = None) -> Reply:
        """The next step towards paying what a cart holds in one currency. Explain if it cannot be paid so."""
        if not cart.lines:
            return await self.under_way(ask, who)
        if not currency and len(cart.currencies) > 1:
            return Reply(drafts=(_which_money(cart, who),))
        lines = cart.of(currency.upper() or cart.currencies[0])
        if not lines:
            raise AskAgain("currency", say("which_money", monies=both(map(str, totals(cart.lines)))))
        currency, total = lines[0].price.currency, totals(lines)[0]
        if not who and len(ask.thread.present) > 1:
            return Reply(drafts=(_who_pays(ask, lines, total),))
        payers = payers_of(who or "me", ask.thread, ask.person.id)
        self._opening.check(total, payers)
        wanted, supplier = needed([line.offer for line in lines])
        if known is None:
            known = await self._names.known(ask.thread.id, ask.person.id) if wanted else 0
        if known < wanted:
            return _ask_names(ask, lines, wanted, supplier, {"who": who, "currency": currency})
        if await self._open_now.asked(ask.thread.id, currency):
            raise Explain(say("being_asked"))
        job = call_job(ask, "check_out", {"who": who or "me", "currency": currency})
        return Reply(jobs=(job,), why="pays for the cart")

    async def under_way(self, ask: Ask, who: str = "") -> Reply:
        """With nothing in the cart: what is being paid for already. Explain if that is nothing."""
        draft = await self._open_now.draft(ask, who)
        if draft is None:
            raise Explain(say("cart_empty"))
        return Reply(drafts=(draft,), why="that is being paid for")

    @capability(
        "Give the travellers' names as on their documents", effect=Effect.CHANGE, command="names", private=True,
    )  # fmt: skip
    async def keep_names(
        self, ask: Ask, *, names: Text, wanted: int = 1, who: Text = "", currency: Text = ""
    ) -> Reply:  # fmt: skip
        """Kept sealed for this trip; a payment that waited for them goes on."""
        given = read_names(names, wanted)
        op = await self._names.keep(ask, given)
        kept = Draft(text=say("names_kept", count=count(len(given), "name")), notice=True)
        if not currency:
            return Reply(drafts=(kept,), ops=(op,), why="kept names")
        try:
            on = await self._pay(ask, who, currency, known=len(given))
        except (Explain, AskAgain) as kind:
            on = Reply(drafts=(Draft(text=str(kind), notice=True),), why="cannot be paid now")
        return replace(on, drafts=(kept, *on.drafts), ops=(op, *on.ops))

    @capability("Ask the suppliers about the cart once more and have it held", slow=True, hidden=True, pays=True)
    async def check_out(self, ask: Ask, *, who: Text, currency: Text) -> Reply:
        """Every line of one currency priced and, where that can be, held; the lane opens the payment."""
        lines = (await self._carts.of(ask.thread.id)).of(currency)
        if not lines:
            return await self.under_way(ask, who)
        names = await self._names.open(ask.thread.id, ask.person.id)
        quoted = await self._pricing.held(lines, ask.key, names)
        if len(payers_of(who, ask.thread, ask.person.id)) > 1:
            quoted = [
                replace(q, instead=await self._pricing.can_be_held(q.offer)) if q.offer and not q.hold else q
                for q in quoted
            ]
        id = await self._carts.lay(ask, quoted)
        suppliers = listed(dict.fromkeys(line.offer.supplier for line in lines))
        note = Draft(text=say("quoted", suppliers=suppliers), notice=True)
        return Reply(drafts=(note,), then=Call(name="open_checkout", args={"quotation": id, "who": who}))

    @capability("Open the payment of what was priced", effect=Effect.CHANGE, hidden=True, pays=True)
    async def open_checkout(self, ask: Ask, *, quotation: Text, who: Text) -> Reply:
        """The lane's own door; the same quotation again changes nothing."""
        taken = await self._carts.take_up(ask, quotation)
        if taken is None:
            return Reply(why="that was opened already")
        looked, gone = taken
        cart = await self._carts.of(ask.thread.id)
        try:
            payers = payers_of(who, ask.thread, ask.person.id)
            if not cart.lines and looked.lines:
                return replace(await self.under_way(ask, who), ops=(gone,), jobs=_let_go(ask, looked))
            reply = self._opening.opened(ask, cart, looked, payers, who)
        except (Explain, AskAgain) as kind:
            reply = Reply(drafts=(Draft(text=str(kind)),), why="cannot be paid so")
        held = () if reply.data else _let_go(ask, looked)
        return replace(reply, ops=(*reply.ops, gone), jobs=(*reply.jobs, *held))

    @capability("Call off a payment that nobody needs any more", effect=Effect.CHANGE, hidden=True)
    async def call_off(self, ask: Ask, *, checkout: Text) -> Reply:
        """By who started it, until everybody has paid: what was held is let go."""
        return await self._opening.called_off(ask, checkout)


def call_job(ask: Ask, name: str, args: dict[str, str]) -> Job:
    """The Job in which a Capability that calls out is run for the asker."""
    asked = {
        "entry": ask.entry.id if ask.entry else "", "person": ask.person.id,
        "persona": ask.persona.id if ask.persona else "", "speaker": "", "place": ask.place, "call": name, "args": args,
    }  # fmt: skip
    return Job(id=job_id(ask.key, name), name="call", thread=ask.thread.id, due_at=ask.now, busy=True, args=asked)


def _let_go(ask: Ask, looked: Quotation) -> tuple[Job, ...]:
    """The Job that gives back at once what suppliers hold for a checkout that was not opened."""
    holds = [{"ref": q.hold.ref, "code": q.hold.code} for q in looked.lines if q.hold is not None]
    args = {"bookings": [], "holds": holds}
    job = Job(id=f"{looked.id}:let_go", name="let_go", thread=ask.thread.id, due_at=ask.now, args=args)
    return (job,) if holds else ()


def _which_money(cart: Cart, who: str) -> Draft:
    due = totals(cart.lines)
    buttons = tuple(
        Press(label=say("pay_this", amount=m), call="pay", args={"currency": m.currency, "who": who}) for m in due
    )
    return Draft(text=say("which_money", monies=both(map(str, due))), buttons=buttons)


def _who_pays(ask: Ask, lines: Sequence[Line], total: Money) -> Draft:
    here = ask.thread.present
    parts = shares(total, here)
    alike = len({part for _, part in parts}) == 1
    label = say("split", each=parts[0][1]) if alike else say("split_uneven", count=len(here))
    args = {"currency": total.currency}
    buttons = (
        Press(label=label, call="pay", args={**args, "who": "split"}),
        Press(label=say("i_pay", total=total), call="pay", args={**args, "who": "me"}),
    )
    return Draft(text=say("who_pays", total=total, title=titles(lines)), buttons=buttons)


def _ask_names(ask: Ask, lines: Sequence[Line], wanted: int, supplier: str, go_on: dict[str, str]) -> Reply:
    card = names_card(ask, wanted, supplier, go_on)
    if len(ask.thread.present) < 2:
        return Reply(drafts=(card,), why="asked for names")
    title = next(line.offer.title for line in lines if line.offer.named)
    told = say("names_wanted", count=count(wanted, "traveller"), title=title, who=ask.person.name)
    return Reply(drafts=(Draft(text=told, notice=True), card), why="asked for names")
