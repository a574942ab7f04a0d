"""What happens in a history besides buying: costs are shared, keepers act, two are one person, one is forgotten."""

import re

from bench.histories.street import NAMES, Street
from booking.sale.admin import STUCK
from booking.sale.bookings import BOOKINGS
from bot.documents import In
from bot.model import IDENTITIES
from payments.model import REFUNDS

_PAID = (
    "4500 KES dinner @all", "30 USD taxi @Ben", "Ana 30 Ben 15 USD fuel @all", "0.01 USD sweets @all",
    "1000 JPY tea", "1.001 KWD dates @all", "7 KES bread @Chi",
)  # fmt: skip
_CODE = re.compile(r"/me link (\w+)")
_KEEPER_ASKS = ("/admin ledger", "/admin payments open", "/admin refunds", "/admin bookings")


async def shares_costs(s: Street) -> None:
    """Somebody paid for others, and perhaps takes it back."""
    who = s.dice.choice(await s.here())
    await s.say(who, f"/paid {s.dice.choice(_PAID)}")
    if s.dice.random() < 0.2:
        await s.press(who, "Take it back")


async def settles_up(s: Street) -> None:
    """Somebody gave another what they owed; the other says so, or not."""
    here = await s.here()
    who = s.dice.choice(here)
    await s.say(who, "/settle")
    if await s.press(who, "I paid "):
        for name in here:
            await s.press(name, s.dice.choice(("Yes, I got it", "Yes, I got it", "No")))


async def keeper_looks_after(s: Street) -> None:
    """An admin takes up what stands still, or asks once more for a refund that failed."""
    stuck = await s.town.store.find(BOOKINGS, {"state": In(STUCK)}, limit=20)
    if stuck:
        call = s.dice.choice(("admin_look_up", "admin_retry"))
        await s.call("Ana", call, booking=s.dice.choice(stuck).number)
        s.counts["taken up"] += 1
    if failed := await s.town.store.find(REFUNDS, {"state": "failed"}, limit=20):
        await s.call("Ana", "admin_refund_again", refund=s.dice.choice(failed).id)
    await s.say("Ana", s.dice.choice(_KEEPER_ASKS), "paper:main:Ana-direct")


async def is_forgotten(s: Street) -> None:
    """Somebody has everything about them erased, if nothing stands against it, and may come back as a stranger."""
    who = s.dice.choice(NAMES[1:])
    if s.dice.random() < 0.5:
        await s.town.passes(hours=26)
    direct = f"paper:main:{who}-direct"
    await s.say(who, "/privacy", direct)
    for label in ("Erase…", "Erase", "Yes, erase me"):
        await s.press(who, label)
    s.counts["forgotten"] += await s.town.store.get(IDENTITIES, f"paper:{who}") is None


async def is_two(s: Street) -> None:
    """Two accounts turn out to be one person, or to be two again, whatever either of them is just paying."""
    one, other = s.dice.sample(NAMES[2:], 2)
    await s.say(one, "/me unlink", f"paper:main:{one}-direct")
    if await s.press(one, "Unlink ") and await s.press(one, "Unlink it"):
        s.counts["unlinked"] += 1
        return
    await s.say(one, "/me link", f"paper:main:{one}-direct")
    codes = [code for o in s.seen(one) for code in _CODE.findall(o.content.text)]
    if codes:
        await s.say(other, f"/me link {codes[0]}", f"paper:main:{other}-direct")
        for name in (one, other):
            s.counts["linked"] += await s.press(name, "Yes, that is me") and name == other
