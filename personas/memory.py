"""Memory: what a persona keeps in mind about people, which they can see, correct and erase."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Annotated

from bot.capability import Effect, Slot, Text, capability
from bot.content import Draft
from bot.documents import Delete, Insert, Op, Replace
from bot.errors import AskAgain, Explain
from bot.floor import job_id
from bot.members import require_member
from bot.model import PERSONAS, Persona, Thread
from bot.ports import Ask, Call, Reply, Store
from bot.redact import redact
from personas.cards import Named, about_me
from personas.documents import MEMORIES, Memory
from personas.finding import Finder
from personas.forgetting import Traces
from personas.memory_cards import memory_card, pick_memory
from personas.statements import in_passing, leanings, merged, statements, telling_words
from personas.texts import say
from personas.vocabulary import words

MOST, LONGEST = 50, 300
Fact = Annotated[str, Slot("text", ask=say("ask_fact"))]
Which = Annotated[str, Slot("text", ask=say("ask_which_memory"))]
Right = Annotated[str, Slot("text", ask=say("ask_correction"))]


class Remembering:
    """Capabilities about memory, and the Remembers of bot/ports."""

    def __init__(self, store: Store) -> None:
        self._store, self._finder, self._traces = store, Finder(store), Traces(store)

    async def memory_of(self, persona: str, thread: Thread | None = None) -> tuple[str, ...]:
        """Lines such as “Ana: I am vegetarian”, the oldest first; with a Thread only what may be known there."""
        kept = await self._kept(persona)
        return tuple(f"{m.name}: {m.text}" for m in kept if thread is None or _may_recall(m, thread))

    async def forgotten_in(self, thread: str) -> frozenset[str]:
        """Ids of the Entries of a Thread that no brain may read again."""
        return await self._traces.forgotten_in(thread)

    def heard(self, text: str) -> Call | None:
        """`learn`, if somebody said something lasting about themselves in passing."""
        said = in_passing(text)
        return Call(name="learn", args={"text": "\n".join(said)}) if said else None

    async def _kept(self, persona: str) -> list[Memory]:
        return await self._store.find(MEMORIES, {"persona": persona}, order="at", limit=1000)

    @capability(
        "Let your persona remember something", command="remember", effect=Effect.CHANGE,
        phrases=("remember that {fact}", "please remember that {fact}", "keep in mind that {fact}", "remember {fact}",
                 "please keep in mind that {fact}", "do not forget that {fact}", "don't forget that {fact}",
                 "bear in mind that {fact}"),
    )  # fmt: skip
    async def remember(self, ask: Ask, *, fact: Fact) -> Reply:
        """The persona spoken to, else the asker's active one, keeps the fact about the asker."""
        require_member(ask.thread, ask.person)
        persona = await self._keeper(ask)
        if persona is None:
            raise Explain(say("memory_needs_persona"))
        text = tidy(fact, "fact")
        kept = await self._kept(persona.id)
        if _known(kept, ask.person.id, text):
            return Reply(drafts=(Draft(text=say("remembered_already", name=persona.name), notice=True),))
        if len(kept) >= MOST:
            raise Explain(say("memory_full", name=persona.name, most=MOST))
        return _noted(ask, persona, kept, [_memory(ask, persona, text)])

    @capability("Keep in mind what somebody said in passing", effect=Effect.CHANGE, hidden=True)
    async def learn(self, ask: Ask, *, text: Text) -> Reply:
        """The statements of a text that are new; nothing where the persona does not learn."""
        persona = await self._keeper(ask)
        if persona is None or not persona.learning:
            return Reply(why="nobody here learns in passing")
        kept = await self._kept(persona.id)
        facts = [tidy(s, "text") for s in statements(text)]
        unknown = [f for f in facts if not _known(kept, ask.person.id, f)]
        new = [_memory(ask, persona, f, n) for n, f in enumerate(unknown)]
        if not new or len(kept) + len(new) > MOST:
            return Reply(why="nothing new to keep in mind")
        return _noted(ask, persona, kept, new)

    async def _keeper(self, ask: Ask) -> Persona | None:
        """The persona spoken to, as stored now; else the asker's active one."""
        found = await self._finder.fresh(ask.persona) if ask.persona else None
        return found or await self._finder.active(ask)

    @capability(
        "Show what your personas remember", command="memory", private=True,
        phrases=("what do you remember about me", "show your memory", "what do you know about me", "show my memories",
                 "show me what you remember", "what do you remember", "show my memory",
                 "what does {name} remember"),
    )  # fmt: skip
    async def memory(self, ask: Ask, *, name: Named = "") -> Reply:
        """A card for each of the asker's personas, and for others' personas with what they know about the asker."""
        own = [await self._finder.mine(ask, name)] if name else await self._finder.of(ask.person.id)
        drafts = []
        for persona in own:
            kept = await self._kept(persona.id)
            if kept or persona.learned:
                drafts.append(memory_card(ask, persona, kept))
        if not name:
            drafts += await self._at_others(ask, frozenset(p.id for p in own))
        return Reply(drafts=tuple(drafts) or (Draft(text=say("memory_none")),))

    async def _at_others(self, ask: Ask, own: frozenset[str]) -> list[Draft]:
        about = await self._store.find(MEMORIES, {"about": ask.person.id}, order="at", limit=1000)
        theirs: dict[str, list[Memory]] = {}
        for memory in about:
            if memory.persona not in own:
                theirs.setdefault(memory.persona, []).append(memory)
        found = [(await self._store.get(PERSONAS, id), kept) for id, kept in theirs.items()]
        return [memory_card(ask, persona, kept) for persona, kept in found if persona]

    @capability("Show more of what a persona remembers", private=True, hidden=True)
    async def memory_page(self, ask: Ask, *, persona: Text, start: int) -> Reply:
        found = await self._store.get(PERSONAS, persona)
        if found is None:
            raise Explain(say("memory_unknown"))
        kept = await self._kept(persona)
        if found.owner != ask.person.id:
            kept = [m for m in kept if m.about == ask.person.id]
        return Reply(drafts=(memory_card(ask, found, kept, start),))

    @capability(
        "Let your personas forget something", command="forget", effect=Effect.CHANGE,
        phrases=("forget that {fact}", "please forget that {fact}", "forget {fact}", "you can forget that {fact}",
                 "forget about {fact}", "forget what i said about {fact}", "forget what i told you about {fact}"),
    )  # fmt: skip
    async def forget_memory(self, ask: Ask, *, fact: Which) -> Reply:
        """Erases it, and keeps what gave it away from every brain."""
        found = await self._meant(ask, fact)
        if len(found) > 1 and not same_text(found):
            return Reply(drafts=(pick_memory(ask, found, "forget_memory"),))
        return await self._forgotten(ask, found, say("forgotten"))

    @capability("Forget all that a persona remembers", effect=Effect.CHANGE, hidden=True)
    async def forget_all(self, ask: Ask, *, persona: Text) -> Reply:
        """All of one's own persona; of somebody else's what it knows about the asker."""
        found = [m for m in await self._mine(ask) if m.persona == persona]
        if not found:
            raise Explain(say("memory_unknown"))
        return await self._forgotten(ask, found, say("forgotten_all"))

    @capability(
        "Correct what your personas remember", effect=Effect.CHANGE, private=True,
        phrases=("correct what you remember about {fact} to {text}", "correct what you remember about {fact}",
                 "what you remember about {fact} is wrong"),
    )  # fmt: skip
    async def correct_memory(self, ask: Ask, *, fact: Which, text: Right) -> Reply:
        found = await self._meant(ask, fact)
        if len(found) > 1:
            return Reply(drafts=(pick_memory(ask, found, "correct_memory", text=text),))
        wrong, right = found[0], tidy(text, "text")
        corrected = replace(
            wrong, text=right, at=ask.now, source=ask.entry.id if ask.entry else "", thread=ask.thread.id,
            private=ask.thread.private and wrong.private,
        )  # fmt: skip
        kept = [corrected if m.id == wrong.id else m for m in await self._kept(wrong.persona)]
        ops = [*await self._recalling(wrong.persona, kept), *await self._hidden(ask, found)]
        said = Draft(text=say("corrected", fact=right), notice=True, only_for=(ask.person.id,))
        return Reply(ops=(Replace(MEMORIES, corrected), *ops), drafts=(said,))

    async def _mine(self, ask: Ask) -> list[Memory]:
        """What the asker may see and erase: all of their personas, and what others' know about them."""
        found = await self._store.find(MEMORIES, {"about": ask.person.id}, order="at", limit=1000)
        for persona in await self._finder.of(ask.person.id):
            found += [m for m in await self._kept(persona.id) if m.about != ask.person.id]
        return found

    async def _meant(self, ask: Ask, fact: str) -> list[Memory]:
        """The memories that an id or some words mean; Explain if there is none."""
        mine = await self._mine(ask)
        exact = [m for m in mine if m.id == fact]
        wanted = telling_words(fact) or frozenset(words(fact))
        found = exact or [m for m in mine if wanted and wanted <= frozenset(words(m.text))]
        spoken_to = [m for m in found if ask.persona and m.persona == ask.persona.id]
        if not found:
            raise Explain(say("memory_unknown"))
        return spoken_to or found

    async def _forgotten(self, ask: Ask, found: Sequence[Memory], text: str) -> Reply:
        return Reply(ops=tuple(await self._erased(ask, found)), drafts=(Draft(text=text, notice=True),))

    async def _erased(self, ask: Ask, found: Sequence[Memory]) -> list[Op]:
        """Each memory deleted, its persona without what followed from it, and its traces hidden."""
        ops: list[Op] = [Delete(MEMORIES, m) for m in found]
        gone = {m.id for m in found}
        for id in {m.persona for m in found}:
            ops += await self._recalling(id, [m for m in await self._kept(id) if m.id not in gone])
        return [*ops, *await self._hidden(ask, found)]

    async def _hidden(self, ask: Ask, found: Sequence[Memory]) -> list[Op]:
        hidden: dict[str, Op] = {}
        for memory in found:
            for op in await self._traces.hidden(ask, memory.text, await self._where(memory)):
                hidden[op.value.id] = op
        return list(hidden.values())

    async def _where(self, memory: Memory) -> frozenset[str]:
        persona = await self._store.get(PERSONAS, memory.persona)
        return frozenset({memory.thread, *(persona.seated if persona else ())} - {""})

    async def _recalling(self, id: str, kept: Sequence[Memory]) -> list[Op]:
        persona = await self._store.get(PERSONAS, id)
        return _recalled(persona, kept) if persona else []


