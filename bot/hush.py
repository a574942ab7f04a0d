"""Who does not want every message of a trip at once in their own chat, and what comes at once all the same. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b

from bot.model import Answer, Delivery, Entry, Hush, Job, Thread

DIGEST = "digest"
# Money and bookings are told at once.
_PRESSING = frozenset(("payment", "supplier"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hushed:
    """Deliveries with those that wait for a digest, and the Thread and Jobs that make these digests."""

    deliveries: tuple[Delivery, ...]
    thread: Thread
    jobs: tuple[Job, ...]


def hushed(
    thread: Thread, entry: Entry, answers: Sequence[Answer], deliveries: Sequence[Delivery], pressed: frozenset[str],
    now: datetime,
) -> Hushed:  # fmt: skip
    """What waits waits as "digest". `pressed`: Person ids who may press a button of these Answers."""
    said = {a.id: a for a in answers}
    kept = tuple(
        replace(d, state=DIGEST) if _waits(thread, entry, said.get(d.answer), d, pressed) else d for d in deliveries
    )
    waiting = [d.place for d in kept if d.state == DIGEST]
    jobs = []
    for place in dict.fromkeys(waiting):
        hush = thread.hushed[place]
        if hush.minutes and hush.due is None:
            hush = replace(hush, due=now + timedelta(minutes=hush.minutes))
            thread = replace(thread, hushed={**thread.hushed, place: hush})
            jobs.append(digest_job(thread.id, place, hush, hush.due or now))
    return Hushed(deliveries=kept, thread=thread, jobs=tuple(jobs))


def digest_job(thread: str, place: str, hush: Hush, due: datetime) -> Job:
    """Tells in one message what has waited."""
    where = blake2b(place.encode(), digest_size=6).hexdigest()
    id = f"{thread}-digest-{where}-{hush.since}-{int(due.timestamp())}"
    args = {"place": place, "since": hush.since}
    return Job(id=id, name=DIGEST, thread=thread, due_at=due, args=args)


def _waits(thread: Thread, entry: Entry, answer: Answer | None, delivery: Delivery, pressed: frozenset[str]) -> bool:
    hush = thread.hushed.get(delivery.place)
    if hush is None or delivery.place == entry.place or delivery.state != "pending":
        return False
    if answer is not None and (answer.only_for or entry.what in _PRESSING):
        return False
    if answer is not None and answer.content.poll is not None and hush.minutes and not answer.replaces:
        return False
    if (answer.reply_to if answer else entry.reply_to).startswith(f"{delivery.place}:"):
        return False
    mine = [m for m in thread.present if delivery.place in m.places]
    text = _text(answer) if answer else entry.text
    return not any(m.person in pressed or _names(text, m.name) for m in mine)


def _names(text: str, name: str) -> bool:
    return (
        bool(name.strip()) and re.search(rf"(?<!\w)@?{re.escape(name.strip())}(?!\w)", text, re.IGNORECASE) is not None
    )


def _text(answer: Answer) -> str:
    card = answer.content.card
    return "\n".join((answer.content.text, *((card.title, *card.lines) if card else ())))
