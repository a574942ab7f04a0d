"""What two accounts had becomes one person's: one member, one ballot, one route for each answer; and parts again."""

from dataclasses import replace
from pathlib import Path

from bot.consent.ballots import POLLS
from bot.documents import Delete, Replace
from bot.model import IDENTITIES, PEOPLE, THREADS, Question, Seat
from bot.ports import Features
from bot.privacy.subjects import Subjects
from tests.bot.identity.pair import DIRECT, asked, code_of, direct, link, pair, person, press, told
from tests.bot.parlour import Parlour

RICH = Features(edits=True, deletes=True, replies=True, private_replies=True, own_names=True, buttons=9)
POOR = Features(buttons=3)


async def bridged(p: Parlour) -> None:
    """One trip in a group on paper and one on ink: Ana and Ben here, Anita (who is Ana) and Chi there."""
    await p.say("den", "Ana", "hello")
    await p.say("den", "Ana", "/link")
    code = next(w for w in p.texts("den")[-1].split() if w.isupper() and len(w) == 8)
    await p.say("ink:main:roof", "ink:Anita", f"/link {code}")
    await p.say("den", "Ben", "hello")
    await p.say("ink:main:roof", "ink:Chi", "hello")


async def vote(p: Parlour, place: str, who: str, label: str) -> None:
    out = next(o for o in reversed(p.sent(place)) if any(label in b.label for b in o.content.buttons))
    token = next(b.id for b in out.content.buttons if label in b.label)
    value = {"kind": "group", "token": token}
    await p.say(out.place, who, "", what="press", object=out.shown, value=value)


async def test_the_member_list_shows_one_person_with_the_places_of_both(tmp_path: Path) -> None:
    async with pair(tmp_path) as p:
        await bridged(p)
        await link(p, "paper:Ana", "ink:Anita")
        await p.later(seconds=1)
        thread = await p.thread("den")
        assert sorted(m.name for m in thread.present) == ["Ana", "Ben", "Chi"]
        ana = thread.member((await person(p, "ink:Anita")).id)
        assert ana is not None
        assert set(ana.places) == {"paper:main:den", "ink:main:roof"}
        assert thread.member(ana.also[0]) == ana


async def test_two_ballots_of_one_person_are_one_and_the_card_shows_it(tmp_path: Path) -> None:
    async with pair(tmp_path) as p:
        await bridged(p)
        await p.say("den", "Ben", "/poll beach or museum or market")
        await vote(p, "den", "Ana", "beach")
        await vote(p, "ink:main:roof", "ink:Anita", "museum")
        box = (await p.store.find(POLLS, {"state": "open"} | {"thread": (await p.thread("den")).id}))[0]
        assert len(box.votes) == 2
        await link(p, "paper:Ana", "ink:Anita")
        await p.later(seconds=1)
        box = await p.store.get(POLLS, box.id)  # type: ignore[assignment]
        assert list(box.votes.values()) == ["1"]
        poll = p.sent("ink:main:roof")[-1].content.poll
        assert poll is not None
        assert [o.votes for o in poll.options] == [1, 0, 0]


async def test_after_linking_a_vote_on_either_network_is_the_same_ballot(tmp_path: Path) -> None:
    """A button on a rich network and a number's press on a poor one: changed, not added."""
    async with pair(tmp_path, ink=POOR) as p:
        await bridged(p)
        await link(p, "paper:Ana", "ink:Anita")
        await p.later(seconds=1)
        await p.say("den", "Ben", "/poll beach or museum or market")
        await vote(p, "den", "Ana", "beach")
        await vote(p, "ink:main:roof", "ink:Anita", "museum")
        box = (await p.store.find(POLLS, {"state": "open", "thread": (await p.thread("den")).id}))[0]
        assert list(box.votes.values()) == ["2"]


async def test_a_vote_that_only_waited_for_the_second_account_ends(tmp_path: Path) -> None:
    async with pair(tmp_path) as p:
        await bridged(p)
        await p.say("den", "Ben", "/poll beach or museum")
        for place, who in (("den", "Ana"), ("den", "Ben"), ("ink:main:roof", "ink:Chi")):
            await vote(p, place, who, "beach")
        await link(p, "paper:Ana", "ink:Anita")
        await p.later(seconds=1)
        assert (await p.store.find(POLLS, {"state": "closed", "thread": (await p.thread("den")).id})) != []


