"""What was last shown to choose from: the numbered offers of a list, with the price that its card says. Pure."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.consent.ballots import Choice
from bot.consent.texts import say
from bot.content import Fact
from bot.glossary import means
from bot.history import offers_of
from bot.model import Entry
from bot.ports import Call

_PRICES = ("Price", "About")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """One offer of a list; `kind` as its supplier calls it; `starts`: its local time, "" if it has none."""

    ref: str
    title: str
    kind: str
    starts: str = ""
    fact: Fact | None = None


def offered(entries: Sequence[Entry], kind: str = "") -> tuple[Offered, ...]:
    """The newest list among Entries (oldest first), of that kind if one is given, as it was numbered."""
    known = {o["ref"]: o for e in entries for o in _shown(e) if o.get("title")}
    facts = {f.ref: f for e in entries for f in _prices(e)}
    for entry in reversed(entries):
        refs = [ref for ref in offers_of(entry.value) if ref in known]
        found = tuple(_offer(known[ref], facts.get(ref)) for ref in dict.fromkeys(refs))
        if found and (not kind or all(o.kind == kind for o in found)):
            return found
    return ()


def kinds(entries: Sequence[Entry]) -> dict[str, str]:
    """How people call the kinds of what was shown: "hotels" -> "hotel"."""
    found = {str(o.get("kind", "")) for e in entries for o in _shown(e)} - {""}
    return {word: kind for kind in found for word in _called(kind)}


def choices(offers: Sequence[Offered], then: str) -> tuple[Choice, ...]:
    """Offers as things to vote for; `then`: the Capability that the winner is given to, "" for none."""
    labels = _labels(offers)
    return tuple(
        Choice(
            id=str(n), label=label, ref=o.ref, fact=o.fact, detail=_detail(o.fact),
            then=Call(name=then, args={"offer": o.ref}) if then else None,
        )
        for n, (o, label) in enumerate(zip(offers, labels, strict=True), 1)
    )  # fmt: skip


def _labels(offers: Sequence[Offered]) -> list[str]:
    """Titles, with the time where they are the same, with numbers where that is the same too."""
    labels = [o.title for o in offers]
    twice = _twice(labels)
    labels = [f"{x} {o.starts}" if x in twice and o.starts else x for x, o in zip(labels, offers, strict=True)]
    twice = _twice(labels)
    return [f"{n}. {x}" if x in twice else x for n, x in enumerate(labels, 1)]


def _twice(labels: Collection[str]) -> set[str]:
    return {label for label, times in Counter(labels).items() if times > 1}


def _detail(fact: Fact | None) -> str:
    if fact is None:
        return ""
    return say("about", price=fact.value) if means(fact.label, "About") else fact.value


def _called(kind: str) -> Iterator[str]:
    yield kind
    yield f"{kind}s"
    yield f"{kind}es"
    if kind.endswith("y"):
        yield f"{kind[:-1]}ies"


def _offer(datum: dict[str, Any], fact: Fact | None) -> Offered:
    return Offered(
        ref=datum["ref"], title=datum["title"], kind=str(datum.get("kind", "")),
        starts=str(datum.get("starts_at", ""))[11:16], fact=fact,
    )  # fmt: skip


def _shown(entry: Entry) -> Iterator[dict[str, Any]]:
    for found in entry.value.get("data", ()):
        if isinstance(found, dict):
            yield from found.get("offers", ())


def _prices(entry: Entry) -> Iterator[Fact]:
    for answer in entry.answers:
        facts = answer.content.card.facts if answer.content.card and not answer.only_for else ()
        yield from (f for f in facts if f.minor is not None and any(means(f.label, p) for p in _PRICES))
