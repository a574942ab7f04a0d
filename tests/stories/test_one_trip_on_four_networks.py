"""One trip on four networks at once: Ana in a Telegram group, Ben on WhatsApp, Chi on Slack, Dee on Discord. They plan
with two personas, vote, pay each their own part, get their papers, correct, take back, react; and the owner looks
into things from all four."""

import re
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import aiohttp
import pytest

from tests.stories.four import Discord, Networks, Phone, Seen, Slack, Telegram, WhatsApp, four_networks
from tests.waiting import soon

CODE = re.compile(r"\b[A-HJKMNP-Z2-9]{8}\b")
MONEY = re.compile(r"KES \d[\d,]*\d")


class Trip:
    """The four, and who looks over their shoulders in the groups."""

    def __init__(self, n: Networks) -> None:
        self.n = n
        self.ana = Telegram("Ana", n.telegram, n.telegram.group("Lamu", "Ana").id)
        self.ben, self.chi = WhatsApp("Ben", n.whatsapp), Slack("Chi", n.slack, "lamu-trip")
        self.dee = Discord("Dee", n.discord, "lamu")
        self.all: Sequence[Phone] = (self.ana, self.ben, self.chi, self.dee)

    async def join(self) -> None:
        """A code for each of the three other places, said there."""
        await self.ana.shown("Welcome")
        for phone in self.all[1:]:
            before = self.ana.read
            await self.ana.ask("/link")
            code = CODE.findall((await self.ana.shown(lambda m: bool(CODE.search(m.text)), before)).text)[0]
            await phone.ask(f"join {code}" if phone is self.ben else f"/link {code}")
            await phone.shown("has joined Lamu")

    async def all_see(self, words: str) -> None:
        for phone in self.all:
            await phone.shown(words)


@pytest.fixture
async def trip(tmp_path: Path) -> AsyncIterator[Trip]:
    async with four_networks(tmp_path) as n:
        trip = Trip(n)
        await trip.join()
        yield trip
        await n.answered()
        assert not any(n.refused().values()), n.refused()
        assert "Traceback" not in n.caravan.log


async def test_four_people_on_four_networks_plan_pay_and_travel_together(trip: Trip) -> None:
    await two_personas(trip)
    await a_search_and_a_vote(trip)
    await each_pays_alone(trip)
    await papers_come(trip)
    await what_is_said_changes(trip)
    await one_is_asked_in(trip)


async def two_personas(t: Trip) -> None:
    await t.n.later(minutes=1)
    await t.ana.say("Caravan, create a persona called Zuri who loves beaches")
    await t.all_see("Zuri is ready")
    await t.n.later(minutes=1)
    await t.dee.say("Caravan, create a persona called Kito who loves museums")
    await t.all_see("Kito is ready")
    await t.ana.ask("/members")
    members = await t.ben.shown("🧑 Dee")
    assert all(f"🧑 {p.name}" in members.text for p in t.all) and "✨ Kito" in members.text


async def a_search_and_a_vote(t: Trip) -> None:
    """Zuri speaks under her own name everywhere; whatever one votes with, it is one ballot."""
    await t.n.later(minutes=1)
    await t.ben.say("Zuri, hotels in Mombasa from 12 December for 2 nights, 4 people")
    for phone in t.all:
        hotels = await phone.shown(lambda m: "Vote on these" in m.labels)
        assert hotels.by == "Zuri" or hotels.text.startswith("Zuri:")
    await t.dee.say("And you, Kito?")
    await t.all_see("Kito: ")
    await t.n.later(minutes=1)
    await t.chi.press(await t.chi.shown(lambda m: "Vote on these" in m.labels), "Vote on these")
    polls = {phone: await phone.shown("Which hotel?") for phone in t.all}
    first, second, *_ = polls[t.ana].labels
    await t.ana.press(polls[t.ana], second)
    await t.chi.shown(f"{second} · ")
    await t.ben.say("1")  # the digit
    await t.chi.press(polls[t.chi], first)  # a button
    await t.ana.press(polls[t.ana], first)  # a button, and she changes her mind
    await t.ben.shown("— 3 votes")
    await t.dee.press(polls[t.dee], first)  # an option of a menu
    await t.all_see(f"{first} wins with 4 votes of 4")
    await t.all_see("🛒 Cart")


async def each_pays_alone(t: Trip) -> None:
    """Four different parts: each is told to one person, and the words of the others never show it."""
    await t.n.later(minutes=1)
    before, said = {phone: phone.read for phone in t.all}, public(t)
    await t.ana.ask("/pay Ana 4, Ben 3, Chi 2, Dee 1")
    asked = {phone: await phone.shown("Your part of", before[phone]) for phone in t.all}
    parts = {phone: MONEY.findall(m.text)[0] for phone, m in asked.items()}
    assert len(set(parts.values())) == 4 and all(m.alone for m in asked.values())
    await t.n.later(minutes=1)
    for message in asked.values():
        await paid(next(link for link in message.links if "/checkout/" in link))
    await t.all_see("✅ Booked")
    for phone in t.all:
        await phone.shown(f"{parts[phone]} was taken")
        others = {part for other, part in parts.items() if other is not phone}
        told = [m for m in phone.seen() if m.id not in before[phone]]
        assert not [m for m in told if others & set(MONEY.findall(m.text))]
        assert all(m.alone for m in told if parts[phone] in MONEY.findall(m.text))
    read_by_all = [text for text in public(t) if text not in said]
    assert read_by_all and not [text for text in read_by_all if set(parts.values()) & set(MONEY.findall(text))]


