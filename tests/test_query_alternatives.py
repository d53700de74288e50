import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.steps import Step
from index.query import And, AtLeast, Or, Query, Word
from index.query_parser import ParsedQuery
from index.query_parser import parse as parse_with
from index.relaxation import relaxed
from tests.analysis import PLAIN
from tests.knowing_analyzer import KnowingAnalyzer

COMPOUNDS = {
    "skolskjuts": (("skol",), ("skjut",)),
    "skolskjutstaxa": (("skol",), ("skjut",), ("tax",)),
    "skjutstaxa": (("skjut",), ("tax",)),
}
KNOWING = KnowingAnalyzer(["inte", "tillsyn", "or", "och", "bygglov"], COMPOUNDS)


def parse(q: str, *present: str, analyzer: KnowingAnalyzer = KNOWING) -> ParsedQuery:
    """Return what a query is understood as when these compounds are in the collection."""
    return parse_with(q, analyzer, occurs=lambda word: word.surface in (present or (*COMPOUNDS, "bygglov")))


def keys(query: Query) -> set[str]:
    assert isinstance(query, Word)
    return set(query.stems)


def test_a_compound_is_also_looked_for_as_its_parts_near_each_other() -> None:
    tree = parse("skolskjuts").tree

    assert isinstance(tree, Word)
    assert tree.near == (("skol",), ("skjut",))
    assert tree.parts == tree.stems


def test_hyphenated_words_have_parts_and_near_too() -> None:
    analyzer = KnowingAnalyzer(compounds={"skol-skjuts": (("skol",), ("skjut",))})

    tree = parse("skol-skjuts", analyzer=analyzer).tree

    assert isinstance(tree, Or)
    assert isinstance(tree.children[0], Word)
    assert tree.children[0].near == (("skol",), ("skjut",))
    assert tree.children[0].parts


@pytest.mark.parametrize(
    ("step", "emptied"), [(Step.NEAR, "near"), (Step.PARTS, "parts"), (Step.EXACT, "exact")]
)
def test_each_step_can_be_switched_off(step: Step, emptied: str) -> None:
    whole, tree = (
        parse("skolskjuts").tree,
        parse("skolskjuts", analyzer=KnowingAnalyzer(compounds=COMPOUNDS, without=frozenset({step}))).tree,
    )

    assert isinstance(tree, Word)
    for name in ("stems", "near", "parts", "exact"):
        assert getattr(tree, name) == (() if name == emptied else getattr(whole, name))


def test_what_is_quoted_keeps_its_form_when_that_step_is_off() -> None:
    bare = KnowingAnalyzer(without=frozenset({Step.EXACT}))

    assert parse('"bygglov"', analyzer=bare).tree == Word('"bygglov"', (), ("bygglov",))
    assert parse("ärende KS 2019/0835", analyzer=bare).interpreted == "KS 2019/0835"


def test_neighbours_are_also_what_they_are_together() -> None:
    parsed = parse("skol skjuts")

    assert isinstance(parsed.tree, And)
    joined = parse("skolskjuts").tree
    assert [keys(joined) < keys(child) for child in parsed.tree.children] == [True, True]
    assert parsed.interpreted == "(skol OCH skjuts) ELLER skolskjuts"
    assert parsed.warnings == ()


def test_three_in_a_row_are_tried_in_twos_and_as_one() -> None:
    parsed = parse("skol skjuts taxa")

    assert isinstance(parsed.tree, And)
    first, second, third = parsed.tree.children
    assert isinstance(first, Word)
    assert isinstance(second, Word)
    assert isinstance(third, Word)
    assert first.also == ("skolskjuts", "skolskjutstaxa")
    assert second.also == ("skolskjuts", "skolskjutstaxa", "skjutstaxa")
    assert third.also == ("skolskjutstaxa", "skjutstaxa")


def test_giving_up_words_counts_what_was_typed() -> None:
    tree = parse("skol skjuts gata torg").tree

    assert isinstance(tree, And)
    assert [fewer.tree for fewer in relaxed(tree, is_found=lambda _: True)] == [AtLeast(tree.children, 2)]


@pytest.mark.parametrize(
    "q",
    [
        "in te",
        "o r",
        "oc h",
        "till syn",
        "skol, skjuts",
        "skol -skjuts",
        "skol OR skjuts",
        '"skol" skjuts',
        "skol och skjuts",
        "titel:skol skjuts",
        "skol (skjuts)",
        "bygg 2019",
    ],
)
def test_only_words_side_by_side_are_joined_and_never_to_a_stop_word(q: str) -> None:
    assert "ELLER skolskjuts" not in parse(q).interpreted
    assert parse(q, "or", "och", "inte", "tillsyn").tree == parse_with(q, KNOWING).tree


@pytest.mark.parametrize("q", ["bygg lov", "Bygg Lov", "bygg- lov", "bygg  lov taxa", "taxa bygg lov"])
def test_neighbours_may_stand_among_others(q: str) -> None:
    tree = parse(q).tree

    assert isinstance(tree, And)
    assert [child.also for child in tree.children if isinstance(child, Word) and child.also] == [
        ("bygglov",)
    ] * 2


def test_what_is_nowhere_is_not_tried() -> None:
    assert parse("skol skjuts", "annat").interpreted == "skol OCH skjuts"
    assert parse_with("skol skjuts", KNOWING).interpreted == "skol OCH skjuts"
    assert parse_with("skol skjuts", PLAIN, occurs=lambda _: True).interpreted == "skol OCH skjuts"


@pytest.mark.parametrize(
    ("present", "is_joined"),
    [
        (("padelhall",), True),
        (("padelhall", "hall"), True),
        (("padelhall", "hall", "padel"), False),
        (("hall",), False),
    ],
)
def test_what_the_lexicon_does_not_know_is_joined_when_the_collection_has_only_that(
    present: tuple[str, ...],
    is_joined: bool,  # noqa: FBT001 -- by name
) -> None:
    assert ("ELLER padelhall" in parse("padel hall", *present).interpreted) is is_joined


def test_joining_can_be_switched_off() -> None:
    bare = KnowingAnalyzer(compounds=COMPOUNDS, without=frozenset({Step.JOINED}))

    assert parse("skol skjuts", analyzer=bare).interpreted == "skol OCH skjuts"


@given(
    st.lists(st.sampled_from(["skol", "skjuts", "taxa", "bygg", "lov", "i", "-", "OR", '"', "a-b", "2019"]))
)
def test_joining_never_changes_how_many_words_there_are(words: list[str]) -> None:
    q = " ".join(words)[:100]

    joined, plain = parse(q).tree, parse_with(q, KNOWING).tree

    assert type(joined) is type(plain)
    if isinstance(joined, And) and isinstance(plain, And) and len(set(words)) == len(words):
        assert len(joined.children) == len(plain.children)


@pytest.mark.parametrize(
    ("q", "interpreted"),
    [
        ("Vad beslutade nämnden om skolskjuts?", "beslutade OCH nämnden OCH skolskjuts"),
        ("Hur många bygglov beviljades?", "många OCH bygglov OCH beviljades"),
        ("När, var och varför höjdes taxan ?", "höjdes OCH taxan"),
        ("Vilka är med i nämnden?!", "nämnden"),
        ("Vem?", "Vem"),
    ],
)
def test_a_question_is_the_words_that_carry_it(q: str, interpreted: str) -> None:
    parsed = parse(q, "ingenting")

    assert parsed.interpreted == interpreted
    assert parsed.warnings == ()
