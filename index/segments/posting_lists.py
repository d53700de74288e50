"""The posting lists of one form of words in a segment's file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.execution import ragged
from index.execution.postings import ZONE_NUMBERS, Docs, Postings, ZoneFrequencies
from index.segments.array_file import ArrayFile
from index.segments.bit_set import bytes_of, members
from index.segments.bounds import KINDS, Bounds
from index.segments.cutting import members_of, rows_before, sums_of
from index.segments.placing import placed
from index.segments.posting_table import ZONE_COUNT, Numbers, PostingTable

_TITLE: Final = ZONE_NUMBERS["title"]
TEXT: Final = ZONE_NUMBERS["text"]
_DECISION: Final = ZONE_NUMBERS["decision"]
SPARSE: Final = (("title", _TITLE), ("decision", _DECISION))
_DECISION_KIND: Final = 2
_KINDS_OF_ZONES: Final = {None: 0, "title": 1, "decision": _DECISION_KIND}
BEHIND: Final = KINDS - 1
_Number = TypeVar("_Number", bound=np.integer[Any])
_AT_ONCE: Final = 2**18
"""Places of several terms that are made in one step, which takes ten times their memory."""

_NOWHERE: Final = ZoneFrequencies(np.empty(0, np.int32), np.empty(0, np.uint8))


class PostingLists:
    """Reads the posting lists of a form of words.

    The slices of a term (`index.segments.bounds`) are those of its documents and their frequencies in the
    text, of title frequencies, of decision frequencies, and of its positions (`exact`) or of the forms that
    have the key (`stem`, `parts`).

    Args:
        file: what they are in.
        form: `exact`, `stem` or `parts`.
        exact: the lists of `exact`, unless these are they. A key that one form has stands where the form
            does, so it has no documents of its own.
    """

    def __init__(self, file: ArrayFile, form: str, exact: PostingLists | None = None) -> None:
        self._file = file
        self._exact = exact
        self._bounds = Bounds(file, form)
        self._docs = f"{form}.docs"
        self._text = f"{form}.text"
        self._zones = tuple((f"{form}.{zone}.rows", f"{form}.{zone}.freqs") for zone, _ in SPARSE)
        self._behind = behind_of(form)

    def postings(self, number: int) -> Postings:
        """Return where a term stands: views of the file."""
        begins, ends = self._bounds.of_term(number)
        if self._exact is not None and begins[0] == ends[0]:
            form = self._file.slice(self._behind, begins[BEHIND], ends[BEHIND])[0]
            return self._exact.postings(int(form))
        return self._postings(begins, ends)

    def forms(self, number: int) -> Numbers:
        """Return the numbers of the exact forms that have a key; not for `exact`."""
        begins, ends = self._bounds.of_term(number)
        return self._file.slice(self._behind, begins[BEHIND], ends[BEHIND])

    def places(
        self, numbers: NDArray[np.integer[Any]], begins: NDArray[_Number], within: Docs | None = None
    ) -> NDArray[_Number]:
        """Return the places of some terms, one term after the other; for `exact` alone.

        Args:
            numbers: shape (terms,), ascending.
            begins: shape (documents, zones), the place of position 0 in each zone of a document.
            within: the documents to look in, all if not given.
        """
        return self._places_of(*self._bounds.of_terms(numbers), begins, within)

    def places_by_range(
        self,
        numbers: NDArray[np.integer[Any]],
        begins: NDArray[_Number],
        ends: Iterable[int],
        within: Docs | None = None,
    ) -> Iterator[NDArray[_Number]]:
        """Yield what `places` returns for the documents before each of `ends`, from the one before it on.

        Each posting is read once, however many ranges there are: what is left of a term's slices begins where
        the range before ended.
        """
        starts, lengths = self._bounds.of_terms(numbers)
        for end in ends:
            heads = lengths if end == len(begins) else self._before(end, starts, lengths)
            yield self._places_of(starts, heads, begins, within)
            starts, lengths = starts + heads, lengths - heads

    def document_frequencies(
        self, first: int, last: int, deleted: NDArray[np.bool_] | None
    ) -> NDArray[np.int64]:
        """Return in how many documents the terms from `first` up to `last` stand, without deleted ones."""
        starts = self._bounds.between(first, last)
        found = np.diff(starts[:, 0])
        shared = np.flatnonzero(found == 0)
        if deleted is not None:
            docs = self._file.slice(self._docs, int(starts[0, 0]), int(starts[-1, 0]))
            live_before = ragged.starts_of(~deleted[docs])
            found = np.diff(live_before[starts[:, 0] - starts[0, 0]])
        if self._exact is not None and len(shared):
            forms = self._file.whole(self._behind)[starts[shared, BEHIND]]
            low, high = int(forms.min()), int(forms.max()) + 1
            found[shared] = self._exact.document_frequencies(low, high, deleted)[forms - low]
        return found

    def in_decision_alone(self, first: int, last: int) -> tuple[Numbers, Docs]:
        """Return the terms from `first` up to `last`, numbered from 0, that only a decision has; for `exact`.

        Returns:
            The terms, once a document, and the documents.
        """
        starts = self._bounds.between(first, last)
        lengths = np.diff(starts, axis=0)
        title, decision = self._marked(starts[:1], starts[-1:] - starts[:1])
        begin, end = starts[[0, -1], 0].tolist()
        alone = (self._file.slice(self._text, begin, end)[decision] == 0) & ~np.isin(decision, title)
        terms = np.repeat(np.arange(last - first, dtype=np.int32), lengths[:, _DECISION_KIND])
        return terms[alone], self._file.slice(self._docs, begin, end)[decision[alone]]

    def every(self, step: int) -> NDArray[np.int64]:
        """Return where the documents of every so many terms begin in a table of them, the first at 0."""
        if self._exact is None:
            return self._bounds.every(step)
        return ragged.starts_of(self.document_frequencies(0, self._bounds.size, None))[::step]

    def table(self, first: int, last: int) -> PostingTable:
        """Return the postings of the terms from `first` up to `last`, numbered from 0."""
        starts = self._bounds.between(first, last)
        lengths = np.diff(starts, axis=0)
        own = self._rows(starts[:-1], lengths)
        if self._exact is None:
            return own
        shared = np.flatnonzero(lengths[:, 0] == 0)
        forms = self._file.whole(self._behind)[starts[shared, BEHIND]]
        others = self._exact.rows_of(forms)
        return PostingTable(
            np.concatenate((own.terms, shared.astype(np.int32)[others.terms])),
            np.concatenate((own.docs, others.docs)),
            np.concatenate((own.freqs, others.freqs), axis=1),
        )

    def rows_of(self, terms: Numbers) -> PostingTable:
        """Return the postings of some terms, numbered as they come; for `exact` alone."""
        if not len(terms):
            return self._rows(np.empty((0, KINDS), np.int64), np.empty((0, KINDS), np.int64))
        low = int(terms.min())
        starts = self._bounds.between(low, int(terms.max()) + 1)
        firsts = starts[terms - low]
        return self._rows(firsts, starts[terms - low + 1] - firsts)

    def postings_of_any(self, numbers: NDArray[np.int64]) -> Postings:
        """Return the postings of terms, by ascending numbers, one term after the other; for `exact` alone."""
        return self._together(*self._bounds.of_terms(numbers))

    def frequencies(
        self, numbers: NDArray[np.int64], zone: str | None, deleted: NDArray[np.bool_] | None
    ) -> NDArray[np.int64]:
        """Return in how many documents terms, by ascending numbers, stand; for `exact` alone.

        Args:
            numbers: shape (terms,).
            zone: `title` or `decision`, if only that counts.
            deleted: shape (documents,), those that do not count.
        """
        starts, lengths = self._bounds.of_terms(numbers)
        counts = lengths[:, _KINDS_OF_ZONES[zone]]
        if deleted is None:
            return counts
        found = self._together(starts, lengths)
        docs = found.docs if zone is None else found.docs.take(found.in_zone(zone).at)
        return np.bincount(
            np.repeat(np.arange(len(numbers)), counts).compress(~deleted.take(docs)), minlength=len(numbers)
        )

    def positions(self, first: int, last: int) -> NDArray[np.unsignedinteger[Any]]:
        """Return the positions of the terms from `first` up to `last`; for `exact` alone."""
        begin, end = self._bounds.between(first, last)[[0, -1], BEHIND].tolist()
        return self._file.slice(self._behind, begin, end)

    def forms_between(self, first: int, last: int) -> tuple[Numbers, Numbers]:
        """Return the keys from `first` up to `last`, numbered from 0, once a form, and these forms."""
        bounds = self._bounds.between(first, last)[:, BEHIND]
        keys = np.repeat(np.arange(last - first, dtype=np.int32), np.diff(bounds))
        return keys, self._file.slice(self._behind, int(bounds[0]), int(bounds[-1]))

    def _postings(self, begins: list[int], ends: list[int]) -> Postings:
        return Postings(
            self._file.slice(self._docs, begins[0], ends[0]),
            self._file.slice(self._text, begins[0], ends[0]),
            self._zone(1, begins, ends),
            self._zone(2, begins, ends),
        )

    def _zone(self, kind: int, begins: list[int], ends: list[int]) -> ZoneFrequencies:
        first, last = begins[kind], ends[kind]
        if first == last:
            return _NOWHERE
        starts, lengths = np.array((begins[0], ends[0] - begins[0])).reshape(2, 1)
        rows, freqs = self._zones[kind - 1]
        return ZoneFrequencies(
            self._members(rows, starts, lengths, last - first), self._file.slice(freqs, first, last)
        )

    def _places_of(
        self,
        starts: NDArray[np.int64],
        lengths: NDArray[np.int64],
        begins: NDArray[_Number],
        within: Docs | None,
    ) -> NDArray[_Number]:
        """Return the places of terms whose slices begin at `starts` and are `lengths` long."""
        places = np.empty(int(lengths[:, BEHIND].sum()), begins.dtype)
        count = 0
        for piece in ragged.pieces(lengths[:, BEHIND], _AT_ONCE):
            its_starts, its_lengths = starts[piece], lengths[piece]
            positions = self._elements(self._behind, its_starts[:, BEHIND], its_lengths[:, BEHIND])
            found = placed(self._together(its_starts, its_lengths), positions, begins, within)
            places[count : count + len(found)] = found
            count += len(found)
        return places if count == len(places) else places[:count].copy()

    def _before(self, doc: int, starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return how long the parts of such slices are that belong to documents before `doc`."""
        first = starts[:, 0]
        rows = rows_before(self._file.ranges(self._docs, first, lengths[:, 0]), first, lengths[:, 0], doc)
        heads = np.empty_like(lengths)
        heads[:, 0] = rows
        heads[:, BEHIND] = sums_of(self._file.ranges(self._text, first, rows), first, rows)
        for kind, (bits, freqs) in enumerate(self._zones, start=1):
            counts = members_of(self._file.ranges(bits, *bytes_of(first, rows)), first, rows)
            begin = starts[:, kind]
            heads[:, kind] = counts
            heads[:, BEHIND] += sums_of(self._file.ranges(freqs, begin, counts), begin, counts)
        return heads

    def _rows(self, starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> PostingTable:
        """Return the postings of terms whose slices begin at `starts` and are `lengths` long."""
        found = self._together(starts, lengths)
        freqs = np.zeros((ZONE_COUNT, len(found.docs)), np.uint32)
        freqs[TEXT] = found.text
        freqs[_TITLE, found.title.at] = found.title.freqs
        freqs[_DECISION, found.decision.at] = found.decision.freqs
        terms = np.repeat(np.arange(len(starts), dtype=np.int32), lengths[:, 0])
        return PostingTable(terms, found.docs, freqs)

    def _together(self, starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> Postings:
        """Return the postings of such terms, one term after the other."""
        if len(starts) == 1:
            return self._postings(starts[0].tolist(), (starts[0] + lengths[0]).tolist())
        marked = zip(self._marked(starts, lengths), self._zones, strict=True)
        zones = [
            ZoneFrequencies(at, self._elements(freqs, starts[:, kind], lengths[:, kind]))
            for kind, (at, (_, freqs)) in enumerate(marked, start=1)
        ]
        docs, text = (self._elements(name, starts[:, 0], lengths[:, 0]) for name in (self._docs, self._text))
        return Postings(docs, text, *zones)

    def _marked(self, starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> list[Numbers]:
        """Return which rows of such terms, one term after the other, each zone of `SPARSE` has."""
        return [
            self._members(rows, starts[:, 0], lengths[:, 0], int(lengths[:, kind].sum()))
            for kind, (rows, _) in enumerate(self._zones, start=1)
        ]

    def _members(
        self, name: str, starts: NDArray[np.int64], lengths: NDArray[np.int64], size: int
    ) -> Numbers:
        """Return which rows of some slices are in a bit set, which `size` of them are."""
        return members(self._file.ranges(name, *bytes_of(starts, lengths)), starts, lengths, size)

    def _elements(self, name: str, starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[Any]:
        """Return the elements of some slices of an array, one slice after the other."""
        return ragged.elements(self._file.ranges(name, starts, lengths), starts, lengths)


def behind_of(form: str) -> str:
    """Return the name of the array of what a term has beside postings."""
    return "exact.positions" if form == "exact" else f"{form}.forms"
