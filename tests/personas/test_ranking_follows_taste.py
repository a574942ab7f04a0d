"""P1: the same offers in another order for another persona, always the same for the same one, with true reasons."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Persona
from bot.money import Money
from personas.liking import learned_from
from personas.ranking import rank, score, shunned, traits, usual_prices
from personas.vocabulary import LABELS
from tests.personas.things import ACTIVITIES, HOTELS, Thing, liking

NOON = datetime(2027, 3, 12, 12, tzinfo=UTC)
NOBODY = Persona(id="a0", owner="p0", name="Nobody")
BEACH = replace(
    NOBODY, id="a1", name="Zuri", tastes={"beach": 60, "food": 60, "museum": -80}, budget="low", style="relaxed"
)
CULTURE = replace(NOBODY, id="a2", name="Kai", tastes={"museum": 90, "history": 60, "beach": -80}, budget="high")


def test_two_opposite_personas_order_the_same_twenty_offers_differently() -> None:
    offers = ACTIVITIES[:20]
    first, second = rank(BEACH, offers), rank(CULTURE, offers)
    assert len(offers) == 20 and set(first) == set(second) == set(offers)
    assert sum("beach" in o.tags or "food" in o.tags for o in first[:5]) >= 4
    assert sum("museum" in o.tags or "history" in o.tags for o in second[:5]) == 5
    assert not set(first[:5]) & set(second[:5])


def test_what_is_firmly_refused_comes_last() -> None:
    last = rank(BEACH, ACTIVITIES)[-len([o for o in ACTIVITIES if "museum" in o.tags]) :]
    assert all("museum" in o.tags for o in last)


def test_a_small_purse_prefers_what_costs_less_and_a_large_one_what_is_finer() -> None:
    thrifty, lavish = replace(NOBODY, budget="low"), replace(NOBODY, budget="high")
    cheap_first = [o.price.minor for o in rank(thrifty, HOTELS) if o.price]
    assert cheap_first == sorted(cheap_first)
    assert "luxury" in rank(lavish, HOTELS)[0].tags and "budget" in rank(lavish, HOTELS)[-1].tags


def test_prices_are_compared_within_a_kind_and_a_currency_alone() -> None:
    yen = Thing(ref="y", kind="hotel", title="Ryokan", price=Money(900, "JPY"))
    assert usual_prices([*HOTELS, yen])["hotel", "JPY"] == 900
    assert usual_prices(HOTELS) == {("hotel", "KES"): 900_000}


@pytest.mark.parametrize(
    ("persona", "thing", "reason"),
    [
        (BEACH, Thing(ref="1", title="Sea View Walk", tags=("beach",)), "you like beaches"),
        (BEACH, Thing(ref="1", title="Fort", tags=("museum",)), "you said no museums"),
        (CULTURE, Thing(ref="1", title="Old Fort", tags=("museum",)), "you love museums"),
        (
            replace(NOBODY, learned={"music": 40}),
            Thing(ref="1", title="Jazz", tags=("music",)),
            "you liked other live music",
        ),
        (replace(NOBODY, recalled={"seafood": -100}), Thing(ref="1", title="Oyster Bar"), "you told me: no seafood"),
        (replace(NOBODY, style="family"), Thing(ref="1", title="Zoo", tags=("family",)), "it suits family travel"),
        (NOBODY, Thing(ref="1", title="Best", rating=4.8), "people rate it very well"),
    ],
)
def test_reasons_name_what_is_true(persona: Persona, thing: Thing, reason: str) -> None:
    assert reason in score(persona, thing)[1]


@given(tastes=st.dictionaries(st.sampled_from(sorted(LABELS)), st.integers(-100, 100).filter(bool), max_size=6))
def test_every_reason_refers_to_a_taste_the_persona_has(tastes: dict[str, int]) -> None:
    persona = replace(NOBODY, tastes=tastes)
    told = {LABELS[t] for t in tastes} | {"people rate it very well"}
    for thing in ACTIVITIES:
        assert all(any(label in reason for label in told) for reason in score(persona, thing)[1])


@given(
    order=st.permutations(ACTIVITIES), tastes=st.dictionaries(st.sampled_from(sorted(LABELS)), st.integers(-100, 100))
)
def test_the_order_does_not_depend_on_how_the_offers_came(order: list[Thing], tastes: dict[str, int]) -> None:
    persona = replace(NOBODY, tastes=tastes)
    assert rank(persona, order) == rank(persona, ACTIVITIES)
    assert sorted(o.ref for o in rank(persona, order)) == sorted(o.ref for o in ACTIVITIES)


@given(tag=st.sampled_from(["beach", "food", "museum", "nightlife", "nature"]), weight=st.integers(1, 100))
def test_liking_a_thing_more_never_moves_it_down(tag: str, weight: int) -> None:
    before, after = rank(NOBODY, ACTIVITIES), rank(replace(NOBODY, tastes={tag: weight}), ACTIVITIES)
    best = next(o for o in before if tag in o.tags)
    assert after.index(best) <= before.index(best)


def test_nobody_in_particular_gets_what_is_rated_best() -> None:
    things = [Thing(ref=str(n), title=f"T{n}", rating=r) for n, r in enumerate((3.0, 4.9, 4.0))]
    assert [o.rating for o in rank(None, things)] == [4.9, 4.0, 3.0]
    assert rank(None, []) == []


def test_a_title_tells_less_than_a_tag_and_a_cuisine_as_much() -> None:
    assert traits(Thing(ref="1", title="Baobab Beach Hotel"))["beach"] == 60
    assert traits(Thing(ref="1", title="X", tags=("beach",)))["beach"] == 100
    assert traits(Thing(ref="1", kind="restaurant", title="X", details=(("Cuisine", "grill"),)))["meat"] == 100


def test_the_relaxed_do_not_care_for_early_departures() -> None:
    early = Thing(ref="1", kind="flight", title="A", starts_at=NOON.replace(hour=5))
    late = replace(early, ref="2", starts_at=NOON)
    assert rank(BEACH, [early, late]) == [late, early]


def test_after_five_dislikes_of_museums_no_museum_is_among_the_first_five() -> None:
    fond = replace(NOBODY, tastes={"museum": 60, "culture": 60})
    assert "museum" in rank(fond, ACTIVITIES)[0].tags
    museums = [o for o in ACTIVITIES if "museum" in o.tags]
    taught = replace(fond, learned=learned_from(liking(fond, o, liked=False) for o in museums[:5]))
    assert taught.learned["museum"] == -100
    assert not [o for o in rank(taught, ACTIVITIES)[:5] if "museum" in o.tags]
    assert all(shunned(taught, o) for o in museums)


@given(st.lists(st.tuples(st.sampled_from(ACTIVITIES), st.booleans()), max_size=40))
def test_what_likes_teach_is_bounded_and_forgets_the_order(gave: list[tuple[Thing, bool]]) -> None:
    likings = [replace(liking(NOBODY, o, liked=yes), id=str(n)) for n, (o, yes) in enumerate(gave)]
    learned = learned_from(likings)
    assert all(-100 <= w <= 100 and w for w in learned.values())
    assert learned_from(reversed(likings)) == learned
