"""Two accounts become one person when both sides say so, and not a moment earlier."""

import asyncio
from pathlib import Path

from bot.audit import AUDITS
from bot.identity.documents import LINKINGS
from bot.model import PEOPLE
from tests.bot.identity.pair import asked, code_of, direct, link, pair, person, press, told

YES, NO = "Yes, that is me", "No"


async def test_a_code_and_two_presses_make_one_person(tmp_path: Path) -> None:
    async with pair(tmp_path) as p:
        await direct(p, "paper:Ana")
        await direct(p, "ink:Anita")
        ana, anita = await person(p, "paper:Ana"), await person(p, "ink:Anita")
        await link(p, "paper:Ana", "ink:Anita")
        one = await person(p, "ink:Anita")
        assert one.id == (await person(p, "paper:Ana")).id == ana.id
        assert one.formerly == (anita.id,)
        assert one.identities == ("paper:Ana", "ink:Anita")
        assert one.direct == ("paper:main:d-Ana", "ink:main:d-Anita")
        assert (await p.core.people.get(anita.id)) == one
        assert "are one person here now" in told(p, "ink:Anita")[-1].content.text


async def test_one_press_links_nothing_and_either_side_may_refuse(tmp_path: Path) -> None:
    async with pair(tmp_path) as p:
        await direct(p, "paper:Ana")
        code = await code_of(p, "paper:Ana")
        await direct(p, "ink:Anita", f"/me link {code}")
        await press(p, await asked(p, "ink:Anita"), "ink:Anita", YES)
        assert (await person(p, "ink:Anita")).id != (await person(p, "paper:Ana")).id
        await press(p, await asked(p, "paper:Ana"), "paper:Ana", NO)
        assert "declined on the other side" in told(p, "ink:Anita")[-1].content.text
        assert (await person(p, "ink:Anita")).id != (await person(p, "paper:Ana")).id


async def test_a_stolen_code_comes_to_nothing_without_its_owners_yes(tmp_path: Path) -> None:
    async with pair(tmp_path) as p:
        await direct(p, "paper:Owner")
        code = await code_of(p, "paper:Ana")
        await direct(p, "ink:Mallory", f"/me link {code}")
        await press(p, await asked(p, "ink:Mallory"), "ink:Mallory", YES)
        question = await asked(p, "paper:Ana")
        assert "Mallory" in question.content.text
        assert "Ink" in question.content.text
        forged = await press(p, question, "ink:Mallory", YES)
        assert "NotAllowed" in forged.outcome
        assert (await person(p, "ink:Mallory")).id != (await person(p, "paper:Ana")).id


async def test_nobody_is_linked_by_typing_a_code_that_somebody_gave_them(tmp_path: Path) -> None:
    """Mallory makes a code and talks Victor into typing it: Victor is asked, in plain words, and says no."""
    async with pair(tmp_path) as p:
        code = await code_of(p, "paper:Mallory")
        await direct(p, "ink:Victor", f"/me link {code}")
        question = await asked(p, "ink:Victor")
        assert "If somebody else gave you the code, press No" in question.content.text
        await press(p, await asked(p, "paper:Mallory"), "paper:Mallory", YES)
        await press(p, question, "ink:Victor", NO)
        late = await press(p, question, "ink:Victor", YES)
        assert late.outcome.startswith(("pressed", "Explain")) or "Explain" in late.outcome
        assert (await person(p, "ink:Victor")).formerly == ()
        assert (await person(p, "paper:Mallory")).identities == ("paper:Mallory",)


async def test_a_code_works_once_and_for_ten_minutes(tmp_path: Path) -> None:
    async with pair(tmp_path) as p:
        code = await code_of(p, "paper:Ana")
        await direct(p, "ink:Anita", f"/me link {code}")
        await direct(p, "ink:Mallory", f"/me link {code}")
        assert "no code of mine" in told(p, "ink:Mallory")[-1].content.text
        old = await code_of(p, "paper:Ben")
        await p.later(minutes=11)
        await direct(p, "ink:Benny", f"/me link {old}")
        assert "no code of mine" in told(p, "ink:Benny")[-1].content.text
        assert (await asked(p, "ink:Anita")).content.buttons
        gone = await press(p, await asked(p, "ink:Anita"), "ink:Anita", YES)
        assert "Explain" in gone.outcome


async def test_a_new_code_voids_the_one_before_and_ones_own_links_nothing(tmp_path: Path) -> None:
    async with pair(tmp_path) as p:
        first, second = await code_of(p, "paper:Ana"), await code_of(p, "paper:Ana")
        await direct(p, "ink:Anita", f"/me link {first}")
        assert "no code of mine" in told(p, "ink:Anita")[-1].content.text
        await direct(p, "paper:Ana", f"/me link {second}")
        assert "where you made the code" in told(p, "paper:Ana")[-1].content.text
        assert (await person(p, "paper:Ana")).formerly == ()


