"""`/admin account`: the Accounts that run here, connected, given new keys and disconnected after a confirmation."""

import json
import re
from dataclasses import replace

from bot.accounts.concealing import Concealer
from bot.accounts.documents import ACCOUNTS, Account
from bot.accounts.running import CHANGE, RunningAccounts
from bot.accounts.texts import say
from bot.admin.pages import for_me
from bot.capability import Confirmed, Effect, Text, capability
from bot.consent.confirm import card_of, confirm
from bot.content import Card, Draft
from bot.documents import Insert, Op, Replace
from bot.errors import Explain
from bot.floor import job_id
from bot.model import Job
from bot.ports import Ask, Reply, Store
from bot.texts import network

_VERBS = ("add", "rotate", "remove")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")


class AccountsAdmin:
    """What keepers do with Accounts. Keys pass through it sealed."""

    def __init__(self, store: Store, running: RunningAccounts, concealer: Concealer) -> None:
        self._store, self._running, self._concealer = store, running, concealer

    @capability("Accounts of ours on the networks", command="admin account", role="admin", private=True,
                effect=Effect.CHANGE)  # fmt: skip
    async def admin_account(self, ask: Ask, *, words: Text = "") -> Reply:
        """Nothing: all of them. "add telegram anas <token>", "rotate telegram anas <token>", "remove telegram anas"."""
        parts = self._concealer.words(ask.entry, words).split()
        if not parts:
            return await self._all(ask)
        verb = parts[0].casefold()
        if verb not in _VERBS or len(parts) < 3:
            raise Explain(self._usage())
        channel, name = parts[1].casefold(), parts[2].casefold()
        await self._checked(verb, channel, name)
        sealed = self._running.seal(self._secrets(channel, parts[3:])) if verb != "remove" else ""
        about = {"verb": verb, "channel": channel, "name": name, "sealed": sealed}
        text = say(f"sure_{verb}", name=name, channel=network(channel))
        return Reply(drafts=(confirm(ask, "admin_account_change", about, text=text, label=say(f"yes_{verb}")),))

    def _usage(self) -> str:
        return say("usage", secrets="keys", channels=", ".join(self._running.channels) or "none")

    async def _checked(self, verb: str, channel: str, name: str) -> Account | None:
        """The Account that is there already; Explain if the verb does not fit."""
        if self._running.channel(channel) is None:
            raise Explain(say("no_channel", channel=channel, channels=", ".join(self._running.channels) or "none"))
        if not _NAME.fullmatch(name) or name == "main":
            raise Explain(say("bad_name"))
        found = await self._store.get(ACCOUNTS, f"{channel}:{name}")
        there = found is not None and found.state != "removed"
        if verb == "add" and there and found is not None and found.state != "refused":
            raise Explain(say("there", name=name, channel=network(channel)))
        if verb != "add" and not there:
            raise Explain(say("not_there", name=name, channel=network(channel)))
        return found

    def _secrets(self, channel: str, given: list[str]) -> dict[str, str]:
        needed = found.account_secrets if (found := self._running.channel(channel)) else ()
        if len(given) != len(needed):
            raise Explain(say("secrets", channel=network(channel), secrets=", ".join(needed)))
        return dict(zip(needed, given, strict=True))

    async def _all(self, ask: Ask) -> Reply:
        found = await self._store.find(ACCOUNTS, {}, order="channel", limit=1000)
        kept = [a for a in found if a.state != "removed"]
        lines = [say("main", channel=network(c)) for c in self._running.channels]
        lines += [
            say("line", channel=network(a.channel), name=a.name, display=a.display or "?",
                state=say(f"state_{a.state}"), why=f": {a.why}" if a.why else "")
            for a in kept
        ]  # fmt: skip
        buttons = tuple(
            for_me(ask, say("button_remove", name=f"{a.channel} {a.name}"), "admin_account",
                   words=f"remove {a.channel} {a.name}")
            for a in kept
        )  # fmt: skip
        text = self._usage()
        return Reply(drafts=(Draft(text=text, card=Card(title=say("title"), lines=tuple(lines)), buttons=buttons),))

    @capability("Connect or disconnect an account", role="admin", private=True, effect=Effect.CHANGE, hidden=True)
    async def admin_account_change(
        self, ask: Ask, *, verb: Text, channel: Text, name: Text, sealed: Text = "", confirmed: Confirmed = ""
    ) -> Reply:
        """After the press: the intent is stored, a Job asks the network."""
        if not confirmed or verb not in _VERBS:
            raise Explain(self._usage())
        found = await self._checked(verb, channel, name)
        job = Job(
            id=job_id(ask.key, CHANGE), name=CHANGE, thread=ask.thread.id, due_at=ask.now,
            args={"account": f"{channel}:{name}", "person": ask.person.id, "place": ask.place},
        )  # fmt: skip
        told = Draft(text=say("trying"), notice=True, replaces=await card_of(self._store, ask))
        record = {"verb": verb, "account": json.dumps(f"{channel} {name}")}
        return Reply(
            ops=(_intent(ask, found, verb, channel, name, sealed),), jobs=(job,), drafts=(told,), record=record
        )


def _intent(ask: Ask, found: Account | None, verb: str, channel: str, name: str, sealed: str) -> Op:
    if found is None:
        return Insert(ACCOUNTS, Account(
            id=f"{channel}:{name}", channel=channel, name=name, owner=ask.person.id, sealed=sealed, since=ask.now,
        ))  # fmt: skip
    if verb == "remove":
        return Replace(ACCOUNTS, replace(found, state="removed", sealed="", before="", why=""))
    before = found.sealed if verb == "rotate" and found.state == "active" else ""
    return Replace(ACCOUNTS, replace(found, state="active", sealed=sealed, before=before, why=""))
