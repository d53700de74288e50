"""Arrays that come in pieces, against the pieces put together."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.segments.array_file import ArrayFile, ArrayFileWriter
from index.segments.spool import Spool

numbers = st.lists(
    st.one_of(
        st.lists(st.integers(0, 300), max_size=20),
        st.lists(st.integers(0, 2**32 - 1), max_size=3),
        # More than is read at a time.
        st.just([7] * 3_000_000),
    ),
    max_size=5,
)


def spooled(pieces: list[NDArray[Any]], *, narrow: bool = False) -> NDArray[Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.arrays"
        with ArrayFileWriter(path) as writer, Spool(Path(folder)) as spool:
            for piece in pieces:
                spool.append("before", piece[:1], narrow=narrow)
                spool.append("array", piece, narrow=narrow)
            spool.write(writer)
        return ArrayFile.open(path).whole("array").copy()


@given(numbers)
def test_pieces_of_any_size_become_one_array_of_the_smallest_type(pieces: list[list[int]]) -> None:
    together = [number for piece in pieces for number in piece]

    found = spooled([np.array(piece, np.uint64) for piece in [*pieces, []]], narrow=True)

    assert found.dtype == np.min_scalar_type(max(together, default=0))
    assert found.tolist() == together


def test_what_is_not_to_be_narrow_keeps_its_type() -> None:
    found = spooled([np.array([-3, 5], np.int32), np.array([7], np.int32)])

    assert found.dtype == np.int32
    assert found.tolist() == [-3, 5, 7]


@given(st.lists(st.lists(st.booleans(), max_size=40), max_size=6))
def test_truth_values_become_one_set_of_bits(pieces: list[list[bool]]) -> None:
    together = [row for piece in pieces for row in piece]

    bits = spooled([np.array(piece, np.bool_) for piece in [*pieces, []]])

    assert len(bits) == (len(together) + 7) // 8
    assert np.unpackbits(bits, bitorder="little", count=len(together)).astype(np.bool_).tolist() == together


def test_a_piece_of_another_type_is_refused(tmp_path: Path) -> None:
    with Spool(tmp_path) as spool:
        spool.append("array", np.array([1], np.int32))

        with pytest.raises(TypeError, match="int64"):
            spool.append("array", np.array([1], np.int64))
