"""Lists of forms, numbered and packed into arrays that grow."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Indexes = NDArray[np.intp]


class Column:
    """An int32 array that grows at its end, quicker than NumPy's do.

    Attributes:
        append: adds a value.
        extend: adds several.
    """

    def __init__(self) -> None:
        self._values: array[int] = array("i")
        self.append = self._values.append
        self.extend = self._values.extend

    def at(self, index: int) -> int:
        """Return one value."""
        return self._values[index]

    def values(self) -> Ints:
        """Return all values: a view, and as long as there is one the column cannot grow."""
        return np.asarray(self._values, dtype=np.int32)

    def take(self, indexes: Indexes) -> Ints:
        """Return the values at `indexes`, all of which must be there."""
        # Not to check each index is ten times as fast.
        return self.values().take(indexes, mode="clip")


class Expanded(NamedTuple):
    """The entries of several lists, one after the other.

    Attributes:
        owners: intp, ascending: to which of the lists that were asked for each entry belongs.
        forms: int32.
        places: int32.
    """

    owners: Indexes
    forms: Ints
    places: Ints


class FormLists:
    """Lists of (form, place), each with a number, from 0."""

    def __init__(self) -> None:
        self._starts = Column()
        self._counts = Column()
        self._forms = Column()
        self._places = Column()
        self._size = self._entries = 0

    def add(self, entries: Iterable[tuple[int, int]]) -> int:
        """Add a list of forms and places, and return its number."""
        count = 0
        for form, place in entries:
            self._forms.append(form)
            self._places.append(place)
            count += 1
        self._starts.append(self._entries)
        self._counts.append(count)
        self._entries += count
        self._size += 1
        return self._size - 1

    def add_single(self, forms: Sequence[int]) -> None:
        """Add a list for each of some forms, with only that at place 0: a quarter of the time of `add`."""
        count = len(forms)
        self._forms.extend(forms)
        self._places.extend([0] * count)
        self._starts.extend(range(self._entries, self._entries + count))
        self._counts.extend([1] * count)
        self._entries += count
        self._size += count

    def columns(self) -> tuple[Ints, Ints, Ints, Ints]:
        """Return where each list begins, how long it is, and the forms and places of all entries: views."""
        return self._starts.values(), self._counts.values(), self._forms.values(), self._places.values()

    def expand(self, numbers: Indexes) -> Expanded:
        """Return the entries of lists."""
        counts = self._counts.take(numbers)
        ends = np.cumsum(counts)
        total = int(ends[-1]) if len(ends) else 0
        owners = np.repeat(np.arange(len(numbers)), counts)
        entries = (self._starts.take(numbers) - ends + counts).take(owners) + np.arange(total)
        return Expanded(owners, self._forms.take(entries), self._places.take(entries))
