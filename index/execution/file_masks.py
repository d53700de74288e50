"""Restrictions by what all sections of one file of minutes share: masks over the files."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from index.execution.reader import IndexReader, day
from index.request import UNKNOWN

FileMask = NDArray[np.bool_]
"""One a file of minutes: whether it passes."""


def having(reader: IndexReader, column: str, values: Iterable[str]) -> FileMask:
    """Return for every file whether its value in `column` is one of `values`; `unknown` is one of them."""
    of_files = reader.column(column)
    # The last place is that of the code -1, of files where the value is unknown.
    wanted = np.zeros(len(of_files.values) + 1, np.bool_)
    for value in values:
        code = -1 if value == UNKNOWN else of_files.code(value)
        if code >= -1:
            wanted[code] = True
    return np.asarray(wanted[of_files.codes])


def dated(reader: IndexReader, first: datetime.date | None, last: datetime.date | None) -> FileMask:
    """Return for every file whether its meeting's date is known and in the range."""
    dates = reader.dates
    wanted = dates > 0
    if first is not None:
        wanted &= dates >= day(first)
    if last is not None:
        wanted &= dates <= day(last)
    return wanted
