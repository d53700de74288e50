"""Lists of different lengths in one array."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.execution import ragged


@given(lengths=st.lists(st.integers(0, 9)), size=st.integers(1, 12))
def test_pieces_are_all_lists_in_order_and_no_larger_than_asked(lengths: list[int], size: int) -> None:
    found = ragged.pieces(np.array(lengths, np.int64), size)

    numbers = [number for piece in found for number in range(piece.start, piece.stop)]
    assert numbers == list(range(len(lengths)))
    assert all(sum(lengths[piece]) <= size or piece.stop - piece.start == 1 for piece in found)


@given(st.lists(st.lists(st.integers(0, 200), max_size=6), max_size=8), st.sampled_from("BHIq"), st.data())
def test_elements_are_those_that_the_indexes_tell(
    lists: list[list[int]], dtype: str, data: st.DataObject
) -> None:
    values = np.array([value for each in lists for value in each], dtype)
    lengths = np.array([len(each) for each in lists], np.int64)
    chosen = data.draw(st.lists(st.integers(0, len(lists) - 1))) if lists else []
    starts = ragged.starts_of(lengths)[:-1][chosen]

    found = ragged.elements(values, starts, lengths[chosen])

    assert found.dtype == values.dtype
    assert found.tolist() == values[ragged.indexes(starts, lengths[chosen])].tolist()
    assert found.tolist() == [value for number in chosen for value in lists[number]]
