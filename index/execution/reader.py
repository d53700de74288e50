"""What the execution needs of an index: the arrays of one immutable generation."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.execution.postings import Docs, Postings
from index.execution.word_line import Places, WordLine
from index.query import Scope

Term = tuple[str, str]
"""The form and the key of a posting list."""


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One property of every file of minutes, as codes into a list of values.

    Attributes:
        codes: int32, one a file; -1 where the value is unknown.
        values: the values that the codes stand for, ascending.
    """

    codes: NDArray[np.int32]
    values: tuple[str, ...]

    def code(self, value: str) -> int:
        """Return the code of `value`, or -2 when no file has it."""
        return self.values.index(value) if value in self.values else -2


@dataclass(frozen=True, slots=True, eq=False)
class Cases:
    """The cases of every document: municipality and dnr together. Most documents have one or none.

    Attributes:
        first: int32, one a document: the case whose dnr is written first in it; -1 where there is none.
        further_docs: int32, ascending: the documents of all other cases, a document once for each of them.
        further_codes: int32: those cases.
        distinct: how many different codes there are; they run from 0.
    """

    first: NDArray[np.int32]
    further_docs: NDArray[np.int32]
    further_codes: NDArray[np.int32]
    distinct: int


@dataclass(frozen=True, slots=True, eq=False)
class Ranks:
    """Places of every document in the orders that do not depend on the query; int32, 0 is first."""

    newest: NDArray[np.int32]
    oldest: NDArray[np.int32]
    added: NDArray[np.int32]


def day(date: datetime.date) -> int:
    """Return a date as the number that columns hold: 2019-11-25 → 20191125."""
    return date.year * 10_000 + date.month * 100 + date.day


class DocReader(Protocol):
    """What words are scored with: of some documents, numbered from 0."""

    @property
    def size(self) -> int:
        """The number of document numbers, deleted ones included."""

    @property
    def line(self) -> WordLine:
        """What places are numbers in."""

    def norms(self, zone: str) -> NDArray[np.float64]:
        """Return for each document 1 / (1 - b + b · length / average length) in `zone`."""

    def postings(self, form: str, key: str) -> Postings:
        """Return where `key` stands among the `stem`, `parts` or `exact` keys of words."""


class IndexReader(DocReader, Protocol):
    """The arrays of one generation.

    A document here is what the index numbers: one section. Numbers run from 0; deleted ones are in no posting
    list. What all sections of one file of minutes share is kept once a file: `files` numbers it.
    """

    @property
    def live(self) -> Docs:
        """The numbers of all documents that are not deleted."""

    @property
    def files(self) -> NDArray[np.int32]:
        """The file of minutes that each document is a section of, by number from 0."""

    @property
    def dates(self) -> NDArray[np.int32]:
        """The meeting's date of each file as yyyymmdd; 0 where it is unknown."""

    def column(self, name: str) -> Column:
        """Return the column `municipality`, `committee`, `type` or `year`: one code a file."""

    @property
    def ranks(self) -> Ranks:
        """The orders that do not depend on the query."""

    @property
    def cases(self) -> Cases:
        """The cases of each document."""

    def postings_of_any(self, words: Sequence[str]) -> Postings:
        """Return where forms as written, ascending, stand, one after the other.

        The rows of one document come in the order of its words.
        """

    def document_frequencies(self, words: Sequence[str], scope: Scope) -> NDArray[np.int64]:
        """Return how many documents have each form as written, ascending, in the zones of `scope`."""

    def places(self, terms: Sequence[Term], within: Docs | None = None) -> Places:
        """Return the places of any of `terms`, in all zones.

        Args:
            terms: forms and keys.
            within: the documents that matter, if not all do; there may be places in others too.
        """

    def places_by_range(
        self, terms: Sequence[Term], size: int, within: Docs | None = None
    ) -> Iterator[Places]:
        """Yield the same for each `size` documents, in order: so many places are never there at once."""

    def keyword(self, field: str, value: str) -> Docs:
        """Return the documents whose untokenised field (`index.fields.KEYWORDS`) has `value`."""

    def beginning_with(self, prefix: str) -> list[str]:
        """Return the forms as written that begin with `prefix`, in order; no keys of special tokens."""