def tidy(fact: str, parameter: str) -> str:
    """A fact as it is kept: one line, no card numbers, at most LONGEST characters (AskAgain)."""
    text = redact(" ".join(fact.split())).strip(" .!“”\"'")
    if text.casefold().startswith("that "):
        text = text[5:]
    if not text:
        raise AskAgain(parameter, say("ask_fact"))
    if len(text) > LONGEST:
        raise AskAgain(parameter, say("memory_long", most=LONGEST))
    return text


def same_text(memories: Sequence[Memory]) -> bool:
    """Whether they all say the same."""
    return len({" ".join(words(m.text)) for m in memories}) == 1


def _may_recall(memory: Memory, thread: Thread) -> bool:
    here = thread.member(memory.about) is not None
    return here and (thread.private or not memory.private)


def _known(kept: Sequence[Memory], about: str, text: str) -> bool:
    return any(m.about == about and words(m.text) == words(text) for m in kept)


def _memory(ask: Ask, persona: Persona, text: str, after: int = 0) -> Memory:
    """`after`: its place among the facts of one message, kept in its time."""
    return Memory(
        id=f"m{job_id(ask.key, persona.id, text)}", persona=persona.id, about=ask.person.id, name=ask.person.name,
        text=text, at=ask.now + timedelta(microseconds=after), source=ask.entry.id if ask.entry else "",
        thread=ask.thread.id, private=ask.thread.private,
    )  # fmt: skip


def _noted(ask: Ask, persona: Persona, kept: Sequence[Memory], new: Sequence[Memory]) -> Reply:
    ops: list[Op] = [Insert(MEMORIES, m) for m in new]
    ops += _recalled(persona, [*kept, *new])
    text = say("remembered", name=persona.name, fact="”, “".join(m.text for m in new))
    button = about_me(ask, say("button_forget"), "forget_memory", fact=new[0].id)
    draft = Draft(text=text, buttons=(button,) if len(new) == 1 else (), notice=True)
    return Reply(ops=tuple(ops), drafts=(draft,))


def _recalled(persona: Persona, kept: Sequence[Memory]) -> list[Op]:
    """The persona with what its memories mean for ranking, if that changes."""
    recalled = merged(leanings(m.text, own=m.about == persona.owner) for m in kept)
    return [Replace(PERSONAS, replace(persona, recalled=recalled))] if recalled != persona.recalled else []
