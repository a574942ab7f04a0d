"""What people see of a collection: one live card for all, and a private card for each who pays."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.content import Card, Draft, Fact, Press
from bot.language import dated
from bot.money import Money
from payments.model import UNPAID, Collection, Share
from payments.shares import open_gap, root
from payments.texts import say

CARD = "card"
# What becomes of the money that is asked for; for shares of the price it is taken when all is booked.
_HELD = {"debt": "debt_held", "backstop": "backstop_held"}
_PAID = ("authorized", "captured", "partly_refunded", "refunded")


def live_card(collection: Collection, now: datetime, *, first: bool = False) -> Draft:
    """Who has paid, without amounts of others and without showing who is short of money. `first`: not yet shown."""
    c = collection
    parts = [part for own in c.shares if (part := pieces(c, own))]
    paid = sum(_waiting(c, part) is None for part in parts)
    risen = any(share.role == "top_up" for part in parts for share in part)
    again = risen and c.state in ("open", "collecting")  # later it is not held any more
    counted = say("card_paid_again" if again else "card_paid", paid=paid, of=len(parts))
    lines = [*(_line(c, part) for part in parts), counted, _state_line(c)]
    facts = (_fact("f_total", c.total, c.id, now), *([_fact("f_taken", _taken(c), c.id, now)] if c.taken else []))
    card = Card(title=say("card_title", title=c.title, total=c.total), lines=tuple(lines), facts=facts)
    open_ones = [(part[0], share) for part in parts if (share := _waiting(c, part)) is not None]
    buttons = tuple(_pay_for(c, share, owner.name) for owner, share in open_ones if may_cover(c, share))
    return Draft(card=card, buttons=buttons, name=CARD if first else "", replaces="" if first else c.card)


def standing(collection: Collection) -> dict[str, list[str]]:
    """The names of those who have paid their part, or had it paid, and of those who have not."""
    parts = [part for own in collection.shares if (part := pieces(collection, own))]
    paid = [_waiting(collection, part) is None for part in parts]
    named = [(part[0].name, done) for part, done in zip(parts, paid, strict=True)]
    return {"paid": [n for n, done in named if done], "waiting": [n for n, done in named if not done]}


def pieces(collection: Collection, own: Share) -> list[Share]:
    """What one person has to pay towards the total: their part and its rises; empty for what is no such part."""
    c = collection
    if own.role == "top_up" and not own.of and not any(s.role == "own" and s.person == own.person for s in c.shares):
        return [own]
    if own.role != "own" or own.why == "resplit":
        return []
    rises = [s for s in c.shares if s.role == "top_up" and own.id in (s.of, root(c, s).id)]
    alone = [s for s in c.shares if s.role == "top_up" and not s.of and s.person == own.person]
    return [own, *rises, *alone]


def payer(collection: Collection, share: Share) -> Share:
    """The share that pays a part: itself, or the one that covers it."""
    for other in collection.shares:
        covers = other.role == "cover" and other.of == share.id
        if covers and other.state != "voided" and not other.letting_go:
            return payer(collection, other)
    return share


def _waiting(c: Collection, part: list[Share]) -> Share | None:
    """The first of somebody's shares that is not paid, None if all are."""
    return next((s for s in part if payer(c, s).state not in _PAID), None)


def may_cover(collection: Collection, share: Share) -> bool:
    """Whether somebody else may take over this part now."""
    if collection.state not in ("open", "collecting") or payer(collection, share).id != share.id:
        return False
    if share.why == "resplit":
        return False
    return share.state in UNPAID or (share.state == "voided" and share.why == "left")


def held_back(share: Share) -> bool:
    """Whether its person cannot go on with it: covered by somebody, refused, or over."""
    return share.state not in ("link_sent", "declined") or not share.url or share.letting_go


def share_card(collection: Collection, share: Share, now: datetime) -> Draft:
    """The card of one payer, for them alone; it changes with their share."""
    c, who = collection, (share.person,)
    title = _title(c, share)
    lines = [_share_line(c, share)]
    buttons: list[Press] = []
    if not held_back(share):
        buttons.append(Press(label=say("pay", amount=share.amount), url=share.url, who=who))
        lines.append(say(_HELD.get(share.role, "share_held")))
    if share.state == "declined":
        lines.append(say("share_declined"))
    if share.state == "invited" and share.why == "refused":
        buttons.append(_press("try_again", "retry_share", share))
    if share.role == "cover" and share.state in UNPAID and not share.letting_go:
        buttons.append(_press("do_not_cover", "uncover_share", share, share.of))
    if share.state == "covered_by_other":
        buttons.append(_press("pay_myself", "uncover_share", share))
    return Draft(
        card=Card(title=title, lines=tuple(lines), facts=tuple(_facts(share, now))), buttons=tuple(buttons),
        only_for=who, replaces=share.card,
        name="" if share.card else f"share{share.id.rpartition(':')[2]}",
    )  # fmt: skip


