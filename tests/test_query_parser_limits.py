"""Whatever is typed gives a tree or a query error, and nothing is too long."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import QueryError, QuerySyntaxError, QueryTooComplex, QueryTooLong
from index.query import (
    MatchAll,
    Prefix,
)
from index.query_parser import Limits
from tests.analysis import parse

ORDINARY = [
    "14:30",
    "kosten/baten",
    "KS 2019/0835",
    '"',
    "(",
    ")",
    ":::",
    "a:b",
    "skola\\",
    "*",
    "§",
    "🏫",
    "fo\u0308rening",
    "”bygg lov”",
    "»bygg lov«",
    "~",
    "~5",
    '""',
    '"~5',
    "-",
    "--",
    "()",
    "( OR )",
    "titel:",
    "titel:titel:",
    "år:",
    "datum:..",
    "datum:x..y",
    "-*",
    "\ud800",
    "a\u202eb",
]

soup = st.lists(
    st.sampled_from(
        [
            *'()"*-~§:',
            "OR",
            "ELLER",
            "AND",
            "OCH",
            "NOT",
            "INTE",
            "titel:",
            "kommun:",
            "datum:",
            "år:",
            "dnr:",
            "parti:",
            "paragraf:",
            "typ:",
            "person:",
            "skola",
            "bygg*",
            "i",
            "2019",
            "2019-01..2019-06",
            "KS",
            "2019/0835",
            "(L)",
            '"a b"~3',
            "e-post",
            " ",
        ]
    ),
    max_size=30,
)


@pytest.mark.parametrize("q", ORDINARY)
def test_odd_input_is_ordinary_input(q: str) -> None:
    parsed = parse(q)

    assert parsed.tree != MatchAll()
    assert isinstance(parsed.interpreted, str)


@given(st.text(max_size=200))
def test_any_text_gives_a_tree(q: str) -> None:
    try:
        parse(q)
    except QueryError:
        assert len(q) > 32


@given(soup.map("".join), st.booleans())
def test_operator_soup_gives_a_tree_or_a_query_error(q: str, strict: bool) -> None:  # noqa: FBT001 -- by name
    try:
        parsed = parse(q, strict=strict)
    except QueryError:
        return

    assert not (strict and parsed.warnings)


@given(soup.map(" ".join))
def test_what_was_understood_gives_no_warnings_when_it_is_read_again(q: str) -> None:
    try:
        interpreted = parse(q).interpreted
        again = parse(interpreted)
    except QueryError:
        return

    assert not again.warnings


@given(st.sampled_from(["a", "ö", "🏫", "o\u0308"]), st.integers(513, 5000))
def test_a_long_query_is_refused(character: str, length: int) -> None:
    with pytest.raises(QueryTooLong, match="tecken"):
        parse(character * (length * len(unicodedata.normalize("NFD", character))))


def test_as_many_terms_as_allowed_and_no_more() -> None:
    parse(" ".join(f"ord{number}" for number in range(32)))
    parse("(" * 8 + "skola" + ")" * 8)
    for q in (
        " ".join(f"ord{number}" for number in range(33)),
        '"' + "skola " * 33 + '"',
        " OR ".join(["skola"] * 33),
        "(" * 9 + "skola" + ")" * 9,
        "a." * 33,
    ):
        with pytest.raises(QueryTooComplex):
            parse(q)


def test_limits_are_arguments() -> None:
    with pytest.raises(QueryTooLong):
        parse("skola", limits=Limits(characters=4))
    with pytest.raises(QueryTooComplex):
        parse("skola gata", limits=Limits(terms=1))
    assert parse("sk*", limits=Limits(prefix=2)).tree == Prefix("sk*", "sk")


@pytest.mark.parametrize(
    ("q", "place"),
    [('skola "gata', 7), ("skola)", 6), ("a OR", 3), ("by*", 1), ("lund :::", 6), ("typ:hund", 5)],
)
def test_strict_refuses_what_would_be_passed_over_and_says_where(q: str, place: int) -> None:
    with pytest.raises(QuerySyntaxError, match=rf"tecken {place}\b"):
        parse(q, strict=True)


@pytest.mark.parametrize(
    ("q", "warnings"),
    [
        ("skola (", ("Parentesen saknar sitt par och räknas inte (tecken 7).",)),
        ("skola ( (", ("Parentesen saknar sitt par och räknas inte (tecken 7 och 1 ställe till).",)),
        (
            "skola" + "+(" * 199,
            ("Parentesen saknar sitt par och räknas inte (tecken 7 och 198 ställen till).",),
        ),
        (
            ")by* skola)",
            (
                "Parentesen saknar sitt par och räknas inte (tecken 1 och 1 ställe till).",
                "* räknas inte i by*; den kan stå sist efter minst 3 bokstäver (tecken 2).",
            ),
        ),
    ],
)
def test_what_is_wrong_in_many_places_is_said_once(q: str, warnings: tuple[str, ...]) -> None:
    assert parse(q).warnings == warnings
