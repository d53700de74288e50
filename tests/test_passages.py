"""Passages of a text against all that could have been chosen."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index.marks import Mark
from index.passages import best_passages

TEXT = "Nämnden beslutar att avslå ansökan. Den som vill får yttra sig: skriftligt! Är det så? " * 12
WORDS = [word.span() for word in re.finditer(r"\w+", TEXT)]
LENGTHS = st.integers(20, 200)
KINDS = st.sampled_from([(1, 1), (1, 0), (2, 2), (3, 2), (4, 0)])


@st.composite
def marks_in(draw: st.DrawFn) -> list[Mark]:
    chosen = draw(st.sets(st.sampled_from(WORDS), max_size=30))
    return [Mark(*span, *draw(KINDS)) for span in sorted(chosen)]


def worth(marks: list[Mark]) -> int:
    leaves = whole = 0
    for mark in marks:
        leaves |= mark.leaves
        whole |= mark.whole
    return 8 * leaves.bit_count() + 4 * whole.bit_count() + min(4, len(marks))


@given(marks_in(), LENGTHS)
def test_no_other_passage_shows_more_and_none_before_shows_as_much(marks: list[Mark], length: int) -> None:
    [(start, end)] = best_passages(TEXT, marks, count=1, length=length)

    shown = [mark for mark in marks if start <= mark.start and mark.end <= end]
    runs = [
        [other for other in marks if first.start <= other.start and other.end <= first.start + length]
        for first in marks
    ]
    best = max(map(worth, runs), default=0)
    assert worth(shown) >= best
    assert all(worth(run) < best or run[0].start >= shown[0].start for run in runs)


@given(marks_in(), st.integers(1, 5), LENGTHS)
def test_passages_are_short_and_in_order_and_the_best_is_among_them(
    marks: list[Mark], count: int, length: int
) -> None:
    passages = best_passages(TEXT, marks, count=count, length=length)

    assert 1 <= len(passages) <= count
    assert all(0 <= start < end <= min(len(TEXT), start + length) for start, end in passages)
    assert passages == sorted(passages)
    assert set(best_passages(TEXT, marks, count=1, length=length)) <= set(passages)


@given(marks_in(), st.integers(2, 5), LENGTHS)
def test_no_two_passages_show_the_same_words(marks: list[Mark], count: int, length: int) -> None:
    passages = best_passages(TEXT, marks, count=count, length=length)

    assert all(end <= start for (_, end), (start, _) in pairwise(passages))
