"""In how many live sections each word, title and case is: from the dictionaries of the segments.

Suggestions are made from it, so what was removed is never suggested.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.analysis.special import is_special
from index.completion.words import Words
from index.engines.arrays_reader import ArraysReader
from index.engines.placed_segments import PlacedSegment
from index.texts import Counted, Rows, Texts, united

_Numbers = NDArray[np.int64]

_SPECIAL: Final = ":"
"""Keys of special tokens have it in them, and so have hidden forms; words have not."""
_BATCH: Final = 1 << 14
"""Words whose postings are counted together: that bounds the memory."""


def term_counts(segments: Sequence[PlacedSegment], field: str) -> Counted:
    """Return in how many sections each term of an untokenised field is."""
    texts, numbers = united([_texts(placed, field) for placed in segments])
    found = [placed.segment.document_frequencies(field, placed.deleted) for placed in segments]
    return Counted(texts, _sums(numbers, found, len(texts)))


def committee_counts(reader: ArraysReader, labels: Mapping[str, str]) -> Counted:
    """Return the names of committees and how many sections each has.

    Args:
        reader: of the generation.
        labels: slug to the one spelling that is shown.
    """
    column = reader.column("committee")
    codes = column.codes[reader.files[reader.live]]
    found = np.bincount(codes[codes >= 0], minlength=len(column.values)).tolist()
    counts: dict[str, int] = {}
    for slug, count in zip(column.values, found, strict=True):
        if count:
            counts[labels[slug]] = counts.get(labels[slug], 0) + count
    return Counted.of(counts.items())


def word_counts(segments: Sequence[PlacedSegment]) -> Words:
    """Return the words of all segments: forms as written, casefolded, with the sections in title or text.

    The forms of a word, as far as the analysis knows them, are those that have one stem.
    """
    texts, forms = united([_texts(placed, "exact") for placed in segments])
    counts = _sums(forms, [_in_title_or_text(placed) for placed in segments], len(texts))
    counts[texts.with_character(_SPECIAL)] = 0
    names, stems = united([_texts(placed, "stem") for placed in segments])
    found = [placed.segment.document_frequencies("stem", placed.deleted) for placed in segments]
    totals = _sums(stems, found, len(names))
    pairs = []
    for placed, of_form, of_stem in zip(segments, forms, stems, strict=True):
        keys, of_keys = placed.segment.forms_between("stem", 0, len(of_stem))
        pairs.append((of_form[of_keys], of_stem[keys]))
    groups = _widest(pairs, len(texts), totals)
    counted = Counted(texts, counts)
    return Words(counted, groups, totals, _shortest(counted, groups, len(names)))


def has_word_beginning(segments: Iterable[PlacedSegment], prefix: str) -> bool:
    """Tell whether any word of `word_counts` begins so, without counting them all."""
    return any(
        _is_word(placed, number)
        for placed in segments
        for number in placed.segment.terms("exact").starting_with(prefix)
    )


def has_word(segments: Iterable[PlacedSegment], word: str) -> bool:
    """Tell whether `word` is one of `word_counts`, likewise."""
    numbers = [(placed, placed.segment.terms("exact").number(word)) for placed in segments]
    return any(number is not None and _is_word(placed, number) for placed, number in numbers)


def _is_word(placed: PlacedSegment, number: int) -> bool:
    if is_special(placed.segment.terms("exact")[number]):
        return False
    found = placed.segment.postings("exact", number)
    if placed.deleted is None and len(found.text) and found.text[0]:
        return True
    live = np.ones(len(found.docs), np.bool_) if placed.deleted is None else ~placed.deleted[found.docs]
    return bool(found.text[live].any()) or bool(live[found.title.at].any())


def _texts(placed: PlacedSegment, field: str) -> Texts:
    return Texts(*placed.segment.terms(field).arrays())


def _sums(numbers: Sequence[Rows], counts: Sequence[_Numbers], size: int) -> Rows:
    """Return the sums of the counts of what several segments have, by its number in all: int32."""
    total = np.zeros(size, np.int32)
    for each, found in zip(numbers, counts, strict=True):
        total[each] += found.astype(np.int32)
    return total


def _in_title_or_text(placed: PlacedSegment) -> _Numbers:
    """Return in how many live sections each form is, in title or text."""
    segment, deleted = placed.segment, placed.deleted
    size = len(segment.terms("exact"))
    batches = [np.empty(0, np.int64)]
    for first in range(0, size, _BATCH):
        last = min(first + _BATCH, size)
        counts = segment.document_frequencies("exact", deleted, first=first, last=last)
        forms, docs = segment.in_decision_alone(first, last)
        if deleted is not None:
            forms = forms[~deleted[docs]]
        # A decision is part of the text, but cut out of it some of its words are others, as after `Dnr`.
        batches.append(counts - np.bincount(forms, minlength=len(counts)))
    return np.concatenate(batches)


def _widest(pairs: Sequence[tuple[Rows, Rows]], forms: int, sections: Rows) -> Rows:
    """Return of the stems of each form the one that is in the most sections: it unites the most forms.

    Args:
        pairs: numbers of forms and of a stem of each, for each segment.
        forms: how many there are.
        sections: of each stem.

    Returns:
        The number of a stem for each form; 0 for one that has none, which is no word.
    """
    of_form = np.concatenate([np.empty(0, np.int32), *(each for each, _ in pairs)])
    stems = np.concatenate([np.empty(0, np.int32), *(each for _, each in pairs)])
    order = np.lexsort((-stems, sections[stems]))
    widest = np.zeros(forms, np.int32)
    # Of those that are assigned to one place the last stays.
    widest[of_form[order]] = stems[order]
    return widest


def _shortest(words: Counted, groups: Rows, size: int) -> Rows:
    """Return the shortest form of each group: that is its base form more often than not; -1 for none."""
    rows = words.rows
    longest_first = rows[np.argsort(words.texts.lengths[rows], kind="stable")][::-1]
    shortest = np.full(size, -1, np.int32)
    shortest[groups[longest_first]] = longest_first
    return shortest
