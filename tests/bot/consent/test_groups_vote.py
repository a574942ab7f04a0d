"""Votes as groups hold them: changed minds, late votes, ties, too few, leavers, restarts, two presses at once."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.documents import Insert
from bot.kinds import KINDS
from bot.model import IDENTITIES, JOBS, Identity
from bot.storage.sqlite import SqliteStore
from tests.bot.consent.booth import PLACE, TRIO, Booth, booth, told


async def test_a_vote_is_cast_changed_and_taken_back(tmp_path: Path) -> None:
    async with booth(tmp_path) as b:
        await b.say("Ana", "/poll beach or museum or safari?")
        assert [o.label for o in b.card.options] == ["beach", "museum", "safari"]
        assert (b.card.state, b.card.quorum) == ("open", 2)
        await b.press("Ben", "beach")
        assert b.counts == {"beach": 1, "museum": 0, "safari": 0}
        await b.press("Ben", "safari")
        assert b.counts == {"beach": 0, "museum": 0, "safari": 1}
        await b.press("Ben", "safari")
        assert b.counts == {"beach": 0, "museum": 0, "safari": 0}
        assert len(b.cards()) == 1


async def test_the_buttons_stay_the_same_while_the_card_is_edited(tmp_path: Path) -> None:
    async with booth(tmp_path) as b:
        await b.say("Ana", "/poll beach or museum")
        before = await b.token("beach")
        await b.press("Ben", "museum")
        assert await b.token("beach") == before


async def test_when_everybody_has_voted_the_vote_is_over_and_the_winner_is_taken(tmp_path: Path) -> None:
    async with booth(tmp_path) as b:
        await b.say("Ana", "/rooms")
        await b.say("Ben", "/poll 1 2")
        assert [(o.label, o.detail) for o in b.card.options] == [("Room A", "KES 300.00"), ("Room B", "KES 200.00")]
        await b.press("Ana", "Room B")
        await b.press("Ben", "Room A")
        said = await b.press("Cy", "Room B")
        assert said == "The vote is over: **Room B** wins with 2 votes of 3.\ninn:b is taken for Ben"
        assert (b.card.state, b.card.winner, b.inn.taken) == ("closed", "2", [("Ben", "inn:b")])
        await b.p.later(hours=30)
        assert b.inn.taken == [("Ben", "inn:b")]


async def test_prices_are_facts_of_the_list_that_was_shown(tmp_path: Path) -> None:
    async with booth(tmp_path) as b:
        await b.say("Ana", "/rooms")
        await b.say("Ana", "/poll rooms")
        card = b.p.channel.sent[-1].content.card
        assert card is not None and card.title == "Which room?"
        assert [(f.label, f.value, f.source, f.ref) for f in card.facts] == [
            ("1 · Price", "KES 300.00", "Inn", "inn:a"),
            ("2 · Price", "KES 200.00", "Inn", "inn:b"),
            ("3 · Price", "KES 200.00", "Inn", "inn:c"),
        ]


async def test_a_vote_after_the_deadline_does_not_count(tmp_path: Path) -> None:
    async with booth(tmp_path) as b:
        await b.say("Ana", "/poll beach or museum in 2 hours, quorum 1")
        await b.press("Ben", "beach")
        late = await b.pressing("Cy", "museum")
        b.p.clock.offset += timedelta(hours=2)
        in_time = await b.pressing("Ana", "beach", at=b.p.clock.now() - timedelta(seconds=1))
        await b.p.hear(in_time)
        said = told(await b.p.hear(replace(late, at=b.p.clock.now())))
        assert said.startswith("*That vote closed at ") and "does not count" in said
        await b.p.later(seconds=1)
        assert (b.card.state, b.counts) == ("closed", {"beach": 2, "museum": 0})
        assert "can no longer be changed" in await press_old(b, "Cy", late.value["token"])


async def press_old(b: Booth, who: str, token: str) -> str:
    return told(await b.p.hear(b.p.entry(PLACE, who, "", what="press", value={"token": token})))


async def test_too_few_votes_decide_nothing_and_can_be_repeated(tmp_path: Path) -> None:
    async with booth(tmp_path) as b:
        await b.say("Ana", "/rooms")
        await b.say("Ana", "/poll 1 2, quorum 3")
        await b.press("Ana", "Room A")
        await b.press("Ben", "Room A")
        await b.p.later(hours=24)
        assert b.card.state == "no_quorum"
        assert b.p.texts(PLACE)[-1] == "The vote is over, but only 2 of the 3 needed have voted. Nothing was decided."
        assert b.inn.taken == []
        await b.press("Ben", "Vote again")
        assert (b.card.state, b.counts) == ("open", {"Room A": 0, "Room B": 0})
        assert "done already" in await press_old(b, "Cy", (await b.token("Vote again"))[0])
        for who in TRIO:
            await b.press(who, "Room A")
        assert b.inn.taken == [("Ben", "inn:a")]


async def test_a_tie_goes_to_a_run_off_and_then_to_whoever_opened_the_vote(tmp_path: Path) -> None:
    async with booth(tmp_path, *TRIO, "Dee") as b:
        await b.say("Ana", "/rooms")
        await b.say("Ana", "/poll 1 2 3")
        for who, room in (("Ana", "Room A"), ("Ben", "Room A"), ("Cy", "Room B"), ("Dee", "Room B")):
            await b.press(who, room)
        first, second = b.cards().values()
        assert (first.state, second.state, second.quorum) == ("tie", "open", 0)
        assert [o.label for o in second.options] == ["Room A", "Room B"]
        assert (second.closes_at - b.p.clock.now()) < timedelta(hours=12)
        await b.press("Ana", "Room A")
        await b.press("Ben", "Room B")
        await b.p.later(hours=12)
        assert b.card.state == "tie"
        assert "Ana decides" in b.p.texts(PLACE)[-1]
        assert await b.press("Ben", "Room A") == "*Only Ana, who opened the vote, can do that."
        assert "Ana has decided: **Room A** wins" in await b.press("Ana", "Room A")
        assert (b.card.state, b.inn.taken) == ("closed", [("Ana", "inn:a")])
        assert "Ana has decided" not in await press_old(b, "Ana", (await b.token("Room B"))[0])
        assert b.inn.taken == [("Ana", "inn:a")]


async def test_a_run_off_without_any_vote_is_decided_by_the_opener(tmp_path: Path) -> None:
    async with booth(tmp_path) as b:
        await b.say("Ana", "/poll tea or coffee in 1 hour, quorum 2")
        await b.press("Ana", "tea")
        await b.press("Ben", "coffee")
        await b.p.later(hours=1)
        old = (await b.box()).round
        await b.p.later(hours=1)
        assert (old, b.card.state) == (2, "tie")
        await b.press("Ana", "coffee")
        assert (b.card.state, b.card.winner) == ("closed", "2")


async def test_a_button_of_the_first_round_points_to_the_run_off(tmp_path: Path) -> None:
    async with booth(tmp_path, "Ana", "Ben") as b:
        await b.say("Ana", "/poll tea or coffee")
        old = (await b.token("tea"))[0]
        await b.press("Ana", "tea")
        await b.press("Ben", "coffee")
        assert await press_old(b, "Ana", old) == "*That round is over. Vote in the run-off further down."
        assert b.counts == {"tea": 0, "coffee": 0}


@pytest.mark.parametrize(("rule", "wins"), [("cheapest wins", "Room B"), ("", "")])
async def test_the_cheapest_wins_a_tie_where_that_was_agreed(tmp_path: Path, rule: str, wins: str) -> None:
    async with booth(tmp_path, "Ana", "Ben") as b:
        await b.say("Ana", "/rooms")
        await b.say("Ana", f"/poll 1 2, {rule}")
        await b.press("Ana", "Room A")
        said = await b.press("Ben", "Room B")
        assert b.inn.taken == ([("Ana", "inn:b")] if wins else [])
        assert ("costs least" in said) == bool(wins)


async def test_only_the_opener_closes_early_and_after_a_second_press(tmp_path: Path) -> None:
    async with booth(tmp_path) as b:
        await b.say("Ana", "/poll tea or coffee, quorum 1")
        await b.press("Ben", "tea")
        close = (await b.token("Close now"))[0]
        assert await press_old(b, "Ben", close) == "*Only Ana, who opened the vote, can do that."
        assert await press_old(b, "Ana", close) == "Close the vote now? 1 of 3 have voted, 1 are needed."
        assert b.card.state == "open"
        assert await b.press("Ben", "Close now") == "*That button is for somebody else."
        assert "**tea** wins with 1 vote of 1" in await b.press("Ana", "Close now")
        assert b.card.state == "closed"
        assert "Ana has closed the vote." in [c.text for c in b.now().values() if c.kind == "notice"]
        assert "can no longer be changed" in await press_old(b, "Ana", close)


async def test_votes_of_those_who_leave_no_longer_count(tmp_path: Path) -> None:
    async with booth(tmp_path, *TRIO, "Dee") as b:
        await b.say("Ana", "/poll tea or coffee")
        assert b.card.quorum == 3
        await b.press("Dee", "coffee")
        await b.leaves("Dee")
        assert (b.counts, b.card.quorum) == ({"tea": 0, "coffee": 0}, 2)
        assert await b.press("Dee", "tea") == "*You are not a member of this trip."
        await b.press("Ana", "tea")
        await b.press("Ben", "coffee")
        await b.gather("Dee")
        assert b.counts == {"tea": 1, "coffee": 2}
        await b.leaves("Dee", "Cy")
        assert b.cards() and b.card.state == "open" and (await b.box()).round == 2


async def test_when_only_a_leaver_was_missing_the_vote_is_over(tmp_path: Path) -> None:
    async with booth(tmp_path) as b:
        await b.say("Ana", "/rooms")
        await b.say("Cy", "/poll 1 2")
        await b.press("Ana", "Room A")
        await b.press("Ben", "Room A")
        await b.leaves("Cy")
        assert b.card.state == "closed"
        assert b.p.texts(PLACE)[-1].endswith("I could not go on with it: whoever opened the vote has left.")
        assert b.inn.taken == []
        assert await b.press("Ben", "Try again") == "inn:a is taken for Ben"


async def test_a_winner_that_is_looked_up_first_is_taken_by_a_job(tmp_path: Path) -> None:
    async with booth(tmp_path, "Ana", "Ben", then="ask_and_take") as b:
        await b.say("Ana", "/rooms")
        await b.say("Ana", "/poll 1 2")
        await b.press("Ana", "Room A")
        await b.press("Ben", "Room A")
        await b.p.settled()
        assert b.inn.taken == [("Ana", "inn:a")]


async def test_one_person_on_two_networks_has_one_ballot(tmp_path: Path) -> None:
    async with booth(tmp_path, "Ana", "Ben", "Cy") as b:
        ana = (await b.p.say(PLACE, "Ana", "hello")).person
        await b.p.store.commit([Insert(IDENTITIES, Identity(id="paper:Anna W", person=ana, name="Anna W"))])
        await b.say("Ben", "/poll tea or coffee")
        await b.press("Ana", "tea")
        await b.press("Anna W", "coffee")
        assert b.counts == {"tea": 0, "coffee": 1}
        await b.press("Anna W", "coffee")
        assert b.counts == {"tea": 0, "coffee": 0}


async def test_a_persona_reads_in_the_history_how_a_vote_stands(tmp_path: Path) -> None:
    async with booth(tmp_path, "Ana", "Ben") as b:
        await b.say("Ana", "/poll tea or coffee")
        await b.press("Ben", "coffee")
        thread = await b.p.thread(PLACE)
        lines = [line.text for line in await b.p.core.history.lines(thread.id)]
        assert len([x for x in lines if x.endswith("tea: 0\ncoffee: 1\nvote open")]) == 1
        await b.press("Ana", "coffee")
        lines = [line.text for line in await b.p.core.history.lines(thread.id)]
        assert len([x for x in lines if x.endswith("tea: 0\ncoffee: 2 (won)\nvote closed")]) == 1


async def test_a_refusal_of_the_winner_is_told_and_can_be_tried_again(tmp_path: Path) -> None:
    async with booth(tmp_path, "Ana", "Ben") as b:
        await b.say("Ana", "/rooms")
        await b.say("Ana", "/poll 1 2")
        b.inn.full = "The inn is full."
        await b.press("Ana", "Room A")
        assert "could not go on with it: The inn is full." in await b.press("Ben", "Room A")
        assert b.card.state == "closed"
        b.inn.full = ""
        await b.press("Ben", "Try again")
        assert b.inn.taken == [("Ben", "inn:a")]


async def test_people_elsewhere_and_forged_choices_change_nothing(tmp_path: Path) -> None:
    async with booth(tmp_path) as b:
        await b.say("Ana", "/poll tea or coffee")
        token = (await b.token("tea"))[0]
        away = b.p.entry("bar", "Zed", "", what="press", value={"token": token})
        assert told(await b.p.hear(away)) == "*That button no longer works."
        assert b.counts == {"tea": 0, "coffee": 0}
        forged = b.p.entry(PLACE, "Ben", "", what="press", value={"token": token, "values": {"option": "2", "x": "1"}})
        await b.p.hear(forged)
        assert sum(b.counts.values()) <= 1
        assert b.counts["coffee"] == 0


async def test_the_open_votes_are_shown_again_and_are_live_there(tmp_path: Path) -> None:
    async with booth(tmp_path) as b:
        await b.say("Ana", "/poll tea or coffee")
        await b.press("Ben", "tea")
        await b.say("Cy", "/poll")
        assert b.counts == {"tea": 1, "coffee": 0}
        [card] = [shown for shown, content in b.now().items() if content.poll]
        assert "“Which one?” goes on further down." in [c.text for c in b.now().values()]
        await b.press("Cy", "coffee")
        assert b.now()[card].poll == b.card
        assert b.counts == {"tea": 1, "coffee": 1}


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("/poll", "What shall we vote on?"),
        ("/poll 1 2", "I have shown no list here lately"),
        ("/poll tea", "at least two"),
        ("/poll tea or coffee until yesterday", "has passed"),
        ("/poll tea or coffee in 3 weeks", "too far away"),
        ("/poll tea or coffee, quorum 9", "9 cannot vote: 3 are here"),
        ("/poll tea or coffee, quorum 0", "At least one must vote"),
    ],
)
async def test_what_cannot_be_voted_on_is_asked_again(tmp_path: Path, words: str, answer: str) -> None:
    async with booth(tmp_path) as b:
        assert answer in await b.say("Ana", words)
        assert b.cards() == {}


async def test_a_number_that_is_not_on_the_list_is_asked_again_and_answered(tmp_path: Path) -> None:
    async with booth(tmp_path) as b:
        await b.say("Ana", "/rooms")
        assert "from 1 to 3" in await b.say("Ana", "/poll 1 7")
        await b.say("Ana", "1 and 3")
        assert [o.label for o in b.card.options] == ["Room A", "Room C"]


async def test_in_ones_own_chat_there_is_nobody_to_vote_with(tmp_path: Path) -> None:
    async with booth(tmp_path) as b:
        said = await b.p.say("own", "Ana", "/poll tea or coffee", value={"kind": "direct"})
        assert "A vote needs a group" in said.answers[-1].content.text


async def test_presses_at_the_same_moment_all_count(tmp_path: Path) -> None:
    people = tuple(f"P{n:02}" for n in range(20))
    async with booth(tmp_path, *people) as b:
        await b.say("P00", "/poll tea or coffee")
        presses = [await b.pressing(who, "tea" if n % 3 else "coffee") for n, who in enumerate(people[1:])]
        await asyncio.gather(*(b.p.core.log.append([e]) for e in presses))
        await asyncio.gather(*(b.p.core.log.append([e]) for e in presses))
        await b.p.settled()
        assert sum(b.counts.values()) == 19
        assert b.counts == {"tea": 12, "coffee": 7}


async def test_a_vote_goes_on_after_a_restart_and_closes_once(tmp_path: Path) -> None:
    clock = SystemClock()
    async with booth(tmp_path, clock=clock) as b:
        await b.say("Ana", "/rooms")
        await b.say("Ana", "/poll 1 2 in 2 hours")
        await b.press("Ana", "Room B")
    clock.offset += timedelta(hours=1)
    async with booth(tmp_path, clock=clock) as b:
        box = await b.box()
        await b.p.hear(b.p.entry(PLACE, "Ben", "", what="press", value={"token": box.buttons["2"]}))
        assert b.counts == {"Room A": 0, "Room B": 2}
    clock.offset += timedelta(hours=2)
    async with booth(tmp_path, clock=clock) as b:
        await b.p.core.jobs.run_due()
        await b.p.settled()
        assert (b.card.state, b.card.winner) == ("closed", "2")
        assert b.inn.taken == [("Ana", "inn:b")]
        assert [j.state for j in await b.p.store.find(JOBS, {"state": "done"}) if j.name == "poll_deadline"] == ["done"]


async def test_two_processes_count_every_ballot_and_take_the_winner_once(tmp_path: Path) -> None:
    store = SqliteStore(str(tmp_path))
    await store.open(KINDS)
    people = tuple(f"P{n}" for n in range(9))
    async with booth(tmp_path, *people, store=store) as one, booth(tmp_path, *people, store=store) as two:
        await one.say("P0", "/rooms")
        await one.say("P0", "/poll 1 2")
        presses = [await one.pressing(who, "Room A" if n < 5 else "Room B") for n, who in enumerate(people)]
        for entry in presses:
            await one.p.store_entry_for_both(two.p, entry)
        await one.p.settled()
        await two.p.settled()
        box = await one.box()
        assert (box.state, box.winner, len(box.votes)) == ("closed", "1", 9)
        assert len({*one.inn.taken, *two.inn.taken}) == 1
    await store.close()
