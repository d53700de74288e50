"""Many short texts in two arrays: a string object of its own takes four times what is written in it."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import Any, Final, NamedTuple, Self, overload

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int32]

_BATCH: Final = 1 << 14
"""Texts that are strings at one time while all are worked on."""
_HEAD: Final = 8
_LONGER: Final = _HEAD + 1
_SMALL: Final = 4
"""Bytes of a number of 32 bits."""
_CODING: Final = ("utf-8", "surrogatepass")
_BREAK: Final = ord("\n")
_SPACE: Final = ord(" ")
_SAME: Final = bytes(range(256))


class Texts(Sequence[str]):
    """Texts by their number. Immutable.

    Attributes:
        encoded: uint8, their UTF-8 one behind the other.
        starts: shape (texts + 1,), where each begins, and where the last ends.
    """

    def __init__(self, encoded: NDArray[np.uint8], starts: NDArray[Any]) -> None:
        self.encoded = encoded
        self._bytes = encoded.data
        self.starts = starts

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """Return texts that are given one after the other."""
        parts, lengths = [b""], [np.zeros(1, np.int64)]
        remaining = iter(texts)
        while batch := [text.encode(*_CODING) for text in islice(remaining, _BATCH)]:
            parts.append(b"".join(batch))
            lengths.append(np.fromiter(map(len, batch), np.int64, len(batch)))
        starts = np.cumsum(np.concatenate(lengths))
        return cls(np.frombuffer(b"".join(parts), np.uint8), starts.astype(_narrow(int(starts[-1]))))

    def __len__(self) -> int:
        return len(self.starts) - 1

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> list[str]: ...
    def __getitem__(self, number: int | slice) -> str | list[str]:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        start, end = self.starts.item(number), self.starts.item(number + 1)
        return str(self._bytes[start:end], "utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        for first in range(0, len(self), _BATCH):
            starts = self.starts[first : first + _BATCH + 1].tolist()
            encoded = self.encoded[starts[0] : starts[-1]].tobytes()
            for start, end in pairwise(starts):
                yield encoded[start - starts[0] : end - starts[0]].decode(*_CODING)

    @property
    def lengths(self) -> Rows:
        """How many characters each text has: int32."""
        lengths = np.empty(len(self), np.int32)
        for first in range(0, len(self), _BATCH):
            starts = self.starts[first : first + _BATCH + 1].astype(np.int64)
            encoded = self.encoded[starts[0] : starts[-1]]
            # All but the first byte of a character begin with the bits 10.
            before = np.zeros(len(encoded) + 1, np.int32)
            np.cumsum(encoded & 0xC0 != 0x80, dtype=np.int32, out=before[1:])
            lengths[first : first + _BATCH] = np.diff(before[starts - starts[0]])
        return lengths

    def with_character(self, character: str) -> NDArray[np.bool_]:
        """Tell which texts have an ASCII character in them."""
        found = np.flatnonzero(self.encoded == ord(character))
        has = np.zeros(len(self), np.bool_)
        has[np.searchsorted(self.starts, found, "right") - 1] = True
        return has

    def take(self, rows: NDArray[np.integer[Any]]) -> Texts:
        """Return the texts of `rows`, in their order."""
        begins = self.starts[:-1]
        starts = np.zeros(len(rows) + 1, self.starts.dtype)
        np.cumsum(self.starts[1:].take(rows) - begins.take(rows), out=starts[1:])
        encoded = np.empty(int(starts[-1]), np.uint8)
        for first in range(0, len(rows), _BATCH):
            its_starts = starts[first : first + _BATCH + 1].astype(np.int64)
            shifts = begins.take(rows[first : first + _BATCH]).astype(np.int64) - its_starts[:-1]
            start, end = its_starts.item(0), its_starts.item(-1)
            encoded[start:end] = self.encoded.take(
                np.arange(start, end) + np.repeat(shifts, np.diff(its_starts))
            )
        return Texts(encoded, starts)

    def joined(self, first: int, last: int) -> str:
        """Return the texts from `first` up to `last` as one."""
        start, end = self.starts.item(first), self.starts.item(last)
        return str(self._bytes[start:end], *_CODING)

    def lines(self, change: Callable[[str], str]) -> Texts:
        """Return each text changed by a function that is given many at a time, one a line.

        Line breaks in them become spaces first.
        """
        # It grows where it is: parts that are put together in the end would take twice the memory.
        encoded, lengths = bytearray(), [np.zeros(1, np.int64)]
        for first in range(0, len(self), _BATCH):
            changed = np.frombuffer(change(self._lines(first, first + _BATCH)).encode(*_CODING), np.uint8)
            is_break = changed == _BREAK
            lengths.append(np.diff(np.flatnonzero(is_break), prepend=-1, append=len(changed)) - 1)
            encoded += changed[~is_break].data
        starts = np.cumsum(np.concatenate(lengths))
        return Texts(np.frombuffer(encoded, np.uint8), starts.astype(_narrow(int(starts[-1]))))

    def _lines(self, first: int, last: int) -> str:
        starts = self.starts[first : last + 1].astype(np.int64)
        encoded = self.encoded[starts[0] : starts[-1]]
        lines = np.full(len(encoded) + len(starts) - 2, _BREAK, np.uint8)
        breaks = starts[1:-1] - starts[0] + np.arange(len(starts) - 2)
        is_text = np.ones(len(lines), np.bool_)
        is_text[breaks] = False
        lines[is_text] = np.where(encoded == _BREAK, _SPACE, encoded)
        return lines.tobytes().decode(*_CODING)

    def differ(self, others: Texts) -> NDArray[np.bool_]:
        """Tell which texts differ from as many others."""
        different: NDArray[np.bool_] = np.diff(self.starts) != np.diff(others.starts)
        rows = np.flatnonzero(~different)
        these, those = self.take(rows), others.take(rows)
        at = np.flatnonzero(these.encoded != those.encoded)
        different[rows[np.searchsorted(these.starts, at, "right") - 1]] = True
        return different

    def ranks(self, translation: bytes = _SAME) -> Rows:
        """Return how many texts are less than each one, by code points: equal texts have equal ranks.

        Args:
            translation: what each byte is read as, as for `bytes.translate`.
        """
        table = np.frombuffer(translation, np.uint8)
        ranks = np.zeros(len(self), np.int32)
        left: Rows = np.diff(self.starts).astype(np.int32)
        rows = np.arange(len(self), dtype=np.int32)
        # Of 32 bits where they suffice, as all that has a number for each text.
        begin: NDArray[Any] = self.starts[:-1].astype(
            np.uint32 if self.starts.itemsize <= _SMALL else np.int64
        )
        while len(rows):
            length = np.minimum(left, _LONGER).astype(np.uint8)
            heads = self._heads(begin, length, table)
            order = np.lexsort((length, heads, ranks[rows]))
            rows, begin, left = rows[order], begin[order], left[order]
            length, heads, earlier = length[order], heads[order], ranks[rows]
            del order
            starts_group = np.ones(len(rows), np.bool_)
            starts_group[1:] = earlier[1:] != earlier[:-1]
            is_first = starts_group.copy()
            is_first[1:] |= (heads[1:] != heads[:-1]) | (length[1:] != length[:-1])
            del heads
            ranks[rows] = earlier + _latest(is_first) - _latest(starts_group)
            is_alone = is_first & np.append(is_first[1:], True)
            unsure = ~is_alone & (length == _LONGER)
            rows, begin, left = rows[unsure], begin[unsure] + _HEAD, left[unsure] - _HEAD
        return ranks

    def order(self, translation: bytes = _SAME) -> Rows:
        """Return the numbers of the texts in the order of their code points, translated likewise."""
        return np.argsort(self.ranks(translation), kind="stable").astype(np.int32)

    def _heads(
        self, begin: NDArray[Any], length: NDArray[np.uint8], table: NDArray[np.uint8]
    ) -> NDArray[np.uint64]:
        """Return eight translated bytes of texts as a number, those behind their ends as 0."""
        heads = np.zeros(len(begin), np.uint64)
        if not len(self.encoded):
            return heads
        for first in range(0, len(begin), _BATCH):
            batch = slice(first, first + _BATCH)
            for place in range(_HEAD):
                byte = table.take(self.encoded.take(begin[batch] + place, mode="clip")).astype(np.uint64)
                byte[length[batch] <= place] = 0
                heads[batch] = heads[batch] << np.uint64(8) | byte
        return heads


def _latest(is_first: NDArray[np.bool_]) -> Rows:
    """Return for each place the last one up to it that is marked."""
    places = np.arange(len(is_first), dtype=np.int32)
    places[~is_first] = 0
    return np.maximum.accumulate(places, out=places)


class Counted(NamedTuple):
    """Texts, and in how many sections each is: int32, 0 for what is none of them."""

    texts: Texts
    counts: Rows

    @classmethod
    def of(cls, counted: Iterable[tuple[str, int]]) -> Counted:
        """Return texts that are given with their counts; in order."""
        found = sorted(counted)
        return cls(Texts.of(text for text, _ in found), np.array([count for _, count in found], np.int32))

    @property
    def rows(self) -> Rows:
        """The numbers of what is in any section: int32."""
        return np.flatnonzero(self.counts).astype(np.int32)


def united(parts: Sequence[Texts]) -> tuple[Texts, list[Rows]]:
    """Return the texts of several sorted ones, each once, in order, and the numbers of each one's in them."""
    if len(parts) == 1:
        return parts[0], [np.arange(len(parts[0]), dtype=np.int32)]
    joined = Texts.of(text for part in parts for text in part)
    _, first, numbers = np.unique(joined.ranks(), return_index=True, return_inverse=True)
    ends = np.cumsum([0, *map(len, parts)]).tolist()
    return joined.take(first), [numbers[start:end].astype(np.int32) for start, end in pairwise(ends)]


class KeyTable:
    """Which rows have a key. Of keys only a hash is kept, so what is found has to be looked at again.

    Args:
        keys: one a row.
        rows: the numbers of these rows, else 0 and on.
    """

    def __init__(self, keys: Iterable[str], rows: Rows | None = None) -> None:
        hashes = np.fromiter(map(_hash, keys), np.uint32)
        order = np.argsort(hashes, kind="stable")
        self._hashes = hashes[order]
        self._rows = order.astype(np.int32) if rows is None else rows[order]

    def maybe(self, key: str) -> list[int]:
        """Return the rows with a key, and perhaps others."""
        first, last = np.searchsorted(self._hashes, [np.uint32(_hash(key)), np.uint32(_hash(key) + 1)])
        return [] if first >= last else self._rows[first:last].tolist()


def _hash(key: str) -> int:
    # Less than the greatest number of 32 bits, so that there is a next one.
    return zlib.crc32(key.encode(*_CODING)) >> 1


def _narrow(end: int) -> type[np.uint32] | type[np.uint64]:
    return np.uint32 if end < 1 << 32 else np.uint64


NOTHING: Final = Counted.of(())
