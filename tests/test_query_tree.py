import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query import And, AtLeast, Keyword, Not, Query, Word
from index.query_parser import parse, relaxed
from index.query_tree import conjunction, disjunction, positive_leaves


def word(surface: str) -> Query:
    return parse(surface).tree


@pytest.mark.parametrize(("words", "minimum"), [(2, 1), (3, 2), (4, 2), (5, 3)])
def test_at_least_half_of_the_words_remain_required(words: int, minimum: int) -> None:
    children = tuple(word(f"ord{number}") for number in range(words))

    assert relaxed(And(children)) == AtLeast(children, minimum)


def test_filters_and_exclusions_remain_required() -> None:
    tree = parse("skola gata kommun:lund -hus").tree

    assert relaxed(tree) == And(
        (
            Keyword("kommun:lund", "municipality", ("lund",)),
            Not(word("hus")),
            AtLeast((word("skola"), word("gata")), 1),
        )
    )


def test_a_phrase_and_a_word_read_in_two_ways_count_as_one() -> None:
    tree = parse('"a b" e-post skola').tree

    assert isinstance(tree, And)
    assert relaxed(tree) == AtLeast(tree.children, 2)


@pytest.mark.parametrize(
    "q", ["", "skola", "skola OR gata", "skola kommun:lund", "-skola", ":::", '"a b"', "-a -b"]
)
def test_what_has_no_two_required_words_is_not_relaxed(q: str) -> None:
    assert relaxed(parse(q).tree) is None


@given(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=8))
def test_repeated_words_count_once(names: list[str]) -> None:
    words = [word(name) for name in names]

    distinct = len(set(names))
    for tree in (conjunction(words), disjunction(words)):
        assert isinstance(tree, Word) if distinct == 1 else len(positive_leaves(tree)) == distinct
