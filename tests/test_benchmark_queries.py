from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document
from index.analysis.stop_words import STOP_WORDS
from scripts.benchmarks.corpus import documents
from scripts.benchmarks.queries import MIX, BenchmarkQuery, Kind, Sampler, make_queries, shares, values_of


@pytest.fixture(scope="module")
def minutes() -> list[Document]:
    return list(documents(400, seed=5))


@pytest.fixture(scope="module")
def queries(minutes: list[Document]) -> list[BenchmarkQuery]:
    return make_queries(_sampler_of(minutes).sections(), 200, seed=5)


@given(st.integers(0, 5_000))
def test_the_shares_of_the_kinds_add_up_and_are_those_of_the_mix(count: int) -> None:
    found = shares(count)

    assert sum(found.values()) == count
    assert all(abs(found[kind] - count * share / 100) <= 1 for kind, share in MIX.items())


def test_the_mix_is_of_a_hundred_and_has_every_kind() -> None:
    assert sum(MIX.values()) == 100
    assert set(MIX) == set(Kind)


def test_queries_are_the_same_for_the_same_seed_and_mixed(
    minutes: list[Document], queries: list[BenchmarkQuery]
) -> None:
    again = make_queries(_sampler_of(minutes).sections(), 200, seed=5)

    assert again == queries
    assert len({query.kind for query in queries[:20]}) > 5


def test_what_a_query_asks_for_stands_in_a_section(
    minutes: list[Document], queries: list[BenchmarkQuery]
) -> None:
    sections = [
        (" ".join(re.findall(r"\w+", section.text.lower())), values_of(document))
        for document in minutes
        for section in document.sections
    ]

    for query in queries:
        assert any(_matches(query, text, values) for text, values in sections), query


def test_no_query_is_of_function_words_alone(queries: list[BenchmarkQuery]) -> None:
    for query in queries:
        assert query.kind is Kind.PREFIX or not STOP_WORDS.issuperset(query.words)


def test_a_filtered_query_has_a_value_of_its_property(
    minutes: list[Document], queries: list[BenchmarkQuery]
) -> None:
    for query in queries:
        if query.filter is None:
            assert not query.kind.startswith("by ")
        else:
            name, value = query.filter
            assert query.kind == f"by {name}"
            assert value in {values_of(document)[name] for document in minutes}


def test_minutes_without_words_are_said_to_be_too_few() -> None:
    with pytest.raises(ValueError, match="too few"):
        make_queries(_sampler_of(list(documents(1, seed=5))).sections(), 100, seed=5)


def test_the_sampler_passes_documents_on_and_keeps_a_bounded_sample(minutes: list[Document]) -> None:
    sampler = Sampler(1)

    passed = [document for _ in range(10) for document in sampler.watch(minutes)]

    assert passed == minutes * 10
    assert len(sampler.sections()) == 3_000


def _sampler_of(minutes: list[Document]) -> Sampler:
    sampler = Sampler(5)
    for _ in sampler.watch(minutes):
        pass
    return sampler


def _matches(query: BenchmarkQuery, text: str, values: dict[str, str]) -> bool:
    words = set(text.split())
    if query.filter and values[query.filter[0]] != query.filter[1]:
        return False
    match query.kind:
        case Kind.PREFIX:
            return any(word.startswith(query.words[0]) for word in words)
        case Kind.PHRASE:
            return f" {' '.join(query.words)} " in f" {text} "
        case Kind.EITHER:
            return not words.isdisjoint(query.words)
        case _:
            return words.issuperset(query.words)