async def test_linking_moves_no_answer_to_another_place(tmp_path: Path) -> None:
    async with pair(tmp_path, paper=POOR, ink=POOR) as p:
        await bridged(p)
        await direct(p, "paper:Ana")
        await link(p, "ink:Anita", "paper:Ana")
        await p.later(seconds=1)
        for place, who, there in (
            ("den", "Ana", "paper:main:d-Ana"), ("ink:main:roof", "ink:Anita", "ink:main:d-Anita"),
        ):  # fmt: skip
            said = await p.say(place, who, "/why")
            assert [d.place for d in said.deliveries] == [there]
        said = await direct(p, "ink:Anita", "/ping here")
        assert [d.place for d in said.deliveries] == ["ink:main:d-Anita"]


async def test_who_has_no_direct_place_here_is_told_on_their_other_network(tmp_path: Path) -> None:
    """A private amount never stands in the group: it goes to the person, wherever they can be reached alone."""
    async with pair(tmp_path, paper=POOR, ink=RICH) as p:
        await bridged(p)
        await direct(p, "ink:Anita")
        first = await p.store.get(PEOPLE, (await person(p, "paper:Ana")).id)
        other = await person(p, "ink:Anita")
        assert first is not None
        gone = replace(other, merged_into=first.id, identities=(), direct=())
        one = replace(
            first, identities=("paper:Ana", "ink:Anita"), direct=("ink:main:d-Anita",), formerly=(other.id,)
        )  # fmt: skip
        await p.store.commit([Replace(PEOPLE, one), Replace(PEOPLE, gone)])
        await p.core.people.changed(one.id)
        said = await p.say("den", "Ana", "/why")
        assert [d.place for d in said.deliveries] == ["ink:main:d-Anita"]
        assert p.sent("ink:main:d-Anita")[-1].reader == ("ink:Anita",)


async def test_a_button_bound_to_one_account_may_be_pressed_by_the_other(tmp_path: Path) -> None:
    async with pair(tmp_path) as p:
        await bridged(p)
        await direct(p, "ink:Anita", "/me")
        old = next(o for o in told(p, "ink:Anita") if any(b.label == "Link another account" for b in o.content.buttons))
        stranger = await press(p, old, "ink:Chi", "Link another account")
        assert "NotAllowed" in stranger.outcome
        await link(p, "paper:Ana", "ink:Anita")
        await p.later(seconds=1)
        mine = await press(p, old, "ink:Anita", "Link another account")
        assert "NotAllowed" not in mine.outcome
        assert "/me link" in told(p, "ink:Anita")[-1].content.text


async def test_personas_and_questions_go_with_their_person(tmp_path: Path) -> None:
    async with pair(tmp_path) as p:
        await bridged(p)
        ana, anita = await person(p, "paper:Ana"), await person(p, "ink:Anita")
        thread = await p.thread("den")
        seats = (Seat(persona="a1", name="Zuri", owner=ana.id), Seat(persona="a2", name="Kito", owner=anita.id))
        question = Question(call="poll", args={}, parameter="options")
        await p.store.commit([
            Replace(THREADS, replace(
                thread, seats=seats, active={anita.id: "a2", ana.id: "a1"}, asked={anita.id: question}))
        ])  # fmt: skip
        p.core.lanes.forget(thread.id)
        await link(p, "paper:Ana", "ink:Anita")
        await p.later(seconds=1)
        thread = await p.thread("den")
        assert {s.owner for s in thread.seats} == {ana.id}
        assert thread.active == {ana.id: "a1"}
        assert list(thread.asked) == [ana.id]


async def test_an_unlinked_account_is_a_stranger_again_with_its_own_groups(tmp_path: Path) -> None:
    async with pair(tmp_path) as p:
        await bridged(p)
        await link(p, "paper:Ana", "ink:Anita")
        await p.later(seconds=1)
        one = await person(p, "paper:Ana")
        await direct(p, "paper:Ana", "/me unlink")
        await press(p, told(p, "paper:Ana")[-1], "paper:Ana", "Unlink Ink Anita")
        await press(p, told(p, "paper:Ana")[-1], "paper:Ana", "Unlink it")
        await p.later(seconds=1)
        own = await person(p, "ink:Anita")
        assert own.id not in (one.id, *one.formerly)
        assert (own.identities, own.role, own.direct) == (("ink:Anita",), "traveller", ("ink:main:d-Anita",))
        left = await person(p, "paper:Ana")
        assert (left.identities, left.direct) == (("paper:Ana",), ("paper:main:d-Ana",))
        assert left.formerly == one.formerly
        members = {m.person: set(m.places) for m in (await p.thread("den")).present}
        assert members[own.id] == {"ink:main:roof"}
        assert members[left.id] == {"paper:main:den"}
        assert "is unlinked" in told(p, "ink:Anita")[-1].content.text


