"""Choices, deadlines, quorums and tie rules as people write them."""

from datetime import UTC, datetime

import pytest

from bot.consent.deadlines import deadline, written
from bot.consent.wording import free_options, numbers, quorum, terms, tie_rule
from bot.errors import AskAgain
from bot.language import again, speaking

FRIDAY = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)
KINDS = ("hotel", "hotels", "flight", "flights")


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("until 18:00", "2026-11-20 18:00"),
        ("until 6pm", "2026-11-20 18:00"),
        ("till 6.30 p.m.", "2026-11-20 18:30"),
        ("by midnight", "2026-11-20 23:59"),
        ("18:00", "2026-11-20 18:00"),
        ("until 18:00 UTC", "2026-11-20 18:00"),
        ("until 5 o'clock tomorrow", "2026-11-21 05:00"),
        ("in 2 hours", "2026-11-20 16:30"),
        ("in half an hour", "2026-11-20 15:00"),
        ("for 90 minutes", "2026-11-20 16:00"),
        ("in an hour", "2026-11-20 15:30"),
        ("2h", "2026-11-20 16:30"),
        ("in 3 days", "2026-11-23 14:30"),
        ("by tomorrow", "2026-11-21 23:59"),
        ("until tomorrow noon", "2026-11-21 12:00"),
        ("until tomorrow at 9am", "2026-11-21 09:00"),
        ("until tonight", "2026-11-20 23:59"),
        ("by Friday", "2026-11-20 23:59"),
        ("by Sunday", "2026-11-22 23:59"),
        ("until Sunday 20:00", "2026-11-22 20:00"),
        ("until 20:00 on Sunday", "2026-11-22 20:00"),
        ("until 2026-11-25", "2026-11-25 23:59"),
        ("before 25 November", "2026-11-25 23:59"),
        ("2026-11-21T10:00:00Z", "2026-11-21 10:00"),
    ],
)
def test_a_deadline_is_read_from_words(words: str, at: str) -> None:
    assert f"{deadline(words, FRIDAY):%Y-%m-%d %H:%M}" == at


@pytest.mark.parametrize(
    "words",
    ["until 08:00", "until yesterday", "by 2026-11-19", "until 2027-11-20", "in 3 weeks", "until 25:00", "until dawn",
     "by 2026-02-30", "in 0 minutes", "soon", "until 14:30", "0h"],
)  # fmt: skip
def test_a_deadline_that_is_past_too_far_or_none_is_asked_again(words: str) -> None:
    with pytest.raises(AskAgain) as again:
        deadline(words, FRIDAY)
    assert again.value.parameter == "deadline"