def public(t: Trip) -> list[str]:
    """All that was ever sent to where others read along, in every wording that it had."""
    telegram = [str(p.get("text", "")) for _, p in t.n.telegram.calls if p.get("chat_id") == t.ana.group]
    slack = [str(a) for method, a in t.n.slack.calls if method in ("chat.postMessage", "chat.update")]
    [session] = t.n.discord.gateway.sessions.values()
    discord = [str(e["d"]) for e in session.log if e["t"] in ("MESSAGE_CREATE", "MESSAGE_UPDATE")]
    return [*telegram, *slack, *discord]


async def paid(page: str) -> None:
    """Press "pay" on the hosted page and go where it sends the browser."""
    async with aiohttp.ClientSession() as browser, browser.post(page, data={"action": "pay"}) as answer:
        assert answer.status == 200


async def papers_come(t: Trip) -> None:
    """The voucher and the calendar on every network: as files, or as a link where such a file is not taken."""
    await t.n.later(minutes=1)
    for phone in t.all:
        await phone.shown(lambda m: any(f.endswith(".pdf") for f in m.files))
    for phone in (t.ana, t.chi, t.dee):
        await phone.shown(lambda m: "trip.ics" in m.files)
    calendar = await t.ben.shown("trip.ics")
    async with aiohttp.ClientSession() as browser, browser.get(calendar.links[0]) as answer:
        assert (await answer.read()).startswith(b"BEGIN:VCALENDAR"), calendar
    await t.all_see("Budget: what is booked")


async def what_is_said_changes(t: Trip) -> None:
    """A reply, a reaction, an edit and a deletion are carried to where the message stands."""
    await t.n.later(minutes=1)
    said = await t.chi.say("The ferry leaves at 7")
    copies = {phone: await phone.shown("The ferry leaves at 7") for phone in (t.ana, t.ben, t.dee)}
    assert copies[t.dee].by == "Chi" and copies[t.ana].text.startswith("Chi: ")

    await t.ben.say("Which pier?", reply_to=copies[t.ben].id)
    answered = await t.ana.shown("Ben: Which pier?")
    assert f"{t.ana.group}/{answered.reply_to}" == copies[t.ana].id
    for phone in (t.chi, t.dee):
        await phone.shown("↩ Chi: The ferry leaves at 7\nWhich pier?")

    await t.dee.people.react(t.dee.room, "Dee", copies[t.dee].id, "👍")
    await t.ana.shown(lambda m: m.id == copies[t.ana].id and m.reactions == ("👍",))
    await soon(lambda: "+1" in t.chi.room.messages[said].reactions)
    assert not [m for m in t.ben.seen() if "👍" in m.text], "nobody else is told of a reaction in words"

    await t.chi.people.edit(t.chi.ws, t.chi.room, said, "The ferry leaves at 8")
    for phone in (t.ana, t.dee):
        edited = await phone.shown("The ferry leaves at 8")
        assert edited.id == copies[phone].id
    assert "replaces an earlier message" in (await t.ben.shown("The ferry leaves at 8")).text

    slip = await t.dee.say("My password is hunter2")
    for phone in (t.ana, t.ben, t.chi):
        await phone.shown("hunter2")
    await t.dee.people.delete(t.dee.room, slip)
    await soon(lambda: not [m for p in (t.ana, t.chi) for m in p.seen() if "hunter2" in m.text])
    await t.ben.shown("an earlier message has been withdrawn")


async def one_is_asked_in(t: Trip) -> None:
    """After a day without a word from Ben, WhatsApp takes only a template; what was said meanwhile follows it."""
    await t.n.later(minutes=25 * 60)
    await t.chi.say("See you at the pier")
    await t.ana.shown("See you at the pier")
    asked = await t.ben.shown("Hello Ben")
    assert not [m for m in t.ben.seen() if "See you" in m.text]
    await t.ben.press(asked, asked.labels[0])
    await t.ben.shown("See you at the pier")


async def test_the_owner_looks_into_things_on_all_four_and_nobody_else_does(trip: Trip) -> None:
    """Ana, who came first, shows that her four accounts are hers; then she asks on each network."""
    n = trip.n
    own: Sequence[Phone] = (WhatsApp("Ana", n.whatsapp), Slack("Ana", n.slack), Discord("Ana", n.discord))
    at_home = Telegram("Ana", n.telegram)
    for account in own:
        await one_person(at_home, account)
    guests: Sequence[Phone] = (Telegram("Eve", n.telegram), trip.ben, trip.chi, trip.dee)
    in_groups: Sequence[Phone] = (
        trip.ana, own[0], Slack("Ana", n.slack, room=trip.chi.room), Discord("Ana", n.discord, room=trip.dee.room)
    )  # fmt: skip
    for phone, guest in zip(in_groups, guests, strict=True):
        await n.later(minutes=1)
        watched = {p: p.read for p in trip.all if p is not trip.ana}
        for command, words in (("/admin", "/admin people"), ("/why", "Why")):
            before = phone.read
            await phone.ask(command)
            told = await phone.shown(words, before)
            assert told.alone, (phone, command)
        assert not [m for p, seen in watched.items() for m in p.seen() if m.id not in seen and "/admin p" in m.text]
        before = guest.read
        await guest.ask("/admin")
        assert (await guest.shown("You may not do that", before)).alone


async def one_person(known: Phone, new: Phone) -> None:
    """A code from the one account, said in the other; then both agree by a button."""
    await new.ask("/start")
    await new.shown("Welcome")
    before = known.read
    await known.ask("/me link")
    code = CODE.findall((await known.shown(lambda m: bool(CODE.search(m.text)), before)).text)[0]
    await new.ask(f"/me link {code}")
    await agree(new)
    await agree(known)
    await known.shown("are one person here now", before)


async def agree(phone: Phone) -> None:
    asked: Seen = await phone.shown(lambda m: "Yes" in "".join(m.labels))
    await phone.press(asked, next(label for label in asked.labels if "Yes" in label))