async def test_a_code_in_a_group_is_void(tmp_path: Path) -> None:
    async with pair(tmp_path) as p:
        code = await code_of(p, "paper:Ana")
        await p.say("ink:main:group", "ink:Anita", f"/me link {code}")
        assert "the code is void" in p.sent("ink:main:group")[-1].content.text
        await direct(p, "ink:Mallory", f"/me link {code}")
        assert "no code of mine" in told(p, "ink:Mallory")[-1].content.text


async def test_who_guesses_is_locked_out_across_restarts(tmp_path: Path) -> None:
    async with pair(tmp_path) as p:
        for n in range(5):
            await direct(p, "ink:Mallory", f"/me link AAAAAAA{n + 2}")
        code = await code_of(p, "paper:Ana")
    async with pair(tmp_path) as p:
        await direct(p, "ink:Mallory", f"/me link {code}")
        assert "Too many wrong codes" in told(p, "ink:Mallory")[-1].content.text
        await p.later(minutes=61)
        fresh = await code_of(p, "paper:Ana")
        await direct(p, "ink:Mallory", f"/me link {fresh}")
        assert (await asked(p, "paper:Ana")).content.buttons


async def test_of_two_who_type_a_code_at_the_same_moment_one_is_asked(tmp_path: Path) -> None:
    async with pair(tmp_path) as p:
        code = await code_of(p, "paper:Ana")
        both = [
            p.entry(f"ink:main:d-{who}", f"ink:{who}", f"/me link {code}", value={"kind": "direct"})
            for who in ("Anita", "Mallory")
        ]
        await asyncio.gather(*(p.core.log.append([entry]) for entry in both))
        await p.settled()
        questions = [w for w in ("ink:Anita", "ink:Mallory") if any(o.content.buttons for o in told(p, w))]
        assert len(questions) == 1
        assert len([o for o in told(p, "paper:Ana") if o.content.buttons]) == 1


async def test_two_linkings_that_end_at_the_same_moment_make_one_person_of_three(tmp_path: Path) -> None:
    async with pair(tmp_path) as p:
        for first, second in (("paper:Ana", "ink:Anita"), ("ink:Anita", "paper:Anna")):
            code = await code_of(p, first)
            await direct(p, second, f"/me link {code}")
            await press(p, await asked(p, second), second, YES)
            p.__dict__.setdefault("questions", []).append((await asked(p, first), first))
        last = []
        for out, who in p.__dict__["questions"]:
            token = next(b.id for b in out.content.buttons if b.label == YES)
            value = {"kind": "direct", "token": token}
            last.append(p.entry(out.place, who, "", what="press", object=out.shown, value=value))
        await asyncio.gather(*(p.core.log.append([entry]) for entry in last))
        await p.settled()
        ids = {(await person(p, i)).id for i in ("paper:Ana", "ink:Anita", "paper:Anna")}
        assert len(ids) == 1
        alive = [x for x in await p.store.find(PEOPLE, {}, order="name") if not x.merged_into]
        assert sorted(i for x in alive for i in x.identities) == ["ink:Anita", "paper:Ana", "paper:Anna"]


async def test_the_store_knows_no_code_and_the_audit_every_step(tmp_path: Path) -> None:
    async with pair(tmp_path) as p:
        code = await code_of(p, "paper:Ana")
        assert all(
            code not in repr(x) for x in await p.store.find(LINKINGS, {"asked_by": (await person(p, "paper:Ana")).id})
        )
        await direct(p, "ink:Anita", f"/me link {code}")
        await press(p, await asked(p, "ink:Anita"), "ink:Anita", YES)
        await press(p, await asked(p, "paper:Ana"), "paper:Ana", YES)
        steps = [a.args.get("step") for a in await p.store.find(AUDITS, {}, order="at") if a.args]
        assert steps == ["made", "typed", "agreed", "linked"]
        assert all(code not in repr(a) for a in await p.store.find(AUDITS, {}, order="at"))
        assert (await p.core.audit.verify_all())[1] == []


async def test_the_higher_role_stays_and_a_link_makes_nobody_more_than_they_were(tmp_path: Path) -> None:
    async with pair(tmp_path) as p:
        await direct(p, "paper:Owner")
        owner = await person(p, "paper:Owner")
        await link(p, "ink:Other", "paper:Owner")
        one = await person(p, "ink:Other")
        assert (one.id, one.role) == (owner.id, "admin")
        gone = await p.store.get(PEOPLE, one.formerly[0])
        assert gone is not None
        assert (gone.role, gone.identities, gone.merged_into) == ("traveller", (), owner.id)
