"""A segment: sections that were indexed together, as arrays in one read-only file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.entry import SectionEntry
from index.execution.doc_sets import distinct, merged_in_place
from index.execution.postings import Docs, Postings
from index.fields import FORMS, NEAR_FORMS
from index.segments.array_file import ArrayFile
from index.segments.cases import CaseLists
from index.segments.posting_lists import PostingLists
from index.segments.section_values import VALUES
from index.segments.stored import FileRecord, StoredEntries
from index.segments.terms import Terms
from index.segments.values import ValueLists

COLUMNS: Final = ("title_length", "text_length", "decision_length", "ordinal", "added", "file")
"""The columns: one number a section."""

_Number = TypeVar("_Number", bound=np.integer[Any])


class Segment:
    """The arrays of one segment. Immutable; threads may share it.

    Documents are sections, numbered from 0; those of one file of minutes stand side by side. A segment knows
    nothing of deletions: what it gives has all documents in it. Everything may raise `IndexDamaged`, when a
    byte that is read has changed since it was written.

    Attributes:
        path: its file.
        size: the number of documents.
        stored: its sections as they were added, still encoded.
    """

    def __init__(self, file: ArrayFile) -> None:
        """Use `open`."""
        self._file = file
        self.path = file.path
        self.size: int = file.length("file")
        self._terms = {field: Terms(file, field) for field in (*FORMS, *VALUES)}
        exact = PostingLists(file, "exact")
        self._lists = {"exact": exact, **{form: PostingLists(file, form, exact) for form in NEAR_FORMS}}
        self._values = {field: ValueLists(file, field) for field in VALUES}
        self.stored = StoredEntries(file)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Map a segment's file into memory; what is in it is not read.

        Raises:
            IndexDamaged: it is missing or has another size than it was written with.
        """
        return cls(ArrayFile.open(path))

    @property
    def nbytes(self) -> int:
        """The size of the file."""
        return self._file.nbytes

    def release(self) -> None:
        """Let go of the memory of what was read; it is read again when it is asked for."""
        self._file.release()

    def close(self) -> None:
        """Let go of the file; arrays that were handed out stay valid."""
        self._file.close()

    def terms(self, field: str) -> Terms:
        """Return the dictionary of a form of words (`index.fields.FORMS`) or an untokenised field (`VALUES`).

        That of `exact` has hidden forms too (`index.analysis.bulk.is_hidden`).
        """
        return self._terms[field]

    def postings(self, form: str, number: int) -> Postings:
        """Return where a term stands, by its number in `terms(form)`: views of the file, without a copy."""
        return self._lists[form].postings(number)

    def places(
        self, terms: Iterable[tuple[str, str]], begins: NDArray[_Number], within: Docs | None = None
    ) -> NDArray[_Number]:
        """Return where any of some terms stands, ascending, none twice; unknown terms stand nowhere.

        Args:
            terms: forms of words and keys.
            begins: shape (size, zones), ascending: the place of position 0 in each zone of each document.
            within: the documents to look in, all if not given.
        """
        forms = self._forms_of_any(terms)
        return _ordered(self._lists["exact"].places(forms, begins, within), len(forms))

    def places_by_range(
        self,
        terms: Iterable[tuple[str, str]],
        begins: NDArray[_Number],
        ends: Iterable[int],
        within: Docs | None = None,
    ) -> Iterator[NDArray[_Number]]:
        """Yield the same for the documents before each of `ends`, ascending, from the one before it on."""
        forms = self._forms_of_any(terms)
        for places in self._lists["exact"].places_by_range(forms, begins, ends, within):
            yield _ordered(places, len(forms))

    def posting_lists(self, form: str) -> PostingLists:
        """Return the posting lists of a form of words, for those who read many at once."""
        return self._lists[form]

    def value_lists(self, field: str) -> ValueLists:
        """Return the documents of the values of an untokenised field, for those who read many at once."""
        return self._values[field]

    def forms(self, form: str, number: int) -> NDArray[np.int32]:
        """Return the exact forms that have a key of `stem` or `parts`: int32, numbers in `terms("exact")`."""
        return self._lists[form].forms(number)

    def forms_between(self, form: str, first: int, last: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return which exact forms have the keys from `first` up to `last` of `stem` or `parts`.

        Returns:
            int32: the keys, numbered from 0, each as often as forms have it, and these forms.
        """
        return self._lists[form].forms_between(first, last)

    def in_decision_alone(self, first: int, last: int) -> tuple[NDArray[np.int32], Docs]:
        """Return where the exact forms from `first` up to `last` stand in a decision, not in title or text.

        Returns:
            int32: the forms, numbered from 0, once a document, and the documents.
        """
        return self._lists["exact"].in_decision_alone(first, last)

    def keyword(self, field: str, value: str) -> Docs:
        """Return the documents that have `value` in an untokenised field; none for an unknown value."""
        number = self._terms[field].number(value)
        return np.empty(0, np.int32) if number is None else self.keyword_documents(field, number)

    def keyword_documents(self, field: str, number: int) -> Docs:
        """Return the documents that have a value, by its number in `terms(field)`."""
        return self._values[field].documents(number)

    def document_frequencies(
        self, field: str, deleted: NDArray[np.bool_] | None = None, *, first: int = 0, last: int | None = None
    ) -> NDArray[np.int64]:
        """Return in how many documents each term of a field stands, of a form of words or an untokenised one.

        Args:
            field: a form or an untokenised field.
            deleted: shape (size,), the documents that do not count; all do without.
            first: the number of the first term.
            last: the number behind that of the last term; the dictionary's end if not given.

        Returns:
            int64, one a term.
        """
        last = len(self._terms[field]) if last is None else last
        lists = self._lists[field] if field in FORMS else self._values[field]
        return lists.document_frequencies(first, last, deleted)

    def cases(self) -> CaseLists:
        """Return the cases of every document in the order that its dnr are written."""
        return CaseLists(self._file.whole("cases.starts"), self._file.whole("cases.codes"))

    def column(self, name: str) -> NDArray[Any]:
        """Return a column of `COLUMNS`: shape (size,), int32, but `added` (Unix seconds) int64.

        Lengths are in tokens, as `Analyzer.analyze` counts them. `file` numbers the files of minutes.
        """
        return self._file.whole(name)

    @property
    def file_count(self) -> int:
        """How many files of minutes the sections are from."""
        return self.stored.file_count

    @property
    def file_ids(self) -> list[str]:
        """The `document_id` of each file of minutes; read anew each time."""
        return [self.file_record(number).document_id for number in range(self.file_count)]

    def file_record(self, number: int) -> FileRecord:
        """Return what the sections of one file of minutes share."""
        return self.stored.file_record(number)

    def entry(self, doc: int) -> SectionEntry:
        """Return a section as it was added: one small read."""
        return self.stored.entry(doc)

    @property
    def dictionary(self) -> bytes:
        """What stored entries are compressed with; give it to the builders of segments to come.

        Empty when there were too few sections to make one of.
        """
        return self.stored.dictionary

    def _forms_of_any(self, terms: Iterable[tuple[str, str]]) -> NDArray[np.integer[Any]]:
        """Return the exact forms that have any of some terms, ascending."""
        found: list[NDArray[np.integer[Any]]] = []
        for form, key in terms:
            number = self._terms[form].number(key)
            if number is not None:
                found.append(np.array([number]) if form == "exact" else self._lists[form].forms(number))
        if len(found) == 1:
            return found[0]
        return distinct(np.concatenate([np.empty(0, np.int64), *found]).astype(np.int64))


def _ordered(places: NDArray[_Number], forms: int) -> NDArray[_Number]:
    """Return the places of so many forms, ascending, none twice."""
    # A form and an elliptic word can share a place.
    return places if forms <= 1 else merged_in_place(places, forms)
