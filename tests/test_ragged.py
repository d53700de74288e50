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
