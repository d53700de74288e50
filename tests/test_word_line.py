"""The line of all words: every place tells its zone, and no window reaches from one zone into the next."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.execution.word_line import WordLine
from index.query_lexer import MAX_SLOP

lengths = st.lists(st.tuples(*[st.integers(0, 300)] * 3), max_size=8).map(
    lambda rows: np.array(rows, np.int32).reshape(-1, 3)
)


@given(lengths)
def test_each_place_is_in_the_zone_that_it_was_made_for(lengths: np.ndarray) -> None:
    line = WordLine.of_lengths(lengths)

    for zone, length in enumerate(lengths.ravel().tolist()):
        places = line.begins.ravel()[zone] + np.arange(length + 1, dtype=np.uint32)

        assert set(line.zones(places).tolist()) == {zone}


@given(lengths)
def test_the_widest_window_does_not_reach_from_one_zone_into_the_next(lengths: np.ndarray) -> None:
    begins = WordLine.of_lengths(lengths).begins.ravel().astype(np.int64)

    assert (begins[:1] > MAX_SLOP).all()
    assert (np.diff(begins) - lengths.ravel()[:-1] > MAX_SLOP).all()


@given(lengths, st.data())
def test_a_part_of_the_line_is_numbered_as_in_the_whole(lengths: np.ndarray, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(lengths)))
    last = data.draw(st.integers(first, len(lengths)))
    line = WordLine.of_lengths(lengths)

    part = line.part(first, last)

    assert part.begins.tolist() == line.begins[first:last].tolist()


def test_a_line_of_more_words_than_32_bits_count_has_larger_numbers() -> None:
    line = WordLine.of_lengths(np.full((3, 3), 2**30))

    assert line.begins.dtype == np.uint64
    assert line.zones(line.begins[2] + np.uint64(2**30)).tolist() == [6, 7, 8]
