"""Windows of words on arrays of places, against the words themselves."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.execution.phrases import adjacent, near
from index.execution.word_line import Places

places = st.lists(
    st.builds(
        lambda zone, position: 1_000 * (zone + 1) + position,
        st.integers(0, 5),
        st.integers(0, 40),
    ),
    unique=True,
    max_size=30,
).map(lambda found: np.array(sorted(found), np.uint32))


@given(st.lists(places, min_size=1, max_size=4))
def test_words_are_adjacent_when_each_stands_right_behind_the_one_before(words: list[Places]) -> None:
    sets = [set(word.tolist()) for word in words]

    found = adjacent(words)

    assert found.tolist() == [
        start
        for start in words[0].tolist()
        if all(start + offset in others for offset, others in enumerate(sets))
    ]


@given(words=st.lists(places, min_size=1, max_size=3), slop=st.integers(1, 9))
def test_a_window_begins_at_a_word_and_has_all_of_them(words: list[Places], slop: int) -> None:
    starts = sorted({place for word in words for place in word.tolist()})

    found = near(words, slop)

    assert found.tolist() == [
        start
        for start in starts
        if all(any(start <= place <= start + slop for place in word.tolist()) for word in words)
    ]
