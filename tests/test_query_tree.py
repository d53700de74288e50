from hypothesis import given
from hypothesis import strategies as st

from index.query import And, Not, Or, Query, Scope, Word
from index.query_tree import anywhere, conjunction, disjunction, positive_leaves, terms_in, with_terms
from tests.analysis import parse
from tests.corpora import queries


def word(surface: str) -> Query:
    return parse(surface).tree


@given(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=8))
def test_repeated_words_count_once(names: list[str]) -> None:
    words = [word(name) for name in names]

    distinct = len(set(names))
    for tree in (conjunction(words), disjunction(words)):
        assert isinstance(tree, Word) if distinct == 1 else len(positive_leaves(tree)) == distinct


def test_terms_are_what_was_typed_exclusions_too() -> None:
    tree = parse('skola (e-post OR "a b") -gata 2019-11-14').tree

    assert [query.surface for term in terms_in(tree) for query in positive_leaves(term)][:2] == [
        "skola",
        "e-post",
    ]
    assert len(list(terms_in(tree))) == 5


@given(queries)
def test_a_tree_with_its_own_terms_is_itself(tree: Query) -> None:
    assert with_terms(tree, lambda term: term) == tree


@given(queries)
def test_anywhere_leaves_no_scope(tree: Query) -> None:
    found = anywhere(tree)

    assert anywhere(found) == found
    assert all(leaf.scope is Scope.ALL for leaf in positive_leaves(found))


def test_a_term_is_exchanged_wherever_it_stands() -> None:
    tree = parse("a (b OR a) -a").tree

    changed = with_terms(tree, lambda term: word("c") if term == word("a") else term)

    assert changed == And((word("c"), Or((word("b"), word("c"))), Not(word("c"))))
