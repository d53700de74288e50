"""What the execution needs of an index: the arrays of one immutable generation."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.execution.postings import Docs, Positions, Postings


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One property of every document, as codes into a list of values.

    Attributes:
        codes: int32, one a document; -1 where the value is unknown.
        values: the values that the codes stand for.
    """

    codes: NDArray[np.int32]
    values: tuple[str, ...]

    def code(self, value: str) -> int:
        """Return the code of `value`, or -2 when no document has it."""
        return self.values.index(value) if value in self.values else -2


@dataclass(frozen=True, slots=True, eq=False)
class MultiColumn:
    """A property that a document can have several values of.

    Attributes:
        starts: int64, one a document and one more; document d's codes are
            `codes[starts[d]:starts[d + 1]]`.
        codes: int32.
        distinct: how many different codes there are.
    """

    starts: NDArray[np.int64]
    codes: NDArray[np.int32]
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


class IndexReader(Protocol):
    """The arrays of one generation. Document numbers run from 0; deleted ones have no postings."""

    @property
    def size(self) -> int:
        """The number of document numbers, deleted ones included."""

    @property
    def live(self) -> Docs:
        """The numbers of all documents that are not deleted."""

    @property
    def dates(self) -> NDArray[np.int32]:
        """The meeting's date of each document as yyyymmdd; 0 where it is unknown."""

    @property
    def ranks(self) -> Ranks:
        """The orders that do not depend on the query."""

    @property
    def cases(self) -> MultiColumn:
        """The cases of each document: municipality and dnr together."""

    def postings(self, field: str, term: str) -> Postings:
        """Return where `term` stands in `field`."""

    def positions(self, field: str, term: str) -> Positions:
        """Return the places of `term` in `field`."""

    def terms(self, field: str, prefix: str) -> list[str]:
        """Return the terms of `field` that begin with `prefix`, in order."""

    def norms(self, zone: str) -> NDArray[np.float64]:
        """Return for each document 1 / (1 - b + b · length / average length) in `zone`."""

    def column(self, name: str) -> Column:
        """Return the column `document`, `municipality`, `committee`, `type` or `year`."""