@pytest.mark.parametrize(
    ("words", "at", "told"),
    [
        ("hadi kesho saa mbili usiku", "21 17:00", "Jumamosi 21 Nov, saa 2 usiku (17:00 UTC)"),
        ("saa mbili usiku kesho", "21 17:00", "Jumamosi 21 Nov, saa 2 usiku (17:00 UTC)"),
        ("kesho saa mbili", "21 05:00", "Jumamosi 21 Nov, saa 2 asubuhi (05:00 UTC)"),
        ("hadi saa mbili", "20 17:00", "Ijumaa 20 Nov, saa 2 usiku (17:00 UTC)"),
        ("hadi saa nane usiku", "20 23:00", "Jumamosi 21 Nov, saa 8 usiku (23:00 UTC)"),
        ("mpaka leo saa kumi na mbili jioni", "20 15:00", "Ijumaa 20 Nov, saa 12 jioni (15:00 UTC)"),
        ("hadi kesho saa kumi na moja alfajiri", "21 02:00", "Jumamosi 21 Nov, saa 11 alfajiri (02:00 UTC)"),
        ("hadi kesho saa sita mchana", "21 09:00", "Jumamosi 21 Nov, saa 6 mchana (09:00 UTC)"),
        ("hadi saa sita usiku", "20 20:59", "Ijumaa 20 Nov, saa 5:59 usiku (20:59 UTC)"),
        ("hadi kesho saa tatu kasorobo usiku", "21 17:45", "Jumamosi 21 Nov, saa 2:45 usiku (17:45 UTC)"),
        ("hadi 25 Novemba saa tano na nusu asubuhi", "25 08:30", "Jumatano 25 Nov, saa 5:30 asubuhi (08:30 UTC)"),
        ("hadi Jumapili saa 8 mchana", "22 11:00", "Jumapili 22 Nov, saa 8 mchana (11:00 UTC)"),
        ("hadi ijumaa ijayo jioni", "27 16:00", "Ijumaa 27 Nov, saa 1 usiku (16:00 UTC)"),
        ("hadi 18:30", "20 15:30", "Ijumaa 20 Nov, saa 12:30 jioni (15:30 UTC)"),
        ("ndani ya saa mbili", "20 16:30", "Ijumaa 20 Nov, saa 1:30 usiku (16:30 UTC)"),
        ("baada ya saa moja na nusu", "20 16:00", "Ijumaa 20 Nov, saa 1 usiku (16:00 UTC)"),
        ("kwa dakika 30", "20 15:00", "Ijumaa 20 Nov, saa 12 jioni (15:00 UTC)"),
        ("keshokutwa", "22 20:59", "Jumapili 22 Nov, saa 5:59 usiku (20:59 UTC)"),
    ],
)  # fmt: skip
def test_a_deadline_in_swahili_is_of_the_clock_that_begins_at_six(words: str, at: str, told: str) -> None:
    closes = deadline(words, FRIDAY)
    with speaking("sw"):
        assert (f"{closes:%d %H:%M}", str(written(closes))) == (at, told)


def test_a_moment_is_told_again_in_the_language_of_its_reader() -> None:
    with speaking("sw"):
        told = written(FRIDAY)
        here = str(written(FRIDAY, "Africa/Nairobi"))
    assert (str(told), again(told)) == ("Ijumaa 20 Nov, saa 11:30 jioni (14:30 UTC)", "Fri 20 Nov 14:30 UTC")
    assert here == "Ijumaa 20 Nov, saa 11:30 jioni (17:30 EAT)"


@pytest.mark.parametrize(
    "words", ["hadi jana", "hadi saa 25", "saa 12 mchana", "hadi tarehe 31", "hadi 24:10", "hadi leo asubuhi"]
)
def test_a_deadline_in_swahili_that_is_none_is_asked_again(words: str) -> None:
    with pytest.raises(AskAgain):
        deadline(words, FRIDAY)


@pytest.mark.parametrize(
    ("text", "what", "until", "voters", "tie"),
    [
        ("1 2 3", "1 2 3", "", None, ""),
        ("these hotels until 18:00", "these hotels", "until 18:00", None, ""),
        ("let's vote on these hotels until 18:00", "these hotels", "until 18:00", None, ""),
        ("put the first and the third to a vote, quorum 3", "the first and the third", "", 3, ""),
        ("beach or museum in 2 hours, quorum of two, cheapest wins", "beach or museum", "in 2 hours", 2, "cheapest"),
        ("1 and 2, at least 2 votes, by Friday", "1 and 2", "by Friday", 2, ""),
        ("tea or coffee, everybody must vote, on a tie I decide", "tea or coffee", "", -1, "opener"),
        ("tea or coffee; run-off on a tie", "tea or coffee", "", None, "run-off"),
        ("until 18:00", "", "until 18:00", None, ""),
        ("train by night or bus by day", "train by night or bus by day", "", None, ""),
        ("Where to eat? pizza or sushi?", "Where to eat? pizza or sushi?", "", None, ""),
        ("let's vote", "", "", None, ""),
        ("ufuo au makumbusho hadi kesho saa mbili usiku", "ufuo au makumbusho", "hadi kesho saa mbili usiku", None, ""),
        ("tupige kura kati ya ufuo au milima, angalau watu watatu", "ufuo au milima", "", 3, ""),
        ("pigeni kura pilau au ugali, zikilingana aliyeanzisha anaamua", "pilau au ugali", "", None, "opener"),
        ("basi au treni, wote wapige kura, ndani ya dakika 30", "basi au treni", "ndani ya dakika 30", -1, ""),
    ],
)
def test_the_rules_are_taken_out_of_what_is_voted_on(
    text: str, what: str, until: str, voters: int | None, tie: str
) -> None:
    said = terms(text)
    assert (said.what, said.deadline, said.quorum, said.tie) == (what, until, voters, tie)


