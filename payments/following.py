"""Following: what the lane does with news about payments. Every hint leads to a look; only an answer moves anything."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.codec import from_plain, to_plain
from bot.content import Draft
from bot.documents import Replace
from bot.model import Entry
from bot.people import People
from bot.places import own_thread
from bot.ports import Store
from bot.reading import all_of
from bot.retelling import retold
from bot.router import News
from bot.turn import Turn
from payments.cards import live_card, reminder, share_card
from payments.covering import left
from payments.giving_back import refund_follows, same_refunds
from payments.ledger import Ledger
from payments.model import COLLECTIONS, REFUNDS, UNPAID, Refund, Share, refund_moved
from payments.moves import ASKING, expire, follow, refused, use_spare
from payments.ports import Payment, Refunded
from payments.steps import Desk, Step

_STILL = timedelta(minutes=1)
_LOOKS = 8  # tries of one look; the reconciler looks again


class Following:
    """Handlers of Entries of kind payment and timer, by topic."""

    def __init__(self, store: Store, desk: Desk, ledger: Ledger, people: People) -> None:
        self._store, self._desk, self._ledger, self._people = store, desk, ledger, people

    def news(self) -> dict[str, News]:
        """`"{what}:{topic}"` -> handler."""
        return {
            "payment:opened": self._opened, "payment:card": self._card,
            "payment:notice": self._noticed, "payment:looked": self._looked,
            "payment:not_asked": self._not_asked, "payment:not_there": self._not_there,
            "payment:not_captured": self._not_captured, "payment:refund_looked": self._refund_looked,
            "payment:not_refunded": self._not_refunded, "payment:refund_again": self._refund_again,
            "payment:refund_otherwise": self._refund_otherwise, "payment:later": self._later,
            "payment:tell": self._tell, "payment:spared": self._spared, "timer:payments_deadline": self._deadline,
            "timer:payments_remind": self._remind, "timer:payments_watch": self._watch,
        }  # fmt: skip

    async def step(self, turn: Turn, id: str) -> Step | None:
        """A step of a collection of this Thread."""
        found = await self._store.get(COLLECTIONS, id)
        if found is None or found.thread != turn.thread.id:
            turn.because("no such collection")
            return None
        answers = int(turn.entry.value.get("step") or 0)
        return Step(self._desk, found, turn.thread, turn.now, turn.entry.id, answers=answers)

    async def close(self, turn: Turn, *steps: Step) -> None:
        """Merge what the steps led to into the Turn, the ledger included."""
        for step in steps:
            reply = step.reply
            turn.take(replace(reply, drafts=(), ops=(), why=reply.why or "nothing to move"))
            turn.change(*reply.ops)
            for draft in reply.drafts:
                await self._say(turn, draft)
        turn.change(*await self._ledger.ops([t for step in steps for t in step.transactions]))

    async def _say(self, turn: Turn, draft: Draft) -> None:
        """To a member here; to one who has left in their own direct chat with us."""
        for person in draft.only_for:
            if turn.thread.member(person) is None:
                await self._elsewhere(turn, person, draft)
                return
        turn.say(draft)

    async def _elsewhere(self, turn: Turn, person: str, draft: Draft) -> None:
        found = await self._people.get(person)
        if found is None or not found.direct:
            turn.because("somebody who left cannot be reached")
            return
        thread = own_thread(found.direct[0])
        told = to_plain(retold(replace(draft, replaces="", name=""), found.language))
        id = f"{thread}:payment:{turn.entry.id}:tell:{len(turn.appended)}"
        news = Entry(
            id=id, thread=thread, what="payment", at=turn.now, place=found.direct[0],
            value={"topic": "tell", "draft": told, "person": person},
        )  # fmt: skip
        turn.appended.append(news)

    async def _tell(self, turn: Turn) -> None:
        """Private news of a trip that its person has left."""
        turn.person = await self._people.get(turn.entry.value["person"])
        turn.say(from_plain(turn.entry.value["draft"], Draft))

    async def members_changed(self, turn: Turn) -> None:
        """What those who have left had to pay is divided anew or offered to the others."""
        steps = []
        for c in await all_of(self._store, COLLECTIONS, {"thread": turn.thread.id}, order="-opened_at"):
            gone = {s.person for s in c.shares if turn.thread.member(s.person) is None}
            step = Step(self._desk, c, turn.thread, turn.now, turn.entry.id)
            for person in sorted(gone):
                left(step, person)
            if step.jobs or step.drafts:
                steps.append(step)
        if steps:
            await self.close(turn, *steps)

    async def _opened(self, turn: Turn) -> None:
        step = await self.step(turn, turn.entry.value["collection"])
        if step is None:
            return
        if step.collection.state == "open":
            step.move("collecting")
        step.show(live_card(step.collection, step.now, first=True))
        await self.close(turn, step)

    async def _card(self, turn: Turn) -> None:
        """A private card as it now stands: value {"share"}."""
        step, share = await self._about(turn)
        if step and share and share.card:
            step.show(share_card(step.collection, share, step.now))
            await self.close(turn, step)

    async def _noticed(self, turn: Turn) -> None:
        """A notice or the payer's way back: look how the payment stands."""
        value = turn.entry.value
        about = value.get("about", {})
        step = await self.step(turn, about.get("collection", ""))
        share = step.collection.share(about.get("share", "")) if step else None
        if step is None or share is None:
            return
        payment = value.get("payment") or share.payment
        if payment or share.state == "invited":
            step.job("check_payment", share=share.id, payment=payment, key=share.key)
        for refund in await self._on_their_way(share):
            step.job("refund_payment", refund=refund.id)
        await self.close(turn, step)

    async def _on_their_way(self, share: Share) -> Sequence[Refund]:
        if not share.refunding:
            return ()
        found = await all_of(self._store, REFUNDS, {"collection": share.id.rpartition(":")[0]})
        return [r for r in found if r.share == share.id and r.state == "in_transit"]

    async def _looked(self, turn: Turn) -> None:
        await self._followed(turn, [turn.entry.value])

    async def _followed(self, turn: Turn, looks: Sequence[dict[str, Any]]) -> None:
        step = await self.step(turn, turn.entry.value["collection"])
        if step is None:
            return
        follow_all(step, looks)
        await self.close(turn, step)

    async def _not_asked(self, turn: Turn) -> None:
        """The service refuses to open a page: its person may try again, or be covered."""
        step, share = await self._about(turn)
        if step and share and share.state in ("invited", "auth_expired") and share.key == turn.entry.value["key"]:
            share = step.put(replace(share, why="refused", attempt=share.attempt + 1))
            draft = share_card(step.collection, share, step.now)
            step.show(draft)
            if not share.card:
                step.put(replace(share, card=f"{step.cause}/{draft.name}"))
            step.why.append(f"refused: {turn.entry.value['why']}")
        if step:
            await self.close(turn, step)

    async def _not_there(self, turn: Turn) -> None:
        """The service never heard of the request: ask again."""
        step, share = await self._about(turn)
        if step and share and share.state in ("invited", "auth_expired") and share.key == turn.entry.value["key"]:
            step.renew(share)
        if step:
            await self.close(turn, step)

    async def _not_captured(self, turn: Turn) -> None:
        step, share = await self._about(turn)
        if step and share:
            payment = turn.entry.value.get("payment")
            held = payment is not None and payment["state"] == "authorized"
            refused(step, share, turn.entry.value["why"], held=held)
        if step:
            await self.close(turn, step)

    async def _about(self, turn: Turn) -> tuple[Step | None, Share | None]:
        step = await self.step(turn, turn.entry.value["collection"])
        return step, step.collection.share(turn.entry.value.get("share", "")) if step else None

    async def _later(self, turn: Turn) -> None:
        """The service could not: the same errand again, after a while."""
        value = turn.entry.value
        step = await self.step(turn, value["collection"])
        if step is None:
            return
        if still_wanted(step, value["errand"], value["args"]):
            args = {k: v for k, v in value["args"].items() if k not in ("collection", "step")}
            due = turn.now + timedelta(seconds=value["after"])
            step.job(value["errand"], due=due, **args)
            await self._put_off(step, value["args"], due)
            step.why.append(f"{value['errand']} again in {value['after']} s")
        await self.close(turn, step)

    async def _put_off(self, step: Step, args: Mapping[str, Any], due: datetime) -> None:
        """Note when it is tried again, so that the reconciler does not start it a second time."""
        share = step.collection.share(args.get("share", ""))
        refund = await self._store.get(REFUNDS, args["refund"]) if "refund" in args else None
        if share is not None:
            step.put(replace(share, again=due))
        if refund is not None:
            step.ops.append(Replace(REFUNDS, replace(refund, at=due)))

    async def _refund_looked(self, turn: Turn) -> None:
        step = await self.step(turn, turn.entry.value["collection"])
        if step is not None:
            said = from_plain(turn.entry.value["refunded"], Refunded)
            await self._came(step, turn.entry.value["refund"], said)
            await self.close(turn, step)

    async def _came(self, step: Step, id: str, said: Refunded) -> None:
        """A refund as the service says it stands: only forward."""
        refund = await self._store.get(REFUNDS, id)
        if refund is not None and refund.collection == step.collection.id and said.key == refund.key:
            all_of_it = await all_of(self._store, REFUNDS, {"collection": refund.collection})
            refund_follows(step, refund, said.state, said.why, same_refunds(refund, all_of_it))

    async def _not_refunded(self, turn: Turn) -> None:
        """The service refuses: asked for again in a while, then a keeper has to look (/admin refunds)."""
        step = await self.step(turn, turn.entry.value["collection"])
        refund = await self._store.get(REFUNDS, turn.entry.value["refund"])
        if step is None or refund is None:
            return
        if refund.key == turn.entry.value["key"]:
            refund_follows(step, refund, "failed", turn.entry.value["why"])
        await self.close(turn, step)

    async def _refund_again(self, turn: Turn) -> None:
        """By itself after a while, or because a keeper says so: value {"refund"}."""
        step = await self.step(turn, turn.entry.value["collection"])
        refund = await self._store.get(REFUNDS, turn.entry.value["refund"])
        if step is None or refund is None:
            return
        if refund.state == "failed":
            again = replace(refund_moved(refund, "requested"), attempt=refund.attempt + 1, at=turn.now)
            step.ops.append(Replace(REFUNDS, again))
            step.job("refund_payment", refund=refund.id)
            step.watch()
        await self.close(turn, step)

    async def _refund_otherwise(self, turn: Turn) -> None:
        """A keeper has given it back in another way: value {"refund", "by", "why"}."""
        step = await self.step(turn, turn.entry.value["collection"])
        refund = await self._store.get(REFUNDS, turn.entry.value["refund"])
        if step is None or refund is None:
            return
        if refund.state == "failed":
            refund_follows(step, replace(refund, by=turn.entry.value["by"]), "done", turn.entry.value["why"])
        await self.close(turn, step)

    async def _spared(self, turn: Turn) -> None:
        """The supplier gave back more than was taken: value {"key"}."""
        step = await self.step(turn, turn.entry.value["collection"])
        if step is not None:
            use_spare(step, turn.entry.value["key"])
            await self.close(turn, step)

    async def _deadline(self, turn: Turn) -> None:
        """After the last look: what is not covered has expired."""
        step = await self.step(turn, turn.entry.value["collection"])
        if step is None:
            return
        follow_all(step, turn.entry.value["looks"])
        if step.collection.state in ASKING and turn.now >= step.collection.deadline:
            expire(step)
        await self.close(turn, step)

    async def _remind(self, turn: Turn) -> None:
        """Once, to each who has not paid, alone."""
        step = await self.step(turn, turn.entry.value["collection"])
        if step is None:
            return
        if step.collection.state in ASKING:
            for share in step.collection.shares:
                if share.state in UNPAID and not share.letting_go:
                    step.show(reminder(step.collection, share))
        await self.close(turn, step)

    async def _watch(self, turn: Turn) -> None:
        """The reconciler: lost notices are made up for, what stands still is started again."""
        step = await self.step(turn, turn.entry.value["collection"])
        if step is None:
            return
        restart(step)
        if step.collection.state in ASKING and turn.now >= step.collection.deadline:
            step.job("payments_deadline")
        follow_all(step, turn.entry.value["looks"])
        for came in turn.entry.value["refunds"]:
            await self._came(step, came["refund"], from_plain(came["refunded"], Refunded))
        for id in turn.entry.value["lost"]:
            step.job("refund_payment", refund=id, unsure=True)
        await self.close(turn, step)


def follow_all(step: Step, looks: Sequence[dict[str, Any]]) -> None:
    """Move every share as far as the answers carry it."""
    for look in looks:
        share = step.collection.share(look["share"])
        if share is not None:
            follow(step, share, from_plain(look["payment"], Payment))


def still_wanted(step: Step, errand: str, args: Mapping[str, Any]) -> bool:
    """Whether an errand that did not succeed is to be tried again."""
    share = step.collection.share(args.get("share", ""))
    if errand == "ask_payment":
        return share is not None and share.state in ("invited", "auth_expired") and share.key == args["wanted"]["key"]
    return errand != "check_payment" or int(args.get("tries", 0)) < _LOOKS


def restart(step: Step) -> None:
    """Start again what a Job that was lost should have done; every one of them can be repeated."""
    c = step.collection
    for share in [s for s in c.shares if s.again is None or s.again + _STILL < step.now]:
        if share.state in ("invited", "auth_expired") and share.why != "refused" and c.state in ASKING:
            step.job("check_payment", share=share.id, key=share.key)
        elif share.letting_go and share.payment:
            step.void(share, share.payment)
        elif share.state == "authorized" and share.taking:
            step.capture(share, share.taking)
