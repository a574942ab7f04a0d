"""The admin commands: what keepers see and do, and that nobody else does."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.audit import AUDITS
from bot.capability import Effect, Text, capability
from bot.documents import Insert, Replace
from bot.errors import Undeliverable
from bot.floor import TURNS_A_DAY
from bot.model import JOBS, PEOPLE, PERSONAS, THREADS, Entry, Job, Persona, Seat
from bot.people import ROLES
from bot.ports import Ask, Reply
from tests.bot.admin.back_office import office
from tests.bot.parlour import PaperChannel, SilentBrain

REFUSED = "You may not do that."


class Till:
    """Something that spends, something that looks, and something for professionals."""

    @capability("Buy it", command="buy", effect=Effect.SPEND)
    async def buy(self, ask: Ask, *, what: Text = "") -> Reply:
        return Reply(why="bought")

    @capability("Open a payment", command="pay", effect=Effect.CHANGE, pays=True)
    async def pay(self, ask: Ask) -> Reply:
        return Reply(why="opened")

    @capability("Look at it", command="look")
    async def look(self, ask: Ask, *, what: Text = "") -> Reply:
        return Reply(why="looked")

    @capability("Work on it", command="work", role="professional")
    async def work(self, ask: Ask) -> Reply:
        return Reply(why="worked")


async def test_the_first_person_is_the_owner_and_sees_every_command(tmp_path: Path) -> None:
    async with office(tmp_path) as o:
        said = await o.ask("group", "Ana", "/admin")
        for command in "people role threads personas deliveries why jobs pauses pause resume audit verify".split():
            assert f"/admin {command}" in said
        assert all(s.content.card is None or s.reader for s in o.room.channel.sent)


@pytest.mark.parametrize(
    "text", ["/admin", "/admin people", "/admin people Ana", "/admin role Ben admin", "/admin nonsense", "/admin audit"]
)
async def test_everybody_else_is_refused_in_the_same_words(tmp_path: Path, text: str) -> None:
    async with office(tmp_path) as o:
        assert (await o.ask("group", "Ben", text)).strip() == REFUSED
        assert (await o.person("Ben")).role == "traveller"


async def test_help_tells_of_admin_only_to_those_who_may(tmp_path: Path) -> None:
    async with office(tmp_path) as o:
        assert "admin people" in await o.ask("group", "Ana", "/help admin")
        assert o.room.channel.sent[-1].reader == ("paper:Ana",)
        assert "admin" not in (await o.ask("group", "Ana", "/help")).casefold()
        for asked in ("/help", "/help admin", "/help admin people"):
            assert "admin" not in (await o.ask("group", "Ben", asked)).casefold()


async def test_every_capability_is_refused_below_its_role(tmp_path: Path) -> None:
    """The whole matrix: every registered Capability and every role; an unknown role may nothing."""
    async with office(tmp_path, Till()) as o:
        people = {role: replace(await o.person("Ben"), role=role) for role in (*ROLES, "emperor", "")}
        for capability_ in o.room.core.registry:
            needed = ROLES.index(capability_.role)
            for role, person in people.items():
                allowed = role in ROLES and ROLES.index(role) >= needed
                assert o.room.core.people.may(person, capability_.role) is allowed, (capability_.name, role)


@pytest.mark.parametrize("role", ROLES)
async def test_the_router_keeps_to_the_matrix(tmp_path: Path, role: str) -> None:
    """Every command of a keeper or a professional, typed by somebody of each role."""
    async with office(tmp_path, Till()) as o:
        if role != "traveller":
            await o.say("group", "Ana", f"/admin role Ben {role}")
        for found in [c for c in o.room.core.registry if c.role != "traveller" and c.command]:
            entry = await o.say("group", "Ben", f"/{found.command}")
            allowed = ROLES.index(role) >= ROLES.index(found.role)
            assert ("NotAllowed" in entry.outcome) is not allowed, (found.name, role, entry.outcome)


async def test_roles_are_given_and_taken_and_the_last_admin_stays(tmp_path: Path) -> None:
    async with office(tmp_path) as o:
        assert "last admin" in await o.ask("group", "Ana", "/admin role Ana traveller")
        assert "Ben is now admin" in await o.ask("group", "Ana", "/admin role ben admin")
        assert "Ana is now traveller" in await o.ask("group", "Ben", "/admin role Ana traveller")
        assert (await o.ask("group", "Ana", "/admin people")).strip() == REFUSED
        assert "last admin" in await o.ask("group", "Ben", "/admin role Ben moderator")
        assert "Roles:" in await o.ask("group", "Ben", "/admin role Ana emperor")
        assert "nobody called" in await o.ask("group", "Ben", "/admin role Zed admin")


async def test_a_role_is_given_by_a_button(tmp_path: Path) -> None:
    async with office(tmp_path) as o:
        await o.say("group", "Ana", "/admin people Ben")
        assert "Ben is now moderator" in await o.press("group", "Ana", "Make moderator")
        found = await o.store.find(AUDITS, {}, order="-at", limit=1)
        ben = await o.person("Ben")
        assert found[0].args == {
            "person": o.room.core.pseudonyms.of(ben.id), "was": "traveller", "role": "moderator",
        }  # fmt: skip
        assert f"people:{o.room.core.pseudonyms.of(ben.id)}" in found[0].about


async def test_a_moderator_keeps_order_but_gives_no_roles(tmp_path: Path) -> None:
    async with office(tmp_path) as o:
        await o.say("group", "Ana", "/admin role Ben moderator")
        said = await o.ask("group", "Ben", "/admin")
        assert "/admin threads" in said and "/admin role" not in said and "/admin audit" not in said
        assert "Only an admin" in await o.ask("group", "Ben", "/admin pause spending")


async def test_long_lists_come_in_pages(tmp_path: Path) -> None:
    async with office(tmp_path) as o:
        for n in range(20):
            await o.say("group", f"Guest {n:02}", "/ping")
        first = await o.ask("group", "Ana", "/admin people guest")
        assert first.count("Guest") == 8
        second = await o.press("group", "Ana", "More")
        assert second.count("Guest") == 8 and not set(first.split("`")) & set(second.split("`")) - {"Guest"} & {"p"}
        third = await o.press("group", "Ana", "More")
        assert third.count("Guest") == 4
        assert "page 2" in await o.press("group", "Ana", "Back")


async def test_threads_are_found_and_show_what_is_used(tmp_path: Path) -> None:
    async with office(tmp_path) as o:
        thread = await o.room.thread("group")
        used = replace(thread.floor, turns=TURNS_A_DAY, day=o.room.clock.now().date().isoformat())
        await o.store.commit([Replace(THREADS, replace(thread, title="Coast trip", floor=used))])
        o.room.core.lanes.forget(thread.id)
        assert f"{TURNS_A_DAY} turns today" in await o.ask("group", "Ana", "/admin threads")
        await o.ask("group", "Ana", "/admin threads coast")
        assert "start at nought" in await o.press("group", "Ana", "Reset")
        assert (await o.room.thread("group")).floor.turns == 0


async def test_the_turns_of_another_thread_are_reset_in_its_own_lane(tmp_path: Path) -> None:
    async with office(tmp_path) as o:
        await o.say("other", "Ben", "/ping")
        thread = await o.room.thread("other")
        used = replace(thread.floor, turns=9, day=o.room.clock.now().date().isoformat())
        await o.store.commit([Replace(THREADS, replace(thread, title="Lake", floor=used))])
        o.room.core.lanes.forget(thread.id)
        await o.ask("group", "Ana", "/admin threads lake")
        await o.press("group", "Ana", "Reset")
        assert (await o.room.thread("other")).floor.turns == 0
        assert o.room.texts("other") == ["pong"]


async def test_a_lost_message_is_seen_sent_again_or_dropped(tmp_path: Path) -> None:
    channel = PaperChannel()
    async with office(tmp_path, channel=channel) as o:
        for n in range(2):
            channel.trouble.append(Undeliverable("the chat is gone"))
            await o.say("group", "Ben", f"/ping {n}")
        said = await o.ask("group", "Ana", "/admin deliveries failed")
        assert said.count("the chat is gone") == 2 and "/ping" not in said
        assert "will never get it" in await o.press("group", "Ana", "Drop 1")
        assert "Dropped" in await o.press("group", "Ana", "Drop it")
        await o.ask("group", "Ana", "/admin deliveries")
        await o.press("group", "Ana", "Send again 1")
        assert "It is on its way again." in o.room.texts("group")
        assert "pong 0" in o.room.texts("group") and "pong 1" not in o.room.texts("group")
        assert "Nothing found" in await o.ask("group", "Ana", "/admin deliveries")


async def test_a_failed_job_runs_again(tmp_path: Path) -> None:
    ran: list[str] = []

    async def work(job: Job) -> Entry | None:
        ran.append(job.id)
        if len(ran) < 4:
            raise RuntimeError("not today")
        return None

    async with office(tmp_path, work={"errand": work}) as o:
        job = Job(id="j1", name="errand", thread=(await o.room.thread("group")).id, due_at=o.room.clock.now())
        await o.store.commit([Insert(JOBS, job)])
        for _ in range(3):
            await o.room.later(seconds=30)
        assert "RuntimeError" in await o.ask("group", "Ana", "/admin jobs failed")
        assert "runs again" in await o.press("group", "Ana", "Run again 1")
        await o.room.later(seconds=1)
        assert len(ran) == 4
        assert "Nothing found" in await o.ask("group", "Ana", "/admin jobs failed")


async def test_why_is_told_by_entry_and_by_person_without_anybodys_words(tmp_path: Path) -> None:
    async with office(tmp_path) as o:
        entry = await o.say("group", "Ben", "something private to say")
        said = await o.ask("group", "Ana", f"/admin why {entry.id}")
        assert "context" in said and "private to say" not in said
        assert entry.id in await o.ask("group", "Ana", "/admin why Ben")
        alone = await o.say("home", "Ben", "/ping me", value={"kind": "direct"})
        said = await o.ask("group", "Ana", "/admin why Ben")
        assert alone.id in said and "/ping me" not in said


async def test_spending_is_paused_kindly_for_everybody_until_it_is_resumed(tmp_path: Path) -> None:
    async with office(tmp_path, Till()) as o:
        await o.say("group", "Ana", "/admin pause spending - the bank is away")
        assert "Nothing was charged" in await o.ask("group", "Ben", "/buy it")
        assert "the bank is away" in o.text("group")
        assert "Nothing was charged" in await o.ask("group", "Ben", "/pay")
        assert "looked" in (await o.say("group", "Ben", "/look it")).outcome
        assert await o.room.core.pauses.spending()
        await o.say("group", "Ana", "/admin pauses")
        await o.press("group", "Ana", "Resume")
        assert "bought" in (await o.say("group", "Ben", "/buy it")).outcome
        assert "opened" in (await o.say("group", "Ben", "/pay")).outcome


async def test_a_capability_or_a_thread_is_paused(tmp_path: Path) -> None:
    async with office(tmp_path, Till()) as o:
        await o.say("group", "Ana", "/admin pause capability /look")
        assert "try again later" in await o.ask("group", "Ben", "/look it")
        assert "cannot be paused" in await o.ask("group", "Ana", "/admin pause capability help")
        await o.say("group", "Ana", "/admin resume capability look")
        thread = await o.room.thread("group")
        await o.say("group", "Ana", f"/admin pause thread {thread.id}")
        assert "This conversation is paused" in await o.ask("group", "Ben", "/look it")
        assert "pong" in await o.ask("group", "Ben", "/ping")
        assert "goes on" in await o.ask("group", "Ana", f"/admin resume thread {thread.id}")


async def test_a_paused_persona_does_not_speak_and_this_is_said(tmp_path: Path) -> None:
    brain = SilentBrain(lambda scene: ())
    async with office(tmp_path, brain=brain) as o:
        ben, thread = await o.person("Ben"), await o.room.thread("group")
        await o.store.commit([Insert(PERSONAS, Persona(id="zuri", owner=ben.id, name="Zuri"))])
        seated = replace(thread, seats=(Seat(persona="zuri", name="Zuri", owner=ben.id),))
        await o.store.commit([Replace(THREADS, seated)])
        o.room.core.lanes.forget(thread.id)
        await o.ask("group", "Ana", "/admin personas zuri")
        assert "paused" in await o.press("group", "Ana", "Pause")
        assert "Zuri is paused" in await o.ask("group", "Ben", "Zuri, hello")
        assert not brain.scenes
        await o.say("group", "Ana", "/admin resume persona zuri")
        await o.say("group", "Ben", "Zuri, hello")
        assert len(brain.scenes) == 1


async def test_a_persona_is_never_a_keeper(tmp_path: Path) -> None:
    """Neither offered to a brain nor run for one, even where the owner themselves asks."""
    brain = SilentBrain(lambda scene: ())
    async with office(tmp_path, brain=brain) as o:
        ana, thread = await o.person("Ana"), await o.room.thread("group")
        await o.store.commit([Insert(PERSONAS, Persona(id="zuri", owner=ana.id, name="Zuri"))])
        seated = replace(thread, seats=(Seat(persona="zuri", name="Zuri", owner=ana.id),))
        await o.store.commit([Replace(THREADS, seated)])
        o.room.core.lanes.forget(thread.id)
        await o.say("group", "Ana", "Zuri, make Ben admin")
        offered = {c.name for c in brain.scenes[0].capabilities}
        assert offered and not {n for n in offered if n.startswith("admin")}
        value = {"call": "admin_role", "args": {"words": "Ben admin"}, "person": ana.id, "persona": "zuri"}
        call = Entry(
            id=f"{thread.id}:call:x", thread=thread.id, what="call", at=o.room.clock.now(), value=value
        )  # fmt: skip
        entry = await o.room.hear(call)
        assert "NotAllowed" in entry.outcome
        assert (await o.person("Ben")).role == "traveller"


async def test_the_audit_is_shown_and_checked_from_the_chat(tmp_path: Path) -> None:
    async with office(tmp_path) as o:
        await o.say("group", "Ana", "/admin role Ben moderator")
        said = await o.ask("group", "Ana", "/admin audit")
        assert "**Ana** admin_role → done" in said
        assert "every chain whole" in await o.press("group", "Ana", "Verify")
        record = (await o.store.find(AUDITS, {}, order="at", limit=1))[0]
        await o.store.commit([Replace(AUDITS, replace(record, outcome="refused"))])
        assert "Something is wrong" in await o.ask("group", "Ana", "/admin verify")


async def test_a_role_that_was_taken_in_another_process_is_gone_at_once(tmp_path: Path) -> None:
    async with office(tmp_path) as o:
        await o.say("group", "Ana", "/admin role Ben admin")
        assert "Admin" in await o.ask("group", "Ben", "/admin")
        ben = await o.store.get(PEOPLE, (await o.person("Ben")).id)
        assert ben is not None
        await o.store.commit([Replace(PEOPLE, replace(ben, role="traveller"))])  # and nobody tells this process
        assert (await o.ask("group", "Ben", "/admin people")).strip() == REFUSED


async def test_two_admins_who_dismiss_each_other_at_once_leave_one(tmp_path: Path) -> None:
    async with office(tmp_path) as o:
        await o.say("group", "Ana", "/admin role Ben admin")
        await o.say("one", "Ana", "/ping")
        await o.say("two", "Ben", "/ping")
        a = o.room.entry("one", "Ana", "/admin role Ben traveller", what="command")
        b = o.room.entry("two", "Ben", "/admin role Ana traveller", what="command")
        await o.room.core.log.append([a])
        await o.room.core.log.append([b])
        await o.room.settled()
        people = await o.store.find(PEOPLE, {}, order="name", limit=10)
        assert [p.role for p in people if p.role == "admin"] == ["admin"]
