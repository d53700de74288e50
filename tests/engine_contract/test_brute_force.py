"""What every engine finds and counts is what a loop over all tokens finds, whatever has happened to it."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from corpus.document import Document
from index.engine import SearchEngine
from index.request import BREAKDOWNS, Group, SearchRequest
from tests.corpora import apply, histories, requests
from tests.engine_contract.engines import SLOW_FIXTURE, MakeEngine
from tests.oracle import Oracle, rows_of
from tests.timeline_oracle import timeline


def live_at_the_end(history: list[list[Document | str]]) -> list[Document]:
    live: dict[str, Document] = {}
    for run in history:
        for change in run:
            if isinstance(change, str):
                live.pop(change, None)
            else:
                live[change.source] = change
    return list(live.values())


def engine_and_oracle(
    make_engine: MakeEngine, history: list[list[Document | str]]
) -> tuple[SearchEngine, Oracle]:
    """Return an engine to which a history has happened, and what must be found in it."""
    engine = make_engine()
    apply(engine, history)
    return engine, Oracle(rows_of(live_at_the_end(history), engine.analyzer()))


@settings(SLOW_FIXTURE, max_examples=130)
@given(history=histories, asked=st.lists(requests, min_size=8, max_size=8))
def test_hits_scores_totals_and_facets_are_those_of_brute_force(
    make_engine: MakeEngine, history: list[list[Document | str]], asked: list[SearchRequest]
) -> None:
    engine, oracle = engine_and_oracle(make_engine, history)

    for request in asked:
        page = engine.search(replace(request, limit=1000))
        expected = oracle.ranking(request)

        assert [hit.entry.id for hit in page.hits] == [section_id for section_id, _ in expected]
        assert [hit.score for hit in page.hits] == pytest.approx([score for _, score in expected])
        assert page.total == len(expected)
        for name, counts in page.facets.items():
            assert (dict(counts.counts), counts.unknown) == oracle.facet(request, name)


@settings(SLOW_FIXTURE, max_examples=100)
@given(history=histories, asked=st.lists(requests, min_size=5, max_size=5))
def test_the_years_of_what_matches_are_those_of_brute_force(
    make_engine: MakeEngine, history: list[list[Document | str]], asked: list[SearchRequest]
) -> None:
    engine, oracle = engine_and_oracle(make_engine, history)

    for request in asked:
        total = engine.search(replace(request, group=Group.SECTION)).total
        for by in (None, *BREAKDOWNS):
            years = engine.timeline(request, by)

            assert list(years) == timeline(oracle, request, by)
            assert sum(year.count for year in years) == total
            assert all(sum(year.by.values()) == year.count for year in years if by)


@SLOW_FIXTURE
@given(history=histories, request_=requests)
def test_pages_partition_the_hits(
    make_engine: MakeEngine, history: list[list[Document | str]], request_: SearchRequest
) -> None:
    engine = make_engine()
    apply(engine, history)
    everything = [hit.entry.id for hit in engine.scan(request_)]

    paged: list[str] = []
    for offset in range(0, len(everything) + 3, 3):
        page = engine.search(replace(request_, offset=offset, limit=3))
        assert page.total == len(everything)
        paged.extend(hit.entry.id for hit in page.hits)

    assert paged == everything
    assert len(set(paged)) == len(paged)


@SLOW_FIXTURE
@given(history=histories, request_=requests)
def test_an_index_grown_in_runs_answers_like_one_built_at_once(
    make_engine: MakeEngine, history: list[list[Document | str]], request_: SearchRequest
) -> None:
    grown, built = make_engine(), make_engine()
    apply(grown, history)
    with built.rebuild() as writer:
        for one in live_at_the_end(history):
            writer.put(one)

    left, right = grown.search(request_), built.search(request_)

    assert [(hit.entry.id, hit.score) for hit in left.hits] == [
        (hit.entry.id, hit.score) for hit in right.hits
    ]
    assert (left.total, left.total_documents, left.total_cases) == (
        right.total,
        right.total_documents,
        right.total_cases,
    )
    assert left.facets == right.facets


@SLOW_FIXTURE
@given(history=histories)
def test_the_vocabulary_counts_the_sections_that_have_each_word(
    make_engine: MakeEngine, history: list[list[Document | str]]
) -> None:
    engine = make_engine()
    apply(engine, history)

    words = engine.vocabulary()

    rows = rows_of(live_at_the_end(history), engine.analyzer())
    counts = Counter(
        word
        for row in rows
        for word in {word for zone in ("title", "text") for word, _ in row.exact[zone]}
        if ":" not in word
    )
    assert {word: words.count(word) for word in words} == counts
