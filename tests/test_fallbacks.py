from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.analyzer import Analyzer
from index.analysis.steps import Step
from index.errors import SearchTimeout
from index.fallbacks import Fallbacks, Mended, has_choices
from index.interpretation import interpret
from index.query import Query, Scope
from index.query_parser import parse
from index.query_tree import positive_leaves
from tests.analysis import PLAIN
from tests.knowing_analyzer import KnowingAnalyzer
from tests.words import vocabulary_of

COUNTS = {
    "alingsås": 20,
    "åtgärd": 9,
    "hålla": 12,
    "hälla": 3,
    "råd": 30,
    "räd": 1,
    "filip": 4,
    "skolskjutsen": 7,
    "bygglov": 40,
    "bygglovet": 10,
    "kommunen": 50,
    "arkiv": 8,
    "stad": 9,
    "kristina": 5,
    "lag": 6,
    "avgift": 60,
    "avgivt": 2,
    "hans-olof": 2,
    "överförmyndaren": 5,
    "taxa": 3,
}
SWEDISH = KnowingAnalyzer(
    [
        "ark",
        "stadga",
        "kris",
        "philip",
        "låg",
        "åtgärder",
        "överförmyndare",
        "läg",
        "avgift",
        "taxa",
        "chris",
    ],
    {"bygglag": (("bygg",), ("lag",))},
    names=["philip"],
)


def hits(tree: Query) -> int:
    """Count as an index does whose sections have one word each."""
    stems = {key for leaf in positive_leaves(tree) for key in getattr(leaf, "stems", ())}
    exact = {key for leaf in positive_leaves(tree) for key in getattr(leaf, "exact", ())}
    return sum(
        count
        for word, count in COUNTS.items()
        if word in exact or any(stems & set(token.stems) for token in PLAIN.analyze(word))
    )


def no_limit() -> None:
    """Let all take its time."""


def fallbacks(
    analyzer: Analyzer = SWEDISH,
    hits: Callable[[Query], int] = hits,
    check_time: Callable[[], None] = no_limit,
) -> Fallbacks:
    return Fallbacks(vocabulary_of(COUNTS.items()), analyzer, hits, check_time=check_time)


def mended(q: str, analyzer: Analyzer = SWEDISH) -> Mended:
    return fallbacks(analyzer).mended(parse(q, analyzer).tree)


@pytest.mark.parametrize(
    ("q", "instead"),
    [
        ("Alingsas", "alingsås"),
        ("atgard", "åtgärd"),
        ("åtgard", "åtgärd"),
        ("atgarder", "åtgärder"),
        ("overformyndare", "överförmyndare"),
        ("bygglöv", "bygglov"),
        ("Philip", "filip"),
        ("bygglåv", "bygglov"),
        ("bygglovv", "bygglov"),
        ("komunen", "kommunen"),
        ("kommmunen", "kommunen"),
        ("skolskjus", "skolskjutsen"),
        ("hans-olov", "hans-olof"),
        ("hans-ollof", "hans-olof"),
        ("halla", "hålla (även hälla)"),
        ("rad", "råd"),
    ],
)
def test_a_word_that_is_nowhere_is_searched_as_the_one_that_was_meant(q: str, instead: str) -> None:
    found = mended(q)

    assert interpret(found.tree) == instead
    assert found.guesses == ()
    assert len(found.warnings) == 1


def test_what_is_searched_instead_is_said() -> None:
    assert mended("Alingsas").warnings == ("Inget träffar ”Alingsas”. Sökte i stället på ”alingsås”.",)
    assert mended("halla").warnings == ("Inget träffar ”halla”. Sökte i stället på ”hålla” eller ”hälla”.",)


def test_the_found_word_is_looked_for_in_all_its_forms_where_the_typed_one_was() -> None:
    (leaf,) = positive_leaves(mended("titel:bygglåvv").tree)
    (expected,) = positive_leaves(parse("titel:bygglov", SWEDISH).tree)

    assert leaf == expected
    assert leaf.scope is Scope.TITLE


@pytest.mark.parametrize(
    "q",
    ["ark", "stadga", "kris", "låg", "xyz", "är", "borta", "chris", "bygglag", "12345"],
)
def test_what_is_a_word_too_short_or_like_nothing_is_left_as_it_is(q: str) -> None:
    found = mended(q)

    assert found.tree == parse(q, SWEDISH).tree
    assert found.warnings == found.guesses == ()


