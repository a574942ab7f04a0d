"""Accounts are connected, given new keys and disconnected from a chat, and nobody can read their keys afterwards."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.accounts.commands import AccountsAdmin
from bot.accounts.documents import ACCOUNTS, CONVERSATIONS
from bot.accounts.running import CHANGE
from bot.core import Core
from bot.errors import NotAllowed
from bot.identity.service import Linkings
from bot.model import ENTRIES, JOBS, PLACES, TOKENS, Entry
from bot.powers import AccountKeys
from tests.bot.parlour import PaperChannel, Parlour, parlour

DIRECT = {"kind": "direct"}
FIRST, SECOND, BAD = "12345678:first-secret-token", "12345678:second-secret-token", "12345678:revoked-token"


class Inns(PaperChannel):
    """A network on which several Accounts of ours may be; one conversation of it is the same for all of them."""

    account_secrets = ("token", "signing")

    def __init__(self) -> None:
        super().__init__(name="ink")
        self.running: dict[str, str] = {}
        self.calls: list[str] = []

    async def account_added(self, keys: AccountKeys) -> str:
        return self._put("added", keys)

    async def account_rotated(self, keys: AccountKeys) -> str:
        return self._put("rotated", keys)

    def _put(self, what: str, keys: AccountKeys) -> str:
        self.calls.append(f"{what} {keys.name}")
        if "revoked" in keys.secrets["token"]:
            raise NotAllowed("invalid_auth")
        self.running[keys.name] = keys.secrets["token"]
        return f"@{keys.name}"

    async def account_removed(self, name: str) -> None:
        self.running.pop(name, None)

    def ours(self) -> list[str]:
        return [f"ink:bot-{name}" for name in self.running]

    def conversation(self, place: str) -> str:
        channel, _, address = place.split(":")
        return "" if address.startswith("d-") else f"{channel}:{address}"


@asynccontextmanager
async def inn(folder: Path, channel: Inns | None = None) -> AsyncIterator[tuple[Parlour, Inns]]:
    channel = channel or Inns()

    def more(core: Core):  # type: ignore[no-untyped-def]
        told = Linkings(core.log._store, core.people, core.places, None, None)  # type: ignore[arg-type]
        commands = AccountsAdmin(core.log._store, core.accounts, core.concealer)
        return (commands, told), {CHANGE: core.accounts.change}, {}

    async with parlour(folder, others=[channel], votes="", more=more) as p:
        await p.core.accounts.open()
        yield p, channel


async def owner(p: Parlour, text: str) -> Entry:
    return await p.say("home", "Owner", text, value=DIRECT)


async def confirmed(p: Parlour, label: str) -> None:
    out = next(o for o in reversed(p.sent("home")) if any(b.label == label for b in o.content.buttons))
    token = next(b.id for b in out.content.buttons if b.label == label)
    await p.say("home", "Owner", "", what="press", object=out.shown, value={**DIRECT, "token": token})
    await p.later(seconds=1)


async def add(p: Parlour, name: str = "anas", token: str = FIRST) -> None:
    await owner(p, f"/admin account add ink {name} {token} signing-secret-xyz")
    await confirmed(p, "Connect it")


async def test_an_account_is_connected_after_a_press_and_works_at_once(tmp_path: Path) -> None:
    async with inn(tmp_path) as (p, ink):
        await owner(p, f"/admin account add ink anas {FIRST} signing-secret-xyz")
        assert ink.running == {}
        await confirmed(p, "Connect it")
        assert ink.running == {"anas": FIRST}
        assert p.texts("home")[-1] == "The account anas on Ink works. It is called @anas there."
        assert "ink:bot-anas" in p.core.log.ours


async def test_keys_stand_nowhere_in_the_store(tmp_path: Path) -> None:
    async with inn(tmp_path) as (p, _):
        await add(p)
        for kind, where in ((ENTRIES, {"thread": (await p.thread("home")).id}), (ACCOUNTS, {})):
            for found in await p.store.find(kind, where, limit=500):  # type: ignore[var-annotated,arg-type]
                assert FIRST not in repr(found)
                assert "signing-secret-xyz" not in repr(found)
        entries = await p.store.find(ENTRIES, {"thread": (await p.thread("home")).id}, limit=500)
        assert any(e.text == "/admin account add ink anas [keys removed]" for e in entries)
        for entry in entries:
            for answer in entry.answers:
                for token in await p.store.find(TOKENS, {"answer": answer.id}):
                    assert FIRST not in repr(token)
        assert all(FIRST not in repr(j) for j in await p.store.find(JOBS, {"state": "done"}))


async def test_keys_of_people_who_may_not_are_taken_out_as_well(tmp_path: Path) -> None:
    async with inn(tmp_path) as (p, ink):
        await owner(p, "hello")
        typed = await p.say("den", "Ben", f"/admin account add ink anas {FIRST} signing-secret-xyz")
        sloppy = await p.say("den", "Ben", f"/admin account {FIRST}")
        assert FIRST not in typed.text + sloppy.text
        assert ink.running == {}
        assert "You may not do that." in p.texts("den")[-1]


async def test_refused_keys_connect_nothing_and_refused_new_keys_leave_the_old_ones(tmp_path: Path) -> None:
    async with inn(tmp_path) as (p, ink):
        await add(p, token=BAD)
        assert "does not take these keys" in p.texts("home")[-1]
        assert "Nothing was connected" in p.texts("home")[-1]
        await add(p)
        await owner(p, f"/admin account rotate ink anas {BAD} signing-secret-xyz")
        await confirmed(p, "Use the new keys")
        assert "The old keys stay in use" in p.texts("home")[-1]
        assert ink.running == {"anas": FIRST}
        await owner(p, f"/admin account rotate ink anas {SECOND} signing-secret-xyz")
        await confirmed(p, "Use the new keys")
        assert ink.running == {"anas": SECOND}


async def test_after_a_restart_the_channel_is_told_of_every_account(tmp_path: Path) -> None:
    async with inn(tmp_path) as (p, _):
        await add(p)
        await add(p, "bens", SECOND)
        await owner(p, "/admin account remove ink bens")
        await confirmed(p, "Disconnect it")
    async with inn(tmp_path) as (p, ink):
        assert ink.running == {"anas": FIRST}
        await p.core.accounts.open()
        assert ink.calls == ["added anas"]


async def test_wrong_words_are_explained_and_change_nothing(tmp_path: Path) -> None:
    async with inn(tmp_path) as (p, ink):
        for words, said in (
            ("add paper anas x", "is not connected, or runs one account only"),
            ("add ink main a b", "A name has 1 to 32 small letters"),
            ("add ink anas onlyone", "needs these, in this order: token, signing"),
            ("rotate ink anas a b", "There is no account anas"),
            ("remove ink anas", "There is no account anas"),
            ("sing", "Say it like this"),
        ):
            await owner(p, f"/admin account {words}")
            assert said in p.texts("home")[-1], words
        await owner(p, "/admin account")
        card = p.sent("home")[-1].content.card
        assert card is not None
        assert card.lines == ("**Ink** main · from the settings",)
        assert ink.calls == []


async def test_of_two_accounts_in_one_group_one_listens_and_presses_reach_both(tmp_path: Path) -> None:
    async with inn(tmp_path) as (p, ink):
        await p.say("ink:main:group", "ink:Ana", "/ping 1")
        doubled = p.entry("ink:anas:group", "ink:Ana", "/ping 1")
        await p.core.log.append([doubled])
        await p.settled()
        assert await p.store.get(ENTRIES, doubled.id) is None
        assert [o.place for o in ink.sent] == ["ink:main:group"]
        place = await p.store.get(PLACES, "ink:anas:group")
        assert place is not None
        assert place.deaf
        assert place.thread == (await p.thread("ink:main:group")).id
        pressed = p.entry("ink:anas:group", "ink:Ana", "", what="press", value={"kind": "group", "token": "none"})
        assert (await p.hear(pressed)).thread == place.thread


async def test_when_the_one_that_listens_is_disconnected_the_other_one_does(tmp_path: Path) -> None:
    async with inn(tmp_path) as (p, ink):
        await add(p)
        await p.say("ink:anas:group", "ink:Ana", "/ping 1")
        await p.core.log.append([p.entry("ink:main:group", "ink:Ana", "/ping 1")])
        await owner(p, "/admin account remove ink anas")
        await confirmed(p, "Disconnect it")
        ink.sent.clear()
        await p.say("ink:main:group", "ink:Ana", "/ping 2")
        assert [(o.place, o.content.text) for o in ink.sent] == [("ink:main:group", "pong 2")]
        talk = await p.store.get(CONVERSATIONS, "ink:group")
        assert talk is not None
        assert (talk.place, talk.others) == ("ink:main:group", ())


async def test_the_same_direct_address_of_two_accounts_is_two_conversations(tmp_path: Path) -> None:
    async with inn(tmp_path) as (p, _):
        await p.say("ink:main:d-Ana", "ink:Ana", "/ping 1", value=DIRECT)
        await p.say("ink:anas:d-Ana", "ink:Ana", "/ping 2", value=DIRECT)
        assert (p.texts("ink:main:d-Ana"), p.texts("ink:anas:d-Ana")) == (["pong 1"], ["pong 2"])
