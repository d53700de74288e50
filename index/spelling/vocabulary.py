"""The words of an index as people write them, and which of them are like another word."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from index.analysis.folding import fold
from index.analysis.phonetics import phonetic_key, phonetic_keys
from index.analysis.special import is_special
from index.spelling.edit_distance import edit_distance

_Value = TypeVar("_Value")
_Masks = npt.NDArray[np.uint64]

_LETTERS: Final = 32
"""Classes of letters in a signature: the alphabet and å ä ö, and what is left, by code modulo 32."""

_CHUNK: Final = 20_000
_LAST: Final = "\U0010ffff"


class Vocabulary:
    """The words of one generation of an index and in how many sections each is. Never changes.

    May be used by several threads. What takes time (sorting, folding, phonetic keys) is done at the first
    question that needs it, once.

    Args:
        words: casefolded words, without white space, and in how many sections each is; keys of special
            tokens are left out.
    """

    def __init__(self, words: Iterable[tuple[str, int]]) -> None:
        self._counts = {word: count for word, count in words if not is_special(word)}
        self._sorted = _Once(lambda: sorted(self._counts))
        self._by_fold = _Once(lambda: _other_spellings(self._sorted.value, _fold_all(self._sorted.value)))
        self._by_sound = _Once(
            lambda: _other_spellings(self._sorted.value, phonetic_keys(self._sorted.value))
        )
        self._by_length = _Once(lambda: _by_length(self._counts))

    def __len__(self) -> int:
        return len(self._counts)

    def __iter__(self) -> Iterator[str]:
        return iter(self._counts)

    def __contains__(self, word: object) -> bool:
        return word in self._counts

    def count(self, word: str) -> int:
        """Return in how many sections a word is, exactly as written."""
        return self._counts.get(word, 0)

    def beginning_with(self, prefix: str) -> tuple[str, ...]:
        """Return the words that begin with `prefix`, in order of their characters."""
        words = self._sorted.value
        return tuple(words[bisect_left(words, prefix) : bisect_left(words, prefix + _LAST)])

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
        mask = _signatures((word,))[0]
        found = [
            (edit_distance(word, candidate, most=distance), candidate)
            for length, (words, masks) in self._by_length.value.items()
            if abs(length - len(word)) <= distance
            for candidate in _with_similar_letters(words, masks, mask, distance)
            if candidate != word
        ]
        return tuple((candidate, apart) for apart, candidate in sorted(found) if apart <= distance)

    def _alike(
        self, word: str, key: str, others: dict[str, tuple[str, ...]], key_of: Callable[[str], str]
    ) -> tuple[str, ...]:
        found = [candidate for candidate in others.get(key, ()) if candidate != word]
        if key != word and key in self._counts and key_of(key) == key:
            found.append(key)
        return tuple(sorted(found, key=lambda candidate: (-self._counts[candidate], candidate)))


class _Once(Generic[_Value]):
    """A value that is made when it is first asked for, by one thread."""

    def __init__(self, make: Callable[[], _Value]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._made: tuple[_Value] | None = None

    @property
    def value(self) -> _Value:
        if self._made is None:
            with self._lock:
                if self._made is None:
                    self._made = (self._make(),)
        return self._made[0]


def _fold_all(words: Sequence[str]) -> list[str]:
    return fold("\n".join(words)).split("\n")[: len(words)]


def _other_spellings(words: Sequence[str], keys: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return key to words, without the words that are their own key: most are, and the key finds them."""
    found: dict[str, tuple[str, ...]] = {}
    for word, key in zip(words, keys, strict=True):
        if word != key:
            found[key] = (*found.get(key, ()), word)
    return found


def _by_length(words: Iterable[str]) -> dict[int, tuple[list[str], _Masks]]:
    buckets: dict[int, list[str]] = {}
    for word in words:
        buckets.setdefault(len(word), []).append(word)
    return {length: (bucket, _signatures(bucket)) for length, bucket in buckets.items()}


def _signatures(words: Sequence[str]) -> _Masks:
    """Return for each word which letters it has (lower 32 bits) and has twice (upper 32 bits)."""
    chunks = [_chunk_signatures(words[start : start + _CHUNK]) for start in range(0, len(words), _CHUNK)]
    return np.concatenate(chunks) if chunks else np.zeros(0, np.uint64)


def _chunk_signatures(words: Sequence[str]) -> _Masks:
    letters = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), np.uint32) % _LETTERS
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    rows = np.repeat(np.arange(len(words)) * _LETTERS, lengths)
    counts = np.bincount(rows + letters, minlength=len(words) * _LETTERS).reshape(-1, _LETTERS)
    bits = np.hstack((counts >= 1, counts >= 2))
    return np.packbits(bits, axis=1, bitorder="little").view("<u8").astype(np.uint64).reshape(-1)


def _with_similar_letters(words: list[str], masks: _Masks, mask: np.uint64, distance: int) -> Iterator[str]:
    """Yield the words that can be within `distance`: one edit adds and takes away at most one letter each."""
    added = np.bitwise_count(masks & ~mask)
    missing = np.bitwise_count(mask & ~masks)
    for place in np.flatnonzero((added <= distance) & (missing <= distance)).tolist():
        yield words[place]
