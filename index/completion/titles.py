"""Completion of titles and names of committees, by the beginning of any of their words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.analysis.folding import without_accents
from index.collation import UNACCENTED, alphabetical, unaccented_key
from index.completion.prefixes import between
from index.texts import Counted, Rows, Texts

_Mask = NDArray[np.bool_]

_PUNCTUATION: Final = re.compile(r"(?:[^\w\n ]|_)+")
_SPACES: Final = re.compile("  +")
_ROW: Final = 2**32 - 1
_UNEVEN: Final = re.compile(r"[^\S\n]{2,}|[^\S\n ]")


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

    def __init__(self, titles: Counted) -> None:
        self._texts = titles.texts
        keys, self._rows, self._counts = _merged(titles)
        lengths = titles.texts.lengths[self._rows]
        self._ranks = _inverse(np.lexsort((np.arange(len(keys)), lengths)))
        self._most = int(self._counts.max(initial=0))
        self._by_unaccented = keys.order(UNACCENTED)
        self._words = _Words(keys)

    def complete(self, typed: str, limit: int, *, unaccented: bool = False) -> list[CompletedTitle]:
        """Return the titles that have a word for each typed one that begins like it, most sections first.

        Of titles in as many sections those come first that begin as typed, then the shorter ones.

        Args:
            typed: what is typed, as `title_key` gives it.
            limit: how many at most.
            unaccented: å, ä and ö are as good as a and o.
        """
        key = unaccented_key(typed) if unaccented else typed
        rows = self._words.rows_with(key, unaccented=unaccented)
        begins = self._begin_with(key, unaccented=unaccented)[rows]
        order = (
            ((self._most - self._counts[rows].astype(np.int64)) << 32)
            | (~begins).astype(np.int64) << 31
            | self._ranks[rows]
        )
        best = np.argpartition(order, limit)[:limit] if limit < len(rows) else np.arange(len(rows))
        best = best[np.argsort(order[best])]
        return [
            CompletedTitle(" ".join(self._text(row).split()), int(self._counts[row]), starts)
            for row, starts in zip(rows[best].tolist(), begins[best].tolist(), strict=True)
        ]

    def _begin_with(self, key: str, *, unaccented: bool) -> _Mask:
        """Tell of each title whether it begins with `key`."""
        begins = np.zeros(len(self._rows), np.bool_)
        if unaccented:
            begins[self._by_unaccented[between(len(begins), key, self._unaccented_key)]] = True
        else:
            begins[between(len(begins), key, self._key)] = True
        return begins

    def _text(self, row: int) -> str:
        return self._texts[int(self._rows[row])]

    def _key(self, row: int) -> str:
        return title_key(self._text(row))

    def _unaccented_key(self, place: int) -> str:
        return unaccented_key(self._key(int(self._by_unaccented[place])))


class _Words:
    """The words of titles, and the titles that have each.

    Args:
        keys: of the titles.
    """

    def __init__(self, keys: Texts) -> None:
        numbers: dict[str, int] = {}
        lengths = np.empty(len(keys), np.int32)

        def words() -> Iterator[int]:
            for row, key in enumerate(keys):
                found = key.split(" ")
                lengths[row] = len(found)
                for word in found:
                    yield numbers.setdefault(word, len(numbers))

        found = np.fromiter(words(), np.int32)
        in_order = sorted(numbers)
        places = _inverse(np.fromiter(map(numbers.__getitem__, in_order), np.int32, len(in_order)))
        # Both in one number: sorting the one by the other takes twice the memory.
        pairs = (places.astype(np.int64) << 32)[found]
        del found
        pairs |= np.repeat(np.arange(len(keys), dtype=np.int32), lengths)
        pairs.sort()
        self._size = len(keys)
        self._starts = np.searchsorted(pairs, np.arange(len(in_order) + 1) << 32)
        pairs &= _ROW
        self._rows = pairs.astype(np.int32)
        self._texts = Texts.of(in_order)
        self._by_unaccented = self._texts.order(UNACCENTED)

    def rows_with(self, key: str, *, unaccented: bool) -> NDArray[np.intp]:
        """Return the titles that have a word for each of those in `key`, beginning like it."""
        prefixes = key.split(" ")
        mask = self._mask(prefixes[-1], unaccented=unaccented)
        for prefix in set(prefixes[:-1]):
            if not mask.any():
                break
            mask &= self._mask(prefix, unaccented=unaccented)
        return np.flatnonzero(mask)

    def _mask(self, prefix: str, *, unaccented: bool) -> _Mask:
        mask = np.zeros(self._size, np.bool_)
        if unaccented:
            words = self._by_unaccented[between(len(self._texts), prefix, self._unaccented_key)]
            for word in words.tolist():
                mask[self._rows[self._starts[word] : self._starts[word + 1]]] = True
        else:
            found = between(len(self._texts), prefix, self._texts.__getitem__)
            mask[self._rows[self._starts[found.start] : self._starts[found.stop]]] = True
        return mask

    def _unaccented_key(self, place: int) -> str:
        return unaccented_key(self._texts[int(self._by_unaccented[place])])


class _Merged(NamedTuple):
    """Titles in the order of their keys.

    Attributes:
        keys: of the titles.
        rows: int32, which spelling of each is shown: the commonest.
        counts: int32, the sections of all its spellings.
    """

    keys: Texts
    rows: Rows
    counts: Rows


def _merged(titles: Counted) -> _Merged:
    rows = titles.rows
    # Each step takes some bytes for every title of the index, so what is done with goes before the next.
    texts = titles.texts.take(rows).lines(_evenly_spaced)
    spellings = texts.ranks()
    keys = texts.lines(_keys_of_lines)
    del texts
    counts, ranks = titles.counts[rows], keys.ranks()
    order = np.lexsort((spellings, counts, ranks))
    del spellings
    # What has no words has no key.
    order = order[keys.lengths[order] > 0]
    ends = np.flatnonzero(np.diff(ranks[order], append=-1))
    shown = order[ends]
    sections = np.diff(np.cumsum(counts[order])[ends], prepend=0).astype(np.int32)
    del order, counts, ranks, ends
    return _Merged(keys.take(shown), rows[shown], sections)


def _inverse(order: NDArray[np.integer[Any]]) -> Rows:
    places = np.empty(len(order), np.int32)
    places[order] = np.arange(len(order), dtype=np.int32)
    return places


def title_key(text: str) -> str:
    """Return the words of a text, in the alphabet of collation, with a space between them."""
    return _keys_of_lines(" ".join(text.split()))


def _keys_of_lines(lines: str) -> str:
    words = _PUNCTUATION.sub(" ", without_accents(lines.casefold()))
    return alphabetical(_without_edges(_SPACES.sub(" ", words)))


def _evenly_spaced(lines: str) -> str:
    return _without_edges(_UNEVEN.sub(" ", lines))


def _without_edges(lines: str) -> str:
    """Return lines, of which none has two spaces side by side, without those at their ends."""
    return f"\n{lines}\n".replace("\n ", "\n").replace(" \n", "\n")[1:-1]
