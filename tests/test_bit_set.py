"""Sets of rows as bits, against loops over truth values."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.segments.bit_set import bytes_of, members, packed

rows_and_slices = st.lists(st.booleans(), max_size=80).flatmap(
    lambda rows: st.tuples(
        st.just(rows),
        st.lists(st.tuples(st.integers(0, len(rows)), st.integers(0, len(rows))).map(sorted), max_size=5),
    )
)


@given(rows_and_slices)
def test_slices_have_the_rows_that_were_put_in(drawn: tuple[list[bool], list[list[int]]]) -> None:
    rows, slices = drawn
    starts = np.array([first for first, _ in slices], np.int64)
    lengths = np.array([last - first for first, last in slices], np.int64)
    expected = [row for first, last in slices for row in rows[first:last]]

    found = members(packed(np.array(rows, np.bool_)), starts, lengths, sum(expected))

    assert found.tolist() == [number for number, row in enumerate(expected) if row]


@given(rows_and_slices)
def test_the_bytes_of_a_slice_have_all_its_rows(drawn: tuple[list[bool], list[list[int]]]) -> None:
    rows, slices = drawn
    bits = packed(np.array(rows, np.bool_))
    for first, last in slices:
        starts, lengths = np.array([[first], [last - first]])

        firsts, counts = bytes_of(starts, lengths)

        assert 8 * firsts[0] <= first
        assert last <= 8 * (firsts[0] + counts[0])
        assert firsts[0] + counts[0] <= len(bits)
