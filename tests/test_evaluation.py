"""The execution on arrays against brute force, for random minutes, queries and requests."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from corpus.document import Document
from index.errors import SearchTimeout
from index.execution.collector import Collected, collect
from index.execution.deadline import Deadline
from index.execution.evaluation import Evaluator
from index.execution.leaf_cache import LeafCache
from index.execution.matches import Matches
from index.query import MatchAll, Prefix, Query
from index.request import FACETS, UNKNOWN, Group, SearchRequest, Sort
from tests.array_reader import ArrayReader
from tests.builders import document, section
from tests.compound_words import COMPOUNDS
from tests.corpora import compounds, documents, queries, requests
from tests.oracle import Oracle, Row, rows_of

NAMES = tuple("abcdef")

collections = st.lists(st.sampled_from(NAMES), unique=True, max_size=6).flatmap(
    lambda names: st.tuples(*(documents(f"granvika/{name}.txt") for name in names)).map(list)
)


REMOVED = rows_of([document("granvika/removed.txt", *(section(str(number)) for number in range(200)))])
"""So many documents that are deleted, that the others are few among them and are treated as few."""


@st.composite
def indexes(draw: st.DrawFn) -> tuple[ArrayReader, list[Row]]:
    """Draw an index in which some sections are deleted, and the rows that are left."""
    rows = rows_of(draw(collections), COMPOUNDS)
    deleted = draw(st.sets(st.integers(0, max(0, len(rows) - 1)), max_size=4)) if rows else set()
    live = [row for doc, row in enumerate(rows) if doc not in deleted]
    added = draw(st.lists(st.integers(0, 2), min_size=len(rows), max_size=len(rows)))
    if draw(st.booleans()):
        deleted |= set(range(len(rows), len(rows) + len(REMOVED)))
        rows, added = rows + REMOVED, added + [0] * len(REMOVED)
    return ArrayReader(rows, deleted, added), live


def evaluator(reader: ArrayReader, cache: LeafCache | None = None) -> Evaluator:
    return Evaluator(reader, cache or LeafCache(10**6), Deadline(None), 1000)


def ask(made: Evaluator, request: SearchRequest) -> Collected:
    return collect(made.evaluate(request.query), request, made)


@settings(max_examples=250)
@given(index=indexes(), asked=st.lists(st.one_of(queries, compounds), min_size=1, max_size=8))
def test_matches_and_scores_are_those_of_brute_force(
    index: tuple[ArrayReader, list[Row]], asked: list[Query]
) -> None:
    reader, rows = index
    made, oracle = evaluator(reader), Oracle(rows)
    ids = {row.section.id: doc for doc, row in enumerate(reader.rows)}

    for query in asked:
        found = made.evaluate(query)
        expected = {ids[section_id]: score for section_id, score in oracle.scores(query).items()}

        assert found.docs.tolist() == sorted(expected)
        assert _scores(found) == pytest.approx([expected[doc] for doc in sorted(expected)], abs=1e-9)


@settings(max_examples=250)
@given(index=indexes(), asked=st.lists(requests, min_size=1, max_size=4))
def test_pages_totals_and_facets_are_those_of_brute_force(
    index: tuple[ArrayReader, list[Row]], asked: list[SearchRequest]
) -> None:
    reader, rows = index
    made, oracle = evaluator(reader), Oracle(rows)

    for request in asked:
        found = ask(made, replace(request, limit=1000))
        expected = oracle.ranking(request)

        assert [reader.rows[doc].section.id for doc in found.docs] == [
            section_id for section_id, _ in expected
        ]
        assert found.scores.tolist() == pytest.approx([score for _, score in expected], abs=1e-9)
        assert found.total == len(expected)
        assert (found.total_documents, found.total_cases) == oracle.totals(request)
        for name in request.facets:
            counts = found.facets[name]
            assert (dict(counts.counts), counts.unknown) == oracle.facet(request, name)


@settings(max_examples=100)
@given(index=indexes(), request=requests)
def test_pages_partition_what_is_found(index: tuple[ArrayReader, list[Row]], request: SearchRequest) -> None:
    made = evaluator(index[0])
    whole = ask(made, replace(request, limit=1000))

    paged: list[int] = []
    for offset in range(0, whole.total + 3, 3):
        found = ask(made, replace(request, offset=offset, limit=3, facets=()))
        assert found.total == whole.total
        paged += found.docs.tolist()

    assert paged == whole.docs.tolist()
    assert len(set(paged)) == len(paged) == whole.total


@settings(max_examples=100)
@given(index=indexes(), request=requests, data=st.data())
def test_a_facet_counts_what_a_search_restricted_to_it_finds(
    index: tuple[ArrayReader, list[Row]], request: SearchRequest, data: st.DataObject
) -> None:
    made = evaluator(index[0])
    name = data.draw(st.sampled_from(FACETS))
    counts = ask(made, request).facets[name]

    for value, count in [*counts.counts.items(), (UNKNOWN, counts.unknown)]:
        narrowed = replace(request, filters=replace(request.filters, **{name: (value,)}))
        assert ask(made, narrowed).total == count


@settings(max_examples=100)
@given(index=indexes(), asked=st.lists(requests, min_size=1, max_size=4), capacity=st.integers(0, 5000))
def test_answers_are_the_same_to_the_last_bit_whatever_the_cache_holds(
    index: tuple[ArrayReader, list[Row]], asked: list[SearchRequest], capacity: int
) -> None:
    cache = LeafCache(capacity)

    for request in [*asked, *reversed(asked)]:
        found, fresh = ask(evaluator(index[0], cache), request), ask(evaluator(index[0]), request)
        assert found.docs.tolist() == fresh.docs.tolist()
        assert found.scores.tolist() == fresh.scores.tolist()
        assert (found.total_documents, found.total_cases) == (fresh.total_documents, fresh.total_cases)
        assert found.facets == fresh.facets


@settings(max_examples=50)
@given(index=indexes(), request=requests)
def test_sorted_by_added_what_was_indexed_last_comes_first(
    index: tuple[ArrayReader, list[Row]], request: SearchRequest
) -> None:
    reader, _ = index
    found = ask(evaluator(reader), replace(request, sort=Sort.ADDED, group=Group.SECTION, limit=1000))

    assert found.docs.tolist() == sorted(found.docs.tolist(), key=reader.ranks.added.__getitem__)


@settings(max_examples=50)
@given(collections, queries)
def test_scores_do_not_depend_on_what_is_deleted(minutes: list[Document], query: Query) -> None:
    rows = rows_of(minutes, COMPOUNDS)
    padded = ArrayReader(rows + REMOVED, set(range(len(rows), len(rows) + len(REMOVED))))

    alone, beside = evaluator(ArrayReader(rows)).evaluate(query), evaluator(padded).evaluate(query)

    assert alone.docs.tolist() == beside.docs.tolist()
    assert _scores(alone) == _scores(beside)


def test_a_prefix_that_was_cut_short_says_so_each_time() -> None:
    rows = rows_of([document("a.txt", section("1", text="skola skolan skolor skolorna"))])
    cache = LeafCache(10**6)
    said = []

    for _ in range(2):
        made = Evaluator(ArrayReader(rows), cache, Deadline(None), 2)
        made.evaluate(Prefix("sko*", "sko"))
        said.append(made.warnings)

    assert said == [["sko* står för 4 ord; bara de 2 vanligaste söktes."]] * 2


def test_nothing_is_evaluated_when_the_time_is_over() -> None:
    rows = rows_of([document("a.txt", section("1", text="skola"))])
    made = Evaluator(ArrayReader(rows), LeafCache(10**6), Deadline(-1.0), 1000)

    with pytest.raises(SearchTimeout):
        made.evaluate(MatchAll())


def _scores(found: Matches) -> list[float]:
    return [0.0] * len(found.docs) if found.scores is None else found.scores.tolist()
