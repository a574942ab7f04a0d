"""What the networks' own records tell of a Thread: what is lost, twice, or in another order."""

from collections import Counter
from collections.abc import Sequence
from random import Random

from bench.networks.crowd import Line, Talk
from bench.networks.siege import POINTS, plan


def line(name: str, shown: Sequence[str] = ()) -> Line:
    """A conversation in which this stands already."""

    async def say(text: str) -> bool:
        return True

    return Line("telegram", name, say, dict(enumerate(shown)), str)


async def said(talk: Talk, *asked: tuple[int, bool]) -> Talk:
    for who, wanted in asked:
        await talk.say(talk.next(who, asked=wanted))
    return talk


async def test_an_answer_is_wanted_everywhere_and_words_by_the_others() -> None:
    ana, ben = line("ana", ["Ana, pong ana.0"]), line("ben", ["*Ana:* word ana.1", "pong ana.0"])
    talk = await said(Talk((ana, ben)), (0, True), (0, False))
    assert talk.missing() == [] and ana.twice == ben.twice == []
    await said(talk, (1, False))
    assert talk.missing() == ["word ben.2 at ana"]


async def test_what_was_not_taken_is_not_lost() -> None:
    talk = Talk((line("ana"),))
    talk.next(0, asked=True)
    assert talk.missing() == []


async def test_what_stands_there_more_than_once_is_counted() -> None:
    talk = await said(Talk((line("ana", ["pong ana.0", "pong ana.0", "pong ana.0"]),)), (0, True))
    assert talk.missing() == [] and talk.lines[0].twice == ["pong ana.0", "pong ana.0"]


async def test_one_authors_words_keep_their_order_and_a_repetition_does_not_break_it() -> None:
    kept = line("ana", ["pong ana.0", "pong ana.1", "pong ana.0"])
    broken = line("ana", ["pong ana.1", "pong ana.0"])
    assert (await said(Talk((kept,)), (0, True), (0, True))).inverted() == []
    assert (await said(Talk((broken,)), (0, True), (0, True))).inverted() == ["pong ana.0 at ana"]


async def test_two_places_of_a_thread_show_the_same_order() -> None:
    ana, ben = line("ana", ["pong ana.0", "pong ben.1"]), line("ben", ["pong ben.1", "pong ana.0"])
    talk = await said(Talk((ana, ben)), (0, True), (1, True))
    assert talk.missing() == []
    assert talk.inverted() == ["pong ana.0 and pong ben.1", "pong ben.1 and pong ana.0"]


def test_half_of_the_kills_fall_at_named_points_each_as_often() -> None:
    found = Counter(plan(2 * len(POINTS), Random(1)))
    assert found == {"random": len(POINTS), **dict.fromkeys(POINTS, 1)}
