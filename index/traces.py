"""Looks for what is left of a text: pieces of it, in other texts and in bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

_LENGTH: Final = 32
"""Characters of a stretch: whatever is copied whole and is twice as long has one of them in it."""
_SHORTEST: Final = 12
"""Characters of a text that is looked for whole; of fewer, one may be told by chance."""
_ENCODINGS: Final = ("utf-8", "latin-1")
_HEAD: Final = 8
_CHUNK: Final = 1 << 18
_WHITE_SPACE: Final = re.compile(r"\s+")


def stretches(text: str) -> Iterator[str]:
    """Yield a text in pieces of one length, a shorter one whole, nothing of what is shorter still.

    A short one in small letters is left out: it may be what the dictionary of an index has of other words.
    """
    if len(text) < _LENGTH:
        if len(text) >= _SHORTEST and text != text.casefold():
            yield text
        return
    for start in range(0, len(text) - _LENGTH + 1, _LENGTH):
        yield text[start : start + _LENGTH]
    if len(text) > _LENGTH:
        yield text[-_LENGTH:]


class Unshared:
    """Those of some stretches that stand in no other text, in whatever case and white space."""

    def __init__(self, stretches: Iterable[str]) -> None:
        self._left = {stretch: _folded(stretch) for stretch in stretches}

    def __iter__(self) -> Iterator[str]:
        return iter(self._left)

    def leave_out(self, text: str) -> None:
        """Leave out what stands in `text`."""
        folded_text = _folded(text)
        for found in [stretch for stretch, folded in self._left.items() if folded in folded_text]:
            del self._left[found]


def places_of(wanted: Iterable[str], contents: Iterable[tuple[str, bytes | memoryview]]) -> Iterator[str]:
    """Yield the names of the contents that have any of some stretches, as a text may be stored.

    That is with its line breaks or in one line, as it is or inside JSON, in either encoding.
    """
    patterns = {
        encoded for stretch in wanted for written in _written(stretch) for encoded in _encoded(written)
    }
    if not patterns:
        return
    finder = _Finder(patterns)
    for where, content in contents:
        if finder.finds_any(content):
            yield where


class _Finder:
    """Looks for many patterns at once: by their first bytes as a number, in all places of a content.

    A regular expression tries one pattern after another at each byte: minutes where there are thousands.

    Args:
        patterns: of at least `_HEAD` bytes each.
    """

    def __init__(self, patterns: Iterable[bytes]) -> None:
        self._by_head: dict[int, list[bytes]] = {}
        for pattern in patterns:
            self._by_head.setdefault(int.from_bytes(pattern[:_HEAD], "little"), []).append(pattern)
        self._heads = np.array(sorted(self._by_head), np.uint64)

    def finds_any(self, content: bytes | memoryview) -> bool:
        """Tell whether any of the patterns is in a content."""
        for first in range(0, len(content) - _HEAD + 1, _CHUNK):
            chunk = np.frombuffer(content[first : first + _CHUNK + _HEAD - 1], np.uint8)
            heads = np.ascontiguousarray(sliding_window_view(chunk, _HEAD)).view("<u8").ravel()
            nearest = self._heads.take(self._heads.searchsorted(heads), mode="clip")
            for place in np.flatnonzero(nearest == heads).tolist():
                start = first + place
                likely = self._by_head[heads.item(place)]
                if any(content[start : start + len(pattern)] == pattern for pattern in likely):
                    return True
        return False


def _folded(text: str) -> str:
    """Return a text of which every piece of `text`, folded, is a piece."""
    return " ".join(text.split()).casefold()


def _in_one_line(text: str) -> str:
    return _WHITE_SPACE.sub(" ", text)


def _written(stretch: str) -> Iterator[str]:
    for form in (stretch, _in_one_line(stretch)):
        yield form
        yield json.dumps(form, ensure_ascii=False)[1:-1]


def _encoded(stretch: str) -> Iterator[bytes]:
    for encoding in _ENCODINGS:
        try:
            yield stretch.encode(encoding)
        except UnicodeEncodeError:
            continue
