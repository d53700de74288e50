"""Windows of words on arrays of places, against the words themselves."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.execution.phrases import Places, near, near_groups, per_document, united

places = st.lists(
    st.builds(lambda doc, position: doc << 32 | position, st.integers(0, 2), st.integers(0, 60)),
    unique=True,
    min_size=1,
    max_size=12,
).map(lambda found: np.array(sorted(found), np.int64))


@given(
    groups=st.lists(st.lists(places, min_size=1, max_size=3), min_size=1, max_size=3), slop=st.integers(1, 9)
)
def test_windows_of_groups_are_those_of_their_places_together(groups: list[list[Places]], slop: int) -> None:
    together = [np.unique(np.concatenate(group)) for group in groups]

    found = near_groups(groups, slop)

    assert found.tolist() == near(together, slop).tolist()


@given(st.lists(places, min_size=1, max_size=4))
def test_what_is_united_is_there_once_and_in_order(arrays: list[Places]) -> None:
    found = united(arrays)

    assert found.tolist() == sorted({place for array in arrays for place in array.tolist()})


@given(places)
def test_places_are_counted_by_document(found: Places) -> None:
    docs, counts = per_document(found)

    assert dict(zip(docs.tolist(), counts.tolist(), strict=True)) == {
        doc: sum(place >> 32 == doc for place in found.tolist())
        for doc in {place >> 32 for place in found.tolist()}
    }
