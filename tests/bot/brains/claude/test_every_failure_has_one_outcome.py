"""However Claude fails, the person gets one answer, from the offline brain, and nothing untrue is said."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.capability import Text, capability
from bot.content import Draft
from bot.ports import Ask, Reply
from tests.bot.brains.claude.lounge import lounge
from tests.emulators.anthropic import Failure, Thinking, Use
from tests.emulators.anthropic import Reply as Said
from tests.emulators.anthropic import Text as Words
from tests.emulators.anthropic.replies import says, uses


class Fort:
    """One thing to look up."""

    @capability("Show the fort", phrases=("show the fort", "show me the fort"))
    async def see_fort(self, ask: Ask, *, wish: Text = "") -> Reply:
        return Reply(drafts=(Draft(text="The fort opens at 8:15."),), data={"opens": "8:15"})


ERRORS = [Failure(status=s) for s in (400, 401, 403, 404, 413, 500, 502, 503, 529)]
ERRORS += [
    Failure(status=429, headers={"retry-after": "7"}),
    Failure(status=429),
    Failure(status=429, headers={"retry-after": "soon"}),
    Failure(status=529, headers={"retry-after": "99999999"}),
    Failure(status=402, type="billing_error"),
]
LIE = "It costs 777 USD and is great. "
BROKEN = [
    says(LIE * 9, cut_after=12),
    says(LIE, cut_after=0),
    says(LIE, cut_after=3),
    says(LIE * 9, error_after=12),
    says(LIE, error_after=1),
    says(LIE * 9, error_after=12, error="rate_limit_error"),
    says(LIE, stop="refusal"),
    says(LIE, stop="model_context_window_exceeded"),
    says(LIE, stop="pause_turn"),
    says("Never ending", stop="max_tokens"),
    Said(blocks=(Words(text=LIE), Use(name="see_fort", raw='{"wish": "a')), stop="max_tokens"),
    Said(),
    says("  \n "),
    says(LIE, silence=4.0),
    says(LIE * 50, pause=0.1),
]


@pytest.mark.parametrize("failures", [ERRORS, BROKEN], ids=["refused", "broken"])
async def test_the_offline_brain_answers_through_the_same_capabilities(
    tmp_path: Path, failures: list[Said | Failure]
) -> None:
    async with lounge(tmp_path, Fort(), begin=1.5, end=2.5) as trip:
        for n, failure in enumerate(failures, 1):
            trip.claude.plan(failure)
            trip.room.channel.sent.clear()
            answer = await trip.ask("Ana", "show me the fort")
            sent = trip.room.channel.sent
            assert "The fort opens at 8:15." in answer, failure
            assert not [o for o in sent if "777" in o.content.text or "Never ending" in o.content.text], failure
            assert len(trip.claude.requests) == n, f"nothing is asked twice: {failure}"
            assert len({o.shown for o in sent if o.kind == "persona" and not o.partial}) <= 2, failure
            trip.room.clock.offset += timedelta(hours=2)


async def test_what_was_half_shown_is_replaced_in_its_place(tmp_path: Path) -> None:
    async with lounge(tmp_path, Fort()) as trip:
        trip.claude.plan(says("The fort is lovely. " * 6, pause=0.01, cut_after=25))
        await trip.ask("Ana", "show me the fort")
        begun = [o for o in trip.room.channel.sent if o.partial and "lovely" in o.content.text]
        ended = [o for o in trip.room.channel.sent if not o.partial and begun[0].shown in o.parts]
        assert begun and len(ended) == 1
        assert "lovely" not in ended[0].content.text


async def test_a_limit_is_kept_and_asked_again_when_it_is_over(tmp_path: Path) -> None:
    async with lounge(tmp_path, Fort()) as trip:
        trip.claude.plan(Failure(status=429, headers={"retry-after": "60"}))
        for _ in range(3):
            await trip.ask("Ana", "hello")
        assert len(trip.claude.requests) == 1
        await trip.room.later(seconds=61)
        assert await trip.ask("Ana", "hello") == "Happy to help. Tell me where you would like to go."


async def test_one_bad_answer_does_not_shut_claude_out(tmp_path: Path) -> None:
    async with lounge(tmp_path, Fort()) as trip:
        trip.claude.plan(says("No.", stop="refusal"))
        await trip.ask("Ana", "hello")
        assert "Happy to help" in await trip.ask("Ana", "hello")


async def test_what_was_looked_up_before_the_failure_is_told_all_the_same(tmp_path: Path) -> None:
    async with lounge(tmp_path, Fort()) as trip:
        trip.claude.plan(uses("see_fort", words="Let me look."), Failure(status=529))
        answer = await trip.ask("Ana", "what about the fort?")
        assert "The fort opens at 8:15." in answer
        assert len(trip.claude.requests) == 2


WRONG = [
    Use(name="fly_to_the_moon"),
    Use(name="see_fort", input={"altitude": 3}),
    Use(name="see_fort", raw='{"wish": '),
    Use(name="see_fort", raw="[1, 2]"),
    Use(name="see_fort", raw='"all"'),
    Use(name="see_fort", input={"wish": {"a": [1]}}),
    Use(name="see_fort", raw="[" * 5_000),
    Use(name="see_fort", input={"wish": "x" * 5000}),
    Use(name="learn", input={"text": "I"}),
]


async def test_a_wrong_call_is_told_to_the_model_which_may_do_better(tmp_path: Path) -> None:
    async with lounge(tmp_path, Fort()) as trip:
        for call in WRONG:
            trip.claude.plan(Said(blocks=(call,)), uses("see_fort", wish="all"), says("Go early."))
            answer = await trip.ask("Ana", "what about the fort?")
            assert "Go early." in answer and "The fort opens at 8:15." in answer, call
            result = trip.claude.requests[-2]["messages"][-1]["content"][0]
            assert result["type"] == "tool_result" and result["is_error"] is True, call
        assert trip.claude.refused == []


async def test_a_model_that_never_stops_calling_wrongly_ends_in_one_kind_sentence(tmp_path: Path) -> None:
    async with lounge(tmp_path, Fort(), mind=lambda request: uses("fly_to_the_moon")) as trip:
        assert (
            await trip.ask("Ana", "what about the fort?")
            == "I could not work that out. Say it in other words, or look at /help."
        )
        assert len(trip.claude.requests) == 6


async def test_a_model_cannot_flood_us_with_calls(tmp_path: Path) -> None:
    async with lounge(tmp_path, Fort()) as trip:
        trip.claude.plan(Said(blocks=tuple(Use(name="see_fort") for _ in range(30))), says("Go early."))
        await trip.ask("Ana", "what about the fort?")
        results = trip.claude.requests[1]["messages"][-1]["content"]
        assert [r["is_error"] for r in results] == [False] * 8 + [True] * 22


async def test_an_answer_that_is_too_long_ends_with_its_last_whole_sentence(tmp_path: Path) -> None:
    async with lounge(tmp_path, Fort()) as trip:
        trip.claude.plan(says("Go early. Take water. And then there is the mat", stop="max_tokens"))
        assert await trip.ask("Ana", "what about the fort?") == "Go early. Take water."


async def test_events_and_blocks_that_do_not_exist_yet_are_passed_over(tmp_path: Path) -> None:
    async with lounge(tmp_path, Fort()) as trip:
        trip.claude.plan(says("Go early.", unknown=True))
        assert await trip.ask("Ana", "what about the fort?") == "Go early."


async def test_several_calls_and_notes_between_them_go_back_as_they_came(tmp_path: Path) -> None:
    async with lounge(tmp_path, Fort()) as trip:
        blocks = (Thinking(thinking="Both, then."), Words(text="One moment."), Use(name="see_fort"), Use(name="help"))
        trip.claude.plan(Said(blocks=blocks), uses("see_fort", wish="again"), says("Go early."))
        answer = await trip.ask("Ana", "what about the fort?")
        assert "Go early." in answer
        first, second = (m["content"] for m in trip.claude.requests[2]["messages"] if m["role"] == "assistant")
        assert [b["type"] for b in first] == ["thinking", "text", "tool_use", "tool_use"]
        assert first[0]["signature"] == "sig-msg_1_0" and second[0]["input"] == {"wish": "again"}
        assert trip.claude.refused == []


async def test_an_answer_of_untrue_figures_alone_says_that_there_is_no_record(tmp_path: Path) -> None:
    async with lounge(tmp_path, Fort()) as trip:
        trip.claude.plan(says("It costs 777 USD."))
        assert await trip.ask("Ana", "what about the fort?") == (
            "I have no record that says so, and I would rather not guess. Ask me to look it up."
        )