@pytest.mark.parametrize(
    ("what", "picked"),
    [
        ("1 2 3", (1, 2, 3)),
        ("3, 1", (3, 1)),
        ("1 and 1 and 2", (1, 2)),
        ("the first and the third", (1, 3)),
        ("2nd and the last one", (2, 5)),
        ("these hotels", (1, 2, 3, 4, 5)),
        ("hotels", (1, 2, 3, 4, 5)),
        ("hotels 2 and 4", (2, 4)),
        ("numbers 2 to 4", (2, 3, 4)),
        ("1-3", (1, 2, 3)),
        ("the first three", (1, 2, 3)),
        ("top 2", (1, 2)),
        ("all of them", (1, 2, 3, 4, 5)),
        ("2 or 3 days", None),
        ("beach or museum", None),
        ("the beach and the first museum", None),
        ("or", None),
    ],
)
def test_offers_of_the_last_list_are_pointed_at(what: str, picked: tuple[int, ...] | None) -> None:
    assert numbers(what, 5, KINDS) == picked


@pytest.mark.parametrize("what", ["1 6", "0 and 1", "99 98", "the ninth and the first"])
def test_a_number_that_is_not_on_the_list_is_asked_again(what: str) -> None:
    with pytest.raises(AskAgain, match="from 1 to 5"):
        numbers(what, 5, KINDS)


@pytest.mark.parametrize(
    ("what", "title", "labels"),
    [
        ("beach or museum or safari?", "", ("beach", "museum", "safari")),
        ("Beach, museum, or safari", "", ("Beach", "museum", "safari")),
        ("pizza vs sushi", "", ("pizza", "sushi")),
        ("pizza and sushi", "", ("pizza", "sushi")),
        ("pilau na ugali", "", ("pilau", "ugali")),
        ("fish and chips or pie and mash", "", ("fish and chips", "pie and mash")),
        ("Where to eat: pizza; sushi", "Where to eat:", ("pizza", "sushi")),
        ("Where to eat? pizza or sushi?", "Where to eat?", ("pizza", "sushi")),
        ("tea or Tea or coffee", "", ("tea", "coffee")),
        ("Nairobi / Mombasa", "", ("Nairobi", "Mombasa")),
    ],
)
def test_free_choices_are_kept_as_written(what: str, title: str, labels: tuple[str, ...]) -> None:
    assert free_options(what) == (title, labels)


@pytest.mark.parametrize(
    "what", ["beach", "", "tea or TEA", ", ,", " or ".join(map(str, range(11))), f"a or {'b' * 61}"]
)
def test_too_few_too_many_and_endless_choices_are_asked_again(what: str) -> None:
    with pytest.raises(AskAgain):
        free_options(what)


def test_rules_are_read_from_their_own_words_too() -> None:
    assert [quorum(w) for w in ("3", "three of us", "everybody", "most", "9999999999")] == [3, 3, -1, None, 999_999]
    assert [tie_rule(w) for w in ("run-off", "the opener", "cheapest wins", "dice", "bei nafuu", "duru ya pili")] == [
        "run-off",
        "opener",
        "cheapest",
        "",
        "cheapest",
        "run-off",
    ]
