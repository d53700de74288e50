"""The canonical query string in parts."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote

from hypothesis import given
from hypothesis import strategies as st

from search_service.canonical_query import CanonicalQuery, escaped

NAMES = ("q", "year", "page", "size")
TEXTS = st.tuples(*(st.text(max_size=8) for _ in NAMES)).map(
    lambda texts: list(zip(NAMES, texts, strict=True))
)
PLAIN = st.text("abc-19", max_size=8)


@given(st.text())
def test_an_escaped_text_is_what_the_standard_library_makes_of_it(text: str) -> None:
    assert escaped(text) == quote(text, safe="")
    assert escaped(text, safe=",") == quote(text, safe=",")


@given(TEXTS)
def test_a_query_string_says_what_differs_from_the_default_in_its_order(texts: list[tuple[str, str]]) -> None:
    query = CanonicalQuery.of(texts)

    assert parse_qsl(query.text) == [(name, text) for name, text in texts if text]


@given(TEXTS, st.sampled_from(NAMES), PLAIN)
def test_another_value_is_as_if_it_had_been_there_from_the_start(
    texts: list[tuple[str, str]], name: str, text: str
) -> None:
    query = CanonicalQuery.of(texts)
    others = {**dict(texts), name: text}

    assert query.replacing(name, text) == CanonicalQuery.of(others.items())
    assert query.without(name) == CanonicalQuery.of({**others, name: ""}.items())


@given(TEXTS, st.sampled_from(NAMES), PLAIN.filter(bool))
def test_what_stands_around_a_value_makes_with_it_the_whole(
    texts: list[tuple[str, str]], name: str, text: str
) -> None:
    query = CanonicalQuery.of(texts)

    before, after = query.around(name)

    assert f"{before}{text}{after}" == query.replacing(name, text).text