async def test_an_account_that_was_unlinked_and_erased_is_heard_when_it_comes_back(tmp_path: Path) -> None:
    async with pair(tmp_path) as p:
        await link(p, "paper:Ana", "ink:Anita")
        await direct(p, "paper:Ana", "/me unlink")
        await press(p, told(p, "paper:Ana")[-1], "paper:Ana", "Unlink Ink Anita")
        await press(p, told(p, "paper:Ana")[-1], "paper:Ana", "Unlink it")
        own, left = await person(p, "ink:Anita"), await person(p, "paper:Ana")
        identity = await p.store.get(IDENTITIES, "ink:Anita")
        assert identity is not None
        await p.store.commit([Delete(PEOPLE, own), Delete(IDENTITIES, identity)])
        await p.core.people.changed(own.id)
        await p.say("den-ink", "ink:Anita", "/ping again")
        assert p.texts("den-ink")[-1] == "pong again"
        anew = await person(p, "ink:Anita")
        assert anew.id not in (own.id, left.id, *left.formerly) and not anew.merged_into


async def test_the_last_account_cannot_be_unlinked(tmp_path: Path) -> None:
    async with pair(tmp_path) as p:
        await direct(p, "paper:Ana", "/me unlink")
        assert "only account" in told(p, "paper:Ana")[-1].content.text


async def test_a_question_about_an_old_linking_is_over_when_its_account_was_unlinked(tmp_path: Path) -> None:
    async with pair(tmp_path) as p:
        await link(p, "paper:Ana", "ink:Anita")
        code = await code_of(p, "paper:Ana")
        await direct(p, "ink:Mallory", f"/me link {code}")
        question = await asked(p, "paper:Ana")
        await direct(p, "paper:Ana", "/me unlink")
        await press(p, told(p, "paper:Ana")[-1], "paper:Ana", "Unlink Ink Anita")
        await press(p, told(p, "paper:Ana")[-1], "paper:Ana", "Unlink it")
        again = await code_of(p, "paper:Ana")
        assert again != code
        await press(p, question, "paper:Ana", "Yes, that is me")
        assert (await person(p, "ink:Mallory")).id != (await person(p, "paper:Ana")).id


async def test_a_kill_between_the_two_steps_of_merging_is_made_good(tmp_path: Path) -> None:
    """The people are one, no Thread knows it yet: whoever speaks or presses is the one member all the same."""
    async with pair(tmp_path) as p:
        await bridged(p)
        ana, anita = await person(p, "paper:Ana"), await person(p, "ink:Anita")
        one = replace(
            ana, identities=(*ana.identities, *anita.identities), formerly=(anita.id,), direct=()
        )  # fmt: skip
        gone = replace(anita, merged_into=ana.id, identities=(), direct=())
        await p.store.commit([Replace(PEOPLE, one), Replace(PEOPLE, gone)])
        await p.core.people.changed(ana.id)
        await p.core.people.changed(anita.id)
        await p.say("ink:main:roof", "ink:Anita", "still me")
        assert sorted(m.name for m in (await p.thread("den")).present) == ["Ana", "Ben", "Chi"]


async def test_who_is_erased_is_looked_for_under_every_id(tmp_path: Path) -> None:
    async with pair(tmp_path) as p:
        await bridged(p)
        await link(p, "paper:Ana", "ink:Anita")
        await p.later(seconds=1)
        one = await person(p, "paper:Ana")
        subject = await Subjects(p.store, p.core.pseudonyms).of(one)
        assert [s.person for s in subject.each()] == [one.id, *one.formerly]
        assert all(s.identities == ("paper:Ana", "ink:Anita") for s in subject.each())


async def test_commands_need_a_direct_chat_only_for_the_code_itself(tmp_path: Path) -> None:
    async with pair(tmp_path) as p:
        await p.say("den", "Ana", "/me")
        shown = p.sent("den")[-1]
        assert shown.reader == ("paper:Ana",)
        assert shown.content.card is not None
        assert DIRECT == {"kind": "direct"}
