"""Queries made by the grammar, and spoilt ones: understood or refused in few steps, and read back."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.errors import QueryError, QuerySyntaxError, QueryTooComplex
from index.query_syntax import FIELDS
from tests.analysis import parse
from tests.web_client import Client, serving_collection

MOST_STEPS = 100
"""Calls of functions for each character of a query, at most; what is quadratic takes more of 512."""

ALMOST_NOTHING = 10
"""Characters that the shortest query costs as much as."""

WORDS = ("skola", "taxa", "bygglov", "avgift", "ledamot", "e-post", "14:30")
VALUES = {
    "år": ("2019", "2016..2019", "2016..", "..2019", "9" * 200),
    "datum": ("2019-11", "2019-01..2019-06", "2019-13", "..", "0000-00-00"),
    "dnr": ("2019/0835", '"KS 2019/0835"', "KS", "9" * 200),
    "paragraf": ("12", "9" * 200, "x"),
    "typ": ("protokoll", "bilaga", "hund"),
    "parti": ("S", "moderaterna", "xyz"),
}

words = st.sampled_from(WORDS)
phrases = st.lists(words, min_size=1, max_size=3).map(lambda some: f'"{" ".join(some)}"')
near = st.tuples(phrases, st.sampled_from(["0", "5", "100", "9" * 100])).map("~".join)
prefixes = words.map(lambda word: f"{word[:3]}*")
scoped = st.tuples(st.sampled_from(["titel:", "beslut:"]), words | phrases).map("".join)
valued = st.sampled_from(FIELDS).flatmap(
    lambda name: st.sampled_from(VALUES.get(name, WORDS)).map(lambda value: f"{name}:{value}")
)
terms = words | phrases | near | prefixes | scoped | valued


misread = st.tuples(
    st.sampled_from(["typ", "år", "datum", "paragraf", "parti"]),
    st.sampled_from(["hund", "den", "e-post", "14:30", "2019-13", "2024-02-30", '"en hund"', "by*", "9..8"]),
).map(":".join)


joins = st.sampled_from([" ", " AND ", " OCH ", " OR ", " ELLER "])
negations = st.sampled_from([" NOT ", " INTE ", " -"])


def grouped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return two queries in parentheses."""
    return st.tuples(inner, joins, inner).map(lambda three: f"({''.join(three)})")


def combined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return what the grammar makes of smaller queries; not `NOT NOT a`, which is read as `a`."""
    return (
        st.tuples(inner, joins, inner).map("".join)
        | st.tuples(inner, negations, terms | grouped(terms)).map("".join)
        | inner.map(lambda query: f"({query})")
        | grouped(words | phrases | prefixes).map(lambda query: f"titel:{query}")
    )


queries = st.recursive(terms, combined, max_leaves=6)
SPOILS = (
    *('"', "“", "»", "(", ")", "(" * 500, ")" * 500, "[a TO ö]", "[ TO ", "?*", "*", "~", "~~9", "NEAR/5"),
    *("titel:", "år:", ":", "titel:(", "..", "-", "--", "\\", "\x00", "\x1b", "\u202e", "\u2066", "\u200b"),
    *(
        "\ud800",
        "\udfff",
        "\ufeff",
        "e\u0301",
        "\u0301" * 20,
        "9" * 300,
        "٣",
        "🏫",
        " OR ",
        "OR" * 9,
        "§",
        "ẞ",
    ),
)


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    """Return a query in which pieces were put in, cut out and doubled, of at most 512 characters."""
    query = draw(queries)
    for _ in range(draw(st.integers(1, 4))):
        start, end = sorted(draw(st.tuples(*[st.integers(0, len(query))] * 2)))
        piece = draw(st.sampled_from(["", query[start:end] * 2, *SPOILS]))
        query = query[:start] + piece + query[draw(st.sampled_from([start, end])) :]
    return query[:512]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with serving_collection(tmp_path_factory.mktemp("index")) as serving:
        yield serving


def steps_of(action: Callable[[], object]) -> int:
    """Return how many functions are called, of ours and of the interpreter; a query error is an answer."""
    steps = 0

    def count(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal steps
        steps += event in {"call", "c_call"}

    earlier = sys.getprofile()
    sys.setprofile(count)
    try:
        action()
    except QueryError:
        pass
    finally:
        sys.setprofile(earlier)
    return steps


@given(queries)
def test_what_the_grammar_makes_is_read_back_from_how_it_was_understood(q: str) -> None:
    try:
        parsed = parse(q)
    except QueryTooComplex:
        return

    if not parsed.warnings:
        assert parse(parsed.interpreted) == parsed


@given(st.lists(misread | words | scoped, min_size=1, max_size=4).map(" ".join))
def test_a_value_that_cannot_be_is_read_back_as_the_words_that_it_was_searched_as(q: str) -> None:
    parsed = parse(q)

    assert parse(parsed.interpreted).tree == parsed.tree


@given(spoilt())
def test_what_is_spoilt_is_understood_or_refused_and_strict_refuses_what_is_warned_of(q: str) -> None:
    try:
        warnings = parse(q).warnings
    except QueryError as error:
        with pytest.raises(type(error)):
            parse(q, strict=True)
        return

    if warnings:
        with pytest.raises(QuerySyntaxError) as refused:
            parse(q, strict=True)
        assert str(refused.value) == warnings[0]
    else:
        assert parse(q, strict=True) == parse(q)


@given(spoilt())
def test_the_steps_are_as_many_as_the_characters(q: str) -> None:
    parse("skola")

    assert steps_of(lambda: parse(q)) <= MOST_STEPS * (len(q) + ALMOST_NOTHING)


@pytest.mark.parametrize(
    "piece", [*SPOILS, "i ", "OR ", "a* ", '"i"~9 ', "(S) ", "KS 2019/0835 ", "och ", "- "]
)
def test_what_is_said_again_and_again_takes_no_more_steps_for_a_character(piece: str) -> None:
    q = (piece * 512)[:512]

    parse("skola")

    assert steps_of(lambda: parse(q)) <= MOST_STEPS * len(q)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    spoilt(), st.booleans(), st.sampled_from(["/api/v1/search", "/", "/api/v1/timeline", "/api/v1/suggest"])
)
def test_over_http_it_is_answered_or_refused_by_name(
    client: Client,
    q: str,
    strict: bool,  # noqa: FBT001 -- by name
    path: str,
) -> None:
    typed = quote(q, errors="replace")

    answer = client.get(f"{path}?q={typed}" + ("&strict=true" if strict and "suggest" not in path else ""))

    assert answer.status in (200, 400), answer.text
    assert answer.status == 200 or "#query-" in answer.text