def _facts(share: Share, now: datetime) -> Iterator[Fact]:
    """The share's sums, as a record of ours says them."""
    if share.state in (*UNPAID, "authorized"):
        yield _fact("f_share", share.amount, share.id, now)
    for key, minor in (("f_taken", share.captured), ("f_back", share.refunded)):
        if minor:
            yield _fact(key, Money(minor, share.amount.currency), share.id, now)


def _fact(key: str, amount: Money, ref: str, now: datetime) -> Fact:
    return Fact(
        label=say(key), value=str(amount), minor=amount.minor, currency=amount.currency, source="Caravan",
        ref=f"trip:{ref}", fetched_at=now,
    )  # fmt: skip


def reminder(collection: Collection, share: Share) -> Draft:
    """That time runs out, with the link, for one payer alone."""
    link = () if held_back(share) else (Press(label=say("pay", amount=share.amount), url=share.url),)
    return Draft(text=say("remind", title=collection.title), buttons=link, only_for=(share.person,))


def note(share: Share, key: str, **values: object) -> Draft:
    """A few words for one payer alone."""
    return Draft(text=say(key, **values), notice=True, only_for=(share.person,))


def when(moment: datetime, zone: str) -> str:
    """A time for people, in that IANA zone ("" is UTC), which is named: "20 Nov 23:22 EAT"."""
    return dated(moment.astimezone(ZoneInfo(zone or "UTC")), "%d %b %H:%M %Z")


def _press(label: str, call: str, share: Share, about: str = "") -> Press:
    collection = share.id.rpartition(":")[0]
    args = {"collection": collection, "share": about or share.id}
    return Press(label=say(label), call=call, args=args, who=(share.person,))


def _pay_for(collection: Collection, share: Share, name: str) -> Press:
    args = {"collection": collection.id, "share": share.id}
    return Press(label=say("pay_for", name=name), call="cover_share", args=args)


def _line(c: Collection, part: list[Share]) -> str:
    waiting, owner = _waiting(c, part), part[0]
    by = payer(c, waiting or owner)
    if by.person == owner.person:
        key = "line_paid" if not waiting else "line_waiting" if waiting is owner else "line_risen"
        return say(key, name=owner.name)
    return say("line_covering" if waiting else "line_covered", name=owner.name, by=by.name)


def _state_line(c: Collection) -> str:
    if c.state in ("open", "collecting"):
        return say("card_until", until=when(c.deadline, c.zone))
    if c.state == "committed":
        gap = Money(open_gap(c), c.total.currency)
        return say("card_open" if gap.minor else "card_committed", taken=_taken(c), open=gap)
    if c.state in ("covered", "committing"):
        return say("card_covered")
    if c.why == "expired":
        return say("card_expired")
    return say("card_released" if c.state == "released" else "card_releasing")


def _taken(c: Collection) -> Money:
    """What was confirmed, without what could not be taken of it."""
    return Money((c.taken.minor if c.taken else 0) - open_gap(c), c.total.currency)


def sum_of(share: Share) -> Money:
    """What a share came to: what was taken or was to be; until then what is asked for."""
    taken = share.taking if share.state == "capture_failed" else share.captured
    return Money(taken, share.amount.currency) if taken else share.amount


def _title(c: Collection, share: Share) -> str:
    of = root(c, share)
    if of.person != share.person:
        return say("cover_title" if share.role == "cover" else "top_up_for_title", title=c.title, name=of.name)
    key = {"own": "share", "cover": "share", "top_up": "top_up", "backstop": "backstop", "debt": "debt"}[share.role]
    return say(f"{key}_title", title=c.title)


def _share_line(c: Collection, share: Share) -> str:
    amount = share.amount
    taken = Money(share.captured, amount.currency)
    if share.state == "covered_by_other":
        return say("share_covered", name=payer(c, share).name)
    if share.state == "invited" and share.why == "refused":
        return say("share_refused")
    if share.state == "capture_failed":
        return say("share_failed", amount=sum_of(share))
    if share.state == "authorized":
        return say("share_authorized", amount=amount)
    if share.state in ("captured", "partly_refunded", "refunded"):
        return say("share_captured", amount=taken)
    if share.state == "voided":
        return say("share_voided")
    if share.role in ("top_up", "backstop", "debt"):
        return say(f"{share.role}_line", amount=amount)
    return say("share_line", amount=amount, until=when(c.deadline, c.zone))
