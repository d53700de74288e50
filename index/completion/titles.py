"""Completion of titles and names of committees, by the beginning of any of their words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from index.analysis.folding import without_accents
from index.collation import alphabetical, unaccented_key

_Numbers = npt.NDArray[np.int64]

_PUNCTUATION: Final = re.compile(r"(?:[^\w\n ]|_)+")
_SPACES: Final = re.compile("  +")
_LAST: Final = "\U0010ffff"


class CompletedTitle(NamedTuple):
    """A title, in how many sections it is, and whether it begins as typed."""

    text: str
    sections: int
    begins: bool


class TitleCompletion:
    """Titles, to be found by how their words begin. Never changes.

    Args:
        titles: titles and in how many sections each is. Of those that differ only in case, accents and
            punctuation the commonest is shown.
    """

    def __init__(self, titles: Iterable[tuple[str, int]]) -> None:
        merged = _merged(titles)
        keys = sorted(merged)
        self._texts = [merged[key].text for key in keys]
        self._counts = np.array([merged[key].sections for key in keys], np.int64)
        lengths = np.array([len(text) for text in self._texts], np.int64)
        self._ranks = _inverse(np.lexsort((np.arange(len(keys)), lengths)).tolist())
        self._most = int(self._counts.max(initial=0))
        numbers: dict[str, int] = {}
        rows = [[numbers.setdefault(word, len(numbers)) for word in key.split(" ")] for key in keys]
        postings = _Postings(
            np.array([number for row in rows for number in row], np.int64),
            np.repeat(np.arange(len(rows)), np.array(list(map(len, rows)), np.int64)),
        )
        self._words = _Words(keys, list(numbers), postings)
        self._unaccented = _Words(_unaccented(keys), _unaccented(numbers), postings)

    def complete(self, typed: str, limit: int, *, unaccented: bool = False) -> list[CompletedTitle]:
        """Return the titles that have a word for each typed one that begins like it, most sections first.

        Of titles in as many sections those come first that begin as typed, then the shorter ones.

        Args:
            typed: what is typed, as `title_key` gives it.
            limit: how many at most.
            unaccented: å, ä and ö are as good as a and o.
        """
        words, key = (self._unaccented, unaccented_key(typed)) if unaccented else (self._words, typed)
        rows = words.rows_with(key)
        begins = words.begin_with(rows, key)
        order = (
            ((self._most - self._counts[rows]) << 32) | (~begins).astype(np.int64) << 31 | self._ranks[rows]
        )
        best = np.argpartition(order, limit)[:limit] if limit < len(rows) else np.arange(len(rows))
        best = best[np.argsort(order[best])]
        return [
            CompletedTitle(self._texts[row], int(self._counts[row]), starts)
            for row, starts in zip(rows[best].tolist(), begins[best].tolist(), strict=True)
        ]


class _Merged(NamedTuple):
    """A title in its commonest spelling, the sections of all spellings, and those of this one."""

    text: str
    sections: int
    most: int


class _Postings(NamedTuple):
    """Which word stands in which row: the number of the word and of the row, for each place of a word."""

    words: _Numbers
    rows: _Numbers


class _Words:
    """The rows of a table, to be found by how they and their words begin, in one alphabet.

    Args:
        keys: one a row.
        words: one a number, as `postings` has them.
    """

    def __init__(self, keys: Sequence[str], words: Sequence[str], postings: _Postings) -> None:
        by_key = sorted(range(len(keys)), key=keys.__getitem__)
        self._keys = [keys[row] for row in by_key]
        self._order = _inverse(by_key)
        by_word = sorted(range(len(words)), key=words.__getitem__)
        self._words = [words[number] for number in by_word]
        places = _inverse(by_word)[postings.words]
        self._rows = postings.rows[np.argsort(places)]
        self._offsets = np.concatenate(([0], np.cumsum(np.bincount(places, minlength=len(words)))))

    def rows_with(self, key: str) -> _Numbers:
        """Return the keys that have a word for each of those in `key`, beginning like it."""
        mask = np.zeros(len(self._keys), np.bool_)
        mask[self._rows_of(key.rsplit(" ", 1)[-1])] = True
        for prefix in set(key.split(" ")[:-1]):
            if not mask.any():
                break
            other = np.zeros(len(self._keys), np.bool_)
            other[self._rows_of(prefix)] = True
            mask &= other
        return np.flatnonzero(mask)

    def begin_with(self, rows: _Numbers, key: str) -> npt.NDArray[np.bool_]:
        """Tell of each of `rows` whether it begins with `key`."""
        start, end = bisect_left(self._keys, key), bisect_left(self._keys, key + _LAST)
        places = self._order[rows]
        return (places >= start) & (places < end)

    def _rows_of(self, prefix: str) -> _Numbers:
        start, end = bisect_left(self._words, prefix), bisect_left(self._words, prefix + _LAST)
        return self._rows[self._offsets[start] : self._offsets[end]]


def _inverse(order: Sequence[int]) -> _Numbers:
    places = np.empty(len(order), np.int64)
    places[np.array(order, np.int64)] = np.arange(len(order))
    return places


def _unaccented(keys: Iterable[str]) -> list[str]:
    text = unaccented_key("\n".join(keys))
    return text.split("\n") if text else []


def title_key(text: str) -> str:
    """Return the words of a text, in the alphabet of collation, with a space between them."""
    return _keys_of_lines(" ".join(text.split()))[0]


def _keys_of_lines(text: str) -> list[str]:
    words = _SPACES.sub(" ", _PUNCTUATION.sub(" ", without_accents(text.casefold())))
    return [line.strip() for line in alphabetical(words).split("\n")]


def _merged(titles: Iterable[tuple[str, int]]) -> dict[str, _Merged]:
    """Return key to the spelling that is shown, the commonest, and the sections of all spellings."""
    spellings = [(" ".join(text.split()), count) for text, count in titles]
    merged: dict[str, _Merged] = {}
    # Without titles there is one empty line.
    for key, (text, count) in zip(
        _keys_of_lines("\n".join(text for text, _ in spellings)), spellings, strict=False
    ):
        known = merged.get(key)
        if known is None:
            merged[key] = _Merged(text, count, count)
        else:
            shown, most = max((known.text, known.most), (text, count), key=_commonness)
            merged[key] = _Merged(shown, known.sections + count, most)
    merged.pop("", None)
    return merged


def _commonness(spelling: tuple[str, int]) -> tuple[int, str]:
    return spelling[1], spelling[0]
