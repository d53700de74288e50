"""The words of an index as people write them, and which of them are like another word."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import compress
from typing import Any, Final, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.analysis.folding import fold
from index.analysis.phonetics import phonetic_key, phonetic_keys
from index.spelling.edit_distance import edit_distance
from index.texts import Counted, KeyTable, Rows, Texts

_Value = TypeVar("_Value")
_Masks = NDArray[np.uint64]

_LETTERS: Final = 32
"""Classes of letters in a signature: the alphabet and å ä ö, and what is left, by code modulo 32."""

_CHUNK: Final = 20_000


class Vocabulary:
    """The words of one generation of an index and in how many sections each is. Never changes.

    May be used by several threads. What takes time (counting, folding, phonetic keys) is done at the first
    question that needs it, once.

    Args:
        words: makes the casefolded words, without white space, in order, and in how many sections each is.
        begins: tells whether any word begins with some letters; quicker than to make all words.
        has: tells whether a word is one of them; likewise.
    """

    def __init__(
        self, words: Callable[[], Counted], *, begins: Callable[[str], bool], has: Callable[[str], bool]
    ) -> None:
        self._words = _Once(words)
        self.begins = begins
        self._has = has
        self._by_fold = _Once(lambda: _other_spellings(self._words.value, fold))
        self._by_sound = _Once(lambda: _other_spellings(self._words.value, _keys_of_lines))
        self._by_length = _Once(lambda: _by_length(self._words.value))

    @property
    def is_prepared(self) -> bool:
        """Whether every question is answered from what is there; else one of them may take seconds."""
        return all(table.is_made for table in self._tables)

    def prepare(self) -> None:
        """Make all that questions need."""
        for table in self._tables:
            table.make()

    @property
    def _tables(self) -> tuple[_Once[Any], ...]:
        return (self._words, self._by_fold, self._by_sound, self._by_length)

    def __iter__(self) -> Iterator[str]:
        texts, counts = self._words.value
        return compress(texts, counts.tolist())

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self._has(word)

    def count(self, word: str) -> int:
        """Return in how many sections a word is, exactly as written."""
        texts, counts = self._words.value
        place = bisect_left(texts, word)
        return int(counts[place]) if place < len(texts) and texts[place] == word else 0

    def folded(self, word: str) -> tuple[str, ...]:
        """Return the words that are typed like `word` on an English keyboard, most sections first."""
        return self._alike(word, fold(word), self._by_fold.value, fold)

    def sounding_like(self, word: str) -> tuple[str, ...]:
        """Return the words with the phonetic key of `word`, most sections first."""
        return self._alike(word, phonetic_key(word), self._by_sound.value, phonetic_key)

    def near(self, word: str, distance: int) -> tuple[tuple[str, int], ...]:
        """Return the words within an edit distance of `word` and how far each is; not `word` itself.

        In order of distance, then of their characters.
        """
        texts, _ = self._words.value
        found = [
            (edit_distance(word, candidate, most=distance), candidate)
            for candidate in map(texts.__getitem__, self._by_length.value.similar(word, distance))
            if candidate != word
        ]
        return tuple((candidate, apart) for apart, candidate in sorted(found) if apart <= distance)

    def _alike(self, word: str, key: str, others: KeyTable, key_of: Callable[[str], str]) -> tuple[str, ...]:
        texts, _ = self._words.value
        maybe = [candidate for candidate in map(texts.__getitem__, others.maybe(key)) if candidate != word]
        found = [candidate for candidate in maybe if key_of(candidate) == key]
        if key != word and key in self and key_of(key) == key:
            found.append(key)
        return tuple(sorted(found, key=lambda candidate: (-self.count(candidate), candidate)))


class _Once(Generic[_Value]):
    """A value that is made when it is first asked for, by one thread."""

    def __init__(self, make: Callable[[], _Value]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._made: tuple[_Value] | None = None

    @property
    def is_made(self) -> bool:
        return self._made is not None

    @property
    def value(self) -> _Value:
        return self.make()

    def make(self) -> _Value:
        if self._made is None:
            with self._lock:
                if self._made is None:
                    self._made = (self._make(),)
        return self._made[0]


def _keys_of_lines(lines: str) -> str:
    return "\n".join(phonetic_keys(lines.split("\n")))


def _other_spellings(words: Counted, change: Callable[[str], str]) -> KeyTable:
    """Return the words by a key, without those that are their own key: most are, and the key finds them."""
    rows = words.rows
    texts = words.texts.take(rows)
    keys = texts.lines(change)
    others = np.flatnonzero(keys.differ(texts))
    return KeyTable(keys.take(others), rows[others])


@dataclass(frozen=True, slots=True, eq=False)
class _ByLength:
    """Words by how many letters they have.

    Attributes:
        rows: int32, the number of each word.
        masks: uint64, which letters it has (lower 32 bits) and has twice (upper 32 bits).
        starts: where the words of each length begin.
    """

    rows: Rows
    masks: _Masks
    starts: NDArray[np.int64]

    def similar(self, word: str, distance: int) -> list[int]:
        """Return the words that can be within `distance`: one edit adds and takes away one letter at most."""
        last = len(self.starts) - 1
        first, end = (min(max(len(word) + edge, 0), last) for edge in (-distance, distance + 1))
        here = slice(self.starts[first], self.starts[end])
        masks, mask = self.masks[here], _signatures(Texts.of((word,)))[0]
        added = np.bitwise_count(masks & ~mask)
        missing = np.bitwise_count(mask & ~masks)
        found: list[int] = self.rows[here][(added <= distance) & (missing <= distance)].tolist()
        return found


def _by_length(words: Counted) -> _ByLength:
    rows = words.rows
    lengths = words.texts.lengths[rows]
    rows = rows[np.argsort(lengths, kind="stable")]
    starts = np.concatenate(([0], np.cumsum(np.bincount(lengths))))
    return _ByLength(rows, _signatures(words.texts.take(rows)), starts)


def _signatures(words: Texts) -> _Masks:
    """Return for each word which letters it has, and which twice."""
    chunks = [np.zeros(0, np.uint64)]
    lengths = words.lengths
    for first in range(0, len(words), _CHUNK):
        here = lengths[first : first + _CHUNK]
        chunks.append(_chunk_signatures(words.joined(first, first + len(here)), here))
    return np.concatenate(chunks)


def _chunk_signatures(letters: str, lengths: Rows) -> _Masks:
    codes = np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), np.uint32) % _LETTERS
    rows = np.repeat(np.arange(len(lengths)) * _LETTERS, lengths)
    counts = np.bincount(rows + codes, minlength=len(lengths) * _LETTERS).reshape(-1, _LETTERS)
    bits = np.hstack((counts >= 1, counts >= 2))
    return np.packbits(bits, axis=1, bitorder="little").view("<u8").astype(np.uint64).reshape(-1)
