"""Places by hashes, against a dictionary."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis.hash_table import HashTable

# Few hashes, so that most are there already, or share a slot with others.
hashes = st.sampled_from([0, 1, -1, 1 << 14, 1 << 15, -(1 << 63), (1 << 63) - 1]) | st.integers(0, 3)
checks = st.sampled_from([0, 1 << 32, -1 << 32, (1 << 63) - 1])


@given(st.lists(st.lists(st.tuples(hashes, checks), max_size=20), max_size=4))
def test_what_comes_again_has_the_place_that_it_got(batches: list[list[tuple[int, int]]]) -> None:
    table, expected = HashTable(), dict[tuple[int, int], int]()
    for batch in batches:
        columns = np.array(batch, np.int64).reshape(-1, 2).T.copy()
        before = len(expected)

        places, new = table.places(columns[0], columns[1])

        assert places.tolist() == [expected.setdefault(pair, len(expected)) for pair in batch]
        assert [batch[index] for index in new] == list(expected)[before:]
        assert len(table) == len(expected)


@given(st.integers(0, 2**32))
@settings(max_examples=5)
def test_places_stay_when_the_table_grows(seed: int) -> None:
    table = HashTable()
    found = np.random.default_rng(seed).integers(-(1 << 62), 1 << 62, (2, 40_000))

    for start in range(0, 40_000, 5_000):
        table.places(*found[:, start : start + 5_000].copy())
    places, new = table.places(found[0].copy(), found[1].copy())

    assert places.tolist() == list(range(40_000))
    assert len(new) == 0
