"""The simulator as a Channel: shows each Delivery once, whatever is sent twice, and imposes other networks' limits."""

from collections.abc import Sequence
from dataclasses import replace

from bot.accounts.concealing import Concealer
from bot.capability import Capability
from bot.clock import Clock
from bot.controls import SandboxControls
from bot.errors import RetryLater, Undeliverable, Unknown
from bot.ports import Features, Inbox, Outgoing, RawRequest, Receipt, Store
from bot.powers import AccountKeys
from channels.limits import LIMITS, MEGABYTE
from channels.rendering import fits_natively
from channels.simulator import outbound
from channels.simulator.accounts import SimulatedAccounts
from channels.simulator.holdings import SimulatorHoldings
from channels.simulator.names import Names
from channels.simulator.network import Made, Network
from channels.simulator.notices import Notices
from channels.simulator.published import Published
from channels.simulator.records import KINDS, Shown, SimPlace

FILE_LIMIT = 5 * MEGABYTE
OWN = Features(
    text_limit=16_000, buttons=50, button_label=120, links_in_buttons=True, edits=True, deletes=True,
    reactions=True, replies=True, private_replies=True, own_names=True, streams=True, forms=True, files=True,
    file_limit=FILE_LIMIT, idempotent_sends=True, looks_up_sends=True, as_of="2026-11-20",
)  # fmt: skip
SEND_FAULTS = ("slow", "down", "timeout", "refused")


