"""Router: what an Entry asks for, decided by fixed rules: command, press, answer, persona, plain talk."""

from collections.abc import Awaitable, Callable, Mapping

import structlog
from structlog.contextvars import bind_contextvars

from bot.attending import Attending
from bot.audit import AuditLog
from bot.calls import NO_ANSWER, Calls, check_press
from bot.content import Draft
from bot.errors import AskAgain, CaravanError, Explain, NotAllowed, RetryLater, Unknown
from bot.floor import FloorControl
from bot.invites import invited_by
from bot.language import speak
from bot.members import Membership
from bot.model import ENTRIES, TOKENS, Entry, Person
from bot.pauses import Pauses
from bot.places import shown_entry
from bot.ports import Store
from bot.redact import HIDDEN
from bot.strangers.service import Strangers
from bot.texts import say
from bot.turn import Route, Turn

_log = structlog.get_logger()

News = Callable[[Turn], Awaitable[None]]
TEXT_LIMIT = 20_000
# Who is told when people came to a Thread or left it.
MEMBERS_CHANGED = "members_changed"
# What holds words that somebody typed.
_WORDS = ("message", "command", "edit")


class Router:
    """Fills a Turn from its Entry. `news`: what an Entry of our own is -> who handles it, where several share a kind

    as `"{what}:{topic}"`, with the topic in the Entry's value."""

    def __init__(
        self, store: Store, membership: Membership, calls: Calls, floor: FloorControl, news: Mapping[str, News],
        audit: AuditLog, pauses: Pauses, strangers: Strangers, attending: Attending,
    ) -> None:  # fmt: skip
        self._attending = attending
        self._store, self._membership, self._strangers = store, membership, strangers
        self._calls, self._floor, self._audit, self._pauses = calls, floor, audit, pauses
        self._rules: dict[str, News] = {
            "message": self._message, "command": self._command, "press": self._press, "edit": self._edit,
            "delete": self._delete, "react": self._react, "member": self._member, **news,
        }  # fmt: skip

    async def handle(self, turn: Turn) -> Route:
        """Decide and gather; never raises for what people or networks send, only when the Store is away."""
        bind_contextvars(trace=turn.entry.value.get("entry") or turn.entry.id)
        removed = False
        try:
            if turn.entry.author:
                await self._membership.seen(turn)
            turn.language = await self._membership.language(turn)
            speak(turn.language)
            rule = self._rule(turn.entry)
            if await self._strangers.stop(turn):
                pass
            elif rule is None:
                why = turn.entry.value.get("ignored")
                turn.because(f"ignored: {why}" if why else f"kept: nothing to do for {turn.entry.what}")
            else:
                removed = turn.entry.what in _WORDS and HIDDEN in turn.entry.text
                await rule(turn)
        except (RetryLater, Unknown):
            raise  # the Store is away: the lane tries again
        except CaravanError as kind:
            self._explain(turn, kind)
        except Exception:
            _log.exception("turn failed", entry=turn.entry.id)
            turn.undo("an error of ours")
            turn.because("an error of ours")
            turn.say(Draft(text=say("went_wrong"), notice=True, only_for=_only(turn.person)))
        if removed and turn.person is not None:
            turn.say(Draft(text=say("card_removed"), notice=True, only_for=(turn.person.id,)))
        if turn.noted:
            await self._audit.seal(turn)
        await self._strangers.hide(turn)
        return await self._membership.route(turn)

    def _rule(self, entry: Entry) -> News | None:
        topic = entry.value.get("topic")
        return (self._rules.get(f"{entry.what}:{topic}") if topic else None) or self._rules.get(entry.what)

    def _explain(self, turn: Turn, kind: CaravanError) -> None:
        turn.undo(type(kind).__name__)
        turn.because(type(kind).__name__)
        theirs = isinstance(kind, AskAgain | Explain | NotAllowed) and kind.args
        text = kind.args[0] if theirs else say("went_wrong")
        turn.say(Draft(text=text, notice=True, only_for=_only(turn.person)))

    async def _message(self, turn: Turn) -> None:
        entry = turn.entry
        if entry.text.startswith("/") and len(entry.text.strip()) > 1:
            await self._command(turn)
            return
        if turn.person is not None and (code := invited_by(entry)):
            turn.because("an invitation's code")
            await self._calls.call(turn, turn.person, "link", {"code": code})
            return
        turn.carry()
        if entry.value.get("ignored"):
            turn.because(f"ignored: {entry.value['ignored']}")
            return
        if entry.value.get("refused"):
            turn.say(Draft(text=str(entry.value["refused"]), notice=True, reply_to=entry.id))
        if len(entry.text) > TEXT_LIMIT:
            raise Explain(say("too_long", limit=TEXT_LIMIT))
        person = turn.person
        if person is None or not (entry.text.strip() or entry.files or entry.location):
            turn.because("nothing was said")
            return
        await self._replied(turn)
        if not self._floor.named(turn) and await self._calls.answered(turn, person):
            return
        speakers, why = await self._floor.who_speaks(turn, person)
        turn.because(why)
        if not self._floor.named(turn) and await self._attending.called_absent(turn, person):
            return
        if silence := await self._pauses.silenced(turn.thread.id, speakers):
            raise Explain(silence)
        if speakers:
            self._strangers.guard.work(person)
            await self._floor.give(turn, person, speakers)
        elif self._floor.for_caravan(turn) or (turn.value.get(NO_ANSWER) and not self._floor.to_other(turn, person)):
            await self._attending.understood(turn, person)
            if self._floor.for_caravan(turn):
                await self._floor.answered(turn, person.id, "")
        elif self._floor.goes_on_with_caravan(turn, person) and await self._attending.goes_on(turn, person):
            await self._floor.answered(turn, person.id, "")

    async def _member(self, turn: Turn) -> None:
        new = not turn.thread.members
        await self._membership.changed(turn)
        if new:
            turn.language = await self._membership.language(turn)
            speak(turn.language)
        counts = self._rules.get(MEMBERS_CHANGED)
        if counts is not None and not new:
            await counts(turn)
        if new and turn.person is not None:
            await self._attending.welcome(turn, turn.person)

    async def _replied(self, turn: Turn) -> None:
        """Note whom of ours a message replies to, for the floor."""
        about = await shown_entry(self._store, turn.entry.reply_to)
        answer = next((a for a in about.answers if a.id == turn.entry.reply_to), None) if about else None
        if answer is not None:
            turn.value = {**turn.value, "reply_persona": answer.author, "reply_caravan": not answer.author}

    async def _command(self, turn: Turn) -> None:
        if turn.person is not None:
            await self._calls.command(turn, turn.person)

    async def _press(self, turn: Turn) -> None:
        token = await self._store.get(TOKENS, str(turn.entry.value.get("token", "")))
        if turn.person is None or token is None or token.thread != turn.thread.id:
            raise Explain(say("expired"))
        check_press(token, turn.person, turn.now)
        if turn.thread.member(turn.person.id) is None:
            raise NotAllowed(say("not_member"))
        await self._calls.pressed(turn, turn.person, token)

    async def _edit(self, turn: Turn) -> None:
        if not await self._own(turn):
            turn.because("ignored: an edit of a message that is not known or not theirs")
            return
        turn.because("the message was edited")
        turn.carry("edit")

    async def _delete(self, turn: Turn) -> None:
        if not await self._own(turn):
            turn.because("ignored: a deletion of a message that is not known or not theirs")
            return
        turn.because("the message was deleted")
        turn.carry("delete")

    async def _own(self, turn: Turn) -> bool:
        """Whether an edit or deletion is about words that its author said in this Thread."""
        before = await self._store.get(ENTRIES, turn.entry.object)
        return before is not None and before.author == turn.entry.author and before.thread == turn.thread.id

    async def _react(self, turn: Turn) -> None:
        entry, person = turn.entry, turn.person
        turn.because(f"reaction {entry.text or 'taken back'}")
        if person is None or turn.thread.member(person.id) is None:
            return
        if len(turn.thread.places) > 1 and (entry.text or entry.value.get("taken")) and await self._here(turn):
            turn.carry("react" if entry.text else "unreact")
        await self._calls.reacted(turn, person)

    async def _here(self, turn: Turn) -> bool:
        """Whether what an Entry is about was said in this Thread, for all to see."""
        about = await shown_entry(self._store, turn.entry.object)
        if about is None or about.thread != turn.thread.id:
            return False
        answer = next((a for a in about.answers if a.id == turn.entry.object), None)
        return answer is None or not answer.only_for


def _only(person: Person | None) -> tuple[str, ...]:
    return (person.id,) if person else ()
