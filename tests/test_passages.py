"""Passages of a text against all that could have been chosen."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index import passages
from index.marks import Mark
from index.run_finder import RunFinder

TEXT = (
    "Nämnden beslutar att avslå ansökan. Den som vill får yttra sig: skriftligt! Är det så? " * 12
).strip()
WORDS = [word.span() for word in re.finditer(r"\w+", TEXT)]
LENGTHS = st.integers(20, 200)
KINDS = st.sampled_from([(1, 1), (1, 0), (2, 2), (3, 2), (4, 0)])


@st.composite
def marks_in(draw: st.DrawFn) -> list[Mark]:
    chosen = draw(st.sets(st.sampled_from(WORDS), max_size=30))
    return [Mark(*span, *draw(KINDS)) for span in sorted(chosen)]


def best_passages(
    text: str, marks: list[Mark], *, count: int, length: int, leaves: int = 3
) -> list[tuple[int, int]]:
    [found] = passages.best_passages(
        RunFinder([]).find([text]), marks, leaves=leaves, count=count, length=length
    )
    return [(one.start, one.end) for one in found]


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
    found = best_passages(TEXT, marks, count=count, length=length)

    assert 1 <= len(found) <= count
    assert all(0 <= start < end <= min(len(TEXT), start + length) for start, end in found)
    assert found == sorted(found)
    assert set(best_passages(TEXT, marks, count=1, length=length)) <= set(found)


@given(marks_in(), st.integers(2, 5), LENGTHS)
def test_no_two_passages_show_the_same_words(marks: list[Mark], count: int, length: int) -> None:
    found = best_passages(TEXT, marks, count=count, length=length)

    assert all(end <= start for (_, end), (start, _) in pairwise(found))


@st.composite
def texts_with_marks(draw: st.DrawFn) -> tuple[str, str, list[Mark]]:
    """Draw a text with white space of all kinds, the line that it is, and marks in that."""
    spaces = st.sampled_from([" ", " ", "\n", "  ", "\n \n"])
    words = draw(st.lists(st.sampled_from(TEXT.split()), min_size=1, max_size=80))
    text = "".join(word + draw(spaces) for word in words).strip()
    line = " ".join(words)
    spans = [word.span() for word in re.finditer(r"\w+", line)]
    chosen = draw(st.sets(st.sampled_from(spans), max_size=10))
    return text, line, [Mark(*span, *draw(KINDS)) for span in sorted(chosen)]


@given(texts_with_marks(), st.integers(1, 3), LENGTHS)
def test_passages_are_those_of_the_line_that_a_text_is(
    drawn: tuple[str, str, list[Mark]], count: int, length: int
) -> None:
    text, line, marks = drawn

    [found] = passages.best_passages(RunFinder([]).find([text]), marks, leaves=3, count=count, length=length)

    assert [(one.start, one.end) for one in found] == best_passages(line, marks, count=count, length=length)
    assert [" ".join(text[one.first : one.last].split()) for one in found] == [
        line[one.start : one.end] for one in found
    ]


@given(st.lists(texts_with_marks(), min_size=1, max_size=4), st.integers(1, 3), LENGTHS)
def test_texts_together_have_the_passages_that_each_has(
    drawn: list[tuple[str, str, list[Mark]]], count: int, length: int
) -> None:
    lines = [line for _, line, _ in drawn]
    begins = [sum(len(line) + 1 for line in lines[:place]) for place in range(len(lines))]
    marks = [
        mark._replace(start=begin + mark.start, end=begin + mark.end)
        for begin, (_, _, own) in zip(begins, drawn, strict=True)
        for mark in own
    ]

    found = passages.best_passages(
        RunFinder([]).find([text for text, _, _ in drawn]), marks, leaves=3, count=count, length=length
    )

    for begin, (_, line, own), of_one in zip(begins, drawn, found, strict=True):
        alone = best_passages(line, own, count=count, length=length)
        assert [(one.start - begin, one.end - begin) for one in of_one] == alone


@given(marks_in(), st.integers(0, 200), st.integers(1, 3), LENGTHS)
def test_it_does_not_matter_how_many_leaves_there_are(
    marks: list[Mark], shift: int, count: int, length: int
) -> None:
    moved = [mark._replace(leaves=mark.leaves << shift, whole=mark.whole << shift) for mark in marks]

    found = best_passages(TEXT, moved, count=count, length=length, leaves=3 + shift)

    assert found == best_passages(TEXT, marks, count=count, length=length)