class SimulatorChannel:
    """The simulated network as the core sees it. `faults`: what goes wrong on demand (target "channel")."""

    name = "simulator"
    kinds = KINDS

    account_secrets = ("token",)

    def __init__(self, store: Store, clock: Clock, faults: SandboxControls, secret: str = "") -> None:
        self.concealer, self._accounts = Concealer(secret), SimulatedAccounts()
        self.network = Network(store, clock)
        self.names = Names(store)
        self.notices = Notices(store, clock, faults, self.network.told)
        self.published = Published(store)
        self._store, self._clock = store, clock
        self._faults = faults

    def features(self, place: str) -> Features:
        like, kind = likeness(place)
        if not like:
            return OWN
        limits = LIMITS[like].direct if kind == "direct" else LIMITS[like].group
        return replace(
            limits, typing=False, idempotent_sends=True, looks_up_sends=True, groups=True,
            file_limit=min(limits.file_limit, FILE_LIMIT),
        )  # fmt: skip

    def holdings(self) -> SimulatorHoldings:
        """What it shows of people."""
        return SimulatorHoldings(self._store)

    async def open(self, inbox: Inbox) -> None:
        self.network.closing = False
        await self.names.adopt()
        await self.notices.open(inbox)

    async def close(self) -> None:
        self.network.close()
        await self.notices.close()

    async def receive(self, request: RawRequest) -> Receipt:
        """People use /simulator/..., so there is nothing at this door."""
        return Receipt(status=404, body=b"the simulator has no webhook")

    async def publish_commands(self, capabilities: Sequence[Capability]) -> None:
        await self.published.publish(capabilities)

    async def account_added(self, keys: AccountKeys) -> str:
        return self._accounts.put(keys)

    async def account_rotated(self, keys: AccountKeys) -> str:
        return self._accounts.put(keys)

    async def account_removed(self, name: str) -> None:
        self._accounts.remove(name)

    async def react(self, outgoing: Outgoing) -> None:
        """An emoji of somebody elsewhere, under their name."""
        self._accounts.check(outgoing.place)

        async def make() -> Made:
            shown = await self.network.latest(outgoing.place, outgoing.parts[0])
            if shown is None or shown.deleted:
                raise Undeliverable("there is no such message")
            changed = outbound.reacted(shown, outgoing)
            return ([changed] if changed is not shown else []), ()

        await self.network.write(outgoing.place, make)

    async def send(self, outgoing: Outgoing) -> tuple[str, ...]:
        self._accounts.check(outgoing.place)
        fault = await self._faults.take("channel", outgoing.place, outgoing.what, kinds=SEND_FAULTS)
        kind = fault.kind if fault else ""
        if kind == "down":
            raise RetryLater(0.2, "the simulated network is down")
        if kind == "refused":
            raise Undeliverable("the simulated network refused it")
        if fault and kind == "slow":
            await self._clock.sleep(fault.by or 2)
        parts = await self._show(outgoing)
        if kind == "timeout":
            raise Unknown("the simulated network gave no answer")
        return parts

    async def look_up(self, outgoing: Outgoing) -> tuple[str, ...] | None:
        """The parts of a Delivery that arrived, else None."""
        return await self._parts(outgoing.place, outbound.key(outgoing)) or None

    async def _show(self, outgoing: Outgoing) -> tuple[str, ...]:
        place = await self.network.place(outgoing.place)
        if place is None:
            raise Undeliverable("there is no such place")
        features = self.features(place.id)
        if outgoing.partial and not features.streams:
            return outgoing.parts

        async def make() -> Made:
            return await self._lines(outgoing, place, features), ()

        lines = await self.network.write(place.id, make)
        if not lines:
            return await self._parts(place.id, outbound.key(outgoing))
        return tuple(s.message for s in lines if not s.deleted or outgoing.what == "delete")

    async def _lines(self, outgoing: Outgoing, place: SimPlace, features: Features) -> list[Shown]:
        """What this Delivery adds to the feed; nothing if it has been shown."""
        key = outbound.key(outgoing)
        if await self.network.delivered(place.id, key) is not None:
            if not await self._left_unfinished(outgoing, place):
                return []
            key = f"{key}|{self._clock.tick()}"
        outgoing = await self._resumed(outgoing, place)
        if outgoing.what == "send" or (outgoing.what == "edit" and not outgoing.parts):
            return outbound.keyed(await self._new(outgoing, place, features), key)
        if outgoing.what == "edit":
            return outbound.keyed(await self._edited(outgoing, place, features), key)
        return outbound.keyed(await self._deleted(outgoing, place, features), key)

    async def _resumed(self, outgoing: Outgoing, place: SimPlace) -> Outgoing:
        """A message whose stream was shown before, and not finished, goes on in the same place."""
        if outgoing.parts or outgoing.what == "delete":
            return outgoing
        begun = await self.network.latest(place.id, outgoing.shown)
        if begun is None or not begun.ours or not begun.partial:
            return outgoing
        parts = [begun.message]
        while (more := await self.network.latest(place.id, outbound.numbered_id(parts[0], len(parts)))) is not None:
            if more.deleted:
                break
            parts.append(more.message)
        return replace(outgoing, what="edit", parts=tuple(parts))

    async def _left_unfinished(self, outgoing: Outgoing, place: SimPlace) -> bool:
        """Whether a repeated stream has written over the end that this edit brought once before."""
        if outgoing.what != "edit" or outgoing.partial or not outgoing.parts:
            return False
        now = await self.network.latest(place.id, outgoing.parts[0])
        return now is not None and now.partial

    async def _new(
        self, outgoing: Outgoing, place: SimPlace, features: Features, *, changed: bool = False
    ) -> list[Shown]:
        first = await self._next_number(place, outgoing, features)
        found = outbound.bodies(outgoing, place, features, first=first, changed=changed)
        taken = await self.network.latest(place.id, outgoing.shown) is not None
        id = outgoing.id if taken else outgoing.shown
        lines = [
            outbound.line(outgoing, place, features, body, outbound.numbered_id(id, i)) for i, body in enumerate(found)
        ]
        reply_to = outgoing.parts[0] if changed else outgoing.reply_to
        return [replace(lines[0], reply_to=reply_to if features.replies else ""), *lines[1:]]

    async def _edited(self, outgoing: Outgoing, place: SimPlace, features: Features) -> list[Shown]:
        if not features.edits:
            return await self._new(outgoing, place, features, changed=True)
        old = [await self._ours(place, message) for message in outgoing.parts]
        new = await self._next_number(place, outgoing, features)
        first = next((c.number for s in old for c in s.choices), new)
        found = outbound.bodies(outgoing, place, features, first=first)
        ids = [s.message for s in old]
        ids += [outbound.numbered_id(ids[0], i) for i in range(len(ids), len(found))]
        lines = []
        for message, body in zip(ids, found, strict=False):
            line = outbound.line(outgoing, place, features, body, message)
            before = await self.network.latest(place.id, message)
            lines.append(outbound.changed_line(before, line) if before else line)
        return [*lines, *(outbound.deleted_line(s) for s in old[len(found) :])]

    async def _deleted(self, outgoing: Outgoing, place: SimPlace, features: Features) -> list[Shown]:
        old = [await self._ours(place, message) for message in outgoing.parts]
        if features.deletes:
            return [outbound.deleted_line(s) for s in old]
        line = outbound.line(outgoing, place, features, outbound.withdrawn(), outgoing.id)
        return [replace(line, reply_to=outgoing.parts[0] if features.replies and outgoing.parts else "")]

    async def _ours(self, place: SimPlace, message: str) -> Shown:
        found = await self.network.latest(place.id, message)
        if found is None or found.deleted or not found.ours:
            raise Undeliverable("there is no such message of ours")
        return found

    async def _next_number(self, place: SimPlace, outgoing: Outgoing, features: Features) -> int:
        """Numbers go on while nobody has spoken, so that several messages can be answered by number; what replaces a
        message keeps its numbers, if they are still free."""
        if not outgoing.content.buttons or fits_natively(outgoing.content.buttons, features):
            return 1
        recent = await self.network.recent(place.id)
        run = latest_run(recent, "") if recent and recent[0].ours else []
        same = [b.id for b in outgoing.content.buttons]
        before = [await self.network.latest(place.id, message) for message in outgoing.parts]
        kept = {c.id: c.number for s in before if s for c in s.choices}
        taken = {c.number for s in run for c in s.choices if c.id not in same}
        if list(kept) == same and not taken & set(kept.values()):
            return kept[same[0]]
        return 1 + max((c.number for s in run for c in s.choices), default=0)

    async def _parts(self, place: str, key: str) -> tuple[str, ...]:
        parts: list[str] = []
        index = 0
        while (shown := await self.network.delivered(place, outbound.numbered_id(key, index))) is not None:
            index += 1
            if not shown.deleted or _deletes(key):
                parts.append(shown.message)
        return tuple(parts)


def _deletes(key: str) -> bool:
    """Whether a key is that of a deletion."""
    return "|delete|" in key


def latest_run(recent: Sequence[Shown], person: str) -> list[Shown]:
    """Our messages that a person saw last, newest first: those after the words before them.

    `recent`: the feed's last lines, newest first. Words said since do not hide them.
    """
    run: dict[str, Shown] = {}
    known: set[str] = set()
    for shown in (s for s in recent if s.seen_by(person)):
        if not shown.ours:
            if run:
                break
        elif shown.message not in known:
            known.add(shown.message)
            if not shown.deleted:
                run[shown.message] = shown
    return list(run.values())


def likeness(place: str) -> tuple[str, str]:
    """The network whose limits a place has, "" for our own, and group or direct; both stand in its id."""
    like, _, kind = place.rpartition("~")[2].partition("-") if "~" in place else ("", "", "")
    return (like, kind or "group") if like in LIMITS else ("", "group")
