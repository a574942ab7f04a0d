"""What every Thread can ask Caravan itself: ping, help, status, why."""

from collections.abc import Awaitable, Callable, Sequence

from bot import reasons
from bot.capability import Capability, Effect, Registry, Text, capability
from bot.content import Card, Draft, Press
from bot.history import History, words_now
from bot.members import require_member
from bot.model import Entry
from bot.people import KEEPERS, may
from bot.places import shown_entry
from bot.ports import Ask, Reply, Store
from bot.texts import say

HELP_TOPICS = ("search", "trip", "book", "payments", "personas", "memory", "chat", "caravan", "admin")
ASKING_FOR_HELP = (
    "help", "what can you do", "what can you help me with", "what can you help us with", "what can i ask you",
    "what are you able to do", "what sort of things can you do", "how can you help us", "how does this work",
    "how does caravan work", "what can this bot do",
    "how do i use this", "how do i use you", "how do we use you", "show me how this works",
    "show me what you can do", "tell me what you can do", "which commands are there",
    "list your commands", "show me the commands", "what are the commands",
    "explain {topic}",
)  # fmt: skip
# States of Deliveries that /why tells of.
_STATES = {"lost": ("failed", "unknown", "dropped", "open"), "held": ("held",), "digest": ("digest",)}
Ready = Callable[[], Awaitable[dict[str, str]]]


class House:
    """Capabilities about Caravan and about what it did."""

    def __init__(self, store: Store, registry: Registry, history: History, ready: Ready) -> None:
        self._store, self._registry, self._history, self._ready = store, registry, history, ready

    @capability("Answer with the same text", command="ping", effect=Effect.CHANGE)
    async def ping(self, ask: Ask, *, text: Text = "") -> Reply:
        return Reply(drafts=(Draft(text=say("pong", text=text).strip()),))

    @capability(
        "Show what I can do", command="help",
        phrases=ASKING_FOR_HELP,
    )  # fmt: skip
    async def help(self, ask: Ask, *, topic: Text = "") -> Reply:
        asked = topic.strip().lstrip("/").casefold()
        found = self._registry.command(asked) if asked else None
        if found and may(ask.person, found.role) and not (found.role in KEEPERS and asked == found.topic):
            return _told(ask, self._about(found), [found])
        shown = [c for c in self._shown(ask) if asked and c.topic in (asked, self._topic(asked))]
        if shown:
            title = say(f"topic_{shown[0].topic}")
            return _told(ask, Card(title=title, lines=tuple(_line(c) for c in shown)), shown)
        return Reply(drafts=(Draft(card=self._overview(ask), buttons=(*self._first_steps(), *self._topics(ask))),))

    def _topic(self, title: str) -> str:
        return next((t for t in HELP_TOPICS if say(f"topic_{t}").casefold() == title), "")

    def _overview(self, ask: Ask) -> Card:
        lines = [say("help_intro")]
        for topic in HELP_TOPICS:
            commands = " · ".join(f"/{c.command}" for c in self._openly(ask) if c.topic == topic)
            if commands:
                lines.append(f"**{say(f'topic_{topic}')}** {commands}")
        return Card(title=say("help_title"), lines=(*lines, *(_line(c) for c in self._openly(ask) if not c.topic)))

    def _shown(self, ask: Ask) -> list[Capability]:
        return [c for c in self._registry if c.command and not c.hidden and may(ask.person, c.role)]

    def _openly(self, ask: Ask) -> list[Capability]:
        """Those that others may see listed; what is for keepers only where they are alone."""
        return [c for c in self._shown(ask) if ask.private or c.role not in KEEPERS]

    def _first_steps(self) -> tuple[Press, ...]:
        wanted = [self._registry.get(n) for n in ("create_persona", "create_itinerary")]
        return tuple(Press(label=c.told, call=c.name) for c in wanted if c)

    def _topics(self, ask: Ask) -> tuple[Press, ...]:
        there = {c.topic for c in self._openly(ask)}
        return tuple(Press(label=say(f"topic_{t}"), call="help", args={"topic": t}) for t in HELP_TOPICS if t in there)

    def _about(self, found: Capability) -> Card:
        titles = ((p.required, found.title(p)) for p in found.parameters)
        words = " ".join(f"<{title}>" if required else f"[{title}]" for required, title in titles)
        examples = [f"“{said}”" for said in found.examples[:3]]
        return Card(title=f"/{found.command} {words}".strip(), lines=(found.told, *examples))

    @capability("Show whether everything works", command="status", phrases=("is everything working",))
    async def status(self, ask: Ask) -> Reply:
        state = await self._ready()
        keeper = ask.private and ask.person.role in KEEPERS
        lines = tuple(_state(name, wrong, keeper) for name, wrong in state.items())
        lines = (say("status_not_fine" if any(state.values()) else "status_fine"), *lines)
        return Reply(drafts=(Draft(card=Card(title=say("status_title"), lines=lines)),), data={"status": state})

    @capability(
        "Explain why I did or did not answer", command="why", private=True,
        phrases=("why", "why so", "why is that", "why that one", "why this one", "why did you not answer",
                 "why did nobody answer", "why did you say that"),
    )  # fmt: skip
    async def why(self, ask: Ask) -> Reply:
        """The decision and rule behind the message replied to, or behind the last few Entries."""
        require_member(ask.thread, ask.person)
        about = await shown_entry(self._store, ask.entry.reply_to if ask.entry else "")
        recent = await self._history.recent(ask.thread.id, 200)
        if about is not None and about.thread == ask.thread.id:
            entries = [about]
        else:
            entries = [e for e in recent if not ask.entry or e.id != ask.entry.id][-6:]
        now = words_now((*entries, *recent))
        keeper = ask.person.role in KEEPERS
        told = (_because(e, now.get(e.id, ""), reasons.told(e.outcome, self._registry, codes=keeper)) for e in entries)
        lines = tuple(told) or (say("why_nothing"),)
        return Reply(drafts=(Draft(card=Card(title=say("why_title"), lines=lines)),))


def _told(ask: Ask, card: Card, about: Sequence[Capability]) -> Reply:
    """What is for keepers is told to the asker alone."""
    secret = any(c.role in KEEPERS for c in about)
    return Reply(drafts=(Draft(card=card, only_for=(ask.person.id,) if secret else ()),))


def _line(c: Capability) -> str:
    return f"**/{c.command}** {c.told}"


def _state(name: str, wrong: str, keeper: bool) -> str:
    """One line of /status: what something is to a traveller; keepers read its own name and what is wrong with it."""
    known = f"status_{name}"
    called = say(known) if known in say else name
    if keeper and called != name:
        called = f"{called} ({name})"
    return f"⚠️ {called}: {wrong if keeper else say('status_away')}" if wrong else f"✅ {called}"


def _because(entry: Entry, words: str, reason: str) -> str:
    """One line of /why, in the words that stand now; what others were told alone is not repeated."""
    said = f"“{_short(words)}”" if words else _happened(entry.what)
    who = f"{entry.name}: " if entry.name else ""
    states = [d.state for d in entry.deliveries]
    counts = {key: sum(state in of for state in states) for key, of in _STATES.items()}
    told = ", ".join(say(f"why_{key}", count=count) for key, count in counts.items() if count)
    sent = f" ({told})" if told else ""
    return f"{who}{said} → {reason or say('why_open')}{sent}"


def _happened(what: str) -> str:
    return say(f"why_{what}") if f"why_{what}" in say else what


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:39]}…"
