"""Likes and dislikes: a press on an offer teaches the presser's active persona, and only that one."""

from dataclasses import replace

from bot.capability import Effect, Text, capability
from bot.content import Draft
from bot.documents import Delete, Insert, Op, Replace
from bot.errors import Explain
from bot.members import require_member
from bot.model import Persona
from bot.ports import Ask, Reply, Store
from personas.documents import LIKES, Liking
from personas.finding import Finder
from personas.liking import leading_tag, learned_from
from personas.sharing import spread
from personas.texts import say
from personas.vocabulary import label, singular

_READ = 2000


class Likes:
    """The hidden capabilities behind 👍 and 👎."""

    def __init__(self, store: Store) -> None:
        self._store, self._finder = store, Finder(store)

    @capability("Like an offer", effect=Effect.CHANGE, hidden=True)
    async def like(self, ask: Ask, *, ref: Text, tags: Text = "", title: Text = "") -> Reply:
        """`tags`: comma separated. The same thing counts once for a persona; a dislike turns it round."""
        return await self._rate(ask, ref, tags, title, liked=True)

    @capability("Dislike an offer", effect=Effect.CHANGE, hidden=True)
    async def dislike(self, ask: Ask, *, ref: Text, tags: Text = "", title: Text = "") -> Reply:
        return await self._rate(ask, ref, tags, title, liked=False)

    async def _rate(self, ask: Ask, ref: str, tags: str, title: str, *, liked: bool) -> Reply:
        require_member(ask.thread, ask.person)
        persona = await self._finder.active(ask)
        if persona is None:
            return _told(ask, say("likes_need_persona"))
        if not persona.learning:
            return _told(ask, say("not_learning", name=persona.name))
        before = await self._store.get(LIKES, f"{persona.id}:{ref}")
        if before is not None and before.liked is liked:
            return _told(ask, say("rated_already", name=persona.name))
        liking = Liking(
            id=f"{persona.id}:{ref}", persona=persona.id, ref=ref, liked=liked, tags=read_tags(tags), at=ask.now,
            title=title[:200], version=before.version if before else 0,
        )  # fmt: skip
        ops, after = await self._learned(persona, liking)
        return replace(_told(ask, _said(after, liking)), ops=ops)

    async def _learned(self, persona: Persona, liking: Liking) -> tuple[tuple[Op, ...], Persona]:
        """The persona as all its likes together teach it."""
        others = await self._store.find(LIKES, {"persona": persona.id}, order="-at", limit=_READ)
        learned = learned_from([liking, *(x for x in others if x.id != liking.id)])
        after = replace(persona, learned=learned)
        kept: Op = Replace(LIKES, liking) if liking.version else Insert(LIKES, liking)
        return (kept, *await spread(self._store, after)), after

    @capability("Delete what a persona learned from likes", effect=Effect.CHANGE, hidden=True)
    async def unlearn(self, ask: Ask, *, persona: Text) -> Reply:
        """It goes on learning afresh."""
        found = await self._finder.mine(ask, persona)
        likes = await self._store.find(LIKES, {"persona": found.id}, order="at", limit=10_000)
        if not likes and not found.learned:
            raise Explain(say("nothing_learned", name=found.name))
        ops = await spread(self._store, replace(found, learned={}))
        ops += [Delete(LIKES, liking) for liking in likes]
        return replace(_told(ask, say("unlearned", name=found.name)), ops=tuple(ops))


def read_tags(tags: str) -> tuple[str, ...]:
    """Comma separated tags as they are compared, each once, twelve at most."""
    named = (singular(t.strip().casefold().replace(" ", "-")) for t in tags.split(","))
    return tuple(dict.fromkeys(t[:40] for t in named if t))[:12]


def _said(persona: Persona, liking: Liking) -> str:
    lead = leading_tag(liking.tags)
    if persona.learned.get(lead, 0) <= -100:
        return say("no_more", what=label(lead), name=persona.name)
    what = say("liked_what", what=label(lead)) if lead else ""
    return say("liked" if liking.liked else "disliked", name=persona.name, what=what)


def _told(ask: Ask, text: str) -> Reply:
    """A reaction is taken silently; a press is answered, to the presser alone."""
    if ask.entry is not None and ask.entry.what == "react":
        return Reply(why=text)
    return Reply(drafts=(Draft(text=text, notice=True, only_for=(ask.person.id,)),))
