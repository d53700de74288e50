"""Looks for what is left of a text: pieces of it, in other texts and in bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Final

_LENGTH: Final = 32
"""Characters of a stretch: whatever is copied whole and is twice as long has one of them in it."""
_SHORTEST: Final = 12
"""Characters of a text that is looked for whole; of fewer, one may be told by chance."""
_ENCODINGS: Final = ("utf-8", "latin-1")
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
    pattern = re.compile(b"|".join(map(re.escape, sorted(patterns))))
    for where, content in contents:
        if pattern.search(content):
            yield where


def _folded(text: str) -> str:
    """Return a text of which every piece of `text`, folded, is a piece."""
    return _in_one_line(text).casefold()


def _in_one_line(text: str) -> str:
    return _WHITE_SPACE.sub(" ", text)


def _written(stretch: str) -> Iterator[str]:
    for form in (stretch, _in_one_line(stretch)):
        yield form
        for ensure_ascii in (True, False):
            yield json.dumps(form, ensure_ascii=ensure_ascii)[1:-1]


def _encoded(stretch: str) -> Iterator[bytes]:
    for encoding in _ENCODINGS:
        try:
            yield stretch.encode(encoding)
        except UnicodeEncodeError:
            continue
