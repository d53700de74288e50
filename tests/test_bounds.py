"""Where the slices of terms begin and end, against lengths that are added one by one."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from index.segments.array_file import ArrayFile, ArrayFileWriter
from index.segments.bounds import KINDS, Bounds, BoundsWriter
from index.segments.spool import Spool

# Those about the largest that a byte can say, and some that none can.
lengths = st.integers(0, 3) | st.integers(253, 257) | st.integers(0, 100_000)
tables = st.integers(1, 90).flatmap(
    lambda terms: arrays.arrays(np.int64, (terms, KINDS), elements=lengths, fill=st.just(254))
)


@given(table=tables, cut=st.integers(0, 90), data=st.data())
@settings(max_examples=200)
def test_the_slices_of_a_term_begin_where_those_before_it_end(
    table: NDArray[np.int64], cut: int, data: st.DataObject
) -> None:
    ends = table.cumsum(axis=0)
    asked = np.array(sorted(data.draw(st.sets(st.integers(0, len(table) - 1), max_size=8))), np.int64)
    with TemporaryDirectory() as folder:
        bounds = written(Path(folder), table[:cut], table[cut:])

        starts, found = bounds.of_terms(asked)
        assert found.tolist() == table[asked].tolist()
        assert (starts + found).tolist() == ends[asked].tolist()
        for number in asked.tolist():
            begin, end = bounds.of_term(number)
            assert end == ends[number].tolist()
            assert begin == (ends - table)[number].tolist()


def written(folder: Path, *pieces: NDArray[np.int64]) -> Bounds:
    """Return bounds that were written in pieces."""
    with ArrayFileWriter(folder / "a.arrays") as writer, Spool(folder) as spool:
        bounds = BoundsWriter(spool, "exact")
        for piece in pieces:
            bounds.add(piece)
        spool.write(writer)
    return Bounds(ArrayFile.open(folder / "a.arrays"), "exact")
