"""Order, pages, groups and counts over arrays that are larger than minutes in a test can be."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from index.execution import grouping
from index.execution.counting import by_value, distinct_cases, groups_by_value
from index.execution.file_counts import count_files
from index.execution.matches import Matches
from index.execution.ordering import Order, order, page, representatives
from index.execution.reader import Cases, Ranks
from index.request import Sort

seeds = st.integers(0, 10_000)


def ranks(size: int, seed: int) -> Ranks:
    made = np.random.default_rng(seed)
    return Ranks(*(made.permutation(size).astype(np.int32) for _ in range(3)))


@settings(max_examples=100)
@given(
    seed=seeds,
    size=st.sampled_from((0, 1, 30, 5_000)),
    distinct=st.sampled_from((1, 3, 1_000, 10**9)),
    offset=st.sampled_from((0, 7, 95)),
    limit=st.sampled_from((0, 1, 10, 10_000)),
)
def test_a_page_is_a_cut_of_all_in_order(
    seed: int, size: int, distinct: int, offset: int, limit: int
) -> None:
    made = np.random.default_rng(seed)
    docs = np.flatnonzero(made.random(2 * size) < 0.5).astype(np.int32)
    scores = made.integers(0, distinct, len(docs)).astype(made.choice([np.float32, np.float64]))
    newest = ranks(2 * size, seed).newest

    found = page(Order(scores, docs, newest), offset, limit)

    expected = sorted(range(len(docs)), key=lambda place: (-scores[place], newest[docs[place]]))
    assert found.tolist() == expected[offset : offset + limit]


@given(seed=seeds, sort=st.sampled_from(Sort), scored=st.booleans())
def test_each_sort_has_its_rank_and_relevance_without_scores_is_the_newest(
    *, seed: int, sort: Sort, scored: bool
) -> None:
    known = ranks(200, seed)
    docs = np.arange(0, 200, 2, dtype=np.int32)
    found = Matches(docs, np.ones(len(docs)) if scored else None)

    shown = page(order(found, sort, known), 0, 10)

    rank = {Sort.OLDEST: known.oldest, Sort.ADDED: known.added}.get(sort, known.newest)
    assert docs[shown].tolist() == sorted(docs.tolist(), key=rank.__getitem__)[:10]


@given(seed=seeds, share=st.sampled_from((0.0, 0.001, 0.3, 1.0)))
def test_matches_are_counted_by_file(seed: int, share: float) -> None:
    made = np.random.default_rng(seed)
    files = np.sort(made.integers(0, 300, 3_000)).astype(np.int32)
    docs = np.flatnonzero(made.random(3_000) < share).astype(np.int32)

    found = count_files(files, docs)

    of_files = files[docs].tolist()
    assert found.files.tolist() == sorted(set(of_files))
    assert found.counts.tolist() == [of_files.count(file) for file in found.files.tolist()]
    wanted = made.random(300) < 0.5
    assert found.spread(wanted).tolist() == [bool(wanted[file]) for file in of_files]


@given(seeds)
def test_every_case_of_the_matches_counts_once(seed: int) -> None:
    made = np.random.default_rng(seed)
    first = made.integers(-1, 40, 200).astype(np.int32)
    further = np.sort(made.integers(0, 200, 30)).astype(np.int32)
    codes = made.integers(0, 40, 30).astype(np.int32)
    docs = np.flatnonzero(made.random(200) < 0.1).astype(np.int32)

    found = distinct_cases(Cases(first, further, codes, 40), docs)

    chosen = set(docs.tolist())
    seen = {case for doc, case in enumerate(first.tolist()) if doc in chosen and case >= 0}
    seen |= {case for doc, case in zip(further.tolist(), codes.tolist(), strict=True) if doc in chosen}
    assert found == len(seen)


@given(seed=seeds, distinct=st.sampled_from((1, 3, 10**9)))
def test_of_each_group_the_first_in_order_stands_for_it(seed: int, distinct: int) -> None:
    made = np.random.default_rng(seed)
    groups = made.integers(0, 20, 100)
    docs = np.arange(100, dtype=np.int32)
    newest = ranks(100, seed).newest
    scores = made.integers(0, distinct, 100).astype(np.float64)

    found = representatives(Order(scores, docs, newest), groups)

    first: dict[int, int] = {}
    for place in sorted(range(100), key=lambda place: (-scores[place], newest[place])):
        first.setdefault(int(groups[place]), place)
    assert found.tolist() == sorted(first.values())


def test_a_document_without_a_case_is_a_group_of_its_own() -> None:
    none = np.empty(0, np.int32)
    cases = Cases(np.array([1, -1, 1, -1, 0], np.int32), none, none, 2)

    found = grouping.by_case(cases, np.arange(5, dtype=np.int32))

    assert len(set(found.tolist())) == 4
    assert found[0] == found[2]


def test_values_are_named_and_the_unknown_counted_apart() -> None:
    names = np.array(["a", "b", "c"], np.object_)
    codes = np.array([2, -1, 0, 1, 2], np.int32)

    found = by_value(codes, names, np.array([0, 1, 2, 4]), np.array([4, 5, 1, 1]))

    assert (found.counts, found.unknown) == ({"a": 1, "c": 5}, 5)


def test_a_group_counts_once_for_each_of_its_values() -> None:
    names = np.array(["a", "b"], np.object_)

    found = groups_by_value(np.array([0, 0, 1, 0, -1], np.int32), names, np.array([7, 7, 7, 9, 9]))

    assert (found.counts, found.unknown) == ({"a": 2, "b": 1}, 1)
