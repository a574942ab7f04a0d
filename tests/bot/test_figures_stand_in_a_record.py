"""The fact check, sentence by sentence."""

import pytest

from bot.facts import checked, known

RESULTS = [
    {"price": "KES 4,500", "leaves": "10:40", "day": "2027-03-15", "ref": "AB12CD", "rooms": 7, "km": 12.0, "left": 9},
    {"at": "2027-03-16T18:05:00+03:00", "fare": "USD 89.50", "night": "45 EUR"},
]


@pytest.mark.parametrize(
    "sentence",
    [
        "It is KES 4,500.", "It is KES 4,500.00.", "4500 KES, all told.", "It leaves at 10:40.", "At 10:40 am.",
        "At 6:05 pm.", "Reference AB12CD.", "On 15 March.", "On March 16th.", "The 15 and 16 March.", "On 2027-03-15.",
        "In 2027.", "It is lovely.", "I know 2 things.", "It is 12 km away.", "Four of you.", "It is $89.50.",
        "€45 a night.",
        ],
)  # fmt: skip
def test_what_a_record_holds_may_be_told(sentence: str) -> None:
    assert checked(sentence, known(RESULTS, ())) == (sentence, [])


@pytest.mark.parametrize(
    "sentence",
    [
        "It is KES 4,600.", "It is KES 7.", "It costs $5.", "It is EUR 4,500.", "It is USD 9.", "€12.",
        "It leaves at 10:45.",
        "At 7 pm.", "At 10:40 pm.", "Reference AB12CE.", "On 17 March.", "On 15 April.", "March 9.", "On 2027-03-17.",
        "Only 5 % more.", "9 EUR a night.", "It is 4500.50.", "In 2028.",
        ],
)  # fmt: skip
def test_what_no_record_holds_is_dropped(sentence: str) -> None:
    assert checked(f"Look. {sentence} Nice.", known(RESULTS, ())) == ("Look. Nice.", [sentence])


def test_people_may_be_quoted_but_not_about_money_that_moved() -> None:
    allowed, recorded = known(RESULTS, ["I have 900 EUR"]), known([{"value": "KES 4,500"}], ())
    assert checked("With 900 EUR you are fine.", allowed, recorded)[1] == []
    for untrue in ("You were charged 900 EUR.", "We received 900 EUR.", "It is booked as AB12CD.", "You paid $900."):
        assert checked(untrue, allowed, recorded) == ("", [untrue])
    assert checked("You paid KES 4,500.", allowed, recorded)[1] == []
