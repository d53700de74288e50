"""Sets of documents as arrays, where they are few of an index and where they are many."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.execution import matches
from index.execution.doc_sets import common, contains, distinct, in_both, merged, slots, union
from index.execution.matches import Matches, at_least, look_up
from index.execution.postings import Docs

SIZE = 400
"""More than some sets below times `SPARSE`, less than others."""

docs = st.sets(st.integers(0, SIZE - 1), max_size=40).map(lambda found: np.array(sorted(found), np.int32))


@st.composite
def scored(draw: st.DrawFn) -> Matches:
    found = draw(docs)
    if draw(st.booleans()):
        return Matches(found, None)
    scores = np.array([draw(st.floats(0.5, 9.0)) for _ in found], np.float64)
    return (
        Matches(found, scores.astype(np.float32), "leaf") if draw(st.booleans()) else Matches(found, scores)
    )


@given(st.lists(docs, max_size=4))
def test_a_union_has_what_is_in_any_list(lists: list[Docs]) -> None:
    found = union(lists, SIZE)

    assert found.dtype == np.int32
    assert found.tolist() == sorted({doc for each in lists for doc in each.tolist()})


@given(st.lists(docs, min_size=1, max_size=30))
def test_what_is_merged_is_there_once_and_in_order(lists: list[Docs]) -> None:
    found = merged(lists)

    assert found.dtype == np.int32
    assert found.tolist() == sorted({doc for each in lists for doc in each.tolist()})


@given(st.lists(st.lists(st.integers(0, SIZE - 1), max_size=40), min_size=1, max_size=4))
def test_every_document_has_a_place_of_its_own_in_whatever_order_it_comes(lists: list[list[int]]) -> None:
    given = [np.array(each, np.int32) for each in lists]

    for size in (SIZE, 100 * SIZE):
        places = slots(given, size)

        assert [places.numbers(at).tolist() for at in places.at] == lists
        assert all(place < places.size for at in places.at for place in at.tolist())
        every = places.numbers(np.arange(places.size, dtype=np.int32)).tolist()
        assert every == sorted(set(every))


@given(st.lists(st.lists(docs, max_size=3), min_size=1, max_size=3))
def test_what_is_common_is_in_a_list_of_every_group(groups: list[list[Docs]]) -> None:
    unions = [{doc for each in group for doc in each.tolist()} for group in groups]

    assert common(groups, SIZE).tolist() == sorted(set.intersection(*unions))


@given(docs, docs)
def test_needles_are_found_in_the_haystack(haystack: Docs, needles: Docs) -> None:
    found = contains(haystack, needles)

    assert found.tolist() == [needle in haystack.tolist() for needle in needles.tolist()]


@given(docs, docs, st.sampled_from((SIZE, 100 * SIZE)))
def test_what_is_in_both_is_found_in_each(one: Docs, other: Docs, size: int) -> None:
    at_one, at_other = in_both(one, other, size)

    both = sorted(set(one.tolist()) & set(other.tolist()))
    assert one.take(at_one).tolist() == other.take(at_other).tolist() == both


@given(st.lists(st.integers(-5, 5)))
def test_distinct_values_are_in_order(values: list[int]) -> None:
    assert distinct(np.array(values, np.int64)).tolist() == sorted(set(values))


@given(docs, scored())
def test_scores_are_looked_up(wanted: Docs, found: Matches) -> None:
    places, scores = look_up(wanted, found, SIZE)

    both = set(wanted.tolist()) & set(found.docs.tolist())
    assert wanted.take(places).tolist() == sorted(both)
    if found.scores is None:
        assert scores is None
    else:
        pairs = zip(found.docs.tolist(), found.scores.tolist(), strict=True)
        assert scores is not None
        assert scores.tolist() == [score for doc, score in pairs if doc in both]


@given(
    parts=st.lists(scored(), min_size=1, max_size=4), minimum=st.integers(0, 4), optional=st.integers(0, 1)
)
def test_scores_are_added_where_enough_parts_match(parts: list[Matches], minimum: int, optional: int) -> None:
    counted = parts[: len(parts) - optional]
    expected: dict[int, float] = {}
    for part in parts:
        scores = [0.0] * len(part.docs) if part.scores is None else part.scores.tolist()
        for doc, score in zip(part.docs.tolist(), scores, strict=True):
            expected[doc] = expected.get(doc, 0.0) + score
    enough = [
        doc
        for doc in sorted(expected)
        if sum(doc in part.docs.tolist() for part in counted) >= max(1, minimum)
    ]

    for size in (SIZE, 100 * SIZE):
        found = at_least(parts, minimum, size, optional=optional)

        assert found.docs.tolist() == enough
        if found.scores is not None:
            assert found.scores.tolist() == [expected[doc] for doc in enough]
        else:
            assert all(expected[doc] == 0 for doc in enough)


def test_the_sum_of_scores_is_made_in_their_order() -> None:
    parts = [np.array([0.1]), None, np.array([0.2]), np.array([0.3])]

    found = matches.added(parts)

    assert found is not None
    assert found.tolist() == [(0.1 + 0.2) + 0.3]