def test_a_right_word_without_its_dots_that_is_nowhere_is_no_misspelling_of_another() -> None:
    counts = vocabulary_of([("cykelvagn", 9)])
    knowing = Fallbacks(counts, KnowingAnalyzer(["cykelväg"]), lambda _: 0, check_time=no_limit)
    unknowing = Fallbacks(counts, PLAIN, lambda _: 0, check_time=no_limit)
    tree = parse("cykelvag", PLAIN).tree

    assert knowing.mended(tree).replaced == ()
    assert unknowing.mended(tree).replaced == (("cykelvag", "cykelvagn"),)


@pytest.mark.parametrize(
    "q", ["bygglov", "bygglovets", "avgivt", "kommun:alingsas", "2019-11-14", "by*", "§ 12"]
)
def test_what_is_found_and_what_is_no_word_is_never_replaced(q: str) -> None:
    assert mended(q) == Mended(parse(q, SWEDISH).tree)


@given(st.lists(st.sampled_from([*COUNTS, "OR", "-", "(", ")", '"', "titel:", "och"]), max_size=8))
def test_a_query_whose_words_are_all_found_is_never_changed(words: list[str]) -> None:
    tree = parse(" ".join(words), SWEDISH).tree

    assert fallbacks(hits=lambda _: 1).mended(tree).tree == tree


@given(st.text(alphabet='abdgikloprstuvåäö -"()', max_size=40))
def test_whatever_is_typed_is_mended_or_left(q: str) -> None:
    tree = parse(q, SWEDISH).tree

    found = fallbacks().mended(tree)

    assert (found.tree == tree) == (found.replaced == ())
    assert bool(found.replaced) == bool(found.warnings)


def test_words_among_others_are_replaced_where_they_stand() -> None:
    found = mended('avgift (Alingsas OR atgard) -Filipp "bygglåv nekas"')

    assert interpret(found.tree) == 'avgift OCH (alingsås ELLER åtgärd) OCH INTE filip OCH "bygglåv nekas"'
    assert [typed for typed, _ in found.replaced] == ["Alingsas", "atgard", "Filipp"]
    assert found.guesses == (("bygglåv", "bygglov"),)


def test_a_single_quoted_word_is_only_guessed_at() -> None:
    found = mended('"bygglåv" person:Philip')

    assert found.tree == parse('"bygglåv" person:Philip', SWEDISH).tree
    assert found.guesses == (("bygglåv", "bygglov"), ("philip", "filip"))


def test_what_is_unsure_is_a_guess() -> None:
    counts = {"granvik": 4, "granviks": 3, "grinvik": 4}
    unsure = Fallbacks(vocabulary_of(counts.items()), PLAIN, lambda _: 0, check_time=no_limit)

    found = unsure.mended(parse("grenvik", PLAIN).tree)

    assert found.replaced == ()
    assert [typed for typed, _ in found.guesses] == ["grenvik"]


@pytest.mark.parametrize(
    ("q", "likelier"),
    [
        ("avgivt", (("avgivt", "avgift"),)),
        ("avgift", ()),
        ("kommunen", ()),
        ("taxa", ()),
        ("bygglovet", ()),
        ("-avgivt taxa", ()),
        ('"avgivt"', ()),
    ],
)
def test_a_word_is_doubted_when_another_one_like_it_is_far_commoner(
    q: str, likelier: tuple[tuple[str, str], ...]
) -> None:
    assert fallbacks().likelier(parse(q, SWEDISH).tree) == likelier


@pytest.mark.parametrize(
    ("step", "q"), [(Step.FOLDING, "rad"), (Step.PHONETIC, "Philip"), (Step.SPELLING, "bygglåvv")]
)
def test_each_step_can_be_switched_off(step: Step, q: str) -> None:
    without = Analyzer(without=frozenset({step}))

    assert mended(q, PLAIN).replaced
    assert not mended(q, without).replaced


@pytest.mark.parametrize(
    ("q", "choices"),
    [
        ("a", False),
        ("a b", False),
        ("a e-post", False),
        ("a OR b", True),
        ("a -b", True),
        ("a (b OR c)", True),
    ],
)
def test_only_where_there_is_a_choice_may_a_word_be_nowhere(q: str, choices: bool) -> None:  # noqa: FBT001 -- by name
    assert has_choices(parse(q, PLAIN).tree) is choices


@pytest.mark.parametrize("q", ["komunnen", "bygglåvv Alingsaz", "xxavgivtxx", "avgivt", "hålle", '"avgivtt"'])
def test_it_is_asked_for_each_word_whether_there_is_time(q: str) -> None:
    def over() -> None:
        raise SearchTimeout

    tree = parse(q, SWEDISH).tree
    late = fallbacks(check_time=over)

    with pytest.raises(SearchTimeout):
        (late.mended(tree), late.likelier(tree))
