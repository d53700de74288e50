from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.question_words import is_question
from index.query import And, AtLeast, Keyword, Not, Query, Scope
from index.relaxation import relaxed
from tests.analysis import parse


def word(surface: str) -> Query:
    return parse(surface).tree


def everything(_tree: Query) -> bool:
    return True


def all_but(*missing: str) -> Callable[[Query], bool]:
    return lambda tree: tree not in {word(surface) for surface in missing}


def trees(q: str, is_found: Callable[[Query], bool] = everything) -> list[Query]:
    return [fewer.tree for fewer in relaxed(parse(q).tree, is_found=is_found)]


def warnings(q: str, is_found: Callable[[Query], bool] = everything) -> list[tuple[str, ...]]:
    return [fewer.warnings for fewer in relaxed(parse(q).tree, is_found=is_found)]


@pytest.mark.parametrize(("words", "minimum"), [(2, 1), (3, 2), (4, 2), (5, 3)])
def test_at_least_half_of_the_words_are_asked_for(words: int, minimum: int) -> None:
    children = tuple(word(f"ord{number}") for number in range(words))

    assert trees(" ".join(f"ord{number}" for number in range(words))) == [AtLeast(children, minimum)]


def test_of_a_question_one_word_of_its_matter_is_enough_and_the_others_add_to_the_score() -> None:
    tree = parse("får invånare sätta betyg").tree

    found = [fewer.tree for fewer in relaxed(tree, is_found=everything, is_question=True)]

    assert found == [AtLeast((word("invånare"), word("sätta"), word("betyg"), word("får")), 1, optional=1)]


def test_words_that_only_ask_do_not_count_as_the_half() -> None:
    assert trees("måste hundar finnas kopplade") == [
        AtLeast((word("hundar"), word("kopplade"), word("måste"), word("finnas")), 1, optional=2)
    ]


def test_a_query_of_nothing_but_words_that_ask_counts_them_all() -> None:
    assert trees("måste finnas") == [AtLeast((word("måste"), word("finnas")), 1)]


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        *(("Får hundar bada?", True), ("hur bokar man lokal", True), ("VAD KOSTAR BYGGLOV", True)),
        *(("hundar bada", False), ("vad", False), ("hur mår", False), ("", False), ("?", True)),
    ],
)
def test_a_question_is_known_by_its_mark_or_its_first_word(q: str, *, expected: bool) -> None:
    assert is_question(q) is expected


def test_filters_and_exclusions_remain_required() -> None:
    assert trees("skola gata kommun:lund -hus") == [
        And(
            (
                Keyword("kommun:lund", "municipality", ("lund",)),
                Not(word("hus")),
                AtLeast((word("skola"), word("gata")), 1),
            )
        )
    ]


def test_a_phrase_and_a_word_read_in_two_ways_count_as_one() -> None:
    tree = parse('"a b" e-post skola').tree

    assert isinstance(tree, And)
    assert trees('"a b" e-post skola') == [AtLeast(tree.children, 2)]


@pytest.mark.parametrize(
    "q", ["", "skola", "skola OR gata", "skola kommun:lund", "-skola", ":::", '"a b"', "-a -b"]
)
def test_what_has_no_two_required_words_is_not_relaxed(q: str) -> None:
    assert trees(q) == []


def test_words_that_are_nowhere_are_the_first_to_go_and_named() -> None:
    tree = parse("a b saknas c").tree

    found = list(relaxed(tree, is_found=all_but("saknas")))

    assert [fewer.tree for fewer in found] == [
        And((word("a"), word("b"), word("c"))),
        AtLeast((word("a"), word("b"), word("c")), 2),
    ]
    assert found[0].warnings == ("”saknas” finns inte i samlingen och räknas inte.",)
    assert found[1].warnings == (
        "”saknas” finns inte i samlingen och räknas inte.",
        "Ingen paragraf har alla 3 orden. Här är de som har minst 2 av dem.",
    )


def test_when_more_than_half_are_nowhere_nothing_is_left_to_ask_for() -> None:
    assert trees("a borta saknas", all_but("borta", "saknas")) == []
    assert trees("borta saknas", all_but("borta", "saknas")) == []


def test_what_is_missing_is_listed_as_it_was_typed() -> None:
    found = warnings('a b c "x y" borta e-post', all_but('"x y"', "borta", "e-post"))

    assert found == [("”x y”, ”borta” och ”e-post” finns inte i samlingen och räknas inte.",)]


def test_a_word_that_stands_elsewhere_than_it_is_looked_for_is_not_called_missing() -> None:
    asked: list[Query] = []

    list(relaxed(parse("titel:a b").tree, is_found=lambda tree: not asked.append(tree)))

    assert asked == [word("a"), word("b")]
    assert {getattr(tree, "scope", None) for tree in asked} == {Scope.ALL}


@given(st.integers(2, 12), st.integers(0, 12))
def test_nothing_is_asked_for_that_cannot_be_and_never_fewer_than_half(typed: int, missing: int) -> None:
    words = [f"ord{number}" for number in range(typed)]

    for tree in trees(" ".join(words), all_but(*words[:missing])):
        asked = tree.minimum if isinstance(tree, AtLeast) else typed - missing
        assert 2 * asked >= typed
        assert asked <= max(0, typed - missing)


def test_all_the_words_that_are_somewhere_are_asked_for_before_half_of_those_typed() -> None:
    found = warnings("a b c borta", all_but("borta"))

    assert found == [
        ("”borta” finns inte i samlingen och räknas inte.",),
        (
            "”borta” finns inte i samlingen och räknas inte.",
            "Ingen paragraf har alla 3 orden. Här är de som har minst 2 av dem.",
        ),
    ]
