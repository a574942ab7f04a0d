"""Accounts as they run: each process tells its channels what the Store says, now and whenever it changes."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import replace

import structlog

from bot.accounts.documents import ACCOUNTS, CONVERSATIONS, Account
from bot.accounts.texts import say
from bot.clock import Clock
from bot.documents import Op, Replace
from bot.errors import CaravanError, Conflict, Explain, NotAllowed
from bot.log import ThreadLog
from bot.model import PLACES, Entry, Job
from bot.places import Places
from bot.ports import Channel, Locks, Store
from bot.powers import AccountKeys, HasAccounts, KnowsItself
from bot.sealed import Sealer
from bot.texts import network

CHANGE = "account_change"
_TOPIC = "accounts"
_log = structlog.get_logger()


class RunningAccounts:
    """Tells channels. `told`: what each channel of this process was last told, by Account id."""

    def __init__(
        self, store: Store, clock: Clock, locks: Locks, log: ThreadLog, places: Places,
        channels: Mapping[str, Channel], secret: str,
    ) -> None:  # fmt: skip
        self._store, self._clock, self._locks, self._log, self._places = store, clock, locks, log, places
        self._channels, self._sealer = channels, Sealer(secret)
        self._told: dict[str, str] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._one = asyncio.Lock()
        locks.on_wake(_TOPIC, self._heard)

    def channel(self, name: str) -> HasAccounts | None:
        """The channel of that name, if it runs several Accounts here."""
        found = self._channels.get(name)
        return found if isinstance(found, HasAccounts) else None

    @property
    def channels(self) -> tuple[str, ...]:
        """Networks that run several Accounts here."""
        return tuple(name for name in self._channels if self.channel(name) is not None)

    def seal(self, secrets: Mapping[str, str]) -> str:
        """Secrets as they may be stored."""
        return self._sealer.seal(json.dumps(dict(secrets), sort_keys=True))

    async def open(self) -> None:
        """After the channels are open: tell them of every Account; one that does not work keeps nobody waiting."""
        for account in await self._store.find(ACCOUNTS, {}, order="channel", limit=10_000):
            await self._quietly(account)

    async def close(self) -> None:
        """Finish telling."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=2)

    def _heard(self, id: str) -> None:
        task = asyncio.create_task(self._follow(id))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _follow(self, id: str) -> None:
        account = await self._store.get(ACCOUNTS, id)
        if account is not None:
            await self._quietly(account)

    async def _quietly(self, account: Account) -> None:
        try:
            await self._tell(account)
        except CaravanError as error:
            _log.warning("an account does not work", account=account.id, error=type(error).__name__)

    async def _tell(self, account: Account) -> str:
        """What the network calls it; the errors of HasAccounts if it does not take the keys."""
        channel = self.channel(account.channel)
        if channel is None:
            raise Explain(say("no_channel", channel=account.channel, channels=", ".join(self.channels)))
        async with self._one:
            before = self._told.get(account.id)
            if account.state == "removed":
                await channel.account_removed(account.name)
                self._told.pop(account.id, None)
                return ""
            if before == account.sealed:
                return account.display
            keys = self._keys(account)
            display = await (channel.account_rotated(keys) if before else channel.account_added(keys))
            self._told[account.id] = account.sealed
            if isinstance(channel, KnowsItself):
                self._log.ours.update(channel.ours())
            return display

    def _keys(self, account: Account) -> AccountKeys:
        opened = self._sealer.open(account.sealed)
        if opened is None:
            raise NotAllowed("sealed with another secret")
        return AccountKeys(
            name=account.name, owner=account.owner, display=account.display, secrets=json.loads(opened)
        )  # fmt: skip

    async def change(self, job: Job) -> Entry | None:
        """The Job after a confirmed change: this process tries the keys, the others follow; its person is told."""
        account = await self._store.get(ACCOUNTS, str(job.args["account"]))
        if account is None:
            return None
        name = {"channel": network(account.channel), "name": account.name}
        try:
            display = await self._tell(account)
        except (NotAllowed, Explain) as refused:
            await self._refused(account, str(refused))
            after = say("refused_old" if account.before else "refused_new")
            text = say("refused", **name, why=str(refused), after=after)
        else:
            if account.state == "removed":
                await self._let_others_listen(account)
                text = say("removing", **name)
            else:
                await self._kept(replace(account, state="active", why="", display=display, before=""))
                text = say("works", **name, display=display)
        await self._locks.wake(_TOPIC, account.id)
        return self._news(job, text)

    async def _refused(self, account: Account, why: str) -> None:
        """Back to the keys that worked; without any, it stays refused."""
        if account.before:
            await self._kept(replace(account, sealed=account.before, before="", state="active", why=""))
            self._told[account.id] = account.before
        else:
            await self._kept(replace(account, state="refused", why=why[:200]))

    async def _kept(self, account: Account) -> None:
        try:
            await self._store.commit([Replace(ACCOUNTS, account)])
        except Conflict:  # changed again meanwhile: the next Job sees to it
            return

    def _news(self, job: Job, text: str) -> Entry:
        """For who asked, alone."""
        value = {"call": "me_told", "args": {"text": text}, "person": job.args["person"], "persona": ""}
        return Entry(
            id=f"{job.thread}:call:{job.id}", thread=job.thread, what="call", at=self._clock.now(),
            place=str(job.args["place"]), value=value,
        )  # fmt: skip

    async def _let_others_listen(self, account: Account) -> None:
        """Where this Account listened for several, the next one does."""
        prefix = f"{account.channel}:{account.name}:"
        offset = 0
        while page := await self._store.find(CONVERSATIONS, {}, order="id", limit=500, offset=offset):
            offset += len(page)
            for talk in page:
                if talk.place.startswith(prefix) and talk.others:
                    await self._passed_on(talk.id)

    async def _passed_on(self, id: str) -> None:
        talk = await self._store.get(CONVERSATIONS, id)
        place = await self._store.get(PLACES, talk.others[0]) if talk and talk.others else None
        if talk is None or place is None:
            return
        listening = replace(talk, place=place.id, others=talk.others[1:])
        ops: list[Op] = [Replace(PLACES, replace(place, deaf=False)), Replace(CONVERSATIONS, listening)]
        await self._store.commit(ops)
        await self._places.changed(place.id)
        moved = Entry(
            id=f"{talk.place}:status:moved:{place.id}", thread=place.thread, what="status", at=self._clock.now(),
            place=talk.place, value={"topic": "moved", "to": place.id},
        )  # fmt: skip
        await self._log.add(moved)
