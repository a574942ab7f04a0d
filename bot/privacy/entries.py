"""One Entry without a person: their words, files and what was answered to them gone, everything else in its place."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from bot.codec import from_plain, to_plain
from bot.content import Content
from bot.model import Answer, Entry
from bot.ports import Subject
from bot.privacy.scrubbing import ERASED, Scrubber

_KEPT = ("kind", "job", "topic")


def is_theirs(entry: Entry, subject: Subject) -> bool:
    """Whether an Entry is what a Person said or did, or what came of it."""
    if entry.person in (subject.person, subject.pseudonym) or entry.author in subject.identities:
        return True
    return entry.value.get("person") in (subject.person, subject.pseudonym)


def files_of(entry: Entry) -> set[str]:
    """Keys of the files that an Entry brought or that were sent with its Answers."""
    return {f.key for f in (*entry.files, *(f for a in entry.answers for f in a.content.files))}


class WithoutThem:
    """Makes Entries anew."""

    def __init__(self, scrubber: Scrubber) -> None:
        self._scrub, self._subject = scrubber, scrubber.subject
        self._personas = frozenset(self._subject.personas)

    def entry(self, entry: Entry) -> Entry:
        """The Entry without them; the same object if nothing in it is about them."""
        cleared = self._theirs(entry) if is_theirs(entry, self._subject) else self._others(entry)
        if to_plain(cleared) == to_plain(entry):
            return entry
        return replace(cleared, version=entry.version)

    def _theirs(self, entry: Entry) -> Entry:
        said = {name: entry.value[name] for name in _KEPT if name in entry.value}
        bare = replace(
            entry, text=ERASED if entry.text else "", name=ERASED if entry.name else "", files=(), location=None,
            outcome=self._scrub.words(entry.outcome),
            person=self._subject.pseudonym if entry.person else "",
            value={**said, "person": self._subject.pseudonym} if "person" in entry.value else said,
            answers=tuple(self._gone(a) for a in entry.answers),
        )  # fmt: skip
        return self._scrub.document(bare, self._scrub.ids)

    def _others(self, entry: Entry) -> Entry:
        """Other people's own words stay as they said them, but for the names; what we say of the Person goes."""
        answers = tuple(self._gone(a) if a.author in self._personas else self._answer(a) for a in entry.answers)
        value = self._scrub.plain(without_lines_of(entry.value, self._scrub.names))
        bare = replace(entry, answers=answers, value={}, outcome=self._scrub.words(entry.outcome))
        scrubbed = self._scrub.document(bare, self._scrub.ids)
        return replace(scrubbed, value=value, text=self._scrub.within(entry.text))

    def _answer(self, answer: Answer) -> Answer:
        if answer.only_for and set(answer.only_for) <= {self._subject.person, self._subject.pseudonym}:
            return self._gone(answer)
        content = from_plain(self._scrub.plain(to_plain(answer.content)), Content)
        return replace(answer, content=content, name=self._scrub.words(answer.name))

    def _gone(self, answer: Answer) -> Answer:
        name = ERASED if answer.author in self._personas else self._scrub.words(answer.name)
        return replace(answer, content=Content(text=ERASED), name=name)


def without_lines_of(value: Any, names: Collection[str]) -> Any:
    """JSON in which what somebody of these names said (`author` and `text` side by side) is gone."""
    if isinstance(value, Mapping):
        if value.get("author") in names and "text" in value:
            return {**value, "author": ERASED, "text": ERASED}
        return {k: without_lines_of(v, names) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [without_lines_of(v, names) for v in value]
    return value
