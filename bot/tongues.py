"""`/language`: which language a person is written to in, and which one all of a chat."""

from dataclasses import replace

from bot.capability import Effect, Text, capability
from bot.content import Card, Draft, Press
from bot.documents import Op, Replace
from bot.errors import Explain
from bot.language import ENGLISH, LANGUAGES, SWAHILI, known, speaking
from bot.members import require_member
from bot.model import PEOPLE
from bot.people import People
from bot.ports import Ask, Reply
from bot.texts import say

_NAMED = {
    "english": ENGLISH, "kiingereza": ENGLISH, "swahili": SWAHILI, "kiswahili": SWAHILI,
}  # fmt: skip
_HERE = frozenset(("here", "chat", "group", "trip", "all", "hapa", "kikundi", "wote", "sote"))


class Tongues:
    """Capabilities about languages."""

    def __init__(self, people: People) -> None:
        self._people = people

    @capability(
        "Choose your language · Chagua lugha", command="language", effect=Effect.CHANGE,
        phrases=("change the language", "change my language", "which languages do you speak", "speak {words} to me"),
    )  # fmt: skip
    async def language(self, ask: Ask, *, words: Text = "") -> Reply:
        """Nothing: the languages to press. A language: from now on with the asker; "here" and one: with all of a chat.

        The card of a group is for all of it: whoever presses chooses for themselves."""
        said = words.casefold().split()
        if not said:
            return Reply(drafts=(_card(ask),))
        language = next((found for word in said if (found := _NAMED.get(word) or known(word))), "")
        if not language:
            raise Explain(say("language_unknown", languages=", ".join(LANGUAGES.values())))
        return await (self._here if _HERE.intersection(said) else self._mine)(ask, language)

    @capability("Speak this language to me", effect=Effect.CHANGE, hidden=True)
    async def language_mine(self, ask: Ask, *, language: Text) -> Reply:
        """For whoever presses."""
        return await self._mine(ask, known(language) or ENGLISH)

    @capability("Speak this language to all here", effect=Effect.CHANGE, hidden=True)
    async def language_here(self, ask: Ask, *, language: Text) -> Reply:
        """For a group; any member may."""
        return await self._here(ask, known(language) or ENGLISH)

    async def _mine(self, ask: Ask, language: str) -> Reply:
        person = await self._people.now(ask.person)
        ops: tuple[Op, ...] = ()
        if person.language != language:
            ops = (Replace(PEOPLE, replace(person, language=language)),)
        alone = len(ask.thread.present) < 2 and not ask.thread.private
        thread = replace(ask.thread, language=language) if alone and ask.member else None
        return Reply(ops=ops, thread=thread, drafts=(_told("language_set", language, ask),))

    async def _here(self, ask: Ask, language: str) -> Reply:
        if ask.thread.private:
            return await self._mine(ask, language)
        require_member(ask.thread, ask.person)
        return Reply(
            thread=replace(ask.thread, language=language), drafts=(_told("language_chat_set", language, ask),)
        )  # fmt: skip


def _told(key: str, language: str, ask: Ask) -> Draft:
    """In the language that was just chosen, whoever reads it."""
    with speaking(language):
        return Draft(text=say.plain(key, name=ask.person.name), notice=True)


def _card(ask: Ask) -> Draft:
    lines = list(map(_now, LANGUAGES))
    buttons = [Press(label=name, call="language_mine", args={"language": code}) for code, name in LANGUAGES.items()]
    if not ask.thread.private:
        lines.append(say("language_here", language=LANGUAGES[ask.thread.language or ENGLISH]))
        buttons += [
            Press(label=say("language_chat", language=name), call="language_here", args={"language": code})
            for code, name in LANGUAGES.items()
        ]  # fmt: skip
    return Draft(card=Card(title=say("language_title"), lines=tuple(lines)), buttons=tuple(buttons))


def _now(language: str) -> str:
    with speaking(language):
        return say.plain("language_press")
