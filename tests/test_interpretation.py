import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from index.interpretation import interpret
from index.query import And, AtLeast, MatchAll, MatchNone
from tests.analysis import parse


@pytest.mark.parametrize(
    ("q", "text"),
    [
        ("partnerskap lund", "partnerskap OCH lund"),
        ("partnerskap OR lund", "partnerskap ELLER lund"),
        ("(a OR b) c", "(a ELLER b) OCH c"),
        ("-a", "INTE a"),
        ("-(a b)", "INTE (a OCH b)"),
        ("a OR NOT b", "a ELLER INTE b"),
        ("”a  b”~5", '"a b"~5'),
        ("byg*", "byg*"),
        ("kommun:Lund år:2019", "kommun:Lund OCH år:2019"),
        ("KS 2019/0835 skola", "KS 2019/0835 OCH skola"),
        ("e-post", "e-post"),
        ("titel:e-post", "titel:e-post"),
        ("titel:(2019/0835 taxa)", "titel:(2019/0835 taxa)"),
        ("beslut:(§ 125 taxa)", "beslut:(§ 125) OCH beslut:taxa"),
        ("", ""),
    ],
)
def test_a_tree_is_shown_in_the_query_language(q: str, text: str) -> None:
    assert parse(q).interpreted == text


@given(
    st.sampled_from(["titel", "beslut"]),
    st.lists(
        st.sampled_from(
            [
                "2019/0835",
                "KS 2019/0835",
                "§ 125",
                "14 november 2019",
                "360 tkr",
                "(L)",
                "taxa",
                '"en taxa"',
                "OR",
            ]
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_what_is_looked_for_in_a_field_reads_back_as_the_same_query(field: str, words: list[str]) -> None:
    parsed = parse(f"{field}:({' '.join(words)})")

    assume(parsed.interpreted)
    assert parse(parsed.interpreted).tree == parsed.tree


def test_a_relaxed_query_says_how_many_words_are_asked_for() -> None:
    tree = parse("a b c").tree

    assert isinstance(tree, And)
    assert interpret(AtLeast(tree.children, 2)) == "minst 2 av (a, b, c)"


def test_everything_and_nothing_have_no_words() -> None:
    assert interpret(MatchAll()) == interpret(MatchNone()) == ""
