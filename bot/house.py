"""What every Thread can ask Caravan itself: ping, help, status, why."""

from collections.abc import Awaitable, Callable

from bot.capability import Capability, Effect, Registry, Text, capability
from bot.content import Card, Draft, Press
from bot.deliver import shown_entry
from bot.history import History
from bot.members import require_member
from bot.model import Entry
from bot.ports import Ask, Reply, Store
from bot.texts import say

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
        phrases=("help", "what can you do", "how does this work", "which commands are there", "help me with {topic}"),
    )  # fmt: skip
    async def help(self, ask: Ask, *, topic: Text = "") -> Reply:
        found = self._registry.command(topic.strip().lstrip("/").casefold()) if topic else None
        card = self._about(found) if found else self._overview()
        return Reply(drafts=(Draft(card=card, buttons=() if found else self._first_steps()),))

    def _overview(self) -> Card:
        lines = [f"**/{c.command}** {c.summary}" for c in self._shown()]
        return Card(title=say("help_title"), lines=(say("help_intro"), *lines))

    def _shown(self) -> list[Capability]:
        return [c for c in self._registry if c.command and not c.hidden and c.role == "traveller"]

    def _first_steps(self) -> tuple[Press, ...]:
        wanted = [self._registry.get(n) for n in ("create_persona", "create_itinerary")]
        return tuple(Press(label=c.summary, call=c.name) for c in wanted if c)

    def _about(self, found: Capability) -> Card:
        words = " ".join(f"<{p.title}>" if p.required else f"[{p.title}]" for p in found.parameters)
        examples = [f"“{p}”" for p in found.phrases if "{" not in p][:3]
        return Card(title=f"/{found.command} {words}".strip(), lines=(found.summary, *examples))

    @capability("Show whether everything works", command="status", phrases=("is everything working",))
    async def status(self, ask: Ask) -> Reply:
        state = await self._ready()
        lines = tuple(
            f"{'✅' if not wrong else '⚠️'} {name}{': ' + wrong if wrong else ''}" for name, wrong in state.items()
        )
        return Reply(drafts=(Draft(card=Card(title=say("status_title"), lines=lines)),), data={"status": state})

    @capability(
        "Explain why I did or did not answer", command="why", private=True,
        phrases=("why did you not answer", "why did nobody answer", "why did you say that"),
    )  # fmt: skip
    async def why(self, ask: Ask) -> Reply:
        """The decision and rule behind the message replied to, or behind the last few Entries."""
        require_member(ask.thread, ask.person)
        about = await shown_entry(self._store, ask.entry.reply_to if ask.entry else "")
        if about is not None and about.thread == ask.thread.id:
            entries = [about]
        else:
            recent = await self._history.recent(ask.thread.id, 12)
            entries = [e for e in recent if not ask.entry or e.id != ask.entry.id][-6:]
        lines = tuple(_because(e, ask.person.id) for e in entries) or (say("why_nothing"),)
        return Reply(drafts=(Draft(card=Card(title=say("why_title"), lines=lines)),))


def _because(entry: Entry, person: str) -> str:
    """One line of /why; what others were told alone is not repeated."""
    words = entry.text if entry.what in ("message", "command") else entry.what
    states = [d.state for d in entry.deliveries]
    sent = f" · {states.count('sent')}/{len(states)} delivered" if states else ""
    return f"“{words[:40]}” ({entry.name or 'Caravan'}): {entry.outcome or 'no decision yet'}{sent}"
