"""In how many live sections each word, title and case is: from the dictionaries of the segments.

Suggestions are made from it, so what was removed is never suggested.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.analysis.special import is_special
from index.engines.arrays_reader import ArraysReader
from index.engines.placed_segments import PlacedSegment

_Numbers = NDArray[np.int64]

_BATCH: Final = 1 << 16
"""Words whose postings are counted together: that bounds the memory."""


@dataclass(frozen=True, slots=True)
class WordCounts:
    """The words of an index; only those that are in a section.

    Attributes:
        words: forms as written, casefolded, and in how many sections each is, in title or text.
        group_of: the group of each form: one key for the inflected forms of a word, as far as the analysis
            knows them.
        groups: in how many sections any form of a group is.
    """

    words: Mapping[str, int]
    group_of: Mapping[str, str]
    groups: Mapping[str, int]

    def base_forms(self) -> dict[str, str]:
        """Return for each form the shortest of its group: that is its base form more often than not."""
        shortest: dict[str, str] = {}
        for form, group in self.group_of.items():
            known = shortest.get(group)
            if known is None or (len(form), form) < (len(known), known):
                shortest[group] = form
        return {form: shortest[group] for form, group in self.group_of.items()}

    def in_any_form(self, form: str) -> int:
        """Return in how many sections the word is that `form` is a form of."""
        return self.groups[self.group_of[form]]


def term_counts(segments: Iterable[PlacedSegment], field: str) -> dict[str, int]:
    """Return in how many sections each term of an untokenised field is; only counts above 0."""
    counts: dict[str, int] = {}
    for placed in segments:
        found = placed.segment.document_frequencies(field, placed.deleted).tolist()
        for term, count in zip(placed.segment.terms(field), found, strict=True):
            if count:
                counts[term] = counts.get(term, 0) + count
    return counts


def committee_counts(reader: ArraysReader, labels: Mapping[str, str]) -> dict[str, int]:
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
    return counts


def word_counts(segments: Sequence[PlacedSegment]) -> WordCounts:
    """Return the words of all segments."""
    forms, stems = _Numbering(), _Numbering()
    pairs = []
    for placed in segments:
        exact, stem = placed.segment.terms("exact"), placed.segment.terms("stem")
        form_numbers = forms.add(exact, _in_title_or_text(placed))
        stem_numbers = stems.add(stem, placed.segment.document_frequencies("stem", placed.deleted))
        keys, of_keys = placed.segment.forms_between("stem", 0, len(stem))
        pairs.append((form_numbers[of_keys], stem_numbers[keys]))
    sections, in_groups = forms.counts(), stems.counts()
    form_names, stem_names = forms.names(), stems.names()
    groups = _widest(pairs, len(form_names), in_groups)
    kept = [
        (form, count, group)
        for form, count, group in zip(form_names, sections.tolist(), groups.tolist(), strict=True)
        if count and not is_special(form)
    ]
    return WordCounts(
        words={form: count for form, count, _ in kept},
        group_of={form: stem_names[group] for form, _, group in kept},
        groups={stem_names[group]: int(in_groups[group]) for _, _, group in kept},
    )


class _Numbering:
    """Numbers the terms of several dictionaries, equal ones alike, and adds up their counts."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._counts: list[tuple[_Numbers, _Numbers]] = []

    def names(self) -> list[str]:
        """Return the terms by their number."""
        return list(self._numbers)

    def add(self, terms: Iterable[str], counts: _Numbers) -> _Numbers:
        """Return the numbers of a dictionary's terms, each of which has a count."""
        numbers = self._numbers
        found = np.fromiter((numbers.setdefault(term, len(numbers)) for term in terms), np.int64, len(counts))
        self._counts.append((found, counts))
        return found

    def counts(self) -> _Numbers:
        """Return the sum of the counts of each term."""
        total = np.zeros(len(self._numbers), np.int64)
        for numbers, counts in self._counts:
            total[numbers] += counts
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


def _widest(pairs: Sequence[tuple[_Numbers, _Numbers]], forms: int, sections: _Numbers) -> _Numbers:
    """Return of the stems of each form the one that is in the most sections: it unites the most forms.

    Args:
        pairs: numbers of forms and of a stem of each, for each segment.
        forms: how many there are.
        sections: of each stem.

    Returns:
        The number of a stem for each form; 0 for one that has none, which is no word.
    """
    of_form = np.concatenate([np.empty(0, np.int64), *(each for each, _ in pairs)])
    stems = np.concatenate([np.empty(0, np.int64), *(each for _, each in pairs)])
    order = np.lexsort((-stems, sections[stems]))
    widest = np.zeros(forms, np.int64)
    # Of those that are assigned to one place the last stays.
    widest[of_form[order]] = stems[order]
    return widest
