"""Places in ascending arrays."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.execution.ascending import lower_bounds


@given(
    st.lists(st.integers(0, 60)),
    st.lists(st.integers(0, 61)),
    st.sampled_from(("i4", "u4", "u8")),
    st.booleans(),
)
def test_it_finds_what_numpy_finds(values: list[int], sought: list[int], dtype: str, in_order: bool) -> None:  # noqa: FBT001 -- by name
    ascending = np.array(sorted(values), dtype)
    wanted = np.array(sorted(sought) if in_order else sought, dtype)

    assert lower_bounds(ascending, wanted).tolist() == ascending.searchsorted(wanted).tolist()
