"""The dictionary of a field: its terms in order, each with a number.

Three arrays: the terms' UTF-8 one after the other, where each begins, and the first eight bytes of every
sixteenth as a number. The last is small and kept at hand, so a look-up reads one short stretch of the others.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from index.segments.array_file import ArrayFile
from index.segments.spool import Spool

_STEP: Final = 16
_HEAD: Final = 8
_BATCH: Final = 4096
_CLOSE: Final = 16
"""Up to how many terms are read for each one that is looked for, rather than looking for each."""
# No byte of UTF-8 is greater, so it ends the range of what begins alike.
_BEHIND_ALL: Final = b"\xff"


class Terms:
    """The terms of a field of a segment, ascending by code points: a sequence of strings.

    Args:
        file: what they are in.
        field: the beginning of the names of their arrays.
    """

    def __init__(self, file: ArrayFile, field: str) -> None:
        self._file = file
        self._text, self._offsets, self._heads_name = _names(field)
        self._size = file.length(self._offsets) - 1

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, number: int) -> str:
        if not 0 <= number < self._size:
            raise IndexError(number)
        return self.encoded(number, number + 1)[0].decode()

    def __iter__(self) -> Iterator[str]:
        return self.between(0, self._size)

    def between(self, first: int, last: int) -> Iterator[str]:
        """Yield the terms with the numbers from `first` up to `last`."""
        for start in range(first, last, _BATCH):
            for term in self.encoded(start, min(start + _BATCH, last)):
                yield term.decode()

    def encoded(self, first: int, last: int) -> list[bytes]:
        """Return the terms with the numbers from `first` up to `last`, in UTF-8."""
        offsets = self._file.slice(self._offsets, first, last + 1).tolist()
        text = self._file.slice(self._text, offsets[0], offsets[-1]).tobytes()
        base = offsets[0]
        return [text[start - base : end - base] for start, end in pairwise(offsets)]

    def arrays(self) -> tuple[NDArray[np.uint8], NDArray[np.unsignedinteger[Any]]]:
        """Return the UTF-8 of all terms, and where each begins and the last ends: views of the file."""
        return self._file.whole(self._text), self._file.whole(self._offsets)

    def number(self, term: str) -> int | None:
        """Return the number of a term, `None` when there is no such term."""
        encoded = term.encode(errors="surrogatepass")
        first, last = self._stretch(encoded)
        offsets = self._file.slice(self._offsets, first, last + 1).tolist()
        text = self._file.slice(self._text, offsets[0], offsets[-1]).tobytes()
        # Looked for as it is, in one call; what is found in the middle of other terms does not count.
        start = text.find(encoded)
        while start >= 0:
            # Only the empty term begins where another does too.
            place = bisect_right(offsets, offsets[0] + start, hi=len(offsets) - 1) - 1 if encoded else 0
            if offsets[place : place + 2] == [offsets[0] + start, offsets[0] + start + len(encoded)]:
                return first + place
            start = text.find(encoded, start + 1)
        return None

    def numbers(self, terms: Sequence[str]) -> NDArray[np.int64]:
        """Return the numbers of terms that ascend, -1 where there is no such term."""
        if not terms:
            return np.empty(0, np.int64)
        encoded = [term.encode(errors="surrogatepass") for term in terms]
        first, last = self.place(encoded[0]), self.place(encoded[-1] + _BEHIND_ALL)
        if last - first > _CLOSE * len(terms):
            found = (self.number(term) for term in terms)
            return np.array([-1 if number is None else number for number in found], np.int64)
        known = dict(zip(self.encoded(first, last), range(first, last), strict=True))
        return np.array([known.get(term, -1) for term in encoded], np.int64)

    def starting_with(self, prefix: str) -> range:
        """Return the numbers of all terms that begin with `prefix`."""
        encoded = prefix.encode(errors="surrogatepass")
        return range(self.place(encoded), self.place(encoded + _BEHIND_ALL))

    def place(self, term: bytes) -> int:
        """Return how many terms are less than one that is given in UTF-8."""
        first, last = self._stretch(term)
        return first + bisect_left(self.encoded(first, last), term)

    def _stretch(self, term: bytes) -> tuple[int, int]:
        """Return the bounds of the terms among which a term stands, or would stand."""
        heads = self._heads
        head = int.from_bytes(term[:_HEAD].ljust(_HEAD, b"\0"), "big")
        block = end = int(heads.searchsorted(np.uint64(head)))
        # Many long words can have one head: then several stretches are looked through.
        if end < len(heads) and heads[end] == head:
            end = int(heads.searchsorted(np.uint64(head), "right"))
        return max(block - 1, 0) * _STEP, min(end * _STEP, self._size)

    @cached_property
    def _heads(self) -> NDArray[np.uint64]:
        # Native, because `searchsorted` copies what it has to turn.
        return self._file.whole(self._heads_name).astype(np.uint64, copy=False)


class TermsWriter:
    """Writes the dictionary of a field piece by piece.

    Args:
        spool: where the arrays go.
        field: the beginning of their names.
    """

    def __init__(self, spool: Spool, field: str) -> None:
        self._spool = spool
        self._text, self._offsets, self._heads = _names(field)
        self._size = self._bytes = 0
        spool.append(self._offsets, np.zeros(1, np.uint64), narrow=True)
        spool.append(self._text, np.empty(0, np.uint8))
        spool.append(self._heads, np.empty(0, np.uint64))

    def __len__(self) -> int:
        return self._size

    def add(self, terms: Sequence[bytes]) -> None:
        """Write terms in UTF-8, ascending, that go behind all before."""
        lengths = np.fromiter(map(len, terms), np.int64, len(terms))
        self._spool.append(self._offsets, (self._bytes + np.cumsum(lengths)).astype(np.uint64), narrow=True)
        self._spool.append(self._text, np.frombuffer(b"".join(terms), np.uint8))
        sampled = terms[-self._size % _STEP :: _STEP]
        heads = b"".join(term[:_HEAD].ljust(_HEAD, b"\0") for term in sampled)
        self._spool.append(self._heads, np.frombuffer(heads, ">u8").astype(np.uint64))
        self._size += len(terms)
        self._bytes += int(lengths.sum())


def _names(field: str) -> tuple[str, str, str]:
    return f"{field}.terms.text", f"{field}.terms.offsets", f"{field}.terms.heads"
