"""A mutant is the module with one bug in it, told by where and what; words for people and zip's `strict` stay."""

from bench.mutants.mutator import mutants
from bench.mutants.run import explained

SOURCE = '''"""A module."""

KINDS = ("a", "b")


def fee(total: int, parts: list[int]) -> int:
    """What is kept; 3 here is no number."""
    if total > 0 and not parts:
        return total * 2
    for part, kept in zip(parts, parts, strict=True):
        record(f"{part} " + "kept", kept)
    return 0


class Till:
    def close(self) -> bool:
        self.why.append("closed")
        return False
'''


def test_every_change_is_one_bug_of_a_function_and_named_by_it() -> None:
    made = list(mutants("till.py", SOURCE))
    assert {m.name.removeprefix("till.py ") for m in made} == {
        "fee: `total > 0` -> `total >= 0`",
        "fee: `total > 0 and (not parts)` -> `total > 0 or not parts`",
        "fee: `0` -> `1`",
        "fee: `not parts` -> `not not parts`",
        "fee: `return total * 2` -> `return`",
        "fee: `total * 2` -> `total // 2`",
        "fee: `2` -> `3`",
        "fee: `record(f'{part} ' + 'kept', kept)` -> `None`",
        "fee: `0` -> `1` (#2)",
        "close: `False` -> `True`",
    }
    assert all(m.source != m.sound for m in made)


def test_a_mutant_knows_the_lines_that_must_run_for_it_to_matter() -> None:
    where = {m.name.partition(": ")[2]: (m.line, m.until) for m in mutants("till.py", SOURCE)}
    assert where["`total > 0` -> `total >= 0`"] == (8, 8) and where["`2` -> `3`"] == (9, 9)
    assert where["`record(f'{part} ' + 'kept', kept)` -> `None`"] == (11, 11)


def test_only_the_functions_that_are_named_are_changed() -> None:
    assert [m.name for m in mutants("till.py", SOURCE, ("close",))] == ["till.py close: `False` -> `True`"]


def test_every_explanation_says_why() -> None:
    assert explained() and all(name.partition(" ")[0].endswith(".py") and why for name, why in explained().items())
